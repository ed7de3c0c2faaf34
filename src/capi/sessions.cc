// Sessions and their results for C.
#include <algorithm>
#include <cstring>

#include "base/status_macros.h"
#include "capi/handles.h"
#include "ingest/json_rows.h"
#include "review/json.h"

namespace assay {
namespace {

absl::StatusOr<SessionOptions> OptionsOf(const assay_session_options* given) {
  assay_session_options known = {};
  if (given != nullptr) {
    if (given->struct_size < sizeof(size_t)) return absl::InvalidArgumentError("options: struct_size is not set");
    std::memcpy(&known, given, std::min(given->struct_size, sizeof(known)));
  }
  SessionOptions options;
  if (known.checkpoint < ASSAY_DEFAULT_CHECKPOINT || known.checkpoint > ASSAY_SHIP) {
    return absl::InvalidArgumentError("options: no such checkpoint");
  }
  if (known.checkpoint != ASSAY_DEFAULT_CHECKPOINT) options.checkpoint = static_cast<v1::Checkpoint>(known.checkpoint);
  options.now = {known.now_seconds, known.now_nanos};
  if (!IsValid(options.now)) return absl::InvalidArgumentError("options: now is outside the years 1 to 9999");
  options.threads = known.threads == 0 ? 1 : known.threads;
  return options;
}

// The bytes of a message in either format, by way of `scratch` if it is JSON.
absl::StatusOr<absl::string_view> WireOf(const Schema& schema, const google::protobuf::Descriptor& type,
                                         assay_format format, absl::string_view row, std::string* scratch) {
  if (format == ASSAY_WIRE) return row;
  if (format != ASSAY_JSON) return absl::InvalidArgumentError("no such format of rows");
  RETURN_IF_ERROR(JsonToWire(schema, type, row, scratch));
  return absl::string_view(*scratch);
}

}  // namespace
}  // namespace assay

extern "C" {

assay_status assay_session_open(const assay_rulebook* rulebook, const assay_snapshot* snapshot,
                                const assay_session_options* options, assay_session** out, assay_error** error) {
  *out = nullptr;
  return assay::Guarded(error, [&](assay::IssueList*) -> absl::Status {
    if (snapshot->book != rulebook->book) {
      return absl::FailedPreconditionError("the snapshot was built for another rulebook: build it for this one");
    }
    ASSIGN_OR_RETURN(const assay::SessionOptions opened, assay::OptionsOf(options));
    ASSIGN_OR_RETURN(auto session, assay::Session::Open(rulebook->book, snapshot->snapshot, opened));
    *out = new assay_session{std::move(session)};
    return absl::OkStatus();
  });
}

assay_status assay_session_add(assay_session* session, assay_format format, const char* order, size_t size,
                               assay_error** error) {
  return assay::Guarded(error, [&](assay::IssueList*) -> absl::Status {
    std::string scratch;
    const assay::CompiledRulebook& book = session->session->book();
    ASSIGN_OR_RETURN(const absl::string_view wire,
                     assay::WireOf(*book.schema, *book.program().batch.message, format, {order, size}, &scratch));
    return session->session->Add(absl::MakeConstSpan(&wire, 1));
  });
}

assay_status assay_session_release(assay_session* session, assay_format format, const char* release, size_t size,
                                   assay_error** error) {
  return assay::Guarded(error, [&](assay::IssueList*) -> absl::Status {
    std::string scratch;
    const assay::Schema& schema = *session->session->book().schema;
    ASSIGN_OR_RETURN(const google::protobuf::Descriptor* type, schema.FindMessage("assay.v1.Release"));
    ASSIGN_OR_RETURN(const absl::string_view wire, assay::WireOf(schema, *type, format, {release, size}, &scratch));
    return session->session->Release(wire);
  });
}

assay_status assay_session_run(assay_session* session, assay_result** out, assay_error** error) {
  *out = nullptr;
  return assay::Guarded(error, [&](assay::IssueList*) -> absl::Status {
    ASSIGN_OR_RETURN(const assay::v1::RunResult run, session->session->RunWave());
    auto result = std::make_unique<assay_result>();
    result->wire = run.SerializeAsString();
    for (const auto& decision : run.decisions()) result->decisions.push_back(assay::JsonOf(decision));
    for (const auto& table : run.tables()) result->tables.push_back(assay::JsonOf(table));
    *out = result.release();
    return absl::OkStatus();
  });
}

assay_status assay_session_commit(assay_session* session, assay_error** error) {
  return assay::Guarded(error, [&](assay::IssueList*) { return session->session->Commit(); });
}

assay_status assay_session_withdraw(assay_session* session, const char* order_id, size_t size, assay_error** error) {
  return assay::Guarded(error, [&](assay::IssueList*) { return session->session->Withdraw({order_id, size}); });
}

void assay_session_free(assay_session* session) { delete session; }

assay_string assay_result_wire(const assay_result* result) { return assay::View(result->wire); }

size_t assay_result_decision_count(const assay_result* result) { return result->decisions.size(); }

assay_string assay_result_decision(const assay_result* result, size_t index) {
  return index < result->decisions.size() ? assay::View(result->decisions[index]) : assay::View("");
}

size_t assay_result_table_count(const assay_result* result) { return result->tables.size(); }

assay_string assay_result_table(const assay_result* result, size_t index) {
  return index < result->tables.size() ? assay::View(result->tables[index]) : assay::View("");
}

void assay_result_free(assay_result* result) { delete result; }

}  // extern "C"
