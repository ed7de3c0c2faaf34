// Schemas, rulebooks and snapshots for C.
#include "base/status_macros.h"
#include "base/version.h"
#include "capi/handles.h"

namespace assay {
namespace {

absl::StatusOr<EntitySchema> SchemaOf(const assay_schema* schema) {
  if (schema == nullptr) return EntitySchema::Standard();
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
absl::Status HandOut(absl::StatusOr<Rulebook> loaded, assay_rulebook** out) {
  RETURN_IF_ERROR(loaded.status());
  std::vector<std::string> datasets = loaded->datasets();
  *out = new assay_rulebook{*std::move(loaded), std::move(datasets)};
  return absl::OkStatus();
}

RowFormat FormatOf(assay_format format) { return static_cast<RowFormat>(format); }

}  // namespace
}  // namespace assay

extern "C" {

assay_string assay_version(void) { return assay::View(assay::kVersion); }

assay_status assay_schema_standard(assay_schema** out, assay_error** error) {
  *out = nullptr;
  return assay::Guarded(error, [&](std::vector<assay::Issue>*) -> absl::Status {
    ASSIGN_OR_RETURN(assay::EntitySchema schema, assay::EntitySchema::Standard());
    *out = new assay_schema{std::move(schema)};
    return absl::OkStatus();
  });
}

assay_status assay_schema_create(const char* descriptors, size_t size, assay_schema** out, assay_error** error) {
  *out = nullptr;
  return assay::Guarded(error, [&](std::vector<assay::Issue>*) -> absl::Status {
    ASSIGN_OR_RETURN(assay::EntitySchema schema, assay::EntitySchema::FromDescriptors({descriptors, size}));
    *out = new assay_schema{std::move(schema)};
    return absl::OkStatus();
  });
}

void assay_schema_free(assay_schema* schema) { delete schema; }

assay_status assay_rulebook_load_file(const char* path, size_t path_size, const assay_schema* schema,
                                      const assay_limits* limits, assay_rulebook** out, assay_error** error) {
  *out = nullptr;
  return assay::Guarded(error, [&](std::vector<assay::Issue>* issues) -> absl::Status {
    ASSIGN_OR_RETURN(const assay::EntitySchema used, assay::SchemaOf(schema));
    ASSIGN_OR_RETURN(const assay::Limits within, assay::LimitsOf(limits));
    return assay::HandOut(assay::Rulebook::LoadFile({path, path_size}, used, within, issues), out);
  });
}

assay_status assay_rulebook_load_text(const char* name, size_t name_size, const char* text, size_t text_size,
                                      const assay_schema* schema, const assay_limits* limits, assay_rulebook** out,
                                      assay_error** error) {
  *out = nullptr;
  return assay::Guarded(error, [&](std::vector<assay::Issue>* issues) -> absl::Status {
    ASSIGN_OR_RETURN(const assay::EntitySchema used, assay::SchemaOf(schema));
    ASSIGN_OR_RETURN(const assay::Limits within, assay::LimitsOf(limits));
    return assay::HandOut(assay::Rulebook::LoadText({name, name_size}, {text, text_size}, used, within, issues), out);
  });
}

assay_string assay_rulebook_name(const assay_rulebook* rulebook) { return assay::View(rulebook->rulebook.name()); }

assay_string assay_rulebook_version(const assay_rulebook* rulebook) {
  return assay::View(rulebook->rulebook.version());
}

assay_string assay_rulebook_fingerprint(const assay_rulebook* rulebook) {
  return assay::View(rulebook->rulebook.fingerprint());
}

size_t assay_rulebook_rule_count(const assay_rulebook* rulebook) { return rulebook->rulebook.rule_count(); }

size_t assay_rulebook_dataset_count(const assay_rulebook* rulebook) { return rulebook->datasets.size(); }

assay_string assay_rulebook_dataset(const assay_rulebook* rulebook, size_t index) {
  return index < rulebook->datasets.size() ? assay::View(rulebook->datasets[index]) : assay::View("");
}

size_t assay_rulebook_warning_count(const assay_rulebook* rulebook) { return rulebook->rulebook.warnings().size(); }

assay_issue assay_rulebook_warning(const assay_rulebook* rulebook, size_t index) {
  static const assay::Issue kNone;
  const std::vector<assay::Issue>& warnings = rulebook->rulebook.warnings();
  return assay::IssueView(index < warnings.size() ? warnings[index] : kNone);
}

void assay_rulebook_free(assay_rulebook* rulebook) { delete rulebook; }

assay_status assay_snapshot_builder_create(const assay_rulebook* rulebook, assay_snapshot_builder** out,
                                           assay_error** error) {
  *out = nullptr;
  return assay::Guarded(error, [&](std::vector<assay::Issue>*) {
    *out = new assay_snapshot_builder{assay::ReferenceDataBuilder(rulebook->rulebook)};
    return absl::OkStatus();
  });
}

assay_status assay_snapshot_builder_add(assay_snapshot_builder* builder, const char* dataset, size_t dataset_size,
                                        assay_format format, const char* row, size_t row_size, assay_error** error) {
  return assay::Guarded(error, [&](std::vector<assay::Issue>*) {
    return builder->builder.Add({dataset, dataset_size}, assay::FormatOf(format), {row, row_size});
  });
}

assay_status assay_snapshot_build(const assay_snapshot_builder* builder, assay_snapshot** out, assay_error** error) {
  *out = nullptr;
  return assay::Guarded(error, [&](std::vector<assay::Issue>*) -> absl::Status {
    ASSIGN_OR_RETURN(assay::ReferenceData data, builder->builder.Build());
    *out = new assay_snapshot{std::move(data)};
    return absl::OkStatus();
  });
}

void assay_snapshot_builder_free(assay_snapshot_builder* builder) { delete builder; }

assay_string assay_snapshot_id(const assay_snapshot* snapshot) { return assay::View(snapshot->data.id()); }

void assay_snapshot_free(assay_snapshot* snapshot) { delete snapshot; }

}  // extern "C"
