// Entry points: IsPart, CheckPart. It compiles nothing: a part has no expressions.
#include "rulebook/check_part.h"

#include <algorithm>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "rulebook/calendars.h"
#include "rulebook/check_texts.h"
#include "rulebook/requirements.h"

namespace assay {
namespace {

using google::protobuf::FieldDescriptor;

// What a part is made of, and what may stand beside it.
constexpr const char* kParts[] = {"reason_codes", "roles", "calendars"};
constexpr const char* kBeside[] = {"imports", "version", "description"};

bool IsOneOf(absl::string_view name, absl::Span<const char* const> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

bool IsPart(const v1::Rulebook& rulebook) {
  std::vector<const FieldDescriptor*> fields;
  rulebook.GetReflection()->ListFields(rulebook, &fields);
  const auto is_part = [](const FieldDescriptor* field) { return IsOneOf(field->name(), kParts); };
  const auto fits = [&](const FieldDescriptor* field) { return is_part(field) || IsOneOf(field->name(), kBeside); };
  return std::any_of(fields.begin(), fields.end(), is_part) && std::all_of(fields.begin(), fields.end(), fits);
}

std::vector<CheckFinding> CheckPart(const LoadedRulebook& loaded, const CheckSeverities& severities,
                                    IssueList* issues) {
  CheckPartRequirements(loaded, issues);
  Calendars calendars;
  LinkCalendars(loaded, &calendars, issues);
  CheckReport report(&severities);
  if (!issues->has_errors()) CheckTexts(loaded, &report);
  return report.Take();
}

}  // namespace assay
