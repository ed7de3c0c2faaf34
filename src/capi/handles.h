// What the handles of assay.h are, and the one guard between C++ and C. Internal to
// capi.
#ifndef ASSAY_CAPI_HANDLES_H_
#define ASSAY_CAPI_HANDLES_H_

#include <exception>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "assay/assay.h"
#include "base/issue.h"
#include "review/session.h"

struct assay_error {
  assay_status code;
  std::string message;
  std::vector<assay::Issue> issues;
};

struct assay_schema {
  std::shared_ptr<const assay::Schema> schema;
};

struct assay_rulebook {
  std::shared_ptr<const assay::CompiledRulebook> book;
};

struct assay_snapshot_builder {
  std::shared_ptr<const assay::CompiledRulebook> book;
  std::map<std::string, std::shared_ptr<assay::RowBytes>> rows;
};

struct assay_snapshot {
  std::shared_ptr<const assay::CompiledRulebook> book;  // it was built for
  std::shared_ptr<const assay::Snapshot> snapshot;
};

struct assay_session {
  std::unique_ptr<assay::Session> session;
};

struct assay_result {
  std::string wire;
  std::vector<std::string> decisions;
  std::vector<std::string> tables;
};

namespace assay {

inline assay_string View(absl::string_view text) { return {text.empty() ? "" : text.data(), text.size()}; }

// Hands a status to C; issues are those of a rulebook, if any.
assay_status Report(const absl::Status& status, const IssueList& issues, assay_error** error);

// Runs `body`, which returns absl::Status, and turns whatever comes of it into a status of C.
template <typename Body>
assay_status Guarded(assay_error** error, Body body) {
  if (error != nullptr) *error = nullptr;
  IssueList issues;
  absl::Status status;
  try {
    status = body(&issues);
  } catch (const std::exception& e) {
    status = absl::InternalError(e.what());
  } catch (...) {
    status = absl::InternalError("an unknown exception");
  }
  return Report(status, issues, error);
}

}  // namespace assay

#endif  // ASSAY_CAPI_HANDLES_H_
