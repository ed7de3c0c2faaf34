// Evaluation for hosts in C++ (target assay::cpp): everything that is judged without ledgers and sessions, as partners
// to be graded, complaints, claims. A rulebook with `evaluation` over rows of its input:
//
//   RowBatch complaints(rulebook);
//   complaints.Add(complaint);                            // any google::protobuf::Message, wire bytes or JSON
//   absl::StatusOr<v1::EvaluationResult> result = Evaluate(rulebook, *data.Build(), complaints, {.now = absl::Now()});
//
// What comes of a row is the same for any number of threads and any order of the rows. A row that cannot be decoded, or
// a value that cannot be had, is a finding of that row and no failed call. Rulebooks and reference data: review.h.
#ifndef ASSAY_EVALUATE_H_
#define ASSAY_EVALUATE_H_

#include <memory>
#include <vector>

#include "assay/review.h"
#include "assay/v1/evaluation.pb.h"

namespace assay {

// Rows of a rulebook's input. It belongs to one thread at a time, and grows as long as it is wanted.
class RowBatch {
 public:
  explicit RowBatch(Rulebook rulebook);
  ~RowBatch();

  // Adds one row, copied. InvalidArgument for text that is no such message, or for a message of another type; wire
  // bytes are only looked at by Evaluate.
  absl::Status Add(RowFormat format, absl::string_view row);
  absl::Status Add(const google::protobuf::Message& row);

  size_t size() const;

  // For the library's own use.
  const Rulebook& rulebook() const { return rulebook_; }
  std::vector<absl::string_view> rows() const;

 private:
  Rulebook rulebook_;
  std::unique_ptr<RowBytes> rows_;
};

struct EvaluationOptions {
  absl::Time now;   // the clock of the run, in the years 1 to 9999
  int threads = 1;  // 1 to 64
};

// FailedPrecondition if the rulebook has no `evaluation`, or if data or rows are of another one. The same row again
// changes nothing, however it is encoded; rows of one id with other content are held, each with that one finding.
absl::StatusOr<v1::EvaluationResult> Evaluate(const Rulebook& rulebook, const ReferenceData& data, const RowBatch& rows,
                                              const EvaluationOptions& options);

// The same of one of the rows, and what each rule saw on it. NotFound if no row has the id.
absl::StatusOr<v1::EvaluationExplanation> ExplainRow(const Rulebook& rulebook, const ReferenceData& data,
                                                     const RowBatch& rows, absl::string_view row_id,
                                                     const EvaluationOptions& options);

// A result as tables of texts: "outputs", each row with its verdict and outputs; "outputs_LEVEL" for each level that
// has outputs; "findings"; "worklist"; "board" of a rulebook that has one.
std::vector<v1::DayTable> ResultTables(const v1::EvaluationResult& result);

}  // namespace assay

#endif  // ASSAY_EVALUATE_H_
