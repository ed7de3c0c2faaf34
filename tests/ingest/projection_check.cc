// Random projections, and their columns by reflection. Entry points: RandomProjection, DescribeDifference.
// Cells of both sides are written as texts and compared as such, so that a difference reads well.
#include "tests/ingest/projection_check.h"

#include <algorithm>
#include <cstring>
#include <map>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "base/civil.h"
#include "base/decimal.h"
#include "base/timestamp.h"

namespace assay {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;
using Path = std::vector<const FieldDescriptor*>;

constexpr char kAbsent[] = "absent";
constexpr char kBroken[] = "broken";  // malformed or overflowing

class Asker {
 public:
  Asker(std::shared_ptr<const Schema> schema, const Descriptor& type, uint64_t one_in, Random& random)
      : schema_(schema), builder_(std::move(schema), &type), one_in_(one_in), random_(random) {}

  void AskOf(const Descriptor& type, int level, Path path, int depth) {
    for (int i = 0; i < type.field_count(); ++i) {
      if (one_in_ > 1 && !OneIn(random_, one_in_)) continue;
      AskFor(type.field(i), level, path, depth);
    }
  }

  AskedProjection Take() {
    asked_.projection = builder_.Build();
    return std::move(asked_);
  }

 private:
  void AskFor(const FieldDescriptor* field, int level, const Path& path, int depth) {
    const bool is_message = schema_->Describe(*field).kind == ScalarKind::kMessage;
    if (!field->is_repeated() && OneIn(random_, is_message ? 2 : 3)) AskForPresence(field, level, path);
    if (is_message && depth <= 0) return;
    if (field->is_repeated()) return AskForLevel(field, level, path, depth);
    if (is_message) {
      Path longer = path;
      longer.push_back(field);
      return AskOf(*field->message_type(), level, longer, depth - 1);
    }
    const bool is_text = schema_->Describe(*field).is_annotated_text();
    if (is_text && OneIn(random_, 3)) {
      asked_.columns.push_back({level, path, field, ColumnRole::kText, builder_.AddText(level, path, field), false});
      if (OneIn(random_, 2)) return;
    }
    asked_.columns.push_back({level, path, field, ColumnRole::kValue, builder_.AddField(level, path, field), false});
  }

  void AskForPresence(const FieldDescriptor* field, int level, const Path& path) {
    const int slot = builder_.AddPresence(level, path, field);
    asked_.columns.push_back({level, path, field, ColumnRole::kPresence, slot, false});
  }

  void AskForLevel(const FieldDescriptor* field, int level, const Path& path, int depth) {
    if (schema_->Describe(*field).kind != ScalarKind::kMessage) {
      const ProjectionBuilder::List list = builder_.AddList(level, path, field);
      asked_.levels.push_back({list.level, level, path, field});
      asked_.columns.push_back({list.level, {}, field, ColumnRole::kValue, list.slot, true});
      return;
    }
    const int child = builder_.AddLevel(level, path, field);
    asked_.levels.push_back({child, level, path, field});
    AskOf(*field->message_type(), child, {}, depth - 1);
  }

  std::shared_ptr<const Schema> schema_;
  ProjectionBuilder builder_;
  const uint64_t one_in_;
  Random& random_;
  AskedProjection asked_;
};

// -- Cells as texts ------------------------------------------------------------------------------------------------

std::string BitsText(double value) {
  uint64_t bits;
  std::memcpy(&bits, &value, sizeof(bits));
  return absl::StrCat(value, "/", absl::Hex(bits));
}

std::string DecimalCell(absl::StatusOr<Decimal> value, const FieldInfo& info) {
  if (!value.ok() || value->scale > info.scale) return kBroken;
  const auto scaled = Rescale(*value, info.scale);
  if (!scaled.has_value() || Magnitude(scaled->coefficient) >= static_cast<uint128>(Pow10(info.precision)))
    return kBroken;
  return ToString(scaled->coefficient);
}

std::string TextCell(const std::string& text, const FieldInfo& info) {
  if (info.kind == ScalarKind::kDecimal) return DecimalCell(ParseDecimal(text), info);
  if (info.kind != ScalarKind::kDate) return absl::CEscape(text);
  int32_t day = 0;
  return ParseDate(text.data(), text.size(), &day) == DateParse::kOk ? absl::StrCat(day) : kBroken;
}

// Timestamp, Duration and Money by the fields that hold whole units and nanos.
std::string WholeAndNanosCell(const Message& message, const FieldInfo& info) {
  const bool is_money = info.kind == ScalarKind::kDecimal;
  const Reflection& reflection = *message.GetReflection();
  const int64_t whole = reflection.GetInt64(message, message.GetDescriptor()->FindFieldByNumber(is_money ? 2 : 1));
  const int32_t nanos = reflection.GetInt32(message, message.GetDescriptor()->FindFieldByNumber(is_money ? 3 : 2));
  if (info.kind == ScalarKind::kTimestamp) {
    return IsValid(Timestamp{whole, nanos}) ? absl::StrCat(whole, ".", nanos) : kBroken;
  }
  if (info.kind == ScalarKind::kDuration) {
    return IsValid(Duration{whole, nanos}) ? absl::StrCat(whole, ".", nanos) : kBroken;
  }
  if (nanos >= kNanosPerSecond || nanos <= -kNanosPerSecond || (whole > 0 && nanos < 0) || (whole < 0 && nanos > 0)) {
    return kBroken;
  }
  // Through text, as another way to the same number: trailing zeros go, the rest must fit.
  return DecimalCell(ParseDecimal(FormatTrimmed({int128{whole} * kNanosPerSecond + nanos, 9})), info);
}

// The value of a singular field, or of element `index` (>= 0) of a repeated one.
class Reader {
 public:
  Reader(const Schema& schema, const Message& message, const FieldDescriptor* field, int index)
      : info_(schema.Describe(*field)),
        message_(message),
        field_(field),
        index_(index),
        reflection_(*message.GetReflection()) {}

