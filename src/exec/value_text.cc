// Entry point: ValueText.
#include "exec/value_text.h"

#include "absl/strings/str_cat.h"
#include "base/civil.h"
#include "base/decimal.h"
#include "base/timestamp.h"

namespace assay {

std::string ValueText(const Vector& column, size_t row, int scale) {
  switch (column.type) {
    case Physical::kBool:
      return column.values<uint8_t>()[row] != 0 ? "true" : "false";
    case Physical::kInt64:
      return absl::StrCat(column.values<int64_t>()[row]);
    case Physical::kUint64:
      return absl::StrCat(column.values<uint64_t>()[row]);
    case Physical::kDouble:
      return absl::StrCat(column.values<double>()[row]);
    case Physical::kString:
      return std::string(column.values<absl::string_view>()[row]);
    case Physical::kDecimal64:
      return FormatDecimal({column.values<int64_t>()[row], scale});
    case Physical::kDecimal128:
      return FormatDecimal({column.values<int128>()[row], scale});
    case Physical::kDate:
      return FormatDate(column.values<int32_t>()[row]);
    case Physical::kTimestamp:
      return FormatTimestamp(column.values<Timestamp>()[row]);
    case Physical::kDuration:
      return FormatDuration(column.values<Duration>()[row]);
    case Physical::kRow:
      return absl::StrCat("row ", column.values<int32_t>()[row]);
  }
  return "";
}

}  // namespace assay
