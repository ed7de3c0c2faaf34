// CEL's regex library over rows: replace, extract, and the rows of extractAll. Entry points: SelectRegex,
// ExtractedRows.
#include "base/pattern_matches.h"
#include "exec/kernels.h"
#include "exec/new_rows.h"
#include "exec/row_loop.h"
#include "exec/row_patterns.h"

namespace assay {
namespace {

constexpr Fault kNoPattern = {ErrorKind::kInvalidArgument, "is not a regular expression"};
constexpr Fault kGroups = {ErrorKind::kInvalidArgument, kTooManyGroups};
constexpr Fault kReplacement = {ErrorKind::kInvalidArgument, kBadReplacement};

// Why nothing can be extracted with the pattern; nullptr if it can.
const Fault* ExtractFault(const RE2* pattern) {
  if (pattern == nullptr) return &kNoPattern;
  return HasOneResult(*pattern) ? nullptr : &kGroups;
}

std::optional<absl::string_view> FirstOf(absl::string_view text, const RE2& pattern) {
  std::optional<absl::string_view> found;
  EachMatch(text, pattern, [&](absl::Span<const absl::string_view> groups) {
    found = ExtractedGroup(groups);
    return false;
  });
  return found;
}

void Replace(Frame* frame, const Node& node) {
  const Arg<absl::string_view> text = ArgOf<absl::string_view>(*frame, node, 0);
  const Arg<absl::string_view> replacement = ArgOf<absl::string_view>(*frame, node, 2);
  const bool is_counted = node.arg_count == 4;
  const Arg<int64_t> count = is_counted ? ArgOf<int64_t>(*frame, node, 3) : Arg<int64_t>{};
  RowPatterns patterns(frame, node, 1);
  TryEachRow<absl::string_view>(frame, node, [&](size_t row, absl::string_view* out) -> const Fault* {
    const RE2* pattern = patterns.At(row);
    if (pattern == nullptr) return &kNoPattern;
    const std::optional<std::string> replaced =
        ReplaceMatches(text[row], *pattern, replacement[row], is_counted ? count[row] : -1);
    if (!replaced.has_value()) return &kReplacement;
    if (frame->TakeText(replaced->size())) *out = frame->arena->CopyString(*replaced);
    return nullptr;
  });
}

// `read` gives the value of what is found, if anything is.
template <typename T, typename Read>
void ExtractInto(Frame* frame, const Node& node, const Read& read) {
  const Arg<absl::string_view> text = ArgOf<absl::string_view>(*frame, node, 0);
  RowPatterns patterns(frame, node, 1);
  TryEachRow<T>(frame, node, [&](size_t row, T* out) {
    const RE2* pattern = patterns.At(row);
    const Fault* fault = ExtractFault(pattern);
    if (fault == nullptr) *out = read(FirstOf(text[row], *pattern));
    return fault;
  });
}

void HasExtract(Frame* frame, const Node& node) {
  ExtractInto<uint8_t>(frame, node, [](const std::optional<absl::string_view>& found) {
    return static_cast<uint8_t>(found.has_value());
  });
}

void Extract(Frame* frame, const Node& node) {
  ExtractInto<absl::string_view>(frame, node,
                                 [](const std::optional<absl::string_view>& found) { return found.value_or(""); });
}

}  // namespace

void ExtractedRows(Frame* frame, const Node& node) {
  const Level& level = frame->program->levels[node.index];
  const Arg<absl::string_view> text = ArgOf<absl::string_view>(*frame, node, 0);
  const Arg<absl::string_view> pattern_text = ArgOf<absl::string_view>(*frame, node, 1);
  const int32_t parents = frame->Size(level.parent);
  RowPatterns patterns(frame, node, 1);
  std::vector<absl::string_view> parts;
  std::vector<int32_t> begin;
  for (int32_t p = 0; p < parents; ++p) {
    begin.push_back(static_cast<int32_t>(parts.size()));
    if (text.error(p) != 0 || pattern_text.error(p) != 0) continue;
    const RE2* pattern = patterns.At(p);
    if (ExtractFault(pattern) != nullptr) continue;
    EachMatch(text[p], *pattern, [&](absl::Span<const absl::string_view> groups) {
      const std::optional<absl::string_view> found = ExtractedGroup(groups);
      if (found.has_value()) parts.push_back(*found);
      return frame->TakeRows(1);
    });
    if (frame->is_over_budget) return;
  }
  begin.push_back(static_cast<int32_t>(parts.size()));
  StoreParts(frame, node, parts, begin);
}

Kernel SelectRegex(const Program& /*program*/, const Node& node) {
  if (node.kind != NodeKind::kCall) return nullptr;
  if (node.op == Op::kRegexReplace) return Replace;
  if (node.op != Op::kRegexExtract) return nullptr;
  return node.type == Physical::kBool ? HasExtract : Extract;
}

}  // namespace assay
