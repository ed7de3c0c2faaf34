// Splitting an amount into parts that add up to it exactly.
// Entry points: SplitByLargestRemainder (an order's discount over its lines, domain.md 3.3), FairShares (scarce stock
// over a class of orders, 3.6). Pure functions of coefficients at any one scale; nothing is rounded away.
#ifndef ASSAY_LEDGER_SHARES_H_
#define ASSAY_LEDGER_SHARES_H_

#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "base/int128.h"

namespace assay {

// `total` pro rata to `weights` (Hamilton's method): each part is its exact share rounded towards zero, and the units
// then missing go one each to the parts with the largest remainders, the earlier first among equals. The parts have the
// sign of `total` and add up to it; with 0 <= total <= sum of weights no part exceeds its weight. A total of 0 needs no
// weight. InvalidArgument for a negative weight, for a total or a sum of weights over 38 digits, or if all weights are
// 0 while the total is not.
absl::StatusOr<std::vector<int128>> SplitByLargestRemainder(int128 total, absl::Span<const int128> weights);

// What each request of one class gets of `available` (below 0 counts as 0): all of it if there is enough for all. Else
// the whole units of `granularity` (> 0; 10^6 is one piece at scale 6) in `available` pro rata to the whole units of
// the requests, by largest remainder; no request gets more than it asked for. InvalidArgument for a negative request, a
// granularity below 1, or requests that add up to over 38 digits.
absl::StatusOr<std::vector<int128>> FairShares(absl::Span<const int128> requests, int128 available, int128 granularity);

}  // namespace assay

#endif  // ASSAY_LEDGER_SHARES_H_
