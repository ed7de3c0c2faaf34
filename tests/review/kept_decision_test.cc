// What a session keeps of a decision gives the decision again.
#include "review/kept_decision.h"

#include "gtest/gtest.h"
#include "review/run_diff.h"

namespace assay {
namespace {

SharedProvenance By(const char* version) {
  v1::Provenance provenance;
  provenance.set_rulebook("day");
  provenance.set_version(version);
  return std::make_shared<const v1::Provenance>(std::move(provenance));
}

v1::Decision Held() {
  v1::Decision decision;
  decision.set_order_id("O1");
  decision.set_disposition(v1::DISPOSITION_HELD);
  v1::Finding* finding = decision.add_findings();
  finding->set_rule("R1");
  finding->mutable_message()->set_zh("超出额度");
  decision.add_lines()->set_requested("12.5");
  decision.set_priority(7);
  return decision;
}

TEST(KeptDecisionTest, TheMessageComesBackByteForByte) {
  v1::Decision decision = Held();
  const KeptDecision kept(decision, By("1"));
  *decision.mutable_provenance() = *By("1");
  EXPECT_EQ(kept.Message().SerializeAsString(), decision.SerializeAsString());
  EXPECT_EQ(kept.disposition(), v1::DISPOSITION_HELD);
  EXPECT_EQ(kept.priority(), 7);
}

TEST(KeptDecisionTest, WithoutProvenanceTheMessageHasNone) {
  EXPECT_FALSE(KeptDecision(Held(), nullptr).Message().has_provenance());
}

TEST(KeptDecisionTest, AnOrderThatNoRunDecidedHasAnEmptyDecision) {
  EXPECT_EQ(KeptDecision().Message().SerializeAsString(), "");
  EXPECT_EQ(KeptDecision().content(), "");
}

TEST(KeptDecisionTest, ContentIsTheSameWhereTheOrderIsDecidedAlike) {
  const KeptDecision kept(Held(), By("1"));
  v1::Decision other = Held();
  other.set_priority(8);
  EXPECT_EQ(KeptDecision(other, By("2")).content(), kept.content());
  EXPECT_EQ(kept.content(), ContentOf(kept.Message()));
  other.mutable_lines(0)->set_requested("12");
  EXPECT_NE(KeptDecision(other, By("1")).content(), kept.content());
}

TEST(KeptDecisionTest, ALaterRunMovesItInTheQueueAndNothingElse) {
  KeptDecision kept(Held(), By("1"));
  kept.KeepFor(3, By("2"));
  v1::Decision expected = Held();
  expected.set_priority(3);
  *expected.mutable_provenance() = *By("2");
  EXPECT_EQ(kept.Message().SerializeAsString(), expected.SerializeAsString());
}

}  // namespace
}  // namespace assay
