// Reads every calendar, and moves what is said of one to its place in the file. Entry point: LinkCalendars.
#include "rulebook/calendars.h"

#include <memory>

#include "absl/strings/str_cat.h"

namespace assay {

void LinkCalendars(const LoadedRulebook& loaded, Calendars* calendars, IssueList* issues) {
  if (loaded.proto.calendars_size() > kMostCalendars) {
    const std::string path = absl::StrCat("calendars[", kMostCalendars, "]");
    issues->Add(loaded.sources.MakeIssue(Severity::kError, path,
                                         absl::StrCat("a rulebook may have ", kMostCalendars, " calendars")));
    return;
  }
  for (int i = 0; i < loaded.proto.calendars_size(); ++i) {
    const v1::BusinessCalendar& spec = loaded.proto.calendars(i);
    const std::string path = absl::StrCat("calendars[", i, "]");
    IssueList own;
    std::optional<CalendarHours> hours = ReadCalendar(spec, &own);
    for (const Issue& issue : own.issues()) {
      const std::string place = issue.path.empty() ? path : absl::StrCat(path, ".", issue.path);
      issues->Add(loaded.sources.MakeIssue(issue.severity, place, issue.message));
    }
    std::shared_ptr<const BusinessCalendar> calendar;  // none of a faulty one, whose name is known all the same
    if (hours.has_value()) calendar = std::make_shared<const BusinessCalendar>(*std::move(hours));
    calendars->emplace(spec.id(), std::move(calendar));
  }
}

}  // namespace assay
