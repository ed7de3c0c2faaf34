// Reads the rows of each dataset once and keeps what is asked of them: keys, days in force, values that joins compare.
// Entry point: CheckData.
#include "rulebook/check_data.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/civil.h"
#include "interp/field_reader.h"

namespace assay {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// Of one kind and dataset so many findings are shown, then how many more there are.
constexpr int kShown = 5;

// The field's value as an expression would show it; nothing where it is absent, not set or malformed.
std::optional<std::string> TextOf(const Schema& schema, const Message& message, const FieldDescriptor& field) {
  if (!HasField(message, field)) return std::nullopt;
  const Value value = ReadField(schema, {&message, nullptr}, field, nullptr);
  if (value.is_error()) return std::nullopt;
  return DebugString(value);
}

// A value by which rows of `from` are joined to rows of another dataset.
struct Link {
  int level = -1;    // of the input's rows; -1: `dataset`'s
  int dataset = -1;  // whose rows have the value
  const FieldDescriptor* field = nullptr;
  int target = -1;  // dataset
  const FieldDescriptor* key = nullptr;

  bool operator==(const Link&) const = default;
};

class DataCheck {
 public:
  DataCheck(const CompiledRulebook& book, const std::map<std::string, DataFile>& datasets, const DataFile* input,
            const CheckSeverities& severities)
      : book_(book), inputs_(book.names->inputs), datasets_(datasets), input_(input), report_(&severities) {}

  std::vector<CheckFinding> Run() {
    FindLinks();
    for (int i = 0; i < book_.proto.datasets_size(); ++i) ReadKeys(i);
    for (int i = 0; i < book_.proto.datasets_size(); ++i) ReadRows(i);
    if (input_ != nullptr) ReadInput();
    for (const auto& [of, count] : counts_) {
      if (count <= kShown) continue;
      Issue issue;
      issue.file = std::get<1>(of);
      const std::string& kind = std::get<2>(of);
      issue.message = absl::StrCat("and ", count - kShown, " more, ", count, " in all", kind.empty() ? "" : ": ", kind);
      report_.Add(std::get<0>(of), std::move(issue));
    }
    return report_.Take();
  }

 private:
  // A row of a dataset that has a key.
  struct Keyed {
    size_t row;
    int32_t from;  // days, both inclusive
    int32_t to;
  };

  const DataFile* FileOf(int dataset) const {
    const auto found = datasets_.find(inputs_.datasets[static_cast<size_t>(dataset)].name);
    return found == datasets_.end() ? nullptr : &found->second;
  }

  // `kind` is what the finding has in common with others.
  void Add(absl::string_view code, const DataFile& file, size_t row, const std::string& kind,
           const std::string& detail) {
    if (++counts_[{std::string(code), file.path, kind}] > kShown) return;
    const std::string message = absl::StrCat(kind, kind.empty() ? "" : ": ", detail);
    Issue issue;
    issue.file = file.path;
    issue.line = row < file.lines.size() ? file.lines[row] : 0;
    issue.column = issue.line == 0 ? 0 : 1;
    issue.message = issue.line == 0 ? absl::StrCat("row ", row + 1, ": ", message) : message;
    report_.Add(code, std::move(issue));
  }

  static std::string RowName(const DataFile& file, size_t row) {
    return row < file.lines.size() ? absl::StrCat("line ", file.lines[row]) : absl::StrCat("row ", row + 1);
  }

  void ForRows(const DataFile& file, const google::protobuf::Descriptor& type,
               const std::function<void(size_t, const Message&)>& visit) {
    const std::unique_ptr<Message> message(book_.schema->Prototype(type).New());
    for (size_t row = 0; row < file.rows->size(); ++row) {
      const absl::string_view bytes = (*file.rows)[row];
      if (message->ParsePartialFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
        visit(row, *message);
      } else {
        Add("data-malformed", file, row, "", "this is no message of the dataset's type");
      }
    }
  }

  // -- Joins: from which rows to which dataset, by which fields

