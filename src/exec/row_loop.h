// The loops of kernels that compute one row at a time: rows whose arguments err are left alone.
// Entry points: EachRow for functions that always have a value, TryEachRow for those that may refuse a row. They
// allocate nothing but the output, and are for functions too heavy to be vectorised anyway.
#ifndef ASSAY_EXEC_ROW_LOOP_H_
#define ASSAY_EXEC_ROW_LOOP_H_

#include "exec/frame.h"

namespace assay {

// Why a row has no value. Kept as constants: a pointer to one is a refusal, nullptr a good value.
struct Fault {
  ErrorKind kind = {};
  absl::string_view detail;
};

template <typename T>
bool Errs(const Out<T>& out, size_t row) {
  return out.errors != nullptr && out.errors[row] != 0;
}

// `value(row)` gives the row's value.
template <typename T, typename F>
void EachRow(Frame* frame, const Node& node, F value) {
  const Out<T> out = NewOut<T>(frame, node);
  for (size_t row = 0; row < out.size; ++row) out.data[row] = Errs(out, row) ? T() : value(row);
  Store(frame, node, out);
}

// `compute(row, &value)` gives the row's value, or says why there is none.
template <typename T, typename F>
void TryEachRow(Frame* frame, const Node& node, F compute) {
  Out<T> out = NewOut<T>(frame, node);
  for (size_t row = 0; row < out.size; ++row) {
    out.data[row] = T();
    if (Errs(out, row)) continue;
    const Fault* fault = compute(row, &out.data[row]);
    if (fault != nullptr) SetError(frame, node, &out, row, fault->kind, fault->detail);
  }
  Store(frame, node, out);
}

}  // namespace assay

#endif  // ASSAY_EXEC_ROW_LOOP_H_
