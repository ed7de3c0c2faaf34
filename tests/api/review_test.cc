// The C++ interface: the same order as message, wire bytes and JSON; calls that cannot be done change nothing.
#include "assay/review.h"

#include "absl/strings/str_cat.h"
#include "google/protobuf/dynamic_message.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "schema/schema.h"

namespace assay {
namespace {

constexpr char kBook[] = R"(
name: test.caps
version: "3"
input: {name: order, type: assay.v1.Order}
levels: [{name: line, of: order.lines}]
datasets: [{name: partners, type: assay.v1.Partner, key: [id]}]
joins: [{name: partner, dataset: partners, on: [order.sold_to]}]
rules:
  - {id: CAP, each: line, condition: "order.partner.level == 'A' && line.quantity > 5", outcome: HOLD,
     message: {en: x, zh: x}}
review: {id: order.id, lines: line, line_id: line.id, quantity: line.quantity}
)";
constexpr char kPartner[] = R"({"id": "P", "level": "A"})";
constexpr char kOrder[] = R"({"id": "O", "sold_to": "P", "lines": [{"id": "1", "quantity": 5.5}]})";

Rulebook Load() {
  std::vector<Issue> issues;
  absl::StatusOr<Rulebook> rulebook = Rulebook::LoadText("test.yaml", kBook, *EntitySchema::Standard(), &issues);
  EXPECT_TRUE(rulebook.ok()) << rulebook.status();
  return *rulebook;
}

ReferenceData Partners(const Rulebook& rulebook) {
  ReferenceDataBuilder builder(rulebook);
  EXPECT_TRUE(builder.Add("partners", RowFormat::kJson, kPartner).ok());
  return *builder.Build();
}

std::unique_ptr<ReviewSession> Open(const Rulebook& rulebook) {
  return *ReviewSession::Open(rulebook, Partners(rulebook), {.now = absl::FromUnixSeconds(1'795'000'000)});
}

TEST(ReviewApiTest, ARulebookTellsWhatItIs) {
  const Rulebook rulebook = Load();
  EXPECT_EQ(rulebook.name(), "test.caps");
  EXPECT_EQ(rulebook.version(), "3");
  EXPECT_EQ(rulebook.fingerprint().size(), 64u);
  EXPECT_EQ(rulebook.rule_count(), 1u);
  EXPECT_EQ(rulebook.datasets(), std::vector<std::string>{"partners"});
}

TEST(ReviewApiTest, WhatIsWrongWithATextIsListedWithItsPlace) {
  std::vector<Issue> issues;
  const std::string text = absl::StrCat(kBook, "as_of: order.submited_at\n");
  const auto rulebook = Rulebook::LoadText("test.yaml", text, *EntitySchema::Standard(), &issues);
  EXPECT_EQ(rulebook.status().code(), absl::StatusCode::kInvalidArgument);
  ASSERT_EQ(issues.size(), 1u);
  EXPECT_EQ(issues[0].line, 12);
  EXPECT_EQ(issues[0].path, "as_of");
  EXPECT_EQ(issues[0].suggestion, "order.submitted_at");
  EXPECT_FALSE(Rulebook::LoadFile("/nowhere.yaml", *EntitySchema::Standard(), nullptr).ok());
}

v1::RequiredKey PartnerKey(const std::string& id) {
  v1::RequiredKey key;
  key.set_dataset("partners");
  key.add_key()->set_field("id");
  key.mutable_key(0)->set_value(id);
  return key;
}

std::string RulesFound(const ReferenceData& data) {
  const auto session = *ReviewSession::Open(data.rulebook(), data, {.now = absl::FromUnixSeconds(1'795'000'000)});
  EXPECT_TRUE(session->Add(RowFormat::kJson, kOrder).ok());
  const v1::RunResult result = *session->Run();
  std::string found;
  for (const v1::Finding& finding : result.decisions(0).findings()) absl::StrAppend(&found, finding.rule(), " ");
  return found;
}

TEST(ReviewApiTest, RowsOverADatasetReplaceThoseOfTheirKeysAndSoDoesTheirAbsence) {
  const Rulebook rulebook = Load();
  const ReferenceData base = Partners(rulebook);
  EXPECT_EQ(RulesFound(base), "CAP ");
  ReferenceDataBuilder other(base);
  ASSERT_TRUE(other.Add("partners", RowFormat::kJson, R"({"id": "Q", "level": "B"})").ok());
  EXPECT_EQ(RulesFound(*other.Build()), "CAP ");
  ReferenceDataBuilder over(base);
  ASSERT_TRUE(over.Add("partners", RowFormat::kJson, R"({"id": "P", "level": "B"})").ok());
  EXPECT_EQ(RulesFound(*over.Build()), "");
  ReferenceDataBuilder empty(*over.Build());
  ASSERT_TRUE(empty.Clear(PartnerKey("P")).ok());
  EXPECT_EQ(RulesFound(*empty.Build()), "SYS ");
  // Cleared and stated anew: what is added stays.
  ASSERT_TRUE(empty.Add("partners", RowFormat::kJson, kPartner).ok());
  EXPECT_EQ(RulesFound(*empty.Build()), "CAP ");
  EXPECT_EQ(RulesFound(base), "CAP ");
  // Without a base there is nothing to clear; what is added stays, too.
  ReferenceDataBuilder alone(rulebook);
  ASSERT_TRUE(alone.Clear(PartnerKey("P")).ok());
  ASSERT_TRUE(alone.Add("partners", RowFormat::kJson, kPartner).ok());
  EXPECT_EQ(RulesFound(*alone.Build()), "CAP ");
}

TEST(ReviewApiTest, KeysThatAreNotThereAreToldUntilTheDataHaveThemOrSaySo) {
  const Rulebook rulebook = Load();
  const ReferenceData none = *ReferenceDataBuilder(rulebook).Build();
  const auto required = [](const ReferenceData& data) {
    const auto session = *ReviewSession::Open(data.rulebook(), data, {.now = absl::FromUnixSeconds(1'795'000'000)});
    EXPECT_TRUE(session->Add(RowFormat::kJson, kOrder).ok());
    return *session->RequiredKeys();
  };
  const v1::RequiredKeys keys = required(none);
  ASSERT_EQ(keys.keys_size(), 1);
  EXPECT_EQ(keys.keys(0).SerializeAsString(), PartnerKey("P").SerializeAsString());
  ReferenceDataBuilder empty(none);
  ASSERT_TRUE(empty.Clear(keys.keys(0)).ok());
  EXPECT_EQ(required(*empty.Build()).keys_size(), 0);
  EXPECT_EQ(required(Partners(rulebook)).keys_size(), 0);
}

TEST(ReviewApiTest, AKeyByWhatRowsDoNotHaveIsRefused) {
  ReferenceDataBuilder builder(Load());
  v1::RequiredKey key = PartnerKey("P");
  key.mutable_key(0)->set_field("nothing");
  EXPECT_EQ(builder.Clear(key).code(), absl::StatusCode::kInvalidArgument);
  key.mutable_key(0)->set_field("contracts");
  EXPECT_EQ(builder.Clear(key).code(), absl::StatusCode::kInvalidArgument);
  key.clear_key();
  EXPECT_EQ(builder.Clear(key).code(), absl::StatusCode::kInvalidArgument);
  key = PartnerKey("P");
  key.set_dataset("partner");
  EXPECT_EQ(builder.Clear(key).code(), absl::StatusCode::kNotFound);
}

TEST(ReviewApiTest, OneOrderMayComeInAnyForm) {
  const Rulebook rulebook = Load();
  const auto from_json = Open(rulebook);
  ASSERT_TRUE(from_json->Add(RowFormat::kJson, kOrder).ok());
  const v1::RunResult expected = *from_json->Run();
  ASSERT_EQ(expected.decisions_size(), 1);
  EXPECT_EQ(expected.decisions(0).disposition(), v1::DISPOSITION_HELD);

  const auto from_message = Open(rulebook);
  const auto from_wire = Open(rulebook);
  const std::shared_ptr<const Schema> schema = EntitySchema::Standard()->schema();
  google::protobuf::DynamicMessageFactory factory;
  const google::protobuf::Descriptor* type = *schema->FindMessage("assay.v1.Order");
  std::unique_ptr<google::protobuf::Message> order(factory.GetPrototype(type)->New());
  ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(R"(id: "O" sold_to: "P" lines { id: "1" quantity: "5.5" })",
                                                            order.get()));
  ASSERT_TRUE(from_message->Add(*order).ok());
  ASSERT_TRUE(from_wire->Add(RowFormat::kWire, order->SerializeAsString()).ok());
  EXPECT_EQ(from_message->Run()->SerializeAsString(), expected.SerializeAsString());
  EXPECT_EQ(from_wire->Run()->SerializeAsString(), expected.SerializeAsString());
}

TEST(ReviewApiTest, ABadRowIsHeldByOneFindingAndTheOthersGoOn) {
  const auto session = Open(Load());
  const auto add = [&](const char* id, const char* partner, const char* quantity) {
    const std::string order = absl::StrCat(R"({"id": ")", id, R"(", "sold_to": ")", partner,
                                           R"(", "lines": [{"id": "1", "quantity": ")", quantity, R"("}]})");
    ASSERT_TRUE(session->Add(RowFormat::kJson, order).ok());
  };
  add("good", "P", "5");
  add("malformed", "P", "5x");
  add("missing", "Q", "6");
  add("overflow", "P", "99999999999999999999");
  ASSERT_TRUE(session->Add(RowFormat::kWire, absl::string_view("\x0a\x09trunc", 7)).ok());
  const v1::RunResult result = *session->Run();
  ASSERT_EQ(result.decisions_size(), 5);
  for (const v1::Decision& decision : result.decisions()) {
    const bool is_good = decision.order_id() == "good";
    EXPECT_EQ(decision.disposition(), is_good ? v1::DISPOSITION_CONFIRMED : v1::DISPOSITION_HELD);
    EXPECT_EQ(decision.findings_size(), is_good ? 0 : 1) << decision.DebugString();
  }
}

TEST(ReviewApiTest, AMessageOfAnotherTypeIsRefused) {
  const auto session = Open(Load());
  EXPECT_EQ(session->Add(v1::Decision()).code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(session->Release(v1::Decision()).code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(session->Run()->decisions_size(), 0);  // nothing came of it
}

TEST(ReviewApiTest, DataOfAnotherRulebookAreRefused) {
  const Rulebook rulebook = Load();
  const auto session = ReviewSession::Open(rulebook, Partners(Load()), {.now = absl::UnixEpoch()});
  EXPECT_EQ(session.status().code(), absl::StatusCode::kFailedPrecondition);
}

TEST(ReviewApiTest, OptionsAreChecked) {
  const Rulebook rulebook = Load();
  const ReferenceData data = Partners(rulebook);
  for (const absl::Time now : {absl::InfiniteFuture(), absl::InfinitePast(), absl::FromUnixSeconds(1LL << 40)}) {
    EXPECT_EQ(ReviewSession::Open(rulebook, data, {.now = now}).status().code(), absl::StatusCode::kInvalidArgument);
  }
  EXPECT_EQ(ReviewSession::Open(rulebook, data, {.now = absl::UnixEpoch(), .threads = 65}).status().code(),
            absl::StatusCode::kInvalidArgument);
}

TEST(ReviewApiTest, ADatasetThatIsNotThereIsNamedWithTheNearest) {
  ReferenceDataBuilder builder(Load());
  const absl::Status status = builder.Add("partner", RowFormat::kJson, kPartner);
  EXPECT_EQ(status.code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(status.message(), "the rulebook has no such dataset: 'partner'; did you mean 'partners'?");
  EXPECT_EQ(builder.Add("partners", RowFormat::kJson, "{").code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(builder.Build()->id(), ReferenceDataBuilder(Load()).Build()->id());  // no row came of either
}

TEST(ReviewApiTest, VerbsOfASession) {
  const auto session = Open(Load());
  ASSERT_TRUE(session->Add(RowFormat::kJson, kOrder).ok());
  EXPECT_EQ(session->Commit().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(session->Explain("O")->verdicts(0).verdict(), v1::RuleVerdict::VERDICT_FIRED);
  EXPECT_EQ(session->Explain("X").status().code(), absl::StatusCode::kNotFound);
  EXPECT_TRUE(session->Release(RowFormat::kJson, R"({"order_id": "O", "rule": "CAP", "actor": "a"})").ok());
  EXPECT_TRUE(session->Run().ok());
  EXPECT_TRUE(session->Commit().ok());
  EXPECT_TRUE(session->Withdraw("O").ok());  // it is held: nothing of it was firm
  EXPECT_EQ(session->Withdraw("O").code(), absl::StatusCode::kNotFound);
}

TEST(ReviewApiTest, ARunMovesTheClockAndASavedSessionGoesOn) {
  const auto session = Open(Load());
  ASSERT_TRUE(session->Add(RowFormat::kJson, kOrder).ok());
  const absl::Time later = absl::FromUnixSeconds(1'795'003'600);
  EXPECT_EQ(session->Run({.now = later})->decisions(0).provenance().now().seconds(), 1'795'003'600);
  EXPECT_EQ(session->Redistribute({})->decisions(0).provenance().now().seconds(), 1'795'003'600);
  EXPECT_EQ(session->Run({.now = absl::InfiniteFuture()}).status().code(), absl::StatusCode::kInvalidArgument);
  const auto other = Open(Load());
  EXPECT_EQ(other->Restore("x").code(), absl::StatusCode::kInvalidArgument);
  ASSERT_TRUE(other->Restore(*session->Save()).ok());
  EXPECT_EQ(other->Run()->SerializeAsString(), session->Run()->SerializeAsString());
  // A book without a stock ledger has nothing to allocate.
  const char allocation[] = R"({"order_id": "O", "line_id": "1", "quantity": "1", "actor": "a", "reason": "b"})";
  EXPECT_EQ(session->Allocate(RowFormat::kJson, allocation).code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(session->Allocate(v1::Decision()).code(), absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace assay
