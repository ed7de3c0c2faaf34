// The row that came nearest to a hit.
#include "table/near_miss.h"

#include <gtest/gtest.h>

#include <numeric>

namespace assay {
namespace {

TEST(NearMissTest, IsTheFirstRowWithTheFewestCellsThatFail) {
  TypeTable types;
  const Domain ints = *DomainOf(*types.Simple(TypeKind::kInt));
  DecisionTable table;
  table.cells.columns.assign(3, CellColumn(ints));
  const int values[][3] = {{1, 2, 3}, {1, 2, 4}, {9, 2, 4}, {1, -1, 5}};  // -1: any
  for (const auto& row : values) {
    for (size_t column = 0; column < 3; ++column) {
      Cell cell;
      if (row[column] >= 0) {
        cell = {Cell::Kind::kSet, table.cells.columns[column].AddSet(ValueSet::Point(ints, {row[column], ""}))};
      }
      table.cells.cells.push_back(cell);
    }
    table.order.push_back(static_cast<int32_t>(table.order.size()));
  }
  for (CellColumn& column : table.cells.columns) column.Cut();
  auto nearest = [&](int a, int b, int c) {
    const int32_t pieces[] = {table.cells.columns[0].PieceOf({a, ""}), table.cells.columns[1].PieceOf({b, ""}),
                              c < 0 ? kNoPiece : table.cells.columns[2].PieceOf({c, ""})};
    return *FindNearMiss(table, pieces);
  };
  EXPECT_EQ(nearest(1, 2, 8).row, 0);
  EXPECT_EQ(nearest(1, 2, 8).columns, std::vector<int32_t>({2}));
  EXPECT_EQ(nearest(7, 2, 4).row, 1);
  EXPECT_EQ(nearest(7, 2, 4).columns, std::vector<int32_t>({0}));
  EXPECT_EQ(nearest(1, 7, 9).row, 3);
  EXPECT_EQ(nearest(1, 7, 9).columns, std::vector<int32_t>({2}));
  EXPECT_EQ(nearest(7, 7, -1).row, 3);  // an input that errs fails no cell
  EXPECT_EQ(nearest(7, 7, -1).columns, std::vector<int32_t>({0}));
}

}  // namespace
}  // namespace assay
