// A part of a run's orders in columns: their values, and the findings of rules on
// them. One thread at a time; buffers are kept from chunk to chunk.
#ifndef ASSAY_REVIEW_CHUNK_H_
#define ASSAY_REVIEW_CHUNK_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "exec/executable.h"
#include "ingest/wire_decoder.h"
#include "review/order_state.h"
#include "review/run_context.h"

namespace assay {

class Chunk {
 public:
  explicit Chunk(const RunContext* context);

  // Decodes the orders; nothing is computed yet. The bytes outlive the chunk's use. One order alone may cost what a row
  // may, several together what a chunk may.
  absl::Status Load(absl::Span<const absl::string_view> orders);

  void Compute(const std::vector<NodeId>& nodes) { Run(&frame_, nodes); }

  // The orders cost more than they may: every value errs since, and what was read of them before is all there is.
  bool is_over_budget() const { return frame_.is_over_budget; }

  // After `own`: what a session keeps of each order, without findings; why those that are no message are not.
  void ReadOrders(absl::Span<OrderState> states);

  // Findings of all rules of the stage (0: before draws, 1: after any) on all orders, by order row. States are those
  // that ReadOrders filled; they mean nothing once the chunk is over its budget.
  void Findings(bool late, absl::Span<OrderState> states);

  // Holds orders with a line whose quantity cannot be had, whether a rule asks for it or not.
  void HoldUnknownQuantities(absl::Span<OrderState> states);

  // By when a hold on the order must be answered that was opened at `opened`; nothing where that cannot be had. The
  // order is the only one loaded afterwards.
  absl::StatusOr<std::optional<Timestamp>> HoldDueFrom(absl::string_view order, const Timestamp& opened);

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
  Verdict VerdictOf(int rule, int32_t row, const OrderState& state) const;

  // -- For draws: one order at a time --------------------------------------------

  Frame& frame() { return frame_; }
  const RunContext& context() const { return *context_; }
  const LevelRows& level(LevelId id) const { return frame_.levels[id]; }
  ErrorKind KindOf(ErrorCode code) const { return columns_.errors().Get(code).kind; }
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

  // What could not be had, in English and Chinese: "products[P1] is missing", "line 3: quantity is not a decimal
  // number".
  std::pair<std::string, std::string> Origin(ErrorCode code) const;
  void AddUnevaluable(ErrorCode code, const std::string& dependent, v1::Outcome outcome, int32_t line,
                      OrderState* state) const;

 private:
  void ReadOrder(int32_t row, OrderState* state);
  void ReadLines(int32_t row, OrderState* state);
  void ReadHoldDue(int32_t row, OrderState* state);
  int32_t AsOfDay(int32_t row) const;
  void RuleFindings(int rule, absl::Span<OrderState> states);
  // indexed_rules.cc
  void IndexedFindings(const RuleIndex& index, absl::Span<OrderState> states);
  void IndexedFinding(int rule, int32_t row, bool errs, absl::Span<OrderState> states);
  // Whether the rule is on, and of this order: in force and applicable.
  bool IsAsked(int rule, const OrderState& state) const;
  void RowFinding(int rule, int32_t row, int32_t order, OrderState* state);
  ErrorCode RuleError(const CompiledRule& rule, int32_t row) const;
  v1::Outcome OutcomeFor(int rule, int32_t row, const OrderState& state) const;
  v1::Outcome OutcomeOnError(int rule, int32_t row, const OrderState& state) const;
  int32_t OrderOf(int level, int32_t row) const;
  int32_t LineOf(int level, int32_t row, int32_t order) const;
  size_t Place(NodeId node, int32_t row) const { return is_constant(node) ? 0 : static_cast<size_t>(row); }
  std::string PlaceOf(const CellError& error) const;

  const RunContext* context_;
  std::vector<absl::string_view> orders_;
  WireDecoder decoder_;
  ColumnSet columns_;
  Arena arena_;
  Frame frame_;
  std::vector<int32_t> pieces_;  // of the rows looked up in an index
  std::vector<TableIndex::Found> found_;
};

}  // namespace assay

#endif  // ASSAY_REVIEW_CHUNK_H_
