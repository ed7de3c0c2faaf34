// Entry points: ReadFile, WriteFile, ReplaceFiles, MakeFolder.
#include "cli/files.h"

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"

namespace assay {
namespace {

namespace fs = std::filesystem;

constexpr char kUnread[] = "cannot be read";
constexpr char kUnwritten[] = "cannot be written";

// Of the system call that failed last, which streams do not tell; never none.
std::error_code LastError() { return {errno != 0 ? errno : EIO, std::generic_category()}; }

std::string Reason(std::error_code error) {
  if (error == std::errc::no_such_file_or_directory) return "there is no such file or folder";
  if (error == std::errc::is_a_directory) return "it is a directory";
  if (error == std::errc::not_a_directory) return "it is no directory";
  return error.message();
}

std::error_code Write(const std::string& path, const std::string& content) {
  errno = 0;
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out << content;
  out.close();
  return out ? std::error_code() : LastError();
}

absl::Status Refusal(absl::string_view what, absl::string_view reason, const std::string& path) {
  return absl::UnavailableError(absl::StrCat(what, ": ", reason, ": '", path, "'"));
}

// A text on its way to its file.
struct Move {
  fs::path from;
  fs::path to;
};

// Where the file truly is, with the text beside it.
absl::Status WriteBeside(const FileText& file, std::vector<Move>* moves) {
  std::error_code error;
  const fs::path target = fs::weakly_canonical(file.path, error);
  if (error) return FileError(kUnwritten, error, file.path);
  const fs::file_status status = fs::status(target, error);
  if (fs::is_directory(status)) return FileError(kUnwritten, make_error_code(std::errc::is_a_directory), file.path);
  const bool exists = fs::exists(status);
  // A pipe or a device takes what is written to it; a file in its place would be another thing.
  if (exists && !fs::is_regular_file(status)) return Refusal(kUnwritten, "it is no regular file", file.path);
  moves->push_back({target.string() + ".assay-new", target});
  error = Write(moves->back().from.string(), file.text);
  if (error) return FileError(kUnwritten, error, file.path);
  if (exists) fs::permissions(moves->back().from, status.permissions(), error);
  return absl::OkStatus();
}

absl::Status MoveAll(const std::vector<Move>& moves) {
  for (const Move& move : moves) {
    std::error_code error;
    fs::rename(move.from, move.to, error);
    if (error) return FileError(kUnwritten, error, move.to.string());
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status FileError(absl::string_view what, std::error_code error, const std::string& path) {
  return Refusal(what, Reason(error), path);
}

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  std::error_code error;
  if (fs::is_directory(path, error)) return FileError(kUnread, make_error_code(std::errc::is_a_directory), path);
  errno = 0;
  std::ifstream in(path, std::ios::binary);
  if (!in) return FileError(kUnread, LastError(), path);
  std::ostringstream content;
  content << in.rdbuf();
  if (content.bad()) return FileError(kUnread, LastError(), path);
  return content.str();
}

absl::Status WriteFile(const std::string& path, const std::string& content) {
  const std::error_code error = Write(path, content);
  return error ? FileError(kUnwritten, error, path) : absl::OkStatus();
}

absl::Status ReplaceFiles(const std::vector<FileText>& files) {
  std::vector<Move> moves;
  absl::Status status;
  for (const FileText& file : files) {
    if (status.ok()) status = WriteBeside(file, &moves);
  }
  if (status.ok()) status = MoveAll(moves);
  std::error_code ignored;
  for (const Move& move : moves) fs::remove(move.from, ignored);
  return status;
}

absl::Status MakeFolder(const std::string& path) {
  std::error_code error;
  fs::create_directories(path, error);
  return error ? FileError("cannot be made", error, path) : absl::OkStatus();
}

}  // namespace assay
