// Entry point: FindNearMiss. One pass over the rows, which leaves a row once it is no better than the best so far.
#include "table/near_miss.h"

#include <utility>

namespace assay {
namespace {

bool Fails(const TableCells& cells, const Cell& cell, size_t column, const int32_t* pieces) {
  if (cell.kind == Cell::Kind::kAny) return false;
  const bool is_set = cell.kind == Cell::Kind::kSet;
  const int32_t piece = pieces[is_set ? column : cells.columns.size() + static_cast<size_t>(cell.index)];
  if (piece == kNoPiece) return false;
  return is_set ? !cells.columns[column].Admits(cell.index, piece) : piece == 0;
}

}  // namespace

std::optional<NearMiss> FindNearMiss(const DecisionTable& table, const int32_t* pieces) {
  std::optional<NearMiss> best;
  std::vector<int32_t> failing;
  for (int32_t row : table.order) {
    failing.clear();
    const size_t most = best.has_value() ? best->columns.size() : table.cells.columns.size() + 1;
    for (size_t column = 0; column < table.cells.columns.size() && failing.size() < most; ++column) {
      const Cell& cell = table.cells.At(static_cast<size_t>(row), column);
      if (Fails(table.cells, cell, column, pieces)) failing.push_back(static_cast<int32_t>(column));
    }
    if (!failing.empty() && failing.size() < most) best = NearMiss{row, failing};
  }
  return best;
}

}  // namespace assay
