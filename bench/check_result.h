// What a check of an order found, in the form that all contenders of the review benchmark give it.
#ifndef ASSAY_BENCH_CHECK_RESULT_H_
#define ASSAY_BENCH_CHECK_RESULT_H_

#include <cstdint>
#include <tuple>
#include <vector>

namespace assay {

// Checks are numbered in the order of order_checks.yaml.
struct CheckResult {
  int32_t order;        // place in the batch, from 0
  int32_t line;         // place in the order, from 0; -1 for checks of the order
  int16_t check;        // from 0
  bool is_unevaluable;  // a value it needs cannot be had

  auto AsTuple() const { return std::tie(order, line, check, is_unevaluable); }
  bool operator==(const CheckResult& other) const { return AsTuple() == other.AsTuple(); }
  bool operator<(const CheckResult& other) const { return AsTuple() < other.AsTuple(); }
};

using CheckResults = std::vector<CheckResult>;

inline constexpr int kLineChecks = 11;
inline constexpr int kChecks = 16;

}  // namespace assay

#endif  // ASSAY_BENCH_CHECK_RESULT_H_
