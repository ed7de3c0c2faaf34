// The analysis against brute force: every case of small random tables, asked one by one; and what it costs at most.
#include "table/table_analysis.h"

#include <gtest/gtest.h>

#include <numeric>
#include <random>

namespace assay {
namespace {

const Domain& Ints() {
  static const Domain domain = [] {
    TypeTable types;
    return *DomainOf(*types.Simple(TypeKind::kInt));
  }();
  return domain;
}

ValueSet Between(int low, int high) {
  return ValueSet::From(Ints(), {low, ""}).Intersection(Ints(), ValueSet::Before(Ints(), {high, ""}));
}

// A table of int columns whose cells are ranges [low, high), `{}` for any and {0} for a predicate.
TableCells Table(size_t columns, const std::vector<std::vector<std::vector<int>>>& rows) {
  TableCells cells;
  cells.columns.assign(columns, CellColumn(Ints()));
  cells.predicates = {nullptr};
  for (const auto& row : rows) {
    for (size_t column = 0; column < columns; ++column) {
      const std::vector<int>& cell = row[column];
      if (cell.size() == 2) {
        cells.cells.push_back({Cell::Kind::kSet, cells.columns[column].AddSet(Between(cell[0], cell[1]))});
      } else {
        cells.cells.push_back({cell.empty() ? Cell::Kind::kAny : Cell::Kind::kPredicate, 0});
      }
    }
  }
  return cells;
}

TableCases CasesOf(TableCells* cells) {
  TableCases cases = {cells, {}};
  for (CellColumn& column : cells->columns) {
    column.Cut();
    cases.universe.push_back(AllPieces(column));
  }
  return cases;
}

std::vector<std::string> Values(const TableCases& cases, const Case& witness) {
  std::vector<std::string> values;
  for (size_t i = 0; i < witness.size(); ++i) {
    const Place place = ReadableValue(cases.cells->columns[i], witness[i]);
    values.push_back(std::to_string(static_cast<int64_t>(place.number)));
  }
  return values;
}

constexpr int64_t kSteps = 1'000'000;
bool Always(int32_t /*first*/, int32_t /*second*/) { return true; }

TEST(TableAnalysisTest, AGapIsShownByACase) {
  TableCells cells = Table(2, {{{0, 10}, {}}, {{10, 20}, {0, 5}}});
  const TableCases cases = CasesOf(&cells);
  const Gap gap = FindGap(cases, kSteps);
  ASSERT_EQ(gap.answer, Answer::kWitness);
  EXPECT_EQ(Values(cases, gap.witness), (std::vector<std::string>{"-1", "-1"}));
}

TEST(TableAnalysisTest, OutsideOfTheUniverseThereAreNoCases) {
  TableCells cells = Table(1, {{{0, 10}}, {{10, 20}}});
  TableCases cases = CasesOf(&cells);
  cases.universe = {PiecesOf(cells.columns[0], {{0, ""}, {1, ""}, {19, ""}})};
  EXPECT_EQ(FindGap(cases, kSteps).answer, Answer::kProven);
  cases.universe = {PiecesOf(cells.columns[0], {{0, ""}, {19, ""}, {20, ""}})};
  const Gap gap = FindGap(cases, kSteps);
  ASSERT_EQ(gap.answer, Answer::kWitness);
  EXPECT_EQ(Values(cases, gap.witness), (std::vector<std::string>{"20"}));
}

TEST(TableAnalysisTest, APredicateDecidesNothing) {
  TableCells cells = Table(1, {{{0}}, {{0, 10}}});
  const TableCases cases = CasesOf(&cells);
  EXPECT_EQ(FindGap(cases, kSteps).answer, Answer::kNotDecided);
  const Overlaps overlaps = FindOverlaps(cases, 10, kSteps, Always);
  ASSERT_EQ(overlaps.found.size(), 1u);
  EXPECT_EQ(overlaps.found[0].answer, Answer::kNotDecided);
  EXPECT_TRUE(FindMasked(cases, {{0, 1}}, kSteps).found.empty());
}

TEST(TableAnalysisTest, AMaskedRowNamesTheRowsThatTakeItsCases) {
  TableCells cells = Table(1, {{{0, 10}}, {{5, 20}}, {{30, 40}}, {{2, 12}}, {{7, 7}}});
  const TableCases cases = CasesOf(&cells);
  const MaskedRows masked = FindMasked(cases, {{0, 1, 2, 3, 4}}, kSteps);
  ASSERT_EQ(masked.found.size(), 2u);
  EXPECT_EQ(masked.found[0].row, 3);
  EXPECT_EQ(masked.found[0].by, (std::vector<int32_t>{0, 1}));
  EXPECT_EQ(masked.found[1].row, 4);
  EXPECT_TRUE(masked.found[1].by.empty());
}

TEST(TableAnalysisTest, WithoutStepsNothingIsClaimed) {
  TableCells cells = Table(2, {{{0, 10}, {0, 10}}, {{5, 20}, {5, 20}}});
  const TableCases cases = CasesOf(&cells);
  const Gap gap = FindGap(cases, 3);
  EXPECT_EQ(gap.answer, Answer::kNotDecided);
  EXPECT_TRUE(gap.witness.empty());
  EXPECT_FALSE(FindOverlaps(cases, 10, 3, Always).is_complete);
  EXPECT_FALSE(FindMasked(cases, {{0, 1}}, 3).is_complete);
}

TEST(TableAnalysisTest, ATableOfTenThousandKeysIsDecidedWithinAFewStepsEach) {
  std::vector<std::vector<std::vector<int>>> rows;
  for (int i = 0; i < 10'000; ++i) rows.push_back({{i, i + 1}, {i % 7, i % 7 + 1}, {}});
  rows.push_back({{500, 501}, {500 % 7, 500 % 7 + 2}, {}});
  TableCells cells = Table(3, rows);
  const TableCases cases = CasesOf(&cells);
  const Overlaps overlaps = FindOverlaps(cases, 10, kSteps, Always);
  EXPECT_TRUE(overlaps.is_complete);
  ASSERT_EQ(overlaps.found.size(), 1u);
  EXPECT_EQ(overlaps.found[0].second, 10'000);
}

// -- Random tables of few values against every case one by one
// ---------------------------------------------------------

class RandomTables : public ::testing::Test {
 protected:
  static constexpr int kValues = 4;

  void Make() {
    const auto columns = static_cast<size_t>(1 + random_() % 3);
    std::vector<std::vector<std::vector<int>>> rows(1 + random_() % 7);
    for (auto& row : rows) {
      for (size_t column = 0; column < columns; ++column) {
        const int low = static_cast<int>(random_() % kValues);
        switch (random_() % 8) {
          case 0:
            row.push_back({});
            break;
          case 1:
            row.push_back({static_cast<int>(random_() % 2)});
            if (row.back()[0] != 0) row.back() = {low, low};
            break;
          default:
            row.push_back({low, low + 1 + static_cast<int>(random_() % kValues)});
        }
      }
    }
    cells_ = Table(columns, rows);
    cases_ = CasesOf(&cells_);
    std::vector<Place> values;
    for (int value = 0; value < kValues; ++value) values.push_back({value, ""});
    for (size_t i = 0; i < columns; ++i) cases_.universe[i] = PiecesOf(cells_.columns[i], values);
  }

  bool Admits(size_t row, const Case& point) const {
    for (size_t column = 0; column < point.size(); ++column) {
      const Cell& cell = cells_.At(row, column);
      if (cell.kind == Cell::Kind::kSet && !cells_.columns[column].Admits(cell.index, point[column])) return false;
    }
    return true;
  }
  bool IsCertain(size_t row) const {
    for (size_t column = 0; column < cells_.columns.size(); ++column) {
      if (cells_.At(row, column).kind == Cell::Kind::kPredicate) return false;
    }
    return true;
  }
  std::vector<Case> Points() const {
    std::vector<Case> points = {{}};
    for (const CellColumn& column : cells_.columns) {
      std::vector<Case> longer;
      for (const Case& point : points) {
        for (int value = 0; value < kValues; ++value) {
          longer.push_back(point);
          longer.back().push_back(column.PieceOf({value, ""}));
        }
      }
      points = std::move(longer);
    }
    return points;
  }

  std::mt19937 random_{20261126};
  TableCells cells_;
  TableCases cases_;
};

TEST_F(RandomTables, GapsAreThoseOfEveryCase) {
  int seen[3] = {};
  for (int i = 0; i < 10'000; ++i) {
    Make();
    bool has_gap = false;
    bool may_have = false;
    for (const Case& point : Points()) {
      bool certain = false;
      bool possible = false;
      for (size_t row = 0; row < cells_.row_count(); ++row) {
        if (!Admits(row, point)) continue;
        (IsCertain(row) ? certain : possible) = true;
      }
      has_gap = has_gap || (!certain && !possible);
      may_have = may_have || (!certain && possible);
    }
    const Gap gap = FindGap(cases_, kSteps);
    const Answer expected = has_gap ? Answer::kWitness : may_have ? Answer::kNotDecided : Answer::kProven;
    ASSERT_EQ(gap.answer, expected) << i;
    ++seen[static_cast<int>(expected)];
    if (expected == Answer::kProven) continue;
    for (size_t row = 0; row < cells_.row_count(); ++row) {
      ASSERT_FALSE(Admits(row, gap.witness) && (has_gap || IsCertain(row))) << i;
    }
  }
  for (int count : seen) EXPECT_GT(count, 50);
}

TEST_F(RandomTables, OverlapsAreThoseOfEveryCase) {
  for (int i = 0; i < 10'000; ++i) {
    Make();
    std::set<std::pair<int32_t, int32_t>> expected;
    for (const Case& point : Points()) {
      for (size_t a = 0; a < cells_.row_count(); ++a) {
        for (size_t b = a + 1; b < cells_.row_count(); ++b) {
          if ((a + b) % 3 != 0 && Admits(a, point) && Admits(b, point)) expected.emplace(a, b);
        }
      }
    }
    const Overlaps overlaps = FindOverlaps(cases_, 100, kSteps, [](int32_t a, int32_t b) { return (a + b) % 3 != 0; });
    std::set<std::pair<int32_t, int32_t>> found;
    for (const Overlap& overlap : overlaps.found) {
      found.emplace(overlap.first, overlap.second);
      const auto a = static_cast<size_t>(overlap.first);
      const auto b = static_cast<size_t>(overlap.second);
      ASSERT_TRUE(Admits(a, overlap.witness) && Admits(b, overlap.witness));
      ASSERT_EQ(overlap.answer == Answer::kWitness, IsCertain(a) && IsCertain(b));
    }
    ASSERT_EQ(found, expected) << i;
    ASSERT_EQ(found.size(), overlaps.found.size());
    ASSERT_TRUE(overlaps.is_complete);
  }
}

TEST_F(RandomTables, MaskedRowsAreThoseThatComeFirstInNoCase) {
  int masked_rows = 0;
  for (int i = 0; i < 10'000; ++i) {
    Make();
    std::vector<int32_t> order(cells_.row_count());
    std::iota(order.begin(), order.end(), 0);
    std::shuffle(order.begin(), order.end(), random_);
    std::vector<bool> wins(cells_.row_count());
    for (const Case& point : Points()) {
      for (int32_t row : order) {
        if (!Admits(static_cast<size_t>(row), point)) continue;
        wins[static_cast<size_t>(row)] = true;
        if (IsCertain(static_cast<size_t>(row))) break;
      }
    }
    const MaskedRows masked = FindMasked(cases_, order, kSteps);
    ASSERT_TRUE(masked.is_complete);
    std::vector<bool> found(cells_.row_count());
    for (const MaskedRow& row : masked.found) {
      found[static_cast<size_t>(row.row)] = true;
      ++masked_rows;
      for (const Case& point : Points()) {
        if (!Admits(static_cast<size_t>(row.row), point)) continue;
        ASSERT_TRUE(std::any_of(row.by.begin(), row.by.end(), [&](int32_t by) {
          return IsCertain(static_cast<size_t>(by)) && Admits(static_cast<size_t>(by), point);
        })) << i;
      }
    }
    for (size_t row = 0; row < found.size(); ++row) ASSERT_EQ(found[row], !wins[row]) << i << " row " << row;
  }
  EXPECT_GT(masked_rows, 100);
}

}  // namespace
}  // namespace assay
