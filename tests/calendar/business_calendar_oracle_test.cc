// Business time against a count of minutes: random calendars over three years, every minute of them looked at.
// The model knows weeks, special days and clocks only as lists of minutes; domain.md, section 6, says what they mean.
#include <algorithm>
#include <random>

#include "absl/strings/str_cat.h"
#include "assay/v1/rulebook.pb.h"
#include "calendar/business_calendar.h"
#include "gtest/gtest.h"
#include "tests/base/python_oracle.h"

namespace assay {
namespace {

constexpr int kYears = 3;
constexpr int kMinutesPerDay = 1440;
constexpr int kMinute = 60;

using Random = std::mt19937;

int Pick(Random* random, int count) { return static_cast<int>((*random)() % static_cast<unsigned>(count)); }

std::string Clock(int minute) {
  return absl::StrCat(minute < 600 ? "0" : "", minute / 60, minute % 60 < 10 ? ":0" : ":", minute % 60);
}

// Up to three stretches of one day, at minutes that are multiples of `step`.
std::vector<std::pair<int, int>> RandomHours(Random* random, int step) {
  std::vector<int> ends;
  const int count = 2 * (1 + Pick(random, 3));
  while (static_cast<int>(ends.size()) < count) {
    const int end = Pick(random, kMinutesPerDay / step + 1) * step;
    if (std::find(ends.begin(), ends.end(), end) == ends.end()) ends.push_back(end);
  }
  std::sort(ends.begin(), ends.end());
  std::vector<std::pair<int, int>> hours;
  for (size_t i = 0; i < ends.size(); i += 2) hours.emplace_back(ends[i], ends[i + 1]);
  if (Pick(random, 5) == 0) hours = {{0, kMinutesPerDay}};
  return hours;
}

v1::WorkingHours* Write(const std::pair<int, int>& hours, v1::WorkingHours* proto) {
  proto->set_opens(Clock(hours.first));
  proto->set_closes(Clock(hours.second));
  return proto;
}

// A calendar twice: as a rulebook has it, and as minutes worked.
class Model {
 public:
  explicit Model(Random* random) : random_(*random) {
    constexpr const char* kZones[] = {"Asia/Shanghai",       "America/New_York",  "Europe/Berlin",
                                      "Australia/Lord_Howe", "America/Sao_Paulo", "Asia/Kathmandu",
                                      "Africa/Casablanca",   "Asia/Beirut"};
    spec_.set_id("C");
    spec_.set_time_zone(kZones[Pick(random, std::size(kZones))]);
    first_ = DaysFromCivil(2015 + Pick(random, 10), 1, 1) + Pick(random, 300);
    last_ = first_ + 365 * kYears;
    spec_.set_valid_from(FormatDate(first_));
    spec_.set_valid_to(FormatDate(last_));
    days_.resize(static_cast<size_t>(last_ - first_ + 1));
    WriteWeek();
    WriteExceptions();
    LayOut();
  }

  const v1::BusinessCalendar& spec() const { return spec_; }
  int32_t first() const { return first_; }
  int32_t last() const { return last_; }
  int64_t begin() const { return begin_; }
  size_t minutes() const { return worked_.size(); }
  Timestamp At(size_t minute) const { return {begin_ + static_cast<int64_t>(minute) * kMinute, 0}; }
  bool IsWorked(size_t minute) const { return worked_[minute]; }
  int64_t WorkedBefore(size_t minute) const { return before_[minute]; }
  // The minute behind the last one worked on that day; 0 if there is none.
  size_t CloseOf(int32_t day) const { return closes_[static_cast<size_t>(day - first_)]; }

 private:
  void WriteWeek() {
    const int step = Pick(&random_, 2) == 0 ? 30 : 1;
    std::array<std::vector<std::pair<int, int>>, 7> week;
    for (int weekday = 0; weekday < 7; ++weekday) {
      if (weekday != 2 && Pick(&random_, 3) == 0) continue;
      week[static_cast<size_t>(weekday)] = RandomHours(&random_, step);
      for (const auto& hours : week[static_cast<size_t>(weekday)]) {
        Write(hours, spec_.add_hours())->add_weekdays(weekday + 1);
      }
    }
    std::pair<int, int> rest = {0, 0};
    if (Pick(&random_, 2) == 0) {
      rest = {700, 700 + 1 + Pick(&random_, 90)};
      Write(rest, spec_.add_rest());
    }
    for (size_t weekday = 0; weekday < 7; ++weekday) {
      for (const auto& [opens, closes] : week[weekday]) {
        for (int minute = opens; minute < closes; ++minute) {
          if (minute < rest.first || minute >= rest.second) week_[weekday].push_back(minute);
        }
      }
    }
    for (int32_t day = first_; day <= last_; ++day) {
      days_[static_cast<size_t>(day - first_)] = week_[static_cast<size_t>((DayOfWeek(day) + 6) % 7)];
    }
  }

