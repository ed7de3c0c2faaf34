// Reads calendars as rulebooks write them. Entry point: ReadCalendar.
#include "calendar/calendar_hours.h"

#include <algorithm>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "assay/v1/rulebook.pb.h"
#include "calendar/time_of_day.h"

namespace assay {
namespace {

constexpr size_t kMostHolidays = 100'000;  // days on which nobody works
constexpr int32_t kLongestHoliday = 400;   // days from `day` to `until`: more is a slip of the pen
constexpr const char* kOverlap = "hours of one day must not overlap";

class Reader {
 public:
  Reader(const v1::BusinessCalendar& spec, IssueList* issues) : spec_(spec), issues_(issues) {}

  std::optional<CalendarHours> Read() {
    const size_t before = issues_->error_count();
    absl::StatusOr<Zone> zone = Zone::Load(spec_.time_zone());
    if (!zone.ok()) {
      Error("time_zone", std::string(zone.status().message()));
    } else {
      hours_.zone = *std::move(zone);
    }
    ReadWeek();
    hours_.first_day = ReadDay(spec_.valid_from(), "valid_from", kMinDay);
    hours_.last_day = ReadDay(spec_.valid_to(), "valid_to", kMaxDay);
    if (hours_.last_day < hours_.first_day) Error("valid_to", "a calendar does not end before it begins");
    ReadHolidays();
    ReadMakeUpDays();
    if (issues_->error_count() != before) return std::nullopt;
    return std::move(hours_);
  }

 private:
  void Error(std::string path, std::string message) {
    Issue issue;
    issue.path = std::move(path);
    issue.message = std::move(message);
    issues_->Add(std::move(issue));
  }

  int32_t ReadDay(const std::string& text, const std::string& path, int32_t absent) {
    int32_t day = absent;
    const DateParse result = ParseDate(text.data(), text.size(), &day);
    if (result == DateParse::kOk || (text.empty() && absent != kNoDay)) return day;
    Error(path, absl::StrCat("this ", DateParseReason(result), ": '", absl::Utf8SafeCHexEscape(text), "'"));
    return absent;
  }

  int32_t ReadTime(const std::string& text, const std::string& path) {
    const std::optional<int32_t> time = TimeOfDay(text);
    if (time.has_value()) return *time;
    Error(path,
          absl::StrCat("this is not a time of day HH:MM from 00:00 to 24:00: '", absl::Utf8SafeCHexEscape(text), "'"));
    return kNoTime;
  }

  std::optional<Stretch> ReadStretch(const v1::WorkingHours& proto, const std::string& path) {
    const Stretch stretch = {ReadTime(proto.opens(), absl::StrCat(path, ".opens")),
                             ReadTime(proto.closes(), absl::StrCat(path, ".closes"))};
    if (stretch.opens == kNoTime || stretch.closes == kNoTime) return std::nullopt;
    if (stretch.opens < stretch.closes) return stretch;
    Error(path, absl::StrCat("hours close later than they open (what passes midnight is two stretches, to 24:00 and "
                             "from 00:00): ",
                             proto.opens(), "-", proto.closes()));
    return std::nullopt;
  }

  // Adds a stretch to a day's in order, if it overlaps none of them.
  static bool Insert(const Stretch& stretch, DayHours* day) {
    const auto next = std::find_if(day->begin(), day->end(), [&](const Stretch& s) { return s.opens > stretch.opens; });
    const bool overlaps_next = next != day->end() && next->opens < stretch.closes;
    const bool overlaps_last = next != day->begin() && std::prev(next)->closes > stretch.opens;
    if (overlaps_next || overlaps_last) return false;
    day->insert(next, stretch);
    return true;
  }

  // Weekdays from 0, Monday, of the hours of `proto`.
  std::vector<size_t> WeekdaysOf(const v1::WorkingHours& proto, const std::string& path) {
    std::vector<size_t> weekdays;
    for (int i = 0; i < proto.weekdays_size(); ++i) {
      const uint32_t weekday = proto.weekdays(i);
      if (weekday >= 1 && weekday <= 7) {
        weekdays.push_back(static_cast<size_t>(weekday - 1));
      } else {
        Error(absl::StrCat(path, ".weekdays[", i, "]"),
              absl::StrCat("weekdays are 1 (Monday) to 7 (Sunday), this is ", weekday));
      }
    }
    if (proto.weekdays().empty()) weekdays = {0, 1, 2, 3, 4, 5, 6};
    return weekdays;
  }