  std::string Value() const {
    if (info_.kind == ScalarKind::kDecimal && info_.decimal_form == DecimalForm::kMinorUnits) {
      if (IsUnset()) return kAbsent;
      return DecimalCell(ParseDecimal(Plain()), {info_.kind, info_.decimal_form, 38, 0}) == kBroken ? kBroken
                                                                                                    : MinorUnits();
    }
    if (field_->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) return Plain();
    if (info_.kind == ScalarKind::kDecimal && IsUnset()) return kAbsent;
    const Message& message = index_ < 0 ? reflection_.GetMessage(message_, field_)
                                        : reflection_.GetRepeatedMessage(message_, field_, index_);
    if (!info_.nullable) return WholeAndNanosCell(message, info_);
    return Reader(message, message.GetDescriptor()->FindFieldByNumber(1)).Plain();
  }

  std::string Text() const { return absl::CEscape(reflection_.GetString(message_, field_)); }

  bool IsPresent() const {
    const bool has = reflection_.HasField(message_, field_);
    return has;
  }

 private:
  Reader(const Message& message, const FieldDescriptor* field)
      : message_(message), field_(field), index_(-1), reflection_(*message.GetReflection()) {}

  bool IsUnset() const { return index_ < 0 && field_->has_presence() && !reflection_.HasField(message_, field_); }

  std::string MinorUnits() const {
    return DecimalCell(ParseDecimal(Plain()), {info_.kind, info_.decimal_form, info_.precision, 0});
  }

  template <typename Get, typename GetRepeated>
  auto Read(Get get, GetRepeated get_repeated) const {
    return index_ < 0 ? (reflection_.*get)(message_, field_) : (reflection_.*get_repeated)(message_, field_, index_);
  }

  std::string Plain() const {
    switch (field_->cpp_type()) {
      case FieldDescriptor::CPPTYPE_BOOL:
        return absl::StrCat(Read(&Reflection::GetBool, &Reflection::GetRepeatedBool));
      case FieldDescriptor::CPPTYPE_INT32:
        return absl::StrCat(Read(&Reflection::GetInt32, &Reflection::GetRepeatedInt32));
      case FieldDescriptor::CPPTYPE_INT64:
        return absl::StrCat(Read(&Reflection::GetInt64, &Reflection::GetRepeatedInt64));
      case FieldDescriptor::CPPTYPE_UINT32:
        return absl::StrCat(Read(&Reflection::GetUInt32, &Reflection::GetRepeatedUInt32));
      case FieldDescriptor::CPPTYPE_UINT64:
        return absl::StrCat(Read(&Reflection::GetUInt64, &Reflection::GetRepeatedUInt64));
      case FieldDescriptor::CPPTYPE_FLOAT:
        return BitsText(Read(&Reflection::GetFloat, &Reflection::GetRepeatedFloat));
      case FieldDescriptor::CPPTYPE_DOUBLE:
        return BitsText(Read(&Reflection::GetDouble, &Reflection::GetRepeatedDouble));
      case FieldDescriptor::CPPTYPE_ENUM:
        return absl::StrCat(Read(&Reflection::GetEnumValue, &Reflection::GetRepeatedEnumValue));
      case FieldDescriptor::CPPTYPE_STRING:
        return String(Read(&Reflection::GetString, &Reflection::GetRepeatedString));
      case FieldDescriptor::CPPTYPE_MESSAGE:
        break;
    }
    return "";
  }

