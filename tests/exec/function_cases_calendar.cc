// Entry point: CalendarCases, over the calendars of tests/calendar/sample_calendars.h. 1762131600 s is Monday,
// 2025-11-03T09:00:00 in Shanghai; 1759190400 s is Tuesday, 2025-09-30T08:00, the day before the golden week.
#include "tests/exec/function_cases.h"

namespace assay {

namespace {

const std::vector<FunctionCase> kCases = {
    {"workingTime(sample.at, timestamp('2025-11-03T14:30:00+08:00'), 'CN')",
     {{"at { seconds: 1762131600 }", "14400s"},
      {"at { seconds: 1762131600 nanos: 500000000 }", "14399.500s"},
      {"at { seconds: 1759190400 }", "527400s"},
      {"at { seconds: 0 }", "error: overflow"},
      {"at { nanos: -1 }", "error: malformed"}}},
    {"workingTime(sample.at, timestamp('9999-12-31T00:00:00Z'), 'SHOP')", {{"", "error: overflow"}}},
    {"addWorkingTime(sample.at, sample.span, 'CN')",
     {{"at { seconds: 1762131600 } span { seconds: 14400 }", "2025-11-03T06:30:00Z"},
      {"at { seconds: 1759190400 } span { seconds: 27001 }", "2025-10-09T01:00:01Z"},
      {"at { seconds: 1762131600 } span { nanos: -1 }", "2025-10-31T09:59:59.999999999Z"},
      {"at { seconds: 1762131600 } span { seconds: 99999999 }", "error: overflow"},
      {"at { seconds: 1762131600 }", "2025-11-03T01:00:00Z"}}},
    {"addWorkingTime(sample.at, sample.span, sample.s)",
     {{"at { seconds: 1762131600 } span { seconds: 1 } s: 'CN'", "2025-11-03T01:00:01Z"},
      {"at { seconds: 1762131600 } span { seconds: 1 } s: 'SHOP'", "2025-11-03T08:00:01Z"},
      {"at { seconds: 1762131600 } span { seconds: 1 } s: 'cn'", "error: invalid argument"}}},
    {"addWorkingDays(sample.at, sample.i, 'CN')",
     {{"at { seconds: 1762131600 } i: 1", "2025-11-04T10:00:00Z"},
      {"at { seconds: 1759190400 } i: 1", "2025-10-09T10:00:00Z"},
      {"at { seconds: 1762131600 } i: -1", "2025-10-31T10:00:00Z"},
      {"at { seconds: 1762131600 } i: 9223372036854775807", "error: overflow"}}},
    {"addWorkingDays(sample.day, sample.i, 'CN')",
     {{"day: '2025-09-30' i: 3", "2025-10-11"},
      {"day: '2025-10-01' i: 0", "2025-10-09"},
      {"day: '2027-01-01' i: 0", "error: overflow"},
      {"", "error: absent"}}},
    {"workingDaysBetween(sample.day, date('2025-10-12'), 'CN')",
     {{"day: '2025-09-28'", "6"}, {"day: '2025-10-14'", "-1"}, {"day: '2023-12-31'", "error: overflow"}}},
    {"isWorkingTime(sample.at, 'CN')",
     {{"at { seconds: 1762131600 }", "true"},
      {"at { seconds: 1762131599 nanos: 999999999 }", "false"},
      {"at { seconds: 1798761600 }", "error: overflow"}}},
};

}  // namespace

std::vector<FunctionCase> CalendarCases() { return kCases; }

}  // namespace assay
