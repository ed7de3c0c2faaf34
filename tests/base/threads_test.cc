// Threads that share work, as many as there are to be had.
#include "base/threads.h"

#include <atomic>

#include "gtest/gtest.h"
#include "tests/base/few_threads.h"

namespace assay {
namespace {

TEST(ThreadsTest, EachThreadDoesTheWorkOnce) {
  std::atomic<int> done = 0;
  {
    const auto threads = StartThreads(3, [&done] { ++done; });
    EXPECT_EQ(threads.size(), 3);
  }
  EXPECT_EQ(done, 3);
}

TEST(ThreadsTest, WhereNoMoreThreadsStartThoseThatDidDoTheWork) {
  for (const size_t few : {0, 1, 2}) {
    const FewThreads machine(few);
    std::atomic<size_t> done = 0;
    {
      const auto threads = StartThreads(3, [&done] { ++done; });
      EXPECT_EQ(threads.size(), few);
    }
    EXPECT_EQ(done, few);
  }
}

}  // namespace
}  // namespace assay
