// The rows of levels: selections, segments, pairs, joins of lists, parts of strings.
// Rows of a level are always grouped by parent row, in parent order. Entry point:
// SelectLevel; rows of joined levels are in kernels_lookup.cc.
#include <algorithm>
#include <limits>

#include "exec/kernels.h"
#include "exec/new_rows.h"
#include "exec/reference_columns.h"

namespace assay {
namespace {

void Selection(Frame* frame, const Node& node) {
  const Level& level = frame->program->levels[node.index];
  const LevelRows& origin = frame->levels[level.origin];
  const Arg<uint8_t> mask = ArgOf<uint8_t>(*frame, node, 0);
  const int32_t parents = frame->Size(level.parent);
  if (!frame->TakeRows(static_cast<size_t>(origin.size))) return;
  const NewRows rows = Allocate(frame, parents, static_cast<size_t>(origin.size));
  int32_t count = 0;
  for (int32_t p = 0; p < parents; ++p) {
    rows.begin[p] = count;
    for (int32_t i = origin.begin[p]; i < origin.begin[p + 1]; ++i) {
      rows.parent[count] = p;
      rows.source[count] = i;
      count += mask[i] != 0 && mask.error(i) == 0;
    }
  }
  rows.begin[parents] = count;
  frame->levels[node.index] = {count, rows.parent, rows.begin, rows.source, nullptr, nullptr, nullptr};
}

// The rows that lie in a row of the level above, which may be a dataset's and in two parts.
class Elements {
 public:
  Elements(const Frame& frame, LevelId level) {
    const int source = frame.program->levels[level].source;
    const LevelId above = frame.program->levels[level].parent;
    if (source == kBatchSource || source == frame.source) {
      begins_[kBelow] = frame.levels[level].begin;
      return;
    }
    const ReferenceColumns& reference = *frame.reference;
    const LevelRows& below = reference.parts[kBelow]->levels[level];
    begins_[kBelow] = below.begin;
    if (!reference.is_laid_over(source)) return;
    begins_[kLaidOver] = reference.parts[kLaidOver]->levels[level].begin;
    split_ = reference.parts[kBelow]->levels[above].size;
    first_ = below.size;
  }

  int32_t begin(int32_t row) const { return At(row, 0); }
  int32_t end(int32_t row) const { return At(row, 1); }

 private:
  int32_t At(int32_t row, int32_t more) const {
    return row < split_ ? begins_[kBelow][row + more] : first_ + begins_[kLaidOver][row - split_ + more];
  }

