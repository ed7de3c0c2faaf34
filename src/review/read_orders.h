// What a session reads of its orders from their columns. Entry points: ReadOrders, HoldUnknownQuantities, HoldDueFrom.
// One thread at a time, as the chunk.
#ifndef ASSAY_REVIEW_READ_ORDERS_H_
#define ASSAY_REVIEW_READ_ORDERS_H_

#include <optional>
#include <vector>

#include "evaluate/chunk.h"
#include "review/order_state.h"

namespace assay {

// The states as a chunk takes them.
std::vector<RowState*> RowsOf(absl::Span<OrderState> states);

// What a session keeps of each order of the chunk, and Chunk::ReadRows; after `own`.
void ReadOrders(const Chunk& chunk, absl::Span<OrderState> states);

// Holds orders with a line whose quantity cannot be had, whether a rule asks for it or not.
void HoldUnknownQuantities(const Chunk& chunk, absl::Span<OrderState> states);

// Lines as they were read: neither cut nor drawn.
void RestoreLines(OrderState* state);

// Makes each cut of a line the whole of it, or as much of it as the rule says; other cuts have no quantity.
void SetCuts(OrderState* state);

// By when a hold on the order must be answered that was opened at `opened`; nothing where that cannot be had. The
// order is the only one in the chunk afterwards.
absl::StatusOr<std::optional<Timestamp>> HoldDueFrom(absl::string_view order, const Timestamp& opened, Chunk* chunk);

}  // namespace assay

#endif  // ASSAY_REVIEW_READ_ORDERS_H_
