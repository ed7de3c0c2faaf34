// Entry point: MomentText.
#include "calendar/moment_text.h"

#include <cstdlib>

#include "absl/strings/str_cat.h"
#include "base/civil.h"
#include "base/time_fraction.h"

namespace assay {
namespace {

// hh:mm, and the seconds where there are any.
void AppendClock(int32_t second, int32_t nanos, std::string* out) {
  absl::StrAppend(out, absl::Dec(second / 3600, absl::kZeroPad2), ":", absl::Dec(second / 60 % 60, absl::kZeroPad2));
  if (second % 60 == 0 && nanos == 0) return;
  absl::StrAppend(out, ":", absl::Dec(second % 60, absl::kZeroPad2));
  AppendFraction(nanos, out);
}

}  // namespace

std::string MomentText(const Timestamp& time, const Zone& zone) {
  LocalTime local = zone.Local(time);
  if (local.day < kMinDay || local.day > kMaxDay) local = LocalTimeAt(time.seconds, 0);
  std::string text = absl::StrCat(FormatDate(local.day), " ");
  AppendClock(local.second, time.nanos, &text);
  if (local.offset == 0) return absl::StrCat(text, " UTC");
  absl::StrAppend(&text, local.offset < 0 ? " -" : " +");
  AppendClock(std::abs(local.offset), 0, &text);
  return text;
}

}  // namespace assay