  void WriteExceptions() {
    std::vector<int32_t> free_days;
    for (int32_t day = first_; day <= last_; ++day) free_days.push_back(day);
    std::shuffle(free_days.begin(), free_days.end(), random_);
    const size_t holidays = static_cast<size_t>(Pick(&random_, 80));
    const size_t make_up_days = static_cast<size_t>(Pick(&random_, 40));
    for (size_t i = 0; i < holidays; ++i) {
      spec_.add_holidays()->set_day(FormatDate(free_days[i]));
      days_[static_cast<size_t>(free_days[i] - first_)].clear();
    }
    for (size_t i = holidays / 2; i < holidays / 2 + make_up_days; ++i) WriteMakeUpDay(free_days[i]);
  }

  void WriteMakeUpDay(int32_t day) {
    v1::MakeUpDay* proto = spec_.add_make_up_days();
    proto->set_day(FormatDate(day));
    std::vector<int>& minutes = days_[static_cast<size_t>(day - first_)];
    const size_t replaced = static_cast<size_t>(Pick(&random_, 7));
    if (Pick(&random_, 2) == 0 && !week_[replaced].empty()) {
      proto->set_replaces(static_cast<int32_t>(replaced) + 1);
      minutes = week_[replaced];
      return;
    }
    if (Pick(&random_, 2) == 0) proto->set_replaces(static_cast<int32_t>(replaced) + 1);  // its own hours beat it
    minutes.clear();
    for (const auto& hours : RandomHours(&random_, 15)) {
      Write(hours, proto->add_hours());
      for (int minute = hours.first; minute < hours.second; ++minute) minutes.push_back(minute);
    }
  }

  // Minutes of clocks become minutes of time: one that is shown twice is where it is shown first, and stands for all
  // time until the next one is shown first.
  void LayOut() {
    const Zone zone = Zone::Load(spec_.time_zone()).value();
    std::vector<int64_t> furthest;  // reading of the clock, in minutes since 1970, that was shown by then
    const int64_t from = (int64_t{first_} - 2) * kMinutesPerDay;
    OffsetSpan span = kEmptySpan;
    for (int64_t minute = from; minute < (int64_t{last_} + 3) * kMinutesPerDay; ++minute) {
      const LocalTime local = zone.Local({minute * kMinute, 0}, &span);
      const int64_t shown = int64_t{local.day} * kMinutesPerDay + local.second / kMinute;
      furthest.push_back(furthest.empty() ? shown : std::max(shown, furthest.back()));
    }
    const auto first_shown = [&](int64_t reading) {
      return from + (std::lower_bound(furthest.begin(), furthest.end(), reading) - furthest.begin());
    };
    const int64_t begin = first_shown(int64_t{first_} * kMinutesPerDay);
    begin_ = begin * kMinute;
    worked_.resize(static_cast<size_t>(first_shown((int64_t{last_} + 1) * kMinutesPerDay) - begin));
    closes_.resize(days_.size());
    for (size_t day = 0; day < days_.size(); ++day) {
      for (int minute : days_[day]) {
        const int64_t reading = (first_ + static_cast<int64_t>(day)) * kMinutesPerDay + minute;
        for (int64_t at = first_shown(reading); at < first_shown(reading + 1); ++at) {
          worked_[static_cast<size_t>(at - begin)] = true;
          closes_[day] = static_cast<size_t>(at - begin) + 1;
        }
      }
    }
    before_.resize(worked_.size() + 1);
    for (size_t i = 0; i < worked_.size(); ++i) before_[i + 1] = before_[i] + (worked_[i] ? 1 : 0);
  }

