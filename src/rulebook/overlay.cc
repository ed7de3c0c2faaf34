// Entry points: CheckKey, OverlaySnapshot.
#include "rulebook/overlay.h"

#include <algorithm>
#include <limits>
#include <set>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "base/sha256.h"
#include "base/status_macros.h"
#include "google/protobuf/message.h"
#include "rulebook/reference.h"

namespace assay {
namespace {

using google::protobuf::FieldDescriptor;

using Fields = std::vector<std::string>;

FieldValues KeyOf(const v1::RequiredKey& stated) {
  FieldValues key;
  for (const v1::KeyField& field : stated.key()) key.emplace_back(field.field(), field.value());
  return key;
}

template <typename T>
bool ReadNumber(const std::string& text, T* number) {
  return absl::SimpleAtoi(text, number);
}
bool ReadNumber(const std::string& text, double* number) { return absl::SimpleAtod(text, number); }
bool ReadNumber(const std::string& text, float* number) { return absl::SimpleAtof(text, number); }
bool ReadNumber(const std::string& text, bool* flag) {
  *flag = text == "true";
  return *flag || text == "false";
}

// Sets a field to the value that messages write as `text`. False for a text that none of its values is written as.
bool SetField(google::protobuf::Message* row, const FieldDescriptor* field, const std::string& text) {
  const google::protobuf::Reflection& reflection = *row->GetReflection();
  const auto set = [&](auto number, auto setter) {
    if (!ReadNumber(text, &number)) return false;
    (reflection.*setter)(row, field, number);
    return true;
  };
  using Reflection = google::protobuf::Reflection;
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return set(int32_t{}, &Reflection::SetInt32);
    case FieldDescriptor::CPPTYPE_INT64:
      return set(int64_t{}, &Reflection::SetInt64);
    case FieldDescriptor::CPPTYPE_UINT32:
      return set(uint32_t{}, &Reflection::SetUInt32);
    case FieldDescriptor::CPPTYPE_UINT64:
      return set(uint64_t{}, &Reflection::SetUInt64);
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return set(double{}, &Reflection::SetDouble);
    case FieldDescriptor::CPPTYPE_FLOAT:
      return set(float{}, &Reflection::SetFloat);
    case FieldDescriptor::CPPTYPE_BOOL:
      return set(bool{}, &Reflection::SetBool);
    case FieldDescriptor::CPPTYPE_ENUM:
      return set(int{}, &Reflection::SetEnumValue);
    case FieldDescriptor::CPPTYPE_STRING:
      reflection.SetString(row, field, text);
      return true;
    default:
      return false;
  }
}

// Rows whose keys are looked for, and the fields that are the key.
struct WantedKeys {
  Fields fields;
  std::shared_ptr<const Dataset> rows;
};

// Makes what lies over one dataset.
class DatasetOverlay {
 public:
  DatasetOverlay(const CompiledRulebook& book, int number, const v1::Dataset& stated, const Overlay& overlay)
      : book_(book),
        number_(number),
        source_(book.program().datasets[static_cast<size_t>(number)]),
        stated_(stated),
        overlay_(overlay) {}

  absl::StatusOr<std::shared_ptr<const Dataset>> Over(const std::shared_ptr<const Dataset>& base) {
    const auto own = overlay_.rows.find(source_.name);
    auto rows = std::make_shared<RowBytes>(own == overlay_.rows.end() ? RowBytes() : own->second);
    ASSIGN_OR_RETURN(std::shared_ptr<const Dataset> laid, Build(rows));
    ASSIGN_OR_RETURN(const std::vector<WantedKeys> wanted, Wanted(laid));
    const bool is_second = base->below != nullptr;
    const std::shared_ptr<const Dataset>& below = is_second ? base->below : base;
    ASSIGN_OR_RETURN(std::vector<int32_t> replaced, RowsOf(wanted, *below));
    if (is_second) {
      ASSIGN_OR_RETURN(const std::vector<int32_t> gone, RowsOf(wanted, *base));
      auto both = std::make_shared<RowBytes>();
      AddOthers(*base->rows, gone, both.get());
      AddOthers(*rows, {}, both.get());
      ASSIGN_OR_RETURN(laid, Build(both));
      replaced.insert(replaced.end(), base->replaced.begin(), base->replaced.end());
    }
    std::sort(replaced.begin(), replaced.end());
    replaced.erase(std::unique(replaced.begin(), replaced.end()), replaced.end());
    if (book_.executable->static_nodes().looks_up_itself[static_cast<size_t>(number_)]) {
      auto all = std::make_shared<RowBytes>();
      AddOthers(*below->rows, replaced, all.get());
      AddOthers(*laid->rows, {}, all.get());
      return Build(all);
    }
    if (below->rows->size() + laid->rows->size() > std::numeric_limits<int32_t>::max()) {
      return absl::InvalidArgumentError(absl::StrCat("dataset '", source_.name, "' has more rows than 2147483647"));
    }
    auto over = std::make_shared<Dataset>(*laid);
    over->below = below;
    over->replaced = std::move(replaced);
    return std::shared_ptr<const Dataset>(std::move(over));
  }

