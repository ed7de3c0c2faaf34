// Protobuf wire bytes to columns in one pass, reading only what a projection asks for.
// Entry point: WireDecoder::Decode. It follows protobuf's own semantics: packed and unpacked, last value wins, split
// messages merge, oneofs clear their siblings, last map key wins, unknown closed-enum values are unset. It never builds
// a message, and once warm never allocates.
#ifndef ASSAY_INGEST_WIRE_DECODER_H_
#define ASSAY_INGEST_WIRE_DECODER_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "assay/limits.h"
#include "column/column_set.h"
#include "ingest/projection.h"
#include "ingest/row_decoder.h"

namespace assay {

// Holds only scratch memory. One thread at a time; make one for each thread over one shared Projection.
class WireDecoder {
 public:
  explicit WireDecoder(std::shared_ptr<const Projection> projection);

  // Replaces what `out` (of this projection's NewColumns) holds by a root row for each message of `rows`, in order.
  // String columns borrow the bytes of `rows`, which must outlive their use. A message that cannot be decoded, or has
  // more child rows over all levels than limits.max_row_elements, is a RowError; a field that cannot, an error value.
  // ResourceExhausted, with nothing in `out`, if the batch is too large for 31-bit row numbers.
  absl::Status Decode(absl::Span<const absl::string_view> rows, const Limits& limits, ColumnSet* out);

 private:
  std::shared_ptr<const Projection> projection_;
  std::vector<LevelScratch> scratch_;  // by level
};

}  // namespace assay

#endif  // ASSAY_INGEST_WIRE_DECODER_H_
