// Results as JSON: what protobuf's own printer and parser make of the same messages.
#include "evaluate/json.h"

#include <random>

#include "assay/v1/decision.pb.h"
#include "assay/v1/evaluation.pb.h"
#include "google/protobuf/util/json_util.h"
#include "google/protobuf/util/message_differencer.h"
#include "gtest/gtest.h"

namespace assay {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

constexpr const char* kTexts[] = {
    "", "SO-1", "a \"quoted\" \\ text\nof lines\t\x01", "折扣超限 €", "\xf0\x9f\x9a\x9a", "a<b>&'"};

// Every field of the message and of the messages within is set or left out at random.
void Fill(std::mt19937* random, int depth, Message* message) {
  const Reflection& reflection = *message->GetReflection();
  for (int i = 0; i < message->GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor* field = message->GetDescriptor()->field(i);
    const bool is_message = field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
    if ((*random)() % 4 == 0 || (is_message && depth == 0)) continue;
    const std::string text = kTexts[(*random)() % std::size(kTexts)];
    for (unsigned n = field->is_repeated() ? (*random)() % 3 : 1; n > 0; --n) {
      switch (field->cpp_type()) {
        case FieldDescriptor::CPPTYPE_STRING:
          field->is_repeated() ? reflection.AddString(message, field, text)
                               : reflection.SetString(message, field, text);
          break;
        case FieldDescriptor::CPPTYPE_MESSAGE:
          Fill(
              random, depth - 1,
              field->is_repeated() ? reflection.AddMessage(message, field) : reflection.MutableMessage(message, field));
          break;
        case FieldDescriptor::CPPTYPE_ENUM: {
          const int number = static_cast<int>((*random)() % 8);  // not all have a name
          field->is_repeated() ? reflection.AddEnumValue(message, field, number)
                               : reflection.SetEnumValue(message, field, number);
          break;
        }
        case FieldDescriptor::CPPTYPE_BOOL:
          reflection.SetBool(message, field, (*random)() % 2 == 0);
          break;
        case FieldDescriptor::CPPTYPE_INT64:
          reflection.SetInt64(message, field, static_cast<int64_t>((*random)()) - 1000);
          break;
        case FieldDescriptor::CPPTYPE_UINT64:
          reflection.SetUInt64(message, field, uint64_t{(*random)()} << 30);
          break;
        case FieldDescriptor::CPPTYPE_DOUBLE:
          reflection.SetDouble(message, field, static_cast<double>((*random)()) / 7);
          break;
        case FieldDescriptor::CPPTYPE_INT32: {  // of a Timestamp or Duration, or a list
          const int32_t number = static_cast<int32_t>((*random)() % 1000) * 1'000'000;
          field->is_repeated() ? reflection.AddInt32(message, field, number)
                               : reflection.SetInt32(message, field, number);
          break;
        }
        default:
          FAIL() << "the message has a field of a kind that JsonOf does not know: " << field->full_name();
      }
    }
  }
}

// `message` is filled at random.
template <typename T>
void ExpectReadBack(const T& message) {
  const std::string json = JsonOf(message);
  T read;
  ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(json, &read).ok()) << json;
  EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(read, message)) << json;
}

template <typename T>
void ExpectTheSameAsProtobuf() {
  std::mt19937 random(5);
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  for (int i = 0; i < 200; ++i) {
    T message;
    Fill(&random, 5, &message);
    ExpectReadBack(message);
    const std::string json = JsonOf(message);
    std::string expected;
    ASSERT_TRUE(google::protobuf::util::MessageToJsonString(message, &expected, options).ok());
    for (const auto& [escaped, plain] : {std::pair("\\u003c", "<"), std::pair("\\u003e", ">")}) {
      for (size_t at; (at = expected.find(escaped)) != std::string::npos;) expected.replace(at, 6, plain);
    }
    EXPECT_EQ(json, expected);
  }
}

TEST(JsonTest, MessagesAreWhatProtobufMakesOfThem) {
  ExpectTheSameAsProtobuf<v1::Decision>();
  ExpectTheSameAsProtobuf<v1::DayTable>();
  ExpectTheSameAsProtobuf<v1::Explanation>();
}

TEST(JsonTest, ResultsOfEvaluationsAreReadBackByProtobuf) {
  std::mt19937 random(7);
  for (int i = 0; i < 200; ++i) {
    v1::EvaluationResult message;
    Fill(&random, 7, &message);
    ExpectReadBack(message);
  }
}

TEST(JsonTest, WhatIsNotSetIsLeftOut) {
  v1::Decision decision;
  EXPECT_EQ(JsonOf(decision), "{}");
  decision.set_order_id("SO-1");
  decision.set_priority(3);
  decision.mutable_provenance()->mutable_now()->set_seconds(1795400000);
  EXPECT_EQ(JsonOf(decision), R"({"order_id":"SO-1","provenance":{"now":"2026-11-23T02:13:20Z"},"priority":"3"})");
}

}  // namespace
}  // namespace assay
