// Values of outputs as messages and as texts. Entry points: SetOutput, OutputText. Pure functions.
#ifndef ASSAY_EVALUATE_OUTPUT_VALUES_H_
#define ASSAY_EVALUATE_OUTPUT_VALUES_H_

#include <string>

#include "absl/strings/string_view.h"
#include "assay/v1/evaluation.pb.h"
#include "interp/value.h"
#include "plan/result_columns.h"

namespace assay {

// A value that `columns` gave, which does not err: enums by their short names, null and none without a kind.
void SetOutput(const Value& value, const ResultColumns& columns, v1::OutputValue* out);

// As cells of tables and expectations have it: lists and maps as JSON, `null` for what has no kind, "***" if masked.
std::string OutputText(const v1::OutputValue& value, absl::string_view null);

}  // namespace assay

#endif  // ASSAY_EVALUATE_OUTPUT_VALUES_H_
