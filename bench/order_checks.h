// The checks of order_checks.yaml written by hand, as a program does that has no rulebook: over parsed messages, with
// decimals as scaled integers and a hash map of prices. Entry point: OrderChecks::Check.
#ifndef ASSAY_BENCH_ORDER_CHECKS_H_
#define ASSAY_BENCH_ORDER_CHECKS_H_

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "assay/v1/order.pb.h"
#include "assay/v1/product.pb.h"
#include "bench/check_result.h"

namespace assay {

// A decimal field as a scaled integer.
struct Amount {
  enum State { kAbsent, kMalformed, kGood };

  State state = kAbsent;
  int64_t value = 0;

  bool is_good() const { return state == kGood; }
};

// A text of at most 18 digits, `scale` of them behind the point.
Amount ParseAmount(const std::string& text, int scale);

// Immutable once made, safe from any thread.
class OrderChecks {
 public:
  explicit OrderChecks(const std::vector<v1::PriceListEntry>& prices);

  // Appends what is found; `number` is the order's place in the batch.
  void Check(const v1::Order& order, int32_t number, CheckResults* results) const;

 private:
  // What lines need of their order.
  struct Days {
    int32_t first;  // 20261122
    int32_t last;
  };

  void CheckLine(const v1::OrderLine& line, const Amount& net_amount, const Days& days, CheckResult at,
                 CheckResults* results) const;
  void CheckHeader(const v1::Order& order, bool nets_are_good, int64_t net_sum, int32_t number,
                   CheckResults* results) const;

  absl::flat_hash_map<std::string, Amount> list_prices_;
};

}  // namespace assay

#endif  // ASSAY_BENCH_ORDER_CHECKS_H_
