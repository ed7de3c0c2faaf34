// A session: orders reviewed in waves over shared ledgers (docs/architecture.md).
//
// Entry point: Session::Open. A session belongs to one thread at a time; a run may use
// more threads of its own. A call that fails leaves the session as it was.
#ifndef ASSAY_REVIEW_SESSION_H_
#define ASSAY_REVIEW_SESSION_H_

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "assay/v1/decision.pb.h"
#include "evaluate/chunk_run.h"
#include "review/draws.h"
#include "review/explain_ledgers.h"
#include "review/followed_run.h"
#include "review/kept_decision.h"
#include "review/order_reads.h"
#include "review/releases.h"
#include "review/revisions.h"
#include "rulebook/reference.h"

namespace assay {

struct SessionOptions {
  v1::Checkpoint checkpoint = v1::CHECKPOINT_REVIEW;
  Timestamp now;    // the clock of the review, until a run moves it
  int threads = 1;  // for what comes before the draws; up to kMaxThreads
  bool day_tables = true;
};

class Session {
 public:
  // FailedPrecondition if the rulebook reviews no orders.
  static absl::StatusOr<std::unique_ptr<Session>> Open(std::shared_ptr<const CompiledRulebook> book,
                                                       std::shared_ptr<const Snapshot> snapshot,
                                                       const SessionOptions& options);

  // Adds orders (wire bytes, copied), which only a run reads. The same message again changes nothing, however it is
  // encoded. What becomes of several orders of one id: revisions.h.
  absl::Status Add(absl::Span<const absl::string_view> orders);

  // Reviews all orders not yet committed: proposed draws of an earlier run are given back first. Decisions come in
  // the order of priority, tables after them. The same orders give the same bytes in whatever order they were added,
  // and for any number of threads. A run that fails once draws began leaves nothing proposed, and the decisions of the
  // run before it. `now` moves the session's clock; without it the clock stands.
  absl::StatusOr<v1::RunResult> RunWave(const std::optional<Timestamp>& now);
  absl::StatusOr<v1::RunResult> RunWave() { return RunWave(std::nullopt); }

  // The same over the orders that a run has seen: those added since wait for the next run.
  absl::StatusOr<v1::RunResult> Redistribute(const std::optional<Timestamp>& now);

  // The same run as RunWave, and why it decided the order as it did. NotFound if no open order has the id: one that is
  // committed was decided by an earlier run.
  absl::StatusOr<v1::Explanation> ExplainOrder(absl::string_view order_id);

  // What the next run would look up of keys of which the data may lack rows (missing_keys.h); a host that brings them
  // in an overlay opens a session on it. A lookup by what another one finds comes up once that is there: ask again
  // until there are none. The session stays as it was.
  absl::StatusOr<v1::RequiredKeys> RequiredKeys();

  // Makes the draws of the last run's CONFIRMED and PARTIAL orders firm; those orders are decided for good.
  // FailedPrecondition at checkpoint ENTRY, before a run or if orders, releases or allocations came since.
  absl::Status Commit();

  // A release (wire bytes of assay.v1.Release) for the next run; the same again changes nothing. InvalidArgument for
  // bytes that are none.
  absl::Status Release(absl::string_view release);

  // Gives stock to a line of an order that a run has seen and that is not committed (wire bytes of
  // assay.v1.ManualAllocation): a firm draw, which comes before what other orders were proposed. All of it or nothing.
  // The same again changes nothing. What is proposed is given back until the next run. InvalidArgument, NotFound, or
  // FailedPrecondition at checkpoint ENTRY or if that much is not there.
  absl::Status Allocate(absl::string_view bytes);

  // Takes an order out, all revisions of it that a run has seen; its proposed draws are given back by the next run.
  // NotFound, or FailedPrecondition if its draws are firm.
  absl::Status Withdraw(absl::string_view order_id);

  // From now on a run reviews only the orders that came or changed, were answered, or read other rows than before, and
  // those that share an account of a ledger with one of them; what it returns is what a run over all would return. A
  // moved clock, a commit, an allocation, a restore and fair shares make a run review all. FailedPrecondition where a
  // lookup depends on what ledgers grant.
  absl::Status FollowChanges();

