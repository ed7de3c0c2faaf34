// Decision tables: the row that counts, the rows that all count, and what rows give. Entry point: SelectTable.
// Rows are looked up a block at a time: first where each value lies, column by column, then row by row by the index.
#include <algorithm>
#include <string>

#include "absl/container/inlined_vector.h"
#include "absl/strings/str_cat.h"
#include "exec/kernels.h"
#include "exec/text_writer.h"
#include "exec/value_text.h"

namespace assay {
namespace {

constexpr int32_t kBlock = 1024;

// A call with its columns at hand.
class Asking {
 public:
  Asking(Frame* frame, const Node& node, int call)
      : frame_(*frame),
        node_(node),
        call_(frame->program->table_calls[static_cast<size_t>(call)]),
        table_(*frame->program->tables[static_cast<size_t>(call_.table)]),
        width_(table_.index->width()),
        pieces_(frame->arena->AllocateSpan<int32_t>(kBlock * std::max<size_t>(width_, 1)).data()) {}

  const DecisionTable& table() const { return table_; }

  // Calls found(row, pieces) for every row of the level that is asked.
  template <typename OnRow>
  void ForRows(int32_t rows, const OnRow& on_row) {
    for (int32_t first = 0; first < rows; first += kBlock) {
      const int32_t count = std::min(kBlock, rows - first);
      Fill(first, count);
      for (int32_t i = 0; i < count; ++i) on_row(first + i, pieces_ + static_cast<size_t>(i) * width_);
    }
  }

  // Why a position of the table cannot be decided for a row.
  ErrorCode ErrorOf(int32_t position, const int32_t* pieces, int32_t row) const {
    const auto column = static_cast<size_t>(table_.index->ErringColumn(position, pieces));
    const size_t inputs = call_.inputs.size();
    const NodeId node = column < inputs ? call_.inputs[column] : call_.predicates[column - inputs];
    return ColumnOf(frame_, node).error(IsConstant(node) ? 0 : static_cast<size_t>(row));
  }

  ErrorCode Fail(ErrorKind kind, int32_t row, const std::string& rows) {
    const std::string text = absl::StrCat(table_.function, "(", Values(row), ")", rows);
    return frame_.Fail(kind, node_, row, frame_.arena->CopyString(text));
  }

  std::string RowsText(int32_t a, int32_t b) const {
    return absl::StrCat(" rows ", table_.RowName(table_.order[static_cast<size_t>(a)]), " and ",
                        table_.RowName(table_.order[static_cast<size_t>(b)]));
  }

 private:
  bool IsConstant(NodeId node) const {
    return frame_.program->nodes[static_cast<size_t>(node)].level == kConstantLevel;
  }

  void Fill(int32_t first, int32_t count) {
    const auto rows = static_cast<size_t>(count);
    const auto from = static_cast<size_t>(first);
    for (size_t column = 0; column < call_.inputs.size(); ++column) {
      const NodeId node = call_.inputs[column];
      if (node == kNoNode) continue;
      table_.finders[column].Find(ColumnOf(frame_, node), {from, rows, IsConstant(node)}, width_, pieces_ + column);
    }
    for (size_t i = 0; i < call_.predicates.size(); ++i) {
      const NodeId node = call_.predicates[i];
      const Vector& tests = ColumnOf(frame_, node);
      int32_t* out = pieces_ + call_.inputs.size() + i;
      for (size_t row = 0; row < rows; ++row, out += width_) {
        const size_t at = IsConstant(node) ? 0 : from + row;
        *out = tests.error(at) != 0 ? kNoPiece : static_cast<const uint8_t*>(tests.data)[at];
      }
    }
  }

  // What was asked; '-' for an input that no cell looks at.
  std::string Values(int32_t row) const {
    std::string text;
    for (size_t column = 0; column < call_.inputs.size(); ++column) {
      if (column != 0) text += ", ";
      const NodeId node = call_.inputs[column];
      if (node == kNoNode || call_.is_masked[column]) {
        text += node == kNoNode ? "-" : "***";
        continue;
      }
      const Vector& values = ColumnOf(frame_, node);
      const size_t at = IsConstant(node) ? 0 : static_cast<size_t>(row);
      const std::string value = ValueText(values, at, frame_.program->nodes[static_cast<size_t>(node)].scale);
      absl::StrAppend(&text, values.type == Physical::kString ? "'" : "", value,
                      values.type == Physical::kString ? "'" : "");
    }
    return text;
  }

