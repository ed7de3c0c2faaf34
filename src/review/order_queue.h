// The order in which a run draws. Entry points: QueueOf, ClassesOf.
#ifndef ASSAY_REVIEW_ORDER_QUEUE_H_
#define ASSAY_REVIEW_ORDER_QUEUE_H_

#include <cstddef>
#include <vector>

#include "absl/types/span.h"
#include "review/order_state.h"

namespace assay {

// What queue and revisions need of an order: all that is left of a state that is not reviewed anew.
OrderState HeadOf(const OrderState& state);

// Places in `states` by priority: ascending by the rulebook's keys, missing ones last, then by id; bytes decide between
// orders of one id.
std::vector<size_t> QueueOf(const std::vector<OrderState>& states);

// The queue cut into classes: orders whose first `keys` keys are the same.
std::vector<absl::Span<const size_t>> ClassesOf(absl::Span<const size_t> queue, const std::vector<OrderState>& states,
                                                size_t keys);

}  // namespace assay

#endif  // ASSAY_REVIEW_ORDER_QUEUE_H_
