// Evaluation of the C++ interface. Entry points: those of assay/evaluate.h, but ResultTables.
#include "evaluate/evaluation.h"

#include "api/clock.h"
#include "api/row_bytes.h"
#include "assay/evaluate.h"
#include "base/status_macros.h"

namespace assay {
namespace {

absl::StatusOr<EvaluationSettings> OptionsOf(const Rulebook& rulebook, const ReferenceData& data, const RowBatch& rows,
                                             const EvaluationOptions& given) {
  if (data.rulebook().compiled() != rulebook.compiled()) {
    return absl::FailedPreconditionError("the reference data were built for another rulebook: build them for this one");
  }
  if (rows.rulebook().compiled() != rulebook.compiled()) {
    return absl::FailedPreconditionError("the rows were read for another rulebook: read them for this one");
  }
  EvaluationSettings options;
  options.threads = given.threads;
  ASSIGN_OR_RETURN(options.now, TimestampOf(given.now));
  return options;
}

}  // namespace

RowBatch::RowBatch(Rulebook rulebook) : rulebook_(std::move(rulebook)), rows_(std::make_unique<RowBytes>()) {}
RowBatch::~RowBatch() = default;

absl::Status RowBatch::Add(RowFormat format, absl::string_view row) {
  const CompiledRulebook& book = *rulebook_.compiled();
  std::string scratch;
  ASSIGN_OR_RETURN(const absl::string_view wire,
                   WireOf(*book.schema, *book.program().batch.message, format, row, &scratch));
  rows_->Add(wire);
  return absl::OkStatus();
}

absl::Status RowBatch::Add(const google::protobuf::Message& row) {
  ASSIGN_OR_RETURN(const std::string wire, WireOf(*rulebook_.compiled()->program().batch.message, row));
  rows_->Add(wire);
  return absl::OkStatus();
}

size_t RowBatch::size() const { return rows_->size(); }

std::vector<absl::string_view> RowBatch::rows() const {
  std::vector<absl::string_view> views;
  views.reserve(rows_->size());
  for (size_t i = 0; i < rows_->size(); ++i) views.push_back((*rows_)[i]);
  return views;
}

absl::StatusOr<v1::EvaluationResult> Evaluate(const Rulebook& rulebook, const ReferenceData& data, const RowBatch& rows,
                                              const EvaluationOptions& options) {
  ASSIGN_OR_RETURN(const EvaluationSettings known, OptionsOf(rulebook, data, rows, options));
  return Evaluate(rulebook.compiled(), data.snapshot(), rows.rows(), known);
}

absl::StatusOr<v1::EvaluationExplanation> ExplainRow(const Rulebook& rulebook, const ReferenceData& data,
                                                     const RowBatch& rows, absl::string_view row_id,
                                                     const EvaluationOptions& options) {
  ASSIGN_OR_RETURN(const EvaluationSettings known, OptionsOf(rulebook, data, rows, options));
  return ExplainRow(rulebook.compiled(), data.snapshot(), rows.rows(), row_id, known);
}

}  // namespace assay
