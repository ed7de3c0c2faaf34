// The algebra of sets of values, and the places of values in their domains.
#include "table/value_set.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

namespace assay {
namespace {

Domain DomainOfKind(TypeKind kind) {
  static TypeTable* const types = new TypeTable;
  return *DomainOf(kind == TypeKind::kDecimal ? *types->Decimal({18, 2}) : *types->Simple(kind));
}

const Domain& Ints() {
  static const Domain domain = DomainOfKind(TypeKind::kInt);
  return domain;
}

ValueSet Range(int from, int to) {
  return ValueSet::From(Ints(), {from, ""}).Intersection(Ints(), ValueSet::Before(Ints(), {to, ""}));
}

TEST(ValueSetTest, ASetAndItsComplementMakeAllAndShareNothing) {
  const ValueSet set = Range(3, 7).Union(Range(10, 11)).Union(ValueSet::From(Ints(), {90, ""}));
  const ValueSet rest = set.Complement(Ints());
  EXPECT_EQ(set.intervals().size(), 3u);
  EXPECT_TRUE(set.Intersection(Ints(), rest).empty());
  EXPECT_EQ(set.Union(rest).intervals().size(), 1u);
  EXPECT_TRUE(ValueSet::All(Ints()).Complement(Ints()).empty());
  for (int value = 0; value < 100; ++value) {
    const bool inside = (value >= 3 && value < 7) || value == 10 || value >= 90;
    EXPECT_EQ(set.Contains({value, ""}), inside) << value;
    EXPECT_EQ(rest.Contains({value, ""}), !inside) << value;
  }
}

TEST(ValueSetTest, NeighboursAreOneInterval) {
  EXPECT_EQ(Range(1, 3).Union(Range(3, 5)).intervals().size(), 1u);
  const Domain texts = DomainOfKind(TypeKind::kString);
  const ValueSet a = ValueSet::Point(texts, {0, "a"});
  EXPECT_EQ(a.Union(ValueSet::Point(texts, {0, std::string("a\0", 2)})).intervals().size(), 1u);
  EXPECT_EQ(a.Union(ValueSet::Point(texts, {0, "b"})).intervals().size(), 2u);
}

TEST(ValueSetTest, RandomSetsFollowTheAlgebraOfBits) {
  std::mt19937_64 random(7);
  for (int round = 0; round < 300; ++round) {
    ValueSet sets[2];
    bool bits[2][40] = {};
    for (int which = 0; which < 2; ++which) {
      for (int i = 0; i < 4; ++i) {
        const int from = static_cast<int>(random() % 40);
        const int to = from + static_cast<int>(random() % 6);
        sets[which] = sets[which].Union(Range(from, to));
        for (int v = from; v < to && v < 40; ++v) bits[which][v] = true;
      }
    }
    const ValueSet both = sets[0].Intersection(Ints(), sets[1]);
    const ValueSet any = sets[0].Union(sets[1]);
    const ValueSet not_first = sets[0].Complement(Ints());
    for (int v = 0; v < 40; ++v) {
      EXPECT_EQ(both.Contains({v, ""}), bits[0][v] && bits[1][v]);
      EXPECT_EQ(any.Contains({v, ""}), bits[0][v] || bits[1][v]);
      EXPECT_EQ(not_first.Contains({v, ""}), !bits[0][v]);
    }
  }
}

TEST(ValueSetTest, RanksOfDoublesFollowTheirOrder) {
  const double values[] = {-std::numeric_limits<double>::infinity(), -1e300, -2.5, -0.0, 5e-324, 1, 1e300,
                           std::numeric_limits<double>::infinity()};
  for (size_t i = 1; i < std::size(values); ++i) EXPECT_LT(RankOfDouble(values[i - 1]), RankOfDouble(values[i]));
  for (double value : values) EXPECT_EQ(DoubleOfRank(RankOfDouble(value)), value);
  EXPECT_EQ(RankOfDouble(-0.0), RankOfDouble(0.0));
  EXPECT_GT(RankOfDouble(std::nan("")), RankOfDouble(std::numeric_limits<double>::infinity()));
  EXPECT_EQ(RankOfDouble(std::numeric_limits<double>::infinity()) + 1, kRankOfNan);
}

TEST(ValueSetTest, AConstantComesBackFromItsPlace) {
  for (TypeKind kind : {TypeKind::kBool, TypeKind::kInt, TypeKind::kUint, TypeKind::kDouble, TypeKind::kString,
                        TypeKind::kDecimal, TypeKind::kDate, TypeKind::kTimestamp, TypeKind::kDuration}) {
    Constant value;
    value.kind = kind;
    value.bool_value = true;
    value.int_value = -17;
    value.uint_value = 17;
    value.double_value = -1.5;
    value.text = "text";
    value.decimal = {-1250, 2};
    value.timestamp = {-5, 250'000'000};
    value.duration = {-5, -250'000'000};
    const Domain domain = DomainOfKind(kind);
    const Place place = PlaceOf(domain, value);
    EXPECT_EQ(PlaceOf(domain, ConstantAt(domain, place)), place) << static_cast<int>(kind);
  }
}

}  // namespace
}  // namespace assay
