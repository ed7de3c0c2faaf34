// Sessions and their results for C.
#include "base/status_macros.h"
#include "capi/handles.h"
#include "review/json.h"

namespace assay {
namespace {

absl::StatusOr<absl::Time> TimeOf(int64_t seconds, int32_t nanos) {
  if (nanos < 0 || nanos > 999'999'999) return absl::InvalidArgumentError("options: now_nanos is 0 to 999,999,999");
  return absl::FromUnixSeconds(seconds) + absl::Nanoseconds(nanos);
}

absl::StatusOr<ReviewOptions> OptionsOf(const assay_session_options* given) {
  assay_session_options known = {};
  RETURN_IF_ERROR(ReadOptions(given, "options", &known));
  ReviewOptions options;
  if (known.checkpoint < ASSAY_DEFAULT_CHECKPOINT || known.checkpoint > ASSAY_SHIP) {
    return absl::InvalidArgumentError("options: no such checkpoint");
  }
  if (known.checkpoint != ASSAY_DEFAULT_CHECKPOINT) options.checkpoint = static_cast<v1::Checkpoint>(known.checkpoint);
  ASSIGN_OR_RETURN(options.now, TimeOf(known.now_seconds, known.now_nanos));
  options.threads = known.threads == 0 ? 1 : known.threads;
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

assay_result* ResultOf(const v1::RunResult& run) {
  auto result = std::make_unique<assay_result>();
  result->wire = run.SerializeAsString();
  for (const auto& decision : run.decisions()) result->decisions.push_back(JsonOf(decision));
  for (const auto& decision : run.superseded()) result->superseded.push_back(JsonOf(decision));
  for (const auto& table : run.tables()) result->tables.push_back(JsonOf(table));
  return result.release();
}

}  // namespace
}  // namespace assay

extern "C" {

assay_status assay_session_open(const assay_rulebook* rulebook, const assay_snapshot* snapshot,
                                const assay_session_options* options, assay_session** out, assay_error** error) {
  *out = nullptr;
  return assay::Guarded(error, [&](std::vector<assay::Issue>*) -> absl::Status {
    ASSIGN_OR_RETURN(const assay::ReviewOptions opened, assay::OptionsOf(options));
    ASSIGN_OR_RETURN(auto session, assay::ReviewSession::Open(rulebook->rulebook, snapshot->data, opened));
    *out = new assay_session{std::move(session)};
    return absl::OkStatus();
  });
}

assay_status assay_session_add(assay_session* session, assay_format format, const char* order, size_t size,
                               assay_error** error) {
  return assay::Guarded(error, [&](std::vector<assay::Issue>*) {
    return session->session->Add(static_cast<assay::RowFormat>(format), {order, size});
  });
}

assay_status assay_session_release(assay_session* session, assay_format format, const char* release, size_t size,
                                   assay_error** error) {
  return assay::Guarded(error, [&](std::vector<assay::Issue>*) {
    return session->session->Release(static_cast<assay::RowFormat>(format), {release, size});
  });
}

assay_status assay_session_run(assay_session* session, const assay_run_options* options, assay_result** out,
                               assay_error** error) {
  *out = nullptr;
  return assay::Guarded(error, [&](std::vector<assay::Issue>*) -> absl::Status {
    ASSIGN_OR_RETURN(const assay::RunOptions given, assay::OptionsOf(options));
    ASSIGN_OR_RETURN(const assay::v1::RunResult run, session->session->Run(given));
    *out = assay::ResultOf(run);
    return absl::OkStatus();
  });
}

assay_status assay_session_redistribute(assay_session* session, const assay_run_options* options, assay_result** out,
                                        assay_error** error) {
  *out = nullptr;
  return assay::Guarded(error, [&](std::vector<assay::Issue>*) -> absl::Status {
    ASSIGN_OR_RETURN(const assay::RunOptions given, assay::OptionsOf(options));
    ASSIGN_OR_RETURN(const assay::v1::RunResult run, session->session->Redistribute(given));
    *out = assay::ResultOf(run);
    return absl::OkStatus();
  });
}

assay_status assay_session_allocate(assay_session* session, assay_format format, const char* allocation, size_t size,
                                    assay_error** error) {
  return assay::Guarded(error, [&](std::vector<assay::Issue>*) {
    return session->session->Allocate(static_cast<assay::RowFormat>(format), {allocation, size});
  });
}

assay_status assay_session_save(const assay_session* session, assay_saved** out, assay_error** error) {
  *out = nullptr;
  return assay::Guarded(error, [&](std::vector<assay::Issue>*) -> absl::Status {
    ASSIGN_OR_RETURN(std::string bytes, session->session->Save());
    *out = new assay_saved{std::move(bytes)};
    return absl::OkStatus();
  });
}

assay_string assay_saved_bytes(const assay_saved* saved) { return assay::View(saved->bytes); }

void assay_saved_free(assay_saved* saved) { delete saved; }

assay_status assay_session_restore(assay_session* session, const char* saved, size_t size, assay_error** error) {
  return assay::Guarded(error, [&](std::vector<assay::Issue>*) { return session->session->Restore({saved, size}); });
}

assay_status assay_session_explain(assay_session* session, const char* order_id, size_t size, assay_explanation** out,
                                   assay_error** error) {
  *out = nullptr;
  return assay::Guarded(error, [&](std::vector<assay::Issue>*) -> absl::Status {
    ASSIGN_OR_RETURN(const assay::v1::Explanation why, session->session->Explain({order_id, size}));
    *out = new assay_explanation{why.SerializeAsString(), assay::JsonOf(why)};
    return absl::OkStatus();
  });
}

assay_status assay_session_commit(assay_session* session, assay_error** error) {
  return assay::Guarded(error, [&](std::vector<assay::Issue>*) { return session->session->Commit(); });
}

assay_status assay_session_withdraw(assay_session* session, const char* order_id, size_t size, assay_error** error) {
  return assay::Guarded(error,
                        [&](std::vector<assay::Issue>*) { return session->session->Withdraw({order_id, size}); });
}

void assay_session_free(assay_session* session) { delete session; }

assay_string assay_result_wire(const assay_result* result) { return assay::View(result->wire); }

size_t assay_result_decision_count(const assay_result* result) { return result->decisions.size(); }

assay_string assay_result_decision(const assay_result* result, size_t index) {
  return index < result->decisions.size() ? assay::View(result->decisions[index]) : assay::View("");
}

size_t assay_result_superseded_count(const assay_result* result) { return result->superseded.size(); }

assay_string assay_result_superseded(const assay_result* result, size_t index) {
  return index < result->superseded.size() ? assay::View(result->superseded[index]) : assay::View("");
}

size_t assay_result_table_count(const assay_result* result) { return result->tables.size(); }

assay_string assay_result_table(const assay_result* result, size_t index) {
  return index < result->tables.size() ? assay::View(result->tables[index]) : assay::View("");
}

assay_string assay_explanation_wire(const assay_explanation* explanation) { return assay::View(explanation->wire); }

assay_string assay_explanation_json(const assay_explanation* explanation) { return assay::View(explanation->json); }

void assay_explanation_free(assay_explanation* explanation) { delete explanation; }

void assay_result_free(assay_result* result) { delete result; }

}  // extern "C"
