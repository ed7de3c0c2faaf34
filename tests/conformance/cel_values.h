// The suite's values and types (cel.expr.Value, cel.expr.Type) as ours, and how to compare a result with what is
// expected. Entry points: ValueFromSuite, TypeFromSuite, Matches, MatchesType.
#ifndef ASSAY_TESTS_CONFORMANCE_CEL_VALUES_H_
#define ASSAY_TESTS_CONFORMANCE_CEL_VALUES_H_

#include "google/protobuf/message.h"
#include "interp/value.h"
#include "lang/function.h"
#include "lang/type.h"
#include "schema/schema.h"

namespace assay {

Value ValueFromSuite(const Schema& schema, const google::protobuf::Message& value);

const Type* TypeFromSuite(const Schema& schema, const FunctionTable& functions, TypeTable* types,
                          const google::protobuf::Message& type);

// Equal in kind and value all through; NaN is NaN.
bool Matches(const Value& actual, const Value& expected);

// The suite's text of one of our types, to be compared with that of the type it deduces.
std::string SuiteTypeName(const Type& type);
std::string SuiteTypeName(const google::protobuf::Message& type);

}  // namespace assay

#endif  // ASSAY_TESTS_CONFORMANCE_CEL_VALUES_H_
