// The largest-remainder method on 128-bit coefficients. Entry points: SplitByLargestRemainder, FairShares. Products of
// two 38-digit numbers are never formed where they would not fit.
#include "ledger/shares.h"

#include <algorithm>
#include <numeric>

#include "absl/status/status.h"
#include "base/decimal.h"
#include "base/status_macros.h"

namespace assay {
namespace {

struct Share {
  uint128 quotient = 0;
  uint128 remainder = 0;
};

// total * weight / sum, for weight <= sum < 2^127, sum > 0. Where the product does not fit it is fed in bit by bit, so
// that quotient * sum + remainder is always the part of the product seen so far.
Share ShareOf(uint128 total, uint128 weight, uint128 sum) {
  uint128 product = 0;
  if (CheckedMul(total, weight, &product)) return {product / sum, product % sum};
  Share share;
  const auto add = [&](uint128 value) {
    share.remainder += value;
    if (share.remainder < sum) return;
    share.remainder -= sum;
    ++share.quotient;
  };
  for (int bit = 127; bit >= 0; --bit) {
    share.quotient *= 2;
    add(share.remainder);
    if (((total >> bit) & 1) != 0) add(weight);
  }
  return share;
}

absl::StatusOr<int128> SumOf(absl::Span<const int128> values) {
  int128 sum = 0;
  for (const int128 value : values) {
    if (value < 0) return absl::InvalidArgumentError("shares need weights of 0 or more: one is negative");
    if (!FitsDecimal(value) || !CheckedAdd(sum, value, &sum) || !FitsDecimal(sum)) {
      return absl::InvalidArgumentError("shares need weights that add up to at most 38 digits");
    }
  }
  return sum;
}

}  // namespace

absl::StatusOr<std::vector<int128>> SplitByLargestRemainder(int128 total, absl::Span<const int128> weights) {
  ASSIGN_OR_RETURN(const int128 sum, SumOf(weights));
  std::vector<int128> parts(weights.size(), 0);
  if (total == 0) return parts;
  if (!FitsDecimal(total)) return absl::InvalidArgumentError("shares need a total of at most 38 digits");
  if (sum == 0) return absl::InvalidArgumentError("shares of a total other than 0 need a weight over 0");
  const int128 sign = total < 0 ? -1 : 1;
  std::vector<uint128> remainders(weights.size());
  int128 missing = total * sign;
  for (size_t i = 0; i < weights.size(); ++i) {
    const Share share = ShareOf(Magnitude(total), static_cast<uint128>(weights[i]), static_cast<uint128>(sum));
    parts[i] = static_cast<int128>(share.quotient) * sign;
    remainders[i] = share.remainder;
    missing -= static_cast<int128>(share.quotient);
  }
  std::vector<size_t> order(weights.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) { return remainders[a] > remainders[b]; });
  for (size_t i = 0; i < static_cast<size_t>(missing); ++i) parts[order[i]] += sign;
  return parts;
}

absl::StatusOr<std::vector<int128>> FairShares(absl::Span<const int128> requests, int128 available,
                                               int128 granularity) {
  if (granularity < 1) return absl::InvalidArgumentError("shares need a granularity of 1 or more");
  ASSIGN_OR_RETURN(const int128 requested, SumOf(requests));
  if (requested <= available) return std::vector<int128>(requests.begin(), requests.end());
  std::vector<int128> units(requests.size());
  std::transform(requests.begin(), requests.end(), units.begin(),
                 [&](int128 request) { return request / granularity; });
  const int128 whole = std::accumulate(units.begin(), units.end(), int128{0});
  const int128 shared = std::min(std::max(available, int128{0}) / granularity, whole);
  ASSIGN_OR_RETURN(std::vector<int128> shares, SplitByLargestRemainder(shared, units));
  for (int128& share : shares) share *= granularity;
  return shares;
}

}  // namespace assay
