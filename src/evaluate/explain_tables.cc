// Entry points: TableNodes, ExplainTable.
#include "evaluate/explain_tables.h"

#include <algorithm>
#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "exec/value_text.h"
#include "schema/enum_names.h"
#include "table/near_miss.h"

namespace assay {
namespace {

class TableLookup {
 public:
  TableLookup(const Chunk& chunk, const CompiledRule& rule, NodeId id, int32_t row)
      : chunk_(chunk),
        book_(*chunk.context().book),
        program_(book_.program()),
        node_(program_.nodes[static_cast<size_t>(id)]),
        id_(id),
        call_(*TableCallOf(program_, node_)),
        table_(*program_.tables[static_cast<size_t>(call_.table)]),
        row_(node_.level == book_.level_ids[static_cast<size_t>(rule.level)] ? row : 0),
        source_(*std::find_if(book_.names->tables.begin(), book_.names->tables.end(),
                              [this](const TableSource& source) { return source.function == table_.function; })) {}

  void Fill(v1::TableVerdict* out) const {
    out->set_table(table_.name);
    for (size_t i = 0; i < call_.inputs.size(); ++i) AddInput(i, out);
    const Vector& found = chunk_.column(id_);
    const auto at = static_cast<size_t>(chunk_.is_constant(id_) ? 0 : row_);
    if (found.error(at) == 0) AddRows(found, at, out);
    AddNearest(out);
  }

 private:
  size_t Place(NodeId node) const { return chunk_.is_constant(node) ? 0 : static_cast<size_t>(row_); }

  void AddInput(size_t column, v1::TableVerdict* out) const {
    const NodeId node = call_.inputs[column];
    if (node == kNoNode) return;  // no cell looks at it
    v1::ReadValue* read = out->add_inputs();
    read->set_expression(table_.inputs[column].name);
    const Vector& values = chunk_.column(node);
    const size_t at = Place(node);
    if (const ErrorCode error = values.error(at); error != 0) {
      const auto [en, zh] = chunk_.Origin(error);
      read->set_is_error(true);
      read->set_value(en);
      return read->set_error_zh(zh);
    }
    if (call_.is_masked[column]) return read->set_value("***");
    const google::protobuf::EnumDescriptor* names = table_.inputs[column].type->enum_type;
    if (names != nullptr) {
      return read->set_value(EnumShortName(*names, static_cast<const int64_t*>(values.data)[at]));
    }
    read->set_value(ValueText(values, at, program_.nodes[static_cast<size_t>(node)].scale));
  }

  void AddRow(int32_t row, v1::TableVerdict* out) const {
    if (row == static_cast<int32_t>(table_.row_count())) return out->set_is_default(true);
    out->add_rows(table_.RowName(row));
  }

  void AddRows(const Vector& found, size_t at, v1::TableVerdict* out) const {
    if (node_.kind == NodeKind::kTableHit) return AddRow(static_cast<const int32_t*>(found.data)[at], out);
    const LevelRows& hits = chunk_.level(node_.index);
    for (int32_t i = hits.begin[at]; i < hits.begin[at + 1]; ++i) AddRow(hits.source[i], out);
  }

  // Where each input lies among the pieces of its column, as the index asks.
  std::vector<int32_t> Pieces() const {
    std::vector<int32_t> pieces(table_.index->width(), 0);
    for (size_t column = 0; column < call_.inputs.size(); ++column) {
      const NodeId node = call_.inputs[column];
      if (node == kNoNode) continue;
      table_.finders[column].Find(chunk_.column(node), {Place(node), 1, chunk_.is_constant(node)}, 1, &pieces[column]);
    }
    for (size_t i = 0; i < call_.predicates.size(); ++i) {
      const Vector& tests = chunk_.column(call_.predicates[i]);
      const size_t at = Place(call_.predicates[i]);
      const bool errs = tests.error(at) != 0;
      pieces[call_.inputs.size() + i] = errs ? kNoPiece : static_cast<const uint8_t*>(tests.data)[at];
    }
    return pieces;
  }

  void AddNearest(v1::TableVerdict* out) const {
    const std::vector<int32_t> pieces = Pieces();
    const std::optional<NearMiss> miss = FindNearMiss(table_, pieces.data());
    if (!miss.has_value()) return;
    out->set_nearest(table_.RowName(miss->row));
    for (int32_t column : miss->columns) {
      v1::FailedCell* cell = out->add_failed();
      cell->set_input(table_.inputs[static_cast<size_t>(column)].name);
      cell->set_cell(CellText(miss->row, column));
    }
  }

  std::string CellText(int32_t row, int32_t column) const {
    // The last column of a dated table is its rows' days.
    return column < source_.proto->inputs_size() ? source_.proto->rows(row).cells(column) : source_.DaysText(row);
  }

  const Chunk& chunk_;
  const CompiledRulebook& book_;
  const Program& program_;
  const Node& node_;
  NodeId id_;
  const TableCall& call_;
  const DecisionTable& table_;
  int32_t row_;
  const TableSource& source_;
};

}  // namespace

std::vector<NodeId> TableNodes(const CompiledRulebook& book, const CompiledRule& rule) {
  const Program& program = book.program();
  std::vector<NodeId> nodes;
  if (program.tables.empty()) return nodes;
  for (NodeId id : Needs(program, {rule.when.node, rule.condition.node}, true)) {
    const Node& node = program.nodes[static_cast<size_t>(id)];
    const bool is_placed = node.level == kConstantLevel || node.level == book.level_ids[0] ||
                           node.level == book.level_ids[static_cast<size_t>(rule.level)];
    const TableCall* call = is_placed ? TableCallOf(program, node) : nullptr;
    // Without rows a table is a function.
    if (call != nullptr && program.tables[static_cast<size_t>(call->table)]->row_count() > 0) nodes.push_back(id);
  }
  return nodes;
}

void ExplainTable(const Chunk& chunk, const CompiledRule& rule, NodeId node, int32_t row, v1::RuleVerdict* verdict) {
  TableLookup(chunk, rule, node, row).Fill(verdict->add_tables());
}

}  // namespace assay
