// format(): a text with clauses that are filled from a list (base/format_text.h). Entry point: FormatFunctions.
#include <algorithm>
#include <deque>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "base/format_text.h"
#include "interp/functions.h"

namespace assay {
namespace {

// What %s writes; false for values that have no text, and for texts too long to be made.
bool AppendText(const Value& value, std::string* out);

bool AppendList(const ValueList& list, std::string* out) {
  out->push_back('[');
  for (const Value& element : list) {
    if (&element != list.data()) out->append(", ");
    if (!AppendText(element, out)) return false;
  }
  out->push_back(']');
  return true;
}

// Entries in the order of their keys' texts.
bool AppendMap(const ValueMap& map, std::string* out) {
  std::vector<std::pair<std::string, std::string>> entries(map.size());
  size_t size = out->size();
  for (size_t i = 0; i < map.size(); ++i) {
    if (!AppendText(map[i].key, &entries[i].first) || !AppendText(map[i].value, &entries[i].second)) return false;
    size += entries[i].first.size() + entries[i].second.size();
    if (size > kMaxFormatted) return false;
  }
  std::sort(entries.begin(), entries.end());
  absl::StrAppend(out, "{", absl::StrJoin(entries, ", ", absl::PairFormatter(": ")), "}");
  return true;
}

// A plain value as format() takes it; kNone for lists and maps.
FormatValue PlainValue(const Value& value) {
  using Kind = FormatValue::Kind;
  FormatValue out;
  switch (value.kind()) {
    case ValueKind::kNull:
      out.kind = Kind::kText;
      out.text = "null";
      break;
    case ValueKind::kBool:
      out.kind = Kind::kBool;
      out.flag = value.as_bool();
      break;
    case ValueKind::kInt:
      out.kind = Kind::kInt;
      out.integer = value.as_int();
      break;
    case ValueKind::kUint:
      out.kind = Kind::kUint;
      out.natural = value.as_uint();
      break;
    case ValueKind::kDouble:
      out.kind = Kind::kDouble;
      out.real = value.as_double();
      break;
    case ValueKind::kString:
      out.kind = Kind::kString;
      out.text = value.as_string();
      break;
    case ValueKind::kBytes:
      out.kind = Kind::kBytes;
      out.text = value.as_bytes();
      break;
    case ValueKind::kDecimal:
      out.kind = Kind::kDecimal;
      out.decimal = value.as_decimal();
      break;
    case ValueKind::kDate:
      out.kind = Kind::kDate;
      out.integer = value.as_date();
      break;
    case ValueKind::kTimestamp:
      out.kind = Kind::kTimestamp;
      out.timestamp = value.as_timestamp();
      break;
    case ValueKind::kDuration:
      out.kind = Kind::kDuration;
      out.duration = value.as_duration();
      break;
    case ValueKind::kType:
      out.kind = Kind::kText;
      out.text = value.as_type();
      break;
    default:
      break;
  }
  return out;
}

bool AppendText(const Value& value, std::string* out) {
  if (out->size() > kMaxFormatted) return false;
  if (value.is(ValueKind::kList)) return AppendList(value.as_list(), out);
  if (value.is(ValueKind::kMap)) return AppendMap(value.as_map(), out);
  return AppendShown(PlainValue(value), out);
}

Value Format(const Call& call, Arguments args) {
  if (!args[0].is(ValueKind::kString) || !args[1].is(ValueKind::kList)) return NoOverload();
  std::vector<FormatValue> values;
  std::deque<std::string> texts;  // of lists and maps
  for (const Value& value : args[1].as_list()) {
    values.push_back(PlainValue(value));
    if (!value.is(ValueKind::kList) && !value.is(ValueKind::kMap)) continue;
    if (!AppendText(value, &texts.emplace_back())) continue;
    values.back().kind = FormatValue::Kind::kText;
    values.back().text = texts.back();
    if (!call.steps.TakeBytes(texts.back().size())) return BudgetSpent();
  }
  std::string out;
  switch (FormatText(args[0].as_string(), values, &out)) {
    case FormatFault::kNone:
      return call.steps.TakeBytes(out.size()) ? Value::String(std::move(out)) : BudgetSpent();
    case FormatFault::kNoClause:
      return Refused("is no clause of format()");
    case FormatFault::kTooFewValues:
      return Value::Error(ErrorKind::kOutOfRange, "format() has more clauses than values");
    case FormatFault::kCannotWrite:
      return Refused("a value that its clause cannot write");
    case FormatFault::kTooLong:
      break;
  }
  return BudgetSpent();
}

constexpr FunctionEntry kFunctions[] = {{Op::kFormat, Format}};

}  // namespace

absl::Span<const FunctionEntry> FormatFunctions() { return kFunctions; }

}  // namespace assay
