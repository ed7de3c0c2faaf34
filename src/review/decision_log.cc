// What was done to a session, and doing it again. Entry points: Session::TakeLog, Replay.
#include <map>

#include "absl/strings/str_cat.h"
#include "base/sha256.h"
#include "base/status_macros.h"
#include "evaluate/provenance.h"
#include "review/run_diff.h"
#include "review/session.h"

namespace assay {
namespace {

std::string DigestOf(const v1::RunResult& result) { return Sha256Hex(result.SerializeAsString()); }

}  // namespace

// Under what the session decides; runs have clocks of their own.
v1::Provenance Session::Place() const { return TimelessProvenance(*book_, *base_, options_.checkpoint); }

absl::Status Session::KeepLog() {
  if (logged_ > 0) return absl::OkStatus();
  if (!IsUnused()) return absl::FailedPreconditionError("a log begins when the session has just been opened");
  *Log(v1::LogEntry::VERB_OPEN)->mutable_provenance() = Place();
  return absl::OkStatus();
}

v1::LogEntry* Session::Log(v1::LogEntry::Verb verb) {
  v1::LogEntry* entry = log_.add_entries();
  entry->set_sequence(++logged_);
  entry->set_verb(verb);
  entry->mutable_now()->set_seconds(now_.seconds);
  entry->mutable_now()->set_nanos(now_.nanos);
  return entry;
}

absl::StatusOr<v1::RunResult> Session::RunAndLog(Wave* wave) {
  if (logged_ == 0) return Run(wave);
  std::vector<std::string> before;
  before.reserve(orders_.size());
  for (const Order& order : orders_) before.push_back(ContentOf(order.decision));
  ASSIGN_OR_RETURN(v1::RunResult result, Run(wave));
  LogRun(*wave, before, result);
  return result;
}

// The session's clock is the run's by now.
void Session::LogRun(const Wave& wave, absl::Span<const std::string> before, const v1::RunResult& result) {
  v1::LogEntry* entry = Log(wave.only_seen ? v1::LogEntry::VERB_REDISTRIBUTE : v1::LogEntry::VERB_RUN);
  std::map<std::pair<std::string, std::string>, v1::Decision> changed;
  for (size_t i = 0; i < orders_.size(); ++i) {
    const Order& order = orders_[i];
    if (order.withdrawn || !order.seen || ContentOf(order.decision) == before[i]) continue;
    changed[{order.decision.order_id(), order.bytes}] = order.decision;
  }
  for (auto& [key, decision] : changed) *entry->add_decisions() = std::move(decision);
  entry->set_digest(DigestOf(result));
}

v1::SessionLog Session::TakeLog() {
  v1::SessionLog log;
  log.Swap(&log_);
  return log;
}

absl::Status Session::Repeat(const v1::LogEntry& entry) {
  const absl::string_view message = entry.message();
  const Timestamp now = {entry.now().seconds(), entry.now().nanos()};
  switch (entry.verb()) {
    case v1::LogEntry::VERB_ADD:
      return Add(absl::MakeConstSpan(&message, 1));
    case v1::LogEntry::VERB_RELEASE:
      return Release(message);
    case v1::LogEntry::VERB_ALLOCATE:
      return Allocate(message);
    case v1::LogEntry::VERB_WITHDRAW:
      return Withdraw(entry.order_id());
    case v1::LogEntry::VERB_COMMIT:
      return Commit();
    case v1::LogEntry::VERB_RUN:
    case v1::LogEntry::VERB_REDISTRIBUTE: {
      if (!IsValid(now)) return absl::InvalidArgumentError("a clock outside the years 1 to 9999");
      const bool is_run = entry.verb() == v1::LogEntry::VERB_RUN;
      ASSIGN_OR_RETURN(const v1::RunResult result, is_run ? RunWave(now) : Redistribute(now));
      if (DigestOf(result) == entry.digest()) return absl::OkStatus();
      return absl::FailedPreconditionError("the run decides otherwise than the log has it");
    }
    case v1::LogEntry::VERB_UPDATE:
      return absl::FailedPreconditionError(
          absl::StrCat("the reference data were replaced here, and a log has none: ", entry.snapshot_id()));
    default:
      return absl::InvalidArgumentError(absl::StrCat("no such verb: ", entry.verb()));
  }
}

absl::Status Session::Replay(const v1::SessionLog& log) {
  if (!IsUnused()) return absl::FailedPreconditionError("a log is repeated in a session that was just opened");
  if (log.entries().empty() || log.entries(0).verb() != v1::LogEntry::VERB_OPEN) {
    return absl::InvalidArgumentError("a log begins with where its session was opened");
  }
  const v1::LogEntry& opened = log.entries(0);
  const Timestamp now = {opened.now().seconds(), opened.now().nanos()};
  if (opened.provenance().SerializeAsString() != Place().SerializeAsString() || now != now_) {
    return absl::FailedPreconditionError(
        absl::StrCat("the log is of a session under another rulebook, reference data, checkpoint, clock or engine: ",
                     opened.provenance().rulebook(), " ", opened.provenance().version()));
  }
  const std::string before = Save();
  absl::Status status;
  for (int i = 0; i < log.entries_size() && status.ok(); ++i) {
    const v1::LogEntry& entry = log.entries(i);
    if (entry.sequence() != i + 1) {
      status = absl::InvalidArgumentError("entries are missing before it");
    } else if (i > 0) {
      status = Repeat(entry);
    }
    if (!status.ok()) status = absl::Status(status.code(), absl::StrCat("log entry ", i + 1, ": ", status.message()));
  }
  if (!status.ok()) RETURN_IF_ERROR(Restore(before));
  return status;
}

}  // namespace assay