  std::string String(const std::string& text) const {
    const bool is_annotated = info_.is_annotated_text();
    if (is_annotated && index_ < 0 && (field_->has_presence() ? IsUnset() : text.empty())) return kAbsent;
    return TextCell(text, info_);
  }

  FieldInfo info_;
  const Message& message_;
  const FieldDescriptor* field_;
  int index_;
  const Reflection& reflection_;
};

std::string ColumnCell(const ColumnSet& columns, int slot, size_t row) {
  const Vector vector = columns.column(slot);
  if (const ErrorCode code = vector.error(row); code != 0) {
    const CellError error = columns.errors().Get(code);
    if (error.row != static_cast<int32_t>(row) || error.source != -1) return "an error of another row";
    switch (error.kind) {
      case ErrorKind::kAbsent:
        return kAbsent;
      case ErrorKind::kMalformed:
      case ErrorKind::kOverflow:
        return error.detail.empty() ? "no detail" : kBroken;
      case ErrorKind::kUndecodable:
        return "undecodable";
      default:
        return "an error of another kind";
    }
  }
  switch (vector.type) {
    case Physical::kBool:
      return absl::StrCat(vector.values<uint8_t>()[row]);
    case Physical::kInt64:
    case Physical::kDecimal64:
      return absl::StrCat(vector.values<int64_t>()[row]);
    case Physical::kUint64:
      return absl::StrCat(vector.values<uint64_t>()[row]);
    case Physical::kDouble:
      return BitsText(vector.values<double>()[row]);
    case Physical::kString:
      return absl::CEscape(vector.values<absl::string_view>()[row]);
    case Physical::kDecimal128:
      return ToString(vector.values<int128>()[row]);
    case Physical::kDate:
      return absl::StrCat(vector.values<int32_t>()[row]);
    case Physical::kTimestamp:
      return absl::StrCat(vector.values<Timestamp>()[row].seconds, ".", vector.values<Timestamp>()[row].nanos);
    case Physical::kRow:
      break;
    case Physical::kDuration:
      return absl::StrCat(vector.values<Duration>()[row].seconds, ".", vector.values<Duration>()[row].nanos);
  }
  return "?";
}

// -- Levels --------------------------------------------------------------------------------------------------------

// A row of a level by reflection: a message, or one element of the parent's repeated scalar field. A null message is a
// root row that could not be decoded.
struct ReflectedRow {
  const Message* message;
  int index;
};

const Message& Follow(const Message& message, const Path& path) {
  const Message* at = &message;
  for (const FieldDescriptor* field : path) at = &at->GetReflection()->GetMessage(*at, field);
  return *at;
}

// Map entries by ascending key, the last of equal keys.
void SortEntries(std::vector<ReflectedRow>* rows) {
  const auto less = [](const ReflectedRow& a, const ReflectedRow& b) {
    const FieldDescriptor* key = a.message->GetDescriptor()->map_key();
    const Reflection& reflection = *a.message->GetReflection();
    switch (key->cpp_type()) {
      case FieldDescriptor::CPPTYPE_BOOL:
        return reflection.GetBool(*a.message, key) < reflection.GetBool(*b.message, key);
      case FieldDescriptor::CPPTYPE_INT32:
        return reflection.GetInt32(*a.message, key) < reflection.GetInt32(*b.message, key);
      case FieldDescriptor::CPPTYPE_INT64:
        return reflection.GetInt64(*a.message, key) < reflection.GetInt64(*b.message, key);
      case FieldDescriptor::CPPTYPE_UINT32:
        return reflection.GetUInt32(*a.message, key) < reflection.GetUInt32(*b.message, key);
      case FieldDescriptor::CPPTYPE_UINT64:
        return reflection.GetUInt64(*a.message, key) < reflection.GetUInt64(*b.message, key);
      default:
        return reflection.GetString(*a.message, key) < reflection.GetString(*b.message, key);
    }
  };
  std::stable_sort(rows->begin(), rows->end(), less);
  std::vector<ReflectedRow> last;
  for (const ReflectedRow& row : *rows) {
    if (!last.empty() && !less(last.back(), row)) last.pop_back();
    last.push_back(row);
  }
  *rows = std::move(last);
}

std::vector<ReflectedRow> ChildRows(const Message& parent, const AskedLevel& level) {
  const Message& holder = Follow(parent, level.path);
  const Reflection& reflection = *holder.GetReflection();
  std::vector<ReflectedRow> rows;
  for (int i = 0; i < reflection.FieldSize(holder, level.field); ++i) {
    const bool is_message = level.field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
    const Message* message = is_message ? &reflection.GetRepeatedMessage(holder, level.field, i) : &holder;
    rows.push_back({message, i});
  }
  if (level.field->is_map()) SortEntries(&rows);
  return rows;
}

class Checker {
 public:
  Checker(const AskedProjection& asked, const ColumnSet& columns)
      : asked_(asked), schema_(*asked.projection->schema), columns_(columns) {}

