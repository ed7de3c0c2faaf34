// Entry points: ReadDataFile, ReadDataFiles, LoadData.
#include "cli/data_files.h"

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "cli/command.h"
#include "cli/files.h"
#include "ingest/framing.h"
#include "ingest/json_rows.h"
#include "rulebook/reference.h"

namespace assay {

absl::StatusOr<DataFile> ReadDataFile(const Schema& schema, const google::protobuf::Descriptor& type,
                                      const std::string& path) {
  ASSIGN_OR_RETURN(const std::string content, ReadFile(path));
  const bool is_binary = absl::EndsWith(path, ".binpb");
  auto rows = std::make_shared<RowBytes>();
  const absl::Status status =
      ReadRows(schema, type, content, is_binary, [&](absl::string_view row) { rows->Add(row); });
  // What is wrong in a line begins with its place, LINE:COLUMN; what is wrong with the framing tells its own.
  const bool has_place = !is_binary && absl::IsInvalidArgument(status);
  if (!status.ok()) {
    return absl::InvalidArgumentError(absl::StrCat(path, has_place ? ":" : ": ", status.message()));
  }
  DataFile file = {path, std::move(rows), {}};
  if (is_binary) return file;
  ASSIGN_OR_RETURN(const std::vector<JsonLine> lines, SplitJsonLines(content, FramingLimits()));
  for (const JsonLine& line : lines) file.lines.push_back(line.line);
  return file;
}

absl::StatusOr<std::map<std::string, DataFile>> ReadDataFiles(const CompiledRulebook& book,
                                                              const std::string& directory, StrayFiles strays) {
  std::error_code error;
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(directory, error)) {
    if (entry.path().extension() == ".jsonl" || entry.path().extension() == ".binpb") paths.push_back(entry.path());
  }
  if (error) return FileError("cannot be read", error, directory);
  std::sort(paths.begin(), paths.end());
  std::map<std::string, DataFile> files;
  for (const std::filesystem::path& path : paths) {
    const std::string name = path.stem().string();
    absl::StatusOr<const google::protobuf::Descriptor*> type = DatasetType(book, name);
    if (!type.ok() && strays == StrayFiles::kLeftAlone) continue;
    if (!type.ok()) return absl::NotFoundError(absl::StrCat(path.string(), ": ", type.status().message()));
    if (files.contains(name)) {
      return absl::InvalidArgumentError(absl::StrCat("a dataset has one file, not two: ", path.string()));
    }
    ASSIGN_OR_RETURN(files[name], ReadDataFile(*book.schema, **type, path.string()));
  }
  for (const v1::Dataset& dataset : book.proto.datasets()) {
    if (files.contains(dataset.name())) continue;
    ShowProgress("");
    std::cerr << "assay: " << directory << " has no file of dataset '" << dataset.name() << "': it has no rows\n";
  }
  return files;
}

absl::StatusOr<std::shared_ptr<const Snapshot>> LoadData(const CompiledRulebook& book, const std::string& directory,
                                                         StrayFiles strays) {
  ASSIGN_OR_RETURN(const auto files, ReadDataFiles(book, directory, strays));
  std::map<std::string, std::shared_ptr<const RowBytes>> rows;
  for (const auto& [name, file] : files) rows[name] = file.rows;
  return BuildSnapshot(book, rows);
}

}  // namespace assay
