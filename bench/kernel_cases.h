// The table of kernel_bench: expressions, the loops that say the same by hand, and the bars they are held to.
// Entry point: KernelCases.
#ifndef ASSAY_BENCH_KERNEL_CASES_H_
#define ASSAY_BENCH_KERNEL_CASES_H_

#include <array>

#include "absl/types/span.h"
#include "bench/hand_loops.h"

namespace assay {

struct KernelCase {
  const char* kind;
  const char* expression;  // over `r`
  double bar;              // ns of a row, or of an item; 0 is none
  Loop by_hand;
  std::array<const char*, 3> fields;  // the loop's columns; nullptr after the last
  int per_row = 1;                    // items
};

absl::Span<const KernelCase> KernelCases();

}  // namespace assay

#endif  // ASSAY_BENCH_KERNEL_CASES_H_