  // What the last run made otherwise than the one before, where the session follows changes.
  const v1::RunChanges& Changes() const { return changes_; }

  // Other reference data for the runs from now on. Firm draws stay with the lots, receipts and balances that are called
  // the same, also where these have less now.
  absl::Status Update(std::shared_ptr<const Snapshot> snapshot);

  // Keeps a log from now on. FailedPrecondition if the session has been used.
  absl::Status KeepLog();

  // What was done since the last call, where the session keeps a log: a host appends it to what it has. Failed calls,
  // and messages that changed nothing, are not in it.
  v1::SessionLog TakeLog();

  // Does again what a log says, from its first entry. FailedPrecondition if this session was not opened alike or has
  // been used, or, naming the entry, if a run decides otherwise than the log has it; InvalidArgument for entries that
  // do not follow one another, or are no messages.
  absl::Status Replay(const v1::SessionLog& log);

  // The whole state. Restore replaces the state by it: FailedPrecondition if it was saved under another rulebook,
  // reference data or checkpoint, InvalidArgument for bytes that Save did not write. What is done afterwards gives the
  // same bytes as it would have in the session that was saved.
  std::string Save() const;
  absl::Status Restore(absl::string_view bytes);

  const CompiledRulebook& book() const { return *book_; }
  const Ledgers& ledgers() const { return *ledgers_; }

 private:
  struct Order {
    std::string bytes;         // with the fields in order where they are a message
    Sha256Digest digest = {};  // of these
    std::string id;            // "" until a run has read it, and where it has none
    Revision revision;
    Revision over;          // the revision that stood before it, unless it stands
    KeptDecision decision;  // of the last run
    Standing standing = Standing::kStands;
    bool is_message = false;
    bool committed = false;
    bool withdrawn = false;
    bool allocated = false;                             // by hand: some of its draws are firm
    bool seen = false;                                  // by a run
    bool takes_firm = false;                            // it may take the place of a revision whose draws are firm
    bool amends = false;                                // it has: it goes first, until it is firm itself
    bool is_answered = false;                           // a release came since the last run
    std::shared_ptr<const RememberedOrder> remembered;  // where the session follows changes

    bool is_firm() const { return committed || allocated; }
  };

  Session(std::shared_ptr<const CompiledRulebook> book, std::shared_ptr<const Snapshot> snapshot,
          const SessionOptions& options)
      : book_(std::move(book)),
        base_(std::move(snapshot)),
        options_(options),
        now_(options.now),
        ledgers_(std::make_unique<Ledgers>(*book_)) {}

  // One run, while it goes on.
  struct Wave {
    Timestamp now;
    bool only_seen = false;
    std::unique_ptr<RunContext> context;
    ReleaseBook releases;
    std::vector<size_t> reported;    // places in orders_
    std::vector<size_t> open;        // those not committed
    std::vector<OrderState> states;  // by place in `open`
    SharedProvenance provenance;
    std::vector<KeptDecision> decisions;
    std::vector<int64_t> ranks;  // places in the queue, from 1, by place in `open`
    RunPart part;
    bool shares_fairly = false;  // some ledger may
    bool is_aside = false;       // it leaves no trace
    absl::string_view explain_id;
    v1::Explanation* explanation = nullptr;  // of the order explain_id, where asked for
    MissingKeys* missing = nullptr;          // what lookups lack, where asked for
  };

