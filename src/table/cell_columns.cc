// Cuts the values of a column into pieces. Entry points: CellColumn::AddSet, Cut, PieceOf.
#include "table/cell_columns.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"

namespace assay {
namespace {

template <typename T>
void SortAndUnify(std::vector<T>* values) {
  std::sort(values->begin(), values->end());
  values->erase(std::unique(values->begin(), values->end()), values->end());
  values->shrink_to_fit();
}

// The last cut at or before a value: cut 0 is the smallest value of all.
template <typename T>
int32_t LastCut(const std::vector<T>& cuts, const T& value) {
  return static_cast<int32_t>(std::upper_bound(cuts.begin(), cuts.end(), value) - cuts.begin()) - 1;
}

}  // namespace

int32_t CellColumn::AddSet(ValueSet set) {
  sets_.push_back(std::move(set));
  return static_cast<int32_t>(sets_.size()) - 1;
}

void CellColumn::Cut() {
  if (!domain_.has_value()) return;
  auto add_cut = [&](const Place& place) {
    if (domain_->is_text()) {
      texts_.push_back(place.text);
    } else {
      numbers_.push_back(place.number);
    }
  };
  add_cut({domain_->first, ""});
  for (const ValueSet& set : sets_) {
    for (const Interval& interval : set.intervals()) {
      add_cut(interval.begin);
      if (interval.end.has_value()) add_cut(*interval.end);
    }
  }
  SortAndUnify(&numbers_);
  SortAndUnify(&texts_);
  for (const ValueSet& set : sets_) {
    for (const Interval& interval : set.intervals()) {
      const int32_t end = interval.end.has_value() ? PieceOf(*interval.end) : piece_count();
      ranges_.push_back({PieceOf(interval.begin), end});
    }
    set_begins_.push_back(static_cast<int32_t>(ranges_.size()));
  }
  sets_ = {};
}

bool CellColumn::Admits(int32_t set, int32_t piece) const {
  for (const PieceRange& range : Pieces(set)) {
    if (piece < range.end) return piece >= range.begin;
  }
  return false;
}

int32_t CellColumn::piece_count() const {
  if (!domain_.has_value()) return 1;
  return static_cast<int32_t>(domain_->is_text() ? texts_.size() : numbers_.size());
}

int32_t CellColumn::PieceOf(const Place& place) const {
  if (!domain_.has_value()) return 0;
  return domain_->is_text() ? LastCut(texts_, place.text) : LastCut(numbers_, place.number);
}

Place CellColumn::FirstOf(int32_t piece) const {
  const auto at = static_cast<size_t>(piece);
  return domain_->is_text() ? Place{0, texts_[at]} : Place{numbers_[at], ""};
}

std::optional<Place> CellColumn::EndOf(int32_t piece) const {
  if (piece + 1 == piece_count()) return std::nullopt;
  return FirstOf(piece + 1);
}

bool CellColumn::IsPoint(int32_t piece) const {
  const auto at = static_cast<size_t>(piece);
  const bool is_last = piece + 1 == piece_count();
  if (!domain_->is_text()) return numbers_[at] + 1 == (is_last ? domain_->end : numbers_[at + 1]);
  return !is_last && texts_[at + 1].size() == texts_[at].size() + 1 && texts_[at + 1].back() == '\0' &&
         absl::StartsWith(texts_[at + 1], texts_[at]);
}

}  // namespace assay
