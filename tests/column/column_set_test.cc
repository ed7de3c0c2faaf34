// Buffers of a batch: growth, truncation, errors, and the order of rows.
#include "column/column_set.h"

#include <vector>

#include "gtest/gtest.h"

namespace assay {
namespace {

// Root, a child level and a grandchild level, with an int column on each: slots 0, 1, 2.
ColumnSet ThreeLevels() {
  return ColumnSet({{-1}, {0}, {1}},
                   {{Physical::kInt64, 0, nullptr}, {Physical::kInt64, 1, nullptr}, {Physical::kInt64, 2, nullptr}});
}

template <typename T>
std::vector<T> ToVector(absl::Span<const T> span) {
  return std::vector<T>(span.begin(), span.end());
}

// Appends a root row with children of the given numbers of grandchildren; values count up per level.
void AddRow(ColumnSet* set, const std::vector<int>& grandchildren) {
  const int32_t root = set->Append(0, -1);
  set->at<int64_t>(0, root) = root;
  for (int count : grandchildren) {
    const int32_t child = set->Append(1, root);
    set->at<int64_t>(1, child) = child;
    for (int i = 0; i < count; ++i) {
      const int32_t grandchild = set->Append(2, child);
      set->at<int64_t>(2, grandchild) = grandchild;
    }
    set->EndParent(2, child);
  }
  set->EndParent(1, root);
}

TEST(ColumnSetTest, ValuesSurviveGrowth) {
  ColumnSet set = ThreeLevels();
  for (int i = 0; i < 1000; ++i) AddRow(&set, {1, 2});
  EXPECT_EQ(set.rows(), 1000u);
  EXPECT_EQ(set.level(2).size, 3000u);
  EXPECT_EQ(set.column(2).values<int64_t>()[2999], 2999);
  EXPECT_EQ(set.level(1).begin[1000], 2000);
  EXPECT_EQ(set.level(2).parent[2999], 1999);
}

TEST(ColumnSetTest, NewRowsAreZeroAlsoWhereOthersHaveBeen) {
  ColumnSet set = ThreeLevels();
  for (int i = 0; i < 100; ++i) AddRow(&set, {3});
  set.FailValue(2, 7, ErrorKind::kMalformed, "is odd");
  set.Clear();
  const int32_t root = set.Append(0, -1), child = set.Append(1, root);
  for (int i = 0; i < 300; ++i) set.Append(2, child);
  EXPECT_EQ(ToVector(set.column(2).values<int64_t>()), std::vector<int64_t>(300, 0));
  EXPECT_FALSE(set.column(2).has_errors());
}

TEST(ColumnSetTest, TruncatingALevelDropsDescendants) {
  ColumnSet set = ThreeLevels();
  AddRow(&set, {1, 2, 3});
  set.Truncate(1, 1);
  EXPECT_EQ(set.level(1).size, 1u);
  EXPECT_EQ(set.level(2).size, 1u);
}

TEST(ColumnSetTest, ErrorsGrowWithTheirColumn) {
  ColumnSet set = ThreeLevels();
  AddRow(&set, {});
  set.FailValue(0, 0, ErrorKind::kOverflow, "");
  for (int i = 0; i < 500; ++i) AddRow(&set, {});
  set.SetAbsent(0, 500);
  ASSERT_TRUE(set.AssignAbsentCodes());
  EXPECT_EQ(set.errors().Get(set.column(0).error(0)).kind, ErrorKind::kOverflow);
  EXPECT_EQ(set.errors().Get(set.column(0).error(500)).kind, ErrorKind::kAbsent);
  EXPECT_EQ(set.errors().Get(set.column(0).error(500)).row, 500);
  EXPECT_EQ(set.column(0).error(250), 0u);
}

TEST(ColumnSetTest, ArrangingRowsTakesDescendantsAndErrorsAlong) {
  ColumnSet set = ThreeLevels();
  AddRow(&set, {1});
  AddRow(&set, {2, 0, 1});
  set.FailValue(1, 3, ErrorKind::kMalformed, "is odd");
  set.SetAbsent(2, 3);
  set.Rearrange(1, 1, {3, 1});
  ASSERT_TRUE(set.AssignAbsentCodes());
  EXPECT_EQ(ToVector(set.column(1).values<int64_t>()), (std::vector<int64_t>{0, 3, 1}));
  EXPECT_EQ(ToVector(set.column(2).values<int64_t>()), (std::vector<int64_t>{0, 3, 1, 2}));
  EXPECT_EQ(ToVector(set.level(2).begin), (std::vector<int32_t>{0, 1, 2, 4}));
  EXPECT_EQ(ToVector(set.level(2).parent), (std::vector<int32_t>{0, 1, 2, 2}));
  EXPECT_EQ(set.errors().Get(set.column(1).error(1)).row, 1);
  EXPECT_EQ(set.errors().Get(set.column(2).error(1)).row, 1);
  EXPECT_EQ(set.column(1).error(2), 0u);
}

TEST(ColumnSetTest, AFailedRowHasNoChildrenAndNoValues) {
  ColumnSet set = ThreeLevels();
  AddRow(&set, {1});
  AddRow(&set, {2, 2});
  set.FailRow(1, "it is odd");
  EXPECT_EQ(set.level(1).size, 1u);
  EXPECT_EQ(set.level(2).size, 1u);
  EXPECT_EQ(set.errors().Get(set.column(0).error(1)).kind, ErrorKind::kUndecodable);
  EXPECT_EQ(set.row_errors()[0].reason, "it is odd");
}

}  // namespace
}  // namespace assay
