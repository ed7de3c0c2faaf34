// JSON into wire bytes: what every kind of field takes, what is refused and where, against protobuf's own JSON parser.
#include "ingest/json_transcoder.h"

#include "base/utf8.h"
#include "google/protobuf/stubs/logging.h"
#include "google/protobuf/util/json_util.h"
#include "google/protobuf/util/message_differencer.h"
#include "gtest/gtest.h"
#include "tests/ingest/proto_source.h"
#include "tests/ingest/random_message.h"

namespace assay {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::Message;

class JsonTest : public ::testing::Test {
 protected:
  std::unique_ptr<Message> New(const std::string& type) {
    return std::unique_ptr<Message>(schema_->Prototype(**schema_->FindMessage(type)).New());
  }

  // What the JSON means, as protobuf's text format.
  std::string Meaning(const std::string& json) { return MeaningOf("torture.Proto3", json); }
  std::string MeaningOf(const std::string& type, const std::string& json) {
    std::string wire;
    const absl::Status status = transcoder_.Transcode(json, **schema_->FindMessage(type), 1, &wire);
    if (!status.ok()) return std::string(status.message());
    const std::unique_ptr<Message> message = New(type);
    if (!message->ParsePartialFromString(wire)) return "unreadable wire bytes";
    return message->ShortDebugString();
  }

