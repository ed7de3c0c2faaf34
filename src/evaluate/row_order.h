// The rows of an evaluation under their ids, in the order in which results give them. Entry point: OrderRows. In which
// order they came leaves no trace.
#ifndef ASSAY_EVALUATE_ROW_ORDER_H_
#define ASSAY_EVALUATE_ROW_ORDER_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "evaluate/run_context.h"

namespace assay {

struct OrderedRow {
  absl::string_view bytes;
  std::string id;             // "" where it cannot be had
  bool is_ambiguous = false;  // another row with other content has this id
};

struct RowOrder {
  std::vector<OrderedRow> rows;  // ascending by id, numbers as numbers; those without one first, by their bytes
  int64_t repeated = 0;          // left out: given before with the same content
};

// The bytes are borrowed.
absl::StatusOr<RowOrder> OrderRows(const RunContext& context, absl::Span<const absl::string_view> rows, int threads);

}  // namespace assay

#endif  // ASSAY_EVALUATE_ROW_ORDER_H_
