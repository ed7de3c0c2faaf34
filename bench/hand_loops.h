// What a C++ programmer writes for one expression over the same columns: the loops kernel_bench compares the engine's
// kernels with. Entry points: the loops themselves, which are Loop functions; each overwrites an Outcome that is there
// already. They keep the engine's promises: no overflow goes unseen, and what errs stays an error.
#ifndef ASSAY_BENCH_HAND_LOOPS_H_
#define ASSAY_BENCH_HAND_LOOPS_H_

#include <vector>

#include "bench/kernel_rows.h"

namespace assay {

// Sixteen bytes for each row hold any type.
struct Outcome {
  std::vector<int128> data = std::vector<int128>(kKernelRows);
  std::vector<uint8_t> errs = std::vector<uint8_t>(kKernelRows);

  template <typename T>
  T* values() {
    return reinterpret_cast<T*>(data.data());
  }
};

struct Columns {
  std::vector<Vector> fields;      // as the case names them
  const int32_t* items = nullptr;  // where each row's list begins, and one more

  template <typename T>
  const T* values(size_t field) const {
    return static_cast<const T*>(fields[field].data);
  }
};

using Loop = void (*)(const Columns& in, Outcome* out);

// kFunction(a) or kFunction(a, b): the value.
template <typename T, typename R, auto kFunction>
void OfOne(const Columns& in, Outcome* out) {
  const T* a = in.values<T>(0);
  R* result = out->values<R>();
  for (size_t i = 0; i < kKernelRows; ++i) result[i] = kFunction(a[i]);
}

template <typename T, typename R, auto kFunction>
void OfTwo(const Columns& in, Outcome* out) {
  const T* a = in.values<T>(0);
  const T* b = in.values<T>(1);
  R* result = out->values<R>();
  for (size_t i = 0; i < kKernelRows; ++i) result[i] = kFunction(a[i], b[i]);
}

// kFunction(a, b, &value): whether there is none, as the overflow builtins say.
template <typename T, typename R, auto kFunction>
void TryTwo(const Columns& in, Outcome* out) {
  const T* a = in.values<T>(0);
  const T* b = in.values<T>(1);
  R* result = out->values<R>();
  for (size_t i = 0; i < kKernelRows; ++i) out->errs[i] = kFunction(a[i], b[i], &result[i]);
}

// The same where either column may err.
template <typename T, typename R, auto kFunction>
void OfTwoThatErr(const Columns& in, Outcome* out) {
  const T* a = in.values<T>(0);
  const T* b = in.values<T>(1);
  const ErrorCode* a_errors = in.fields[0].errors;
  const ErrorCode* b_errors = in.fields[1].errors;
  R* result = out->values<R>();
  for (size_t i = 0; i < kKernelRows; ++i) {
    result[i] = kFunction(a[i], b[i]);
    out->errs[i] = (a_errors[i] | b_errors[i]) != 0;
  }
}

// a > kLimit && b > kLimit, or ||; `kDecides` is what settles && (0) or || (1) alone.
template <uint8_t kDecides, int64_t kLimit>
void ConnectiveThatErrs(const Columns& in, Outcome* out) {
  const int64_t* a = in.values<int64_t>(0);
  const int64_t* b = in.values<int64_t>(1);
  uint8_t* result = out->values<uint8_t>();
  for (size_t i = 0; i < kKernelRows; ++i) {
    const bool a_errs = in.fields[0].errors[i] != 0, b_errs = in.fields[1].errors[i] != 0;
    const bool a_decides = !a_errs && (a[i] > kLimit) == (kDecides != 0);
    const bool b_decides = !b_errs && (b[i] > kLimit) == (kDecides != 0);
    const bool is_settled = a_decides || b_decides;
    result[i] = is_settled ? kDecides : 1 - kDecides;
    out->errs[i] = !is_settled && (a_errs || b_errs);
  }
}

template <typename T>
void Choose(const Columns& in, Outcome* out) {
  const uint8_t* test = in.values<uint8_t>(0);
  const T* yes = in.values<T>(1);
  const T* no = in.values<T>(2);
  T* result = out->values<T>();
  for (size_t i = 0; i < kKernelRows; ++i) result[i] = test[i] != 0 ? yes[i] : no[i];
}

// kStep(&accumulated, item) over each row's list.
template <typename T, typename R, auto kStep>
void OfItems(const Columns& in, Outcome* out) {
  const T* items = in.values<T>(0);
  R* result = out->values<R>();
  for (size_t i = 0; i < kKernelRows; ++i) {
    R accumulated = R();
    for (int32_t k = in.items[i]; k < in.items[i + 1]; ++k) kStep(&accumulated, items[k]);
    result[i] = accumulated;
  }
}

// kReplaces(least so far, item); no list is empty.
template <typename T, auto kReplaces>
void ExtremeItem(const Columns& in, Outcome* out) {
  const T* items = in.values<T>(0);
  T* result = out->values<T>();
  for (size_t i = 0; i < kKernelRows; ++i) {
    T extreme = items[in.items[i]];
    for (int32_t k = in.items[i] + 1; k < in.items[i + 1]; ++k)
      extreme = kReplaces(extreme, items[k]) ? items[k] : extreme;
    result[i] = extreme;
  }
}

}  // namespace assay

#endif  // ASSAY_BENCH_HAND_LOOPS_H_
