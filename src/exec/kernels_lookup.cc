// Joins: the dataset row, or rows, that a row's key finds. Entry point: SelectLookup.
#include <algorithm>
#include <string>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "base/civil.h"
#include "exec/kernels.h"
#include "exec/reference_columns.h"
#include "exec/text_writer.h"
#include "exec/value_text.h"

namespace assay {
namespace {

// An index of one part of a dataset for a lookup: of columns as they were read, or of keys that are worked out.
const KeyIndex* IndexOf(const ReferenceColumns& reference, int part, const Dataset& rows, const Lookup& lookup,
                        size_t number) {
  if (const KeyIndex* const index = reference.parts[part]->indexes[number].get(); index != nullptr) return index;
  // Few, and looked through without making a key.
  for (const auto& [spec, index] : rows.indexes) {
    if (spec.key_slots == lookup.key_slots && spec.order_slots == lookup.order_slots) return index.get();
  }
  return nullptr;
}

// A lookup with its columns at hand.
class Finder {
 public:
  Finder(const Frame& frame, const Lookup& lookup)
      : frame_(frame), lookup_(lookup), dataset_(*frame.reference->datasets[lookup.dataset]) {
    const auto number = static_cast<size_t>(&lookup - frame.program->lookups.data());
    if (dataset_.below == nullptr) {
      index_ = IndexOf(*frame.reference, kBelow, dataset_, lookup, number);
    } else {
      index_ = IndexOf(*frame.reference, kBelow, *dataset_.below, lookup, number);
      laid_over_ = IndexOf(*frame.reference, kLaidOver, dataset_, lookup, number);
    }
    for (NodeId key : lookup.keys) keys_.push_back(ColumnOf(frame, key));
    rows_.resize(keys_.size());
    if (frame.missing == nullptr || lookup.key_slots.empty()) return;  // a key worked out is no field that a host knows
    missing_ = frame.missing;
    tells_found_ = missing_->tells_found(source().name);
  }

  // Valid until the next call.
  absl::Span<const int32_t> Find(int32_t row) {
    for (size_t k = 0; k < keys_.size(); ++k) rows_[k] = IsConstant(lookup_.keys[k]) ? 0 : static_cast<size_t>(row);
    absl::Span<const int32_t> found = index_->Find(keys_, rows_);
    if (laid_over_ != nullptr) found = WithLaidOver(found);
    if (missing_ != nullptr && (found.empty() || tells_found_)) AddMissing();
    return found;
  }

  // [valid_from, valid_to] holds the day; a bound that is absent is open, and so is one that cannot be read: that is an
  // error of the row by the plan (Planner::KnownBounds).
  bool InForce(int32_t dataset_row, int32_t day) const {
    return BoundHolds(lookup_.valid_from_slot, dataset_row, day, true) &&
           BoundHolds(lookup_.valid_to_slot, dataset_row, day, false);
  }

  // "products[product_id=P1]": what was looked for.
  absl::string_view Describe(Arena* arena, int32_t row) const {
    const std::string& name = source().name;
    absl::InlinedVector<std::string, 4> parts;
    for (size_t k = 0; k < keys_.size(); ++k) {
      const Node& node = frame_.program->nodes[lookup_.keys[k]];
      parts.push_back(ValueText(keys_[k], IsConstant(lookup_.keys[k]) ? 0 : static_cast<size_t>(row), node.scale));
    }
    if (lookup_.day != kNoNode) parts.push_back(FormatDate(Day(row)));
    size_t size = name.size() + 2;
    for (const std::string& part : parts) size += part.size() + 2;
    TextWriter text(arena, size);
    text.Append(name);
    for (size_t i = 0; i < parts.size(); ++i) {
      text.Append(i == 0 ? "[" : ", ");
      text.Append(parts[i]);
    }
    text.Append(parts.empty() ? "[]" : "]");
    return text.text();
  }

  int32_t Day(int32_t row) const {
    const Vector& day = ColumnOf(frame_, lookup_.day);
    return static_cast<const int32_t*>(day.data)[IsConstant(lookup_.day) ? 0 : row];
  }

