// Entry point: CompilePattern. It matches nothing.
#include "base/pattern.h"

#include "absl/strings/str_cat.h"

namespace assay {

std::unique_ptr<const RE2> CompilePattern(absl::string_view text, int32_t max_size, std::string* why) {
  if (text.size() > static_cast<size_t>(max_size)) {
    *why = absl::StrCat("the regular expression is too long: it has more bytes than ", max_size);
    return nullptr;
  }
  RE2::Options options(RE2::Quiet);
  options.set_max_mem(kPatternMemory);
  auto pattern = std::make_unique<const RE2>(re2::StringPiece(text.data(), text.size()), options);
  const bool is_large =
      pattern->ok() ? pattern->ProgramSize() > max_size : pattern->error_code() == RE2::ErrorPatternTooLarge;
  if (pattern->ok() && !is_large) return pattern;
  *why = is_large ? absl::StrCat("the regular expression is too large: its program has more steps than ", max_size,
                                 "; repeat less, as x* for x{1000}")
                  : absl::StrCat("not a regular expression: ", pattern->error());
  return nullptr;
}

int64_t PatternCost(absl::string_view text, const RE2* pattern) {
  // A byte may stand for a class of hundreds of ranges; a program that was given up had grown to kPatternMemory.
  constexpr int64_t kOfByte = 100;
  constexpr int64_t kOfRefusal = 100'000;
  return kOfByte * static_cast<int64_t>(text.size()) + (pattern == nullptr ? kOfRefusal : pattern->ProgramSize());
}

}  // namespace assay
