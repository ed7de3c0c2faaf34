// Reads the rows of each dataset once and keeps what is asked of them: keys, days in force, values that joins compare.
// Entry point: CheckData.
#include "rulebook/check_data.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "base/civil.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"
#include "interp/field_reader.h"
#include "rulebook/data_links.h"

namespace assay {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// Of one kind and dataset so many findings are shown, or of one join so many values; then how many more there are.
constexpr size_t kShown = 5;

// The field's value as an expression would show it; nothing where it is absent, not set or malformed.
std::optional<std::string> TextOf(const Schema& schema, const Message& message, const FieldDescriptor& field) {
  if (!HasField(message, field)) return std::nullopt;
  const Value value = ReadField(schema, {&message, nullptr}, field, nullptr);
  if (value.is_error()) return std::nullopt;
  return DebugString(value);
}

// A row of a dataset that has a key.
struct KeyedRow {
  size_t row;
  int32_t from;  // days, both inclusive
  int32_t to;
};

// Rows that are compared with each other, in the order in which the first of each came.
class RowGroups {
 public:
  void Add(const std::string& what, const KeyedRow& row) {
    const auto [found, is_new] = numbers_.try_emplace(what, groups_.size());
    if (is_new) groups_.emplace_back();
    groups_[found->second].push_back(row);
  }
  std::vector<std::vector<KeyedRow>>& groups() { return groups_; }

 private:
  absl::flat_hash_map<std::string, size_t> numbers_;
  std::vector<std::vector<KeyedRow>> groups_;
};

// Findings of one kind in one file.
struct Findings {
  std::string code;
  std::string kind;
  size_t found = 0;
  size_t times = 0;  // how often what was found comes
  std::vector<Issue> shown;
};

// Values of one link that no row has, in the order in which they came.
struct Dangling {
  const DataFile* file = nullptr;
  size_t first_row = 0;
  size_t count = 0;
  std::set<std::string> values;
  std::vector<std::string> shown;
};

class DataCheck {
 public:
  DataCheck(const CompiledRulebook& book, const std::map<std::string, DataFile>& datasets, const DataFile* input,
            const CheckSeverities& severities)
      : book_(book),
        inputs_(book.names->inputs),
        datasets_(datasets),
        input_(input),
        report_(&severities),
        links_(FindDataLinks(book)),
        dangling_(links_.links.size()) {}

  std::vector<CheckFinding> Run() {
    for (const DataLink& link : links_.links) values_.try_emplace({link.target, link.key});
    for (int i = 0; i < book_.proto.datasets_size(); ++i) ReadKeys(i);
    for (int i = 0; i < book_.proto.datasets_size(); ++i) ReadRows(i);
    if (input_ != nullptr) ReadInput();
    for (size_t i = 0; i < dangling_.size(); ++i) AddDangling(links_.links[i], dangling_[i]);
    return Reported();
  }

 private:
  // What is found seldom before what is found often.
  std::vector<CheckFinding> Reported() {
    std::stable_sort(findings_.begin(), findings_.end(), [](const Findings& a, const Findings& b) {
      const Issue& first = a.shown[0];
      const Issue& second = b.shown[0];
      return std::tie(a.times, first.file, first.line) < std::tie(b.times, second.file, second.line);
    });
    for (Findings& same : findings_) {
      Issue rest;
      rest.file = same.shown[0].file;
      const size_t more = same.found - same.shown.size();
      rest.message =
          absl::StrCat("and ", more, " more, ", same.found, " in all", same.kind.empty() ? "" : ": ", same.kind);
      for (Issue& issue : same.shown) report_.Add(same.code, std::move(issue));
      if (more > 0) report_.Add(same.code, std::move(rest));
    }
    return report_.TakeAsAdded();
  }

  const DataFile* FileOf(int dataset) const {
    const auto found = datasets_.find(inputs_.datasets[static_cast<size_t>(dataset)].name);
    return found == datasets_.end() ? nullptr : &found->second;
  }

  // `kind` is what the finding has in common with others.
  void Add(absl::string_view code, const DataFile& file, size_t row, const std::string& kind,
           const std::string& detail) {
    AddTimes(1, code, file, row, kind, detail);
  }

