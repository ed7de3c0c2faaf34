// The file system behind FileReader. Entry point: DiskFileReader.
// Links are resolved before anything is opened; it never writes and never follows a path out of the rulebook's folder.
#include "rulebook/file_reader.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "rulebook/yaml_text.h"

namespace assay {
namespace {

namespace fs = std::filesystem;

fs::path ToPath(absl::string_view path) { return {std::string(path)}; }

bool IsBelow(const fs::path& path, const fs::path& folder) {
  const auto [rest, ignored] = std::mismatch(folder.begin(), folder.end(), path.begin(), path.end());
  return rest == folder.end();
}

absl::StatusOr<std::string> ReadRegularFile(const fs::path& path) {
  std::error_code error;
  if (!fs::is_regular_file(path, error)) return absl::InvalidArgumentError("it is not a file");
  if (fs::file_size(path, error) > kMaxYamlBytes || error) {
    return absl::InvalidArgumentError(absl::StrCat("a rulebook file may have ", kMaxYamlBytes, " bytes"));
  }
  std::ifstream file(path, std::ios::binary);
  std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  if (!file) return absl::PermissionDeniedError("it cannot be opened");
  return bytes;
}

absl::StatusOr<std::string> ReadFileOf(const std::string& rulebook_path, absl::string_view path) {
  std::error_code error;
  const fs::path target = fs::canonical(ToPath(path), error);
  if (error) return absl::NotFoundError("there is no such file");
  if (path == rulebook_path) return ReadRegularFile(target);
  const fs::path parent = ToPath(rulebook_path).parent_path();
  const fs::path folder = fs::canonical(parent.empty() ? fs::path(".") : parent, error);
  if (error || !IsBelow(target, folder)) {
    return absl::PermissionDeniedError("a link leads out of the rulebook's folder");
  }
  return ReadRegularFile(target);
}

}  // namespace

FileReader DiskFileReader(absl::string_view rulebook_path) {
  return [rulebook = std::string(rulebook_path)](absl::string_view path) { return ReadFileOf(rulebook, path); };
}

}  // namespace assay
