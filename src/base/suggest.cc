// Edit distance within a bound (optimal string alignment over code points). Entry point: Nearest.
// Candidates whose length or letters alone put them out of reach are never compared.
#include "base/suggest.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <tuple>
#include <vector>

#include "absl/strings/ascii.h"
#include "base/utf8.h"

namespace assay {
namespace {

constexpr int kMaxEdits = 3;
constexpr size_t kMaxNameLength = 200;  // a longer name is no typing error; keeps the work small

using CodePoints = std::vector<char32_t>;

CodePoints Decode(absl::string_view text) {
  CodePoints points;
  points.reserve(text.size());
  for (size_t offset = 0; offset < text.size();) points.push_back(DecodeUtf8(text, &offset));
  return points;
}

CodePoints ToLower(CodePoints points) {
  for (char32_t& point : points) {
    if (point >= 'A' && point <= 'Z') point += 'a' - 'A';
  }
  return points;
}

// Edits between the two, or kMaxEdits + 1 if there are more.
int Distance(const CodePoints& a, const CodePoints& b) {
  const size_t longer = std::max(a.size(), b.size()), shorter = std::min(a.size(), b.size());
  if (longer - shorter > kMaxEdits) return kMaxEdits + 1;
  std::array<std::vector<int>, 3> rows;  // the rows i - 2, i - 1 and i of the table, by i modulo 3
  for (auto& row : rows) row.resize(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) rows[0][j] = static_cast<int>(j);
  for (size_t i = 1; i <= a.size(); ++i) {
    std::vector<int>& row = rows[i % 3];
    const std::vector<int>& above = rows[(i + 2) % 3];
    row[0] = static_cast<int>(i);
    for (size_t j = 1; j <= b.size(); ++j) {
      const int replaced = above[j - 1] + (a[i - 1] != b[j - 1]);
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, replaced});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], rows[(i + 1) % 3][j - 2] + 1);
    }
  }
  return std::min(rows[a.size() % 3][b.size()], kMaxEdits + 1);
}

// No fewer edits lead from one to the other: each gives at most one letter of the longer its match in the other, in
// whatever order. 0 where a text is beyond ASCII, whose bytes are not its code points.
size_t LeastEdits(absl::string_view a, absl::string_view b) {
  if (!IsAscii(a) || !IsAscii(b)) return 0;
  const size_t longer = std::max(a.size(), b.size()), shorter = std::min(a.size(), b.size());
  if (longer - shorter > kMaxEdits) return longer - shorter;
  std::array<uint16_t, 128> unmatched = {};
  for (char c : a) ++unmatched[static_cast<size_t>(absl::ascii_tolower(c))];
  size_t matched = 0;
  for (char c : b) {
    uint16_t& left = unmatched[static_cast<size_t>(absl::ascii_tolower(c))];
    if (left == 0) continue;
    --left;
    ++matched;
  }
  return longer - matched;
}

// How many places differ in case or letter; orders candidates that are equally near.
size_t Differences(const CodePoints& a, const CodePoints& b) {
  size_t count = std::max(a.size(), b.size()) - std::min(a.size(), b.size());
  for (size_t i = 0; i < std::min(a.size(), b.size()); ++i) count += a[i] != b[i];
  return count;
}

}  // namespace

std::string Nearest(absl::string_view name, absl::Span<const absl::string_view> candidates) {
  const CodePoints points = Decode(name), lower = ToLower(points);
  if (points.empty() || points.size() > kMaxNameLength) return "";
  const int allowed = std::clamp(static_cast<int>(points.size()) / 3, 1, kMaxEdits);
  struct Found {
    int distance;
    size_t differences;
    absl::string_view name;
    bool operator<(const Found& other) const {
      return std::tie(distance, differences, name) < std::tie(other.distance, other.differences, other.name);
    }
  };
  std::vector<Found> found;
  for (absl::string_view candidate : candidates) {
    if (candidate == name || candidate.size() > 4 * (kMaxNameLength + kMaxEdits)) continue;
    if (LeastEdits(name, candidate) > static_cast<size_t>(allowed)) continue;
    const CodePoints other = Decode(candidate);
    const int distance = Distance(lower, ToLower(other));
    if (distance > allowed || distance >= static_cast<int>(points.size())) continue;
    found.push_back({distance, Differences(points, other), candidate});
  }
  return found.empty() ? "" : std::string(std::min_element(found.begin(), found.end())->name);
}

}  // namespace assay
