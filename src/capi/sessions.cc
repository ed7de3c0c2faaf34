// Sessions and their results for C.
#include <climits>

#include "absl/strings/str_cat.h"
#include "capi/call.h"
#include "evaluate/json.h"

namespace assay {
namespace {

absl::StatusOr<ReviewOptions> OptionsOf(const assay_session_options* given) {
  if (given == nullptr)
    return absl::InvalidArgumentError("options is NULL: the clock of the review comes from the host");
  assay_session_options known = {};
  RETURN_IF_ERROR(ReadOptions(given, "options", &known));
  ReviewOptions options;
  if (known.checkpoint < ASSAY_DEFAULT_CHECKPOINT || known.checkpoint > ASSAY_SHIP) {
    return absl::InvalidArgumentError("options: no such checkpoint");
  }
  if (known.checkpoint != ASSAY_DEFAULT_CHECKPOINT) options.checkpoint = static_cast<v1::Checkpoint>(known.checkpoint);
  ASSIGN_OR_RETURN(options.now, TimeOf(known.now_seconds, known.now_nanos));
  options.threads = known.threads == 0 ? 1 : known.threads;
  options.day_tables = known.no_day_tables == 0;
  return options;
}

absl::StatusOr<RunOptions> OptionsOf(const assay_run_options* given) {
  assay_run_options known = {};
  RETURN_IF_ERROR(ReadOptions(given, "options", &known));
  RunOptions options;
  if (known.now_seconds == 0 && known.now_nanos == 0) return options;
  ASSIGN_OR_RETURN(options.now, TimeOf(known.now_seconds, known.now_nanos));
  return options;
}

// Each decision is let go as it is written: as text it takes as much again.
std::vector<std::string> Texts(google::protobuf::RepeatedPtrField<v1::Decision>* decisions) {
  std::vector<std::string> texts;
  texts.reserve(static_cast<size_t>(decisions->size()));
  for (v1::Decision& decision : *decisions) {
    v1::Decision taken;
    taken.Swap(&decision);
    texts.push_back(JsonOf(taken));
  }
  return texts;
}

assay_result* ResultOf(v1::RunResult run) {
  auto result = std::make_unique<assay_result>();
  if (run.ByteSizeLong() <= size_t{INT_MAX}) result->wire = run.SerializeAsString();
  result->decisions = Texts(run.mutable_decisions());
  result->superseded = Texts(run.mutable_superseded());
  for (const auto& table : run.tables()) {
    result->tables.push_back(JsonOf(table));
    result->csv.push_back(TableCsv(table));
  }
  return result.release();
}

// Entry by entry, each let go as it is written: together they may be more than a message may.
std::string WireOf(v1::SessionLog log) {
  std::string wire;
  for (v1::LogEntry& entry : *log.mutable_entries()) {
    v1::SessionLog one;
    one.add_entries()->Swap(&entry);
    one.AppendToString(&wire);
  }
  return wire;
}

// A verb of a session that takes a row, which assay.h calls `name`.
assay_status Take(absl::Status (ReviewSession::*verb)(RowFormat, absl::string_view), assay_session* session,
                  assay_format format, const char* name, const char* row, size_t size, assay_error** error) {
  return Guarded(error, [&](std::vector<Issue>*) -> absl::Status {
    RETURN_IF_ERROR(CheckHandle(session));
    ASSIGN_OR_RETURN(const RowFormat form, FormatIn(format));
    ASSIGN_OR_RETURN(const absl::string_view bytes, BytesIn(name, row, size));
    return ((*session->session).*verb)(form, bytes);
  });
}

// One that makes decisions.
assay_status Decide(absl::StatusOr<v1::RunResult> (ReviewSession::*verb)(const RunOptions&), assay_session* session,
                    const assay_run_options* options, assay_result** out, assay_error** error) {
  return Making(out, error, [&](std::vector<Issue>*) -> absl::StatusOr<assay_result*> {
    RETURN_IF_ERROR(CheckHandle(session));
    ASSIGN_OR_RETURN(const RunOptions given, OptionsOf(options));
    ASSIGN_OR_RETURN(v1::RunResult run, ((*session->session).*verb)(given));
    return ResultOf(std::move(run));
  });
}

}  // namespace
}  // namespace assay

