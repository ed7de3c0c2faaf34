// Why a row of a decision table did not hit: the row that came nearest, and its cells that did not hold.
// Entry point: FindNearMiss. On demand: it asks every row, from the pieces that the lookup itself used, and disables
// nothing.
#ifndef ASSAY_TABLE_NEAR_MISS_H_
#define ASSAY_TABLE_NEAR_MISS_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "table/decision_table.h"

namespace assay {

struct NearMiss {
  int32_t row = 0;
  std::vector<int32_t> columns;  // inputs whose cells do not hold, ascending
};

// The row with the fewest cells that do not hold, of equals the one that counts first; a cell whose input errs neither
// holds nor fails. `pieces` are those of TableIndex. Nothing if every row holds, or the table has none.
std::optional<NearMiss> FindNearMiss(const DecisionTable& table, const int32_t* pieces);

}  // namespace assay

#endif  // ASSAY_TABLE_NEAR_MISS_H_