  Frame& frame_;
  const Node& node_;
  const TableCall& call_;
  const DecisionTable& table_;
  size_t width_;
  int32_t* pieces_;
};

// The row of FIRST and PRIORITY, whose rows stand in the order they count.
struct FirstHit {
  static ErrorCode Find(Frame*, Asking* asking, const int32_t* pieces, int32_t row, int32_t* position) {
    const TableIndex::Found found = asking->table().index->First(pieces);
    *position = found.position;
    return found.verdict == RowVerdict::kErrs ? asking->ErrorOf(found.position, pieces, row) : 0;
  }
};

// The row of UNIQUE and ANY, which look at all.
struct OnlyHit {
  static ErrorCode Find(Frame* frame, Asking* asking, const int32_t* pieces, int32_t row, int32_t* position) {
    const DecisionTable& table = asking->table();
    table.index->All(pieces, &frame->found);
    *position = frame->found.empty() ? -1 : frame->found[0].position;
    for (const TableIndex::Found& found : frame->found) {
      if (found.verdict == RowVerdict::kErrs) return asking->ErrorOf(found.position, pieces, row);
    }
    if (frame->found.size() < 2) return 0;
    if (table.policy == HitPolicy::kUnique) {
      return asking->Fail(ErrorKind::kManyHits, row, asking->RowsText(*position, frame->found[1].position));
    }
    for (const TableIndex::Found& found : frame->found) {
      if (AnswerOf(table, found.position) == AnswerOf(table, *position)) continue;
      return asking->Fail(ErrorKind::kUnlikeHits, row, asking->RowsText(*position, found.position));
    }
    return 0;
  }

