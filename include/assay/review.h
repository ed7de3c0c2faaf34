// Order review for hosts in C++ (target assay::cpp): load a rulebook, give it reference
// data, and run orders through a session.
//
//   ASSIGN_OR_RETURN(Rulebook rulebook, Rulebook::LoadFile("order_review.yaml", *EntitySchema::Standard(), &issues));
//   ReferenceDataBuilder data(rulebook);
//   data.Add("partners", partner);                       // any google::protobuf::Message, wire bytes or JSON
//   auto session = ReviewSession::Open(rulebook, *data.Build(), {.now = absl::Now()});
//   (*session)->Add(order);
//   absl::StatusOr<v1::RunResult> result = (*session)->Run();
//
// Rows are messages of the rulebook's schema. A broken call (bytes that are no JSON, an unknown dataset, a call out of
// order) is a status, and nothing has changed. A row that cannot be decoded, or a value that cannot be had, is a
// finding of that row and no failed call. Source compatible only: hosts that need a stable binary interface use
// assay.h, which wraps this one.
//
// Rulebooks, schemas and reference data are immutable values that share what they hold; copies are cheap, and any
// number of threads may use them. Builders and sessions belong to one thread at a time.
#ifndef ASSAY_REVIEW_H_
#define ASSAY_REVIEW_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "assay/issue.h"
#include "assay/limits.h"
#include "assay/v1/decision.pb.h"
#include "assay/v1/diff.pb.h"
#include "google/protobuf/message.h"

namespace assay {

class CompiledRulebook;
class RowBytes;
class Schema;
class Session;
class Snapshot;

enum class RowFormat : uint8_t { kWire, kJson };  // protobuf wire bytes, or the proto3 JSON mapping

// The messages that rulebooks speak of.
class EntitySchema {
 public:
  // The entities of assay.v1.
  static absl::StatusOr<EntitySchema> Standard();

  // A host's own: a serialized google.protobuf.FileDescriptorSet with all imports. InvalidArgument names the file that
  // does not fit.
  static absl::StatusOr<EntitySchema> FromDescriptors(absl::string_view file_descriptor_set);

  // For the library's own use.
  const std::shared_ptr<const Schema>& schema() const { return schema_; }

 private:
  explicit EntitySchema(std::shared_ptr<const Schema> schema) : schema_(std::move(schema)) {}

  std::shared_ptr<const Schema> schema_;
};

class Rulebook {
 public:
  // Loads, checks and compiles a file and what it imports. NotFound if there is no such file, PermissionDenied if it
  // may not be read; InvalidArgument if anything is wrong with it or with what it imports. *issues, unless nullptr, has
  // all that was found, errors and warnings.
  static absl::StatusOr<Rulebook> LoadFile(absl::string_view path, const EntitySchema& schema,
                                           std::vector<Issue>* issues) {
    return LoadFile(path, schema, Limits{}, issues);
  }

  // Within limits of the host's own, which hold for all that is done with the rulebook. InvalidArgument also for a
  // limit that is less than 1 or more than the engine can keep.
  static absl::StatusOr<Rulebook> LoadFile(absl::string_view path, const EntitySchema& schema, const Limits& limits,
                                           std::vector<Issue>* issues);

  // The same for YAML or JSON text without imports; `name` is what issues call it.
  static absl::StatusOr<Rulebook> LoadText(absl::string_view name, absl::string_view text, const EntitySchema& schema,
                                           std::vector<Issue>* issues) {
    return LoadText(name, text, schema, Limits{}, issues);
  }
  static absl::StatusOr<Rulebook> LoadText(absl::string_view name, absl::string_view text, const EntitySchema& schema,
                                           const Limits& limits, std::vector<Issue>* issues);

  const std::string& name() const;
  const std::string& version() const;
  const std::string& fingerprint() const;  // hex SHA-256 of its content
  size_t rule_count() const;
  std::vector<std::string> datasets() const;  // that it reads, in its own order
  const std::vector<Issue>& warnings() const { return *warnings_; }

