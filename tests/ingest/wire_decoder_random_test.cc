// The wire decoder against protobuf's own parser and reflection, on random messages written in unusual ways.
#include "absl/strings/escaping.h"
#include "google/protobuf/stubs/logging.h"
#include "gtest/gtest.h"
#include "ingest/wire_decoder.h"
#include "tests/ingest/projection_check.h"
#include "tests/ingest/proto_source.h"
#include "tests/ingest/random_message.h"
#include "tests/ingest/wire_mutator.h"

namespace assay {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::Message;

constexpr Limits kLimits;
constexpr uint64_t kSeed = 20261122;

std::vector<absl::string_view> Views(const std::vector<std::string>& rows) {
  return std::vector<absl::string_view>(rows.begin(), rows.end());
}

// Messages as protobuf parses them; null where it does not. Its complaints are not printed.
std::vector<std::unique_ptr<Message>> Parse(const Message& prototype, const std::vector<std::string>& rows) {
  google::protobuf::LogSilencer silencer;
  std::vector<std::unique_ptr<Message>> messages;
  for (const std::string& bytes : rows) {
    std::unique_ptr<Message> message(prototype.New());
    if (!message->ParsePartialFromString(bytes)) message.reset();
    messages.push_back(std::move(message));
  }
  return messages;
}

std::string Difference(const AskedProjection& asked, const Message& prototype, const std::vector<std::string>& rows,
                       WireDecoder* decoder, ColumnSet* columns) {
  const absl::Status status = decoder->Decode(Views(rows), kLimits, columns);
  if (!status.ok()) return std::string(status.message());
  const std::vector<std::unique_ptr<Message>> messages = Parse(prototype, rows);
  std::vector<const Message*> expected;
  for (const auto& message : messages) expected.push_back(message.get());
  return DescribeDifference(asked, expected, *columns);
}

std::string RandomBytes(const Schema& schema, const Descriptor& type, Random& random) {
  std::string bytes;
  for (uint64_t parts = 1 + Below(random, 2); parts > 0; --parts) {
    const std::unique_ptr<Message> message(schema.Prototype(type).New());
    FillRandomly(schema, 3, OneIn(random, 2), random, message.get());
    bytes += message->SerializePartialAsString();
  }
  return MutateWire(bytes, type, random);
}

// `batches` batches of 8 rows, each row decoded by one of a few projections.
void CompareRandomly(const std::shared_ptr<const Schema>& schema, absl::string_view type_name, int batches) {
  const Descriptor& type = **schema->FindMessage(type_name);
  Random random(kSeed);
  for (int i = 0; i < batches;) {
    const AskedProjection asked = RandomProjection(schema, type, 4, 1 + Below(random, 4), random);
    WireDecoder decoder(asked.projection);
    ColumnSet columns = asked.projection->NewColumns();
    for (int k = 0; k < 10; ++k, ++i) {
      std::vector<std::string> rows;
      for (int row = 0; row < 8; ++row) rows.push_back(RandomBytes(*schema, type, random));
      const std::string difference = Difference(asked, schema->Prototype(type), rows, &decoder, &columns);
      ASSERT_EQ(difference, "") << type_name << ", seed " << kSeed << ", batch " << i;
    }
  }
}

TEST(WireDecoderRandomTest, Proto3MessagesReadAsProtobufReadsThem) {
  CompareRandomly(TortureSchema(), "torture.Proto3", 300);
}

TEST(WireDecoderRandomTest, Proto2MessagesReadAsProtobufReadsThem) {
  CompareRandomly(TortureSchema(), "torture.Proto2", 300);
}

TEST(WireDecoderRandomTest, MessagesWithManyAnnotatedFieldsReadAsProtobufReadsThem) {
  CompareRandomly(TortureSchema(), "torture.Wide", 100);
}

TEST(WireDecoderRandomTest, OrdersReadAsProtobufReadsThem) {
  CompareRandomly(*Schema::CreateStandard(), "assay.v1.Order", 300);
}

// Where everything is read, the decoder refuses exactly what protobuf refuses.
void CutEverywhere(const std::shared_ptr<const Schema>& schema, absl::string_view type_name, int messages) {
  const Descriptor& type = **schema->FindMessage(type_name);
  Random random(kSeed);
  const AskedProjection asked = RandomProjection(schema, type, 12, 1, random);
  WireDecoder decoder(asked.projection);
  ColumnSet columns = asked.projection->NewColumns();
  for (int i = 0; i < messages; ++i) {
    const std::string bytes = RandomBytes(*schema, type, random);
    std::vector<std::string> rows;
    for (size_t cut = 0; cut <= std::min<size_t>(bytes.size(), 600); ++cut) rows.push_back(bytes.substr(0, cut));
    ASSERT_EQ(Difference(asked, schema->Prototype(type), rows, &decoder, &columns), "") << absl::CEscape(bytes);
  }
}

TEST(WireDecoderRandomTest, MessagesCutAtEveryByteAreRefusedWhereProtobufRefusesThem) {
  CutEverywhere(*Schema::CreateStandard(), "assay.v1.Order", 40);
}

}  // namespace
}  // namespace assay
