// What to read of a message: the levels and columns a program needs, compiled into tables for the decoder.
// Entry points: ProjectionBuilder for the planner, Projection for the decoder and whoever reads its columns. Fields
// that were not asked for are skipped over, not validated.
#ifndef ASSAY_INGEST_PROJECTION_H_
#define ASSAY_INGEST_PROJECTION_H_

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <vector>

#include "absl/types/span.h"
#include "column/column_set.h"
#include "column/vector.h"
#include "google/protobuf/descriptor.h"
#include "ingest/decode_table.h"
#include "schema/schema.h"

namespace assay {

enum class ColumnRole : uint8_t {
  kValue,
  kText,      // an annotated field's string as it was written
  kPresence,  // kBool: what has() says
};

struct ProjectedColumn {
  int level = 0;
  ColumnRole role = {};
  Physical type = {};
  const google::protobuf::FieldDescriptor* field = nullptr;
  FieldInfo info;
};

struct ProjectedLevel {
  int parent;                                      // -1 for the root
  const google::protobuf::FieldDescriptor* field;  // the repeated field; nullptr for the root
  int key_slot;                                    // of a map's level the column of the keys, else -1
};

// Immutable once built, safe from any number of threads. Level ids and slots are positions in `levels` and `columns`,
// and those of the ColumnSet that NewColumns makes.
struct Projection {
  std::shared_ptr<const Schema> schema;
  const google::protobuf::Descriptor* root = nullptr;
  std::vector<ProjectedLevel> levels;
  std::vector<ProjectedColumn> columns;
  DecodeTable table;

  ColumnSet NewColumns() const;
};

// A field that is read, in any of the ways; -1 for the ways it is not.
struct FieldUse {
  const google::protobuf::FieldDescriptor* field = nullptr;
  int value_slot = -1;
  int text_slot = -1;
  int presence_slot = -1;
  int message = -1;  // of messages, singular or rows: which use of a message
  int level = -1;    // of repeated fields
};

// A message type at one place of the tree of what is read.
struct MessageUse {
  const google::protobuf::Descriptor* type;
  int level;
  std::map<int, FieldUse> fields;  // by number
};

// How values of a field lie in a column. Requires a kind other than kMessage.
Physical PhysicalOf(const FieldInfo& info);

// Gathers what is read, then builds. Asking for the same thing twice gives the same id. A path is the singular message
// fields that lead from the level's message to the one that holds the field; it may be empty. All descriptors must be
// of the schema; the planner has checked types, so what does not fit is a bug of the caller and only asserted.
//
// Values: an absent scalar is its default; an absent decimal, date or money value errs as absent; an absent Timestamp
// is 1970-01-01T00:00:00Z and an absent Duration 0, as CEL reads an unset message; an absent wrapper is its value's
// default, and its presence column tells that it is null.
class ProjectionBuilder {
 public:
  using Path = absl::Span<const google::protobuf::FieldDescriptor* const>;

  ProjectionBuilder(std::shared_ptr<const Schema> schema, const google::protobuf::Descriptor* root);

  // The level of a repeated message field or a map, under level `parent` (0 is the root). A map's rows are its entries
  // by ascending key, the last of equal keys; its fields are message_type()->map_key() and map_value(), and the key is
  // always read.
  int AddLevel(int parent, Path path, const google::protobuf::FieldDescriptor* repeated);

  // The level of a repeated scalar field (Timestamp, Duration, wrappers and money too), a row for each element.
  struct List {
    int level;
    int slot;  // the elements
  };
  List AddList(int parent, Path path, const google::protobuf::FieldDescriptor* repeated);

  // The slot of a singular scalar's values.
  int AddField(int level, Path path, const google::protobuf::FieldDescriptor* leaf);

  // The slot of an annotated text field's raw strings, "" where absent.
  int AddText(int level, Path path, const google::protobuf::FieldDescriptor* leaf);

  // The slot of what has() says about a singular field, message or scalar. For repeated fields use the level's counts.
  int AddPresence(int level, Path path, const google::protobuf::FieldDescriptor* leaf);

  std::shared_ptr<const Projection> Build() const;

 private:
  int Descend(int level, Path path);
  FieldUse& UseField(int message, const google::protobuf::FieldDescriptor* field);
  int NewMessage(const google::protobuf::Descriptor* type, int level);
  int NewColumn(int level, ColumnRole role, const google::protobuf::FieldDescriptor* field);
  int NewLevel(int parent, const google::protobuf::FieldDescriptor* field);

  std::shared_ptr<const Schema> schema_;
  std::vector<ProjectedLevel> levels_;
  std::vector<int> level_messages_;  // by level: its rows' message, -1 for lists
  std::vector<ProjectedColumn> columns_;
  std::deque<MessageUse> messages_;
};

}  // namespace assay

#endif  // ASSAY_INGEST_PROJECTION_H_
