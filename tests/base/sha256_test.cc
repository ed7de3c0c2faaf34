// SHA-256 against the published examples, and in pieces.
#include "base/sha256.h"

#include <string>

#include "gtest/gtest.h"

namespace assay {
namespace {

// The examples of FIPS 180-4's companion paper (one block, two blocks, a million letters) and the empty message.
TEST(Sha256Test, GivesThePublishedDigests) {
  EXPECT_EQ(Sha256Hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(Sha256Hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(Sha256Hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(Sha256Hex(std::string(1'000'000, 'a')), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256Test, PiecesGiveTheDigestOfTheWhole) {
  for (size_t size = 0; size < 200; ++size) {
    const std::string text(size, 'x');
    for (size_t cut : {size / 3, size / 2, size}) {
      Sha256 sha;
      sha.Update(absl::string_view(text).substr(0, cut));
      sha.Update("");
      sha.Update(absl::string_view(text).substr(cut));
      EXPECT_EQ(ToHex(sha.Finish()), Sha256Hex(text)) << size << " " << cut;
    }
  }
}

}  // namespace
}  // namespace assay
