// Orders for benchmarks: seeded, of eight lines, about 500 bytes each.
// Entry point: SampleOrders. The same count gives the same orders.
#ifndef ASSAY_BENCH_SAMPLE_ORDERS_H_
#define ASSAY_BENCH_SAMPLE_ORDERS_H_

#include <string>
#include <vector>

#include "assay/v1/order.pb.h"

namespace assay {

std::vector<v1::Order> SampleOrders(int count);

}  // namespace assay

#endif  // ASSAY_BENCH_SAMPLE_ORDERS_H_
