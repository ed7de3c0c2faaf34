// Entry point: JudgedRows.
#include "bench/judged_rows.h"

#include <cstdio>
#include <cstdlib>

#include "absl/strings/str_cat.h"
#include "bench/need.h"
#include "bench/process_use.h"
#include "rulebook/compiled_rulebook.h"
#include "rulebook/file_reader.h"
#include "rulebook/reference.h"

namespace assay {
namespace {

std::shared_ptr<const CompiledRulebook> Load(const char* name) {
  const std::string path = absl::StrCat(ASSAY_SOURCE_DIR, "/rules/standard/", name, ".yaml");
  IssueList issues;
  auto loaded = LoadRulebookFile(path, DiskFileReader(path), &issues);
  std::shared_ptr<const CompiledRulebook> book;
  if (loaded.has_value()) book = CompileRulebook(*std::move(loaded), *Schema::CreateStandard(), &issues);
  if (book == nullptr) Fail(Format(issues));
  return book;
}

}  // namespace

JudgedRows::JudgedRows(const char* name, const std::map<std::string, std::shared_ptr<const RowBytes>>& datasets,
                       Timestamp now)
    : book_(Load(name)), now_(now) {
  snapshot_ = Need(BuildSnapshot(*book_, datasets));
}

void JudgedRows::Judge(const std::vector<std::string>& rows) {
  const std::vector<absl::string_view> views(rows.begin(), rows.end());
  for (absl::string_view row : views) bytes_ += row.size();
  const double before = ProcessorSeconds();
  const auto result = Evaluate(book_, snapshot_, views, {.now = now_});
  seconds_ += ProcessorSeconds() - before;
  Check(result.status());
  rows_ += rows.size();
  for (const v1::EvaluatedRow& row : result->rows()) {
    findings_ += static_cast<size_t>(row.findings_size());
    outputs_ += static_cast<size_t>(row.outputs_size());
  }
  tasks_ += static_cast<size_t>(result->worklist_size());
}

void JudgedRows::Print(const char* noun) const {
  std::printf("%zu %s of %.0f bytes: %.1f s, %.0f a second\n", rows_, noun,
              static_cast<double>(bytes_) / static_cast<double>(rows_), seconds_, rows_per_second());
  std::printf("%zu findings, %zu outputs, %zu tasks; at most %.0f MB\n", findings_, outputs_, tasks_, PeakMegabytes());
}

}  // namespace assay
