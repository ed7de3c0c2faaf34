// What the commands share. Entry points: ParseArguments, LoadRulebook.
#include "cli/command.h"

#include <unistd.h>

#include <algorithm>
#include <iostream>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "rulebook/file_reader.h"

namespace assay {

std::string Arguments::Option(const std::string& name, const std::string& fallback) const {
  auto found = options.find(name);
  return found == options.end() ? fallback : found->second;
}

absl::StatusOr<Arguments> ParseArguments(const std::vector<std::string>& words, const std::vector<std::string>& known) {
  Arguments arguments;
  bool options_end = false;
  for (size_t i = 0; i < words.size(); ++i) {
    if (options_end || !absl::StartsWith(words[i], "--")) {
      arguments.words.push_back(words[i]);
      continue;
    }
    options_end = words[i] == "--";
    if (options_end) continue;
    const size_t equals = words[i].find('=');
    const std::string name = words[i].substr(2, equals == std::string::npos ? std::string::npos : equals - 2);
    if (std::find(known.begin(), known.end(), name) == known.end()) {
      return absl::InvalidArgumentError(absl::StrCat("no such option: --", name));
    }
    const bool is_next = equals == std::string::npos;
    const std::string value = !is_next ? words[i].substr(equals + 1) : ++i < words.size() ? words[i] : "";
    if (value.empty()) return absl::InvalidArgumentError(absl::StrCat("this option needs a value: --", name));
    if (!arguments.options.emplace(name, value).second) {
      return absl::InvalidArgumentError(absl::StrCat("this option is given twice: --", name));
    }
  }
  return arguments;
}

void ShowProgress(const std::string& what) {
  if (isatty(STDERR_FILENO) != 0) std::cerr << "\r\033[K" << what << std::flush;
}

std::string Counted(size_t count, const std::string& noun) {
  return absl::StrCat(count, " ", noun, count == 1 ? "" : "s");
}

int Fail(int code, const std::string& message) {
  ShowProgress("");
  std::cerr << "assay: " << message << "\n";
  return code;
}

// Prints the issues of both steps.
std::shared_ptr<const CompiledRulebook> LoadRulebook(const std::string& path, bool compiles_tests, SourceMap* sources) {
  absl::StatusOr<std::shared_ptr<const Schema>> schema = Schema::CreateStandard();
  if (!schema.ok()) {
    Fail(1, std::string(schema.status().message()));
    return nullptr;
  }
  IssueList issues;
  std::shared_ptr<const CompiledRulebook> book;
  std::optional<LoadedRulebook> loaded = LoadRulebookFile(path, DiskFileReader(path), &issues);
  if (loaded.has_value()) {
    loaded->compiles_tests = compiles_tests;
    if (sources != nullptr) *sources = loaded->sources;
    book = CompileRulebook(*std::move(loaded), *schema, &issues);
  }
  std::cerr << Format(issues);
  return book;
}

}  // namespace assay
