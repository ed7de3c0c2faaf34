// Groups rows by key. Entry points: KeyIndex, HashValue, EqualValues, CompareValues.
#include "snapshot/key_index.h"

#include <algorithm>
#include <bit>
#include <iterator>
#include <tuple>
#include <utility>

#include "base/hash.h"

namespace assay {
namespace {

template <typename T>
const T& ValueAt(const Vector& column, size_t row) {
  return static_cast<const T*>(column.data)[row];
}

template <typename T>
int Order(const T& left, const T& right) {
  return left < right ? -1 : right < left ? 1 : 0;
}

// Calls f with a value of the C++ type of the column.
template <typename F>
auto ByType(Physical type, F f) {
  switch (type) {
    case Physical::kBool:
      return f(uint8_t{});
    case Physical::kUint64:
      return f(uint64_t{});
    case Physical::kDouble:
      return f(double{});
    case Physical::kString:
      return f(absl::string_view{});
    case Physical::kDecimal128:
      return f(int128{});
    case Physical::kDate:
    case Physical::kRow:
      return f(int32_t{});
    case Physical::kTimestamp:
      return f(Timestamp{});
    case Physical::kDuration:
      return f(Duration{});
    default:
      return f(int64_t{});
  }
}

// Rows that ascend, by `orders` and then as they are.
void Arrange(const std::vector<Vector>& orders, absl::Span<int32_t> rows) {
  std::sort(rows.begin(), rows.end(), [&](int32_t a, int32_t b) {
    for (const Vector& column : orders) {
      if (const int order = CompareValues(column, a, column, b); order != 0) return order < 0;
    }
    return a < b;
  });
}

}  // namespace

uint64_t HashValue(const Vector& column, size_t row) {
  if (column.type == Physical::kString) return HashBytes(ValueAt<absl::string_view>(column, row));
  const size_t size = PhysicalSize(column.type);
  return HashBytes(absl::string_view(static_cast<const char*>(column.data) + row * size, size));
}

bool EqualValues(const Vector& a, size_t row_a, const Vector& b, size_t row_b) {
  return ByType(a.type,
                [&](auto zero) { return ValueAt<decltype(zero)>(a, row_a) == ValueAt<decltype(zero)>(b, row_b); });
}

int CompareValues(const Vector& a, size_t row_a, const Vector& b, size_t row_b) {
  const bool a_errs = a.error(row_a) != 0;
  const bool b_errs = b.error(row_b) != 0;
  if (a_errs || b_errs) return static_cast<int>(a_errs) - static_cast<int>(b_errs);
  return ByType(a.type, [&](auto zero) {
    using T = decltype(zero);
    return Order(ValueAt<T>(a, row_a), ValueAt<T>(b, row_b));
  });
}

KeyIndex::KeyIndex(std::vector<Vector> keys, const std::vector<Vector>& orders, size_t rows) : keys_(std::move(keys)) {
  struct Entry {
    uint64_t hash;
    int32_t row;
  };
  std::vector<Entry> entries;
  entries.reserve(rows);
  for (int32_t row = 0; row < static_cast<int32_t>(rows); ++row) {
    uint64_t hash = kHashSeed;
    bool errs = false;
    for (const Vector& key : keys_) {
      errs = errs || key.error(row) != 0;
      if (!errs) hash = MixHash(hash, HashValue(key, row));
    }
    if (!errs) entries.push_back({hash, row});
  }
  // Keys are compared only with the first of their hash: sorting by them would read them again and again.
  std::sort(entries.begin(), entries.end(),
            [](const Entry& a, const Entry& b) { return std::tie(a.hash, a.row) < std::tie(b.hash, b.row); });
  groups_.resize(std::bit_ceil(entries.size() * 2 + 1));
  mask_ = groups_.size() - 1;
  rows_.reserve(entries.size());
  for (auto group = entries.begin(); group != entries.end();) {
    const Entry first = *group;
    const auto end = std::find_if(group, entries.end(), [&](const Entry& entry) { return entry.hash != first.hash; });
    const auto next =
        std::stable_partition(group, end, [&](const Entry& entry) { return HasEqualKey(first.row, entry.row); });
    const size_t begin = rows_.size();
    std::transform(group, next, std::back_inserter(rows_), [](const Entry& entry) { return entry.row; });
    Arrange(orders, absl::MakeSpan(rows_).subspan(begin));
    uint64_t place = first.hash & mask_;
    while (groups_[place].count != 0) place = (place + 1) & mask_;
    groups_[place] = {first.hash, static_cast<int32_t>(begin), static_cast<int32_t>(rows_.size() - begin)};
    group = next;
  }
}

bool KeyIndex::HasEqualKey(int32_t a, int32_t b) const {
  return a == b ||
         std::all_of(keys_.begin(), keys_.end(), [&](const Vector& key) { return EqualValues(key, a, key, b); });
}

bool KeyIndex::HasKey(const Group& group, absl::Span<const Vector> keys, absl::Span<const size_t> rows) const {
  const size_t row = static_cast<size_t>(rows_[group.begin]);
  for (size_t k = 0; k < keys.size(); ++k) {
    if (keys[k].type == Physical::kString) {
      if (ValueAt<absl::string_view>(keys_[k], row) != ValueAt<absl::string_view>(keys[k], rows[k])) return false;
    } else if (!EqualValues(keys_[k], row, keys[k], rows[k])) {
      return false;
    }
  }
  return true;
}

absl::Span<const int32_t> KeyIndex::Find(absl::Span<const Vector> keys, absl::Span<const size_t> rows) const {
  // Most keys are one text.
  if (keys.size() == 1 && keys[0].type == Physical::kString) {
    const absl::string_view text = ValueAt<absl::string_view>(keys[0], rows[0]);
    const uint64_t hash = MixHash(kHashSeed, HashBytes(text));
    for (uint64_t place = hash & mask_; groups_[place].count != 0; place = (place + 1) & mask_) {
      const Group& group = groups_[place];
      if (group.hash != hash || ValueAt<absl::string_view>(keys_[0], rows_[group.begin]) != text) continue;
      return absl::MakeConstSpan(rows_.data() + group.begin, static_cast<size_t>(group.count));
    }
    return {};
  }
  uint64_t hash = kHashSeed;
  for (size_t k = 0; k < keys.size(); ++k) hash = MixHash(hash, HashValue(keys[k], rows[k]));
  for (uint64_t place = hash & mask_; groups_[place].count != 0; place = (place + 1) & mask_) {
    const Group& group = groups_[place];
    if (group.hash != hash || !HasKey(group, keys, rows)) continue;
    return absl::MakeConstSpan(rows_.data() + group.begin, static_cast<size_t>(group.count));
  }
  return {};
}

}  // namespace assay