 private:
  absl::StatusOr<std::shared_ptr<const Dataset>> Build(const std::shared_ptr<const RowBytes>& rows) const {
    return BuildDataset(source_.name, rows, source_.projection, book_.indexes[static_cast<size_t>(number_)]);
  }

  static void AddOthers(const RowBytes& rows, const std::vector<int32_t>& left_out, RowBytes* to) {
    for (size_t row = 0; row < rows.size(); ++row) {
      if (!std::binary_search(left_out.begin(), left_out.end(), static_cast<int32_t>(row))) to->Add(rows[row]);
    }
  }

  // The keys that have the overlay's rows alone: those of its rows, and those said to be cleared.
  absl::StatusOr<std::vector<WantedKeys>> Wanted(const std::shared_ptr<const Dataset>& laid) const {
    std::vector<WantedKeys> wanted;
    if (stated_.key_size() > 0 && laid->rows->size() > 0) {
      wanted.push_back({Fields(stated_.key().begin(), stated_.key().end()), laid});
    }
    std::map<Fields, std::shared_ptr<RowBytes>> cleared;
    for (const v1::RequiredKey& key : overlay_.cleared) {
      if (key.dataset() != source_.name) continue;
      const std::unique_ptr<google::protobuf::Message> row(book_.schema->Prototype(*source_.message).New());
      Fields fields;
      for (const auto& [name, value] : KeyOf(key)) {
        if (!SetField(row.get(), source_.message->FindFieldByName(name), value)) {
          return absl::InvalidArgumentError(
              absl::StrCat("'", value, "' is no value of the field ", name, " of rows of ", source_.name));
        }
        fields.push_back(name);
      }
      std::sort(fields.begin(), fields.end());
      std::shared_ptr<RowBytes>& rows = cleared[fields];
      if (rows == nullptr) rows = std::make_shared<RowBytes>();
      rows->Add(row->SerializeAsString());
    }
    for (const auto& [fields, rows] : cleared) {
      ASSIGN_OR_RETURN(std::shared_ptr<const Dataset> keys, BuildDataset(source_.name, rows, source_.projection, {}));
      wanted.push_back({fields, std::move(keys)});
    }
    return wanted;
  }

  // The own rows of a dataset that have one of the keys, ascending.
  absl::StatusOr<std::vector<int32_t>> RowsOf(const std::vector<WantedKeys>& wanted, const Dataset& dataset) const {
    std::vector<int32_t> found;
    for (const WantedKeys& keys : wanted) {
      const auto index = std::find_if(dataset.indexes.begin(), dataset.indexes.end(),
                                      [&](const auto& entry) { return AreFields(entry.first.key_slots, keys.fields); });
      if (index != dataset.indexes.end()) {
        AddFound(*index->second, *keys.rows->columns, index->first.key_slots, &found);
      } else {
        RETURN_IF_ERROR(AddFromAllRows(keys, *dataset.rows, &found));
      }
    }
    std::sort(found.begin(), found.end());
    return found;
  }

