// Domains, places and the algebra of sets of intervals. Entry points: DomainOf, PlaceOf, ValueSet. What set a test
// admits is in admitted_values.cc.
#include "table/value_set.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "absl/base/casts.h"
#include "base/timestamp.h"

namespace assay {
namespace {

constexpr int128 kSmallestRank = -(kRankOfNan - 1);  // of -infinity

int128 Nanos(int64_t seconds, int32_t nanos) { return static_cast<int128>(seconds) * kNanosPerSecond + nanos; }

Domain Numbers(TypeKind kind, int scale, int128 first, int128 last) { return {kind, scale, first, last + 1}; }

bool EndsBefore(const std::optional<Place>& end, const std::optional<Place>& other) {
  return end.has_value() && (!other.has_value() || *end < *other);
}

}  // namespace

std::optional<Domain> DomainOf(const Type& type) {
  constexpr int128 kMaxInt = std::numeric_limits<int64_t>::max();
  switch (type.kind) {
    case TypeKind::kBool:
      return Numbers(type.kind, 0, 0, 1);
    case TypeKind::kInt:
      return Numbers(type.kind, 0, -kMaxInt - 1, kMaxInt);
    case TypeKind::kUint:
      return Numbers(type.kind, 0, 0, std::numeric_limits<uint64_t>::max());
    case TypeKind::kDouble:
      return Numbers(type.kind, 0, kSmallestRank, kRankOfNan);
    case TypeKind::kString:
      return Domain{type.kind, 0, 0, 0};
    case TypeKind::kDecimal:
      return Numbers(type.kind, type.decimal.scale, 1 - Pow10(kMaxDecimalDigits), Pow10(kMaxDecimalDigits) - 1);
    case TypeKind::kDate:
      return Numbers(type.kind, 0, std::numeric_limits<int32_t>::min(), std::numeric_limits<int32_t>::max());
    case TypeKind::kTimestamp:
      return Numbers(type.kind, 0, Nanos(kMinTimestampSeconds, 0), Nanos(kMaxTimestampSeconds, kNanosPerSecond - 1));
    case TypeKind::kDuration:
      return Numbers(type.kind, 0, -kMaxInt - 1, kMaxInt);
    default:
      return std::nullopt;
  }
}

int128 RankOfDouble(double value) {
  if (std::isnan(value)) return kRankOfNan;
  const auto bits = absl::bit_cast<int64_t>(value);
  return bits >= 0 ? static_cast<int128>(bits) : -static_cast<int128>(bits & std::numeric_limits<int64_t>::max());
}

double DoubleOfRank(int128 rank) {
  if (rank >= kRankOfNan) return std::numeric_limits<double>::quiet_NaN();
  const double magnitude = absl::bit_cast<double>(static_cast<int64_t>(rank < 0 ? -rank : rank));
  return rank < 0 ? -magnitude : magnitude;
}

Place PlaceOf(const Domain& domain, const Constant& value) {
  switch (domain.kind) {
    case TypeKind::kBool:
      return {value.bool_value ? 1 : 0, ""};
    case TypeKind::kUint:
      return {static_cast<int128>(value.uint_value), ""};
    case TypeKind::kDouble:
      return {RankOfDouble(value.double_value), ""};
    case TypeKind::kString:
      return {0, value.text};
    case TypeKind::kDecimal:
      return {value.decimal.coefficient * Pow10(domain.scale - value.decimal.scale), ""};
    case TypeKind::kTimestamp:
      return {Nanos(value.timestamp.seconds, value.timestamp.nanos), ""};
    case TypeKind::kDuration:
      return {Nanos(value.duration.seconds, value.duration.nanos), ""};
    default:
      return {value.int_value, ""};
  }
}

Constant ConstantAt(const Domain& domain, const Place& place) {
  Constant constant;
  constant.kind = domain.kind;
  constant.text = place.text;
  int128 seconds = place.number / kNanosPerSecond;
  auto nanos = static_cast<int32_t>(place.number % kNanosPerSecond);
  switch (domain.kind) {
    case TypeKind::kBool:
      constant.bool_value = place.number != 0;
      break;
    case TypeKind::kUint:
      constant.uint_value = static_cast<uint64_t>(place.number);
      break;
    case TypeKind::kDouble:
      constant.double_value = DoubleOfRank(place.number);
      break;
    case TypeKind::kDecimal:
      constant.decimal = {place.number, domain.scale};
      break;
    case TypeKind::kTimestamp:
      if (nanos < 0) {
        --seconds;
        nanos += kNanosPerSecond;
      }
      constant.timestamp = {static_cast<int64_t>(seconds), nanos};
      break;
    case TypeKind::kDuration:
      constant.duration = {static_cast<int64_t>(seconds), nanos};
      break;
    default:
      constant.int_value = static_cast<int64_t>(place.number);
      break;
  }
  return constant;
}

Place Next(const Domain& domain, Place place) {
  if (domain.is_text()) {
    place.text.push_back('\0');
  } else {
    ++place.number;
  }
  return place;
}

ValueSet ValueSet::All(const Domain& domain) { return From(domain, {domain.first, ""}); }

ValueSet ValueSet::From(const Domain& domain, const Place& place) {
  ValueSet set;
  if (domain.is_text() || place.number < domain.end) set.intervals_.push_back({place, std::nullopt});
  return set;
}

ValueSet ValueSet::Before(const Domain& domain, const Place& place) { return From(domain, place).Complement(domain); }

ValueSet ValueSet::Point(const Domain& domain, const Place& place) {
  ValueSet set;
  set.intervals_.push_back({place, Next(domain, place)});
  if (!domain.is_text() && place.number + 1 == domain.end) set.intervals_.back().end.reset();
  return set;
}

ValueSet ValueSet::Union(const ValueSet& other) const {
  std::vector<Interval> all = intervals_;
  all.insert(all.end(), other.intervals_.begin(), other.intervals_.end());
  std::sort(all.begin(), all.end(), [](const Interval& a, const Interval& b) { return a.begin < b.begin; });
  ValueSet joined;
  for (Interval& next : all) {
    if (joined.intervals_.empty() || EndsBefore(joined.intervals_.back().end, next.begin)) {
      joined.intervals_.push_back(std::move(next));
    } else if (EndsBefore(joined.intervals_.back().end, next.end)) {
      joined.intervals_.back().end = std::move(next.end);
    }
  }
  return joined;
}

ValueSet ValueSet::Complement(const Domain& domain) const {
  ValueSet rest;
  std::optional<Place> begin = Place{domain.first, ""};
  for (const Interval& interval : intervals_) {
    if (*begin < interval.begin) rest.intervals_.push_back({*begin, interval.begin});
    begin = interval.end;
    if (!begin.has_value()) return rest;
  }
  rest.intervals_.push_back({*begin, std::nullopt});
  return rest;
}

ValueSet ValueSet::Intersection(const Domain& domain, const ValueSet& other) const {
  return Complement(domain).Union(other.Complement(domain)).Complement(domain);
}

bool ValueSet::Contains(const Place& place) const {
  const auto behind =
      std::upper_bound(intervals_.begin(), intervals_.end(), place,
                       [](const Place& value, const Interval& interval) { return value < interval.begin; });
  if (behind == intervals_.begin()) return false;
  const Interval& interval = *(behind - 1);
  return !interval.end.has_value() || place < *interval.end;
}

}  // namespace assay
