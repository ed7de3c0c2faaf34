// A session: orders reviewed in waves over shared ledgers (docs/architecture.md).
//
// Entry point: Session::Open. A session belongs to one thread at a time; Run may use
// more threads of its own. A call that fails leaves the session as it was.
#ifndef ASSAY_REVIEW_SESSION_H_
#define ASSAY_REVIEW_SESSION_H_

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "assay/v1/decision.pb.h"
#include "review/draws.h"
#include "review/releases.h"
#include "rulebook/reference.h"

namespace assay {

struct SessionOptions {
  v1::Checkpoint checkpoint = v1::CHECKPOINT_REVIEW;
  Timestamp now;    // the clock of the review
  int threads = 1;  // for what comes before the draws; 1..64
};

class Session {
 public:
  // FailedPrecondition if the rulebook reviews no orders.
  static absl::StatusOr<std::unique_ptr<Session>> Open(std::shared_ptr<const CompiledRulebook> book,
                                                       std::shared_ptr<const Snapshot> snapshot,
                                                       const SessionOptions& options);

  // Adds orders (wire bytes, copied). The same bytes again change nothing. Orders are only read by RunWave.
  absl::Status Add(absl::Span<const absl::string_view> orders);

  // Reviews all orders not yet committed: proposed draws of an earlier run are given back first. Decisions come in
  // the order of priority, tables after them. The same orders give the same bytes in whatever order they were added,
  // and for any number of threads. A run that fails once draws began leaves nothing proposed, and the decisions of the
  // run before it.
  absl::StatusOr<v1::RunResult> RunWave();

  // The same run, and why it decided the order as it did. NotFound if no open order has the id: one that is committed
  // was decided by an earlier run.
  absl::StatusOr<v1::Explanation> ExplainOrder(absl::string_view order_id);

  // Makes the draws of the last run's CONFIRMED and PARTIAL orders firm; those orders are decided for good.
  // FailedPrecondition before a run or if orders or releases came since.
  absl::Status Commit();

  // A release (wire bytes of assay.v1.Release) for the next run.
  absl::Status Release(absl::string_view release);

  // Takes an order out; its proposed draws are given back by the next run. NotFound, or FailedPrecondition if its
  // draws are firm.
  absl::Status Withdraw(absl::string_view order_id);

  const CompiledRulebook& book() const { return *book_; }
  const Ledgers& ledgers() const { return ledgers_; }

 private:
  struct Order {
    std::string bytes;
    bool committed = false;
    bool withdrawn = false;
    v1::Decision decision;  // of the last run
  };

  Session(std::shared_ptr<const CompiledRulebook> book, std::shared_ptr<const Snapshot> snapshot,
          const SessionOptions& options)
      : book_(std::move(book)), base_(std::move(snapshot)), options_(options), ledgers_(*book_) {}

  // One run, while it goes on.
  struct Wave {
    std::unique_ptr<RunContext> context;
    ReleaseBook releases;
    std::vector<size_t> open;        // places in orders_
    std::vector<OrderState> states;  // by place in `open`
    std::vector<v1::Decision> decisions;
    absl::string_view explain_id;
    v1::Explanation* explanation = nullptr;  // of the order explain_id, where asked for
  };

  absl::StatusOr<v1::RunResult> Run(absl::string_view explain_id, v1::Explanation* explanation);
  absl::Status Evaluate(const RunContext& context, absl::Span<const size_t> open,
                        std::vector<OrderState>* states) const;
  absl::Status DrawInOrder(Wave* wave);
  v1::RunResult ResultOf(const Wave& wave, absl::Span<const size_t> reported) const;
  absl::Status ReviewOne(Wave* wave, size_t place, Chunk* chunk);

  std::shared_ptr<const CompiledRulebook> book_;
  std::shared_ptr<const Snapshot> base_;
  SessionOptions options_;
  Ledgers ledgers_;
  std::vector<Order> orders_;
  absl::flat_hash_set<std::string> known_;  // bytes of all orders ever added
  std::vector<std::string> releases_;
  bool is_current_ = false;  // the last run saw all orders and releases
};

// The tables of the day from a run's decisions (domain.md, section 3.10).
void AddDayTables(const RunContext& context, const Ledgers& ledgers, v1::RunResult* result);

}  // namespace assay

#endif  // ASSAY_REVIEW_SESSION_H_
