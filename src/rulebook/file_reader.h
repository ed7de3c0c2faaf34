// Where the loader gets its files from.
// Entry points: FileReader, DiskFileReader. A host that keeps rulebooks elsewhere hands in its own function.
#ifndef ASSAY_RULEBOOK_FILE_READER_H_
#define ASSAY_RULEBOOK_FILE_READER_H_

#include <functional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace assay {

// The bytes of a file. The loader asks only for the rulebook's own path and for paths below its folder, written with
// '/', without "." and "..". Called from the thread that loads.
using FileReader = std::function<absl::StatusOr<std::string>(absl::string_view path)>;

// Reads regular files of at most kMaxYamlBytes from disk. `rulebook_path` itself may be a link to anywhere; every other
// file must truly lie in its folder or below, so a link that leads out is refused (PermissionDenied).
FileReader DiskFileReader(absl::string_view rulebook_path);

}  // namespace assay

#endif  // ASSAY_RULEBOOK_FILE_READER_H_
