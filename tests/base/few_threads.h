// A machine that starts no more than a few threads: what tests of running on fewer threads than asked for share. Entry
// point: FewThreads.
#ifndef ASSAY_TESTS_BASE_FEW_THREADS_H_
#define ASSAY_TESTS_BASE_FEW_THREADS_H_

#include <pthread.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cstddef>
#include <fstream>

#include "gtest/gtest.h"

namespace assay {

// While it lives, so many more threads can be at once, and no others: each takes a gigabyte of addresses for its stack,
// and for more of them there is no room, for root neither. Of memory it takes nothing. For one thread at a time.
class FewThreads {
 public:
  explicit FewThreads(size_t threads) {
    EXPECT_EQ(pthread_getattr_default_np(&before_), 0);
    EXPECT_EQ(getrlimit(RLIMIT_AS, &room_), 0);
    pthread_attr_t large;
    EXPECT_EQ(pthread_attr_init(&large), 0);
    EXPECT_EQ(pthread_attr_setstacksize(&large, kStack), 0);
    EXPECT_EQ(pthread_setattr_default_np(&large), 0);
    EXPECT_EQ(pthread_attr_destroy(&large), 0);
    rlimit few = room_;
    few.rlim_cur = AddressesInUse() + threads * kStack + kStack / 2;  // half of one for all else
    EXPECT_EQ(setrlimit(RLIMIT_AS, &few), 0);
  }
  FewThreads(const FewThreads&) = delete;
  FewThreads& operator=(const FewThreads&) = delete;
  ~FewThreads() {
    EXPECT_EQ(setrlimit(RLIMIT_AS, &room_), 0);
    EXPECT_EQ(pthread_setattr_default_np(&before_), 0);
    EXPECT_EQ(pthread_attr_destroy(&before_), 0);
  }

 private:
  static constexpr size_t kStack = size_t{1} << 30;

  static size_t AddressesInUse() {
    size_t pages = 0;
    std::ifstream("/proc/self/statm") >> pages;
    return pages * static_cast<size_t>(sysconf(_SC_PAGESIZE));
  }

  pthread_attr_t before_ = {};
  rlimit room_ = {};
};

}  // namespace assay

#endif  // ASSAY_TESTS_BASE_FEW_THREADS_H_
