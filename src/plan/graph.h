// Builds a Program: appends nodes and levels, each once, and moves symbols between
// levels.
//
// Entry points: Graph's node makers and Gather, Lift. It knows levels and columns,
// not expressions; the planner knows those. Owned by one thread.
#ifndef ASSAY_PLAN_GRAPH_H_
#define ASSAY_PLAN_GRAPH_H_

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "ingest/projection.h"
#include "lang/environment.h"
#include "plan/program.h"
#include "plan/symbol.h"
#include "schema/schema.h"

namespace assay {

class Graph {
 public:
  // `batch` is the message of the batch's rows; limits and calendars of `env` are handed on to who runs the program.
  Graph(std::shared_ptr<const Schema> schema, const google::protobuf::Descriptor* batch, const Environment& env);

  // The number of a new dataset source with rows of this message.
  int AddDataset(absl::string_view name, const google::protobuf::Descriptor* message);

  // -- Levels --------------------------------------------------------------------

  LevelId root(int source) const { return roots_[source + 1]; }
  // The level of a repeated field (message, scalar or map) below a level of rows.
  LevelId Repeated(LevelId rows, const std::vector<const google::protobuf::FieldDescriptor*>& path,
                   const google::protobuf::FieldDescriptor* field);
  LevelId Selection(LevelId origin, NodeId mask);
  LevelId Segments(LevelId parent, LevelId origin, NodeId index);
  LevelId Matched(LevelId parent, LevelId origin, NodeId index, NodeId wanted, NodeId own);
  LevelId Joined(LevelId parent, const Lookup& lookup);
  LevelId Fixed(LevelId parent, int width);
  LevelId Zip(LevelId a, LevelId b);
  LevelId Concat(LevelId a, LevelId b);
  LevelId Split(LevelId parent, NodeId text, NodeId separator, NodeId limit);
  LevelId Extracted(LevelId parent, NodeId text, NodeId pattern);
  // By ascending `key`; with kNoNode the last row first.
  LevelId Ordered(LevelId origin, NodeId key);
  LevelId Flattened(LevelId inner);
  LevelId Counted(LevelId parent, NodeId count);

  // The rows of a table, and those that a call finds for each row of `parent`; their errors are those of `build`.
  LevelId TableRows(int table);
  LevelId TableHits(LevelId parent, const TableCall& call);

  // The deeper of two levels of which one is the other's ancestor; -1 if neither is.
  LevelId Deeper(LevelId a, LevelId b) const;
  bool IsAncestor(LevelId ancestor, LevelId level) const;
  const Level& level(LevelId id) const { return program_.levels[id]; }

  // -- Nodes ---------------------------------------------------------------------

  // Appends the node, or finds the equal one. Stage and level follow from the
  // arguments unless `node.level` is already deeper.
  NodeId Add(Node node);
  const Node& node(NodeId id) const { return program_.nodes[id]; }

