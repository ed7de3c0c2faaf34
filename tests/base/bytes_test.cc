// Words of bytes: loads of every size, and what counts as eight digits.
#include "base/bytes.h"

#include <cstdio>
#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace assay {
namespace {

TEST(BytesTest, LoadsEverySizeWithTheFirstByteLowest) {
  const std::string text = "\x01\x82\x03\x84\x05\x86\x07\x88";
  uint64_t expected = 0;
  for (size_t size = 0; size <= 8; ++size) {
    const std::vector<char> bytes(text.begin(), text.begin() + size);
    EXPECT_EQ(LoadWord(bytes.data(), size), expected) << size;
    if (size < 8) expected |= uint64_t{static_cast<unsigned char>(text[size])} << (8 * size);
  }
}

TEST(BytesTest, OnlyDigitsAreDigitsAtEveryPlace) {
  for (int place = 0; place < 8; ++place) {
    for (int byte = 0; byte < 256; ++byte) {
      std::string text = "90909090";
      text[place] = static_cast<char>(byte);
      EXPECT_EQ(IsEightDigits(LoadEight(text.data())), byte >= '0' && byte <= '9') << place << " " << byte;
    }
  }
}

TEST(BytesTest, ReadsEightDigits) {
  for (uint32_t number = 0; number < 100'000'000; number += 999'991) {
    char text[9];
    std::snprintf(text, sizeof(text), "%08u", number);
    EXPECT_EQ(EightDigits(LoadEight(text)), number);
  }
  EXPECT_EQ(EightDigits(LoadEight("99999999")), 99'999'999u);
}

}  // namespace
}  // namespace assay
