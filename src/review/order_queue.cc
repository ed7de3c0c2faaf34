// Entry points: those of order_queue.h.
#include "review/order_queue.h"

#include <algorithm>
#include <tuple>

namespace assay {
namespace {

// Orders that amend firm ones come first, in a class of their own; the others below 0, 0, above 0 by the first `keys`
// keys; missing ones come last.
int CompareFirst(size_t keys, const OrderState& a, const OrderState& b) {
  if (a.amends != b.amends) return a.amends ? -1 : 1;
  for (size_t i = 0; i < std::min({keys, a.priority.size(), b.priority.size()}); ++i) {
    if (const int order = CompareKeysMissingLast(a.priority[i], b.priority[i]); order != 0) return order;
  }
  const size_t left = std::min(keys, a.priority.size());
  const size_t right = std::min(keys, b.priority.size());
  return left == right ? 0 : left > right ? -1 : 1;
}

bool IsBefore(const OrderState& a, const OrderState& b) {
  if (const int order = CompareFirst(SIZE_MAX, a, b); order != 0) return order < 0;
  return std::tie(a.id, a.digest) < std::tie(b.id, b.digest);
}

}  // namespace

OrderState HeadOf(const OrderState& state) {
  OrderState head;
  head.id = state.id;
  head.revision = state.revision;
  head.digest = state.digest;
  head.priority = state.priority;
  head.rising = state.rising;
  head.firm_outcome = state.firm_outcome;
  head.firm_reason = state.firm_reason;
  return head;
}

std::vector<size_t> QueueOf(const std::vector<OrderState>& states) {
  std::vector<size_t> queue(states.size());
  for (size_t i = 0; i < queue.size(); ++i) queue[i] = i;
  std::sort(queue.begin(), queue.end(), [&](size_t a, size_t b) { return IsBefore(states[a], states[b]); });
  return queue;
}

std::vector<absl::Span<const size_t>> ClassesOf(absl::Span<const size_t> queue, const std::vector<OrderState>& states,
                                                size_t keys) {
  std::vector<absl::Span<const size_t>> classes;
  for (size_t begin = 0, end = 0; begin < queue.size(); begin = end) {
    while (end < queue.size() && CompareFirst(keys, states[queue[begin]], states[queue[end]]) == 0) ++end;
    classes.push_back(queue.subspan(begin, end - begin));
  }
  return classes;
}

}  // namespace assay
