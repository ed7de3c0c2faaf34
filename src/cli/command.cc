// What the commands share. Entry points: ParseArguments, LoadRulebook, LoadData.
#include "cli/command.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "ingest/json_rows.h"
#include "rulebook/file_reader.h"
#include "rulebook/reference.h"

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
    if (equals == std::string::npos && i + 1 == words.size()) {
      return absl::InvalidArgumentError(absl::StrCat("this option needs a value: --", name));
    }
    arguments.options[name] = equals == std::string::npos ? words[++i] : words[i].substr(equals + 1);
  }
  return arguments;
}

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return absl::NotFoundError(absl::StrCat("cannot be read: ", path));
  std::ostringstream content;
  content << in.rdbuf();
  return content.str();
}

absl::Status WriteFile(const std::string& path, const std::string& content) {
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out << content;
  out.close();
  return out ? absl::OkStatus() : absl::UnavailableError(absl::StrCat("cannot be written: ", path));
}

void ShowProgress(const std::string& what) {
  if (isatty(STDERR_FILENO) != 0) std::cerr << "\r\033[K" << what << std::flush;
}

int Fail(int code, const std::string& message) {
  ShowProgress("");
  std::cerr << "assay: " << message << "\n";
  return code;
}

std::shared_ptr<const CompiledRulebook> LoadRulebook(const std::string& path) {
  absl::StatusOr<std::shared_ptr<const Schema>> schema = Schema::CreateStandard();
  if (!schema.ok()) {
    Fail(1, std::string(schema.status().message()));
    return nullptr;
  }
  IssueList issues;
  std::shared_ptr<const CompiledRulebook> book;
  std::optional<LoadedRulebook> loaded = LoadRulebookFile(path, DiskFileReader(path), &issues);
  if (loaded.has_value()) book = CompileRulebook(std::move(*loaded), *schema, &issues);
  std::cerr << Format(issues);
  return book;
}

absl::StatusOr<std::shared_ptr<const Snapshot>> LoadData(const CompiledRulebook& book, const std::string& directory) {
  std::error_code error;
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(directory, error)) {
    if (entry.path().extension() == ".jsonl" || entry.path().extension() == ".binpb") paths.push_back(entry.path());
  }
  if (error) return absl::NotFoundError(absl::StrCat("cannot be read: ", directory));
  std::sort(paths.begin(), paths.end());
  std::map<std::string, std::shared_ptr<const RowBytes>> datasets;
  for (const std::filesystem::path& path : paths) {
    const std::string name = path.stem().string();
    absl::StatusOr<const google::protobuf::Descriptor*> type = DatasetType(book, name);
    if (!type.ok()) return absl::NotFoundError(absl::StrCat(path.string(), ": ", type.status().message()));
    if (datasets.contains(name)) {
      return absl::InvalidArgumentError(absl::StrCat("a dataset has one file, not two: ", path.string()));
    }
    ASSIGN_OR_RETURN(const std::string content, ReadFile(path.string()));
    auto rows = std::make_shared<RowBytes>();
    const absl::Status status = ReadRows(*book.schema, **type, content, path.extension() == ".binpb",
                                         [&](absl::string_view row) { rows->Add(row); });
    if (!status.ok()) return absl::InvalidArgumentError(absl::StrCat(path.string(), ": ", status.message()));
    datasets[name] = std::move(rows);
  }
  for (const v1::Dataset& dataset : book.proto.datasets()) {
    if (datasets.contains(dataset.name())) continue;
    ShowProgress("");
    std::cerr << "assay: " << directory << " has no file of dataset '" << dataset.name() << "': it has no rows\n";
  }
  return BuildSnapshot(book, datasets);
}

}  // namespace assay
