// The status macros hand errors on unchanged, evaluate once, and move values.
#include "base/status_macros.h"

#include <memory>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gtest/gtest.h"

namespace assay {
namespace {

absl::Status FailIf(bool fails, int* calls) {
  ++*calls;
  return fails ? absl::NotFoundError("no such partner") : absl::OkStatus();
}

absl::StatusOr<int> SevenUnless(bool fails, int* calls) {
  RETURN_IF_ERROR(FailIf(fails, calls));
  return 7;
}

absl::StatusOr<std::unique_ptr<int>> DoubledUnless(bool fails, int* calls) {
  ASSIGN_OR_RETURN(const int first, SevenUnless(fails, calls));
  ASSIGN_OR_RETURN(std::unique_ptr<int> doubled,
                   absl::StatusOr<std::unique_ptr<int>>(std::make_unique<int>(2 * first)));
  return doubled;
}

TEST(StatusMacrosTest, AnErrorReachesTheCallerUnchangedThroughBothMacros) {
  int calls = 0;
  EXPECT_EQ(DoubledUnless(true, &calls).status(), absl::NotFoundError("no such partner"));
  EXPECT_EQ(calls, 1);
}

TEST(StatusMacrosTest, AMoveOnlyValueIsHandedOver) {
  int calls = 0;
  absl::StatusOr<std::unique_ptr<int>> doubled = DoubledUnless(false, &calls);
  ASSERT_TRUE(doubled.ok());
  EXPECT_EQ(**doubled, 14);
  EXPECT_EQ(calls, 1);
}

}  // namespace
}  // namespace assay
