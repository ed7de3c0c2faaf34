// What a benchmark cannot do without ends it, with one line. Entry points: Fail, Check, Need.
#ifndef ASSAY_BENCH_NEED_H_
#define ASSAY_BENCH_NEED_H_

#include <errno.h>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace assay {

[[noreturn]] inline void Fail(absl::string_view why) {
  std::fprintf(stderr, "%s: %s\n", program_invocation_short_name, std::string(why).c_str());
  std::exit(1);
}

inline void Check(const absl::Status& status) {
  if (!status.ok()) Fail(status.ToString());
}

template <typename T>
T Need(absl::StatusOr<T> value) {
  Check(value.status());
  return *std::move(value);
}

}  // namespace assay

#endif  // ASSAY_BENCH_NEED_H_
