// A part of a run's rows in columns: their values, and the findings of rules on them (findings of indexed rules:
// indexed_rules.cc, of what cannot be had: unevaluable.cc). One thread at a time; buffers are kept from chunk to chunk.
#ifndef ASSAY_EVALUATE_CHUNK_H_
#define ASSAY_EVALUATE_CHUNK_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "evaluate/row_state.h"
#include "evaluate/run_context.h"
#include "exec/executable.h"
#include "ingest/wire_decoder.h"

namespace assay {

class Chunk {
 public:
  explicit Chunk(const RunContext* context);

  // Decodes the rows; nothing is computed yet. The bytes outlive the chunk's use. One row alone may cost what a row
  // may, several together what a chunk may.
  absl::Status Load(absl::Span<const absl::string_view> rows);

  void Compute(const std::vector<NodeId>& nodes) { Run(&frame_, nodes); }

  // The rows cost more than they may: every value errs since, and what was read of them before is all there is.
  bool is_over_budget() const { return frame_.is_over_budget; }

  // After `own`: which rules are asked of each row; why those that are no message are not.
  void ReadRows(absl::Span<RowState* const> states) const;

  // Findings of all rules of the stage (0: before draws, 1: after any) on all rows of the input. States are those that
  // ReadRows filled; they mean nothing once the chunk is over its budget.
  void Findings(bool late, absl::Span<RowState* const> states);

  // What the rule makes of a row of its level. Off: its mode, or no outcome at this checkpoint.
  enum class Verdict : uint8_t {
    kFired,
    kNotFired,
    kNotConsidered,
    kNotApplicable,
    kNotInForce,
    kUnevaluable,
    kOff,
  };
  Verdict VerdictOf(int rule, int32_t row, const RowState& state) const;

  // What findings call a row of a rulebook level, if they name its rows: its id, or its number in the input's row.
  std::string RowName(int level, int32_t row) const;
  // The input's row that a row of a rulebook level is part of, and the place of the row in it; -1 for a level whose
  // rows are not named.
  int32_t InputRowOf(int level, int32_t row) const;
  int32_t PlaceInRow(int level, int32_t row) const;
  // The rows of a rulebook level that are part of the input's row: from the first to behind the last.
  std::pair<int32_t, int32_t> RowsOf(int level, int32_t input_row) const;
  // Where the input's row begins on a level of the program; of a row without any, where they would begin.
  int32_t FirstRow(LevelId level, int32_t input_row) const;

  // -- Values of rows ------------------------------------------------------------

  Frame& frame() { return frame_; }
  const RunContext& context() const { return *context_; }
  const LevelRows& level(LevelId id) const { return frame_.levels[id]; }
  CellError ErrorOf(ErrorCode code) const { return columns_.errors().Get(code); }
  ErrorKind KindOf(ErrorCode code) const { return ErrorOf(code).kind; }
  const Vector& column(NodeId node) const { return ColumnOf(frame_, node); }
  bool is_constant(NodeId node) const { return context_->book->program().nodes[node].level == kConstantLevel; }
  int32_t size(LevelId level) const { return frame_.Size(level); }

  // The value at a row: 0 is no error. Constants stand beside every row.
  ErrorCode Error(const PlannedValue& value, int32_t row) const;
  bool Flag(const PlannedValue& value, int32_t row, bool absent) const;
  std::string Text(const PlannedValue& value, int32_t row) const;
  Decimal Number(const PlannedValue& value, int32_t row) const;
  SortKey KeyAt(const PlannedValue& value, int32_t row) const;
  int32_t Day(const PlannedValue& value, int32_t row) const;
  Timestamp Time(const PlannedValue& value, int32_t row) const;

  // What could not be had, in English and Chinese: "products[P1] is missing", "line 3: quantity is not a decimal
  // number".
  std::pair<std::string, std::string> Origin(ErrorCode code) const;
  // One finding for each origin; `row` is of the rulebook level `level`.
  void AddUnevaluable(ErrorCode code, const std::string& dependent, v1::Outcome outcome, int level, int32_t row,
                      RowState* state) const;

 private:
  void ReadRow(int32_t row, RowState* state) const;
  int32_t AsOfDay(int32_t row) const;
  void RuleFindings(int rule, absl::Span<RowState* const> states);
  // indexed_rules.cc
  void IndexedFindings(const RuleIndex& index, absl::Span<RowState* const> states);
  void IndexedFinding(int rule, int32_t row, bool errs, absl::Span<RowState* const> states);
  // Whether the rule is on, and of this row: in force and applicable.
  bool IsAsked(int rule, const RowState& state) const;
  void RowFinding(int rule, int32_t row, RowState* state);
  void ShowMoment(const std::string& name, const PlannedValue& value, int32_t row, RawFinding* finding) const;
  // tasks.cc
  std::shared_ptr<const RawTask> TaskOf(int rule, int32_t row, RowState* state) const;
  SortKey DueKey(const PlannedValue& due, int32_t row) const;
  ErrorCode RuleError(const CompiledRule& rule, int32_t row) const;
  v1::Outcome OutcomeFor(int rule, int32_t row, const RowState& state) const;
  v1::Outcome OutcomeOnError(int rule, int32_t row, const RowState& state) const;
  size_t Place(NodeId node, int32_t row) const { return is_constant(node) ? 0 : static_cast<size_t>(row); }
  std::string PlaceOf(const CellError& error) const;

  const RunContext* context_;
  std::vector<absl::string_view> rows_;
  WireDecoder decoder_;
  ColumnSet columns_;
  Arena arena_;
  Frame frame_;
  std::vector<int32_t> pieces_;  // of the rows looked up in an index
  std::vector<TableIndex::Found> found_;
};

}  // namespace assay

#endif  // ASSAY_EVALUATE_CHUNK_H_
