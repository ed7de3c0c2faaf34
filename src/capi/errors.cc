// Errors as C sees them. Entry points: the assay_error_* functions, Report, and the arguments of every call: FormatIn,
// BytesIn.
#include <cstddef>
#include <new>

#include "capi/call.h"

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

}  // namespace

assay_issue IssueAt(const std::vector<Issue>* issues, size_t index) {
  static const Issue kNone;
  return IssueView(issues != nullptr && index < issues->size() ? (*issues)[index] : kNone);
}

absl::StatusOr<absl::Time> TimeOf(int64_t seconds, int32_t nanos) {
  if (nanos < 0 || nanos > 999'999'999) return absl::InvalidArgumentError("options: now_nanos is 0 to 999,999,999");
  return absl::FromUnixSeconds(seconds) + absl::Nanoseconds(nanos);
}

absl::StatusOr<RowFormat> FormatIn(assay_format format) {
  if (format == ASSAY_WIRE) return RowFormat::kWire;
  if (format == ASSAY_JSON) return RowFormat::kJson;
  return absl::InvalidArgumentError(absl::StrCat("format is ASSAY_WIRE or ASSAY_JSON, not ", static_cast<int>(format)));
}

absl::StatusOr<absl::string_view> BytesIn(const char* name, const char* data, size_t size) {
  if (size == 0) return absl::string_view();
  if (data == nullptr) return absl::InvalidArgumentError(absl::StrCat(name, " is NULL, and its size is ", size));
  if (size <= PTRDIFF_MAX) return absl::string_view(data, size);
  return absl::InvalidArgumentError(absl::StrCat(name, ": nothing is of this size: ", size));
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

assay_status assay_error_code(const assay_error* error) { return assay::IsHandle(error) ? error->code : ASSAY_OK; }

assay_string assay_error_message(const assay_error* error) { return assay::TextOf(error, &assay_error::message); }

size_t assay_error_issue_count(const assay_error* error) { return assay::IsHandle(error) ? error->issues.size() : 0; }

assay_issue assay_error_issue(const assay_error* error, size_t index) {
  return assay::IssueAt(assay::IsHandle(error) ? &error->issues : nullptr, index);
}

void assay_error_free(assay_error* error) { assay::Free(error); }

}  // extern "C"
