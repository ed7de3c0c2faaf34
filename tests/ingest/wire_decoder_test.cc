// The wire decoder, case by case: levels, absences, what is malformed, limits, and that it allocates nothing once warm.
#include "ingest/wire_decoder.h"

#include "gtest/gtest.h"
#include "tests/ingest/allocation_count.h"
#include "tests/ingest/proto_source.h"
#include "tests/ingest/random_message.h"
#include "tests/ingest/wire_mutator.h"

namespace assay {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

constexpr Limits kLimits;

// A projection by field names, and the columns of the last batch.
class Reading {
 public:
  explicit Reading(const std::string& type)
      : schema_(TortureSchema()), type_(*schema_->FindMessage(type)), builder_(schema_, type_) {}

  const FieldDescriptor* Field(const Descriptor* type, const std::string& name) {
    const FieldDescriptor* field = type->FindFieldByName(name);
    EXPECT_NE(field, nullptr) << name;
    return field;
  }
  const FieldDescriptor* Field(const std::string& name) { return Field(type_, name); }

  ProjectionBuilder& builder() { return builder_; }

  void Decode(const std::vector<std::string>& rows) { Decode(rows, kLimits); }

  void Decode(const std::vector<std::string>& rows, const Limits& limits) {
    rows_ = rows;
    projection_ = builder_.Build();
    columns_ = std::make_unique<ColumnSet>(projection_->NewColumns());
    const std::vector<absl::string_view> views(rows_.begin(), rows_.end());
    EXPECT_TRUE(WireDecoder(projection_).Decode(views, limits, columns_.get()).ok());
  }

  template <typename T>
  std::vector<T> Values(int slot) {
    const auto values = columns_->column(slot).values<T>();
    return std::vector<T>(values.begin(), values.end());
  }

  CellError Error(int slot, size_t row) { return columns_->errors().Get(columns_->column(slot).error(row)); }

  ColumnSet& columns() { return *columns_; }

