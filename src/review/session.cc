// What is done to a session between its runs (wave.cc), and a run that leaves no trace. Entry points: Open, Add,
// Release, Withdraw, Commit, ExplainOrder.
#include "review/session.h"

#include <memory>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "evaluate/findings.h"
#include "evaluate/message_fields.h"

namespace assay {
absl::StatusOr<std::unique_ptr<Session>> Session::Open(std::shared_ptr<const CompiledRulebook> book,
                                                       std::shared_ptr<const Snapshot> snapshot,
                                                       const SessionOptions& options) {
  if (!book->review.exists)
    return absl::FailedPreconditionError("the rulebook has no review section: it reviews no orders");
  RETURN_IF_ERROR(CheckThreads(options.threads));
  return std::unique_ptr<Session>(new Session(std::move(book), std::move(snapshot), options));
}

absl::Status Session::Add(absl::Span<const absl::string_view> orders) {
  const std::unique_ptr<google::protobuf::Message> row(book_->schema->Prototype(*book_->program().batch.message).New());
  for (absl::string_view bytes : orders) {
    Order order;
    order.is_message = CanonicalBytes(bytes, row.get(), &order.bytes);
    order.digest = Sha256Of(order.bytes);
    if (!known_.insert(order.digest).second) continue;
    if (logged_ > 0) Log(v1::LogEntry::VERB_ADD)->set_message(std::string(bytes));
    orders_.push_back(std::move(order));
    is_current_ = false;
  }
  return absl::OkStatus();
}

absl::Status Session::Release(absl::string_view release) {
  ASSIGN_OR_RETURN(const google::protobuf::Descriptor* type, book_->schema->FindMessage("assay.v1.Release"));
  const std::unique_ptr<google::protobuf::Message> row(book_->schema->Prototype(*type).New());
  std::string bytes;
  if (!CanonicalBytes(release, row.get(), &bytes)) {
    return absl::InvalidArgumentError("the bytes of the release are no assay.v1.Release");
  }
  const std::string rule = TextField(*row, "rule");
  const std::string& unevaluable = book_->proto.review().unevaluable_rule();
  if (FindRule(*book_, rule) == nullptr && rule != unevaluable) {
    return absl::InvalidArgumentError(absl::StrCat("the release is of a rule that the rulebook has not: '", rule, "'"));
  }
  if (!releases_.insert(std::move(bytes)).second) return absl::OkStatus();
  is_current_ = false;
  const std::string order_id = TextField(*row, "order_id");
  for (Order& order : orders_) order.is_answered = order.is_answered || order.id == order_id;
  if (logged_ > 0) Log(v1::LogEntry::VERB_RELEASE)->set_message(std::string(release));
  return absl::OkStatus();
}

absl::Status Session::Withdraw(absl::string_view order_id) {
  std::vector<size_t> places;
  bool is_firm = false;
  bool is_open = false;
  for (size_t i = 0; i < orders_.size(); ++i) {
    const Order& order = orders_[i];
    if (!order.seen || order.withdrawn || order.id != order_id) continue;
    const bool firm = order.is_firm();
    is_firm = is_firm || firm;
    is_open = is_open || (!firm && order.standing != Standing::kSuperseded);
    if (!firm) places.push_back(i);
  }
  if (!is_open && is_firm) {
    return absl::FailedPreconditionError(absl::StrCat("the order's draws are firm: '", order_id, "'"));
  }
  if (!is_open) return absl::NotFoundError(absl::StrCat("the session has reviewed no order '", order_id, "'"));
  for (size_t i : places) {
    ledgers_->Undo(static_cast<int64_t>(i));
    if (const auto& remembered = orders_[i].remembered; remembered != nullptr) {
      given_up_.insert(given_up_.end(), remembered->asked.begin(), remembered->asked.end());
      TellLeft(orders_[i], v1::OrderChange::CAUSE_WITHDRAWN, &left_);
    }
    known_.erase(orders_[i].digest);
    orders_[i] = Order();
    orders_[i].withdrawn = true;
  }
  is_current_ = false;
  if (logged_ > 0) Log(v1::LogEntry::VERB_WITHDRAW)->set_order_id(std::string(order_id));
  return absl::OkStatus();
}

absl::Status Session::CanBecomeFirm() const {
  if (options_.checkpoint != v1::CHECKPOINT_ENTRY) return absl::OkStatus();
  return absl::FailedPreconditionError(
      "a session at checkpoint ENTRY simulates, its draws never become firm; open one at REVIEW");
}

absl::Status Session::Commit() {
  RETURN_IF_ERROR(CanBecomeFirm());
  if (!is_current_) {
    return absl::FailedPreconditionError("orders, releases or allocations came since the last run: run first");
  }
  std::vector<int64_t> orders;
  for (size_t i = 0; i < orders_.size(); ++i) {
    Order& order = orders_[i];
    const v1::Disposition disposition = order.decision.disposition();
    const bool decided = disposition == v1::DISPOSITION_CONFIRMED || disposition == v1::DISPOSITION_PARTIAL;
    if (order.committed || order.standing != Standing::kStands || !decided) continue;
    order.committed = true;
    order.amends = false;
    order.remembered = nullptr;
    orders.push_back(static_cast<int64_t>(i));
  }
  ledgers_->Commit(orders);
  basis_.reset();
  if (logged_ > 0) Log(v1::LogEntry::VERB_COMMIT);
  return absl::OkStatus();
}

absl::StatusOr<v1::Explanation> Session::ExplainOrder(absl::string_view order_id) {
  v1::Explanation explanation;
  Wave wave;
  wave.now = now_;
  wave.explain_id = order_id;
  wave.explanation = &explanation;
  RETURN_IF_ERROR(RunAside(&wave));
  if (!explanation.has_decision()) {
    return absl::NotFoundError(absl::StrCat("no order under review has this id: '", order_id, "'"));
  }
  return explanation;
}

// A run that leaves the session as it was.
absl::Status Session::RunAside(Wave* wave) {
  auto ledgers = std::make_unique<Ledgers>(*book_);
  const std::vector<std::string> saved = ledgers_->Save();
  RETURN_IF_ERROR(ledgers->Restore(std::vector<absl::string_view>(saved.begin(), saved.end())));
  const Timestamp now = now_;
  const bool is_current = is_current_;
  std::vector<Order> orders = orders_;
  std::set<std::string> allocations = allocations_;
  std::swap(ledgers_, ledgers);
  wave->is_aside = true;
  const absl::Cleanup restore = [&] {
    std::swap(ledgers_, ledgers);
    orders_ = std::move(orders);
    allocations_ = std::move(allocations);
    is_current_ = is_current;
    now_ = now;
  };
  return Decide(wave);
}

}  // namespace assay
