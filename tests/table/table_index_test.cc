// The index against a scan that asks every cell of every row, on random tables and lookups.
#include "table/table_index.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>

#include "table/piece_finder.h"

namespace assay {
namespace {

using RandomEngine = std::mt19937_64;

struct Shape {
  size_t rows = 100;
  size_t columns = 3;
  size_t predicates = 0;
  int values = 20;      // numbers that cells and lookups are made of
  double any = 0.2;     // share of cells `-`
  double single = 0.5;  // of the others: one value; then a few, a range, a complement
};

int Below(RandomEngine* random, size_t limit) { return static_cast<int>((*random)() % limit); }
bool Chance(RandomEngine* random, double share) { return static_cast<double>((*random)() % 10'000) < share * 10'000; }

const Domain& Ints() {
  static const Domain domain = [] {
    TypeTable types;
    return *DomainOf(*types.Simple(TypeKind::kInt));
  }();
  return domain;
}

ValueSet RandomSet(const Shape& shape, RandomEngine* random) {
  const auto values = static_cast<size_t>(shape.values);
  const Place place = {Below(random, values), ""};
  if (Chance(random, shape.single)) return ValueSet::Point(Ints(), place);
  switch (Below(random, 4)) {
    case 0:
      return ValueSet::Point(Ints(), place).Union(ValueSet::Point(Ints(), {Below(random, values), ""}));
    case 1:
      return ValueSet::From(Ints(), place);
    case 2:
      return ValueSet::Point(Ints(), place).Complement(Ints());
    default:
      return ValueSet::From(Ints(), place)
          .Intersection(Ints(), ValueSet::Before(Ints(), {place.number + Below(random, values), ""}));
  }
}

TableCells RandomCells(const Shape& shape, RandomEngine* random) {
  TableCells cells;
  cells.columns.assign(shape.columns, CellColumn(Ints()));
  cells.predicates.assign(shape.predicates, nullptr);
  for (size_t row = 0; row < shape.rows; ++row) {
    for (CellColumn& column : cells.columns) {
      Cell cell;
      if (shape.predicates > 0 && Chance(random, 0.1)) {
        cell = {Cell::Kind::kPredicate, Below(random, shape.predicates)};
      } else if (!Chance(random, shape.any)) {
        cell = {Cell::Kind::kSet, column.AddSet(RandomSet(shape, random))};
      }
      cells.cells.push_back(cell);
    }
  }
  for (CellColumn& column : cells.columns) column.Cut();
  return cells;
}

RowVerdict Plainly(const TableCells& cells, size_t row, const std::vector<int32_t>& pieces) {
  RowVerdict verdict = RowVerdict::kHit;
  for (size_t column = 0; column < cells.columns.size(); ++column) {
    const Cell& cell = cells.At(row, column);
    if (cell.kind == Cell::Kind::kAny) continue;
    const bool is_set = cell.kind == Cell::Kind::kSet;
    const int32_t piece = pieces[is_set ? column : cells.columns.size() + static_cast<size_t>(cell.index)];
    if (piece == kNoPiece) {
      verdict = RowVerdict::kErrs;
    } else if (!(is_set ? cells.columns[column].Admits(cell.index, piece) : piece == 1)) {
      return RowVerdict::kMiss;
    }
  }
  return verdict;
}

std::vector<int32_t> RandomPieces(const TableCells& cells, const Shape& shape, double errs, RandomEngine* random) {
  std::vector<int32_t> pieces;
  for (const CellColumn& column : cells.columns) {
    pieces.push_back(column.PieceOf({Below(random, static_cast<size_t>(shape.values) + 2) - 1, ""}));
  }
  for (size_t i = 0; i < shape.predicates; ++i) pieces.push_back(Below(random, 2));
  for (int32_t& piece : pieces) piece = Chance(random, errs) ? kNoPiece : piece;
  return pieces;
}

void Compare(const Shape& shape, int lookups, RandomEngine* random) {
  const TableCells cells = RandomCells(shape, random);
  std::vector<int32_t> order(shape.rows);
  std::iota(order.begin(), order.end(), 0);
  if (Chance(random, 0.5)) std::shuffle(order.begin(), order.end(), *random);
  const TableIndex index(cells, order);
  std::vector<TableIndex::Found> found;
  for (int i = 0; i < lookups; ++i) {
    const std::vector<int32_t> pieces = RandomPieces(cells, shape, i % 2 == 0 ? 0 : 0.2, random);
    std::vector<TableIndex::Found> expected;
    for (size_t at = 0; at < order.size(); ++at) {
      const RowVerdict verdict = Plainly(cells, static_cast<size_t>(order[at]), pieces);
      if (verdict != RowVerdict::kMiss) expected.push_back({verdict, static_cast<int32_t>(at)});
    }
    index.All(pieces.data(), &found);
    ASSERT_EQ(found.size(), expected.size());
    for (size_t k = 0; k < found.size(); ++k) {
      ASSERT_EQ(found[k].position, expected[k].position);
      ASSERT_EQ(found[k].verdict, expected[k].verdict);
    }
    const TableIndex::Found first = index.First(pieces.data());
    ASSERT_EQ(first.position, expected.empty() ? -1 : expected[0].position);
    ASSERT_EQ(first.verdict, expected.empty() ? RowVerdict::kMiss : expected[0].verdict);
  }
}

TEST(TableIndexTest, FindsTheRowsThatAScanFinds) {
  RandomEngine random(20261126);
  for (int round = 0; round < 300; ++round) {
    Shape shape;
    shape.rows = 1 + static_cast<size_t>(Below(&random, round % 10 == 0 ? 3000 : 200));
    shape.columns = 1 + static_cast<size_t>(Below(&random, 5));
    shape.predicates = static_cast<size_t>(Below(&random, 3));
    shape.values = 2 + Below(&random, round % 3 == 0 ? 5 : 2000);
    shape.any = 0.1 * Below(&random, 8);
    shape.single = 0.25 * Below(&random, 5);
    Compare(shape, 60, &random);
    if (HasFailure()) FAIL() << "round " << round;
  }
}

TEST(TableIndexTest, ATableWithoutRowsFindsNothing) {
  RandomEngine random(1);
  Shape shape;
  shape.rows = 0;
  Compare(shape, 3, &random);
}

TEST(TableIndexTest, ManyPredicatesAreFound) {
  RandomEngine random(2);
  Shape shape;
  shape.rows = 400;
  shape.predicates = 70;
  Compare(shape, 100, &random);
}

TEST(TableIndexTest, OverlappingRangesKeepToTwoHundredBytesARow) {
  RandomEngine random(3);
  Shape shape;
  shape.rows = 20'000;
  shape.columns = 4;
  shape.values = 100'000;
  shape.single = 0;
  const TableCells cells = RandomCells(shape, &random);
  std::vector<int32_t> order(shape.rows);
  std::iota(order.begin(), order.end(), 0);
  EXPECT_LE(TableIndex(cells, order).bytes(), 200 * shape.rows);
}

TEST(PieceFinderTest, FindsThePieceOfEveryValue) {
  TypeTable types;
  const Domain texts = *DomainOf(*types.Simple(TypeKind::kString));
  for (const bool has_range : {false, true}) {
    CellColumn column(texts);
    for (const char* text : {"A", "B", "VIP", ""}) column.AddSet(ValueSet::Point(texts, {0, text}));
    column.AddSet(ValueSet::Point(texts, {0, "C"}).Complement(texts));
    if (has_range) column.AddSet(ValueSet::From(texts, {0, "M"}));
    column.Cut();
    const std::vector<absl::string_view> values = {"A", "B", "VIP", "", "C", "VIPS", "0", "Z", "M", "L"};
    const ErrorCode errors[10] = {0, 0, 0, 0, 0, 0, 0, 7, 0, 0};
    std::vector<int32_t> pieces(values.size());
    PieceFinder(&column).Find({Physical::kString, values.data(), errors, values.size()}, {0, values.size(), false}, 1,
                              pieces.data());
    for (size_t i = 0; i < values.size(); ++i) {
      if (errors[i] != 0) {
        EXPECT_EQ(pieces[i], kNoPiece);
        continue;
      }
      const int32_t expected = column.PieceOf({0, std::string(values[i])});
      for (int32_t set = 0; set < column.set_count(); ++set) {
        EXPECT_EQ(column.Admits(set, pieces[i]), column.Admits(set, expected)) << values[i];
      }
    }
  }
}

template <typename T>
void ExpectPieces(const Type& type, Physical physical, const std::vector<T>& values,
                  const std::vector<int128>& numbers) {
  const Domain domain = *DomainOf(type);
  CellColumn column(domain);
  for (int128 number : numbers) column.AddSet(ValueSet::From(domain, {number, ""}));
  column.Cut();
  std::vector<int32_t> pieces(values.size());
  PieceFinder(&column).Find({physical, values.data(), nullptr, values.size()}, {0, values.size(), false}, 1,
                            pieces.data());
  for (size_t i = 0; i < values.size(); ++i) EXPECT_EQ(pieces[i], column.PieceOf({numbers[i], ""})) << i;
}

TEST(PieceFinderTest, ReadsEveryTypeOfVector) {
  TypeTable types;
  ExpectPieces<int64_t>(*types.Simple(TypeKind::kInt), Physical::kInt64, {INT64_MIN, -1, 0, 5, INT64_MAX},
                        {INT64_MIN, -1, 0, 5, INT64_MAX});
  ExpectPieces<uint64_t>(*types.Simple(TypeKind::kUint), Physical::kUint64, {0, 5, UINT64_MAX}, {0, 5, UINT64_MAX});
  ExpectPieces<uint8_t>(*types.Simple(TypeKind::kBool), Physical::kBool, {0, 1}, {0, 1});
  ExpectPieces<double>(*types.Simple(TypeKind::kDouble), Physical::kDouble, {-2.5, 0.0, 1e300},
                       {RankOfDouble(-2.5), 0, RankOfDouble(1e300)});
  ExpectPieces<int64_t>(*types.Decimal({18, 2}), Physical::kDecimal64, {-1250, 0, 99}, {-1250, 0, 99});
  ExpectPieces<int128>(*types.Decimal({38, 2}), Physical::kDecimal128, {-Pow10(30), 0, Pow10(37)},
                       {-Pow10(30), 0, Pow10(37)});
  ExpectPieces<int32_t>(*types.Simple(TypeKind::kDate), Physical::kDate, {-5, 20'000}, {-5, 20'000});
  constexpr int128 kNanos = kNanosPerSecond;
  ExpectPieces<Timestamp>(*types.Simple(TypeKind::kTimestamp), Physical::kTimestamp,
                          {{kMinTimestampSeconds, 5}, {-1, 5}, {kMaxTimestampSeconds, 0}},
                          {kMinTimestampSeconds * kNanos + 5, 5 - kNanos, kMaxTimestampSeconds * kNanos});
  ExpectPieces<Duration>(*types.Simple(TypeKind::kDuration), Physical::kDuration, {{-1, -5}, {0, 0}, {5, 7}},
                         {-kNanos - 5, 0, 5 * kNanos + 7});
}

}  // namespace
}  // namespace assay
