// Values: equality, order, keys, and their texts.
#include "interp/value.h"

#include <cmath>
#include <limits>
#include <set>

#include "gtest/gtest.h"
#include "tests/interp/evaluating.h"

namespace assay {
namespace {

using Ordering = std::partial_ordering;

TEST(ValueTest, KindsFollowTheAlternatives) {
  EXPECT_EQ(Value().kind(), ValueKind::kNull);
  EXPECT_EQ(Value::Bool(true).kind(), ValueKind::kBool);
  EXPECT_EQ(Value::Int(1).kind(), ValueKind::kInt);
  EXPECT_EQ(Value::Uint(1).kind(), ValueKind::kUint);
  EXPECT_EQ(Value::Double(1).kind(), ValueKind::kDouble);
  EXPECT_EQ(Value::String("").kind(), ValueKind::kString);
  EXPECT_EQ(Value::Bytes("").kind(), ValueKind::kBytes);
  EXPECT_EQ(Value::OfDecimal({}).kind(), ValueKind::kDecimal);
  EXPECT_EQ(Value::Date(0).kind(), ValueKind::kDate);
  EXPECT_EQ(Value::OfTimestamp({}).kind(), ValueKind::kTimestamp);
  EXPECT_EQ(Value::OfDuration({}).kind(), ValueKind::kDuration);
  EXPECT_EQ(Value::List({}).kind(), ValueKind::kList);
  EXPECT_EQ(Value::Map({}).kind(), ValueKind::kMap);
  EXPECT_EQ(Value::Row({}).kind(), ValueKind::kRow);
  EXPECT_EQ(Value::Type("int").kind(), ValueKind::kType);
  EXPECT_EQ(Value::None().kind(), ValueKind::kOptional);
  EXPECT_EQ(Value::Error(ErrorKind::kAbsent, "").kind(), ValueKind::kError);
}

TEST(ValueTest, NumbersAreComparedByValueAcrossTypesIntegersWithDoublesAsDoubles) {
  const Value large = Value::Int((int64_t{1} << 53) + 1);
  EXPECT_EQ(Order(large, Value::Double(0x1p53)), Ordering::equivalent);
  EXPECT_EQ(Order(large, Value::Uint(uint64_t{1} << 53)), Ordering::greater);
  EXPECT_EQ(Order(Value::Double(0x1p53), large), Ordering::equivalent);
  EXPECT_EQ(Order(Value::Uint(~uint64_t{0}), Value::Double(0x1p64)), Ordering::equivalent);
  EXPECT_EQ(Order(Value::Int(std::numeric_limits<int64_t>::min()), Value::Double(-0x1p63)), Ordering::equivalent);
  EXPECT_EQ(Order(Value::Int(-1), Value::Double(-1.5)), Ordering::greater);
  EXPECT_EQ(Order(Value::Int(-1), Value::Uint(~uint64_t{0})), Ordering::less);
  EXPECT_EQ(Order(Value::Double(HUGE_VAL), Value::Uint(~uint64_t{0})), Ordering::greater);
  EXPECT_EQ(Order(Value::OfDecimal({150, 2}), Value::OfDecimal({15, 1})), Ordering::equivalent);
  EXPECT_EQ(Order(Value::OfDecimal({150, 2}), Value::Int(2)), Ordering::less);
  EXPECT_EQ(Order(Value::Int(1), Value::Double(std::nan(""))), Ordering::unordered);
  EXPECT_EQ(Order(Value::Double(1), Value::OfDecimal({1, 0})), std::nullopt);
}

TEST(ValueTest, ValuesOfDifferentKindsDifferAndHaveNoOrder) {
  EXPECT_FALSE(Equal(Value::String("1"), Value::Int(1)));
  EXPECT_FALSE(Equal(Value::String("a"), Value::Bytes("a")));
  EXPECT_FALSE(Equal(Value::Null(), Value::Bool(false)));
  EXPECT_FALSE(Equal(Value::Double(1), Value::OfDecimal({1, 0})));
  EXPECT_EQ(Order(Value::String("a"), Value::Bytes("a")), std::nullopt);
  EXPECT_EQ(Order(Value::List({}), Value::List({})), std::nullopt);
}

TEST(ValueTest, ListsAndMapsAreEqualPartByPart) {
  const Value a = Value::List({Value::Int(1), Value::List({Value::OfDecimal({10, 1})})});
  EXPECT_TRUE(Equal(a, Value::List({Value::Uint(1), Value::List({Value::OfDecimal({1, 0})})})));
  EXPECT_FALSE(Equal(a, Value::List({Value::Int(1)})));
  const Value map = Value::Map({{Value::Int(1), Value::String("x")}, {Value::Int(2), Value::String("y")}});
  EXPECT_TRUE(Equal(map, Value::Map({{Value::Int(1), Value::String("x")}, {Value::Uint(2), Value::String("y")}})));
  EXPECT_FALSE(Equal(map, Value::Map({{Value::Int(1), Value::String("x")}, {Value::Int(3), Value::String("y")}})));
}

TEST(ValueTest, RowsAreEqualFieldByField) {
  const Sample a("id: 'x' lines { id: 'l' }");
  const Sample b("lines { id: 'l' } id: 'x'");
  const Sample c("id: 'x' lines { id: 'm' }");
  EXPECT_TRUE(Equal(a.order(), b.order()));
  EXPECT_FALSE(Equal(a.order(), c.order()));
  EXPECT_FALSE(Equal(a.order(), Value::Row({nullptr, nullptr, 0})));
  EXPECT_TRUE(Equal(Value::Row({nullptr, nullptr, 4}), Value::Row({nullptr, nullptr, 4})));
}

TEST(ValueTest, KeysAreFoundByValue) {
  const ValueMap map = {{Value::Bool(true), Value::Int(0)},
                        {Value::Int(-1), Value::Int(1)},
                        {Value::Uint(7), Value::Int(2)},
                        {Value::String("a"), Value::Int(3)}};
  EXPECT_EQ(FindKey(map, Value::Bool(true))->as_int(), 0);
  EXPECT_EQ(FindKey(map, Value::Double(-1))->as_int(), 1);
  EXPECT_EQ(FindKey(map, Value::Int(7))->as_int(), 2);
  EXPECT_EQ(FindKey(map, Value::String("a"))->as_int(), 3);
  EXPECT_EQ(FindKey(map, Value::String("b")), nullptr);
  EXPECT_EQ(FindKey(map, Value::Null()), nullptr);
  EXPECT_EQ(FindKey(map, Value::Double(std::nan(""))), nullptr);
}

TEST(ValueTest, JsonKeepsIntegersThatAJsonNumberWouldChangeAsStrings) {
  EXPECT_EQ(ToJson(Value::Int(int64_t{1} << 53)), "9007199254740992");
  EXPECT_EQ(ToJson(Value::Int((int64_t{1} << 53) + 1)), "\"9007199254740993\"");
  EXPECT_EQ(ToJson(Value::Int(-(int64_t{1} << 53) - 1)), "\"-9007199254740993\"");
  EXPECT_EQ(ToJson(Value::Uint(~uint64_t{0})), "\"18446744073709551615\"");
}

TEST(ValueTest, JsonOfRowsErrorsAndMaps) {
  const Sample sample("id: 'x' count: 2 kind: ORDER_KIND_STANDARD");
  EXPECT_EQ(ToJson(sample.order()), R"({"id":"x","count":2,"kind":"ORDER_KIND_STANDARD"})");
  EXPECT_EQ(ToJson(Value::Row({nullptr, nullptr, 12})), R"({"row":12})");
  EXPECT_EQ(ToJson(Value::Error(ErrorKind::kOverflow, "")), R"({"error":{"kind":"overflow"}})");
  EXPECT_EQ(ToJson(Value::OfError({ErrorKind::kMissingRow, "a \"b\"", "partners[P1]", nullptr})),
            R"({"error":{"kind":"missing row","detail":"a \"b\"","origin":"partners[P1]"}})");
  EXPECT_EQ(ToJson(Value::Map({{Value::Bool(false), Value()}, {Value::Int(2), Value::List({Value::Double(0.5)})}})),
            R"({"false":null,"2":[0.5]})");
}

