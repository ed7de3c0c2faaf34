// What a field that is typed as a decimal or date holds for a value: the reverse of how field_reader.h reads it.
// Entry point: HeldValue. Pure.
#ifndef ASSAY_INTERP_TYPED_FIELD_H_
#define ASSAY_INTERP_TYPED_FIELD_H_

#include "google/protobuf/descriptor.h"
#include "interp/value.h"
#include "schema/schema.h"

namespace assay {

// The value's form in the field, which is a decimal or date by `info`: its text, its number of smallest units, or for
// google.type.Money the amount at scale 9. Decimals stand at the field's scale, so that equal numbers are equal
// messages; nothing is rounded. `value` is a decimal, a date or, where its type was not known before, a text.
// Errors as of a field that is read: kOverflow, kMalformed; kInvalidArgument for a value of another kind.
Value HeldValue(const google::protobuf::FieldDescriptor& field, const FieldInfo& info, const Value& value);

}  // namespace assay

#endif  // ASSAY_INTERP_TYPED_FIELD_H_
