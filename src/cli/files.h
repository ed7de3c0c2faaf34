// Files as the command reads and writes them; what cannot be done is one line with its reason.
// Entry points: ReadFile, WriteFile, ReplaceFiles, MakeFolder.
#ifndef ASSAY_CLI_FILES_H_
#define ASSAY_CLI_FILES_H_

#include <string>
#include <system_error>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace assay {

struct FileText {
  std::string path;
  std::string text;
};

// "cannot be read: there is no such file or folder: 'PATH'", with `what` before the reason.
absl::Status FileError(absl::string_view what, std::error_code error, const std::string& path);

absl::StatusOr<std::string> ReadFile(const std::string& path);

absl::Status WriteFile(const std::string& path, const std::string& content);

// Writes each text beside its file, then puts all in place, so that a full disk leaves what was there. A link stays and
// its file is replaced; permissions stay.
absl::Status ReplaceFiles(const std::vector<FileText>& files);

// With the folders above it; nothing if it is there.
absl::Status MakeFolder(const std::string& path);

}  // namespace assay

#endif  // ASSAY_CLI_FILES_H_