  // For the library's own use.
  const std::shared_ptr<const CompiledRulebook>& compiled() const { return compiled_; }

 private:
  Rulebook(std::shared_ptr<const CompiledRulebook> compiled, std::vector<Issue> warnings);

  std::shared_ptr<const CompiledRulebook> compiled_;
  std::shared_ptr<const std::vector<Issue>> warnings_;
};

// Rows of a rulebook's datasets, keyed and in columns. A host keeps what is large in one of them and lays what a call
// brings over it: what is not touched is shared and costs nothing.
class ReferenceData {
 public:
  ReferenceData(Rulebook rulebook, std::shared_ptr<const Snapshot> snapshot)
      : rulebook_(std::move(rulebook)), snapshot_(std::move(snapshot)) {}

  const std::string& id() const;  // hex SHA-256 of the rows
  const Rulebook& rulebook() const { return rulebook_; }

  // For the library's own use.
  const std::shared_ptr<const Snapshot>& snapshot() const { return snapshot_; }

 private:
  Rulebook rulebook_;  // it was built for
  std::shared_ptr<const Snapshot> snapshot_;
};

class ReferenceDataBuilder {
 public:
  explicit ReferenceDataBuilder(Rulebook rulebook);

  // Over `base`: rows that are added replace all rows of the base that have one of their keys (Dataset.key). The
  // base is shared, and laying over it costs what is laid over (docs/sessions.md, "Reference data by what is asked").
  explicit ReferenceDataBuilder(const ReferenceData& base);
  ~ReferenceDataBuilder();
  ReferenceDataBuilder(ReferenceDataBuilder&&) noexcept;
  ReferenceDataBuilder& operator=(ReferenceDataBuilder&&) noexcept;

  // Of this key, as ReviewSession::RequiredKeys tells it or by any fields, there are no rows but those added here.
  // NotFound, or InvalidArgument for fields that the rows do not have.
  absl::Status Clear(const v1::RequiredKey& key);

  // Adds one row, copied. NotFound for a dataset the rulebook does not have; InvalidArgument for text that is no such
  // message, or for a message of another type.
  absl::Status Add(absl::string_view dataset, RowFormat format, absl::string_view row);
  absl::Status Add(absl::string_view dataset, const google::protobuf::Message& row);

  // All rows added so far; the builder may go on.
  absl::StatusOr<ReferenceData> Build() const;

 private:
  struct Rows;

  Rulebook rulebook_;
  std::shared_ptr<const Snapshot> base_;  // nullptr: none
  std::unique_ptr<Rows> rows_;
};

struct ReviewOptions {
  v1::Checkpoint checkpoint = v1::CHECKPOINT_REVIEW;  // ENTRY simulates: it draws nothing
  absl::Time now;                                     // the clock of the review, until a run moves it
  int threads = 1;                                    // 1 to 64, for what comes before the draws
  bool day_tables = true;                             // false: runs make none, which spares a run over all of the stock
};

struct RunOptions {
  std::optional<absl::Time> now;  // moves the session's clock, in the years 1 to 9999; without it the clock stands
};

// A table of the day as CSV (RFC 4180), the names of its columns first. A cell that begins with =, +, -, @, a tab or a
// carriage return and is no number gets a ' before it: a spreadsheet would compute it.
std::string TableCsv(const v1::DayTable& table);

// Orders reviewed in waves over shared ledgers of stock, quota and funds (docs/architecture.md). A call that fails
// leaves the session as it was.
class ReviewSession {
 public:
  // FailedPrecondition if the rulebook reviews no orders, or if the data were built for another one.
  static absl::StatusOr<std::unique_ptr<ReviewSession>> Open(const Rulebook& rulebook, const ReferenceData& data,
                                                             const ReviewOptions& options);
  ~ReviewSession();

