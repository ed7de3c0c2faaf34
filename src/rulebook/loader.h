// From files to one merged rulebook: reads YAML, JSON or binary, follows imports, and keeps every position.
// Entry points: LoadRulebookText, LoadRulebookBinary, LoadRulebookFile. Functions over their arguments, safe from any
// thread. The loader checks form only: what the names and expressions mean is checked when the rulebook is compiled.
#ifndef ASSAY_RULEBOOK_LOADER_H_
#define ASSAY_RULEBOOK_LOADER_H_

#include <cstddef>
#include <optional>

#include "absl/strings/string_view.h"
#include "assay/limits.h"
#include "assay/v1/rulebook.pb.h"
#include "base/issue.h"
#include "rulebook/file_reader.h"
#include "rulebook/source_map.h"

namespace assay {

// A chain of imports may have this many links, and a rulebook this many files.
inline constexpr int kMaxImportDepth = 16;
inline constexpr size_t kMaxRulebookFiles = 256;

struct LoadedRulebook {
  v1::Rulebook proto;           // merged, overrides done; `imports` are those of the rulebook's own file
  SourceMap sources;            // by the paths of `proto`
  Limits limits;                // of whoever compiles and runs it
  bool compiles_tests = false;  // the expressions of `tests` too
};

// Each function adds what it finds to `issues` and returns nullopt if an error was among it. Errors in one place do not
// hide those in another, save that a text that is not YAML has one error only.

// YAML or JSON; `name` is what issues call the text. `imports` are an error: a text has no folder.
std::optional<LoadedRulebook> LoadRulebookText(absl::string_view name, absl::string_view text, IssueList* issues);

// A serialized assay.v1.Rulebook. Issues carry paths, no lines. Bytes of fields this version does not know are an
// error, for a rule left out is a rule broken; so are `imports`.
std::optional<LoadedRulebook> LoadRulebookBinary(absl::string_view name, absl::string_view bytes, IssueList* issues);

// A file and its imports, binary if the name ends in .binpb or .pb, else YAML or JSON.
//
// An import is relative to the file that names it and lies in the rulebook's folder or below. A file imported twice is
// there once. Lists are joined, imports first, in the order of `imports`; any other top-level key is the importing
// file's if it has it, else the last import's. Two things of one kind and name (parameters, datasets, joins and
// variables of one level, ...) are an error, and so are versions of one rule that are in force at the same time.
// Overrides are done last.
std::optional<LoadedRulebook> LoadRulebookFile(absl::string_view path, const FileReader& reader, IssueList* issues);

}  // namespace assay

#endif  // ASSAY_RULEBOOK_LOADER_H_
