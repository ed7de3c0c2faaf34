// What a rulebook is, as 64 hexadecimal digits: decisions carry them, so that it can be told which rules they were made
// by. Entry points: Fingerprint, CanonicalJson. Pure functions, safe from any thread. Comments, the order of keys, the
// way texts are quoted, the split into files and the tests do not count; any other difference does.
#ifndef ASSAY_RULEBOOK_FINGERPRINT_H_
#define ASSAY_RULEBOOK_FINGERPRINT_H_

#include <string>

#include "assay/v1/rulebook.pb.h"
#include "google/protobuf/message.h"

namespace assay {

// The rulebook but its `tests`, `imports` and `overrides`, in the one way it can be written: no blanks, keys in byte
// order, proto field names, enums by short name, fields without a value left out, text as UTF-8 with \" \\ and \u00XX
// for control characters. `rulebook` must be merged.
std::string CanonicalJson(const v1::Rulebook& rulebook);

// A field of a part of a rulebook in the same way: all of it, also of a list or map.
std::string CanonicalField(const google::protobuf::Message& part, const google::protobuf::FieldDescriptor* field);

// SHA-256 of CanonicalJson, in lower case.
std::string Fingerprint(const v1::Rulebook& rulebook);

}  // namespace assay

#endif  // ASSAY_RULEBOOK_FINGERPRINT_H_