  const std::shared_ptr<const Schema> schema_ = TortureSchema();
  JsonTranscoder transcoder_{*schema_};
};

TEST_F(JsonTest, NamesAreLowerCamelOrAsInTheProto) {
  EXPECT_EQ(Meaning(R"({"aString": "x"})"), R"(a_string: "x")");
  EXPECT_EQ(Meaning(R"({"a_string": "x"})"), R"(a_string: "x")");
  EXPECT_EQ(Meaning(R"({ })"), "");
}

TEST_F(JsonTest, IntegersComeAsNumbersOrTexts) {
  EXPECT_EQ(Meaning(R"({"anInt64": "-9223372036854775808", "aUint64": 18446744073709551615})"),
            "an_int64: -9223372036854775808 a_uint64: 18446744073709551615");
  EXPECT_EQ(Meaning(R"({"anInt32": 1e3, "aSint32": -2.0, "aSint64": 0.5e1, "aFixed32": 4294967295})"),
            "an_int32: 1000 a_sint32: -2 a_sint64: 5 a_fixed32: 4294967295");
  EXPECT_EQ(Meaning(R"({"anSfixed32": -2147483648, "anSfixed64": -5, "aFixed64": 100e-2})"),
            "a_fixed64: 1 an_sfixed32: -2147483648 an_sfixed64: -5");
}

TEST_F(JsonTest, IntegersThatDoNotFitAreRefused) {
  EXPECT_EQ(Meaning(R"({"anInt32": 2147483648})"), "1:13: an_int32: is beyond the range of int32: 2147483648");
  EXPECT_EQ(Meaning(R"({"aUint32": -1})"), "1:13: a_uint32: is beyond the range of uint32: -1");
  EXPECT_EQ(Meaning(R"({"aUint64": 1e20})"), "1:13: a_uint64: is beyond the range of uint64: 1e20");
  EXPECT_EQ(Meaning(R"({"anInt64": 1e99})"), "1:13: an_int64: is not a whole number: 1e99");
  EXPECT_EQ(Meaning(R"({"anInt32": 1.5})"), "1:13: an_int32: is not a whole number: 1.5");
  EXPECT_EQ(Meaning(R"({"anInt32": " 1"})"), "1:13: an_int32: is not a whole number:  1");
  EXPECT_EQ(Meaning(R"({"anInt32": "1e 5"})"), "1:13: an_int32: is not a whole number: 1e 5");
  EXPECT_EQ(Meaning(R"({"anInt32": "01"})"), "1:13: an_int32: is not a whole number: 01");
  EXPECT_EQ(Meaning(R"({"anInt32": ""})"), "1:13: an_int32: is not a whole number: ");
  EXPECT_EQ(Meaning(R"({"anInt32": true})"), "1:13: an_int32: expects a whole number");
}

TEST_F(JsonTest, FloatingNumbersHaveTheirSpecialNames) {
  EXPECT_EQ(Meaning(R"({"aDouble": 1e-5, "aFloat": "Infinity"})"), "a_float: inf a_double: 1e-05");
  EXPECT_EQ(Meaning(R"({"aDouble": "NaN", "maybeDouble": "-Infinity"})"), "a_double: nan maybe_double: -inf");
  EXPECT_EQ(Meaning(R"({"aDouble": "2.5"})"), "a_double: 2.5");
  EXPECT_EQ(Meaning(R"({"aDouble": 1e999})"), "1:13: a_double: is beyond the range of double: 1e999");
  EXPECT_EQ(Meaning(R"({"aFloat": 1e39})"), "1:12: a_float: is beyond the range of float: 1e39");
  EXPECT_EQ(Meaning(R"({"aDouble": "inf"})"), "1:13: a_double: is not a number: inf");
  EXPECT_EQ(Meaning(R"({"aDouble": " 1"})"), "1:13: a_double: is not a number:  1");
  EXPECT_EQ(Meaning(R"({"aDouble": "+1"})"), "1:13: a_double: is not a number: +1");
}

TEST_F(JsonTest, DecimalsTakeNumbersAsTheyAreWritten) {
  EXPECT_EQ(Meaning(R"({"amount": 12.50})"), R"(amount: "12.50")");
  EXPECT_EQ(Meaning(R"({"amount": "-0.1"})"), R"(amount: "-0.1")");
  EXPECT_EQ(Meaning(R"({"amountList": [1, "2", 0.30000000000000004]})"),
            R"(amount_list: "1" amount_list: "2" amount_list: "0.30000000000000004")");
  EXPECT_EQ(Meaning(R"({"amount": 1e5})"), "1:12: amount: a decimal has no exponent; write the number in full: 1e5");
  EXPECT_EQ(Meaning(R"({"amount": [1]})"), "1:12: amount: expects a decimal number");
  EXPECT_EQ(Meaning(R"({"aString": 5})"), "1:13: a_string: expects a string");
}

TEST_F(JsonTest, EnumsComeByNameShortNameOrNumber) {
  EXPECT_EQ(Meaning(R"({"opens": ["OPEN_ONE", "ONE", 1, -7, 99]})"),
            "opens: OPEN_ONE opens: OPEN_ONE opens: OPEN_ONE opens: OPEN_MINUS opens: 99");
  EXPECT_EQ(Meaning(R"({"anOpen": "OPEN_ON"})"),
            "1:12: an_open: 'torture.Open' has no value named 'OPEN_ON'; did you mean 'OPEN_ONE'?");
  EXPECT_EQ(Meaning(R"({"anOpen": 1.5})"), "1:12: an_open: is not a whole number: 1.5");
  EXPECT_EQ(Meaning(R"({"anOpen": 4294967297})"), "1:12: an_open: is beyond the range of int32: 4294967297");
  EXPECT_EQ(MeaningOf("torture.Proto2", R"({"closed": 3})"),
            "1:12: closed: 'torture.Closed' has no value with the number 3");
}

TEST_F(JsonTest, BytesComeInBase64OfEitherAlphabet) {
  EXPECT_EQ(Meaning(R"({"someBytes": "-_8="})"), R"(some_bytes: "\373\377")");
  EXPECT_EQ(Meaning(R"({"someBytes": "+/8"})"), R"(some_bytes: "\373\377")");
  EXPECT_EQ(Meaning(R"({"someBytes": ""})"), "");
  for (const char* bad : {"A", "AB=", "AA===", "A A=", "AB", "A=BC", "AQ==\\n"}) {
    EXPECT_EQ(Meaning(std::string(R"({"someBytes": ")") + bad + R"("})"), "1:15: some_bytes: is not base64") << bad;
  }
}

TEST_F(JsonTest, NullIsAbsentButNotInListsAndMaps) {
  EXPECT_EQ(Meaning(R"({"aString": null, "sub": null, "subs": null, "byName": null, "int32Value": null})"), "");
  EXPECT_EQ(Meaning(R"({"subs": [null]})"), "1:11: subs[0]: an element must not be null");
  EXPECT_EQ(Meaning(R"({"byName": {"a": null}})"), R"(1:18: by_name["a"]: a value must not be null)");
}

TEST_F(JsonTest, RepeatedNamesAreRefused) {
  EXPECT_EQ(Meaning(R"({"aBool": true, "a_bool": false})"), "1:17: a_bool: is given twice");
  EXPECT_EQ(Meaning(R"({"aBool": null, "aBool": null})"), "1:17: a_bool: is given twice");
  EXPECT_EQ(Meaning(R"({"byNumber": {"1": "a", "1": "b"}})"), R"(1:25: by_number["1"]: is given twice)");
  EXPECT_EQ(Meaning(R"({"byNumber": {"1": "a", "1.0": "b"}})"), R"(1:25: by_number["1.0"]: is given twice)");
}

TEST_F(JsonTest, OneMemberOfAOneofMayBeGiven) {
  EXPECT_EQ(Meaning(R"({"chosenNumber": 1, "chosenText": "x"})"),
            "1:21: chosen_text: only one of the oneof 'choice' may be given, and another is: 'chosen_number'");
  EXPECT_EQ(Meaning(R"({"chosenNumber": null, "chosenText": "x"})"), R"(chosen_text: "x")");
}

TEST_F(JsonTest, UnknownNamesAreRefused) {
  EXPECT_EQ(Meaning("{\n  \"subs\": [{}, {\"nam\": 1}]}"),
            "2:17: subs[1]: 'torture.Sub' has no field named 'nam'; did you mean 'name'?");
}

TEST_F(JsonTest, MapKeysAreTexts) {
  EXPECT_EQ(Meaning(R"({"byNumber": {"-5": "a"}, "byBool": {"true": 1}, "byUint": {"7": "8"}})"),
            R"(by_number { key: -5 value: "a" } by_bool { key: true value: OPEN_ONE } by_uint { key: 7 value: 8 })");
  EXPECT_EQ(Meaning(R"({"byBool": {"1": 1}})"), R"(1:13: by_bool["1"]: a key must be "true" or "false")");
  EXPECT_EQ(Meaning(R"({"byNumber": {"x": "a"}})"), R"(1:15: by_number["x"]: is not a whole number: x)");
}

TEST_F(JsonTest, TimesComeAsTheirTexts) {
  EXPECT_EQ(Meaning(R"({"time": "2026-11-22T08:30:00.5+08:00", "span": "-1.5s"})"),
            "time { seconds: 1795307400 nanos: 500000000 } span { seconds: -1 nanos: -500000000 }");
  EXPECT_EQ(Meaning(R"({"span": "1h"})"), "1:10: span: is not a duration in seconds like 1.5s: 1h");
  EXPECT_EQ(Meaning(R"({"span": "1.0000000001s"})"),
            "1:10: span: is not a duration in seconds like 1.5s: 1.0000000001s");
  EXPECT_EQ(Meaning(R"({"time": {"seconds": 1}})"), "1:10: time: expects a string");
  EXPECT_EQ(Meaning(R"({"time": "yesterday"})").substr(0, 12), "1:10: time: ");
}

TEST_F(JsonTest, WrappersComeAsTheirValue) {
  EXPECT_EQ(Meaning(R"({"int32Value": 5, "stringValue": "x", "bytesValue": "QQ==", "boolValue": false})"),
            R"(bool_value { } int32_value { value: 5 } string_value { value: "x" } bytes_value { value: "A" })");
}

TEST_F(JsonTest, GroupsComeAsObjects) {
  EXPECT_EQ(MeaningOf("torture.Proto2", R"({"single": {"number": 4, "deep": [{"number": 1}, {}]}})"),
            "Single { number: 4 Deep { number: 1 } Deep { } }");
}

TEST_F(JsonTest, StringsKeepTheirEscapes) {
  EXPECT_EQ(Meaning(R"({"aString": "\"\\\/\b\f\n\r\t\u8ba2\ud83d\ude00\u0000"})"),
            R"(a_string: "\"\\/\010\014\n\r\t\350\256\242\360\237\230\200\000")");
  EXPECT_EQ(Meaning(R"({"\u0061String": "x"})"), R"(a_string: "x")");
}

TEST_F(JsonTest, WhatIsNoJsonIsRefusedAtItsPlace) {
  const auto fails = [this](const std::string& json, const std::string& message) {
    EXPECT_EQ(Meaning(json), message) << json;
  };
  fails("", "1:1: the text ends too early");
  fails("[]", "1:1: expects an object {…}");
  fails("{", "1:2: the text ends too early");
  fails(R"({"aBool": true)", "1:15: the text ends too early");
  fails(R"({"aBool": true,})", "1:16: expects a name in double quotes");
  fails(R"({"aBool": true "aFloat": 1})", "1:16: expects ',' or '}'");
  fails(R"({"aBool" true})", "1:10: expects ':' after a name");
  fails(R"({aBool: true})", "1:2: expects a name in double quotes");
  fails(R"({"aBool": tru})", "1:11: a_bool: expects true");
  fails(R"({"aBool": "true"})", "1:11: a_bool: expects true or false");
  fails(R"({} {})", "1:4: something follows after the value");
  fails(R"({"bools": [true,]})", "1:17: bools[1]: expects true or false");
  fails(R"({"bools": [true false]})", "1:17: bools[1]: expects ',' or ']'");
  fails(R"({"bools": true})", "1:11: bools: expects an array […]");
  fails(R"({"sub": []})", "1:9: sub: expects an object {…}");
  fails(R"({"anInt32": 01})", "1:13: an_int32: is not a JSON number");
  fails(R"({"anInt32": -})", "1:13: an_int32: is not a JSON number");
  fails(R"({"anInt32": 1.})", "1:13: an_int32: is not a JSON number");
  fails(R"({"anInt32": 1e})", "1:13: an_int32: is not a JSON number");
  fails(R"({"anInt32": .5})", "1:13: an_int32: expects a whole number");
  fails(R"({"aString": "x)", "1:13: a_string: a string has no closing quote");
  fails(R"({"aString": "\x"})", "1:14: a_string: a string has an unknown escape");
  fails(R"({"aString": "\u12"})", "1:14: a_string: \\u needs four hexadecimal digits");
  fails(R"({"aString": "a\ud800"})", "1:15: a_string: a surrogate \\uXXXX stands alone");
  fails(R"({"aString": "\udc00"})", "1:14: a_string: a surrogate \\uXXXX stands alone");
  fails("{\"aString\": \"a\nb\"}", "1:15: a_string: a string has a control character; write it as \\u00XX");
  fails("{\"aString\": \"\xff\"}", "1:14: the text is not UTF-8");
  fails("{\"aString\": \"订单\", \n \"单\": 1}", "2:2: 'torture.Proto3' has no field named '单'");
}

TEST_F(JsonTest, ValuesMayNestAHundredDeep) {
  const auto nest = [](int depth) {
    std::string json;
    for (int i = 1; i < depth; ++i) json += R"({"inner":)";
    json += "{}";
    for (int i = 1; i < depth; ++i) json += "}";
    return json;
  };
  EXPECT_EQ(MeaningOf("torture.Sub", nest(100)).substr(0, 7), "inner {");
  EXPECT_NE(MeaningOf("torture.Sub", nest(101)).find("more than 100 deep"), std::string::npos);
}

TEST_F(JsonTest, AFailedTextLeavesTheOutputAsItWas) {
  std::string wire = "before";
  EXPECT_FALSE(
      transcoder_.Transcode(R"({"aString": "x", "aBool": 1})", **schema_->FindMessage("torture.Proto3"), 1, &wire)
          .ok());
  EXPECT_EQ(wire, "before");
}

TEST_F(JsonTest, ErrorsAreOneLineOfBoundedLength) {
  EXPECT_EQ(Meaning(R"({"a\nb": 1})"), R"(1:2: 'torture.Proto3' has no field named 'a\u000ab')");
  EXPECT_LT(Meaning(R"({"anInt32": ")" + std::string(100000, '9') + R"("})").size(), 500u);
}

TEST_F(JsonTest, LinesCountFromTheFirstLineGiven) {
  std::string wire;
  const Descriptor& type = **schema_->FindMessage("torture.Proto3");
  EXPECT_EQ(transcoder_.Transcode("{\n\"aBool\": 1}", type, 41, &wire).message(),
            "42:10: a_bool: expects true or false");
}

// -- Against protobuf ------------------------------------------------------------------------------------------------

// Random messages, printed as JSON by protobuf, read back by both.
void CompareWithProtobuf(const std::shared_ptr<const Schema>& schema, const std::string& type_name, int messages) {
  const Descriptor& type = **schema->FindMessage(type_name);
  JsonTranscoder transcoder(*schema);
  Random random(20261122);
  for (int i = 0; i < messages; ++i) {
    const std::unique_ptr<Message> message(schema->Prototype(type).New());
    FillRandomly(*schema, 4, true, random, message.get());
    google::protobuf::util::JsonPrintOptions options;
    options.add_whitespace = OneIn(random, 2);
    options.preserve_proto_field_names = OneIn(random, 2);
    options.always_print_enums_as_ints = OneIn(random, 2);
    std::string json;
    ASSERT_TRUE(google::protobuf::util::MessageToJsonString(*message, &json, options).ok());
    const std::unique_ptr<Message> expected(message->New()), actual(message->New());
    const auto parsed = google::protobuf::util::JsonStringToMessage(json, expected.get());
    ASSERT_TRUE(parsed.ok()) << parsed << json;
    std::string wire;
    const absl::Status status = transcoder.Transcode(json, type, 1, &wire);
    ASSERT_TRUE(status.ok()) << status << "\n" << json;
    ASSERT_TRUE(actual->ParsePartialFromString(wire)) << json;
    ASSERT_TRUE(google::protobuf::util::MessageDifferencer::Equals(*expected, *actual))
        << json << "\n"
        << expected->ShortDebugString() << "\n"
        << actual->ShortDebugString();
  }
}

TEST(JsonRandomTest, OrdersReadAsProtobufReadsThem) {
  CompareWithProtobuf(*Schema::CreateStandard(), "assay.v1.Order", 1000);
}

TEST(JsonRandomTest, EveryKindOfFieldReadsAsProtobufReadsIt) {
  CompareWithProtobuf(TortureSchema(), "torture.Proto3", 1000);
}

TEST(JsonRandomTest, Proto2MessagesReadAsProtobufReadsThem) {
  CompareWithProtobuf(TortureSchema(), "torture.Plain2", 500);
}

TEST(JsonRandomTest, JsonValuesReadAsProtobufReadsThem) {
  CompareWithProtobuf(TortureSchema(), "torture.Dynamic", 1000);
}

}  // namespace
}  // namespace assay