  const int32_t* begins_[2] = {nullptr, nullptr};
  int32_t split_ = std::numeric_limits<int32_t>::max();  // from this row on they are of the second part
  int32_t first_ = 0;                                    // of the elements there
};

void Segments(Frame* frame, const Node& node) {
  const Level& level = frame->program->levels[node.index];
  const Elements elements(*frame, level.origin);
  const Arg<int32_t> index = ArgOf<int32_t>(*frame, node, 0);
  const int32_t parents = frame->Size(level.parent);
  size_t total = 0;
  for (int32_t p = 0; p < parents; ++p) {
    if (index.error(p) == 0 && index[p] >= 0)
      total += static_cast<size_t>(elements.end(index[p]) - elements.begin(index[p]));
  }
  if (!frame->TakeRows(total)) return;
  const NewRows rows = Allocate(frame, parents, total);
  int32_t count = 0;
  for (int32_t p = 0; p < parents; ++p) {
    rows.begin[p] = count;
    if (index.error(p) != 0 || index[p] < 0) continue;  // -1: the other side of a joined list
    const int32_t end = elements.end(index[p]);
    for (int32_t i = elements.begin(index[p]); i < end; ++i, ++count) {
      rows.parent[count] = p;
      rows.source[count] = i;
    }
  }
  rows.begin[parents] = count;
  frame->levels[node.index] = {count, rows.parent, rows.begin, rows.source, nullptr, nullptr, nullptr};
}

void Fixed(Frame* frame, const Node& node) {
  const Level& level = frame->program->levels[node.index];
  const int32_t parents = frame->Size(level.parent);
  const size_t total = static_cast<size_t>(parents) * static_cast<size_t>(level.width);
  if (!frame->TakeRows(total)) return;
  const NewRows rows = Allocate(frame, parents, total);
  for (int32_t p = 0; p <= parents; ++p) rows.begin[p] = p * level.width;
  for (int32_t i = 0; i < parents * level.width; ++i) {
    rows.parent[i] = i / level.width;
    rows.source[i] = i;
  }
  frame->levels[node.index] = {parents * level.width, rows.parent, rows.begin, rows.source, nullptr, nullptr, nullptr};
}

void Zip(Frame* frame, const Node& node) {
  const Level& level = frame->program->levels[node.index];
  const LevelRows& a = frame->levels[level.origin];
  const LevelRows& b = frame->levels[level.second];
  const int32_t parents = frame->Size(level.parent);
  if (!frame->TakeRows(static_cast<size_t>(std::min(a.size, b.size)))) return;
  const NewRows rows = Allocate(frame, parents, static_cast<size_t>(std::min(a.size, b.size)));
  int32_t* second = frame->arena->AllocateSpan<int32_t>(static_cast<size_t>(std::min(a.size, b.size))).data();
  int32_t count = 0;
  for (int32_t p = 0; p < parents; ++p) {
    rows.begin[p] = count;
    const int32_t pairs = std::min(a.begin[p + 1] - a.begin[p], b.begin[p + 1] - b.begin[p]);
    for (int32_t k = 0; k < pairs; ++k, ++count) {
      rows.parent[count] = p;
      rows.source[count] = a.begin[p] + k;
      second[count] = b.begin[p] + k;
    }
  }
  rows.begin[parents] = count;
  frame->levels[node.index] = {count, rows.parent, rows.begin, rows.source, second, nullptr, nullptr};
}

// A row has a place in one of the two sources only; in the other its row is -1, which a gather takes as no value.
void Concat(Frame* frame, const Node& node) {
  const Level& level = frame->program->levels[node.index];
  const LevelRows& a = frame->levels[level.origin];
  const LevelRows& b = frame->levels[level.second];
  const int32_t parents = frame->Size(level.parent);
  const size_t size = static_cast<size_t>(a.size) + static_cast<size_t>(b.size);
  if (!frame->TakeRows(size)) return;
  const NewRows rows = Allocate(frame, parents, size);
  int32_t* second = frame->arena->AllocateSpan<int32_t>(size).data();
  uint8_t* choice = frame->arena->AllocateSpan<uint8_t>(size).data();
  int32_t count = 0;
  for (int32_t p = 0; p < parents; ++p) {
    rows.begin[p] = count;
    for (int32_t i = a.begin[p]; i < a.begin[p + 1]; ++i, ++count) {
      rows.parent[count] = p;
      rows.source[count] = i;
      second[count] = -1;
      choice[count] = 0;
    }
    for (int32_t i = b.begin[p]; i < b.begin[p + 1]; ++i, ++count) {
      rows.parent[count] = p;
      rows.source[count] = -1;
      second[count] = i;
      choice[count] = 1;
    }
  }
  rows.begin[parents] = count;
  frame->levels[node.index] = {count, rows.parent, rows.begin, rows.source, second, choice, nullptr};
}

// The parts of one text, as CEL's split: an empty separator splits into code points; a limit of n > 0 leaves the rest
// in the last part, 0 gives none, a negative one all. Of more than `room` parts the rest is left in one as well.
void SplitOne(absl::string_view text, absl::string_view separator, int64_t limit, size_t room,
              std::vector<absl::string_view>* parts) {
  if (limit == 0) return;
  const size_t most = limit < 0 ? room : std::min(room, static_cast<size_t>(limit));
  const size_t first = parts->size();
  size_t begin = 0;
  while (parts->size() - first + 1 < most) {
    size_t at = text.find(separator, begin);
    size_t next = at + separator.size();
    if (separator.empty()) {
      if (begin >= text.size()) break;
      at = begin + 1;
      while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) ++at;
      if (at == text.size()) break;
      next = at;
    }
    if (at == absl::string_view::npos) break;
    parts->push_back(text.substr(begin, at - begin));
    begin = next;
  }
  if (separator.empty() && text.empty()) return;
  parts->push_back(text.substr(begin));
}

void Split(Frame* frame, const Node& node) {
  const Level& level = frame->program->levels[node.index];
  const Arg<absl::string_view> text = ArgOf<absl::string_view>(*frame, node, 0);
  const Arg<absl::string_view> separator = ArgOf<absl::string_view>(*frame, node, 1);
  const int32_t parents = frame->Size(level.parent);
  std::vector<absl::string_view> parts;
  std::vector<int32_t> begin;
  for (int32_t p = 0; p < parents; ++p) {
    begin.push_back(static_cast<int32_t>(parts.size()));
    if (text.error(p) != 0 || separator.error(p) != 0) continue;
    int64_t limit = -1;
    if (node.arg_count == 3) {
      const Arg<int64_t> limits = ArgOf<int64_t>(*frame, node, 2);
      if (limits.error(p) != 0) continue;
      limit = limits[p];
    }
    const size_t before = parts.size();
    SplitOne(text[p], separator[p], limit, static_cast<size_t>(frame->cost_left) + 1, &parts);
    if (!frame->TakeRows(parts.size() - before)) return;
  }
  begin.push_back(static_cast<int32_t>(parts.size()));
  StoreParts(frame, node, parts, begin);
}

}  // namespace

void StoreParts(Frame* frame, const Node& node, const std::vector<absl::string_view>& parts,
                const std::vector<int32_t>& begin) {
  const auto parents = static_cast<int32_t>(begin.size()) - 1;
  const NewRows rows = Allocate(frame, parents, parts.size());
  absl::string_view* texts = frame->arena->AllocateSpan<absl::string_view>(parts.size()).data();
  std::copy(parts.begin(), parts.end(), texts);
  std::copy(begin.begin(), begin.end(), rows.begin);
  for (int32_t p = 0; p < parents; ++p) {
    for (int32_t i = rows.begin[p]; i < rows.begin[p + 1]; ++i) {
      rows.parent[i] = p;
      rows.source[i] = i;
    }
  }
  frame->levels[node.index] = {
      static_cast<int32_t>(parts.size()), rows.parent, rows.begin, rows.source, nullptr, nullptr, texts};
}

Kernel SelectLevel(const Program& program, const Node& node) {
  if (node.kind != NodeKind::kLevel) return nullptr;
  switch (program.levels[node.index].kind) {
    case LevelKind::kSelection:
      return Selection;
    case LevelKind::kSegments:
      return Segments;
    case LevelKind::kMatched:
      return MatchedRows;
    case LevelKind::kFixed:
      return Fixed;
    case LevelKind::kZip:
      return Zip;
    case LevelKind::kConcat:
      return Concat;
    case LevelKind::kSplit:
      return Split;
    case LevelKind::kExtracted:
      return ExtractedRows;
    default:
      return SelectOrder(program, node);
  }
}

}  // namespace assay
