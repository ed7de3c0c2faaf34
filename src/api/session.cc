// Sessions of the C++ interface. Entry points: those of assay/review.h.
#include "review/session.h"

#include "api/clock.h"
#include "api/row_bytes.h"
#include "base/status_macros.h"
#include "evaluate/table_csv.h"

namespace assay {
namespace {

absl::StatusOr<std::optional<Timestamp>> ClockOf(const RunOptions& options) {
  if (!options.now.has_value()) return std::nullopt;
  ASSIGN_OR_RETURN(const Timestamp now, TimestampOf(*options.now));
  return now;
}

// A row of a message of assay.v1, by its name.
absl::StatusOr<std::string> NamedWireOf(const Schema& schema, const char* name, RowFormat format,
                                        absl::string_view row) {
  ASSIGN_OR_RETURN(const google::protobuf::Descriptor* type, schema.FindMessage(name));
  std::string scratch;
  ASSIGN_OR_RETURN(const absl::string_view wire, WireOf(schema, *type, format, row, &scratch));
  return std::string(wire);
}

absl::StatusOr<std::string> NamedWireOf(const Schema& schema, const char* name, const google::protobuf::Message& row) {
  ASSIGN_OR_RETURN(const google::protobuf::Descriptor* type, schema.FindMessage(name));
  return WireOf(*type, row);
}

absl::Status CheckBuiltFor(const CompiledRulebook& book, const ReferenceData& data) {
  if (data.rulebook().compiled().get() == &book) return absl::OkStatus();
  return absl::FailedPreconditionError("the reference data were built for another rulebook: build them for this one");
}

}  // namespace

ReviewSession::ReviewSession(std::unique_ptr<Session> session) : session_(std::move(session)) {}
ReviewSession::~ReviewSession() = default;

absl::StatusOr<std::unique_ptr<ReviewSession>> ReviewSession::Open(const Rulebook& rulebook, const ReferenceData& data,
                                                                   const ReviewOptions& options) {
  RETURN_IF_ERROR(CheckBuiltFor(*rulebook.compiled(), data));
  SessionOptions opened;
  opened.checkpoint = options.checkpoint;
  opened.threads = options.threads;
  opened.day_tables = options.day_tables;
  ASSIGN_OR_RETURN(opened.now, TimestampOf(options.now));
  ASSIGN_OR_RETURN(std::unique_ptr<Session> session, Session::Open(rulebook.compiled(), data.snapshot(), opened));
  return std::unique_ptr<ReviewSession>(new ReviewSession(std::move(session)));
}

absl::Status ReviewSession::Add(RowFormat format, absl::string_view order) {
  const CompiledRulebook& book = session_->book();
  std::string scratch;
  ASSIGN_OR_RETURN(const absl::string_view wire,
                   WireOf(*book.schema, *book.program().batch.message, format, order, &scratch));
  return session_->Add(absl::MakeConstSpan(&wire, 1));
}

absl::Status ReviewSession::Add(const google::protobuf::Message& order) {
  ASSIGN_OR_RETURN(const std::string bytes, WireOf(*session_->book().program().batch.message, order));
  const absl::string_view wire = bytes;
  return session_->Add(absl::MakeConstSpan(&wire, 1));
}

absl::Status ReviewSession::Release(RowFormat format, absl::string_view release) {
  ASSIGN_OR_RETURN(const std::string wire, NamedWireOf(*session_->book().schema, "assay.v1.Release", format, release));
  return session_->Release(wire);
}

absl::Status ReviewSession::Release(const google::protobuf::Message& release) {
  ASSIGN_OR_RETURN(const std::string wire, NamedWireOf(*session_->book().schema, "assay.v1.Release", release));
  return session_->Release(wire);
}

absl::Status ReviewSession::Allocate(RowFormat format, absl::string_view allocation) {
  ASSIGN_OR_RETURN(const std::string wire,
                   NamedWireOf(*session_->book().schema, "assay.v1.ManualAllocation", format, allocation));
  return session_->Allocate(wire);
}

absl::Status ReviewSession::Allocate(const google::protobuf::Message& allocation) {
  ASSIGN_OR_RETURN(const std::string wire,
                   NamedWireOf(*session_->book().schema, "assay.v1.ManualAllocation", allocation));
  return session_->Allocate(wire);
}

absl::StatusOr<v1::RunResult> ReviewSession::Run(const RunOptions& options) {
  ASSIGN_OR_RETURN(const std::optional<Timestamp> now, ClockOf(options));
  return session_->RunWave(now);
}

absl::StatusOr<v1::RunResult> ReviewSession::Redistribute(const RunOptions& options) {
  ASSIGN_OR_RETURN(const std::optional<Timestamp> now, ClockOf(options));
  return session_->Redistribute(now);
}

absl::StatusOr<std::string> ReviewSession::Save() const { return session_->Save(); }

absl::Status ReviewSession::Restore(absl::string_view saved) { return session_->Restore(saved); }

absl::StatusOr<v1::Explanation> ReviewSession::Explain(absl::string_view order_id) {
  return session_->ExplainOrder(order_id);
}

std::string TableCsv(const v1::DayTable& table) { return CsvOf(table); }

absl::StatusOr<v1::RequiredKeys> ReviewSession::RequiredKeys() { return session_->RequiredKeys(); }

absl::Status ReviewSession::FollowChanges() { return session_->FollowChanges(); }

v1::RunChanges ReviewSession::Changes() const { return session_->Changes(); }

absl::Status ReviewSession::Update(const ReferenceData& data) {
  RETURN_IF_ERROR(CheckBuiltFor(session_->book(), data));
  return session_->Update(data.snapshot());
}

absl::Status ReviewSession::KeepLog() { return session_->KeepLog(); }

v1::SessionLog ReviewSession::TakeLog() { return session_->TakeLog(); }

absl::Status ReviewSession::Replay(const v1::SessionLog& log) { return session_->Replay(log); }

absl::Status ReviewSession::Commit() { return session_->Commit(); }

absl::Status ReviewSession::Withdraw(absl::string_view order_id) { return session_->Withdraw(order_id); }

}  // namespace assay
