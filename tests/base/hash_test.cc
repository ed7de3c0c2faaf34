// The hash is the same in every process and spreads keys that differ little.
#include "base/hash.h"

#include <string>
#include <unordered_set>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace assay {
namespace {

TEST(HashTest, LengthAndEveryByteCount) {
  std::unordered_set<uint64_t> seen;
  std::string text;
  for (int size = 0; size < 70; ++size, text.push_back('\0')) {
    EXPECT_TRUE(seen.insert(HashBytes(text)).second) << size;
    for (int at = 0; at < size; ++at) {
      std::string other = text;
      other[at] = 'x';
      EXPECT_TRUE(seen.insert(HashBytes(other)).second) << size << " " << at;
    }
  }
}

TEST(HashTest, NumberedKeysFillTheBucketsEvenly) {
  constexpr int kKeys = 1 << 16;
  std::unordered_set<uint64_t> low, high;
  for (int i = 0; i < kKeys; ++i) {
    const uint64_t hash = HashBytes(absl::StrCat("P", i));
    low.insert(hash % kKeys);
    high.insert(hash >> 48);
  }
  // A random function fills 1 - 1/e = 63 % of as many buckets as keys.
  EXPECT_NEAR(low.size(), 0.632 * kKeys, 0.01 * kKeys);
  EXPECT_NEAR(high.size(), 0.632 * kKeys, 0.01 * kKeys);
}

TEST(HashTest, IsTheSameOnEveryRun) {
  EXPECT_EQ(HashBytes(""), HashBytes(absl::string_view()));
  EXPECT_EQ(HashBytes("assay"), 8771401590278841184u);
}

TEST(HashTest, MixingDependsOnTheOrder) {
  EXPECT_NE(MixHash(MixHash(kHashSeed, 1), 2), MixHash(MixHash(kHashSeed, 2), 1));
}

}  // namespace
}  // namespace assay
