// RETURN_IF_ERROR and ASSIGN_OR_RETURN: the project's only macros. They hand a failed absl::Status to the
// caller unchanged. They never log, and never add to the message: whoever knows the place writes it there.
#ifndef ASSAY_BASE_STATUS_MACROS_H_
#define ASSAY_BASE_STATUS_MACROS_H_

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

// Evaluates an expression of type absl::Status once; returns it from the enclosing function if it is not OK.
// The function may return absl::Status or any absl::StatusOr<T>.
#define RETURN_IF_ERROR(expression)                                     \
  do {                                                                  \
    if (absl::Status assay_status = (expression); !assay_status.ok()) { \
      return assay_status;                                              \
    }                                                                   \
  } while (false)

// Evaluates an expression of type absl::StatusOr<T> once; returns its status if it is not OK, else moves the
// value into `target`, which may be a declaration:  ASSIGN_OR_RETURN(Batch batch, Decode(bytes));
// A type or an expression with a comma outside parentheses needs its own parentheses.
#define ASSIGN_OR_RETURN(target, expression) \
  ASSAY_ASSIGN_OR_RETURN(ASSAY_CONCATENATE(assay_status_or_, __LINE__), target, expression)

// The steps of ASSIGN_OR_RETURN, not to be used by themselves.
#define ASSAY_ASSIGN_OR_RETURN(result, target, expression) \
  auto result = (expression);                              \
  if (!result.ok()) {                                      \
    return std::move(result).status();                     \
  }                                                        \
  target = *std::move(result)
#define ASSAY_CONCATENATE(left, right) ASSAY_CONCATENATE_EXPANDED(left, right)
#define ASSAY_CONCATENATE_EXPANDED(left, right) left##right

#endif  // ASSAY_BASE_STATUS_MACROS_H_