  absl::Status CanBecomeFirm() const;
  absl::StatusOr<v1::RunResult> RunAndLog(Wave* wave);
  bool IsUnused() const { return orders_.empty() && releases_.empty() && !is_current_; }
  v1::LogEntry* Log(v1::LogEntry::Verb verb);
  void LogRun(const Wave& wave, absl::Span<const KeptDecision> before, const v1::RunResult& result);
  v1::Provenance Place() const;
  absl::Status Repeat(const v1::LogEntry& entry);
  void Collect(Wave* wave) const;
  absl::StatusOr<std::unique_ptr<RunContext>> NewContext(Wave* wave) const;
  absl::Status Prepare(Wave* wave) const;
  bool Settle(const Wave& wave);
  void AddRevisionFindings(absl::Span<const size_t> places, Wave* wave) const;
  absl::StatusOr<v1::RunResult> Run(Wave* wave);
  absl::Status Decide(Wave* wave);
  absl::Status RunAside(Wave* wave);
  absl::Status EvaluateAt(absl::Span<const size_t> places, Wave* wave) const;
  // What lookups miss is told to one place.
  int ThreadsOf(const Wave& wave) const { return wave.missing == nullptr ? options_.threads : 1; }
  // follow.cc
  bool Follows(const Wave& wave) const { return reads_ != nullptr && !wave.is_aside; }
  bool CanKeep(const Wave& wave) const;
  absl::Status ReadDigests(Wave* wave) const;
  v1::OrderChange::Cause CauseOf(const Wave& wave, size_t place) const;
  absl::Status ChooseReviewed(Wave* wave) const;
  static std::vector<size_t> Reviewed(const Wave& wave);
  std::set<LedgerAccount> ChangedAccounts(const Wave& wave, const absl::flat_hash_set<std::string>& ids) const;
  absl::Status ReviewAll(Wave* wave) const;
  absl::Status DrawForSome(Wave* wave);
  absl::Status DrawForAll(absl::Span<const int64_t> amended, Wave* wave);
  void Remember(Wave* wave);
  void TellChange(const Wave& wave, size_t place);
  static void TellLeft(const Order& order, v1::OrderChange::Cause cause, v1::RunChanges* changes);
  absl::Status DrawInOrder(Wave* wave);
  void Keep(Wave* wave);
  static void Supersede(Order* order);
  v1::RunResult ResultOf(std::vector<size_t> reported, int32_t day) const;
  absl::Status DrawInTurn(Wave* wave, absl::Span<const size_t> places);
  absl::Status LoadInto(const Wave& wave, size_t place, Chunk* chunk) const;
  absl::Status DrawClass(Wave* wave, absl::Span<const size_t> places, Chunk* chunk);
  absl::StatusOr<bool> ReviewOne(Wave* wave, size_t place, Chunk* chunk);
  bool KeepHeld(const Wave& wave, size_t place, v1::Disposition worst, const Chunk& chunk);
  OwnerName NameOf(const Wave& wave, const DrawOwner& owner, bool of_lines) const;
  absl::Status TellWhy(Wave* wave, size_t place, Chunk* chunk) const;
  void PassOnAmendment(absl::Span<const size_t> places);
  absl::flat_hash_set<std::string> UnderReview(const Wave& wave) const;
  std::vector<int64_t> Amended() const;
  void GiveUp(absl::Span<const int64_t> amended);
  void ForgetAllocations(absl::string_view order_id);
  absl::Status AllocateTo(size_t order, const StockAllocation& allocation);
  void SaveOrder(const Order& order, SavedWriter* out) const;
  Order LoadOrder(SharedProvenance* last, SavedReader* in) const;

  std::shared_ptr<const CompiledRulebook> book_;
  std::shared_ptr<const Snapshot> base_;
  SessionOptions options_;
  Timestamp now_;
  std::unique_ptr<Ledgers> ledgers_;
  std::vector<Order> orders_;
  absl::flat_hash_set<Sha256Digest> known_;  // of all orders that were not withdrawn
  std::set<std::string> releases_;
  std::set<std::string> allocations_;
  v1::SessionLog log_;       // since TakeLog
  int64_t logged_ = 0;       // entries so far; 0: no log is kept
  bool is_current_ = false;  // the last run saw all orders, releases and allocations
  // Of a session that follows changes.
  std::shared_ptr<const OrderReads> reads_;
  std::optional<RunBasis> basis_;        // none: the next run reviews all
  std::vector<LedgerAccount> given_up_;  // what orders had asked for that were taken out since the last run
  v1::RunChanges left_;                  // those orders
  v1::RunChanges changes_;
};

// The tables of the day from a run's decisions (domain.md, section 3.10); the run was on `day`.
void AddDayTables(const CompiledRulebook& book, int32_t day, const Ledgers& ledgers, v1::RunResult* result);

}  // namespace assay

#endif  // ASSAY_REVIEW_SESSION_H_
