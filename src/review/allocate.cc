// Stock given to a line by hand. Entry points: Session::Allocate, Ledgers::Allocate.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "evaluate/message_fields.h"
#include "google/protobuf/message.h"
#include "review/draw_results.h"
#include "review/read_orders.h"
#include "review/session.h"

namespace assay {
namespace {

absl::StatusOr<int32_t> RowOf(const OrderState& state, const StockAllocation& allocation) {
  for (size_t row = 0; row < state.lines.size(); ++row) {
    const LineState& line = state.lines[row];
    if (line.id != allocation.line) continue;
    const bool is_product = allocation.product.empty() || allocation.product == line.product;
    const bool is_warehouse = allocation.warehouse.empty() || allocation.warehouse == line.warehouse;
    if (is_product && is_warehouse) return static_cast<int32_t>(row);
    return absl::InvalidArgumentError(
        absl::StrCat("the allocation is of another product or warehouse than the line: '", allocation.line, "'"));
  }
  return absl::NotFoundError(absl::StrCat("the order has no such line: '", allocation.line, "'"));
}

// Whether a rule rejects that asks nothing of the ledgers: no allocation changes that.
bool IsRejectedAnyway(const CompiledRulebook& book, const v1::Decision& decision) {
  return std::any_of(decision.findings().begin(), decision.findings().end(), [&book](const v1::Finding& finding) {
    const auto rule = std::find_if(book.rules.begin(), book.rules.end(),
                                   [&finding](const CompiledRule& each) { return each.proto->id() == finding.rule(); });
    return finding.outcome() == v1::OUTCOME_REJECT && !finding.observed() && rule != book.rules.end() &&
           rule->stage == 0;
  });
}

}  // namespace

// Narrows the request of the row to what is allocated.
absl::Status Ledgers::Ask(const RunContext& context, size_t index, int32_t row, const StockAllocation& allocation,
                          Chunk* chunk, StockRequest* request, EligibleSupplies* eligible) {
  const CompiledLedger& ledger = book_.ledgers[index];
  *request = RequestOf(ledger, {ledger.accounts.data(), row}, row, *chunk, eligible);
  request->run_date = context.run_day;
  request->is_backorder_allowed = false;
  request->all_or_nothing = true;
  const std::string& quantity = allocation.quantity;
  const DecimalParse parsed =
      ParseDecimalAtScale(quantity.data(), quantity.size(), kMaxDecimalDigits, ledger.size.scale, &request->amount);
  if (parsed != DecimalParse::kOk || request->amount <= 0) {
    return absl::InvalidArgumentError(
        absl::StrCat("a quantity over 0 is allocated, with up to ", ledger.size.scale, " decimals: '", quantity, "'"));
  }
  if (allocation.lot.empty()) return absl::OkStatus();
  // Of a named lot, and of nothing else: what is still to come does not make up for it.
  const CompiledSupply& own = ledger.accounts[0].lots;
  std::vector<int64_t> named;
  const LevelRows& lots = chunk->level(own.level);
  for (int32_t i = lots.begin[row]; i < lots.begin[row + 1]; ++i) {
    const bool is_it = chunk->Flag(own.when, i, true) && chunk->Flag(own.eligible, i, true) &&
                       chunk->Text(own.id, i) == allocation.lot;
    if (is_it) named.push_back(SupplyRow(own, *chunk, lots.begin[row], i));
  }
  if (named.empty())
    return absl::NotFoundError(absl::StrCat("the line may take from no such lot: '", allocation.lot, "'"));
  *eligible = {std::move(named), {}};
  request->eligible_lots = absl::MakeConstSpan(eligible->lots);
  request->eligible_receipts = absl::MakeConstSpan(eligible->receipts);
  return absl::OkStatus();
}

absl::Status Ledgers::Allocate(const RunContext& context, int64_t order, const StockAllocation& allocation,
                               const OrderState& state, Chunk* chunk) {
  const auto index = static_cast<size_t>(book_.review.stock);
  const CompiledLedger& ledger = book_.ledgers[index];
  ASSIGN_OR_RETURN(const int32_t row, RowOf(state, allocation));
  chunk->Compute(context.needs->ledgers[index]);
  if (const ErrorCode error = RowError(ledger, *chunk, row); error != 0) {
    return absl::FailedPreconditionError(absl::StrCat("nothing can be allocated: ", chunk->Origin(error).first));
  }
  StockLedger& stock = *stocks_[index];
  StockRequest request;
  EligibleSupplies eligible;
  RETURN_IF_ERROR(Ask(context, index, row, allocation, chunk, &request, &eligible));
  ASSIGN_OR_RETURN(request.account, OpenAccount(index, {ledger.accounts.data(), row}, chunk));
  request.owner = {order, row};
  int128 left = AmountOf(ledger, row, *chunk);
  for (const Reservation& entry : stock.log().FirmOf(order)) left -= entry.owner.row == row ? entry.quantity : 0;
  if (request.amount > left) {
    return absl::InvalidArgumentError(absl::StrCat("more is allocated than the line still asks for, ",
                                                   FormatTrimmed({std::max<int128>(0, left), ledger.size.scale}), ": '",
                                                   allocation.line, "'"));
  }
  StockDraw draw;
  RETURN_IF_ERROR(stock.Simulate(request, &draw));
  if (draw.granted < request.amount) {
    return absl::FailedPreconditionError(
        absl::StrCat("so much is not there to allocate to line '", allocation.line, "': ", allocation.quantity));
  }
  return stock.Allocate(request, allocation.actor, allocation.reason, &draw);
}

absl::Status Session::Allocate(absl::string_view bytes) {
  RETURN_IF_ERROR(CanBecomeFirm());
  ASSIGN_OR_RETURN(const google::protobuf::Descriptor* type, book_->schema->FindMessage("assay.v1.ManualAllocation"));
  const std::unique_ptr<google::protobuf::Message> row(book_->schema->Prototype(*type).New());
  std::string canonical;
  if (!CanonicalBytes(bytes, row.get(), &canonical)) {
    return absl::InvalidArgumentError("the bytes of the allocation are no assay.v1.ManualAllocation");
  }
  if (allocations_.contains(canonical)) return absl::OkStatus();
  if (book_->review.stock < 0 || book_->ledgers[book_->review.stock].level != book_->review.lines) {
    return absl::FailedPreconditionError("the rulebook has no stock ledger over lines: nothing can be allocated");
  }
  StockAllocation allocation;
  allocation.line = TextField(*row, "line_id");
  allocation.quantity = TextField(*row, "quantity");
  allocation.lot = TextField(*row, "lot");
  allocation.actor = TextField(*row, "actor");
  allocation.reason = TextField(*row, "reason");
  allocation.product = TextField(*row, "product_id");
  allocation.warehouse = TextField(*row, "warehouse");
  if (allocation.actor.empty() || allocation.reason.empty()) {
    return absl::InvalidArgumentError("an allocation names its actor and its reason");
  }
  const std::string order_id = TextField(*row, "order_id");
  for (size_t i = 0; i < orders_.size(); ++i) {
    const Order& order = orders_[i];
    if (!order.seen || order.withdrawn || order.standing != Standing::kStands || order.id != order_id) continue;
    if (order.committed) {
      return absl::FailedPreconditionError(absl::StrCat("the order is decided for good: '", order_id, "'"));
    }
    if (IsRejectedAnyway(*book_, order.decision.Message())) {
      return absl::FailedPreconditionError(absl::StrCat("nothing is allocated to a rejected order: '", order_id, "'"));
    }
    RETURN_IF_ERROR(AllocateTo(i, allocation));
    allocations_.insert(std::move(canonical));
    if (logged_ > 0) Log(v1::LogEntry::VERB_ALLOCATE)->set_message(std::string(bytes));
    return absl::OkStatus();
  }
  return absl::NotFoundError(absl::StrCat("the session has reviewed no order '", order_id, "'"));
}

void Session::ForgetAllocations(absl::string_view order_id) {
  const google::protobuf::Descriptor* type = *book_->schema->FindMessage("assay.v1.ManualAllocation");
  const std::unique_ptr<google::protobuf::Message> row(book_->schema->Prototype(*type).New());
  for (auto each = allocations_.begin(); each != allocations_.end();) {
    const bool is_of_order = row->ParseFromString(*each) && TextField(*row, "order_id") == order_id;
    each = is_of_order ? allocations_.erase(each) : std::next(each);
  }
}

// On the ledgers without what is proposed, as a run would find them; as they were where it fails.
absl::Status Session::AllocateTo(size_t order, const StockAllocation& allocation) {
  Wave wave;
  wave.now = now_;
  wave.only_seen = true;
  ASSIGN_OR_RETURN(wave.context, NewContext(&wave));
  ASSIGN_OR_RETURN(const ReleaseBook staff, ReleaseBook::Create(*wave.context, {}));
  if (!staff.Knows(allocation.actor)) {
    return absl::InvalidArgumentError(
        absl::StrCat("the allocation's actor is not among the staff: '", allocation.actor, "'"));
  }
  Chunk chunk(wave.context.get());
  std::vector<OrderState> states(1);
  const absl::string_view bytes = orders_[order].bytes;
  RETURN_IF_ERROR(chunk.Load(absl::MakeConstSpan(&bytes, 1)));
  chunk.Compute(wave.context->needs->own);
  chunk.Compute(wave.context->needs->early);
  ReadOrders(chunk, absl::MakeSpan(states));
  auto drawn = std::make_unique<Ledgers>(*book_);
  const std::vector<std::string> saved = ledgers_->Save();
  RETURN_IF_ERROR(drawn->Restore(std::vector<absl::string_view>(saved.begin(), saved.end())));
  drawn->BeginRun(UnderReview(wave));
  RETURN_IF_ERROR(drawn->Allocate(*wave.context, static_cast<int64_t>(order), allocation, states[0], &chunk));
  ledgers_ = std::move(drawn);
  orders_[order].allocated = true;
  is_current_ = false;
  basis_.reset();
  return absl::OkStatus();
}

}  // namespace assay
