// What the engine says of values that cannot be had, in Chinese. Entry point: FaultInChinese. A pure function.
#ifndef ASSAY_EVALUATE_FAULT_WORDS_H_
#define ASSAY_EVALUATE_FAULT_WORDS_H_

#include "absl/strings/string_view.h"

namespace assay {

// The Chinese of a detail as CellError has it, or a reason why a row cannot be decoded; the detail itself where there
// is none, as of one that names a table or a key.
absl::string_view FaultInChinese(absl::string_view detail);

}  // namespace assay

#endif  // ASSAY_EVALUATE_FAULT_WORDS_H_
