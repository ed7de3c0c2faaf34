// A batch of messages into columns. Entry point: WireDecoder::Decode; the reading itself is row_decoder.cc's.
#include "ingest/wire_decoder.h"

#include <limits>
#include <utility>

#include "absl/strings/str_cat.h"

namespace assay {
namespace {

absl::Status TooLarge(size_t bytes) {
  return absl::ResourceExhaustedError(
      absl::StrCat("a batch is too large for 31-bit row numbers; give it in smaller ones; bytes: ", bytes));
}

}  // namespace

WireDecoder::WireDecoder(std::shared_ptr<const Projection> projection) : projection_(std::move(projection)) {
  for (const LevelTable& level : projection_->table.levels) scratch_.emplace_back(level);
}

absl::Status WireDecoder::Decode(absl::Span<const absl::string_view> rows, const Limits& limits, ColumnSet* out) {
  out->Clear();
  size_t bound = rows.size();  // of the rows of any level: each takes at least a byte
  for (absl::string_view row : rows) bound += row.size();
  if (bound > static_cast<size_t>(std::numeric_limits<int32_t>::max())) return TooLarge(bound);
  out->Reserve(0, rows.size());
  RowDecoder decoder(projection_->table, limits.max_row_elements, absl::MakeSpan(scratch_), out);
  for (absl::string_view row : rows) decoder.Decode(row);
  if (out->AssignAbsentCodes()) return absl::OkStatus();
  out->Clear();
  return TooLarge(bound);
}

}  // namespace assay
