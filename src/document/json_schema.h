// The JSON Schema (draft 2020-12) of a rulebook, by which editors complete and check its YAML while it is typed.
// Entry point: RulebookJsonSchema. Made of rulebook.proto and its comments; it knows keys and kinds of values, not what
// names and expressions mean.
#ifndef ASSAY_DOCUMENT_JSON_SCHEMA_H_
#define ASSAY_DOCUMENT_JSON_SCHEMA_H_

#include <string>

#include "absl/status/statusor.h"

namespace assay {

// JSON text. What the schema refuses the loader refuses too, and what form alone can tell it tells as the loader does
// (rulebook/proto_builder.h); what YAML reads from a text without quotes, such as 2026.11, may be a number to it.
absl::StatusOr<std::string> RulebookJsonSchema();

}  // namespace assay

#endif  // ASSAY_DOCUMENT_JSON_SCHEMA_H_