  const Dataset& dataset() const { return dataset_; }

 private:
  // Of the rows found below those that still count, with those laid over them.
  absl::Span<const int32_t> WithLaidOver(absl::Span<const int32_t> below) {
    const absl::Span<const int32_t> above = laid_over_->Find(keys_, rows_);
    if (above.empty() && dataset_.replaced.empty()) return below;
    both_.clear();
    for (const int32_t row : below) {
      if (dataset_.Counts(row)) both_.push_back(row);
    }
    const auto middle = static_cast<std::ptrdiff_t>(both_.size());
    for (const int32_t row : above) both_.push_back(dataset_.below_size() + row);
    const auto is_before = [this](int32_t a, int32_t b) { return Order(dataset_.PlaceOf(a), dataset_.PlaceOf(b)) < 0; };
    if (!lookup_.order_slots.empty()) std::inplace_merge(both_.begin(), both_.begin() + middle, both_.end(), is_before);
    return both_;
  }

  int Order(const Dataset::Place& a, const Dataset::Place& b) const {
    for (const int slot : lookup_.order_slots) {
      const int order = CompareValues(a.part.columns->column(slot), static_cast<size_t>(a.row),
                                      b.part.columns->column(slot), static_cast<size_t>(b.row));
      if (order != 0) return order;
    }
    return 0;
  }

  bool IsConstant(NodeId node) const { return frame_.program->nodes[node].level == kConstantLevel; }

  const SourcePlan& source() const { return frame_.program->datasets[lookup_.dataset]; }

  // The key last looked for.
  void AddMissing() const {
    MissingKey missing = {lookup_.dataset, {}};
    for (size_t k = 0; k < keys_.size(); ++k) {
      const int scale = frame_.program->nodes[lookup_.keys[k]].scale;
      missing.key.emplace_back(source().projection->columns[lookup_.key_slots[k]].field->name(),
                               ValueText(keys_[k], rows_[k], scale));
    }
    missing_->Add(source().name, std::move(missing));
  }

  bool BoundHolds(int slot, int32_t row, int32_t day, bool from) const {
    if (slot < 0) return true;
    const Dataset::Place place = dataset_.PlaceOf(row);
    const ColumnSet& columns = *place.part.columns;
    const Vector bound = columns.column(slot);
    const auto at = static_cast<size_t>(place.row);
    if (bound.error(at) != 0) return true;
    const int32_t value = bound.values<int32_t>()[at];
    return from ? value <= day : day <= value;
  }

  const Frame& frame_;
  const Lookup& lookup_;
  const Dataset& dataset_;
  const KeyIndex* index_ = nullptr;      // of the rows below, or of all
  const KeyIndex* laid_over_ = nullptr;  // or nullptr
  MissingKeys* missing_ = nullptr;       // or nobody asks
  bool tells_found_ = false;             // keys that find rows, too
  absl::InlinedVector<Vector, 4> keys_;
  absl::InlinedVector<size_t, 4> rows_;
  std::vector<int32_t> both_;
};

void LookupRow(Frame* frame, const Node& node) {
  const Lookup& lookup = frame->program->lookups[node.index];
  Finder finder(*frame, lookup);
  Out<int32_t> out = NewOut<int32_t>(frame, node);
  const bool dated = lookup.day != kNoNode && (lookup.valid_from_slot >= 0 || lookup.valid_to_slot >= 0);
  for (size_t i = 0; i < out.size; ++i) {
    const int32_t row = static_cast<int32_t>(i);
    out.data[i] = 0;
    if (out.errors != nullptr && out.errors[i] != 0) continue;
    int32_t found = -1;
    int32_t count = 0;
    const absl::Span<const int32_t> candidates = finder.Find(row);
    if (!frame->Take(candidates.size())) return;
    for (int32_t candidate : candidates) {
      if (dated && !finder.InForce(candidate, finder.Day(row))) continue;
      if (count++ == 0) found = candidate;
    }
    if (count == 1) {
      out.data[i] = found;
    } else {
      const ErrorKind kind = count == 0 ? ErrorKind::kMissingRow : ErrorKind::kAmbiguousRow;
      SetError(frame, node, &out, i, kind, finder.Describe(frame->arena, row));
    }
  }
  Store(frame, node, out);
}

// Of the rows that a key finds, those that lie before this row, at most so many hours.
class Window {
 public:
  Window(const Frame& frame, const Lookup& lookup, const Dataset& dataset) : bounded_(lookup.within_slot >= 0) {
    if (!bounded_) return;
    sorted_ = lookup.order_slots == std::vector<int>{lookup.within_slot, lookup.within_id_slot};
    times_ = dataset.columns->column(lookup.within_slot);  // of batch.INPUT, over which nothing is laid
    ids_ = dataset.columns->column(lookup.within_id_slot);
    time_ = ColumnOf(frame, lookup.within_time);
    id_ = ColumnOf(frame, lookup.within_id);
    hours_ = ColumnOf(frame, lookup.within_hours);
    hours_constant_ = frame.program->nodes[lookup.within_hours].level == kConstantLevel;
  }

