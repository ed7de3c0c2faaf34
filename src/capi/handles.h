// What the handles of assay.h are. Internal to capi.
//
// Each begins with its kind, the address of its kind's name: so a handle of another kind, and mostly one that was
// freed, is told from a living one before anything of it is used. It never finds out whether an address is readable.
#ifndef ASSAY_CAPI_HANDLES_H_
#define ASSAY_CAPI_HANDLES_H_

#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "assay/assay.h"
#include "assay/evaluate.h"
#include "assay/review.h"

struct assay_error {
  static constexpr char kKind[] = "error";
  const char* kind = kKind;
  assay_status code = ASSAY_OK;
  std::string message;
  std::vector<assay::Issue> issues;
};

struct assay_schema {
  static constexpr char kKind[] = "schema";
  const char* kind = kKind;
  assay::EntitySchema schema;
};

struct assay_rulebook {
  static constexpr char kKind[] = "rulebook";
  const char* kind = kKind;
  assay::Rulebook rulebook;
  std::vector<std::string> datasets;
};

struct assay_snapshot_builder {
  static constexpr char kKind[] = "builder";
  const char* kind = kKind;
  assay::ReferenceDataBuilder builder;
};

struct assay_snapshot {
  static constexpr char kKind[] = "snapshot";
  const char* kind = kKind;
  assay::ReferenceData data;
};

struct assay_session {
  static constexpr char kKind[] = "session";
  const char* kind = kKind;
  std::unique_ptr<assay::ReviewSession> session;
};

struct assay_explanation {
  static constexpr char kKind[] = "explanation";
  const char* kind = kKind;
  std::string wire;
  std::string json;
};

struct assay_changes {
  static constexpr char kKind[] = "changes";
  const char* kind = kKind;
  std::string wire;
  std::string json;
};

struct assay_saved {
  static constexpr char kKind[] = "saved";
  const char* kind = kKind;
  std::string bytes;
};

struct assay_keys {
  static constexpr char kKind[] = "keys";
  const char* kind = kKind;
  std::string wire;
  std::vector<std::string> keys;
};

struct assay_batch {
  static constexpr char kKind[] = "batch";
  const char* kind = kKind;
  assay::RowBatch batch;
};

struct assay_evaluation {
  static constexpr char kKind[] = "evaluation";
  const char* kind = kKind;
  assay::v1::EvaluationResult result;
  // Made when they are asked for; "" until then.
  std::string wire;
  std::string summary;
  std::vector<std::string> rows;
  std::vector<std::string> tasks;
  std::vector<assay::v1::DayTable> tables;
  std::vector<std::string> table_texts;
  std::vector<std::string> csv;
};

struct assay_result {
  static constexpr char kKind[] = "result";
  const char* kind = kKind;
  std::string wire;
  std::vector<std::string> decisions;
  std::vector<std::string> superseded;
  std::vector<std::string> tables;
  std::vector<std::string> csv;  // of them
};

namespace assay {

// Not NULL, and of this kind. The bytes are copied out: as yet nothing says that a T stands there.
template <typename T>
bool IsHandle(const T* handle) {
  if (handle == nullptr) return false;
  const char* kind = nullptr;
  std::memcpy(static_cast<void*>(&kind), static_cast<const void*>(handle), sizeof(kind));
  return kind == T::kKind;
}

// Leaves alone what is no handle of the kind.
template <typename T>
void Free(T* handle) {
  if (!IsHandle(handle)) return;
  *static_cast<const char* volatile*>(&handle->kind) = nullptr;  // volatile: a last write that a compiler must keep
  delete handle;
}

}  // namespace assay

#endif  // ASSAY_CAPI_HANDLES_H_
