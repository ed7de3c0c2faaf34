// Splits the cases column by column into boxes in which the same rows are left, and stops where the rest is known.
// Entry points: FindGap, FindOverlaps, FindMasked. What a box and its rows lead to is asked once: boxes with the same
// rows left at the same column are alike.
#include "table/table_analysis.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/container/flat_hash_set.h"

namespace assay {
namespace {

using Rows = std::vector<int32_t>;  // places in `order`, ascending

// The walk over boxes that all questions share.
class BoxWalk {
 public:
  BoxWalk(const TableCases& cases, absl::Span<const int32_t> order, int64_t steps)
      : cells_(*cases.cells), universe_(cases.universe), order_(order), steps_(steps), box_(cells_.columns.size()) {
    for (int32_t row : order) {
      size_t looks = 0;  // the columns before this one are all that the row looks at
      bool is_certain = true;
      for (size_t column = 0; column < cells_.columns.size(); ++column) {
        const Cell::Kind kind = cells_.At(static_cast<size_t>(row), column).kind;
        if (kind == Cell::Kind::kSet) looks = column + 1;
        is_certain = is_certain && kind != Cell::Kind::kPredicate;
      }
      looks_.push_back(looks);
      is_certain_.push_back(is_certain);
    }
  }

  size_t width() const { return cells_.columns.size(); }
  bool is_spent() const { return steps_ < 0; }
  bool IsCertain(int32_t place) const { return is_certain_[static_cast<size_t>(place)]; }
  // Whether the row hits everywhere in a box of which the columns before `column` are fixed, but for its predicates.
  bool HitsAll(int32_t place, size_t column) const { return looks_[static_cast<size_t>(place)] <= column; }

  // The first piece of each column of the box; of columns not yet fixed, the first that can come up.
  Case Witness(size_t column) const {
    Case witness = box_;
    for (size_t i = column; i < width(); ++i) witness[i] = universe_[i].empty() ? 0 : universe_[i].front().begin;
    return witness;
  }

  // False if the rows left at the column were here before, or the steps are spent.
  bool Enter(size_t column, const Rows& rows) {
    steps_ -= static_cast<int64_t>(rows.size()) + 1;
    if (is_spent()) return false;
    Rows key = rows;
    key.push_back(static_cast<int32_t>(column));
    return seen_.insert(std::move(key)).second;
  }

  // Limits the walk to the cases inside a row's cells; what was seen before counts no more.
  void Confine(int32_t row) {
    confined_ = row;
    seen_.clear();
  }

  // Calls visit(rows left) for each stretch of the column's pieces in which the same rows are left, until it says
  // false.
  template <typename Visit>
  bool Split(size_t column, const Rows& rows, const Visit& visit);

 private:
  struct Edge {
    int32_t piece;
    int32_t place;  // kUniverse: of the cases themselves
    bool begins;

    bool operator<(const Edge& other) const { return piece < other.piece; }
  };
  static constexpr int32_t kUniverse = -1;
  static constexpr int32_t kConfined = -2;

  static void AddEdges(absl::Span<const PieceRange> ranges, int32_t place, std::vector<Edge>* edges) {
    for (const PieceRange& range : ranges) {
      edges->push_back({range.begin, place, true});
      edges->push_back({range.end, place, false});
    }
  }

