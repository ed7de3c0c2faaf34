// Codes to errors and back. Entry points are ErrorTable's. Lookup is by position, or by bisection over the few ranges.
#include "column/error_table.h"

#include <algorithm>

namespace assay {

ErrorCode ErrorTable::AddAbsent(const google::protobuf::FieldDescriptor* field, int32_t level, size_t rows) {
  const ErrorCode begin = next_range_code_;
  ranges_.push_back({begin, field, level});
  next_range_code_ += static_cast<ErrorCode>(rows);
  return begin;
}

CellError ErrorTable::Get(ErrorCode code) const {
  if (code < kFirstRangeCode) return errors_[code - 1];
  const auto after = std::upper_bound(ranges_.begin(), ranges_.end(), code,
                                      [](ErrorCode c, const AbsentRange& range) { return c < range.begin; });
  const AbsentRange& range = *(after - 1);
  CellError error;
  error.kind = ErrorKind::kAbsent;
  error.level = range.level;
  error.row = static_cast<int32_t>(code - range.begin);
  error.field = range.field;
  return error;
}

void ErrorTable::Clear() {
  errors_.clear();
  ranges_.clear();
  next_range_code_ = kFirstRangeCode;
}

}  // namespace assay
