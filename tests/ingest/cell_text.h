// Cells as texts: of a column, and of a message by reflection. Written alike, so that a difference reads well.
// Entry points: ReflectedCell, ColumnCell.
#ifndef ASSAY_TESTS_INGEST_CELL_TEXT_H_
#define ASSAY_TESTS_INGEST_CELL_TEXT_H_

#include <cstddef>
#include <string>

#include "column/column_set.h"
#include "google/protobuf/message.h"
#include "ingest/projection.h"
#include "schema/schema.h"

namespace assay {

// What a singular field of the message holds, or element `index` (>= 0) of a repeated one.
std::string ReflectedCell(const Schema& schema, const google::protobuf::Message& message,
                          const google::protobuf::FieldDescriptor* field, int index, ColumnRole role);

std::string ColumnCell(const ColumnSet& columns, int slot, size_t row);

}  // namespace assay

#endif  // ASSAY_TESTS_INGEST_CELL_TEXT_H_
