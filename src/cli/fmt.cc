// `assay fmt`: lays rulebooks out in their canonical form, in place. A file is replaced whole or not at all.
#include <iostream>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "cli/command.h"
#include "cli/files.h"
#include "rulebook/layout.h"

namespace assay {
namespace {

// The laid out text; nullopt after printing why there is none.
std::optional<std::string> LaidOut(const std::string& name, const std::string& text) {
  IssueList issues;
  std::optional<std::string> laid_out = LayOut(name, text, &issues);
  std::cerr << Format(issues);
  return laid_out;
}

int FormatFile(const std::string& path, bool only_checks) {
  const absl::StatusOr<std::string> text = ReadFile(path);
  if (!text.ok()) return Fail(1, std::string(text.status().message()));
  const std::optional<std::string> laid_out = LaidOut(path, *text);
  if (!laid_out.has_value()) return 1;
  if (*laid_out == *text) return 0;
  std::cout << path << "\n";
  if (only_checks) return 1;
  const absl::Status written = ReplaceFiles({{path, *laid_out}});
  return written.ok() ? 0 : Fail(1, std::string(written.message()));
}

int FormatInput() {
  const std::string text(std::istreambuf_iterator<char>(std::cin), {});
  const std::optional<std::string> laid_out = LaidOut("<input>", text);
  if (!laid_out.has_value()) return 1;
  std::cout << *laid_out;
  return 0;
}

}  // namespace

int FormatCommand(std::vector<std::string> words) {
  const bool only_checks = std::erase(words, "--check") > 0;
  const absl::StatusOr<Arguments> arguments = ParseArguments(words, {});
  if (!arguments.ok()) return Fail(2, std::string(arguments.status().message()));
  const std::vector<std::string>& paths = arguments->words;
  if (paths.empty()) return Fail(2, "usage: assay fmt [--check] RULEBOOK..., or - for the input");
  if (paths.size() == 1 && paths[0] == "-") return FormatInput();
  int code = 0;
  for (const std::string& path : paths) code = std::max(code, FormatFile(path, only_checks));
  return code;
}

}  // namespace assay