  const TableCells& cells_;
  const std::vector<std::vector<PieceRange>>& universe_;
  absl::Span<const int32_t> order_;
  int64_t steps_;
  int32_t confined_ = -1;      // row
  Case box_;                   // pieces of the columns fixed so far
  std::vector<size_t> looks_;  // by place
  std::vector<bool> is_certain_;
  absl::flat_hash_set<Rows> seen_;
};

template <typename Visit>
bool BoxWalk::Split(size_t column, const Rows& rows, const Visit& visit) {
  const CellColumn& cells = cells_.columns[column];
  std::vector<Edge> edges;
  std::set<int32_t> left;
  AddEdges(universe_[column], kUniverse, &edges);
  for (int32_t place : rows) {
    const Cell& cell = cells_.At(static_cast<size_t>(order_[static_cast<size_t>(place)]), column);
    if (cell.kind == Cell::Kind::kSet) {
      AddEdges(cells.Pieces(cell.index), place, &edges);
    } else {
      left.insert(place);
    }
  }
  bool is_inside = true;  // of the row that the walk is confined to
  if (confined_ >= 0 && cells_.At(static_cast<size_t>(confined_), column).kind == Cell::Kind::kSet) {
    is_inside = false;
    AddEdges(cells.Pieces(cells_.At(static_cast<size_t>(confined_), column).index), kConfined, &edges);
  }
  std::stable_sort(edges.begin(), edges.end());
  bool is_possible = false;
  for (size_t i = 0; i < edges.size();) {
    const int32_t piece = edges[i].piece;
    for (; i < edges.size() && edges[i].piece == piece; ++i) {
      const Edge& edge = edges[i];
      if (edge.place == kUniverse) {
        is_possible = edge.begins;
      } else if (edge.place == kConfined) {
        is_inside = edge.begins;
      } else if (edge.begins) {
        left.insert(edge.place);
      } else {
        left.erase(edge.place);
      }
    }
    steps_ -= static_cast<int64_t>(left.size()) + 1;
    if (is_spent()) return false;
    if (!is_possible || !is_inside) continue;
    box_[column] = piece;
    if (!visit(Rows(left.begin(), left.end()))) return false;
  }
  return true;
}

Rows Places(size_t count) {
  Rows rows(count);
  for (size_t i = 0; i < count; ++i) rows[i] = static_cast<int32_t>(i);
  return rows;
}

Rows AllRows(const TableCases& cases) { return Places(cases.cells->row_count()); }

// Looks for a case that no row hits.
class GapSearch {
 public:
  explicit GapSearch(BoxWalk* walk) : walk_(*walk) {}

  // False to stop: a gap was found, or the steps are spent.
  bool Search(size_t column, const Rows& rows) {
    bool has_certain = false;
    for (int32_t place : rows) {
      if (!walk_.IsCertain(place)) continue;
      has_certain = true;
      if (!walk_.HitsAll(place, column)) continue;
      takers.insert(place);
      return true;
    }
    if (rows.empty() || (column == walk_.width() && !has_certain)) {
      if (rows.empty() || gap.answer == Answer::kProven) gap.witness = walk_.Witness(column);
      gap.answer = rows.empty() ? Answer::kWitness : Answer::kNotDecided;
      return !rows.empty();
    }
    if (!walk_.Enter(column, rows)) return !walk_.is_spent();
    return walk_.Split(column, rows, [&](const Rows& left) { return Search(column + 1, left); });
  }

  Gap gap;
  std::set<int32_t> takers;  // rows that hit all of some box

 private:
  BoxWalk& walk_;
};

class OverlapSearch {
 public:
  OverlapSearch(BoxWalk* walk, size_t most, absl::FunctionRef<bool(int32_t, int32_t)> matters)
      : walk_(*walk), most_(most), matters_(matters) {}

  bool Search(size_t column, const Rows& rows) {
    if (rows.size() < 2) return true;
    const bool all_hit =
        std::all_of(rows.begin(), rows.end(), [&](int32_t place) { return walk_.HitsAll(place, column); });
    if (all_hit) return AddPairs(column, rows);
    if (!walk_.Enter(column, rows)) return !walk_.is_spent();
    return walk_.Split(column, rows, [&](const Rows& left) { return Search(column + 1, left); });
  }

  Overlaps overlaps;

 private:
  bool AddPairs(size_t column, const Rows& rows) {
    for (size_t i = 0; i < rows.size(); ++i) {
      if (!walk_.Enter(walk_.width() + 1 + i, rows)) return !walk_.is_spent();
      for (size_t k = i + 1; k < rows.size(); ++k) {
        if (!matters_(rows[i], rows[k]) || !pairs_.emplace(rows[i], rows[k]).second) continue;
        if (overlaps.found.size() == most_) {
          overlaps.is_complete = false;
          return false;
        }
        const bool is_certain = walk_.IsCertain(rows[i]) && walk_.IsCertain(rows[k]);
        const Answer answer = is_certain ? Answer::kWitness : Answer::kNotDecided;
        overlaps.found.push_back({rows[i], rows[k], answer, walk_.Witness(column)});
      }
    }
    return true;
  }

  BoxWalk& walk_;
  size_t most_;
  absl::FunctionRef<bool(int32_t, int32_t)> matters_;
  absl::flat_hash_set<std::pair<int32_t, int32_t>> pairs_;
};

// Marks each row that is the first to hit some case, or may be where it has predicates.
class WinnerSearch {
 public:
  WinnerSearch(BoxWalk* walk, size_t rows) : wins(rows), walk_(*walk) {}

