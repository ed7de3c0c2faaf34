// Entry point: TypeFields. What fits which field is the schema's to say.
#include "rulebook/field_types.h"

#include "absl/strings/str_cat.h"

namespace assay {
namespace {

FieldOverride OverrideOf(const v1::FieldType& field) {
  FieldOverride given;
  given.path = field.path();
  if (field.has_decimal()) given.decimal = {field.decimal().precision(), field.decimal().scale()};
  given.date = field.date();
  given.sensitive = field.sensitive();
  given.max_items = field.max_items();
  return given;
}

}  // namespace

std::shared_ptr<const Schema> TypeFields(const LoadedRulebook& loaded, std::shared_ptr<const Schema> schema,
                                         IssueList* issues) {
  std::vector<FieldOverride> all;
  bool fits = true;
  for (int i = 0; i < loaded.proto.fields_size(); ++i) {
    all.push_back(OverrideOf(loaded.proto.fields(i)));
    // Each alone, so that every misfit is said at its place.
    const absl::Status status = schema->WithOverrides(absl::MakeConstSpan(&all.back(), 1)).status();
    if (status.ok()) continue;
    issues->Add(
        loaded.sources.MakeIssue(Severity::kError, absl::StrCat("fields[", i, "]"), std::string(status.message())));
    fits = false;
  }
  if (all.empty() || !fits) return fits ? schema : nullptr;
  absl::StatusOr<std::shared_ptr<const Schema>> typed = schema->WithOverrides(all);
  if (typed.ok()) return *std::move(typed);
  issues->Add(loaded.sources.MakeIssue(Severity::kError, "fields", std::string(typed.status().message())));
  return nullptr;
}

}  // namespace assay