  void FindLinks() {
    const std::set<int> asked = FieldsAskedFor();
    const std::set<int> always = FieldsReadAlways();
    for (size_t id = 0; id < inputs_.virtuals.size(); ++id) {
      if (inputs_.virtuals[id].kind != VirtualMeaning::Kind::kJoin) continue;
      const JoinMeaning& join = inputs_.virtuals[id].join;
      if (join.dataset >= book_.proto.datasets_size()) continue;  // the batch itself
      if (join.many) continue;                                    // no row is an answer too
      single_.insert(join.dataset);
      for (size_t i = 0; i < join.on.size(); ++i) {
        std::optional<Link> link = LinkOf(*join.on[i]->root);
        const bool is_needed = !asked.contains(static_cast<int>(id)) && always.contains(static_cast<int>(id));
        if (!link.has_value() || join.key[i].field == nullptr || (link->level >= 0 && !is_needed)) continue;
        link->target = join.dataset;
        link->key = join.key[i].field;
        if (std::find(links_.begin(), links_.end(), *link) == links_.end()) links_.push_back(*link);
        values_.try_emplace({link->target, link->key});
      }
    }
  }

  // Joins that has() is asked of: the rulebook says itself what a row without one means.
  std::set<int> FieldsAskedFor() const {
    std::set<int> fields;
    for (const Ast& ast : book_.names->asts) {
      for (const Expr& expr : ast.nodes) {
        const bool is_asked = expr.test_only && expr.ref.kind == Reference::Kind::kVirtualField;
        if (is_asked) fields.insert(expr.ref.index);
      }
    }
    return fields;
  }

  // Joins that some expression reads whatever the row says, not in a branch alone or behind a test.
  std::set<int> FieldsReadAlways() const {
    std::set<int> fields;
    for (const Ast& ast : book_.names->asts) AddReadAlways(*ast.root, &fields);
    return fields;
  }

  static void AddReadAlways(const Expr& expr, std::set<int>* fields) {
    if (expr.ref.kind == Reference::Kind::kVirtualField && !expr.test_only) fields->insert(expr.ref.index);
    if (expr.operand != nullptr) AddReadAlways(*expr.operand, fields);
    const bool is_function = expr.ref.kind == Reference::Kind::kFunction;
    const bool branches =
        is_function && (expr.ref.op == Op::kConditional || expr.ref.op == Op::kAnd || expr.ref.op == Op::kOr);
    for (size_t i = 0; i < (branches ? 1 : expr.args.size()); ++i) AddReadAlways(*expr.args[i], fields);
  }

  // Of `order.partner_id` the input's level, of `order.partner.price_group` the partners.
  std::optional<Link> LinkOf(const Expr& on) const {
    if (on.kind != ExprKind::kSelect || on.ref.kind != Reference::Kind::kField || on.operand == nullptr) {
      return std::nullopt;
    }
    Link link;
    link.field = on.ref.field;
    // Equal decimals may be written differently.
    if (book_.schema->Describe(*link.field).kind == ScalarKind::kDecimal) return std::nullopt;
    const Reference& owner = on.operand->ref;
    if (owner.kind == Reference::Kind::kVariable) {
      const VariableMeaning& meaning = inputs_.variables[static_cast<size_t>(owner.index)];
      if (meaning.kind != VariableMeaning::Kind::kLevelRow) return std::nullopt;
      link.dataset = DatasetOf(*inputs_.levels[static_cast<size_t>(meaning.index)]);
      if (link.dataset < 0) link.level = meaning.index;
      return link;
    }
    if (owner.kind != Reference::Kind::kVirtualField) return std::nullopt;
    const VirtualMeaning& meaning = inputs_.virtuals[static_cast<size_t>(owner.index)];
    if (meaning.kind != VirtualMeaning::Kind::kJoin || meaning.join.dataset >= book_.proto.datasets_size()) {
      return std::nullopt;
    }
    link.dataset = meaning.join.dataset;
    return link;
  }

  // The dataset whose rows have the shape of a level; -1 for a level of the input.
  int DatasetOf(const RowType& level) const {
    for (const VirtualMeaning& meaning : inputs_.virtuals) {
      const bool is_join = meaning.kind == VirtualMeaning::Kind::kJoin;
      if (is_join && meaning.join.dataset < book_.proto.datasets_size() && meaning.join.row == &level) {
        return meaning.join.dataset;
      }
    }
    return -1;
  }

