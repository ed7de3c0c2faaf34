// JSON for reading: lines, and texts that stay as they are.
#include "document/json_layout.h"

#include "gtest/gtest.h"

namespace assay {
namespace {

TEST(JsonLayoutTest, GivesTheOutermostTwoContainersALineForEachMember) {
  EXPECT_EQ(LaidOutJson(R"({"id":"1","lines":[{"a":1,"b":[2]},{}],"none":[]})"),
            "{\n  \"id\": \"1\",\n  \"lines\": [\n    {\"a\": 1, \"b\": [2]},\n    {}\n  ],\n  \"none\": []\n}");
}

TEST(JsonLayoutTest, ChangesNoString) {
  EXPECT_EQ(LaidOutJson(R"(["a, {b}: \"[\\"])"), "[\n  \"a, {b}: \\\"[\\\\\"\n]");
}

TEST(JsonLayoutTest, TakesAnyText) {
  EXPECT_EQ(LaidOutJson(""), "");
  EXPECT_EQ(LaidOutJson("\"open"), "\"open");
  EXPECT_EQ(LaidOutJson("\"\\"), "\"\\");
  EXPECT_EQ(LaidOutJson("]}"), "]}");
}

}  // namespace
}  // namespace assay
