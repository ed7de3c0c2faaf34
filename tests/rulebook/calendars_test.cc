// Calendars of rulebooks: what expressions name must be there, and the shipped calendar of China.
#include "rulebook/calendars.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "gtest/gtest.h"
#include "rulebook/compiled_rulebook.h"

namespace assay {
namespace {

constexpr char kBook[] = R"yml(
name: test.calendars
input: {name: order, type: assay.v1.Order}
parameters: [{name: desk, type: string, default: "'SHOP'"}]
calendars:
  - id: SHOP
    time_zone: Asia/Shanghai
    hours: [{opens: 09:00, closes: 12:00}]
outputs:
)yml";

// The issues of the book with an output of that expression; nothing if it is good.
std::string IssuesOf(const std::string& text) {
  IssueList issues;
  std::optional<LoadedRulebook> loaded = LoadRulebookText("book.yaml", text, &issues);
  if (loaded.has_value()) CompileRulebook(*std::move(loaded), *Schema::CreateStandard(), &issues);
  return Format(issues);
}

std::string IssuesOfOutput(absl::string_view expression) {
  return IssuesOf(absl::StrCat(kBook, "  - {name: due, expression: \"", expression, "\"}\n"));
}

int32_t Day(absl::string_view text) {
  int32_t day = 0;
  EXPECT_EQ(ParseDate(text.data(), text.size(), &day), DateParse::kOk);
  return day;
}

TEST(CalendarsTest, NameWrittenOutMustBeOfTheRulebook) {
  EXPECT_EQ(IssuesOfOutput("addWorkingTime(now, duration('4h'), 'SHOP')"), "");
  EXPECT_EQ(IssuesOfOutput("addWorkingTime(now, duration('4h'), parameters.desk)"), "");
  EXPECT_EQ(IssuesOfOutput("isWorkingTime(now, order.id)"), "");
  EXPECT_TRUE(absl::StrContains(IssuesOfOutput("isWorkingTime(now, 'SHOPP')"),
                                "book.yaml:10:49: error: no such calendar: 'SHOPP'; did you mean 'SHOP'?\n"));
  const std::string text =
      absl::StrCat(kBook, "  - {name: due, expression: \"isWorkingTime(now, parameters.desk)\"}\n");
  EXPECT_TRUE(absl::StrContains(IssuesOf(absl::StrReplaceAll(text, {{"'SHOP'", "'SHIP'"}})),
                                "book.yaml:10:30: error: no such calendar: 'SHIP'\n"));
}

TEST(CalendarsTest, NameOfAFaultyCalendarIsNoFurtherFault) {
  const std::string text = absl::StrReplaceAll(kBook, {{"12:00", "8:00"}});
  const std::string due =
      "  - {name: due, expression: \"addWorkingTime(timestamp('2026-11-20T01:00:00Z'), duration('4h'), 'SHOP')\"}\n";
  EXPECT_FALSE(absl::StrContains(IssuesOf(text + due), "no such calendar")) << IssuesOf(text + due);
}

TEST(CalendarsTest, FaultsOfACalendarStandAtTheirPlace) {
  const std::string text = absl::StrReplaceAll(kBook, {{"12:00", "8:00"}});
  EXPECT_TRUE(absl::StrContains(IssuesOf(text + "  - {name: x, expression: now}\n"),
                                "book.yaml:8:36: error: this is not a time of day HH:MM from 00:00 to 24:00: '8:00'"))
      << IssuesOf(text);
}

TEST(CalendarsTest, ARulebookHasSoManyCalendarsAtMost) {
  std::string text = "name: test.many\ninput: {name: order, type: assay.v1.Order}\ncalendars:\n";
  for (int i = 0; i <= kMostCalendars; ++i) {
    absl::StrAppend(&text, "  - {id: C", i, ", time_zone: UTC, hours: [{opens: 09:00, closes: 12:00}]}\n");
  }
  EXPECT_TRUE(absl::StrContains(IssuesOf(text), "book.yaml:260:5: error: a rulebook may have 256 calendars\n"));
}

TEST(CalendarsTest, CalendarIsPartOfTheFingerprint) {
  const auto fingerprint = [](const std::string& text) {
    IssueList issues;
    std::optional<LoadedRulebook> loaded = LoadRulebookText("book.yaml", text, &issues);
    return CompileRulebook(*std::move(loaded), *Schema::CreateStandard(), &issues)->fingerprint;
  };
  const std::string text = absl::StrCat(kBook, "  - {name: x, expression: now}\n");
  EXPECT_NE(fingerprint(text), fingerprint(absl::StrReplaceAll(text, {{"12:00", "12:30"}})));
}

// Years by the number of working days that the notices leave; holidays with make-up days around them by hand.
TEST(CalendarsTest, ChinaWorksAsTheYearlyNoticesSay) {
  IssueList issues;
  constexpr char kChina[] = ASSAY_SOURCE_DIR "/rules/standard/calendar_cn.yaml";
  const std::optional<LoadedRulebook> loaded = LoadRulebookFile(kChina, DiskFileReader(kChina), &issues);
  ASSERT_TRUE(loaded.has_value()) << Format(issues);
  Calendars calendars;
  LinkCalendars(*loaded, &calendars, &issues);
  ASSERT_FALSE(issues.has_errors()) << Format(issues);
  const BusinessCalendar& china = *calendars.at("CN");
  const auto worked = [&](absl::string_view from, absl::string_view to) {
    return china.DaysBetween(Day(from), Day(to)).value();
  };
  EXPECT_EQ(worked("2024-01-01", "2025-01-01"), 251);
  EXPECT_EQ(worked("2025-01-01", "2026-01-01"), 248);
  EXPECT_EQ(worked("2026-01-01", "2027-01-01"), 248);
  EXPECT_EQ(worked("2024-02-04", "2024-02-19"), 7);   // Sun 4 … Fri 9, then Sun 18
  EXPECT_EQ(worked("2024-09-14", "2024-09-18"), 1);   // Sat 14 for the Mid-Autumn Festival
  EXPECT_EQ(worked("2025-01-26", "2025-02-10"), 6);   // Sun 26, Mon 27, Wed 5 … Sat 8
  EXPECT_EQ(worked("2025-09-28", "2025-10-13"), 6);   // Sun 28 … Tue 30, Thu 9 … Sat 11
  EXPECT_EQ(worked("2026-02-14", "2026-03-02"), 6);   // Sat 14, Tue 24 … Sat 28
  EXPECT_EQ(worked("2026-09-20", "2026-10-12"), 11);  // Sun 20 … Thu 24, Mon 28 … Wed 30, Thu 8 … Sat 10
  EXPECT_EQ(china.DaysBetween(Day("2026-12-31"), Day("2027-01-02")), std::nullopt);
}

}  // namespace
}  // namespace assay