  // Adds one order, copied. The same message again changes nothing, however it is encoded. Wire bytes are only looked
  // at by Run. Of several orders of one id the highest revision is reviewed, and the lower ones are superseded; other
  // content under a revision that stands, or under a lower one, is rejected; a higher revision of an order whose draws
  // are firm takes its place where the rulebook says so; else it is held or rejected, and what was promised stays so.
  absl::Status Add(RowFormat format, absl::string_view order);
  absl::Status Add(const google::protobuf::Message& order);

  // A release (assay.v1.Release) for the next run; the same again changes nothing. InvalidArgument for bytes that are
  // none.
  absl::Status Release(RowFormat format, absl::string_view release);
  absl::Status Release(const google::protobuf::Message& release);

  // Reviews every order that is not committed; draws that an earlier run proposed are given back first. Committed
  // orders come first in the result, by id, then the others in priority. The same orders give the same bytes in
  // whatever order they were added and for any number of threads.
  absl::StatusOr<v1::RunResult> Run(const RunOptions& options);
  absl::StatusOr<v1::RunResult> Run() { return Run(RunOptions()); }

  // The same over the orders that a run has seen, after a withdrawal, a release or an allocation: everything that is
  // not firm is planned anew, and orders added since the last run wait for the next.
  absl::StatusOr<v1::RunResult> Redistribute(const RunOptions& options);

  // The same run, and why it decided this order as it did. NotFound if no order that is not committed has the id.
  absl::StatusOr<v1::Explanation> Explain(absl::string_view order_id);

  // Keys that the next run would look up and that are not cleared, as far as nothing is found or other keys of the
  // dataset are cleared: the data may lack their rows. A host lays these over the data, clears the keys and asks a
  // session on that, until there are none (docs/sessions.md, "Reference data by what is asked").
  absl::StatusOr<v1::RequiredKeys> RequiredKeys();

  // Makes the draws of the last run's CONFIRMED and PARTIAL orders firm. FailedPrecondition at checkpoint ENTRY, before
  // a run, or if orders, releases or allocations came since.
  absl::Status Commit();

  // Takes out an order that a run has seen. NotFound, or FailedPrecondition if its draws are firm.
  absl::Status Withdraw(absl::string_view order_id);

  // Gives stock to a line of an order that a run has seen (assay.v1.ManualAllocation, whose line_id, quantity, actor
  // and reason are needed): all of it, firm at once, before what was proposed to others, which is given back until the
  // next run. The same again changes nothing. InvalidArgument, NotFound for the order, line or lot; FailedPrecondition
  // if so much is not there, the order is committed, or the checkpoint is ENTRY.
  absl::Status Allocate(RowFormat format, absl::string_view allocation);
  absl::Status Allocate(const google::protobuf::Message& allocation);

  // From now on a run reviews only what came, changed, was answered or reads other rows, and its rivals on the ledgers:
  // as a run over all (docs/sessions.md). Changes tells what that changed; Update gives other data; firm draws stay.
  absl::Status FollowChanges();
  v1::RunChanges Changes() const;
  absl::Status Update(const ReferenceData& data);

  // Keeps a log of what is done, from now on; FailedPrecondition once orders or releases came. TakeLog gives what was
  // done since it was called last, for the host to append: each call that changed something, with its message; of runs
  // the decisions they changed, and a digest of all. Replay does a whole log again in a session just opened on the same
  // rulebook, data and options: FailedPrecondition if not, or, naming the entry, if a run decides otherwise.
  absl::Status KeepLog();
  v1::SessionLog TakeLog();
  absl::Status Replay(const v1::SessionLog& log);

  // The whole state as bytes, and back: a session restored goes on to the same bytes as the one that was saved.
  // FailedPrecondition if it was saved under another rulebook, reference data or checkpoint; InvalidArgument for bytes
  // that are not what Save gave. Bytes of one version of the library are good for that version.
  absl::StatusOr<std::string> Save() const;
  absl::Status Restore(absl::string_view saved);

 private:
  explicit ReviewSession(std::unique_ptr<Session> session);

  std::unique_ptr<Session> session_;
};

}  // namespace assay

#endif  // ASSAY_REVIEW_H_