  void ReadWeek() {
    if (spec_.hours().empty()) Error("", "a calendar has hours, as {weekdays: [1, 2], opens: 09:00, closes: 17:00}");
    for (int i = 0; i < spec_.hours_size(); ++i) {
      const std::string path = absl::StrCat("hours[", i, "]");
      const std::optional<Stretch> stretch = ReadStretch(spec_.hours(i), path);
      if (!stretch.has_value()) continue;
      bool fits = true;
      for (size_t weekday : WeekdaysOf(spec_.hours(i), path)) fits &= Insert(*stretch, &hours_.week[weekday]);
      if (!fits) Error(path, kOverlap);
    }
    for (int i = 0; i < spec_.rest_size(); ++i) {
      const std::string path = absl::StrCat("rest[", i, "]");
      const std::optional<Stretch> rest = ReadStretch(spec_.rest(i), path);
      if (!rest.has_value()) continue;
      for (size_t weekday : WeekdaysOf(spec_.rest(i), path)) TakeOut(*rest, &hours_.week[weekday]);
    }
  }

  static void TakeOut(const Stretch& rest, DayHours* day) {
    DayHours left;
    for (const Stretch& stretch : *day) {
      const Stretch before = {stretch.opens, std::min(stretch.closes, rest.opens)};
      const Stretch after = {std::max(stretch.opens, rest.closes), stretch.closes};
      if (before.opens < before.closes) left.push_back(before);
      if (after.opens < after.closes) left.push_back(after);
    }
    *day = std::move(left);
  }

  void ReadHolidays() {
    for (int i = 0; i < spec_.holidays_size(); ++i) {
      if (hours_.exceptions.size() > kMostHolidays) {
        return Error("holidays", absl::StrCat("a calendar may have ", kMostHolidays, " days on which nobody works"));
      }
      const v1::Holiday& holiday = spec_.holidays(i);
      const std::string path = absl::StrCat("holidays[", i, "]");
      const int32_t first = ReadDay(holiday.day(), absl::StrCat(path, ".day"), kNoDay);
      if (first == kNoDay) continue;
      const int32_t last = ReadDay(holiday.until(), absl::StrCat(path, ".until"), first);
      if (last < first || last - first >= kLongestHoliday) {
        Error(absl::StrCat(path, ".until"), absl::StrCat("a holiday ends after it begins, within ", kLongestHoliday,
                                                         " days: '", holiday.until(), "'"));
        continue;
      }
      for (int32_t day = first; day <= last; ++day) {
        if (hours_.exceptions.emplace(day, DayHours()).second) continue;
        Error(path, absl::StrCat("this day is a holiday already: ", FormatDate(day)));
        break;
      }
    }
  }

  void ReadMakeUpDays() {
    std::map<int32_t, DayHours> days;
    for (int i = 0; i < spec_.make_up_days_size(); ++i) {
      const std::string path = absl::StrCat("make_up_days[", i, "]");
      const int32_t day = ReadDay(spec_.make_up_days(i).day(), absl::StrCat(path, ".day"), kNoDay);
      DayHours hours = HoursOf(spec_.make_up_days(i), path);
      if (day == kNoDay) continue;
      if (hours.empty()) {
        Error(path, "a make-up day has hours, or replaces (1 Monday to 7 Sunday) a weekday that has");
      } else if (!days.emplace(day, std::move(hours)).second) {
        Error(path, absl::StrCat("this is a make-up day already: ", FormatDate(day)));
      }
    }
    for (auto& [day, hours] : days) hours_.exceptions[day] = std::move(hours);
  }

  DayHours HoursOf(const v1::MakeUpDay& day, const std::string& path) {
    if (day.hours().empty()) {
      return day.replaces() >= 1 && day.replaces() <= 7 ? hours_.week[static_cast<size_t>(day.replaces() - 1)]
                                                        : DayHours();
    }
    DayHours own;
    for (int i = 0; i < day.hours_size(); ++i) {
      const std::string at = absl::StrCat(path, ".hours[", i, "]");
      if (!day.hours(i).weekdays().empty()) Error(at, "hours of a make-up day are for that day, without weekdays");
      const std::optional<Stretch> stretch = ReadStretch(day.hours(i), at);
      if (stretch.has_value() && !Insert(*stretch, &own)) Error(at, kOverlap);
    }
    return own;
  }

  static constexpr int32_t kNoDay = kMinDay - 1;
  static constexpr int32_t kNoTime = -1;

  const v1::BusinessCalendar& spec_;
  IssueList* issues_;
  CalendarHours hours_;
};

}  // namespace

std::optional<CalendarHours> ReadCalendar(const v1::BusinessCalendar& spec, IssueList* issues) {
  return Reader(spec, issues).Read();
}

}  // namespace assay
