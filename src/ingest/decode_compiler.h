// What is read of a message, compiled into the decoder's tables.
// Entry point: CompileDecodeTable, for ProjectionBuilder::Build alone. It checks nothing: the builder has.
#ifndef ASSAY_INGEST_DECODE_COMPILER_H_
#define ASSAY_INGEST_DECODE_COMPILER_H_

#include <deque>

#include "absl/types/span.h"
#include "google/protobuf/descriptor.h"
#include "ingest/decode_table.h"
#include "ingest/projection.h"
#include "schema/schema.h"

namespace assay {

// Whether unknown numbers of the field are unset: an enum field of a proto2 file.
bool IsClosedEnum(const google::protobuf::FieldDescriptor& field);

// messages[0] is the root's; the tables keep the positions of `levels` and `messages`.
DecodeTable CompileDecodeTable(const Schema& schema, absl::Span<const ProjectedLevel> levels,
                               const std::deque<MessageUse>& messages);

}  // namespace assay

#endif  // ASSAY_INGEST_DECODE_COMPILER_H_