  NodeId Constant(const ConstantValue& value, DecimalSize size);
  NodeId Bool(bool flag);
  NodeId True() { return Bool(true); }
  NodeId Read(LevelId rows, int slot, Physical type, const FieldInfo& info);
  NodeId Input(LevelId level, Physical type, DecimalSize size, int stage);
  NodeId Call(Op op, Physical type, DecimalSize size, const std::vector<NodeId>& args);
  NodeId Aggregate(assay::Aggregate kind, LevelId elements, NodeId value, Physical type, DecimalSize size);
  // An error where any element has one in `value`; no value.
  NodeId AnyError(LevelId elements, NodeId value);
  // The same in the order of the rows a selection was made of: `mask`, of those, or `value`, of the selected ones.
  NodeId FirstError(LevelId selection, NodeId value, NodeId mask);
  NodeId Count(LevelId elements);
  // The column of a list written out: `values` on the parent of level `elements`, all of one type and size.
  NodeId Turns(LevelId elements, Physical type, DecimalSize size, const std::vector<NodeId>& values);
  // Whether a value is one of `constants`, columns of the constant level of its own type and scale.
  NodeId Member(NodeId value, const std::vector<NodeId>& constants);
  // format() on `level`, of columns of the level or constants.
  NodeId Format(LevelId level, NodeId pattern, const FormatCall& call);
  // The row of a dataset for each row of `level`.
  NodeId LookupRow(LevelId level, const Lookup& lookup);
  // The number of a table of the program.
  int AddTable(const std::shared_ptr<const DecisionTable>& table);
  // The row of the table that counts for each row of `level`, and what an output gives for a row index.
  NodeId TableHit(LevelId level, const TableCall& call);
  NodeId TableAnswer(NodeId row, const assay::TableAnswer& answer, Physical type, DecimalSize size);
  // `a` erring where `b` errs too; either may be kNoNode.
  NodeId Guard(NodeId a, NodeId b);
  // Whether a column holds something; true where that is not a row that may be missing or a value that may be null.
  NodeId Present(NodeId a);
  // An error where `condition` is false.
  NodeId Demand(NodeId condition, DemandError error);
  // Whether any row of the node can be an error.
  bool MayErr(NodeId id) const;
  // `a` at the rows `index` names; `index` lives on `level`. A constant stays one, erring where `index` errs.
  NodeId Gather(NodeId a, NodeId index);
  NodeId AncestorMap(LevelId level, LevelId ancestor);
  NodeId SourceMap(LevelId level);
  NodeId SecondMap(LevelId level);
  NodeId ChoiceMap(LevelId level);
  // A decimal, int or uint column as a decimal of this size.
  NodeId Rescale(NodeId a, DecimalSize size);

  // A column of the source of `rows`.
  Symbol Field(const Symbol& row, const google::protobuf::FieldDescriptor* field, const Type* type);
  NodeId Presence(const Symbol& row, const google::protobuf::FieldDescriptor* field);
  NodeId Text(const Symbol& row, const google::protobuf::FieldDescriptor* field);
  // The number of an enum whose names are asked for.
  int AddEnum(const google::protobuf::EnumDescriptor* type);
  // The slot of a field of a source's own rows.
  int Slot(int source, const google::protobuf::FieldDescriptor* root_field);

  // -- Symbols -------------------------------------------------------------------

  // The symbol at the rows of its level that `index`, a column on `to`, names.
  Symbol Gather(const Symbol& symbol, NodeId index, LevelId to);
  // The symbol of an ancestor, for every row of `to`.
  Symbol Lift(const Symbol& symbol, LevelId to);
  // The list of an ancestor, for every row of `to` its elements of which the text `own` is that row's `wanted`, and
  // those of which that cannot be said.
  Symbol LiftMatching(const Symbol& list, LevelId to, NodeId wanted, NodeId own);

  // All that was planned, with projections built. The graph is spent.
  Program Finish();
  const Program& program() const { return program_; }

  static Physical PhysicalOf(const Type& type);

 private:
  // All that a node says, but its stage, which follows.
  using NodeKey = std::array<int64_t, 11 + kMaxNodeArgs>;
  static NodeKey KeyOf(const Node& node);

  LevelId AddLevel(const Level& level, std::vector<NodeId> args);
  // A list or map at the rows of its level that `index` names, with `elements` of its own for each.
  Symbol ListAt(const Symbol& list, NodeId index, LevelId to, LevelId elements);
  int32_t TurnsIndex(const std::vector<NodeId>& values);
  std::optional<NodeId> RescaledConstant(const Node& value, Physical type, DecimalSize size);
  NodeId LookupGuard(const Lookup& lookup);
  uint8_t StageOf(const TableCall& call) const;
  int TableCallIndex(const TableCall& call);
  ProjectionBuilder& builder(int source) { return *builders_[source + 1]; }

  std::shared_ptr<const Schema> schema_;
  Program program_;
  std::vector<std::unique_ptr<ProjectionBuilder>> builders_;  // batch first
  std::vector<LevelId> roots_;
  absl::flat_hash_map<NodeKey, NodeId> nodes_;
  std::map<std::vector<int64_t>, LevelId> levels_;
  std::map<std::vector<int64_t>, int> value_slots_;  // of repeated scalars: level -> slot
};

}  // namespace assay

#endif  // ASSAY_PLAN_GRAPH_H_