  // Whether the columns are just these fields of the rows.
  bool AreFields(const std::vector<int>& slots, const Fields& fields) const {
    Fields names;
    for (const int slot : slots) {
      const ProjectedColumn& column = source_.projection->columns[static_cast<size_t>(slot)];
      if (column.level != 0 || column.role != ColumnRole::kValue || column.field->containing_type() != source_.message)
        return false;
      names.push_back(column.field->name());
    }
    std::sort(names.begin(), names.end());
    Fields sorted = fields;
    std::sort(sorted.begin(), sorted.end());
    return names == sorted;
  }

  static void AddFound(const KeyIndex& index, const ColumnSet& keys, const std::vector<int>& slots,
                       std::vector<int32_t>* found) {
    std::vector<Vector> columns;
    columns.reserve(slots.size());
    for (const int slot : slots) columns.push_back(keys.column(slot));
    for (size_t row = 0; row < keys.rows(); ++row) {
      const bool errs =
          std::any_of(columns.begin(), columns.end(), [row](const Vector& column) { return column.error(row) != 0; });
      if (errs) continue;
      const absl::Span<const int32_t> rows = index.Find(columns, std::vector<size_t>(columns.size(), row));
      found->insert(found->end(), rows.begin(), rows.end());
    }
  }

  // By fields by which no join looks rows up.
  absl::Status AddFromAllRows(const WantedKeys& keys, const RowBytes& rows, std::vector<int32_t>* found) const {
    ProjectionBuilder builder(book_.schema, source_.message);
    IndexSpec spec;
    for (const std::string& field : keys.fields) {
      spec.key_slots.push_back(builder.AddField(0, {}, source_.message->FindFieldByName(field)));
    }
    const std::shared_ptr<const Projection> projection = builder.Build();
    // Both are read for the time of the call, of rows that outlive it.
    const auto borrow = [](const RowBytes& bytes) {
      return std::shared_ptr<const RowBytes>(std::shared_ptr<const RowBytes>(), &bytes);
    };
    ASSIGN_OR_RETURN(const auto wanted, BuildDataset(source_.name, borrow(*keys.rows->rows), projection, {}));
    ASSIGN_OR_RETURN(const auto all, BuildDataset(source_.name, borrow(rows), projection, {spec}));
    AddFound(*all->indexes.at(spec), *wanted->columns, spec.key_slots, found);
    return absl::OkStatus();
  }

  const CompiledRulebook& book_;
  const int number_;
  const SourcePlan& source_;
  const v1::Dataset& stated_;
  const Overlay& overlay_;
};

// Of the base and what lies over it, each part with its length.
std::string OverlayId(const Snapshot& base, const Overlay& overlay, const KnownKeys& known_keys) {
  Sha256 hash;
  hash.Update(absl::StrCat("over ", base.id(), ";"));
  for (const auto& [name, rows] : overlay.rows) {
    hash.Update(absl::StrCat(name.size(), ":", name, ":", rows.size(), ";"));
    for (size_t i = 0; i < rows.size(); ++i) {
      hash.Update(absl::StrCat(rows[i].size(), ":"));
      hash.Update(rows[i]);
    }
  }
  for (const std::string& key : known_keys.names()) hash.Update(absl::StrCat(key.size(), ":", key, ";"));
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
  auto known_keys = std::make_shared<KnownKeys>(*base->known_keys());
  for (const v1::RequiredKey& key : overlay.cleared) {
    RETURN_IF_ERROR(CheckKey(book, key));
    known_keys->Add(key.dataset(), KeyOf(key));
  }
  const Program& program = book.program();
  std::vector<std::shared_ptr<const Dataset>> datasets = base->datasets();
  for (size_t i = 0; i < datasets.size(); ++i) {
    const std::string& name = program.datasets[i].name;
    if (!IsTouched(overlay, name)) continue;
    const auto stated = std::find_if(book.proto.datasets().begin(), book.proto.datasets().end(),
                                     [&name](const v1::Dataset& dataset) { return dataset.name() == name; });
    ASSIGN_OR_RETURN(datasets[i], DatasetOverlay(book, static_cast<int>(i), *stated, overlay).Over(datasets[i]));
  }
  std::string id = OverlayId(*base, overlay, *known_keys);
  return std::make_shared<const Snapshot>(std::move(datasets), std::move(id), std::move(known_keys),
                                          base->base() == nullptr ? base : base->base());
}

}  // namespace assay
