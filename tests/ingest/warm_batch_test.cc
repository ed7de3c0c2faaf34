// What a batch takes from the heap once buffers are warm: nothing, from its bytes to the last column.
#include "bench/review_orders.h"
#include "bench/rulebook_checks.h"
#include "gtest/gtest.h"
#include "tests/ingest/allocation_count.h"

namespace assay {
namespace {

TEST(WarmBatchTest, TakesNothingFromTheHeap) {
  const std::vector<std::string> bytes = WireBytes(ReviewOrders(256));
  const std::vector<absl::string_view> rows(bytes.begin(), bytes.end());
  const auto rulebook = RulebookChecks::Load("order_checks.yaml", WireBytes(ReviewPrices()));
  ASSERT_TRUE(rulebook.ok()) << rulebook.status();
  size_t before = 0;
  for (int i = 0; i < 3; ++i) {
    before = AllocationCount();
    ASSERT_TRUE((*rulebook)->Decode(rows).ok());
    (*rulebook)->Compute();
  }
  EXPECT_EQ(AllocationCount(), before);
}

}  // namespace
}  // namespace assay