  void AddTimes(size_t times, absl::string_view code, const DataFile& file, size_t row, const std::string& kind,
                const std::string& detail) {
    const auto [found, is_new] = numbers_.try_emplace({std::string(code), file.path, kind}, findings_.size());
    if (is_new) findings_.push_back({std::string(code), kind, 0, 0, {}});
    Findings& same = findings_[found->second];
    ++same.found;
    same.times += times;
    if (same.shown.size() == kShown) return;
    const std::string message = absl::StrCat(kind, kind.empty() ? "" : ": ", detail);
    Issue issue;
    issue.file = file.path;
    issue.line = row < file.lines.size() ? file.lines[row] : 0;
    issue.column = issue.line == 0 ? 0 : 1;
    issue.message = issue.line == 0 ? absl::StrCat("row ", row + 1, ": ", message) : message;
    same.shown.push_back(std::move(issue));
  }

  static std::string RowName(const DataFile& file, size_t row) {
    return row < file.lines.size() ? absl::StrCat("line ", file.lines[row]) : absl::StrCat("row ", row + 1);
  }

  void ForRows(const DataFile& file, const google::protobuf::Descriptor& type,
               const std::function<void(size_t, Message*)>& visit) {
    const std::unique_ptr<Message> message(book_.schema->Prototype(type).New());
    for (size_t row = 0; row < file.rows->size(); ++row) {
      const absl::string_view bytes = (*file.rows)[row];
      if (message->ParsePartialFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
        visit(row, message.get());
      } else {
        Add("data-malformed", file, row, "", "this is no message of the dataset's type");
      }
    }
  }

  // -- Keys and days

  void ReadKeys(int number) {
    const DataFile* file = FileOf(number);
    if (file == nullptr) return;
    const v1::Dataset& dataset = book_.proto.datasets(number);
    const bool is_compared = dataset.many() || (!dataset.key().empty() && !links_.listed.contains(number));
    RowGroups rows;
    ForRows(*file, *inputs_.datasets[static_cast<size_t>(number)].message, [&](size_t row, Message* message) {
      for (auto& [column, values] : values_) {
        if (column.first != number) continue;
        std::optional<std::string> value = TextOf(*book_.schema, *message, *column.second);
        if (value.has_value()) values.insert(*std::move(value));
      }
      if (!is_compared) return;
      const std::optional<KeyedRow> keyed = ReadRow(dataset, *message, row);
      if (!keyed.has_value()) return;
      rows.Add(dataset.many() ? AllButDays(dataset, message) : KeyText(dataset, *message, false), *keyed);
    });
    for (std::vector<KeyedRow>& same : rows.groups()) FindTogether(*file, number, &same);
  }

  // partner_id = 'P1', product_id = 'X'; masked: without sensitive values.
  std::string KeyText(const v1::Dataset& dataset, const Message& message, bool is_masked) const {
    std::string text;
    for (const std::string& name : dataset.key()) {
      const FieldDescriptor* field = message.GetDescriptor()->FindFieldByName(name);
      if (field == nullptr) continue;
      const bool is_hidden = is_masked && book_.schema->Describe(*field).sensitive;
      absl::StrAppend(&text, text.empty() ? "" : ", ", name, " = ",
                      is_hidden ? "***" : TextOf(*book_.schema, message, *field).value_or("(none)"));
    }
    return text;
  }

  // The bytes of a row without the days it is in force; the message is left without them.
  static std::string AllButDays(const v1::Dataset& dataset, Message* message) {
    for (const std::string& name : dataset.valid()) {
      const FieldDescriptor* field = message->GetDescriptor()->FindFieldByName(name);
      if (field != nullptr) message->GetReflection()->ClearField(message, field);
    }
    std::string bytes;
    google::protobuf::io::StringOutputStream stream(&bytes);
    google::protobuf::io::CodedOutputStream output(&stream);
    output.SetSerializationDeterministic(true);
    message->SerializePartialToCodedStream(&output);
    output.Trim();
    return bytes;
  }

  std::optional<KeyedRow> ReadRow(const v1::Dataset& dataset, const Message& message, size_t row) const {
    KeyedRow keyed = {row, kMinDay, kMaxDay};
    for (int i = 0; i < dataset.valid_size(); ++i) {
      const FieldDescriptor* field = message.GetDescriptor()->FindFieldByName(dataset.valid(i));
      if (field == nullptr || !HasField(message, *field)) continue;
      const Value day = ReadField(*book_.schema, {&message, nullptr}, *field, nullptr);
      if (!day.is(ValueKind::kDate)) return std::nullopt;  // malformed: said there
      (i == 0 ? keyed.from : keyed.to) = day.as_date();
    }
    return keyed;
  }

  void FindTogether(const DataFile& file, int number, std::vector<KeyedRow>* rows) {
    std::stable_sort(rows->begin(), rows->end(), [](const KeyedRow& a, const KeyedRow& b) { return a.from < b.from; });
    const KeyedRow* longest = nullptr;  // of those before, the one in force for longest
    for (const KeyedRow& row : *rows) {
      if (row.to < row.from) continue;
      if (longest != nullptr && row.from <= longest->to) AddTogether(file, number, *longest, row);
      if (longest == nullptr || row.to > longest->to) longest = &row;
    }
  }

