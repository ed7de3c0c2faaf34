// The calendars of a rulebook, ready to answer.
//
// Entry point: LinkCalendars. Internal to rulebook and to who evaluates expressions without one.
#ifndef ASSAY_RULEBOOK_CALENDARS_H_
#define ASSAY_RULEBOOK_CALENDARS_H_

#include "base/issue.h"
#include "calendar/business_calendar.h"
#include "rulebook/loader.h"

namespace assay {

// Clocks that change cost time at load, for each calendar.
inline constexpr int kMostCalendars = 256;

// Adds all calendars, by their ids. What is wrong with one is an issue at its place.
void LinkCalendars(const LoadedRulebook& loaded, Calendars* calendars, IssueList* issues);

}  // namespace assay

#endif  // ASSAY_RULEBOOK_CALENDARS_H_
