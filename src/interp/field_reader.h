// Reads fields of messages as values, by reflection, as a schema says what they mean.
// Entry points: ReadMessage, ReadField, HasField, ReadText. Pure functions of the message; safe from any thread.
#ifndef ASSAY_INTERP_FIELD_READER_H_
#define ASSAY_INTERP_FIELD_READER_H_

#include "google/protobuf/message.h"
#include "interp/value.h"
#include "lang/type.h"
#include "schema/schema.h"

namespace assay {

// The value of a field; `type` is its type in the expression, which has the shapes of the rows inside (nullptr where
// it is dyn). Absent: a scalar is its default, a message the empty one, a wrapper null; an annotated text, a decimal
// with presence and a money value are errors of kind kAbsent. A repeated field or map with an element that errs is
// that error, the first in order. The row has a message.
Value ReadField(const Schema& schema, const RowValue& row, const google::protobuf::FieldDescriptor& field,
                const Type* type);

// What CEL reads a message as: Any as what it holds, Value, Struct, ListValue and wrappers as the values they stand
// for, Timestamp and Duration as theirs; any other message is a row, the one given.
Value ReadMessage(const Schema& schema, const RowValue& row);

// What has() says: presence where the field has it, else not empty, not the default.
bool HasField(const google::protobuf::Message& message, const google::protobuf::FieldDescriptor& field);

// The string of an annotated text field as it was written; "" where absent.
Value ReadText(const google::protobuf::Message& message, const google::protobuf::FieldDescriptor& field);

}  // namespace assay

#endif  // ASSAY_INTERP_FIELD_READER_H_