  // Of two rows that are in force at once `row` begins later.
  void AddTogether(const DataFile& file, int number, const KeyedRow& before, const KeyedRow& row) {
    const v1::Dataset& dataset = book_.proto.datasets(number);
    const std::unique_ptr<Message> message(
        book_.schema->Prototype(*inputs_.datasets[static_cast<size_t>(number)].message).New());
    const absl::string_view bytes = (*file.rows)[row.row];
    if (!message->ParsePartialFromArray(bytes.data(), static_cast<int>(bytes.size()))) return;
    const bool has_days = !dataset.valid().empty();
    std::string what = dataset.many() ? "is the same row" : "has the same key";
    if (has_days) {
      what = absl::StrCat("is in force ",
                          row.from == kMinDay ? "from the beginning" : absl::StrCat("on ", FormatDate(row.from)),
                          " too", dataset.many() ? ", the same in all else" : "");
    }
    const char* const of_one = has_days ? "data-overlap" : "data-duplicate";
    Add(dataset.many() ? "data-repeated" : of_one, file, std::max(row.row, before.row), "",
        absl::StrCat(RowName(file, std::min(row.row, before.row)), " ", what, ": ", KeyText(dataset, *message, true)));
  }

  // -- Values of rows

  void ReadRows(int number) {
    const DataFile* file = FileOf(number);
    if (file == nullptr) return;
    ForRows(*file, *inputs_.datasets[static_cast<size_t>(number)].message, [&](size_t row, const Message* message) {
      FindMalformed(*file, row, *message, "");
      for (size_t i = 0; i < links_.links.size(); ++i) {
        const DataLink& link = links_.links[i];
        if (link.level < 0 && link.dataset == number) Follow(link, *file, row, *message, &dangling_[i]);
      }
    });
  }

  void ReadInput() {
    ForRows(*input_, *inputs_.input, [&](size_t row, const Message* message) {
      FindMalformed(*input_, row, *message, "");
      for (size_t i = 0; i < links_.links.size(); ++i) {
        const DataLink& link = links_.links[i];
        if (link.level < 0) continue;
        ForLevel(*message, link.level, [&](const Message& part) { Follow(link, *input_, row, part, &dangling_[i]); });
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

  void Follow(const DataLink& link, const DataFile& file, size_t row, const Message& message, Dangling* dangling) {
    if (FileOf(link.target) == nullptr) return;
    const std::optional<std::string> value = TextOf(*book_.schema, message, *link.field);
    if (!value.has_value() || values_.at({link.target, link.key}).contains(*value)) return;
    if (dangling->count == 0) {
      dangling->file = &file;
      dangling->first_row = row;
    }
    ++dangling->count;
    if (dangling->values.insert(*value).second && dangling->shown.size() < kShown) dangling->shown.push_back(*value);
  }

  // One finding of a link, however many rows have it.
  void AddDangling(const DataLink& link, const Dangling& dangling) {
    if (dangling.count == 0) return;
    const bool is_hidden = book_.schema->Describe(*link.field).sensitive;
    std::string values = is_hidden ? "***" : absl::StrJoin(dangling.shown, ", ");
    const size_t more = dangling.values.size() - dangling.shown.size();
    if (more > 0 && !is_hidden) absl::StrAppend(&values, " and ", more, " more");
    if (dangling.count > 1) absl::StrAppend(&values, ", ", dangling.count, " times in all");
    AddTimes(dangling.count, "data-dangling", *dangling.file, dangling.first_row,
             absl::StrCat("no row of '", inputs_.datasets[static_cast<size_t>(link.target)].name, "' has the ",
                          link.key->name(), " that ", link.field->name(), " names"),
             values);
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
  DataLinks links_;
  std::vector<Dangling> dangling_;                                                  // by link
  std::map<std::pair<int, const FieldDescriptor*>, std::set<std::string>> values_;  // by dataset and key field
  std::vector<Findings> findings_;                                                  // of one code, file and kind each
  std::map<std::tuple<std::string, std::string, std::string>, size_t> numbers_;     // in findings_
};

}  // namespace

std::vector<CheckFinding> CheckData(const CompiledRulebook& book, const std::map<std::string, DataFile>& datasets,
                                    const DataFile* input, const CheckSeverities& severities) {
  return DataCheck(book, datasets, input, severities).Run();
}

}  // namespace assay
