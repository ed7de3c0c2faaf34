// The results of an expression over rows as values, once their columns are computed (plan/result_columns.h).
// Entry points: ReadResults, ReadCells. Pure functions.
#ifndef ASSAY_EVALUATE_RESULT_VALUES_H_
#define ASSAY_EVALUATE_RESULT_VALUES_H_

#include <vector>

#include "exec/frame.h"
#include "interp/value.h"
#include "plan/result_columns.h"

namespace assay {

// A value, and of one that errs also where that began.
struct ResultCell {
  Value value;
  ErrorCode error = 0;
};

// One for each row of the level. A nullable that holds nothing is null.
std::vector<ResultCell> ReadCells(const Frame& frame, const ResultColumns& columns);
std::vector<Value> ReadResults(const Frame& frame, const ResultColumns& columns);

}  // namespace assay

#endif  // ASSAY_EVALUATE_RESULT_VALUES_H_
