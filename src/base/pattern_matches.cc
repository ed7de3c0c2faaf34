// Walks a text from match to match. Entry points: EachMatch, ReplaceMatches.
#include "base/pattern_matches.h"

#include <vector>

#include "absl/container/inlined_vector.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "base/utf8.h"

namespace assay {
namespace {

// A piece of a replacement: text, or a group's number.
struct Piece {
  std::string text;
  int group = -1;
};

std::optional<std::vector<Piece>> PiecesOf(absl::string_view replacement, int groups) {
  std::vector<Piece> pieces;
  for (size_t i = 0; i < replacement.size(); ++i) {
    const bool is_escape = replacement[i] == '\\';
    if (is_escape && ++i == replacement.size()) return std::nullopt;
    const char c = replacement[i];
    if (is_escape && absl::ascii_isdigit(static_cast<unsigned char>(c))) {
      if (c - '0' > groups) return std::nullopt;
      pieces.push_back({"", c - '0'});
      continue;
    }
    if (is_escape && c != '\\') return std::nullopt;
    if (pieces.empty() || pieces.back().group >= 0) pieces.emplace_back();
    pieces.back().text += c;
  }
  return pieces;
}

}  // namespace

void EachMatch(absl::string_view text, const RE2& pattern,
               absl::FunctionRef<bool(absl::Span<const absl::string_view>)> visit) {
  const auto count = static_cast<size_t>(pattern.NumberOfCapturingGroups()) + 1;
  absl::InlinedVector<re2::StringPiece, 10> found(count);
  absl::InlinedVector<absl::string_view, 10> groups(count);
  const re2::StringPiece whole(text.data(), text.size());
  size_t at = 0;
  size_t last_end = absl::string_view::npos;
  while (at <= text.size() &&
         pattern.Match(whole, at, text.size(), RE2::UNANCHORED, found.data(), static_cast<int>(count))) {
    const auto begin = static_cast<size_t>(found[0].data() - whole.data());
    const size_t end = begin + found[0].size();
    const bool counts = end != at || begin != last_end;
    if (end != at) {
      at = end;
    } else if (at < text.size()) {
      DecodeUtf8(text, &at);
    } else {
      ++at;
    }
    last_end = end;
    if (!counts) continue;
    for (size_t i = 0; i < count; ++i) groups[i] = absl::string_view(found[i].data(), found[i].size());
    if (!visit(groups)) return;
  }
}

bool HasOneResult(const RE2& pattern) { return pattern.NumberOfCapturingGroups() <= 1; }

std::optional<absl::string_view> ExtractedGroup(absl::Span<const absl::string_view> groups) {
  if (groups.size() == 1) return groups[0];
  return groups[1].empty() ? std::nullopt : std::optional<absl::string_view>(groups[1]);
}

bool IsReplacement(absl::string_view replacement, const RE2& pattern) {
  return PiecesOf(replacement, pattern.NumberOfCapturingGroups()).has_value();
}

std::optional<std::string> ReplaceMatches(absl::string_view text, const RE2& pattern, absl::string_view replacement,
                                          int64_t count) {
  const std::optional<std::vector<Piece>> pieces = PiecesOf(replacement, pattern.NumberOfCapturingGroups());
  if (!pieces.has_value()) return std::nullopt;
  std::string replaced;
  size_t copied = 0;
  if (count != 0) {
    EachMatch(text, pattern, [&](absl::Span<const absl::string_view> groups) {
      const auto begin = static_cast<size_t>(groups[0].data() - text.data());
      absl::StrAppend(&replaced, text.substr(copied, begin - copied));
      for (const Piece& piece : *pieces) absl::StrAppend(&replaced, piece.group < 0 ? piece.text : groups[piece.group]);
      copied = begin + groups[0].size();
      return --count != 0;
    });
  }
  absl::StrAppend(&replaced, text.substr(copied));
  return replaced;
}

}  // namespace assay