  std::string Check(const std::vector<const Message*>& messages) {
    std::vector<ReflectedRow> rows;
    for (const Message* message : messages) rows.push_back({message, -1});
    rows_[0] = std::move(rows);
    parents_[0].resize(rows_[0].size(), -1);
    for (const AskedLevel& level : asked_.levels) Reflect(level);
    for (const AskedLevel& level : asked_.levels) {
      if (std::string difference = CheckLevel(level); !difference.empty()) return difference;
    }
    for (const AskedColumn& column : asked_.columns) {
      if (std::string difference = CheckColumn(column); !difference.empty()) return difference;
    }
    return "";
  }

 private:
  // Levels were asked for parents first.
  void Reflect(const AskedLevel& level) {
    const std::vector<ReflectedRow>& parents = rows_[level.parent];
    for (size_t p = 0; p < parents.size(); ++p) {
      if (parents[p].message == nullptr) continue;
      for (const ReflectedRow& row : ChildRows(*parents[p].message, level)) {
        const bool is_element = schema_.Describe(*level.field).kind != ScalarKind::kMessage;
        // An element is read off its holder.
        const Message* holder = is_element ? &Follow(*parents[p].message, level.path) : row.message;
        rows_[level.level].push_back({holder, row.index});
        parents_[level.level].push_back(static_cast<int32_t>(p));
      }
    }
  }

  std::string CheckLevel(const AskedLevel& level) {
    const LevelView view = columns_.level(level.level);
    const std::vector<int32_t>& parents = parents_[level.level];
    const std::string name = level.field->full_name();
    if (view.size != parents.size()) return absl::StrCat(name, ": ", view.size, " rows, not ", parents.size());
    if (!std::equal(view.parent.begin(), view.parent.end(), parents.begin())) return absl::StrCat(name, ": parents");
    if (view.begin.size() != rows_[level.parent].size() + 1) return absl::StrCat(name, ": number of offsets");
    std::vector<int32_t> counts(view.begin.size() - 1);
    for (int32_t parent : parents) ++counts[static_cast<size_t>(parent)];
    for (size_t p = 0; p < counts.size(); ++p) {
      if (view.begin[p + 1] - view.begin[p] != counts[p]) return absl::StrCat(name, ": offsets of parent ", p);
    }
    return view.begin[0] == 0 ? "" : absl::StrCat(name, ": first offset");
  }

  std::string CheckColumn(const AskedColumn& column) {
    const std::vector<ReflectedRow>& rows = rows_[column.level];
    for (size_t row = 0; row < rows.size(); ++row) {
      const std::string expected = Expected(column, rows[row]);
      const std::string actual = ColumnCell(columns_, column.slot, row);
      if (expected == actual) continue;
      return absl::StrCat(column.field->full_name(), " role ", static_cast<int>(column.role), " row ", row, ": ",
                          actual, ", not ", expected);
    }
    return "";
  }

  std::string Expected(const AskedColumn& column, const ReflectedRow& row) {
    if (row.message == nullptr) return "undecodable";
    const Message& message = Follow(*row.message, column.path);
    const Reader reader(schema_, message, column.field, column.is_element ? row.index : -1);
    switch (column.role) {
      case ColumnRole::kValue:
        return reader.Value();
      case ColumnRole::kText:
        return reader.Text();
      case ColumnRole::kPresence:
        return absl::StrCat(reader.IsPresent());
    }
    return "";
  }

  const AskedProjection& asked_;
  const Schema& schema_;
  const ColumnSet& columns_;
  std::map<int, std::vector<ReflectedRow>> rows_;
  std::map<int, std::vector<int32_t>> parents_;
};

}  // namespace

AskedProjection RandomProjection(std::shared_ptr<const Schema> schema, const Descriptor& type, int depth,
                                 uint64_t one_in, Random& random) {
  Asker asker(std::move(schema), type, one_in, random);
  asker.AskOf(type, 0, {}, depth);
  return asker.Take();
}

std::string DescribeDifference(const AskedProjection& asked, const std::vector<const Message*>& rows,
                               const ColumnSet& columns) {
  return Checker(asked, columns).Check(rows);
}

}  // namespace assay
