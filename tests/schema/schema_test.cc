// Schemas: what is built, what is refused, and what fields mean.
#include "schema/schema.h"

#include "gtest/gtest.h"
#include "tests/schema/descriptor_text.h"

namespace assay {
namespace {

using google::protobuf::Descriptor;

std::shared_ptr<const Schema> Standard() { return *Schema::CreateStandard(); }

FieldInfo InfoOf(const Schema& schema, absl::string_view message, absl::string_view field) {
  const Descriptor* type = *schema.FindMessage(message);
  return schema.Describe(**schema.FindField(*type, field));
}

// One message with the given fields, in a file that may use the annotations and well-known types.
std::string OneMessage(absl::string_view fields) {
  return SetBytesWithEntities(R"(file {
    name: "acme.proto" package: "acme" syntax: "proto3"
    dependency: "assay/v1/annotations.proto" dependency: "google/protobuf/timestamp.proto"
    message_type { name: "Order" )" +
                              std::string(fields) + "} }");
}

std::shared_ptr<const Schema> Build(const std::string& bytes) {
  auto schema = Schema::Create(AsBytes(bytes));
  EXPECT_TRUE(schema.ok()) << schema.status();
  return *schema;
}

std::string ErrorOf(const std::string& bytes) { return std::string(Schema::Create(AsBytes(bytes)).status().message()); }

TEST(SchemaTest, TheStandardSchemaHasTheEntities) {
  const auto schema = Standard();
  EXPECT_TRUE(schema->FindMessage("assay.v1.Order").ok());
  EXPECT_TRUE(schema->FindMessage("assay.v1.OrderLine").ok());
  EXPECT_GT(schema->message_names().size(), 20u);
}

TEST(SchemaTest, ItIsPrivateToItself) {
  const auto a = Standard(), b = Standard();
  EXPECT_NE(*a->FindMessage("assay.v1.Order"), *b->FindMessage("assay.v1.Order"));
  EXPECT_NE((*a->FindMessage("assay.v1.Order"))->file()->pool(), google::protobuf::DescriptorPool::generated_pool());
}

TEST(SchemaTest, AnUnknownMessageIsAnsweredWithTheNearestName) {
  EXPECT_EQ(Standard()->FindMessage("assay.v1.Ordr").status().message(),
            "the schema has no message named 'assay.v1.Ordr'; did you mean 'assay.v1.Order'?");
}

TEST(SchemaTest, ANameThatNeedNotBeAMessagesIsLookedUpWithoutAFailure) {
  const auto schema = Standard();
  EXPECT_EQ(schema->MessageOrNull("assay.v1.Order"), *schema->FindMessage("assay.v1.Order"));
  EXPECT_EQ(schema->MessageOrNull("assay.v1.Ordr"), nullptr);
  EXPECT_EQ(schema->MessageOrNull("assay.v1.Order.id"), nullptr);
}

TEST(SchemaTest, AnUnknownFieldIsAnsweredWithTheNearestName) {
  const auto schema = Standard();
  EXPECT_EQ(schema->FindField(**schema->FindMessage("assay.v1.OrderLine"), "quantty").status().message(),
            "'assay.v1.OrderLine' has no field named 'quantty'; did you mean 'quantity'?");
}

TEST(SchemaTest, AnnotationsTypeStringFields) {
  const auto schema = Standard();
  const FieldInfo price = InfoOf(*schema, "assay.v1.OrderLine", "unit_price");
  EXPECT_EQ(price.kind, ScalarKind::kDecimal);
  EXPECT_EQ(price.decimal_form, DecimalForm::kText);
  EXPECT_EQ(price.precision, 18);
  EXPECT_EQ(price.scale, 4);
  EXPECT_FALSE(price.has_presence);
  EXPECT_EQ(InfoOf(*schema, "assay.v1.OrderLine", "price_date").kind, ScalarKind::kDate);
  EXPECT_EQ(InfoOf(*schema, "assay.v1.OrderLine", "unit").kind, ScalarKind::kString);
  EXPECT_EQ(InfoOf(*schema, "assay.v1.Order", "lines").max_items, 10000u);
}

TEST(SchemaTest, TypesOfFieldsSayTheirKind) {
  const auto schema = Standard();
  EXPECT_EQ(InfoOf(*schema, "assay.v1.Order", "submitted_at").kind, ScalarKind::kTimestamp);
  EXPECT_EQ(InfoOf(*schema, "assay.v1.Order", "kind").kind, ScalarKind::kEnum);
  EXPECT_EQ(InfoOf(*schema, "assay.v1.Order", "revision").kind, ScalarKind::kInt);
  const FieldInfo lines = InfoOf(*schema, "assay.v1.Order", "lines");
  EXPECT_EQ(lines.kind, ScalarKind::kMessage);
  EXPECT_TRUE(lines.repeated);
  EXPECT_TRUE(InfoOf(*schema, "assay.v1.Order", "tax_included").has_presence);
}

TEST(SchemaTest, WrappersAreNullableScalars) {
  const auto schema = Build(SetBytes(R"(
    file { name: "google/protobuf/wrappers.proto" package: "google.protobuf" syntax: "proto3"
           message_type { name: "Int64Value" field { name: "value" number: 1 type: TYPE_INT64 label: LABEL_OPTIONAL } } }
    file { name: "a.proto" package: "a" syntax: "proto3" dependency: "google/protobuf/wrappers.proto"
           message_type { name: "M" field { name: "n" number: 1 type: TYPE_MESSAGE label: LABEL_OPTIONAL
                                            type_name: ".google.protobuf.Int64Value" } } })"));
  const FieldInfo info = InfoOf(*schema, "a.M", "n");
  EXPECT_EQ(info.kind, ScalarKind::kInt);
  EXPECT_TRUE(info.nullable);
}

TEST(SchemaTest, AnAnnotationOfAMapSpeaksOfItsValues) {
  const auto schema = Build(OneMessage(R"(
    nested_type { name: "RatesEntry" options { map_entry: true }
                  field { name: "key" number: 1 type: TYPE_STRING label: LABEL_OPTIONAL }
                  field { name: "value" number: 2 type: TYPE_STRING label: LABEL_OPTIONAL } }
    field { name: "rates" number: 1 type: TYPE_MESSAGE label: LABEL_REPEATED type_name: ".acme.Order.RatesEntry"
            options { [assay.v1.decimal] { precision: 12 scale: 6 } [assay.v1.max_items]: 7 } })"));
  const Descriptor* order = *schema->FindMessage("acme.Order");
  const FieldInfo map = schema->Describe(*order->FindFieldByName("rates"));
  EXPECT_TRUE(map.is_map);
  EXPECT_EQ(map.max_items, 7u);
  const FieldInfo value = schema->Describe(*order->FindFieldByName("rates")->message_type()->map_value());
  EXPECT_EQ(value.kind, ScalarKind::kDecimal);
  EXPECT_EQ(value.scale, 6);
}

TEST(SchemaTest, OverridesTypeAHostsOwnFields) {
  const auto plain = Build(OneMessage(R"(
    field { name: "total" number: 1 type: TYPE_STRING label: LABEL_OPTIONAL }
    field { name: "cents" number: 2 type: TYPE_INT64 label: LABEL_OPTIONAL }
    field { name: "day" number: 3 type: TYPE_STRING label: LABEL_OPTIONAL })"));
  const auto typed = *plain->WithOverrides({{"acme.Order.total", FieldOverride::Decimal{18, 2}, false, false, 0},
                                            {"acme.Order.cents", FieldOverride::Decimal{18, 2}, false, true, 0},
                                            {"acme.Order.day", std::nullopt, true, false, 0}});
  EXPECT_EQ(InfoOf(*plain, "acme.Order", "total").kind, ScalarKind::kString);
  EXPECT_EQ(InfoOf(*typed, "acme.Order", "total").kind, ScalarKind::kDecimal);
  EXPECT_EQ(InfoOf(*typed, "acme.Order", "cents").decimal_form, DecimalForm::kMinorUnits);
  EXPECT_TRUE(InfoOf(*typed, "acme.Order", "cents").sensitive);
  EXPECT_EQ(InfoOf(*typed, "acme.Order", "day").kind, ScalarKind::kDate);
  EXPECT_EQ(*plain->FindMessage("acme.Order"), *typed->FindMessage("acme.Order"));
}

TEST(SchemaTest, AnOverrideKeepsWhatTheAnnotationSaysBesides) {
  const auto schema = *Standard()->WithOverrides({{"assay.v1.OrderLine.unit_price", std::nullopt, false, true, 0}});
  const FieldInfo price = InfoOf(*schema, "assay.v1.OrderLine", "unit_price");
  EXPECT_EQ(price.kind, ScalarKind::kDecimal);
  EXPECT_TRUE(price.sensitive);
}

TEST(SchemaTest, OverridesThatFitNothingAreRefused) {
  const auto schema = Standard();
  const auto error = [&](const FieldOverride& given) {
    return std::string(schema->WithOverrides({given}).status().message());
  };
  EXPECT_EQ(error({"assay.v1.Order.totl", FieldOverride::Decimal{18, 2}, false, false, 0}),
            "'assay.v1.Order' has no field named 'totl'; did you mean 'total'?");
  EXPECT_EQ(error({"total", FieldOverride::Decimal{18, 2}, false, false, 0}),
            "write a field's path as package.Message.field: 'total'");
  EXPECT_EQ(error({"assay.v1.Order.carried_over", FieldOverride::Decimal{18, 2}, false, false, 0}),
            "field 'assay.v1.Order.carried_over': decimal fits string, integer and google.type.Money fields only");
  EXPECT_EQ(
      error({"assay.v1.Order.total", FieldOverride::Decimal{39, 2}, false, false, 0}),
      "field 'assay.v1.Order.total': a decimal has a precision of 1 to 38 and a scale of 0 to its precision, not 39 "
      "and 2");
  EXPECT_EQ(error({"assay.v1.Order.total", std::nullopt, false, false, 5}),
            "field 'assay.v1.Order.total': max_items fits repeated fields only");
}

TEST(SchemaTest, AnnotationsThatDoNotFitTheirFieldAreRefused) {
  EXPECT_EQ(ErrorOf(OneMessage(R"(field { name: "n" number: 1 type: TYPE_BOOL label: LABEL_OPTIONAL
                                          options { [assay.v1.date]: true } })")),
            "field 'acme.Order.n': date fits string fields only");
}

TEST(SchemaTest, FilesMayComeInAnyOrder) {
  Build(SetBytes(R"(file { name: "b.proto" dependency: "a.proto" syntax: "proto3" }
                    file { name: "a.proto" syntax: "proto3" })"));
}

TEST(SchemaTest, MessagesThatTheLanguageKnowsEverywhereNeedNoImport) {
  const auto schema = Build(SetBytes(R"(file { name: "a.proto" syntax: "proto3" })"));
  for (const char* name : {"google.protobuf.Any", "google.protobuf.Duration", "google.protobuf.ListValue",
                           "google.protobuf.StringValue", "google.protobuf.Timestamp", "google.protobuf.Value"}) {
    EXPECT_TRUE(schema->FindMessage(name).ok()) << name;
  }
  EXPECT_TRUE(schema->message_names().empty());
}

TEST(SchemaTest, AHostsOwnDefinitionOfAKnownMessageStands) {
  const auto schema = Build(SetBytes(R"(file { name: "mine.proto" package: "google.protobuf" syntax: "proto3"
                                               message_type { name: "Any" field {
                                                 name: "mine" number: 9 type: TYPE_BOOL label: LABEL_OPTIONAL } } })"));
  EXPECT_TRUE(schema->FindField(**schema->FindMessage("google.protobuf.Any"), "mine").ok());
}

TEST(SchemaTest, WhatIsNoDescriptorSetIsRefused) {
  EXPECT_EQ(ErrorOf("\xff\xff"), "the bytes are not a google.protobuf.FileDescriptorSet");
  EXPECT_EQ(ErrorOf(""), "the descriptor set has no files");
}

TEST(SchemaTest, EditionsAreRefused) {
  EXPECT_EQ(ErrorOf(SetBytes(R"(file { name: "a.proto" syntax: "editions" })")),
            "editions are not supported (declare syntax = \"proto3\" or \"proto2\"): 'a.proto'");
}

TEST(SchemaTest, ImportsMustBeInTheSet) {
  EXPECT_EQ(ErrorOf(SetBytes(R"(file { name: "a.proto" dependency: "b.proto" })")),
            "'a.proto' imports a file that is not in the descriptor set (write the set with protoc --include_imports): "
            "'b.proto'");
  EXPECT_EQ(ErrorOf(SetBytes(R"(file { name: "a.proto" dependency: "b.proto" }
                                file { name: "b.proto" dependency: "a.proto" })")),
            "proto files import one another in a circle: 'a.proto'");
}

TEST(SchemaTest, DefinitionsThatDoNotHoldTogetherAreRefused) {
  EXPECT_EQ(ErrorOf(SetBytes(R"(file { name: "a.proto" message_type { name: "M" field {
                                  name: "x" number: 1 type: TYPE_MESSAGE type_name: ".Missing" label: LABEL_OPTIONAL } } })")),
            "'a.proto' is not valid: M.x: \".Missing\" is not defined.");
}

}  // namespace
}  // namespace assay
