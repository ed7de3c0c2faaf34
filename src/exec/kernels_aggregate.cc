// One value per parent row from the rows of a list: all, exists, sum, min … The first
// error in element order makes the result an error, unless the result was decided
// without it. Entry point: SelectAggregate.
#include <algorithm>

#include "base/currency.h"
#include "base/decimal.h"
#include "exec/kernels.h"

namespace assay {
namespace {

// Results on the parent's level, none erring yet.
template <typename T>
Out<T> NewResult(Frame* frame, const Node& node) {
  const size_t size = static_cast<size_t>(frame->Size(node.level));
  T* data = static_cast<T*>(frame->arena->Allocate(size * sizeof(T), alignof(std::max_align_t)));
  return {data, nullptr, size};
}

template <typename T>
void SetCode(Frame* frame, Out<T>* out, size_t row, ErrorCode code) {
  if (code == 0) return;
  if (out->errors == nullptr) out->errors = NewErrors(frame, out->size);
  out->errors[row] = code;
  out->data[row] = T();
}

// `decided` settles the result: 0 for all, 1 for exists.
template <uint8_t decided>
void Quantify(Frame* frame, const Node& node) {
  const LevelRows& rows = frame->levels[node.index];
  const Arg<uint8_t> value = ArgOf<uint8_t>(*frame, node, 0);
  Out<uint8_t> out = NewResult<uint8_t>(frame, node);
  for (size_t p = 0; p < out.size; ++p) {
    uint8_t result = 1 - decided;
    if (value.errors == nullptr) {
      for (int32_t i = rows.begin[p]; i < rows.begin[p + 1]; ++i) {
        result = decided == 0 ? (result & value[i]) : (result | value[i]);
      }
      out.data[p] = result;
      continue;
    }
    ErrorCode first = 0;
    for (int32_t i = rows.begin[p]; i < rows.begin[p + 1]; ++i) {
      const ErrorCode code = value.error(i);
      if (code != 0 && first == 0) first = code;
      if (code == 0 && value[i] == decided) result = decided;
    }
    out.data[p] = result;
    if (result != decided) SetCode(frame, &out, p, first);
  }
  Store(frame, node, out);
}

ErrorCode FirstError(const LevelRows& rows, const Arg<uint8_t>& value, size_t parent) {
  for (int32_t i = rows.begin[parent]; i < rows.begin[parent + 1]; ++i) {
    if (value.error(i) != 0) return value.error(i);
  }
  return 0;
}

void ExistsOne(Frame* frame, const Node& node) {
  const LevelRows& rows = frame->levels[node.index];
  const Arg<uint8_t> value = ArgOf<uint8_t>(*frame, node, 0);
  Out<uint8_t> out = NewResult<uint8_t>(frame, node);
  for (size_t p = 0; p < out.size; ++p) {
    int32_t count = 0;
    for (int32_t i = rows.begin[p]; i < rows.begin[p + 1]; ++i) count += value[i];
    out.data[p] = count == 1;
    if (value.errors != nullptr) SetCode(frame, &out, p, FirstError(rows, value, p));
  }
  Store(frame, node, out);
}

void AnyError(Frame* frame, const Node& node) {
  const LevelRows& rows = frame->levels[node.index];
  const Arg<uint8_t> value = ArgOf<uint8_t>(*frame, node, 0);
  Out<uint8_t> out = NewResult<uint8_t>(frame, node);
  for (size_t p = 0; p < out.size; ++p) {
    out.data[p] = 1;
    if (value.errors != nullptr) SetCode(frame, &out, p, FirstError(rows, value, p));
  }
  Store(frame, node, out);
}

// Of the rows a selection was made of, in their order: the second argument is their test, the first what was made of
// those selected.
void AnyErrorOfEither(Frame* frame, const Node& node) {
  const LevelRows& selected = frame->levels[node.index];
  const LevelRows& all = frame->levels[frame->program->levels[node.index].origin];
  const Arg<uint8_t> value = ArgOf<uint8_t>(*frame, node, 0);
  const Arg<uint8_t> test = ArgOf<uint8_t>(*frame, node, 1);
  Out<uint8_t> out = NewResult<uint8_t>(frame, node);
  for (size_t p = 0; p < out.size; ++p) {
    out.data[p] = 1;
    int32_t next = selected.begin[p];
    ErrorCode first = 0;
    for (int32_t i = all.begin[p]; i < all.begin[p + 1] && first == 0; ++i) {
      first = test.error(i);
      const bool is_selected = next < selected.begin[p + 1] && selected.source[next] == i;
      if (is_selected) first = value.error(next++);
    }
    SetCode(frame, &out, p, first);
  }
  Store(frame, node, out);
}

bool AddTo(int64_t value, int64_t* sum) { return !__builtin_add_overflow(*sum, value, sum); }
bool AddTo(uint64_t value, uint64_t* sum) { return !__builtin_add_overflow(*sum, value, sum); }
bool AddTo(double value, double* sum) {
  *sum += value;
  return true;
}
bool AddTo(int64_t value, int128* sum) {
  *sum += value;  // 2^31 elements of 18 digits stay within 28
  return true;
}
bool AddTo(int128 value, int128* sum) { return !__builtin_add_overflow(*sum, value, sum) && FitsDecimal(*sum); }
bool AddTo(const Duration& value, Duration* sum) {
  const std::optional<Duration> result = Add(*sum, value);
  if (result.has_value()) *sum = *result;
  return result.has_value();
}

template <typename T, typename R>
void Sum(Frame* frame, const Node& node) {
  const LevelRows& rows = frame->levels[node.index];
  const Arg<T> value = ArgOf<T>(*frame, node, 0);
  const Arg<uint8_t> errors = ArgOf<uint8_t>(*frame, node, 0);
  Out<R> out = NewResult<R>(frame, node);
  for (size_t p = 0; p < out.size; ++p) {
    R sum = R();
    bool fits = true;
    for (int32_t i = rows.begin[p]; i < rows.begin[p + 1] && fits; ++i) fits = AddTo(value[i], &sum);
    out.data[p] = sum;
    if (errors.errors != nullptr) SetCode(frame, &out, p, FirstError(rows, errors, p));
    const bool errs = out.errors != nullptr && out.errors[p] != 0;
    if (!fits && !errs) SetError(frame, node, &out, p, ErrorKind::kOverflow, "the sum leaves the range of its type");
  }
  Store(frame, node, out);
}

template <typename T, bool greatest>
void Extreme(Frame* frame, const Node& node) {
  const LevelRows& rows = frame->levels[node.index];
  const Arg<T> value = ArgOf<T>(*frame, node, 0);
  const Arg<uint8_t> errors = ArgOf<uint8_t>(*frame, node, 0);
  Out<T> out = NewResult<T>(frame, node);
  for (size_t p = 0; p < out.size; ++p) {
    out.data[p] = T();
    if (rows.begin[p] == rows.begin[p + 1]) {
      SetError(frame, node, &out, p, ErrorKind::kEmptyList, greatest ? "max of nothing" : "min of nothing");
      continue;
    }
    T best = value[rows.begin[p]];
    for (int32_t i = rows.begin[p] + 1; i < rows.begin[p + 1]; ++i) {
      if (greatest ? best < value[i] : value[i] < best) best = value[i];
    }
    out.data[p] = best;
    if (errors.errors != nullptr) SetCode(frame, &out, p, FirstError(rows, errors, p));
  }
  Store(frame, node, out);
}

ErrorCode CurrencyError(const Frame& frame, const Node& node, size_t parent) {
  return node.arg_count < 2 ? 0 : ArgOf<absl::string_view>(frame, node, 1).error(parent);
}

// The scale to round to: the node's, or a currency's minor unit; -1 if the currency has none.
int RoundingScale(const Frame& frame, const Node& node, size_t parent) {
  if (node.arg_count < 2) return node.scale;
  const Arg<absl::string_view> currency = ArgOf<absl::string_view>(frame, node, 1);
  const MinorUnit unit = FindMinorUnit(currency[parent]);
  return unit.kind == MinorUnit::Kind::kDigits ? unit.digits : -1;
}

// `sum` divided by `count`, rounded to `to` digits behind the point, at the node's scale; nothing if it has too many.
std::optional<Decimal> AverageOf(const Decimal& sum, int32_t count, int to, const Node& node) {
  Decimal average;
  const QuotientResult result =
      Quotient(sum, DecimalFromInt64(count), to, static_cast<Rounding>(node.option), &average);
  return result == QuotientResult::kOk ? Rescale(average, node.scale) : std::nullopt;
}

template <typename T>
void AverageDecimal(Frame* frame, const Node& node) {
  const LevelRows& rows = frame->levels[node.index];
  const Arg<T> value = ArgOf<T>(*frame, node, 0);
  const Arg<uint8_t> errors = ArgOf<uint8_t>(*frame, node, 0);
  const int scale = frame->program->nodes[node.args[0]].scale;
  Out<int128> out = NewResult<int128>(frame, node);
  for (size_t p = 0; p < out.size; ++p) {
    out.data[p] = 0;
    const int32_t count = rows.begin[p + 1] - rows.begin[p];
    if (errors.errors != nullptr) SetCode(frame, &out, p, FirstError(rows, errors, p));
    if (out.errors != nullptr && out.errors[p] != 0) continue;
    SetCode(frame, &out, p, CurrencyError(*frame, node, p));
    if (out.errors != nullptr && out.errors[p] != 0) continue;
    int128 sum = 0;
    bool fits = true;
    for (int32_t i = rows.begin[p]; i < rows.begin[p + 1] && fits; ++i) fits = AddTo(value[i], &sum);
    const int to = RoundingScale(*frame, node, p);
    if (to < 0) {
      SetError(frame, node, &out, p, ErrorKind::kInvalidArgument, "no currency with a minor unit");
    } else if (count == 0) {
      SetError(frame, node, &out, p, ErrorKind::kEmptyList, "avg of nothing");
    } else if (const auto average = fits ? AverageOf({sum, scale}, count, to, node) : std::nullopt) {
      out.data[p] = average->coefficient;
    } else {
      SetError(frame, node, &out, p, ErrorKind::kOverflow, "the average needs more than 38 digits");
    }
  }
  if (node.type == Physical::kDecimal128) return Store(frame, node, out);
  Out<int64_t> narrow = {frame->arena->AllocateSpan<int64_t>(out.size).data(), out.errors, out.size};
  for (size_t p = 0; p < out.size; ++p) narrow.data[p] = static_cast<int64_t>(out.data[p]);
  Store(frame, node, narrow);
}

void AverageDouble(Frame* frame, const Node& node) {
  const LevelRows& rows = frame->levels[node.index];
  const Arg<double> value = ArgOf<double>(*frame, node, 0);
  const Arg<uint8_t> errors = ArgOf<uint8_t>(*frame, node, 0);
  Out<double> out = NewResult<double>(frame, node);
  for (size_t p = 0; p < out.size; ++p) {
    out.data[p] = 0;
    const int32_t count = rows.begin[p + 1] - rows.begin[p];
    if (count == 0) {
      SetError(frame, node, &out, p, ErrorKind::kEmptyList, "avg of nothing");
      continue;
    }
    double sum = 0;
    for (int32_t i = rows.begin[p]; i < rows.begin[p + 1]; ++i) sum += value[i];
    out.data[p] = sum / count;
    if (errors.errors != nullptr) SetCode(frame, &out, p, FirstError(rows, errors, p));
  }
  Store(frame, node, out);
}

// Where a part or the separator errs no text is read: what stands there is none.
void Join(Frame* frame, const Node& node) {
  const LevelRows& rows = frame->levels[node.index];
  const Arg<absl::string_view> value = ArgOf<absl::string_view>(*frame, node, 0);
  const Arg<uint8_t> errors = ArgOf<uint8_t>(*frame, node, 0);
  Out<absl::string_view> out = NewResult<absl::string_view>(frame, node);
  std::string text;
  for (size_t p = 0; p < out.size; ++p) {
    out.data[p] = absl::string_view();
    ErrorCode first = FirstError(rows, errors, p);
    absl::string_view separator;
    if (first == 0 && node.arg_count == 2) {
      const Arg<absl::string_view> separators = ArgOf<absl::string_view>(*frame, node, 1);
      first = separators.error(p);
      if (first == 0) separator = separators[p];
    }
    SetCode(frame, &out, p, first);
    if (first != 0) continue;
    text.clear();
    // The parts' own bytes are charged already; a long separator stands between all of them.
    if (!frame->TakeText(separator.size() * static_cast<size_t>(rows.begin[p + 1] - rows.begin[p]))) continue;
    for (int32_t i = rows.begin[p]; i < rows.begin[p + 1]; ++i) {
      if (i != rows.begin[p]) text.append(separator.data(), separator.size());
      text.append(value[i].data(), value[i].size());
    }
    out.data[p] = frame->arena->CopyString(text);
  }
  Store(frame, node, out);
}

template <bool greatest>
Kernel SelectExtreme(Physical type) {
  switch (type) {
    case Physical::kUint64:
      return Extreme<uint64_t, greatest>;
    case Physical::kDouble:
      return Extreme<double, greatest>;
    case Physical::kString:
      return Extreme<absl::string_view, greatest>;
    case Physical::kDecimal128:
      return Extreme<int128, greatest>;
    case Physical::kDate:
      return Extreme<int32_t, greatest>;
    case Physical::kTimestamp:
      return Extreme<Timestamp, greatest>;
    case Physical::kDuration:
      return Extreme<Duration, greatest>;
    case Physical::kBool:
      return Extreme<uint8_t, greatest>;
    default:
      return Extreme<int64_t, greatest>;
  }
}

Kernel SelectSum(Physical type) {
  switch (type) {
    case Physical::kInt64:
      return Sum<int64_t, int64_t>;
    case Physical::kUint64:
      return Sum<uint64_t, uint64_t>;
    case Physical::kDouble:
      return Sum<double, double>;
    case Physical::kDecimal64:
      return Sum<int64_t, int128>;
    case Physical::kDecimal128:
      return Sum<int128, int128>;
    case Physical::kDuration:
      return Sum<Duration, Duration>;
    default:
      return nullptr;
  }
}

}  // namespace

Kernel SelectAggregate(const Program& program, const Node& node) {
  if (node.kind != NodeKind::kAggregate) return nullptr;
  const Physical type = program.nodes[node.args[0]].type;
  switch (node.aggregate) {
    case Aggregate::kAll:
      return Quantify<0>;
    case Aggregate::kExists:
      return Quantify<1>;
    case Aggregate::kExistsOne:
      return ExistsOne;
    case Aggregate::kAnyError:
      return node.arg_count == 2 ? AnyErrorOfEither : AnyError;
    case Aggregate::kSum:
      return SelectSum(type);
    case Aggregate::kMin:
      return SelectExtreme<false>(type);
    case Aggregate::kMax:
      return SelectExtreme<true>(type);
    case Aggregate::kAvg:
      if (type == Physical::kDouble) return AverageDouble;
      return type == Physical::kDecimal64 ? AverageDecimal<int64_t> : AverageDecimal<int128>;
    case Aggregate::kJoin:
      return Join;
    case Aggregate::kNone:
      return nullptr;
  }
  return nullptr;
}

}  // namespace assay