  static int32_t AnswerOf(const DecisionTable& table, int32_t position) {
    return table.answers[static_cast<size_t>(table.order[static_cast<size_t>(position)])];
  }
};

template <typename Policy>
void TableHit(Frame* frame, const Node& node) {
  Asking asking(frame, node, node.index);
  const DecisionTable& table = asking.table();
  Out<int32_t> out = NewOut<int32_t>(frame, node);
  const auto default_row = static_cast<int32_t>(table.row_count());
  asking.ForRows(static_cast<int32_t>(out.size), [&](int32_t row, const int32_t* pieces) {
    int32_t position = -1;
    ErrorCode error = Policy::Find(frame, &asking, pieces, row, &position);
    if (error == 0 && position < 0 && !table.has_default) error = asking.Fail(ErrorKind::kNoHit, row, "");
    const auto at = static_cast<size_t>(row);
    out.data[at] = error != 0 || position < 0 ? default_row : table.order[static_cast<size_t>(position)];
    if (error == 0) return;
    if (out.errors == nullptr) out.errors = NewErrors(frame, out.size);
    out.errors[at] = error;
  });
  Store(frame, node, out);
}

// The rows of a level of hits; the node itself, a bool of each parent row, errs where the table does.
void TableHits(Frame* frame, const Node& node) {
  const Level& level = frame->program->levels[static_cast<size_t>(node.index)];
  Asking asking(frame, node, level.lookup);
  const DecisionTable& table = asking.table();
  const int32_t parents = frame->Size(level.parent);
  const auto size = static_cast<size_t>(parents);
  Out<uint8_t> out = {frame->arena->AllocateSpan<uint8_t>(size).data(), nullptr, size};
  std::fill_n(out.data, size, uint8_t{1});
  int32_t* begin = frame->arena->AllocateSpan<int32_t>(size + 1).data();
  frame->hits.clear();
  asking.ForRows(parents, [&](int32_t row, const int32_t* pieces) {
    begin[row] = static_cast<int32_t>(frame->hits.size());
    if (frame->is_over_budget) return;
    table.index->All(pieces, &frame->found);
    if (!frame->TakeRows(frame->found.size())) return;
    const auto erring = std::find_if(frame->found.begin(), frame->found.end(),
                                     [](const TableIndex::Found& f) { return f.verdict == RowVerdict::kErrs; });
    ErrorCode error = 0;
    if (erring != frame->found.end()) {
      error = asking.ErrorOf(erring->position, pieces, row);
    } else if (frame->found.empty() && table.has_default) {
      frame->hits.push_back(static_cast<int32_t>(table.row_count()));
    } else if (frame->found.empty() && table.needs_hit) {
      error = asking.Fail(ErrorKind::kNoHit, row, "");
    } else {
      for (const TableIndex::Found& found : frame->found)
        frame->hits.push_back(table.order[static_cast<size_t>(found.position)]);
    }
    if (error == 0) return;
    if (out.errors == nullptr) out.errors = NewErrors(frame, size);
    out.errors[row] = error;
  });
  if (frame->is_over_budget) return;
  const auto count = static_cast<int32_t>(frame->hits.size());
  begin[parents] = count;
  int32_t* source = frame->arena->AllocateSpan<int32_t>(frame->hits.size()).data();
  int32_t* parent = frame->arena->AllocateSpan<int32_t>(frame->hits.size()).data();
  std::copy(frame->hits.begin(), frame->hits.end(), source);
  for (int32_t row = 0; row < parents; ++row) std::fill(parent + begin[row], parent + begin[row + 1], row);
  frame->levels[static_cast<size_t>(node.index)] = {count, parent, begin, source, nullptr, nullptr, nullptr};
  Store(frame, node, out);
}

template <typename T>
void Answer(Frame* frame, const Node& node) {
  const TableAnswer& answer = frame->program->table_answers[static_cast<size_t>(node.index)];
  const DecisionTable& table = *frame->program->tables[static_cast<size_t>(answer.table)];
  const OutputColumn& column = table.outputs[static_cast<size_t>(answer.output)];
  const Arg<int32_t> rows = ArgOf<int32_t>(*frame, node, 0);
  const T* constants = static_cast<const T*>(column.values().data);
  Out<T> out = NewOut<T>(frame, node);
  absl::InlinedVector<Arg<T>, 8> expressions;
  for (NodeId expression : answer.expressions) expressions.push_back(ArgOfNode<T>(*frame, expression));
  for (size_t i = 0; i < out.size; ++i) {
    // -1 is no row: the other side of a joined list, never chosen.
    const int32_t row = rows[i];
    const bool computed = row >= 0 && !column.expression_of().empty() && column.expression_of()[row] >= 0;
    out.data[i] = row < 0 ? T() : constants[row];
    if (!computed || rows.error(i) != 0) continue;
    const Arg<T>& expression = expressions[static_cast<size_t>(column.expression_of()[row])];
    out.data[i] = expression[i];
    if (expression.error(i) == 0) continue;
    if (out.errors == nullptr) out.errors = NewErrors(frame, out.size);
    if (out.shares_errors) out.errors = CopyErrors(frame, out.errors, out.size);
    out.shares_errors = false;
    out.errors[i] = expression.error(i);
  }
  Store(frame, node, out);
}

Kernel SelectAnswer(Physical type) {
  switch (PhysicalSize(type)) {
    case 1:
      return Answer<uint8_t>;
    case 4:
      return Answer<int32_t>;
    case 8:
      return Answer<int64_t>;
    default:
      return Answer<SixteenBytes>;
  }
}

}  // namespace

Kernel SelectTable(const Program& program, const Node& node) {
  if (node.kind == NodeKind::kTableAnswer) return SelectAnswer(node.type);
  if (node.kind == NodeKind::kLevel) {
    return program.levels[static_cast<size_t>(node.index)].kind == LevelKind::kTableHits ? TableHits : nullptr;
  }
  if (node.kind != NodeKind::kTableHit) return nullptr;
  const TableCall& call = program.table_calls[static_cast<size_t>(node.index)];
  const HitPolicy policy = program.tables[static_cast<size_t>(call.table)]->policy;
  return policy == HitPolicy::kFirst || policy == HitPolicy::kPriority ? TableHit<FirstHit> : TableHit<OnlyHit>;
}

}  // namespace assay
