// Decoding of reference rows. Entry point: BuildDataset.
#include "snapshot/snapshot.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "ingest/wire_decoder.h"

namespace assay {

absl::StatusOr<std::shared_ptr<const Dataset>> BuildDataset(absl::string_view name,
                                                            const std::shared_ptr<const RowBytes>& rows,
                                                            const std::shared_ptr<const Projection>& projection,
                                                            const std::vector<IndexSpec>& indexes) {
  auto dataset = std::make_shared<Dataset>();
  dataset->name = std::string(name);
  dataset->rows = rows;
  auto columns = std::make_shared<ColumnSet>(projection->NewColumns());
  std::vector<absl::string_view> views;
  views.reserve(rows->size());
  for (size_t i = 0; i < rows->size(); ++i) views.push_back((*rows)[i]);
  WireDecoder decoder(projection);
  RETURN_IF_ERROR(decoder.Decode(views, Limits{}, columns.get()));
  if (!columns->row_errors().empty()) {
    const RowError& error = columns->row_errors().front();
    return absl::InvalidArgumentError(absl::StrCat("row ", error.row + 1, " of dataset '", name, "': ", error.reason));
  }
  dataset->columns = columns;
  for (const IndexSpec& spec : indexes) {
    std::shared_ptr<const KeyIndex>& index = dataset->indexes[spec];
    if (index != nullptr) continue;
    const auto at = [&](int slot) { return columns->column(slot); };
    std::vector<Vector> keys(spec.key_slots.size());
    std::vector<Vector> orders(spec.order_slots.size());
    std::transform(spec.key_slots.begin(), spec.key_slots.end(), keys.begin(), at);
    std::transform(spec.order_slots.begin(), spec.order_slots.end(), orders.begin(), at);
    index = std::make_shared<KeyIndex>(std::move(keys), orders, columns->rows());
  }
  return std::shared_ptr<const Dataset>(std::move(dataset));
}

}  // namespace assay