  // The part of `found` that may lie in the window: all that do where the rows ascend by time, else every row.
  absl::Span<const int32_t> Part(absl::Span<const int32_t> found, int32_t row) const {
    if (!bounded_ || !sorted_) return found;
    const auto* begin = std::partition_point(found.begin(), found.end(), [&](int32_t r) { return IsTooOld(r, row); });
    const auto* end = std::partition_point(begin, found.end(), [&](int32_t r) { return IsBefore(r, row); });
    return {begin, static_cast<size_t>(end - begin)};
  }

  // Whether Part gives just the rows in the window.
  bool is_exact() const { return !bounded_ || sorted_; }

  // Whether a row of Part is in the window.
  bool Holds(int32_t candidate, int32_t row) const {
    return is_exact() || (IsBefore(candidate, row) && !IsTooOld(candidate, row));
  }

 private:
  // Rows whose time or id errs come last and are before none.
  bool IsKnown(int32_t candidate) const { return times_.error(candidate) == 0 && ids_.error(candidate) == 0; }

  bool IsBefore(int32_t candidate, int32_t row) const {
    if (!IsKnown(candidate)) return false;
    const Timestamp& theirs = TimeOf(times_, candidate);
    const Timestamp& mine = TimeOf(time_, row);
    return theirs < mine || (theirs == mine && IdOf(ids_, candidate) < IdOf(id_, row));
  }

  bool IsTooOld(int32_t candidate, int32_t row) const {
    if (!IsKnown(candidate)) return false;
    const int64_t hours = static_cast<const int64_t*>(hours_.data)[hours_constant_ ? 0 : row];
    const Timestamp& theirs = TimeOf(times_, candidate);
    const Timestamp& mine = TimeOf(time_, row);
    // More hours than there are reach every row, and fewer than none reach no row.
    const int64_t seconds = std::clamp(hours, -kMostHours, kMostHours) * 3600;
    return theirs < Timestamp{mine.seconds - seconds, mine.nanos};
  }

  static const Timestamp& TimeOf(const Vector& times, int32_t row) {
    return static_cast<const Timestamp*>(times.data)[row];
  }
  static absl::string_view IdOf(const Vector& ids, int32_t row) {
    return static_cast<const absl::string_view*>(ids.data)[row];
  }

  static constexpr int64_t kMostHours = 100'000'000;  // the years 1 to 9999 are fewer

  const bool bounded_;
  bool sorted_ = false;
  Vector times_, ids_, time_, id_, hours_;
  bool hours_constant_ = false;
};

// The rows that a row's key, day and time find: from the last on, so that of many only the last are looked at.
class RowsFound {
 public:
  RowsFound(Frame* frame, const Lookup& lookup)
      : frame_(frame), lookup_(lookup), finder_(*frame, lookup), window_(*frame, lookup, finder_.dataset()) {}

