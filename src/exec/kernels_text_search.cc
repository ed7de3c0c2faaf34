// Searches in strings: contains, startsWith, endsWith, matches. Entry point: SelectTextSearch. A pattern written out in
// the rulebook was compiled when it loaded; others are compiled once per distinct text.
#include <memory>
#include <string>

#include "absl/strings/match.h"
#include "exec/row_loop.h"
#include "exec/row_patterns.h"
#include "exec/text_equality.h"
#include "exec/text_kernels.h"

namespace assay {
namespace {

constexpr Fault kNoPattern = {ErrorKind::kInvalidArgument, "is not a regular expression"};

using Test = bool (*)(absl::string_view, absl::string_view);

template <Test kTest>
void TestText(Frame* frame, const Node& node) {
  const Arg<absl::string_view> text = ArgOf<absl::string_view>(*frame, node, 0);
  const Arg<absl::string_view> part = ArgOf<absl::string_view>(*frame, node, 1);
  EachRow<uint8_t>(frame, node, [&](size_t row) { return static_cast<uint8_t>(kTest(text[row], part[row])); });
}

void StartsWithText(Frame* frame, const Node& node) {
  const Arg<absl::string_view> text = ArgOf<absl::string_view>(*frame, node, 0);
  const Arg<absl::string_view> part = ArgOf<absl::string_view>(*frame, node, 1);
  if (!part.constant()) return TestText<absl::StartsWith>(frame, node);
  const TextEquality equality(part[0]);
  EachRow<uint8_t>(frame, node, [&](size_t row) { return static_cast<uint8_t>(equality.HoldsForPrefix(text[row])); });
}

re2::StringPiece PieceOf(absl::string_view text) { return re2::StringPiece(text.data(), text.size()); }

const Fault* Match(absl::string_view text, const RE2* pattern, uint8_t* matches) {
  if (pattern == nullptr) return &kNoPattern;
  *matches = RE2::PartialMatch(PieceOf(text), *pattern);
  return nullptr;
}

void Matches(Frame* frame, const Node& node) {
  const Arg<absl::string_view> text = ArgOf<absl::string_view>(*frame, node, 0);
  RowPatterns patterns(frame, node, 1);
  TryEachRow<uint8_t>(frame, node, [&](size_t row, uint8_t* out) { return Match(text[row], patterns.At(row), out); });
}

}  // namespace

Kernel SelectTextSearch(Op op) {
  switch (op) {
    case Op::kContains:
      return TestText<absl::StrContains>;
    case Op::kStartsWith:
      return StartsWithText;
    case Op::kEndsWith:
      return TestText<absl::EndsWith>;
    case Op::kMatches:
      return Matches;
    default:
      return nullptr;
  }
}

}  // namespace assay