extern "C" {

assay_status assay_session_open(const assay_rulebook* rulebook, const assay_snapshot* snapshot,
                                const assay_session_options* options, assay_session** out, assay_error** error) {
  return assay::Making(out, error, [&](std::vector<assay::Issue>*) -> absl::StatusOr<assay_session*> {
    RETURN_IF_ERROR(assay::CheckHandle(rulebook));
    RETURN_IF_ERROR(assay::CheckHandle(snapshot));
    ASSIGN_OR_RETURN(const assay::ReviewOptions opened, assay::OptionsOf(options));
    ASSIGN_OR_RETURN(auto session, assay::ReviewSession::Open(rulebook->rulebook, snapshot->data, opened));
    return new assay_session{.session = std::move(session)};
  });
}

assay_status assay_session_add(assay_session* session, assay_format format, const char* order, size_t size,
                               assay_error** error) {
  return assay::Take(&assay::ReviewSession::Add, session, format, "order", order, size, error);
}

assay_status assay_session_release(assay_session* session, assay_format format, const char* release, size_t size,
                                   assay_error** error) {
  return assay::Take(&assay::ReviewSession::Release, session, format, "release", release, size, error);
}

assay_status assay_session_allocate(assay_session* session, assay_format format, const char* allocation, size_t size,
                                    assay_error** error) {
  return assay::Take(&assay::ReviewSession::Allocate, session, format, "allocation", allocation, size, error);
}

assay_status assay_session_run(assay_session* session, const assay_run_options* options, assay_result** out,
                               assay_error** error) {
  return assay::Decide(&assay::ReviewSession::Run, session, options, out, error);
}

assay_status assay_session_redistribute(assay_session* session, const assay_run_options* options, assay_result** out,
                                        assay_error** error) {
  return assay::Decide(&assay::ReviewSession::Redistribute, session, options, out, error);
}

assay_status assay_session_explain(assay_session* session, const char* order_id, size_t size, assay_explanation** out,
                                   assay_error** error) {
  return assay::Making(out, error, [&](std::vector<assay::Issue>*) -> absl::StatusOr<assay_explanation*> {
    RETURN_IF_ERROR(assay::CheckHandle(session));
    ASSIGN_OR_RETURN(const absl::string_view id, assay::BytesIn("order_id", order_id, size));
    ASSIGN_OR_RETURN(const assay::v1::Explanation why, session->session->Explain(id));
    return new assay_explanation{.wire = why.SerializeAsString(), .json = assay::JsonOf(why)};
  });
}

assay_status assay_session_required_keys(assay_session* session, assay_keys** out, assay_error** error) {
  return assay::Making(out, error, [&](std::vector<assay::Issue>*) -> absl::StatusOr<assay_keys*> {
    RETURN_IF_ERROR(assay::CheckHandle(session));
    ASSIGN_OR_RETURN(const assay::v1::RequiredKeys required, session->session->RequiredKeys());
    auto keys = std::make_unique<assay_keys>();
    keys->wire = required.SerializeAsString();
    for (const auto& key : required.keys()) keys->keys.push_back(assay::JsonOf(key));
    return keys.release();
  });
}

assay_string assay_keys_wire(const assay_keys* keys) { return assay::TextOf(keys, &assay_keys::wire); }

size_t assay_keys_count(const assay_keys* keys) { return assay::Count(keys, &assay_keys::keys); }

assay_string assay_keys_at(const assay_keys* keys, size_t index) { return assay::At(keys, &assay_keys::keys, index); }

void assay_keys_free(assay_keys* keys) { assay::Free(keys); }

assay_status assay_session_follow_changes(assay_session* session, assay_error** error) {
  return assay::Guarded(error, [&](std::vector<assay::Issue>*) -> absl::Status {
    RETURN_IF_ERROR(assay::CheckHandle(session));
    return session->session->FollowChanges();
  });
}

assay_status assay_session_changes(const assay_session* session, assay_changes** out, assay_error** error) {
  return assay::Making(out, error, [&](std::vector<assay::Issue>*) -> absl::StatusOr<assay_changes*> {
    RETURN_IF_ERROR(assay::CheckHandle(session));
    const assay::v1::RunChanges changes = session->session->Changes();
    return new assay_changes{.wire = changes.SerializeAsString(), .json = assay::JsonOf(changes)};
  });
}

assay_string assay_changes_wire(const assay_changes* changes) { return assay::TextOf(changes, &assay_changes::wire); }

assay_string assay_changes_json(const assay_changes* changes) { return assay::TextOf(changes, &assay_changes::json); }

void assay_changes_free(assay_changes* changes) { assay::Free(changes); }

assay_status assay_session_update(assay_session* session, const assay_snapshot* snapshot, assay_error** error) {
  return assay::Guarded(error, [&](std::vector<assay::Issue>*) -> absl::Status {
    RETURN_IF_ERROR(assay::CheckHandle(session));
    RETURN_IF_ERROR(assay::CheckHandle(snapshot));
    return session->session->Update(snapshot->data);
  });
}

assay_status assay_session_keep_log(assay_session* session, assay_error** error) {
  return assay::Guarded(error, [&](std::vector<assay::Issue>*) -> absl::Status {
    RETURN_IF_ERROR(assay::CheckHandle(session));
    return session->session->KeepLog();
  });
}

assay_status assay_session_take_log(assay_session* session, assay_saved** out, assay_error** error) {
  return assay::Making(out, error, [&](std::vector<assay::Issue>*) -> absl::StatusOr<assay_saved*> {
    RETURN_IF_ERROR(assay::CheckHandle(session));
    return new assay_saved{.bytes = assay::WireOf(session->session->TakeLog())};
  });
}

assay_status assay_session_replay(assay_session* session, const char* log, size_t size, assay_error** error) {
  return assay::Guarded(error, [&](std::vector<assay::Issue>*) -> absl::Status {
    RETURN_IF_ERROR(assay::CheckHandle(session));
    ASSIGN_OR_RETURN(const absl::string_view bytes, assay::BytesIn("log", log, size));
    if (bytes.size() > size_t{INT_MAX}) {
      return absl::InvalidArgumentError(absl::StrCat("log: 2 GiB or more, which no message may be: ", bytes.size()));
    }
    assay::v1::SessionLog entries;
    if (!entries.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
      return absl::InvalidArgumentError("log: this is no assay.v1.SessionLog");
    }
    return session->session->Replay(entries);
  });
}

assay_status assay_session_commit(assay_session* session, assay_error** error) {
  return assay::Guarded(error, [&](std::vector<assay::Issue>*) -> absl::Status {
    RETURN_IF_ERROR(assay::CheckHandle(session));
    return session->session->Commit();
  });
}

assay_status assay_session_withdraw(assay_session* session, const char* order_id, size_t size, assay_error** error) {
  return assay::Guarded(error, [&](std::vector<assay::Issue>*) -> absl::Status {
    RETURN_IF_ERROR(assay::CheckHandle(session));
    ASSIGN_OR_RETURN(const absl::string_view id, assay::BytesIn("order_id", order_id, size));
    return session->session->Withdraw(id);
  });
}

assay_status assay_session_save(const assay_session* session, assay_saved** out, assay_error** error) {
  return assay::Making(out, error, [&](std::vector<assay::Issue>*) -> absl::StatusOr<assay_saved*> {
    RETURN_IF_ERROR(assay::CheckHandle(session));
    ASSIGN_OR_RETURN(std::string bytes, session->session->Save());
    return new assay_saved{.bytes = std::move(bytes)};
  });
}

assay_status assay_session_restore(assay_session* session, const char* saved, size_t size, assay_error** error) {
  return assay::Guarded(error, [&](std::vector<assay::Issue>*) -> absl::Status {
    RETURN_IF_ERROR(assay::CheckHandle(session));
    ASSIGN_OR_RETURN(const absl::string_view bytes, assay::BytesIn("saved", saved, size));
    return session->session->Restore(bytes);
  });
}

void assay_session_free(assay_session* session) { assay::Free(session); }

assay_string assay_saved_bytes(const assay_saved* saved) { return assay::TextOf(saved, &assay_saved::bytes); }

void assay_saved_free(assay_saved* saved) { assay::Free(saved); }

assay_string assay_result_wire(const assay_result* result) { return assay::TextOf(result, &assay_result::wire); }

size_t assay_result_decision_count(const assay_result* result) {
  return assay::Count(result, &assay_result::decisions);
}

assay_string assay_result_decision(const assay_result* result, size_t index) {
  return assay::At(result, &assay_result::decisions, index);
}

size_t assay_result_superseded_count(const assay_result* result) {
  return assay::Count(result, &assay_result::superseded);
}

assay_string assay_result_superseded(const assay_result* result, size_t index) {
  return assay::At(result, &assay_result::superseded, index);
}

size_t assay_result_table_count(const assay_result* result) { return assay::Count(result, &assay_result::tables); }

assay_string assay_result_table_csv(const assay_result* result, size_t index) {
  return assay::At(result, &assay_result::csv, index);
}

assay_string assay_result_table(const assay_result* result, size_t index) {
  return assay::At(result, &assay_result::tables, index);
}

void assay_result_free(assay_result* result) { assay::Free(result); }

assay_string assay_explanation_wire(const assay_explanation* explanation) {
  return assay::TextOf(explanation, &assay_explanation::wire);
}

assay_string assay_explanation_json(const assay_explanation* explanation) {
  return assay::TextOf(explanation, &assay_explanation::json);
}

void assay_explanation_free(assay_explanation* explanation) { assay::Free(explanation); }

}  // extern "C"
