// What regular expressions find in texts and put in their place: CEL's regex library over compiled patterns.
// Entry points: EachMatch, ExtractedGroup, ReplaceMatches. Safe from any thread; nothing here compiles a pattern.
#ifndef ASSAY_BASE_PATTERN_MATCHES_H_
#define ASSAY_BASE_PATTERN_MATCHES_H_

#include <optional>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "re2/re2.h"

namespace assay {

// Calls visit(groups) for each match from the left until it says false; group 0 is the whole. Matches do not overlap,
// and an empty one right behind another does not count.
void EachMatch(absl::string_view text, const RE2& pattern,
               absl::FunctionRef<bool(absl::Span<const absl::string_view>)> visit);

// extract and extractAll take the pattern's one group, or the whole match of a pattern without groups.
inline constexpr absl::string_view kTooManyGroups = "the regular expression has more than one group to extract";
bool HasOneResult(const RE2& pattern);

// What a match gives; nothing where its group is empty. Requires HasOneResult.
std::optional<absl::string_view> ExtractedGroup(absl::Span<const absl::string_view> groups);

// In a replacement \0 to \9 stand for groups and \\ for a backslash; one with another escape, or the number of a group
// that the pattern does not have, is none.
inline constexpr absl::string_view kBadReplacement =
    "in a replacement a backslash stands before a group's digit or another backslash";
bool IsReplacement(absl::string_view replacement, const RE2& pattern);

// The text with the first `count` matches replaced, all with a negative count; nullopt unless IsReplacement.
std::optional<std::string> ReplaceMatches(absl::string_view text, const RE2& pattern, absl::string_view replacement,
                                          int64_t count);

}  // namespace assay

#endif  // ASSAY_BASE_PATTERN_MATCHES_H_
