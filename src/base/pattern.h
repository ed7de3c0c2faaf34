// Regular expressions, compiled within bounds: the one place that makes a pattern of a text.
// Entry point: CompilePattern. Safe from any thread.
#ifndef ASSAY_BASE_PATTERN_H_
#define ASSAY_BASE_PATTERN_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/strings/string_view.h"
#include "re2/re2.h"

namespace assay {

// nullptr, and one line of why, for a text that is no pattern, has more than `max_size` bytes, or whose program has
// more than `max_size` instructions. Bounded in time and memory whatever the text: RE2 stops making a program at
// kPatternMemory, and what it reads before is bounded by the bytes.
inline constexpr int64_t kPatternMemory = int64_t{8} << 20;
std::unique_ptr<const RE2> CompilePattern(absl::string_view text, int32_t max_size, std::string* why);

// What that took, in values computed: `pattern` is what came of the text.
int64_t PatternCost(absl::string_view text, const RE2* pattern);

}  // namespace assay

#endif  // ASSAY_BASE_PATTERN_H_
