// What the review benchmark judges: sample orders with right prices and sums, of which one in four has something wrong,
// and the price list they were made from. Entry points: ReviewOrders, ReviewPrices. The same count gives the same data.
#ifndef ASSAY_BENCH_REVIEW_ORDERS_H_
#define ASSAY_BENCH_REVIEW_ORDERS_H_

#include <string>
#include <vector>

#include "assay/v1/order.pb.h"
#include "assay/v1/product.pb.h"

namespace assay {

std::vector<v1::PriceListEntry> ReviewPrices();

std::vector<v1::Order> ReviewOrders(int count);

// Each message's wire bytes.
template <typename Message>
std::vector<std::string> WireBytes(const std::vector<Message>& messages) {
  std::vector<std::string> bytes;
  for (const Message& message : messages) bytes.push_back(message.SerializeAsString());
  return bytes;
}

}  // namespace assay

#endif  // ASSAY_BENCH_REVIEW_ORDERS_H_
