// What the page calls a key of the rulebook, and as what it shows its value.
// Entry points: LabelsOf, FindLabel. Constant tables, safe from any thread. Keys without a row of their own are still
// shown, under their own name.
#ifndef ASSAY_DOCUMENT_FIELD_LABEL_H_
#define ASSAY_DOCUMENT_FIELD_LABEL_H_

#include <google/protobuf/descriptor.h>

#include <cstdint>
#include <vector>

#include "document/html_writer.h"

namespace assay {

enum class ValueForm : uint8_t {
  kText,        // as it is written
  kExpression,  // with links to what it reads
  kReference,   // the name of a thing
  kJson,        // one object, or lines of them
};

struct FieldLabel {
  const char* field = "";  // Rule.condition
  Words words;
  ValueForm form = ValueForm::kText;
  const char* list = "";  // kReference: the list that has the thing
};

// nullptr for a field without a row.
const FieldLabel* FindLabel(const google::protobuf::FieldDescriptor& field);

// All fields of a message in the order in which people read them.
std::vector<const google::protobuf::FieldDescriptor*> FieldsInReadingOrder(const google::protobuf::Descriptor& type);

// What a word of one of the rulebook's enums means to people.
struct EnumLabel {
  const char* value = "";  // OUTCOME_HOLD
  const char* zh = "";     // its short name in Chinese
  Words meaning;
};

// By the value's full name; nullptr if there is no such value.
const EnumLabel* FindEnumLabel(absl::string_view value);

}  // namespace assay

#endif  // ASSAY_DOCUMENT_FIELD_LABEL_H_