  bool Search(size_t column, const Rows& rows) {
    // Rows behind one that takes the whole box never count in it.
    Rows counting;
    bool is_taken = false;
    for (size_t i = 0; i < rows.size() && !is_taken; ++i) {
      counting.push_back(rows[i]);
      is_taken = walk_.IsCertain(rows[i]) && walk_.HitsAll(rows[i], column);
    }
    while (!counting.empty() && walk_.HitsAll(counting.front(), column)) {
      wins[static_cast<size_t>(counting.front())] = true;
      if (walk_.IsCertain(counting.front())) return true;
      counting.erase(counting.begin());
    }
    const bool all_win =
        std::all_of(counting.begin(), counting.end(), [&](int32_t place) { return wins[static_cast<size_t>(place)]; });
    if (all_win) return true;
    if (!walk_.Enter(column, counting)) return !walk_.is_spent();
    return walk_.Split(column, counting, [&](const Rows& left) { return Search(column + 1, left); });
  }

  std::vector<bool> wins;  // by place

 private:
  BoxWalk& walk_;
};

}  // namespace

std::vector<PieceRange> AllPieces(const CellColumn& column) { return {{0, column.piece_count()}}; }

std::vector<PieceRange> PiecesOf(const CellColumn& column, absl::Span<const Place> values) {
  std::vector<PieceRange> pieces;
  for (const Place& value : values) {
    const int32_t piece = column.PieceOf(value);
    if (pieces.empty() || pieces.back().end < piece) {
      pieces.push_back({piece, piece + 1});
    } else {
      pieces.back().end = piece + 1;
    }
  }
  return pieces;
}

Place ReadableValue(const CellColumn& column, int32_t piece) {
  const Place first = column.FirstOf(piece);
  const std::optional<Place> end = column.EndOf(piece);
  if (column.domain()->is_text()) {
    if (first.text.empty() || first.text.back() != '\0') return first;
    // Right behind a text: the text and a character that reads.
    for (const char c : {'_', 'a', ' '}) {
      const Place place = {0, first.text.substr(0, first.text.size() - 1) + c};
      if (!end.has_value() || place < *end) return place;
    }
    return first;
  }
  const int128 last = (end.has_value() ? end->number : column.domain()->end) - 1;
  if (first.number <= 0 && last >= 0) return {0, ""};
  return first.number > 0 ? first : Place{last, ""};
}

Gap FindGap(const TableCases& cases, int64_t steps) {
  const Rows order = AllRows(cases);
  BoxWalk walk(cases, order, steps);
  GapSearch search(&walk);
  search.Search(0, order);
  if (walk.is_spent() && search.gap.answer != Answer::kWitness) return {Answer::kNotDecided, {}};
  return search.gap;
}

Overlaps FindOverlaps(const TableCases& cases, size_t most, int64_t steps,
                      absl::FunctionRef<bool(int32_t, int32_t)> matters) {
  const Rows order = AllRows(cases);
  BoxWalk walk(cases, order, steps);
  OverlapSearch search(&walk, most, matters);
  search.Search(0, order);
  search.overlaps.is_complete = search.overlaps.is_complete && !walk.is_spent();
  return std::move(search.overlaps);
}

MaskedRows FindMasked(const TableCases& cases, absl::Span<const int32_t> order, int64_t steps) {
  BoxWalk walk(cases, order, steps);
  WinnerSearch winners(&walk, order.size());
  const Rows places = Places(order.size());
  winners.Search(0, places);
  MaskedRows masked;
  masked.is_complete = !walk.is_spent();
  for (size_t place = 0; masked.is_complete && place < order.size(); ++place) {
    if (winners.wins[place]) continue;
    // Who takes its cases: the gap search among the rows before it, inside its cells.
    walk.Confine(order[place]);
    GapSearch takers(&walk);
    takers.Search(0, Places(place));
    masked.is_complete = !walk.is_spent();
    if (!masked.is_complete) break;
    MaskedRow row = {order[place], {}};
    for (int32_t taker : takers.takers) row.by.push_back(order[static_cast<size_t>(taker)]);
    masked.found.push_back(std::move(row));
  }
  std::sort(masked.found.begin(), masked.found.end(),
            [](const MaskedRow& a, const MaskedRow& b) { return a.row < b.row; });
  return masked;
}

}  // namespace assay
