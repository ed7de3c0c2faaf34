// Columns compared with what protobuf's reflection says of the same messages.
// Entry points: RandomProjection, FullProjection, DescribeDifference. Neither shares code with the decoder.
#ifndef ASSAY_TESTS_INGEST_PROJECTION_CHECK_H_
#define ASSAY_TESTS_INGEST_PROJECTION_CHECK_H_

#include <memory>
#include <string>
#include <vector>

#include "column/column_set.h"
#include "google/protobuf/message.h"
#include "ingest/projection.h"
#include "tests/ingest/random_message.h"

namespace assay {

// What was asked of the builder, to be asked of reflection.
struct AskedColumn {
  int level;
  std::vector<const google::protobuf::FieldDescriptor*> path;
  const google::protobuf::FieldDescriptor* field;
  ColumnRole role;
  int slot;
  bool is_element;  // of a list level
};

struct AskedLevel {
  int level;
  int parent;
  std::vector<const google::protobuf::FieldDescriptor*> path;
  const google::protobuf::FieldDescriptor* field;
};

struct AskedProjection {
  std::shared_ptr<const Projection> projection;
  std::vector<AskedColumn> columns;
  std::vector<AskedLevel> levels;  // without the root
};

// A projection of the type in which each field is read with a chance of one in `one_in`, `depth` messages deep.
AskedProjection RandomProjection(std::shared_ptr<const Schema> schema, const google::protobuf::Descriptor& type,
                                 int depth, uint64_t one_in, Random& random);

// "" if the columns are what reflection says, else the first difference. A message that is null could not be decoded.
std::string DescribeDifference(const AskedProjection& asked, const std::vector<const google::protobuf::Message*>& rows,
                               const ColumnSet& columns);

}  // namespace assay

#endif  // ASSAY_TESTS_INGEST_PROJECTION_CHECK_H_
