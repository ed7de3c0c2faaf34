// A call from C: its arguments checked, and whatever comes of it turned into a status or a value of C. Entry points:
// Guarded, Making, and for accessors TextOf, Count, At. Internal to capi.
#ifndef ASSAY_CAPI_CALL_H_
#define ASSAY_CAPI_CALL_H_

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <exception>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "capi/handles.h"

namespace assay {

inline assay_string View(absl::string_view text) { return {text.empty() ? "" : text.data(), text.size()}; }

// The issue at `index`; one without a text if there is none, or are no issues (nullptr).
assay_issue IssueAt(const std::vector<Issue>* issues, size_t index);

// Hands a status to C; issues are those of a rulebook, if any.
assay_status Report(const absl::Status& status, std::vector<Issue> issues, assay_error** error);

// -- Arguments, each called by its name in assay.h
// ---------------------------------------------------------------------

template <typename T>
absl::Status CheckHandle(const T* handle) {
  if (IsHandle(handle)) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat(T::kKind, handle == nullptr ? " is NULL" : ": no such handle, or one that was freed"));
}

// Bytes of a caller, which may be NULL if there are none of them.
absl::StatusOr<absl::string_view> BytesIn(const char* name, const char* data, size_t size);

absl::StatusOr<RowFormat> FormatIn(assay_format format);

// The clock of a struct of options.
absl::StatusOr<absl::Time> TimeOf(int64_t seconds, int32_t nanos);

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

// -- Calls that can fail
// -----------------------------------------------------------------------------------------------

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

// The same for a call that makes a handle: `body` returns absl::StatusOr<T*>.
template <typename T, typename Body>
assay_status Making(T** out, assay_error** error, Body body) {
  if (out != nullptr) *out = nullptr;
  return Guarded(error, [&](std::vector<Issue>* issues) -> absl::Status {
    if (out == nullptr) return absl::InvalidArgumentError("out is NULL");
    ASSIGN_OR_RETURN(*out, body(issues));
    return absl::OkStatus();
  });
}

// -- Accessors: "" and 0 for what is no handle, or has no such element
// -------------------------------------------------

// `part` is a member, or a function of the handle, that has text.
template <typename T, typename Part>
assay_string TextOf(T* handle, Part part) {
  return IsHandle(handle) ? View(std::invoke(part, *handle)) : View("");
}

template <typename T>
size_t Count(const T* handle, std::vector<std::string> T::* list) {
  return IsHandle(handle) ? (handle->*list).size() : 0;
}

template <typename T>
assay_string At(const T* handle, std::vector<std::string> T::* list, size_t index) {
  return index < Count(handle, list) ? View((handle->*list)[index]) : View("");
}

}  // namespace assay

#endif  // ASSAY_CAPI_CALL_H_