TEST(ValueTest, DebugStringShowsWhatJsonHides) {
  EXPECT_EQ(DebugString(Value::Uint(7)), "7u");
  EXPECT_EQ(DebugString(Value::Bytes("a\xff")), "b'a\\xff'");
  EXPECT_EQ(DebugString(Value::OfDecimal({150, 2})), "1.50");
  EXPECT_EQ(DebugString(Value::Date(0)), "1970-01-01");
  EXPECT_EQ(DebugString(Value::List({Value::Int(1), Value::String("x")})), "[1, \"x\"]");
  EXPECT_EQ(DebugString(Value::Map({{Value::String("k"), Value::Bool(true)}})), "{\"k\": true}");
  EXPECT_EQ(DebugString(Value::OfError({ErrorKind::kAbsent, "", "a.B.c", nullptr})), "error: absent: a.B.c");
  EXPECT_EQ(DebugString(Value::Type("int")), "int");
  const Sample sample("id: 'x'");
  EXPECT_EQ(DebugString(sample.order()), "sample.Order {id: \"x\"}");
  EXPECT_EQ(DebugString(Value::Row({nullptr, nullptr, 3})), "row #3");
}

TEST(ValueTest, EveryErrorKindHasItsName) {
  std::set<absl::string_view> names;
  for (int k = 0; k <= static_cast<int>(ErrorKind::kBudget); ++k) {
    names.insert(ErrorKindName(static_cast<ErrorKind>(k)));
  }
  EXPECT_EQ(names.size(), static_cast<size_t>(ErrorKind::kBudget) + 1);
  EXPECT_FALSE(names.contains(""));
}

}  // namespace
}  // namespace assay
