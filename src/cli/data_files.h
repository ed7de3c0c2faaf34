// Rows of files: the reference data of a directory, and what a session or a check makes of them.
// Entry points: ReadDataFile, ReadDataFiles, LoadData.
#ifndef ASSAY_CLI_DATA_FILES_H_
#define ASSAY_CLI_DATA_FILES_H_

#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "rulebook/check_data.h"
#include "rulebook/compiled_rulebook.h"

namespace assay {

// JSON lines, or with a name that ends in .binpb messages behind their length. InvalidArgument names the file and the
// place of what is no message of the type.
absl::StatusOr<DataFile> ReadDataFile(const Schema& schema, const google::protobuf::Descriptor& type,
                                      const std::string& path);

// What becomes of files of rows that no dataset is called.
enum class StrayFiles : uint8_t { kRefused, kLeftAlone };

// By dataset, one NAME.jsonl or NAME.binpb of the directory each; a dataset without a file is left out, which one line
// on stderr tells. NotFound names a stray file, with the nearest name, where these are refused. Files of no rows are
// left alone.
absl::StatusOr<std::map<std::string, DataFile>> ReadDataFiles(const CompiledRulebook& book,
                                                              const std::string& directory, StrayFiles strays);

// The snapshot of a directory; a dataset without a file has no rows.
absl::StatusOr<std::shared_ptr<const Snapshot>> LoadData(const CompiledRulebook& book, const std::string& directory,
                                                         StrayFiles strays);

}  // namespace assay

#endif  // ASSAY_CLI_DATA_FILES_H_
