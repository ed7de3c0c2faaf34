// What the handles of assay.h are, and the one guard between C++ and C. Internal to
// capi.
#ifndef ASSAY_CAPI_HANDLES_H_
#define ASSAY_CAPI_HANDLES_H_

#include <algorithm>
#include <cstring>
#include <exception>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "assay/assay.h"
#include "assay/review.h"

struct assay_error {
  assay_status code = ASSAY_OK;
  std::string message;
  std::vector<assay::Issue> issues;
};

struct assay_schema {
  assay::EntitySchema schema;
};

struct assay_rulebook {
  assay::Rulebook rulebook;
  std::vector<std::string> datasets;
};

struct assay_snapshot_builder {
  assay::ReferenceDataBuilder builder;
};

struct assay_snapshot {
  assay::ReferenceData data;
};

struct assay_session {
  std::unique_ptr<assay::ReviewSession> session;
};

struct assay_explanation {
  std::string wire;
  std::string json;
};

struct assay_saved {
  std::string bytes;
};

struct assay_result {
  std::string wire;
  std::vector<std::string> decisions;
  std::vector<std::string> superseded;
  std::vector<std::string> tables;
};

namespace assay {

inline assay_string View(absl::string_view text) { return {text.empty() ? "" : text.data(), text.size()}; }

assay_issue IssueView(const Issue& issue);

// Hands a status to C; issues are those of a rulebook, if any.
assay_status Report(const absl::Status& status, std::vector<Issue> issues, assay_error** error);

// A struct of options as far as its caller knows it; the rest is zero.
template <typename T>
absl::Status ReadOptions(const T* given, const char* name, T* known) {
  if (given == nullptr) return absl::OkStatus();
  if (given->struct_size < sizeof(size_t)) {
    return absl::InvalidArgumentError(absl::StrCat(name, ": struct_size is not set"));
  }
  std::memcpy(known, given, std::min(given->struct_size, sizeof(T)));
  return absl::OkStatus();
}

// Runs `body`, which returns absl::Status, and turns whatever comes of it into a status of C.
template <typename Body>
assay_status Guarded(assay_error** error, Body body) {
  if (error != nullptr) *error = nullptr;
  std::vector<Issue> issues;
  absl::Status status;
  try {
    status = body(&issues);
  } catch (const std::exception& e) {
    status = absl::InternalError(e.what());
  } catch (...) {
    status = absl::InternalError("an unknown exception");
  }
  return Report(status, std::move(issues), error);
}

}  // namespace assay

#endif  // ASSAY_CAPI_HANDLES_H_
