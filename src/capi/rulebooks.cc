// Schemas, rulebooks and snapshots for C.
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "capi/handles.h"
#include "ingest/json_rows.h"

namespace assay {
namespace {

absl::Status Compile(std::optional<LoadedRulebook> loaded, const assay_schema* schema, IssueList* issues,
                     assay_rulebook** out) {
  std::shared_ptr<const Schema> used;
  if (schema == nullptr) {
    ASSIGN_OR_RETURN(used, Schema::CreateStandard());
  } else {
    used = schema->schema;
  }
  std::shared_ptr<const CompiledRulebook> book;
  if (loaded.has_value()) book = CompileRulebook(std::move(*loaded), used, issues);
  RETURN_IF_ERROR(issues->ToStatus());
  *out = new assay_rulebook{std::move(book)};
  return absl::OkStatus();
}

const google::protobuf::Descriptor* DatasetType(const CompiledRulebook& book, absl::string_view name) {
  for (const SourcePlan& source : book.program().datasets) {
    if (source.name == name) return source.message;
  }
  return nullptr;
}

}  // namespace
}  // namespace assay

extern "C" {

assay_string assay_version(void) { return assay::View("0.1.0"); }

assay_status assay_schema_standard(assay_schema** out, assay_error** error) {
  *out = nullptr;
  return assay::Guarded(error, [&](assay::IssueList*) -> absl::Status {
    ASSIGN_OR_RETURN(auto schema, assay::Schema::CreateStandard());
    *out = new assay_schema{std::move(schema)};
    return absl::OkStatus();
  });
}

assay_status assay_schema_create(const char* descriptors, size_t size, assay_schema** out, assay_error** error) {
  *out = nullptr;
  return assay::Guarded(error, [&](assay::IssueList*) -> absl::Status {
    const auto* bytes = reinterpret_cast<const unsigned char*>(descriptors);
    ASSIGN_OR_RETURN(auto schema, assay::Schema::Create(absl::MakeConstSpan(bytes, size)));
    *out = new assay_schema{std::move(schema)};
    return absl::OkStatus();
  });
}

void assay_schema_free(assay_schema* schema) { delete schema; }

assay_status assay_rulebook_load_file(const char* path, size_t path_size, const assay_schema* schema,
                                      assay_rulebook** out, assay_error** error) {
  *out = nullptr;
  return assay::Guarded(error, [&](assay::IssueList* issues) -> absl::Status {
    const absl::string_view name(path, path_size);
    return assay::Compile(assay::LoadRulebookFile(name, assay::DiskFileReader(name), issues), schema, issues, out);
  });
}

assay_status assay_rulebook_load_text(const char* name, size_t name_size, const char* text, size_t text_size,
                                      const assay_schema* schema, assay_rulebook** out, assay_error** error) {
  *out = nullptr;
  return assay::Guarded(error, [&](assay::IssueList* issues) -> absl::Status {
    return assay::Compile(assay::LoadRulebookText({name, name_size}, {text, text_size}, issues), schema, issues, out);
  });
}

assay_string assay_rulebook_name(const assay_rulebook* rulebook) { return assay::View(rulebook->book->proto.name()); }

assay_string assay_rulebook_version(const assay_rulebook* rulebook) {
  return assay::View(rulebook->book->proto.version());
}

assay_string assay_rulebook_fingerprint(const assay_rulebook* rulebook) {
  return assay::View(rulebook->book->fingerprint);
}

size_t assay_rulebook_rule_count(const assay_rulebook* rulebook) { return rulebook->book->rules.size(); }

size_t assay_rulebook_dataset_count(const assay_rulebook* rulebook) {
  return static_cast<size_t>(rulebook->book->proto.datasets_size());
}

assay_string assay_rulebook_dataset(const assay_rulebook* rulebook, size_t index) {
  return assay::View(rulebook->book->proto.datasets(static_cast<int>(index)).name());
}

void assay_rulebook_free(assay_rulebook* rulebook) { delete rulebook; }

assay_status assay_snapshot_builder_create(const assay_rulebook* rulebook, assay_snapshot_builder** out,
                                           assay_error** error) {
  *out = nullptr;
  return assay::Guarded(error, [&](assay::IssueList*) {
    *out = new assay_snapshot_builder{rulebook->book, {}};
    return absl::OkStatus();
  });
}

assay_status assay_snapshot_builder_add(assay_snapshot_builder* builder, const char* dataset, size_t dataset_size,
                                        assay_format format, const char* row, size_t row_size, assay_error** error) {
  return assay::Guarded(error, [&](assay::IssueList*) -> absl::Status {
    const std::string name(dataset, dataset_size);
    const google::protobuf::Descriptor* type = assay::DatasetType(*builder->book, name);
    if (type == nullptr) return absl::NotFoundError(absl::StrCat("the rulebook has no such dataset: '", name, "'"));
    std::string wire;
    absl::string_view bytes(row, row_size);
    if (format == ASSAY_JSON) {
      RETURN_IF_ERROR(assay::JsonToWire(*builder->book->schema, *type, bytes, &wire));
      bytes = wire;
    }
    std::shared_ptr<assay::RowBytes>& rows = builder->rows[name];
    if (rows == nullptr) rows = std::make_shared<assay::RowBytes>();
    rows->Add(bytes);
    return absl::OkStatus();
  });
}

assay_status assay_snapshot_build(const assay_snapshot_builder* builder, assay_snapshot** out, assay_error** error) {
  *out = nullptr;
  return assay::Guarded(error, [&](assay::IssueList*) -> absl::Status {
    // Copied: the builder may go on while the snapshot lives.
    std::map<std::string, std::shared_ptr<const assay::RowBytes>> rows;
    for (const auto& [name, bytes] : builder->rows) rows[name] = std::make_shared<const assay::RowBytes>(*bytes);
    ASSIGN_OR_RETURN(auto snapshot, assay::BuildSnapshot(*builder->book, rows));
    *out = new assay_snapshot{builder->book, std::move(snapshot)};
    return absl::OkStatus();
  });
}

void assay_snapshot_builder_free(assay_snapshot_builder* builder) { delete builder; }

assay_string assay_snapshot_id(const assay_snapshot* snapshot) { return assay::View(snapshot->snapshot->id()); }

void assay_snapshot_free(assay_snapshot* snapshot) { delete snapshot; }

}  // extern "C"
