// Checks by the engine: a rulebook, such as order_checks.yaml, compiled, wire bytes decoded into columns, and what its
// rules find, in the form of the hand-written checks. Entry points: RulebookChecks::Load, then for each batch Decode,
// Compute, List.
#ifndef ASSAY_BENCH_RULEBOOK_CHECKS_H_
#define ASSAY_BENCH_RULEBOOK_CHECKS_H_

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "bench/check_result.h"
#include "exec/reference_columns.h"
#include "ingest/wire_decoder.h"
#include "rulebook/compiled_rulebook.h"

namespace assay {

// A rulebook of the bench/ folder, by the name of its file.
absl::StatusOr<std::shared_ptr<const CompiledRulebook>> LoadBenchRulebook(const std::string& file);

// The dataset `prices`, for either of them.
absl::StatusOr<std::shared_ptr<const Snapshot>> PriceSnapshot(const CompiledRulebook& book,
                                                              const std::vector<std::string>& price_rows);

// One thread at a time. Buffers are kept from batch to batch.
class RulebookChecks {
 public:
  // A rulebook of the bench/ folder; without price rows one that has no dataset.
  static absl::StatusOr<std::unique_ptr<RulebookChecks>> Load(const std::string& file,
                                                              const std::vector<std::string>& price_rows);

  // The rows must live until List.
  absl::Status Decode(absl::Span<const absl::string_view> orders);
  void Compute();
  // Appends what was found, check by check; `first_order` is the place of the batch's first order.
  void List(int32_t first_order, CheckResults* results) const;

  const CompiledRulebook& book() const { return *book_; }

 private:
  RulebookChecks(std::shared_ptr<const CompiledRulebook> book, std::shared_ptr<const Snapshot> snapshot);

  void ListRow(const CompiledRule& rule, int32_t row, CheckResult result, CheckResults* results) const;

  std::shared_ptr<const CompiledRulebook> book_;
  std::shared_ptr<const ReferenceColumns> reference_;
  std::vector<NodeId> nodes_;
  WireDecoder decoder_;
  ColumnSet columns_;
  Arena arena_;
  Frame frame_;
};

}  // namespace assay

#endif  // ASSAY_BENCH_RULEBOOK_CHECKS_H_
