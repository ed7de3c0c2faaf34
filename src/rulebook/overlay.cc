// Entry points: CheckKey, OverlaySnapshot.
#include "rulebook/overlay.h"

#include <set>

#include "absl/strings/str_cat.h"
#include "base/sha256.h"
#include "base/status_macros.h"
#include "exec/value_text.h"
#include "ingest/wire_decoder.h"
#include "rulebook/reference.h"

namespace assay {
namespace {

using Fields = std::vector<std::string>;
using Key = std::vector<std::pair<std::string, std::string>>;  // field and value

Key KeyOf(const v1::RequiredKey& stated) {
  Key key;
  for (const v1::KeyField& field : stated.key()) key.emplace_back(field.field(), field.value());
  return key;
}

// The keys of rows by some of their fields, as texts; "" for a row whose key is no value.
absl::StatusOr<std::vector<std::string>> KeysOf(const CompiledRulebook& book, const google::protobuf::Descriptor& type,
                                                const Fields& fields, const RowBytes& rows) {
  ProjectionBuilder builder(book.schema, &type);
  std::vector<int> slots;
  slots.reserve(fields.size());
  for (const std::string& field : fields) slots.push_back(builder.AddField(0, {}, type.FindFieldByName(field)));
  const std::shared_ptr<const Projection> projection = builder.Build();
  ColumnSet columns = projection->NewColumns();
  std::vector<absl::string_view> views;
  views.reserve(rows.size());
  for (size_t i = 0; i < rows.size(); ++i) views.push_back(rows[i]);
  WireDecoder decoder(projection);
  RETURN_IF_ERROR(decoder.Decode(views, Limits{}, &columns));
  std::vector<std::string> keys(rows.size());
  for (size_t row = 0; row < rows.size(); ++row) {
    Key key;
    for (size_t k = 0; k < fields.size(); ++k) {
      const Vector column = columns.column(slots[k]);
      if (column.error(row) != 0) break;
      key.emplace_back(fields[k], ValueText(column, row, projection->columns[slots[k]].info.scale));
    }
    if (key.size() == fields.size()) keys[row] = KeyName("", key);
  }
  return keys;
}

// What is said of one dataset: by fields, the keys whose rows in the base do not count.
using Replaced = std::map<Fields, std::set<std::string>>;

absl::StatusOr<Replaced> ReplacedIn(const CompiledRulebook& book, const v1::Dataset& dataset,
                                    const google::protobuf::Descriptor& type, const Overlay& overlay) {
  Replaced replaced;
  const auto rows = overlay.rows.find(dataset.name());
  if (rows != overlay.rows.end() && dataset.key_size() > 0) {
    const Fields fields(dataset.key().begin(), dataset.key().end());
    ASSIGN_OR_RETURN(const std::vector<std::string> keys, KeysOf(book, type, fields, rows->second));
    replaced[fields].insert(keys.begin(), keys.end());
    replaced[fields].erase("");
  }
  for (const v1::RequiredKey& cleared : overlay.cleared) {
    if (cleared.dataset() != dataset.name()) continue;
    Fields fields;
    for (const v1::KeyField& field : cleared.key()) fields.push_back(field.field());
    replaced[fields].insert(KeyName("", KeyOf(cleared)));
  }
  return replaced;
}

// The base's rows that still count, then the overlay's.
absl::StatusOr<std::shared_ptr<const RowBytes>> RowsUnder(const CompiledRulebook& book, const v1::Dataset& dataset,
                                                          const RowBytes& base, const Overlay& overlay) {
  ASSIGN_OR_RETURN(const google::protobuf::Descriptor* type, DatasetType(book, dataset.name()));
  ASSIGN_OR_RETURN(const Replaced replaced, ReplacedIn(book, dataset, *type, overlay));
  std::vector<bool> counts(base.size(), true);
  for (const auto& [fields, keys] : replaced) {
    ASSIGN_OR_RETURN(const std::vector<std::string> found, KeysOf(book, *type, fields, base));
    for (size_t row = 0; row < base.size(); ++row) counts[row] = counts[row] && !keys.contains(found[row]);
  }
  auto rows = std::make_shared<RowBytes>();
  for (size_t row = 0; row < base.size(); ++row) {
    if (counts[row]) rows->Add(base[row]);
  }
  const auto added = overlay.rows.find(dataset.name());
  for (size_t row = 0; added != overlay.rows.end() && row < added->second.size(); ++row) rows->Add(added->second[row]);
  return std::shared_ptr<const RowBytes>(std::move(rows));
}

// Of the base and what lies over it, each part with its length.
std::string OverlayId(const Snapshot& base, const Overlay& overlay, const std::set<std::string>& known_empty) {
  Sha256 hash;
  hash.Update(absl::StrCat("over ", base.id(), ";"));
  for (const auto& [name, rows] : overlay.rows) {
    hash.Update(absl::StrCat(name.size(), ":", name, ":", rows.size(), ";"));
    for (size_t i = 0; i < rows.size(); ++i) {
      hash.Update(absl::StrCat(rows[i].size(), ":"));
      hash.Update(rows[i]);
    }
  }
  for (const std::string& key : known_empty) hash.Update(absl::StrCat(key.size(), ":", key, ";"));
  return ToHex(hash.Finish());
}

bool IsTouched(const Overlay& overlay, const std::string& dataset) {
  return overlay.rows.contains(dataset) ||
         std::any_of(overlay.cleared.begin(), overlay.cleared.end(),
                     [&dataset](const v1::RequiredKey& key) { return key.dataset() == dataset; });
}

}  // namespace

absl::Status CheckKey(const CompiledRulebook& book, const v1::RequiredKey& key) {
  ASSIGN_OR_RETURN(const google::protobuf::Descriptor* type, DatasetType(book, key.dataset()));
  if (key.key_size() == 0) {
    return absl::InvalidArgumentError(absl::StrCat("a key names at least one field of its rows: ", key.dataset()));
  }
  for (const v1::KeyField& field : key.key()) {
    const google::protobuf::FieldDescriptor* found = type->FindFieldByName(field.field());
    if (found != nullptr && !found->is_repeated() && found->message_type() == nullptr) continue;
    return absl::InvalidArgumentError(
        absl::StrCat("rows of ", key.dataset(), " have no such field to look them up by: '", field.field(), "'"));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::shared_ptr<const Snapshot>> OverlaySnapshot(const CompiledRulebook& book,
                                                                const std::shared_ptr<const Snapshot>& base,
                                                                const Overlay& overlay) {
  for (const auto& [name, rows] : overlay.rows) RETURN_IF_ERROR(DatasetType(book, name).status());
  std::set<std::string> known_empty = base->known_empty();
  for (const v1::RequiredKey& key : overlay.cleared) {
    RETURN_IF_ERROR(CheckKey(book, key));
    known_empty.insert(KeyName(key.dataset(), KeyOf(key)));
  }
  const Program& program = book.program();
  std::vector<std::shared_ptr<const Dataset>> datasets = base->datasets();
  for (size_t i = 0; i < datasets.size(); ++i) {
    const std::string& name = program.datasets[i].name;
    if (!IsTouched(overlay, name)) continue;
    const auto stated = std::find_if(book.proto.datasets().begin(), book.proto.datasets().end(),
                                     [&name](const v1::Dataset& dataset) { return dataset.name() == name; });
    ASSIGN_OR_RETURN(std::shared_ptr<const RowBytes> rows, RowsUnder(book, *stated, *datasets[i]->rows, overlay));
    ASSIGN_OR_RETURN(datasets[i], BuildDataset(name, std::move(rows), program.datasets[i].projection, book.indexes[i]));
  }
  std::string id = OverlayId(*base, overlay, known_empty);
  return std::make_shared<const Snapshot>(std::move(datasets), std::move(id), std::move(known_empty),
                                          base->base() == nullptr ? base : base->base());
}

}  // namespace assay
