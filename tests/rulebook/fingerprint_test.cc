// What counts for a fingerprint and what does not.
#include "rulebook/fingerprint.h"

#include <gtest/gtest.h>

#include <string>

#include "base/sha256.h"
#include "rulebook/loader.h"

namespace assay {
namespace {

v1::Rulebook Load(const std::string& text) {
  IssueList issues;
  std::optional<LoadedRulebook> rulebook = LoadRulebookText("r.yaml", text, &issues);
  EXPECT_TRUE(rulebook.has_value()) << Format(issues);
  return rulebook.has_value() ? rulebook->proto : v1::Rulebook();
}

TEST(FingerprintTest, CanonicalJsonIsWrittenInOneWay) {
  EXPECT_EQ(
      CanonicalJson(Load("version: '1'\n"
                         "name: 订单\n"
                         "fields: [{path: a.b.C, date: true, decimal: {scale: 0, precision: 18}, sensitive: false}]\n"
                         "review: {}\n"
                         "rules:\n"
                         "  - id: \"A\\\"\\\\\\t\\x7f/\"\n"
                         "    values: {b: '2', a: '', 中: x}\n"
                         "    at: {SHIP: REJECT, ENTRY: NOTE}\n"
                         "    outcome: HOLD\n"
                         "  - {}\n"
                         "joins: [{on: [x, '']}]\n")),
      R"({"fields":[{"date":true,"decimal":{"precision":18},"path":"a.b.C"}],"joins":[{"on":["x",""]}],)"
      R"("name":"订单","review":{},)"
      R"("rules":[{"at":{"ENTRY":"NOTE","SHIP":"REJECT"},"id":"A\"\\\u0009\u007f/","outcome":"HOLD",)"
      R"("values":{"a":"","b":"2","中":"x"}},{}],"version":"1"})");
  EXPECT_EQ(CanonicalJson(v1::Rulebook()), "{}");
}

TEST(FingerprintTest, IsTheHashOfTheCanonicalJson) {
  const v1::Rulebook rulebook = Load("name: n\n");
  EXPECT_EQ(Fingerprint(rulebook), Sha256Hex("{\"name\":\"n\"}"));
}

TEST(FingerprintTest, DoesNotCountFormAndTests) {
  const std::string plain = Fingerprint(Load("name: n\nrules:\n  - {id: A, condition: a > 1, outcome: HOLD}\n"));
  EXPECT_EQ(plain,
            Fingerprint(Load("# a comment\nrules:\n  - outcome: OUTCOME_HOLD\n    condition: 'a > 1'\n    id: A\n"
                             "name: \"n\"\ntests: [{name: t}]\n")));
}

TEST(FingerprintTest, CountsEveryOtherDifference) {
  const std::string base = "name: n\nrules:\n  - {id: A, condition: a > 1}\n  - {id: B}\n";
  const std::string fingerprint = Fingerprint(Load(base));
  EXPECT_NE(fingerprint, Fingerprint(Load(base + "version: '1'\n")));
  EXPECT_NE(fingerprint, Fingerprint(Load(base + "description: {zh: 说明}\n")));
  EXPECT_NE(fingerprint, Fingerprint(Load("name: n\nrules:\n  - {id: B}\n  - {id: A, condition: a > 1}\n")));
  EXPECT_NE(fingerprint, Fingerprint(Load("name: n\nrules:\n  - {id: A, condition: a  > 1}\n  - {id: B}\n")));
}

}  // namespace
}  // namespace assay
