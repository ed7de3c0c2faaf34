// What the names of an expression can mean: variables, host functions, messages,
// and the zone in which an instant has a date.
//
// Built by whoever owns the expression (the rulebook, `assay eval`), then read by
// the checker. It owns nothing it points to.
#ifndef ASSAY_LANG_ENVIRONMENT_H_
#define ASSAY_LANG_ENVIRONMENT_H_

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "assay/limits.h"
#include "calendar/business_calendar.h"
#include "lang/function.h"
#include "lang/type.h"
#include "schema/enum_names.h"
#include "schema/schema.h"

namespace assay {

// `index` is the owner's number for it: Reference::index of every use.
struct EnvVariable {
  const Type* type = nullptr;
  int index = 0;
};

// Types may be the type parameters of the function table; what is not one is coerced to, as a decimal's size.
struct HostFunction {
  std::vector<const Type*> args;
  const Type* result = nullptr;
  int index = 0;
  // Variables handed over behind the written arguments.
  std::vector<EnvVariable> implied;
};

struct Environment {
  TypeTable* types = nullptr;
  const FunctionTable* functions = nullptr;
  const Schema* schema = nullptr;
  // Namespace in which names are looked up first, as CEL's container.
  std::string container;
  // By name, which may have dots: "order", "parameters.cover_days".
  std::map<std::string, EnvVariable, std::less<>> variables;
  // By full name: "table.discount_cap".
  std::map<std::string, HostFunction, std::less<>> host_functions;
  // CEL's evaluation of what was parsed but not checked: a name, field or overload that does not hold is no issue, but
  // a node of type dyn without a meaning, whose value is an error.
  bool late_binding = false;
  // "" if a timestamp has no date here.
  std::string time_zone;
  // What functions of business time may name; nullptr if there is none.
  const Calendars* calendars = nullptr;
  Limits limits;
};

// The type of values of a message type: what CEL reads as something else (a wrapper, Struct, Any …) by that.
const Type* MessageValueType(TypeTable* types, const google::protobuf::Descriptor* message);

// The type of a field as read through a shape: its level's shape where the field
// is a level, lists and maps by their parts.
const Type* FieldType(const Environment& env, const RowType& row, const google::protobuf::FieldDescriptor* field);

}  // namespace assay

#endif  // ASSAY_LANG_ENVIRONMENT_H_
