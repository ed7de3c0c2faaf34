// Entry point: CheckLimits.
#include "base/limits.h"

#include <limits>

#include "absl/strings/str_cat.h"

namespace assay {

absl::Status CheckLimits(const Limits& limits) {
  constexpr int64_t kMost31 = std::numeric_limits<int32_t>::max() - 1;
  const struct {
    const char* name;
    int64_t value;
    int64_t most;
  } rows[] = {
      {"max_depth", limits.max_depth, Limits{}.max_depth},
      {"max_nodes", limits.max_nodes, 10'000'000},
      {"max_code_points", limits.max_code_points, 100'000'000},
      {"max_comprehension_depth", limits.max_comprehension_depth, Limits{}.max_depth},
      {"max_pattern_size", limits.max_pattern_size, 80'000},
      {"max_expression_cost", limits.max_expression_cost, std::numeric_limits<int64_t>::max() / 2},
      {"default_max_items", limits.default_max_items, kMost31},
      {"max_row_elements", limits.max_row_elements, kMost31},
      {"max_row_cost", limits.max_row_cost, kMost31},
      {"max_chunk_cost", limits.max_chunk_cost, kMost31},
  };
  for (const auto& row : rows) {
    if (row.value >= 1 && row.value <= row.most) continue;
    return absl::InvalidArgumentError(absl::StrCat("limits: ", row.name, " is 1 to ", row.most, ": ", row.value));
  }
  return absl::OkStatus();
}

}  // namespace assay
