// Schemas, rulebooks and snapshots for C.
#include "base/version.h"
#include "capi/call.h"
#include "google/protobuf/util/json_util.h"

namespace assay {
namespace {

absl::StatusOr<EntitySchema> SchemaOf(const assay_schema* schema) {
  if (schema == nullptr) return EntitySchema::Standard();
  RETURN_IF_ERROR(CheckHandle(schema));
  return schema->schema;
}

template <typename T>
void SetUnlessZero(T given, T* limit) {
  if (given != 0) *limit = given;
}

absl::StatusOr<Limits> LimitsOf(const assay_limits* given) {
  assay_limits known = {};
  RETURN_IF_ERROR(ReadOptions(given, "limits", &known));
  Limits limits;
  SetUnlessZero(known.max_expression_cost, &limits.max_expression_cost);
  SetUnlessZero(known.default_max_items, &limits.default_max_items);
  SetUnlessZero(known.max_depth, &limits.max_depth);
  SetUnlessZero(known.max_nodes, &limits.max_nodes);
  SetUnlessZero(known.max_code_points, &limits.max_code_points);
  SetUnlessZero(known.max_comprehension_depth, &limits.max_comprehension_depth);
  SetUnlessZero(known.max_pattern_size, &limits.max_pattern_size);
  SetUnlessZero(known.max_row_elements, &limits.max_row_elements);
  SetUnlessZero(known.max_row_cost, &limits.max_row_cost);
  SetUnlessZero(known.max_chunk_cost, &limits.max_chunk_cost);
  return limits;
}

// Issues that are only warnings stay with the rulebook.
absl::StatusOr<assay_rulebook*> HandleOf(absl::StatusOr<Rulebook> loaded) {
  RETURN_IF_ERROR(loaded.status());
  std::vector<std::string> datasets = loaded->datasets();
  return new assay_rulebook{.rulebook = *std::move(loaded), .datasets = std::move(datasets)};
}

absl::StatusOr<v1::RequiredKey> KeyOf(RowFormat format, absl::string_view bytes) {
  v1::RequiredKey key;
  const bool is_read = format == RowFormat::kWire
                           ? key.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))
                           : google::protobuf::util::JsonStringToMessage({bytes.data(), bytes.size()}, &key).ok();
  if (!is_read) return absl::InvalidArgumentError("key: this is no assay.v1.RequiredKey");
  return key;
}

}  // namespace
}  // namespace assay

