// Random projections, and their columns by reflection. Entry points: RandomProjection, DescribeDifference.
#include "tests/ingest/projection_check.h"

#include <algorithm>
#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "tests/ingest/cell_text.h"

namespace assay {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;
using Path = std::vector<const FieldDescriptor*>;

class Asker {
 public:
  Asker(std::shared_ptr<const Schema> schema, const Descriptor& type, uint64_t one_in, Random& random)
      : schema_(schema), builder_(std::move(schema), &type), one_in_(one_in), random_(random) {}

  void AskOf(const Descriptor& type, int level, const Path& path, int depth) {
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
    rows.reserve(messages.size());
    for (const Message* message : messages) {
      rows.push_back({message != nullptr && HasTooManyItems(*message) ? nullptr : message, -1});
    }
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
  // Whether a list that is read has more items than its field may have: then the row is held, undecoded.
  bool HasTooManyItems(const Message& row) const {
    std::map<int, std::vector<const Message*>> messages = {{0, {&row}}};
    for (const AskedLevel& level : asked_.levels) {
      const uint64_t most = schema_.Describe(*level.field).max_items;
      for (const Message* parent : messages[level.parent]) {
        const std::vector<ReflectedRow> items = ChildRows(*parent, level);
        if (most != 0 && items.size() > most) return true;
        for (const ReflectedRow& item : items) messages[level.level].push_back(item.message);
      }
    }
    return false;
  }

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
    return ReflectedCell(schema_, message, column.field, column.is_element ? row.index : -1, column.role);
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
