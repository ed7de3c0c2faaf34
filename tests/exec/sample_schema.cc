// Entry point: SampleSchema. It aborts the test program if the text below is no schema.
#include "tests/exec/sample_schema.h"

#include "tests/schema/descriptor_text.h"

namespace assay {
namespace {

constexpr absl::string_view kFile = R"(
file {
  name: "assay/sample/sample.proto" package: "assay.sample" syntax: "proto3"
  dependency: "assay/v1/annotations.proto"
  dependency: "google/protobuf/timestamp.proto"
  dependency: "google/protobuf/duration.proto"
  enum_type {
    name: "Color"
    value { name: "COLOR_UNSPECIFIED" number: 0 }
    value { name: "COLOR_RED" number: 1 }
    value { name: "COLOR_DARK_BLUE" number: 2 }
    value { name: "COLOR_GREEN" number: -3 }
  }
  message_type {
    name: "Part"
    field { name: "name" number: 1 type: TYPE_STRING }
    field { name: "weight" number: 2 type: TYPE_STRING options { [assay.v1.decimal] { precision: 12 scale: 3 } } }
    field { name: "color" number: 3 type: TYPE_ENUM type_name: ".assay.sample.Color" }
    field { name: "marks" number: 4 type: TYPE_SINT32 label: LABEL_REPEATED }
  }
  message_type {
    name: "Detail"
    field { name: "price" number: 1 type: TYPE_STRING options { [assay.v1.decimal] { precision: 18 scale: 4 } } }
    field { name: "since" number: 2 type: TYPE_STRING options { [assay.v1.date]: true } }
    field { name: "notes" number: 3 type: TYPE_STRING label: LABEL_REPEATED }
    field { name: "parts" number: 4 type: TYPE_MESSAGE type_name: ".assay.sample.Part" label: LABEL_REPEATED }
  }
  message_type {
    name: "Item"
    field { name: "id" number: 1 type: TYPE_STRING }
    field { name: "count" number: 2 type: TYPE_INT32 }
    field { name: "quantity" number: 3 type: TYPE_STRING options { [assay.v1.decimal] { precision: 18 scale: 6 } } }
    field { name: "rate" number: 4 type: TYPE_DOUBLE }
    field { name: "due" number: 5 type: TYPE_STRING options { [assay.v1.date]: true } }
    field { name: "tags" number: 6 type: TYPE_STRING label: LABEL_REPEATED }
    field { name: "parts" number: 7 type: TYPE_MESSAGE type_name: ".assay.sample.Part" label: LABEL_REPEATED }
    field { name: "detail" number: 8 type: TYPE_MESSAGE type_name: ".assay.sample.Detail" }
    field { name: "done_at" number: 9 type: TYPE_MESSAGE type_name: ".google.protobuf.Timestamp" }
  }
  message_type {
    name: "Sample"
    field { name: "flag" number: 1 type: TYPE_BOOL }
    field { name: "i" number: 2 type: TYPE_INT64 }
    field { name: "j" number: 3 type: TYPE_SINT32 }
    field { name: "u" number: 4 type: TYPE_UINT64 }
    field { name: "v" number: 5 type: TYPE_FIXED32 }
    field { name: "f" number: 6 type: TYPE_DOUBLE }
    field { name: "g" number: 7 type: TYPE_FLOAT }
    field { name: "s" number: 8 type: TYPE_STRING }
    field { name: "t" number: 9 type: TYPE_STRING }
    field { name: "raw" number: 10 type: TYPE_BYTES }
    field { name: "amount" number: 11 type: TYPE_STRING options { [assay.v1.decimal] { precision: 18 scale: 4 } } }
    field { name: "wide" number: 12 type: TYPE_STRING options { [assay.v1.decimal] { precision: 38 scale: 10 } } }
    field { name: "whole" number: 13 type: TYPE_STRING options { [assay.v1.decimal] { precision: 6 scale: 0 } } }
    field { name: "day" number: 14 type: TYPE_STRING options { [assay.v1.date]: true } }
    field { name: "at" number: 15 type: TYPE_MESSAGE type_name: ".google.protobuf.Timestamp" }
    field { name: "span" number: 16 type: TYPE_MESSAGE type_name: ".google.protobuf.Duration" }
    field { name: "color" number: 17 type: TYPE_ENUM type_name: ".assay.sample.Color" }
    field { name: "maybe" number: 18 type: TYPE_INT64 oneof_index: 2 proto3_optional: true }
    field { name: "maybe_amount" number: 19 type: TYPE_STRING oneof_index: 3 proto3_optional: true
            options { [assay.v1.decimal] { precision: 18 scale: 2 } } }
    field { name: "left" number: 20 type: TYPE_STRING oneof_index: 0 }
    field { name: "right" number: 21 type: TYPE_INT64 oneof_index: 0 }
    field { name: "detail" number: 22 type: TYPE_MESSAGE type_name: ".assay.sample.Detail" oneof_index: 1 }
    field { name: "part" number: 23 type: TYPE_MESSAGE type_name: ".assay.sample.Part" oneof_index: 1 }
    field { name: "items" number: 24 type: TYPE_MESSAGE type_name: ".assay.sample.Item" label: LABEL_REPEATED }
    field { name: "numbers" number: 25 type: TYPE_INT64 label: LABEL_REPEATED }
    field { name: "words" number: 26 type: TYPE_STRING label: LABEL_REPEATED }
    field { name: "amounts" number: 27 type: TYPE_STRING label: LABEL_REPEATED
            options { [assay.v1.decimal] { precision: 18 scale: 2 } } }
    field { name: "days" number: 28 type: TYPE_STRING label: LABEL_REPEATED options { [assay.v1.date]: true } }
    field { name: "times" number: 29 type: TYPE_MESSAGE type_name: ".google.protobuf.Timestamp"
            label: LABEL_REPEATED }
    field { name: "spans" number: 30 type: TYPE_MESSAGE type_name: ".google.protobuf.Duration" label: LABEL_REPEATED }
    field { name: "colors" number: 31 type: TYPE_ENUM type_name: ".assay.sample.Color" label: LABEL_REPEATED }
    field { name: "rates" number: 32 type: TYPE_DOUBLE label: LABEL_REPEATED }
    field { name: "counts" number: 33 type: TYPE_MESSAGE type_name: ".assay.sample.Sample.CountsEntry"
            label: LABEL_REPEATED }
    field { name: "names" number: 34 type: TYPE_MESSAGE type_name: ".assay.sample.Sample.NamesEntry"
            label: LABEL_REPEATED }
    oneof_decl { name: "side" }
    oneof_decl { name: "more" }
    oneof_decl { name: "_maybe" }
    oneof_decl { name: "_maybe_amount" }
    nested_type {
      name: "CountsEntry"
      field { name: "key" number: 1 type: TYPE_STRING label: LABEL_OPTIONAL }
      field { name: "value" number: 2 type: TYPE_INT64 label: LABEL_OPTIONAL }
      options { map_entry: true }
    }
    nested_type {
      name: "NamesEntry"
      field { name: "key" number: 1 type: TYPE_INT32 label: LABEL_OPTIONAL }
      field { name: "value" number: 2 type: TYPE_STRING label: LABEL_OPTIONAL }
      options { map_entry: true }
    }
  }
}
)";

}  // namespace

std::shared_ptr<const Schema> SampleSchema() {
  const std::string bytes = SetBytesWithEntities(kFile);
  absl::StatusOr<std::shared_ptr<const Schema>> schema = Schema::Create(AsBytes(bytes));
  if (!schema.ok()) {
    fprintf(stderr, "%s\n", std::string(schema.status().message()).c_str());
    std::abort();
  }
  return *std::move(schema);
}

}  // namespace assay
