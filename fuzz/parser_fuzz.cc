// Feeds any bytes to the parser: it must end, and what it accepts must survive being written out and parsed again.
// Entry point: LLVMFuzzerTestOneInput.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "base/issue.h"
#include "base/source.h"
#include "lang/parser.h"
#include "lang/unparse.h"

namespace {

std::optional<assay::Ast> ParseBytes(std::string text) {
  const absl::StatusOr<assay::SourceText> source = assay::SourceText::Create("fuzz", std::move(text));
  if (!source.ok()) return std::nullopt;
  assay::IssueList issues;
  std::optional<assay::Ast> ast = assay::Parse(*source, assay::Limits(), &issues);
  if (ast.has_value() == issues.has_errors()) std::abort();
  return ast;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::optional<assay::Ast> ast = ParseBytes(std::string(reinterpret_cast<const char*>(data), size));
  if (!ast.has_value()) return 0;
  const std::string written = assay::Unparse(*ast->root);
  if (written.size() > 100'000) return 0;  // escapes made it longer than a parse takes
  const std::optional<assay::Ast> again = ParseBytes(written);
  if (!again.has_value() || assay::Unparse(*again->root) != written) std::abort();
  return 0;
}