 private:
  std::shared_ptr<const Schema> schema_;
  const Descriptor* type_;
  ProjectionBuilder builder_;
  std::shared_ptr<const Projection> projection_;
  std::vector<std::string> rows_;
  std::unique_ptr<ColumnSet> columns_;
};

std::vector<int32_t> ToVector(absl::Span<const int32_t> span) { return std::vector<int32_t>(span.begin(), span.end()); }

// Why a lone message, of which nothing is read but `a_string` and `subs`, cannot be decoded; "" if it can.
std::string ReasonOf(const std::string& bytes) {
  Reading reading("torture.Proto3");
  reading.builder().AddField(0, {}, reading.Field("a_string"));
  const int subs = reading.builder().AddLevel(0, {}, reading.Field("subs"));
  reading.builder().AddField(subs, {}, reading.Field("subs")->message_type()->FindFieldByName("name"));
  reading.Decode({bytes});
  return reading.columns().row_errors().empty() ? "" : reading.columns().row_errors()[0].reason;
}

TEST(WireDecoderTest, ChildRowsAreContiguousByParent) {
  Reading reading("torture.Proto3");
  const int subs = reading.builder().AddLevel(0, {}, reading.Field("subs"));
  const Descriptor* sub = reading.Field("subs")->message_type();
  const int names = reading.builder().AddField(subs, {}, reading.Field(sub, "name"));
  const auto deltas = reading.builder().AddList(subs, {}, reading.Field(sub, "deltas"));
  const auto with_deltas = [](absl::string_view name, absl::string_view packed) {
    return WireText().Bytes(1, name).Bytes(6, packed).bytes();
  };
  reading.Decode({WireText().Bytes(33, with_deltas("a", "\x02\x04")).Bytes(33, with_deltas("b", "")).bytes(), "",
                  WireText().Bytes(33, with_deltas("c", "\x06")).bytes()});
  EXPECT_EQ(reading.Values<absl::string_view>(names), (std::vector<absl::string_view>{"a", "b", "c"}));
  EXPECT_EQ(ToVector(reading.columns().level(subs).parent), (std::vector<int32_t>{0, 0, 2}));
  EXPECT_EQ(ToVector(reading.columns().level(subs).begin), (std::vector<int32_t>{0, 2, 2, 3}));
  EXPECT_EQ(ToVector(reading.columns().level(deltas.level).parent), (std::vector<int32_t>{0, 0, 2}));
  EXPECT_EQ(ToVector(reading.columns().level(deltas.level).begin), (std::vector<int32_t>{0, 2, 2, 3}));
  EXPECT_EQ(reading.Values<int64_t>(deltas.slot), (std::vector<int64_t>{1, 2, 3}));
}

TEST(WireDecoderTest, AskingTwiceGivesTheSameColumn) {
  Reading reading("torture.Proto3");
  const FieldDescriptor* path[] = {reading.Field("sub")};
  const FieldDescriptor* name = reading.Field(path[0]->message_type(), "name");
  EXPECT_EQ(reading.builder().AddField(0, path, name), reading.builder().AddField(0, path, name));
  EXPECT_EQ(reading.builder().AddLevel(0, {}, reading.Field("subs")),
            reading.builder().AddLevel(0, {}, reading.Field("subs")));
}

TEST(WireDecoderTest, AnAbsentDecimalErrsWithItsFieldLevelAndRow) {
  Reading reading("torture.Proto3");
  const int subs = reading.builder().AddLevel(0, {}, reading.Field("subs"));
  const FieldDescriptor* rate = reading.Field(reading.Field("subs")->message_type(), "rate");
  const int slot = reading.builder().AddField(subs, {}, rate);
  reading.Decode({WireText().Bytes(33, "").Bytes(33, WireText().Bytes(3, "0.5").bytes()).Bytes(33, "").bytes()});
  EXPECT_EQ(reading.columns().column(slot).error(1), 0u);
  EXPECT_EQ(reading.Values<int64_t>(slot)[1], 500000);
  const CellError error = reading.Error(slot, 2);
  EXPECT_EQ(error.kind, ErrorKind::kAbsent);
  EXPECT_EQ(error.field, rate);
  EXPECT_EQ(error.level, subs);
  EXPECT_EQ(error.row, 2);
  EXPECT_EQ(error.source, -1);
}

TEST(WireDecoderTest, ColumnsWithoutErrorsHaveNoErrorArray) {
  Reading reading("torture.Proto3");
  const int slot = reading.builder().AddField(0, {}, reading.Field("amount"));
  reading.Decode({WireText().Bytes(46, "12.5").bytes()});
  EXPECT_FALSE(reading.columns().column(slot).has_errors());
  EXPECT_EQ(reading.Values<int64_t>(slot), (std::vector<int64_t>{125000}));
}

TEST(WireDecoderTest, AMalformedDecimalErrsAndTheRowIsRead) {
  Reading reading("torture.Proto3");
  const int amount = reading.builder().AddField(0, {}, reading.Field("amount"));
  const int day = reading.builder().AddField(0, {}, reading.Field("day"));
  reading.Decode({WireText().Bytes(46, "12,5").Bytes(48, "2026-02-28").bytes(),
                  WireText().Bytes(46, "1.00001").Bytes(48, "2026-02-30").bytes(),
                  WireText().Bytes(46, "123456789012345").bytes()});
  EXPECT_TRUE(reading.columns().row_errors().empty());
  EXPECT_EQ(reading.Error(amount, 0).kind, ErrorKind::kMalformed);
  EXPECT_EQ(reading.Error(amount, 0).detail, "is not a decimal number");
  EXPECT_EQ(reading.Error(amount, 1).detail, "has more fraction digits than the field");
  EXPECT_EQ(reading.Error(amount, 2).kind, ErrorKind::kOverflow);
  EXPECT_EQ(reading.columns().column(day).error(0), 0u);
  EXPECT_EQ(reading.Error(day, 1).kind, ErrorKind::kMalformed);
  EXPECT_EQ(reading.Error(day, 2).kind, ErrorKind::kAbsent);
}

TEST(WireDecoderTest, AnEmptyTextIsAbsentUnlessTheFieldIsOptional) {
  Reading reading("torture.Proto3");
  const int amount = reading.builder().AddField(0, {}, reading.Field("amount"));
  const int has_amount = reading.builder().AddPresence(0, {}, reading.Field("amount"));
  const int maybe = reading.builder().AddField(0, {}, reading.Field("maybe_amount"));
  const int has_maybe = reading.builder().AddPresence(0, {}, reading.Field("maybe_amount"));
  reading.Decode({WireText().Bytes(46, "").Bytes(49, "").bytes(), ""});
  EXPECT_EQ(reading.Error(amount, 0).kind, ErrorKind::kAbsent);
  EXPECT_EQ(reading.Error(maybe, 0).kind, ErrorKind::kMalformed);
  EXPECT_EQ(reading.Error(maybe, 1).kind, ErrorKind::kAbsent);
  EXPECT_EQ(reading.Values<uint8_t>(has_amount), (std::vector<uint8_t>{0, 0}));
  EXPECT_EQ(reading.Values<uint8_t>(has_maybe), (std::vector<uint8_t>{1, 0}));
}

TEST(WireDecoderTest, ALaterValueTakesThePlaceOfAnEarlierError) {
  Reading reading("torture.Proto3");
  const int amount = reading.builder().AddField(0, {}, reading.Field("amount"));
  reading.Decode({WireText().Bytes(46, "x").Bytes(46, "1").bytes(), WireText().Bytes(46, "1").Bytes(46, "x").bytes(),
                  WireText().Bytes(46, "1").Bytes(46, "").bytes()});
  EXPECT_EQ(reading.columns().column(amount).error(0), 0u);
  EXPECT_EQ(reading.Error(amount, 1).kind, ErrorKind::kMalformed);
  EXPECT_EQ(reading.Error(amount, 2).kind, ErrorKind::kAbsent);
}

TEST(WireDecoderTest, AOneofMemberClearsWhatItsSiblingsLeft) {
  Reading reading("torture.Proto3");
  const FieldDescriptor* path[] = {reading.Field("chosen_many")};
  const int subs = reading.builder().AddLevel(0, path, reading.Field(path[0]->message_type(), "subs"));
  const int amount = reading.builder().AddField(0, path, reading.Field(path[0]->message_type(), "amount"));
  const std::string many = WireText().Bytes(1, "").Bytes(1, "").Bytes(4, "5").bytes();
  reading.Decode({WireText().Bytes(43, many).bytes(), WireText().Bytes(43, many).Varint(39, 1).bytes(),
                  WireText().Bytes(43, many).Bytes(40, "unread").Bytes(43, "").bytes()});
  EXPECT_EQ(ToVector(reading.columns().level(subs).begin), (std::vector<int32_t>{0, 2, 2, 2}));
  EXPECT_EQ(reading.columns().column(amount).error(0), 0u);
  EXPECT_EQ(reading.Error(amount, 1).kind, ErrorKind::kAbsent);
  EXPECT_EQ(reading.Error(amount, 2).kind, ErrorKind::kAbsent);
}

TEST(WireDecoderTest, MapEntriesComeByAscendingKeyTheLastOfEqualOnes) {
  Reading reading("torture.Proto3");
  const int level = reading.builder().AddLevel(0, {}, reading.Field("by_name"));
  const Descriptor* entry = reading.Field("by_name")->message_type();
  const int keys = reading.builder().AddField(level, {}, entry->map_key());
  const FieldDescriptor* path[] = {entry->map_value()};
  const auto deltas = reading.builder().AddList(level, path, reading.Field(path[0]->message_type(), "deltas"));
  const auto put = [](absl::string_view key, absl::string_view packed) {
    return WireText().Bytes(34, WireText().Bytes(1, key).Bytes(2, WireText().Bytes(6, packed).bytes()).bytes()).bytes();
  };
  reading.Decode({put("z", "\x02\x04") + put("a", "\x06") + put("z", "\x08\x0a\x0c") + put("m", "")});
  EXPECT_EQ(reading.Values<absl::string_view>(keys), (std::vector<absl::string_view>{"a", "m", "z"}));
  EXPECT_EQ(ToVector(reading.columns().level(deltas.level).parent), (std::vector<int32_t>{0, 2, 2, 2}));
  EXPECT_EQ(ToVector(reading.columns().level(deltas.level).begin), (std::vector<int32_t>{0, 1, 1, 4}));
  EXPECT_EQ(reading.Values<int64_t>(deltas.slot), (std::vector<int64_t>{3, 4, 5, 6}));
}

TEST(WireDecoderTest, AMapEntryWithAnUnknownClosedEnumValueIsDropped) {
  Reading reading("torture.Proto2");
  const int level = reading.builder().AddLevel(0, {}, reading.Field("closed_by_number"));
  const int keys = reading.builder().AddField(level, {}, reading.Field("closed_by_number")->message_type()->map_key());
  const auto put = [](uint64_t key, uint64_t value) {
    return WireText().Bytes(14, WireText().Varint(1, key).Varint(2, value).bytes()).bytes();
  };
  reading.Decode({put(1, 4) + put(2, 9) + put(3, 0)});
  EXPECT_EQ(reading.Values<int64_t>(keys), (std::vector<int64_t>{1, 3}));
}

TEST(WireDecoderTest, AnUndecodableRowKeepsItsPlaceWithoutChildren) {
  Reading reading("torture.Proto3");
  const int text = reading.builder().AddField(0, {}, reading.Field("a_string"));
  const int subs = reading.builder().AddLevel(0, {}, reading.Field("subs"));
  const int has_sub = reading.builder().AddPresence(0, {}, reading.Field("sub"));
  const std::string good = WireText().Bytes(14, "good").Bytes(33, "").Bytes(17, "").bytes();
  reading.Decode({good, good + "\xff", good});
  ASSERT_EQ(reading.columns().row_errors().size(), 1u);
  EXPECT_EQ(reading.columns().row_errors()[0].row, 1);
  EXPECT_EQ(reading.columns().row_errors()[0].reason, "it ends in the middle of a field");
  EXPECT_EQ(reading.columns().rows(), 3u);
  EXPECT_EQ(ToVector(reading.columns().level(subs).begin), (std::vector<int32_t>{0, 1, 1, 2}));
  EXPECT_EQ(reading.Error(text, 1).kind, ErrorKind::kUndecodable);
  EXPECT_EQ(reading.Error(has_sub, 1).kind, ErrorKind::kUndecodable);
  EXPECT_EQ(reading.Values<absl::string_view>(text)[2], "good");
}

TEST(WireDecoderTest, WhatIsMalformedIsNamed) {
  EXPECT_EQ(ReasonOf(WireText().Tag(14, 2).Number(5).Raw("abc").bytes()), "it ends in the middle of a field");
  EXPECT_EQ(ReasonOf(WireText().Tag(2, 0).bytes()), "it ends in the middle of a field");
  EXPECT_EQ(ReasonOf(WireText().Tag(2, 0).Raw("\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01").bytes()),
            "a number takes more bytes than any may");
  EXPECT_EQ(ReasonOf(WireText().Tag(2, 0).Raw("\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01").bytes()), "");
  EXPECT_EQ(ReasonOf(std::string("\0\0", 2)), "it has a field with the number 0");
  EXPECT_EQ(ReasonOf(WireText().Tag(0, 2).Number(0).bytes()), "it has a field with the number 0");
  EXPECT_EQ(ReasonOf(WireText().Tag(5, 6).bytes()), "it has a field of no known wire type");
  EXPECT_EQ(ReasonOf(WireText().Tag(5, 4).bytes()), "a group ends that was not begun");
  EXPECT_EQ(ReasonOf(WireText().Tag(200, 3).Tag(201, 4).bytes()), "a group ends that was not begun");
  EXPECT_EQ(ReasonOf(WireText().Tag(200, 3).Varint(7, 1).bytes()), "it ends in the middle of a field");
  EXPECT_EQ(ReasonOf(WireText().Bytes(33, WireText().Tag(1, 4).bytes()).bytes()), "a group ends that was not begun");
}

TEST(WireDecoderTest, OnlyStringsThatAreReadMustBeUtf8) {
  EXPECT_EQ(ReasonOf(WireText().Bytes(14, "\xff").bytes()), "a string is not UTF-8");
  EXPECT_EQ(ReasonOf(WireText().Bytes(20, "\xff").bytes()), "");
  EXPECT_EQ(ReasonOf(WireText().Bytes(33, WireText().Bytes(1, "\xc0\x80").bytes()).bytes()), "a string is not UTF-8");
}

TEST(WireDecoderTest, MessagesMayNestAHundredDeep) {
  const auto nest = [](int depth) {
    std::string bytes;
    for (int i = 0; i < depth; ++i) bytes = WireText().Tag(200, 3).Raw(bytes).Tag(200, 4).bytes();
    return bytes;
  };
  EXPECT_EQ(ReasonOf(nest(100)), "");
  EXPECT_EQ(ReasonOf(nest(101)), "messages lie within one another more than 100 deep");
  EXPECT_EQ(ReasonOf(WireText().Bytes(33, nest(99)).bytes()), "");
  EXPECT_EQ(ReasonOf(WireText().Bytes(33, nest(100)).bytes()), "messages lie within one another more than 100 deep");
}

TEST(WireDecoderTest, AFieldWithMoreItemsThanItMayHaveHoldsTheRow) {
  const auto plain = TortureSchema();
  const auto schema = *plain->WithOverrides({{"torture.Proto3.subs", std::nullopt, false, false, 2}});
  const Descriptor* type = *schema->FindMessage("torture.Proto3");
  ProjectionBuilder builder(schema, type);
  const int subs = builder.AddLevel(0, {}, type->FindFieldByName("subs"));
  const auto projection = builder.Build();
  ColumnSet columns = projection->NewColumns();
  const std::string two = WireText().Bytes(33, "").Bytes(33, "").bytes(),
                    three = two + WireText().Bytes(33, "").bytes();
  ASSERT_TRUE(WireDecoder(projection).Decode({two, three, two}, kLimits, &columns).ok());
  ASSERT_EQ(columns.row_errors().size(), 1u);
  EXPECT_EQ(columns.row_errors()[0].reason, "a field has more items than it may: 'torture.Proto3.subs'");
  EXPECT_EQ(ToVector(columns.level(subs).begin), (std::vector<int32_t>{0, 2, 2, 4}));
}

TEST(WireDecoderTest, ARowWithTooManyElementsIsHeld) {
  Reading reading("torture.Proto3");
  const auto numbers = reading.builder().AddList(0, {}, reading.Field("int32s"));
  const std::string five = WireText().Bytes(24, "\x01\x02\x03\x04\x05").bytes();
  Limits limits;
  limits.max_row_elements = 5;
  reading.Decode({five, five + five, five}, limits);
  ASSERT_EQ(reading.columns().row_errors().size(), 1u);
  EXPECT_EQ(reading.columns().row_errors()[0].reason, "it has more elements than one row may");
  EXPECT_EQ(reading.columns().level(numbers.level).size, 10u);
}

TEST(WireDecoderTest, OnceWarmItAllocatesNothing) {
  const auto schema = *Schema::CreateStandard();
  const Descriptor* type = *schema->FindMessage("assay.v1.Order");
  ProjectionBuilder builder(schema, type);
  const FieldDescriptor* lines = type->FindFieldByName("lines");
  const int level = builder.AddLevel(0, {}, lines);
  for (int i = 0; i < lines->message_type()->field_count(); ++i) {
    const FieldDescriptor* field = lines->message_type()->field(i);
    field->is_repeated() ? builder.AddLevel(level, {}, field) : builder.AddField(level, {}, field);
  }
  const auto projection = builder.Build();
  Random random(7);
  std::vector<std::string> rows;
  for (int i = 0; i < 500; ++i) {
    const std::unique_ptr<google::protobuf::Message> order(schema->Prototype(*type).New());
    FillRandomly(*schema, 3, false, random, order.get());
    rows.push_back(order->SerializeAsString());
  }
  const std::vector<absl::string_view> views(rows.begin(), rows.end());
  WireDecoder decoder(projection);
  ColumnSet columns = projection->NewColumns();
  ASSERT_TRUE(decoder.Decode(views, kLimits, &columns).ok());
  const size_t before = AllocationCount();
  ASSERT_TRUE(decoder.Decode(views, kLimits, &columns).ok());
  EXPECT_EQ(AllocationCount(), before);
}

}  // namespace
}  // namespace assay
