// Elements of lists that have the text of the row they are looked at from, found by a table of the texts of each list.
// Entry point: MatchedRows. The rows come in the order of the list; pairs of which a text errs are all there.
#include <algorithm>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "exec/kernels.h"
#include "exec/new_rows.h"

namespace assay {
namespace {

// The elements of one list by their text.
class Texts {
 public:
  Texts(const LevelRows& rows, const Arg<absl::string_view>& text) : rows_(rows), text_(text) {}

  // Of the list of row `p` of the list's level. The same again costs nothing.
  void Read(int32_t p) {
    if (p == list_) return;
    list_ = p;
    first_.clear();
    erring_.clear();
    next_.assign(static_cast<size_t>(end() - begin()), -1);
    for (int32_t i = end() - 1; i >= begin(); --i) {
      if (text_.error(static_cast<size_t>(i)) != 0) {
        erring_.push_back(i);
        continue;
      }
      const auto [first, is_new] = first_.try_emplace(text_[static_cast<size_t>(i)], i);
      if (!is_new) next_[static_cast<size_t>(i - begin())] = std::exchange(first->second, i);
    }
    std::reverse(erring_.begin(), erring_.end());
  }

  // Calls visit(element) for each that has the text or errs, in their order.
  template <typename Visit>
  void EachOf(absl::string_view text, Visit visit) const {
    const auto first = first_.find(text);
    int32_t equal = first == first_.end() ? -1 : first->second;
    for (int32_t erring : erring_) {
      for (; equal >= 0 && equal < erring; equal = Next(equal)) visit(equal);
      visit(erring);
    }
    for (; equal >= 0; equal = Next(equal)) visit(equal);
  }

  template <typename Visit>
  void Each(Visit visit) const {
    for (int32_t i = begin(); i < end(); ++i) visit(i);
  }

 private:
  int32_t begin() const { return rows_.begin[list_]; }
  int32_t end() const { return rows_.begin[list_ + 1]; }
  int32_t Next(int32_t i) const { return next_[static_cast<size_t>(i - begin())]; }

  const LevelRows& rows_;
  const Arg<absl::string_view>& text_;
  int32_t list_ = -1;
  absl::flat_hash_map<absl::string_view, int32_t> first_;
  std::vector<int32_t> next_;    // by element of the list: the next of the same text, -1 behind the last
  std::vector<int32_t> erring_;  // ascending
};

}  // namespace

void MatchedRows(Frame* frame, const Node& node) {
  const Level& level = frame->program->levels[node.index];
  const LevelRows& origin = frame->levels[level.origin];
  const Arg<int32_t> index = ArgOf<int32_t>(*frame, node, 0);
  const Arg<absl::string_view> wanted = ArgOf<absl::string_view>(*frame, node, 1);
  const Arg<absl::string_view> own = ArgOf<absl::string_view>(*frame, node, 2);
  const int32_t parents = frame->Size(level.parent);
  Texts texts(origin, own);
  std::vector<int32_t> found;
  std::vector<int32_t> begin;
  const auto add = [&](int32_t element) { found.push_back(element); };
  for (int32_t p = 0; p < parents; ++p) {
    begin.push_back(static_cast<int32_t>(found.size()));
    const auto row = static_cast<size_t>(p);
    if (index.error(row) != 0 || index[row] < 0) continue;  // -1: the other side of a joined list
    texts.Read(index[row]);
    wanted.error(row) != 0 ? texts.Each(add) : texts.EachOf(wanted[row], add);
    if (!frame->TakeRows(found.size() - static_cast<size_t>(begin.back()))) return;
  }
  begin.push_back(static_cast<int32_t>(found.size()));
  const NewRows rows = Allocate(frame, parents, found.size());
  std::copy(begin.begin(), begin.end(), rows.begin);
  std::copy(found.begin(), found.end(), rows.source);
  for (int32_t p = 0; p < parents; ++p) std::fill(rows.parent + rows.begin[p], rows.parent + rows.begin[p + 1], p);
  frame->levels[node.index] = {
      static_cast<int32_t>(found.size()), rows.parent, rows.begin, rows.source, nullptr, nullptr, nullptr};
}

}  // namespace assay