  // Calls `visit` with each, the last one first. False if the run is over its budget.
  template <typename F>
  bool EachFromLast(int32_t row, F visit) {
    const absl::Span<const int32_t> candidates = window_.Part(finder_.Find(row), row);
    int64_t left = Most(row, candidates);
    size_t looked_at = 0;
    for (auto it = candidates.rbegin(); it != candidates.rend() && left > 0; ++it, ++looked_at) {
      if (lookup_.day != kNoNode && !finder_.InForce(*it, finder_.Day(row))) continue;
      if (!window_.Holds(*it, row)) continue;
      visit(*it);
      --left;
    }
    return frame_->TakeRows(looked_at);
  }

  // How many they are; negative if the run is over its budget.
  int64_t Count(int32_t row) {
    int64_t count = 0;
    if (lookup_.day == kNoNode && window_.is_exact()) {
      const absl::Span<const int32_t> candidates = window_.Part(finder_.Find(row), row);
      return std::min(static_cast<int64_t>(candidates.size()), Most(row, candidates));
    }
    return EachFromLast(row, [&](int32_t) { ++count; }) ? count : -1;
  }

 private:
  int64_t Most(int32_t row, absl::Span<const int32_t> candidates) const {
    if (lookup_.last == kNoNode) return static_cast<int64_t>(candidates.size());
    return std::max<int64_t>(0, ArgOfNode<int64_t>(*frame_, lookup_.last)[static_cast<size_t>(row)]);
  }

  Frame* const frame_;
  const Lookup& lookup_;
  Finder finder_;
  const Window window_;
};

void JoinedRows(Frame* frame, const Node& node) {
  const Level& level = frame->program->levels[node.index];
  RowsFound rows(frame, frame->program->lookups[level.lookup]);
  const Arg<uint8_t> guard = ArgOf<uint8_t>(*frame, node, 0);
  const int32_t parents = frame->Size(level.parent);
  int32_t* begin = frame->arena->AllocateSpan<int32_t>(static_cast<size_t>(parents) + 1).data();
  std::vector<int32_t> found;
  for (int32_t p = 0; p < parents; ++p) {
    begin[p] = static_cast<int32_t>(found.size());
    if (guard.error(p) != 0) continue;
    if (!rows.EachFromLast(p, [&](int32_t row) { found.push_back(row); })) return;
    std::reverse(found.begin() + begin[p], found.end());
  }
  begin[parents] = static_cast<int32_t>(found.size());
  int32_t* source = frame->arena->AllocateSpan<int32_t>(found.size()).data();
  int32_t* parent = frame->arena->AllocateSpan<int32_t>(found.size()).data();
  std::copy(found.begin(), found.end(), source);
  for (int32_t p = 0; p < parents; ++p) std::fill(parent + begin[p], parent + begin[p + 1], p);
  frame->levels[node.index] = {static_cast<int32_t>(found.size()), parent, begin, source, nullptr, nullptr, nullptr};
}

void CountJoined(Frame* frame, const Node& node) {
  RowsFound rows(frame, frame->program->lookups[node.index]);
  const Arg<uint8_t> guard = ArgOf<uint8_t>(*frame, node, 0);
  const auto size = static_cast<size_t>(frame->Size(node.level));
  const Out<int64_t> out = {frame->arena->AllocateSpan<int64_t>(size).data(), nullptr, size};
  for (size_t row = 0; row < size; ++row) {
    out.data[row] = guard.error(row) != 0 ? 0 : rows.Count(static_cast<int32_t>(row));
    if (out.data[row] < 0) return;
  }
  Store(frame, node, out);
}

}  // namespace

Kernel SelectLookup(const Program& program, const Node& node) {
  if (node.kind == NodeKind::kLookup) return LookupRow;
  if (node.kind == NodeKind::kCountJoined) return CountJoined;
  const bool joined = node.kind == NodeKind::kLevel && program.levels[node.index].kind == LevelKind::kJoin;
  return joined ? JoinedRows : nullptr;
}

}  // namespace assay
