// What was done to a session, and doing it again. Entry points: Session::TakeLog, Replay.
#include <map>

#include "absl/strings/str_cat.h"
#include "base/sha256.h"
#include "base/status_macros.h"
#include "evaluate/provenance.h"
#include "google/protobuf/io/coded_stream.h"
#include "review/session.h"

namespace assay {
namespace {

void HashField(uint32_t number, const google::protobuf::Message& message, Sha256* hash) {
  constexpr uint32_t kLengthDelimited = 2;
  const std::string bytes = message.SerializeAsString();
  uint8_t head[10];
  uint8_t* end = google::protobuf::io::CodedOutputStream::WriteVarint32ToArray(number << 3 | kLengthDelimited, head);
  end = google::protobuf::io::CodedOutputStream::WriteVarint64ToArray(bytes.size(), end);
  hash->Update(absl::string_view(reinterpret_cast<const char*>(head), static_cast<size_t>(end - head)));
  hash->Update(bytes);
}

// Of the serialized result, which is made part by part: of very many orders it is more than a message may be.
std::string DigestOf(const v1::RunResult& result) {
  Sha256 hash;
  for (const auto& each : result.decisions()) HashField(v1::RunResult::kDecisionsFieldNumber, each, &hash);
  for (const auto& each : result.tables()) HashField(v1::RunResult::kTablesFieldNumber, each, &hash);
  for (const auto& each : result.superseded()) HashField(v1::RunResult::kSupersededFieldNumber, each, &hash);
  return ToHex(hash.Finish());
}

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
  std::vector<KeptDecision> before;
  before.reserve(orders_.size());
  for (const Order& order : orders_) before.push_back(order.decision);
  ASSIGN_OR_RETURN(v1::RunResult result, Run(wave));
  LogRun(*wave, before, result);
  return result;
}

// The session's clock is the run's by now.
void Session::LogRun(const Wave& wave, absl::Span<const KeptDecision> before, const v1::RunResult& result) {
  v1::LogEntry* entry = Log(wave.only_seen ? v1::LogEntry::VERB_REDISTRIBUTE : v1::LogEntry::VERB_RUN);
  std::map<std::pair<std::string, std::string>, v1::Decision> changed;
  for (size_t i = 0; i < orders_.size(); ++i) {
    const Order& order = orders_[i];
    if (order.withdrawn || !order.seen || order.decision.content() == before[i].content()) continue;
    v1::Decision decision = order.decision.Message();
    changed[{decision.order_id(), order.bytes}] = std::move(decision);
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
