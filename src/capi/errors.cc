// Errors as C sees them. Entry points: the assay_error_* functions and Report.
#include <new>

#include "capi/handles.h"

namespace assay {
namespace {

assay_status CodeOf(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kOk:
      return ASSAY_OK;
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kOutOfRange:
    case absl::StatusCode::kResourceExhausted:
      return ASSAY_INVALID_ARGUMENT;
    case absl::StatusCode::kNotFound:
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kPermissionDenied:
      return ASSAY_NOT_FOUND;
    case absl::StatusCode::kFailedPrecondition:
      return ASSAY_FAILED_PRECONDITION;
    case absl::StatusCode::kUnimplemented:
      return ASSAY_UNIMPLEMENTED;
    default:
      return ASSAY_INTERNAL;
  }
}

}  // namespace

assay_issue IssueView(const Issue& issue) {
  assay_issue out = {};
  out.severity = static_cast<int32_t>(issue.severity);
  out.line = issue.line;
  out.column = issue.column;
  out.length = issue.length;
  out.file = View(issue.file);
  out.path = View(issue.path);
  out.message = View(issue.message);
  out.suggestion = View(issue.suggestion);
  return out;
}

assay_status Report(const absl::Status& status, std::vector<Issue> issues, assay_error** error) {
  const assay_status code = CodeOf(status);
  if (code == ASSAY_OK || error == nullptr) return code;
  *error = new (std::nothrow) assay_error;
  if (*error == nullptr) return code;
  (*error)->code = code;
  (*error)->message = std::string(status.message());
  (*error)->issues = std::move(issues);
  return code;
}

}  // namespace assay

extern "C" {

assay_status assay_error_code(const assay_error* error) { return error == nullptr ? ASSAY_OK : error->code; }

assay_string assay_error_message(const assay_error* error) {
  return error == nullptr ? assay::View("") : assay::View(error->message);
}

size_t assay_error_issue_count(const assay_error* error) { return error == nullptr ? 0 : error->issues.size(); }

assay_issue assay_error_issue(const assay_error* error, size_t index) {
  static const assay::Issue kNone;
  const bool there = error != nullptr && index < error->issues.size();
  return assay::IssueView(there ? error->issues[index] : kNone);
}

void assay_error_free(assay_error* error) { delete error; }

}  // extern "C"