  // -- Keys and days

  void ReadKeys(int number) {
    const DataFile* file = FileOf(number);
    if (file == nullptr) return;
    const v1::Dataset& dataset = book_.proto.datasets(number);
    const google::protobuf::Descriptor& type = *inputs_.datasets[static_cast<size_t>(number)].message;
    std::map<std::string, std::vector<Keyed>> rows;
    std::map<std::string, std::string> shown;  // of keys that hold what is sensitive
    const bool is_keyed = single_.contains(number) && !dataset.many() && !dataset.key().empty();
    ForRows(*file, type, [&](size_t row, const Message& message) {
      for (auto& [column, values] : values_) {
        if (column.first != number) continue;
        std::optional<std::string> value = TextOf(*book_.schema, message, *column.second);
        if (value.has_value()) values.insert(*std::move(value));
      }
      if (!is_keyed) return;
      const std::optional<Keyed> keyed = KeyedRow(dataset, message, row);
      if (!keyed.has_value()) return;
      const Key key = KeyOf(dataset, message);
      rows[key.text].push_back(*keyed);
      if (key.shown != key.text) shown[key.text] = key.shown;
    });
    for (auto& [key, same] : rows) {
      const auto hidden = shown.find(key);
      FindTogether(*file, dataset, hidden == shown.end() ? key : hidden->second, &same);
    }
  }

  // partner_id = 'P1', product_id = 'X'
  struct Key {
    std::string text;
    std::string shown;  // the same with sensitive values masked
  };

  Key KeyOf(const v1::Dataset& dataset, const Message& message) const {
    Key key;
    for (const std::string& name : dataset.key()) {
      const FieldDescriptor* field = message.GetDescriptor()->FindFieldByName(name);
      if (field == nullptr) continue;
      const std::string text = TextOf(*book_.schema, message, *field).value_or("(none)");
      const absl::string_view comma = key.text.empty() ? "" : ", ";
      absl::StrAppend(&key.text, comma, name, " = ", text);
      absl::StrAppend(&key.shown, comma, name, " = ", book_.schema->Describe(*field).sensitive ? "***" : text);
    }
    return key;
  }

  std::optional<Keyed> KeyedRow(const v1::Dataset& dataset, const Message& message, size_t row) const {
    Keyed keyed = {row, kMinDay, kMaxDay};
    for (int i = 0; i < dataset.valid_size(); ++i) {
      const FieldDescriptor* field = message.GetDescriptor()->FindFieldByName(dataset.valid(i));
      if (field == nullptr || !HasField(message, *field)) continue;
      const Value day = ReadField(*book_.schema, {&message, nullptr}, *field, nullptr);
      if (!day.is(ValueKind::kDate)) return std::nullopt;  // malformed: said there
      (i == 0 ? keyed.from : keyed.to) = day.as_date();
    }
    return keyed;
  }

  void FindTogether(const DataFile& file, const v1::Dataset& dataset, const std::string& key,
                    std::vector<Keyed>* rows) {
    std::stable_sort(rows->begin(), rows->end(), [](const Keyed& a, const Keyed& b) { return a.from < b.from; });
    const Keyed* longest = nullptr;  // of those before, the one in force for longest
    for (const Keyed& row : *rows) {
      if (row.to < row.from) continue;
      if (longest != nullptr && row.from <= longest->to) {
        const size_t later = std::max(row.row, longest->row);
        const std::string other = RowName(file, std::min(row.row, longest->row));
        if (dataset.valid().empty()) {
          Add("data-duplicate", file, later, "", absl::StrCat(other, " has the same key: ", key));
        } else {
          const std::string day =
              row.from == kMinDay ? "from the beginning" : absl::StrCat("on ", FormatDate(row.from));
          Add("data-overlap", file, later, "", absl::StrCat(other, " is in force ", day, " too: ", key));
        }
      }
      if (longest == nullptr || row.to > longest->to) longest = &row;
    }
  }

  // -- Values of rows

