// The pieces that the values of a column are cut into, and which of them a set holds.
#include "table/cell_columns.h"

#include <gtest/gtest.h>

#include <random>

namespace assay {
namespace {

const Domain kInts = [] {
  static TypeTable types;
  return *DomainOf(*types.Simple(TypeKind::kInt));
}();
const Domain kTexts = [] {
  static TypeTable types;
  return *DomainOf(*types.Simple(TypeKind::kString));
}();

ValueSet Range(int from, int to) {
  return ValueSet::From(kInts, {from, ""}).Intersection(kInts, ValueSet::Before(kInts, {to, ""}));
}

TEST(CellColumnTest, PiecesAreCutWhereSetsBeginAndEnd) {
  CellColumn column(kInts);
  const int32_t a = column.AddSet(Range(0, 10));
  const int32_t b = column.AddSet(Range(5, 20));
  const int32_t all = column.AddSet(ValueSet::All(kInts));
  column.Cut();
  EXPECT_EQ(column.piece_count(), 5);  // below 0, 0..4, 5..9, 10..19, from 20
  EXPECT_EQ(column.PieceOf({-1, ""}), 0);
  EXPECT_EQ(column.PieceOf({5, ""}), 2);
  EXPECT_TRUE(column.Admits(a, 2) && column.Admits(b, 2) && column.Admits(all, 2));
  EXPECT_FALSE(column.Admits(a, 3) || column.Admits(b, 1));
  EXPECT_EQ(column.FirstOf(3).number, 10);
  EXPECT_EQ(column.EndOf(3)->number, 20);
  EXPECT_FALSE(column.EndOf(4).has_value());
}

TEST(CellColumnTest, ASingleValueIsAPoint) {
  CellColumn column(kTexts);
  const int32_t vip = column.AddSet(ValueSet::Point(kTexts, {0, "VIP"}));
  const int32_t others = column.AddSet(ValueSet::Point(kTexts, {0, "VIP"}).Complement(kTexts));
  column.Cut();
  EXPECT_EQ(column.piece_count(), 3);
  EXPECT_TRUE(column.IsPoint(column.PieceOf({0, "VIP"})));
  EXPECT_FALSE(column.IsPoint(column.PieceOf({0, "VIPS"})));
  for (const char* text : {"", "A", "VIP", "VIPS", "W"}) {
    const int32_t piece = column.PieceOf({0, text});
    EXPECT_EQ(column.Admits(vip, piece), text == std::string("VIP")) << text;
    EXPECT_NE(column.Admits(vip, piece), column.Admits(others, piece)) << text;
  }
}

TEST(CellColumnTest, APieceHoldsEveryValueOfASetOrNone) {
  std::mt19937_64 random(11);
  CellColumn column(kInts);
  std::vector<ValueSet> sets;
  for (int i = 0; i < 50; ++i) {
    const int from = static_cast<int>(random() % 100);
    sets.push_back(Range(from, from + static_cast<int>(random() % 20)));
    if (random() % 4 == 0) sets.back() = sets.back().Complement(kInts);
    column.AddSet(sets.back());
  }
  column.Cut();
  for (int value = -5; value < 130; ++value) {
    const int32_t piece = column.PieceOf({value, ""});
    for (int32_t set = 0; set < column.set_count(); ++set) {
      EXPECT_EQ(column.Admits(set, piece), sets[static_cast<size_t>(set)].Contains({value, ""}));
    }
  }
}

}  // namespace
}  // namespace assay