extern "C" {

assay_string assay_version(void) { return assay::View(assay::kVersion); }

assay_status assay_schema_standard(assay_schema** out, assay_error** error) {
  return assay::Making(out, error, [&](std::vector<assay::Issue>*) -> absl::StatusOr<assay_schema*> {
    ASSIGN_OR_RETURN(assay::EntitySchema schema, assay::EntitySchema::Standard());
    return new assay_schema{.schema = std::move(schema)};
  });
}

assay_status assay_schema_create(const char* descriptors, size_t size, assay_schema** out, assay_error** error) {
  return assay::Making(out, error, [&](std::vector<assay::Issue>*) -> absl::StatusOr<assay_schema*> {
    ASSIGN_OR_RETURN(const absl::string_view bytes, assay::BytesIn("descriptors", descriptors, size));
    ASSIGN_OR_RETURN(assay::EntitySchema schema, assay::EntitySchema::FromDescriptors(bytes));
    return new assay_schema{.schema = std::move(schema)};
  });
}

void assay_schema_free(assay_schema* schema) { assay::Free(schema); }

assay_status assay_rulebook_load_file(const char* path, size_t path_size, const assay_schema* schema,
                                      const assay_limits* limits, assay_rulebook** out, assay_error** error) {
  return assay::Making(out, error, [&](std::vector<assay::Issue>* issues) -> absl::StatusOr<assay_rulebook*> {
    ASSIGN_OR_RETURN(const absl::string_view file, assay::BytesIn("path", path, path_size));
    ASSIGN_OR_RETURN(const assay::EntitySchema used, assay::SchemaOf(schema));
    ASSIGN_OR_RETURN(const assay::Limits within, assay::LimitsOf(limits));
    return assay::HandleOf(assay::Rulebook::LoadFile(file, used, within, issues));
  });
}

assay_status assay_rulebook_load_text(const char* name, size_t name_size, const char* text, size_t text_size,
                                      const assay_schema* schema, const assay_limits* limits, assay_rulebook** out,
                                      assay_error** error) {
  return assay::Making(out, error, [&](std::vector<assay::Issue>* issues) -> absl::StatusOr<assay_rulebook*> {
    ASSIGN_OR_RETURN(const absl::string_view called, assay::BytesIn("name", name, name_size));
    ASSIGN_OR_RETURN(const absl::string_view content, assay::BytesIn("text", text, text_size));
    ASSIGN_OR_RETURN(const assay::EntitySchema used, assay::SchemaOf(schema));
    ASSIGN_OR_RETURN(const assay::Limits within, assay::LimitsOf(limits));
    return assay::HandleOf(assay::Rulebook::LoadText(called, content, used, within, issues));
  });
}

assay_string assay_rulebook_name(const assay_rulebook* rulebook) {
  return assay::TextOf(rulebook, [](const assay_rulebook& r) -> absl::string_view { return r.rulebook.name(); });
}

assay_string assay_rulebook_version(const assay_rulebook* rulebook) {
  return assay::TextOf(rulebook, [](const assay_rulebook& r) -> absl::string_view { return r.rulebook.version(); });
}

assay_string assay_rulebook_fingerprint(const assay_rulebook* rulebook) {
  return assay::TextOf(rulebook, [](const assay_rulebook& r) -> absl::string_view { return r.rulebook.fingerprint(); });
}

size_t assay_rulebook_rule_count(const assay_rulebook* rulebook) {
  return assay::IsHandle(rulebook) ? rulebook->rulebook.rule_count() : 0;
}

size_t assay_rulebook_dataset_count(const assay_rulebook* rulebook) {
  return assay::Count(rulebook, &assay_rulebook::datasets);
}

assay_string assay_rulebook_dataset(const assay_rulebook* rulebook, size_t index) {
  return assay::At(rulebook, &assay_rulebook::datasets, index);
}

size_t assay_rulebook_warning_count(const assay_rulebook* rulebook) {
  return assay::IsHandle(rulebook) ? rulebook->rulebook.warnings().size() : 0;
}

assay_issue assay_rulebook_warning(const assay_rulebook* rulebook, size_t index) {
  return assay::IssueAt(assay::IsHandle(rulebook) ? &rulebook->rulebook.warnings() : nullptr, index);
}

void assay_rulebook_free(assay_rulebook* rulebook) { assay::Free(rulebook); }

assay_status assay_snapshot_builder_create(const assay_rulebook* rulebook, assay_snapshot_builder** out,
                                           assay_error** error) {
  return assay::Making(out, error, [&](std::vector<assay::Issue>*) -> absl::StatusOr<assay_snapshot_builder*> {
    RETURN_IF_ERROR(assay::CheckHandle(rulebook));
    return new assay_snapshot_builder{.builder = assay::ReferenceDataBuilder(rulebook->rulebook)};
  });
}

assay_status assay_snapshot_builder_add(assay_snapshot_builder* builder, const char* dataset, size_t dataset_size,
                                        assay_format format, const char* row, size_t row_size, assay_error** error) {
  return assay::Guarded(error, [&](std::vector<assay::Issue>*) -> absl::Status {
    RETURN_IF_ERROR(assay::CheckHandle(builder));
    ASSIGN_OR_RETURN(const absl::string_view name, assay::BytesIn("dataset", dataset, dataset_size));
    ASSIGN_OR_RETURN(const assay::RowFormat form, assay::FormatIn(format));
    ASSIGN_OR_RETURN(const absl::string_view bytes, assay::BytesIn("row", row, row_size));
    return builder->builder.Add(name, form, bytes);
  });
}

assay_status assay_snapshot_builder_over(const assay_snapshot* base, assay_snapshot_builder** out,
                                         assay_error** error) {
  return assay::Making(out, error, [&](std::vector<assay::Issue>*) -> absl::StatusOr<assay_snapshot_builder*> {
    RETURN_IF_ERROR(assay::CheckHandle(base));
    return new assay_snapshot_builder{.builder = assay::ReferenceDataBuilder(base->data)};
  });
}

assay_status assay_snapshot_builder_clear(assay_snapshot_builder* builder, assay_format format, const char* key,
                                          size_t size, assay_error** error) {
  return assay::Guarded(error, [&](std::vector<assay::Issue>*) -> absl::Status {
    RETURN_IF_ERROR(assay::CheckHandle(builder));
    ASSIGN_OR_RETURN(const assay::RowFormat form, assay::FormatIn(format));
    ASSIGN_OR_RETURN(const absl::string_view bytes, assay::BytesIn("key", key, size));
    ASSIGN_OR_RETURN(const assay::v1::RequiredKey required, assay::KeyOf(form, bytes));
    return builder->builder.Clear(required);
  });
}

assay_status assay_snapshot_build(const assay_snapshot_builder* builder, assay_snapshot** out, assay_error** error) {
  return assay::Making(out, error, [&](std::vector<assay::Issue>*) -> absl::StatusOr<assay_snapshot*> {
    RETURN_IF_ERROR(assay::CheckHandle(builder));
    ASSIGN_OR_RETURN(assay::ReferenceData data, builder->builder.Build());
    return new assay_snapshot{.data = std::move(data)};
  });
}

void assay_snapshot_builder_free(assay_snapshot_builder* builder) { assay::Free(builder); }

assay_string assay_snapshot_id(const assay_snapshot* snapshot) {
  return assay::TextOf(snapshot, [](const assay_snapshot& s) -> absl::string_view { return s.data.id(); });
}

void assay_snapshot_free(assay_snapshot* snapshot) { assay::Free(snapshot); }

}  // extern "C"
