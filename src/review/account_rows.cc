// Entry point: AccountRows.
#include "review/account_rows.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "ingest/wire_writer.h"
#include "review/draw_results.h"

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
  for (int part = 0; part < ledger_.key_size(); ++part) {
    const Path path = PathOf(ledger_.key(part));
    if (path.empty() || path.back()->type() != FieldDescriptor::TYPE_STRING) return;
    AddField(path, static_cast<size_t>(part), &fields_);
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
      if (slots.size() == static_cast<size_t>(ledger_.key_size())) sources_.push_back({i, std::move(slots)});
    }
  }
}

void AccountRows::AddField(const Path& path, size_t part, std::vector<RowField>* fields) {
  for (const FieldDescriptor* field : path) {
    auto found =
        std::find_if(fields->begin(), fields->end(), [field](const RowField& each) { return each.field == field; });
    if (found == fields->end()) found = fields->insert(found, {field, part, {}});
    fields = &found->within;
  }
}

void AccountRows::Write(const std::vector<RowField>& fields, const Key& key, std::string* out) {
  for (const RowField& each : fields) {
    const int number = each.field->number();
    if (each.within.empty()) {
      if (key[each.part].empty() && !each.field->has_presence()) continue;
      AppendTag(number, WireType::kLength, out);
      AppendBytes(key[each.part], out);
    } else if (each.field->type() == FieldDescriptor::TYPE_GROUP) {
      AppendTag(number, WireType::kStartGroup, out);
      Write(each.within, key, out);
      AppendTag(number, WireType::kEndGroup, out);
    } else {
      AppendTag(number, WireType::kLength, out);
      const size_t begin = BeginLength(out);
      Write(each.within, key, out);
      EndLength(begin, out);
    }
  }
}

std::map<std::string, std::string> AccountRows::List(const Snapshot& data) const {
  std::map<std::string, std::string> rows;
  Key key(static_cast<size_t>(ledger_.key_size()));
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
      std::string name;
      for (size_t k = 0; k < key.size(); ++k) AddKeyPart(k, key[k], &name);
      const auto [found, is_new] = rows.try_emplace(std::move(name));
      if (is_new) Write(fields_, key, &found->second);
    }
  }
  return rows;
}

}  // namespace assay
