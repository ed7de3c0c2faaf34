// Reads TZif: a block of 32-bit times, which is skipped, one of 64-bit times, and a TZ string for what comes after.
// Entry points: ZoneHistory::Read, SpanAt. Sizes are checked before anything is looked at; numbers stay big-endian
// where they lie, so that reading a zone copies and allocates nothing.
#include "calendar/zone_history.h"

#include <algorithm>
#include <optional>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "base/bytes.h"
#include "base/status_macros.h"

namespace assay {
namespace {

constexpr size_t kHeaderSize = 44;
constexpr size_t kTypeSize = 6;

absl::Status Malformed(absl::string_view what) {
  return absl::DataLossError(absl::StrCat("not a zone file (build the library again): ", what));
}

// Eight or four bytes at `at`, the most significant first.
uint64_t BigEndian64(absl::string_view bytes, size_t at) { return __builtin_bswap64(LoadEight(bytes.data() + at)); }
uint32_t BigEndian32(absl::string_view bytes, size_t at) {
  return __builtin_bswap32(static_cast<uint32_t>(LoadWord(bytes.data() + at, 4)));
}

// How many of each thing a block has.
struct Counts {
  uint64_t utc_marks, standard_marks, leap_seconds, changes, types, name_bytes;

  uint64_t BytesOf(uint64_t time_size) const {
    return changes * (time_size + 1) + types * kTypeSize + name_bytes + leap_seconds * (time_size + 4) +
           standard_marks + utc_marks;
  }
};

// Takes a header off the front of *rest.
bool TakeHeader(absl::string_view* rest, Counts* counts) {
  if (rest->size() < kHeaderSize || !absl::StartsWith(*rest, "TZif") || (*rest)[4] < '2') return false;
  const auto count = [&](size_t index) { return uint64_t{BigEndian32(*rest, 20 + 4 * index)}; };
  *counts = {count(0), count(1), count(2), count(3), count(4), count(5)};
  rest->remove_prefix(kHeaderSize);
  return true;
}

absl::string_view Take(absl::string_view* rest, size_t size) {
  const absl::string_view taken = rest->substr(0, size);
  rest->remove_prefix(size);
  return taken;
}

}  // namespace

int64_t ZoneHistory::change(size_t index) const { return static_cast<int64_t>(BigEndian64(changes_, 8 * index)); }

int32_t ZoneHistory::OffsetOfType(size_t type) const {
  return static_cast<int32_t>(BigEndian32(types_, kTypeSize * type));
}

absl::Status ZoneHistory::ReadBlock(absl::string_view* rest) {
  Counts counts;
  if (!TakeHeader(rest, &counts)) return Malformed("the second header is missing");
  if (counts.leap_seconds != 0) return Malformed("it counts leap seconds");
  if (counts.types == 0) return Malformed("it has no offset");
  if (counts.BytesOf(8) > rest->size()) return Malformed("its times are cut off");
  change_count_ = counts.changes;
  type_count_ = counts.types;
  changes_ = Take(rest, change_count_ * 8);
  types_of_changes_ = Take(rest, change_count_);
  types_ = Take(rest, type_count_ * kTypeSize);
  Take(rest, counts.name_bytes + counts.standard_marks + counts.utc_marks);
  for (size_t i = 1; i < change_count_; ++i) {
    if (change(i - 1) >= change(i)) return Malformed("its changes do not ascend");
  }
  for (const char type : types_of_changes_) {
    if (static_cast<unsigned char>(type) >= type_count_) return Malformed("a change leads to no offset");
  }
  for (size_t type = 0; type < type_count_; ++type) {
    const int32_t offset = OffsetOfType(type);
    if (offset > kMaxZoneOffset || offset < -kMaxZoneOffset) return Malformed("an offset is beyond 26 hours");
  }
  return absl::OkStatus();
}

absl::StatusOr<ZoneHistory> ZoneHistory::Read(absl::string_view file) {
  ZoneHistory history(0);
  Counts first;
  if (!TakeHeader(&file, &first) || first.BytesOf(4) > file.size()) return Malformed("the first block is missing");
  Take(&file, first.BytesOf(4));
  RETURN_IF_ERROR(history.ReadBlock(&file));
  if (!absl::ConsumePrefix(&file, "\n") || !absl::ConsumeSuffix(&file, "\n")) return Malformed("its end is missing");
  if (file.empty()) {
    const size_t changes = history.change_count_;
    history.afterwards_ = ZoneRule(changes == 0 ? history.OffsetOfType(0) : history.OffsetAfter(changes - 1));
    return history;
  }
  const std::optional<ZoneRule> rule = ZoneRule::Parse(file);
  if (!rule) return Malformed(absl::StrCat("its rule is malformed: '", file, "'"));
  history.afterwards_ = *rule;
  return history;
}

OffsetSpan ZoneHistory::SpanAt(int64_t seconds) const {
  size_t after = change_count_;  // the first change after `seconds`
  if (after > 0 && seconds < change(after - 1)) {
    for (size_t low = 0; low < after;) {
      const size_t middle = low + (after - low) / 2;
      if (change(middle) > seconds) {
        after = middle;
      } else {
        low = middle + 1;
      }
    }
  }
  OffsetSpan span;
  if (after == change_count_) {
    span = afterwards_.SpanAt(seconds);
  } else {
    span.until = change(after);
    span.offset = after == 0 ? OffsetOfType(0) : OffsetAfter(after - 1);
  }
  if (after > 0) span.from = std::max(span.from, change(after - 1));
  return span;
}

}  // namespace assay
