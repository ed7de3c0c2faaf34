// Rows of files as wire bytes: which texts are rows, and where a file is refused.
#include "ingest/json_rows.h"

#include "gtest/gtest.h"

namespace assay {
namespace {

class JsonRowsTest : public ::testing::Test {
 protected:
  // The rows, each closed by a semicolon, up to the first that is refused, and why it is.
  std::string Read(absl::string_view content, bool is_binary) {
    std::string rows;
    const absl::Status status =
        ReadRows(*schema_, **schema_->FindMessage("assay.v1.Order"), content, is_binary,
                 [&](absl::string_view row) { rows.append(row.data(), row.size()).push_back(';'); });
    return rows + std::string(status.message());
  }

  const std::shared_ptr<const Schema> schema_ = *Schema::CreateStandard();
};

TEST_F(JsonRowsTest, EveryLineThatIsNotBlankIsARow) {
  EXPECT_EQ(Read("{\"id\": \"A\"}\r\n\n{\"id\": \"B\"}", false),
            "\x0a\x01"
            "A;\x0a\x01"
            "B;");
  EXPECT_EQ(Read("", false), "");
}

TEST_F(JsonRowsTest, BinaryRowsFollowTheirLengths) {
  EXPECT_EQ(Read("\x03\x0a\x01"
                 "A\x01?",
                 true),
            "\x0a\x01"
            "A;?;");
}

TEST_F(JsonRowsTest, ALineThatIsNoOrderIsNamedByLineAndColumn) {
  EXPECT_EQ(Read("{\"id\": \"A\"}\n\n{\"id\": \"订\", }\n", false),
            "\x0a\x01"
            "A;3:13: expects a name in double quotes");
  EXPECT_EQ(Read("[]\n", false), "1:1: expects an object {…}");
  EXPECT_EQ(Read("{\"lines\": [{}, {\"unit_pice\": 1}]}", false),
            "1:17: lines[1]: 'assay.v1.OrderLine' has no field named 'unit_pice'; did you mean 'unit_price'?");
}

TEST_F(JsonRowsTest, BrokenFramingGivesNoRow) {
  EXPECT_EQ(Read("\x03\x0a\x01"
                 "A\x05?",
                 true),
            "message 2 is cut off: it begins at byte 4 and needs 5 bytes, of which 1 are there");
}

}  // namespace
}  // namespace assay
