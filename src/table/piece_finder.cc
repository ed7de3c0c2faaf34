// Bisection over the cuts, and a hash of single texts. Entry points: PieceFinder::PieceFinder, Find.
#include "table/piece_finder.h"

#include <algorithm>
#include <limits>

#include "base/hash.h"
#include "base/timestamp.h"

namespace assay {
namespace {

constexpr int64_t kMin = std::numeric_limits<int64_t>::min();
constexpr int64_t kMax = std::numeric_limits<int64_t>::max();

// How many of the ascending cuts are at or before the value, without a branch that could be foretold wrong.
template <typename Cut>
int32_t CountUpTo(const Cut* cuts, size_t size, Cut value) {
  const Cut* at = cuts;
  while (size > 1) {
    const size_t half = size / 2;
    at += at[half - 1] <= value ? half : 0;
    size -= half;
  }
  return static_cast<int32_t>(at - cuts) + (size == 1 && *at <= value ? 1 : 0);
}

// A value as the number of its place, narrowed to 64 bits where those keep its order.
int128 NumberOf(uint8_t value) { return value; }
int128 NumberOf(int32_t value) { return value; }
int128 NumberOf(int64_t value) { return value; }
int128 NumberOf(uint64_t value) { return static_cast<int128>(value); }
int128 NumberOf(double value) { return RankOfDouble(value); }
int128 NumberOf(int128 value) { return value; }
template <typename Time>
int128 NumberOf(const Time& time) {
  return static_cast<int128>(time.seconds) * kNanosPerSecond + time.nanos;
}

int64_t Narrow(int128 number) { return number < kMin ? kMin : number > kMax ? kMax : static_cast<int64_t>(number); }

}  // namespace

PieceFinder::PieceFinder(const CellColumn* column) : column_(column) {
  if (!column->domain().has_value()) return;
  if (!column->domain()->is_text()) {
    for (int128 cut : column->numbers().subspan(1)) {
      // Beyond the largest narrow number values would no longer be told apart.
      is_narrow_ = is_narrow_ && cut > kMin && cut <= kMax;
      if (is_narrow_) numbers_.push_back(static_cast<int64_t>(cut));
    }
    return;
  }
  std::vector<int32_t> points;
  std::vector<int32_t> gaps_before = {0};  // pieces before this one that are no single text
  for (int32_t piece = 0; piece < column->piece_count(); ++piece) {
    if (column->IsPoint(piece)) points.push_back(piece);
    gaps_before.push_back(piece + 1 - static_cast<int32_t>(points.size()));
  }
  // What lies between single texts is all alike only if every set holds all of it or nothing.
  for (int32_t set = 0; set < column->set_count(); ++set) {
    int32_t gaps = 0;
    for (const PieceRange& range : column->Pieces(set)) gaps += gaps_before[range.end] - gaps_before[range.begin];
    has_texts_only_ = has_texts_only_ && (gaps == 0 || gaps == gaps_before.back());
  }
  size_t size = 4;
  while (size < points.size() * 2) size *= 2;
  slots_.assign(size, kNoPiece);
  for (int32_t piece : points) {
    size_t slot = HashBytes(column->texts()[static_cast<size_t>(piece)]) & (size - 1);
    while (slots_[slot] != kNoPiece) slot = (slot + 1) & (size - 1);
    slots_[slot] = piece;
  }
}

int32_t PieceFinder::PieceOfNumber(int64_t number) const { return CountUpTo(numbers_.data(), numbers_.size(), number); }

int32_t PieceFinder::PieceOfNumber(int128 number) const {
  const absl::Span<const int128> cuts = column_->numbers();
  return CountUpTo(cuts.data() + 1, cuts.size() - 1, number);
}

int32_t PieceFinder::PieceOfText(absl::string_view text) const {
  const absl::Span<const std::string> texts = column_->texts();
  for (size_t slot = HashBytes(text) & (slots_.size() - 1);; slot = (slot + 1) & (slots_.size() - 1)) {
    const int32_t piece = slots_[slot];
    if (piece == kNoPiece) break;
    if (texts[static_cast<size_t>(piece)] == text) return piece;
  }
  if (has_texts_only_) return static_cast<int32_t>(texts.size()) - 1;
  const auto behind = std::upper_bound(texts.begin(), texts.end(), text,
                                       [](absl::string_view value, const std::string& cut) { return value < cut; });
  return static_cast<int32_t>(behind - texts.begin()) - 1;
}

template <typename T>
void PieceFinder::FindAll(const Vector& values, const VectorRows& rows, size_t stride, int32_t* out) const {
  const T* data = static_cast<const T*>(values.data);
  for (size_t i = 0; i < rows.count; ++i) {
    const size_t row = rows.is_constant ? 0 : rows.first + i;
    int32_t* piece = out + i * stride;
    if (values.error(row) != 0) {
      *piece = kNoPiece;
    } else if constexpr (std::is_same_v<T, absl::string_view>) {
      *piece = PieceOfText(data[row]);
    } else {
      const int128 number = NumberOf(data[row]);
      *piece = is_narrow_ ? PieceOfNumber(Narrow(number)) : PieceOfNumber(number);
    }
  }
}

void PieceFinder::Find(const Vector& values, const VectorRows& rows, size_t stride, int32_t* out) const {
  switch (values.type) {
    case Physical::kBool:
      return FindAll<uint8_t>(values, rows, stride, out);
    case Physical::kUint64:
      return FindAll<uint64_t>(values, rows, stride, out);
    case Physical::kDouble:
      return FindAll<double>(values, rows, stride, out);
    case Physical::kString:
      return FindAll<absl::string_view>(values, rows, stride, out);
    case Physical::kDecimal128:
      return FindAll<int128>(values, rows, stride, out);
    case Physical::kDate:
    case Physical::kRow:
      return FindAll<int32_t>(values, rows, stride, out);
    case Physical::kTimestamp:
      return FindAll<Timestamp>(values, rows, stride, out);
    case Physical::kDuration:
      return FindAll<Duration>(values, rows, stride, out);
    default:
      return FindAll<int64_t>(values, rows, stride, out);
  }
}

}  // namespace assay
