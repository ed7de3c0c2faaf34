// Entry point: AccountRows.
#include "review/account_rows.h"

#include <algorithm>
#include <memory>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "google/protobuf/message.h"

namespace assay {
namespace {

using google::protobuf::FieldDescriptor;

// The columns of a dataset's key fields; nothing where one of them is not read as a text.
std::vector<int> SlotsOf(const Projection& projection, absl::Span<const std::string> fields) {
  std::vector<int> slots;
  for (const std::string& name : fields) {
    const auto& columns = projection.columns;
    const auto found = std::find_if(columns.begin(), columns.end(), [&](const ProjectedColumn& column) {
      return column.level == 0 && column.role == ColumnRole::kValue && column.type == Physical::kString &&
             column.field->containing_type() == projection.root && column.field->name() == name;
    });
    if (found == columns.end()) return {};
    slots.push_back(static_cast<int>(found - columns.begin()));
  }
  return slots;
}

}  // namespace

AccountRows::AccountRows(const CompiledRulebook& book, size_t ledger)
    : book_(book), ledger_(*book.ledgers[ledger].proto) {
  const auto input = book.schema->FindMessage(book.proto.input().type());
  if (!input.ok() || ledger_.key().empty()) return;
  input_ = *input;
  for (const std::string& text : ledger_.key()) {
    key_.push_back(PathOf(text));
    if (key_.back().empty() || key_.back().back()->type() != FieldDescriptor::TYPE_STRING) return;
  }
  AddSource(ledger_.lots().of());
  AddSource(ledger_.receipts().of());
  AddSource(ledger_.commitments().of());
}

// The fields of order.warehouse or line.product_id from the input on; nothing for any other expression.
AccountRows::Path AccountRows::PathOf(const std::string& text) const {
  std::vector<std::string> names = absl::StrSplit(text, '.');
  if (!ledger_.each().empty() && names[0] == ledger_.each()) {
    const auto& levels = book_.proto.levels();
    const auto level = std::find_if(levels.begin(), levels.end(),
                                    [this](const v1::Level& each) { return each.name() == ledger_.each(); });
    if (level == levels.end()) return {};
    std::vector<std::string> whole = absl::StrSplit(level->of(), '.');
    whole.insert(whole.end(), names.begin() + 1, names.end());
    names = std::move(whole);
  }
  if (names[0] != book_.proto.input().name()) return {};
  Path path;
  const google::protobuf::Descriptor* message = input_;
  for (size_t i = 1; i < names.size(); ++i) {
    const FieldDescriptor* field = message == nullptr ? nullptr : message->FindFieldByName(names[i]);
    if (field == nullptr || field->is_map()) return {};
    path.push_back(field);
    message = field->message_type();
  }
  return !path.empty() && path.back()->is_repeated() ? Path() : path;
}

// Where `list` is a join by the ledger's key, the keys of its dataset are accounts.
void AccountRows::AddSource(const std::string& list) {
  const std::string& row = ledger_.each().empty() ? book_.proto.input().name() : ledger_.each();
  for (const v1::Join& join : book_.proto.joins()) {
    const bool is_it = join.each() == ledger_.each() && list == absl::StrCat(row, ".", join.name()) &&
                       std::equal(join.on().begin(), join.on().end(), ledger_.key().begin(), ledger_.key().end());
    if (!is_it) continue;
    for (int i = 0; i < book_.proto.datasets_size(); ++i) {
      const v1::Dataset& dataset = book_.proto.datasets(i);
      if (dataset.name() != join.dataset()) continue;
      const auto& fields = join.key().empty() ? dataset.key() : join.key();
      std::vector<int> slots = SlotsOf(*book_.program().datasets[static_cast<size_t>(i)].projection,
                                       std::vector<std::string>(fields.begin(), fields.end()));
      if (slots.size() == key_.size()) sources_.push_back({i, std::move(slots)});
    }
  }
}

std::string AccountRows::RowOf(const std::vector<absl::string_view>& key) const {
  const std::unique_ptr<google::protobuf::Message> row(book_.schema->Prototype(*input_).New());
  for (size_t k = 0; k < key.size(); ++k) {
    google::protobuf::Message* message = row.get();
    for (const FieldDescriptor* field : key_[k]) {
      const google::protobuf::Reflection& reflection = *message->GetReflection();
      if (field == key_[k].back()) {
        reflection.SetString(message, field, std::string(key[k]));
      } else if (!field->is_repeated()) {
        message = reflection.MutableMessage(message, field);
      } else if (reflection.FieldSize(*message, field) == 0) {
        message = reflection.AddMessage(message, field);
      } else {
        message = reflection.MutableRepeatedMessage(message, field, 0);
      }
    }
  }
  return row->SerializeAsString();
}

std::map<std::string, std::string> AccountRows::List(const Snapshot& data) const {
  std::map<std::string, std::string> rows;
  std::vector<absl::string_view> key(key_.size());
  for (const Source& source : sources_) {
    const Dataset& dataset = data.dataset(source.dataset);
    for (int32_t row = 0; row < dataset.size(); ++row) {
      bool is_read = dataset.Counts(row);
      const Dataset::Place place = dataset.PlaceOf(row);
      const auto at = static_cast<size_t>(place.row);
      for (size_t k = 0; k < key.size(); ++k) {
        const Vector column = place.part.columns->column(source.slots[k]);
        is_read = is_read && column.error(at) == 0;
        if (is_read) key[k] = column.values<absl::string_view>()[at];
      }
      if (!is_read) continue;
      const auto [found, is_new] = rows.try_emplace(absl::StrJoin(key, "\t"));
      if (is_new) found->second = RowOf(key);
    }
  }
  return rows;
}

}  // namespace assay
