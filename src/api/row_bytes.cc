// Entry point: WireOf.
#include "api/row_bytes.h"

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "ingest/json_rows.h"

namespace assay {

absl::StatusOr<absl::string_view> WireOf(const Schema& schema, const google::protobuf::Descriptor& type,
                                         RowFormat format, absl::string_view row, std::string* scratch) {
  if (format == RowFormat::kWire) return row;
  if (format != RowFormat::kJson) return absl::InvalidArgumentError("no such format of rows");
  RETURN_IF_ERROR(JsonToWire(schema, type, row, scratch));
  return absl::string_view(*scratch);
}

absl::StatusOr<std::string> WireOf(const google::protobuf::Descriptor& type, const google::protobuf::Message& row) {
  if (row.GetDescriptor()->full_name() == type.full_name()) return row.SerializeAsString();
  return absl::InvalidArgumentError(
      absl::StrCat("rows here are ", type.full_name(), ", not ", row.GetDescriptor()->full_name()));
}

}  // namespace assay
