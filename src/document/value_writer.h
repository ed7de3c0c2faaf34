// Values of a rulebook as HTML: expressions with links, names of things, enums, JSON, and all keys of a message.
// Entry points: Fields, Grid. A writer serves one page; it shows every key that is set, by the rulebook's descriptors,
// and knows no section.
#ifndef ASSAY_DOCUMENT_VALUE_WRITER_H_
#define ASSAY_DOCUMENT_VALUE_WRITER_H_

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "document/field_label.h"
#include "document/html_writer.h"
#include "document/thing.h"
#include "document/uses.h"

namespace assay {

class ValueWriter {
 public:
  ValueWriter(const ThingIndex* things, const Uses* uses, HtmlWriter* html)
      : things_(things), uses_(uses), html_(html) {}

  // The keys of a message but those in `skipped`, as a list of terms. `path` is where it stands in the rulebook: a key
  // that was written in another file says where.
  void Fields(const google::protobuf::Message& message, const std::string& path,
              absl::Span<const absl::string_view> skipped);

  // Messages of one type as rows of a table, with a column for each key that one of them has.
  struct Row {
    const google::protobuf::Message* message = nullptr;
    std::string path;
    const Thing* thing = nullptr;  // whose anchor, place and users the row shows; nullptr for parts of a thing
  };
  void Grid(const std::vector<Row>& rows);

  void Expression(absl::string_view text);

  // A link with the thing's name.
  void Link(const Thing& thing);

  // The same by name, or the name alone where there is no such thing, and what it says to people.
  void Reference(absl::string_view list, absl::string_view name);

  // A word, coloured by what it means; with its meaning behind it where `explains`.
  void Enum(const google::protobuf::EnumValueDescriptor& value, bool explains);

  // The word alone of a key that has one.
  void EnumOf(const google::protobuf::Message& message, absl::string_view key);

  void Effective(const v1::Effective& effective);

  // Where a part of what is at `path` was written, if that is another file.
  void PlaceIfElsewhere(const std::string& path, const std::string& part);

  // Where the thing was written, and what uses it.
  void PlaceAndUsers(const Thing& thing);

 private:
  void Label(const google::protobuf::FieldDescriptor& field);
  void Field(const google::protobuf::Message& message, const google::protobuf::FieldDescriptor& field,
             const std::string& path);
  void List(const google::protobuf::Message& message, const google::protobuf::FieldDescriptor& field);
  void Map(const google::protobuf::Message& message, const google::protobuf::FieldDescriptor& field);
  void Entry(const std::string& name, const google::protobuf::Message& entry,
             const google::protobuf::FieldDescriptor& map);
  void Messages(const google::protobuf::Message& message, const google::protobuf::FieldDescriptor& field,
                const std::string& path);
  void One(const google::protobuf::Message& message, const google::protobuf::FieldDescriptor& field,
           const std::string& path);
  void Decimal(const v1::DecimalType& decimal);
  void Submessage(const google::protobuf::Message& message, const std::string& path);
  void String(absl::string_view text, const FieldLabel* label);
  void Json(absl::string_view text);
  void GridRow(const Row& row, const std::vector<const google::protobuf::FieldDescriptor*>& columns);
  void Users(const Section& section, const std::vector<const Thing*>& users);

  const ThingIndex* things_;
  const Uses* uses_;
  HtmlWriter* html_;
};

}  // namespace assay

#endif  // ASSAY_DOCUMENT_VALUE_WRITER_H_