  void ReadRows(int number) {
    const DataFile* file = FileOf(number);
    if (file == nullptr) return;
    ForRows(*file, *inputs_.datasets[static_cast<size_t>(number)].message, [&](size_t row, const Message& message) {
      FindMalformed(*file, row, message, "");
      for (const Link& link : links_) {
        if (link.level < 0 && link.dataset == number) Follow(link, *file, row, message);
      }
    });
  }

  void ReadInput() {
    ForRows(*input_, *inputs_.input, [&](size_t row, const Message& message) {
      FindMalformed(*input_, row, message, "");
      for (const Link& link : links_) {
        if (link.level < 0) continue;
        ForLevel(message, link.level, [&](const Message& part) { Follow(link, *input_, row, part); });
      }
    });
  }

  // The rows of a level in one row of the input.
  void ForLevel(const Message& input, int level, const std::function<void(const Message&)>& visit) const {
    if (level == 0) return visit(input);
    const std::string& of = book_.proto.levels(level - 1).of();
    const size_t point = of.find('.');
    const std::string parent = of.substr(0, point);
    int above = 0;
    for (int i = 0; i < level - 1; ++i) {
      if (book_.proto.levels(i).name() == parent) above = i + 1;
    }
    ForLevel(input, above, [&](const Message& row) {
      const FieldDescriptor* field = row.GetDescriptor()->FindFieldByName(of.substr(point + 1));
      const google::protobuf::Reflection& reflection = *row.GetReflection();
      for (int i = 0; i < reflection.FieldSize(row, field); ++i) visit(reflection.GetRepeatedMessage(row, field, i));
    });
  }

  void Follow(const Link& link, const DataFile& file, size_t row, const Message& message) {
    if (FileOf(link.target) == nullptr) return;
    const std::optional<std::string> value = TextOf(*book_.schema, message, *link.field);
    if (!value.has_value() || values_.at({link.target, link.key}).contains(*value)) return;
    const bool hidden = book_.schema->Describe(*link.field).sensitive;
    Add("data-dangling", file, row,
        absl::StrCat("no row of '", inputs_.datasets[static_cast<size_t>(link.target)].name, "' has the ",
                     link.key->name(), " that ", link.field->name(), " names"),
        hidden ? "***" : *value);
  }

  // Reads what is there of a message and of all below.
  void FindMalformed(const DataFile& file, size_t row, const Message& message, const std::string& path) {
    const google::protobuf::Reflection& reflection = *message.GetReflection();
    std::vector<const FieldDescriptor*> fields;
    reflection.ListFields(message, &fields);
    for (const FieldDescriptor* field : fields) {
      const std::string place = absl::StrCat(path, path.empty() ? "" : ".", field->name());
      const FieldInfo info = book_.schema->Describe(*field);
      if (info.kind != ScalarKind::kMessage) {
        const Value value = ReadField(*book_.schema, {&message, nullptr}, *field, nullptr);
        if (!value.is_error() || value.as_error().kind == ErrorKind::kAbsent) continue;
        const ErrorValue& error = value.as_error();
        Add("data-malformed", file, row, place,
            std::string(error.detail.empty() ? ErrorKindName(error.kind) : error.detail));
      } else if (!field->is_repeated()) {
        FindMalformed(file, row, reflection.GetMessage(message, field), place);
      } else {
        for (int i = 0; !field->is_map() && i < reflection.FieldSize(message, field); ++i) {
          FindMalformed(file, row, reflection.GetRepeatedMessage(message, field, i), absl::StrCat(place, "[", i, "]"));
        }
      }
    }
  }

  const CompiledRulebook& book_;
  const PlanInputs& inputs_;
  const std::map<std::string, DataFile>& datasets_;
  const DataFile* input_;
  CheckReport report_;
  std::set<int> single_;  // datasets that some join reads one row of
  std::vector<Link> links_;
  std::map<std::pair<int, const FieldDescriptor*>, std::set<std::string>> values_;  // by dataset and key field
  std::map<std::tuple<std::string, std::string, std::string>, int> counts_;         // by code, file and kind
};

}  // namespace

std::vector<CheckFinding> CheckData(const CompiledRulebook& book, const std::map<std::string, DataFile>& datasets,
                                    const DataFile* input, const CheckSeverities& severities) {
  return DataCheck(book, datasets, input, severities).Run();
}

}  // namespace assay