  Random& random_;
  v1::BusinessCalendar spec_;
  int32_t first_ = 0;
  int32_t last_ = 0;
  int64_t begin_ = 0;
  std::array<std::vector<int>, 7> week_;
  std::vector<std::vector<int>> days_;  // minutes of the clock worked, by day
  std::vector<bool> worked_;
  std::vector<int64_t> before_;
  std::vector<size_t> closes_;
};

void CompareMinutes(const Model& model, const BusinessCalendar& calendar) {
  for (size_t minute = 0; minute < model.minutes(); ++minute) {
    ASSERT_EQ(calendar.IsWorking(model.At(minute)), model.IsWorked(minute)) << FormatTimestamp(model.At(minute));
  }
  EXPECT_EQ(calendar.IsWorking(model.At(model.minutes())), std::nullopt);
  EXPECT_EQ(calendar.IsWorking({model.begin() - 1, 0}), std::nullopt);
}

void CompareBetween(const Model& model, const BusinessCalendar& calendar, size_t a, size_t b) {
  const int64_t expected = model.WorkedBefore(b) - model.WorkedBefore(a);
  ASSERT_EQ(calendar.Between(model.At(a), model.At(b)), (Duration{expected * kMinute, 0}))
      << FormatTimestamp(model.At(a)) << " to " << FormatTimestamp(model.At(b));
}

void CompareAdd(const Model& model, const BusinessCalendar& calendar, size_t start, int64_t minutes) {
  std::optional<Timestamp> expected;
  if (minutes >= 0) {
    size_t at = start;
    while (at < model.minutes() && model.WorkedBefore(at) - model.WorkedBefore(start) < minutes) ++at;
    if (model.WorkedBefore(at) - model.WorkedBefore(start) >= minutes) expected = model.At(at);
  } else {
    size_t at = start;
    while (at > 0 && model.WorkedBefore(at) - model.WorkedBefore(start) > minutes) --at;
    if (model.WorkedBefore(at) - model.WorkedBefore(start) <= minutes) expected = model.At(at);
  }
  ASSERT_EQ(calendar.Add(model.At(start), {minutes * kMinute, 0}), expected)
      << FormatTimestamp(model.At(start)) << " and " << minutes << " minutes";
}

void CompareDays(const Model& model, const BusinessCalendar& calendar, int32_t start, int count, size_t receipt) {
  std::vector<int32_t> worked;
  for (int32_t day = model.first(); day <= model.last(); ++day) {
    if (model.CloseOf(day) != 0) worked.push_back(day);
  }
  const auto at = [&](std::vector<int32_t>::iterator from) -> std::optional<int32_t> {
    const int64_t index = from - worked.begin() + count;
    if (index < 0 || index >= static_cast<int64_t>(worked.size())) return std::nullopt;
    return worked[static_cast<size_t>(index)];
  };
  ASSERT_EQ(calendar.AddDays(start, count), at(std::lower_bound(worked.begin(), worked.end(), start)))
      << FormatDate(start) << " and " << count << " days";
  const std::optional<int32_t> due =
      at(std::find_if(worked.begin(), worked.end(), [&](int32_t day) { return model.CloseOf(day) > receipt; }));
  const std::optional<Timestamp> close =
      due.has_value() ? std::optional<Timestamp>(model.At(model.CloseOf(*due))) : std::nullopt;
  ASSERT_EQ(calendar.AddDays(model.At(receipt), count), close)
      << FormatTimestamp(model.At(receipt)) << " and " << count;
  const int32_t other = std::clamp(start + count, model.first(), model.last() + 1);
  const int64_t between =
      std::lower_bound(worked.begin(), worked.end(), other) - std::lower_bound(worked.begin(), worked.end(), start);
  ASSERT_EQ(calendar.DaysBetween(start, other), between) << FormatDate(start) << " to " << FormatDate(other);
}

TEST(BusinessCalendarOracleTest, ThreeYearsOfRandomCalendarsAreAsTheirMinutesSay) {
  constexpr int kCalendars = 6, kQuestions = 400;
  const int seed = FromEnvironment("ASSAY_CALENDAR_SEED", 20261127);
  const int calendars = FromEnvironment("ASSAY_CALENDARS", kCalendars);
  std::cout << "[ seed     ] ASSAY_CALENDAR_SEED=" << seed << ", ASSAY_CALENDARS=" << calendars << "\n";
  Random random(static_cast<unsigned>(seed));
  for (int i = 0; i < calendars && !::testing::Test::HasFailure(); ++i) {
    const Model model(&random);
    SCOPED_TRACE(model.spec().ShortDebugString());
    IssueList issues;
    std::optional<CalendarHours> hours = ReadCalendar(model.spec(), &issues);
    ASSERT_TRUE(hours.has_value()) << Format(issues);
    const BusinessCalendar calendar(*std::move(hours));
    CompareMinutes(model, calendar);
    for (int n = 0; n < kQuestions && !::testing::Test::HasFailure(); ++n) {
      const int minutes = static_cast<int>(model.minutes());
      const size_t a = static_cast<size_t>(Pick(&random, minutes + 1)), b = static_cast<size_t>(Pick(&random, minutes));
      CompareBetween(model, calendar, a, b);
      CompareAdd(model, calendar, a, Pick(&random, n % 4 == 0 ? 1'000'000 : 3'000) * (n % 3 == 0 ? -1 : 1));
      CompareDays(model, calendar, model.first() + Pick(&random, model.last() - model.first() + 2),
                  Pick(&random, n % 4 == 0 ? 1000 : 12) - 5, b);
    }
  }
}

}  // namespace
}  // namespace assay
