// Calendars for tests of what asks them. Entry point: SampleCalendars.
#ifndef ASSAY_TESTS_CALENDAR_SAMPLE_CALENDARS_H_
#define ASSAY_TESTS_CALENDAR_SAMPLE_CALENDARS_H_

#include "assay/v1/rulebook.pb.h"
#include "calendar/business_calendar.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"

namespace assay {

// SHOP is open in UTC, every day 08:00 to 20:00, for ever. CN knows the years 2024 to 2026: five days of 09:00 to 12:00
// and 13:30 to 18:00 in Shanghai, the golden week of 2025 with its make-up days. NY works around the clock, but
// Sundays.
inline Calendars SampleCalendars() {
  constexpr const char* kSpecs[] = {
      R"(id: "SHOP" time_zone: "UTC" hours { opens: "08:00" closes: "20:00" })",
      R"(id: "CN" time_zone: "Asia/Shanghai" valid_from: "2024-01-01" valid_to: "2026-12-31"
         hours { weekdays: [1, 2, 3, 4, 5] opens: "09:00" closes: "18:00" } rest { opens: "12:00" closes: "13:30" }
         holidays { day: "2025-10-01" until: "2025-10-08" }
         make_up_days { day: "2025-09-28" replaces: 1 } make_up_days { day: "2025-10-11" replaces: 1 })",
      R"(id: "NY" time_zone: "America/New_York" valid_from: "1970-01-01" valid_to: "2100-12-31"
         hours { weekdays: [1, 2, 3, 4, 5, 6] opens: "00:00" closes: "24:00" })"};
  Calendars calendars;
  for (const char* text : kSpecs) {
    v1::BusinessCalendar spec;
    IssueList issues;
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &spec));
    std::optional<CalendarHours> hours = ReadCalendar(spec, &issues);
    EXPECT_TRUE(hours.has_value()) << Format(issues);
    calendars.emplace(spec.id(), std::make_shared<const BusinessCalendar>(hours.value_or(CalendarHours())));
  }
  return calendars;
}

}  // namespace assay

#endif  // ASSAY_TESTS_CALENDAR_SAMPLE_CALENDARS_H_
