// Turns checked expressions into columns of one graph.
//
// Entry point: Planner::Plan, once for every expression of a rulebook. What a
// name means (a level's row, a parameter, a join) is told by PlanInputs. What
// cannot be a column (a message compared whole, a list of mixed sources) is an
// issue that names the sub-expression.
#ifndef ASSAY_PLAN_PLANNER_H_
#define ASSAY_PLAN_PLANNER_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/issue.h"
#include "lang/ast.h"
#include "lang/environment.h"
#include "plan/graph.h"
#include "plan/plan_inputs.h"

namespace assay {

inline constexpr char kDecimalBesideDyn[] =
    "over rows a decimal meets operands whose types are known alone: without dyn() and mixed lists";

class Planner {
 public:
  // `inputs` outlives the planner.
  explicit Planner(const PlanInputs* inputs);

  // The expression over the rows of a rulebook level. Issues are about `ast.text`.
  std::optional<Symbol> Plan(const Ast& ast, int level, IssueList* issues);

  // The same as one column on the level; lists and rows are issues.
  std::optional<NodeId> PlanColumn(const Ast& ast, int level, IssueList* issues);

  // The same of a part of the tree that reads no element of a list around it.
  std::optional<NodeId> PlanColumnOf(const Ast& ast, const Expr& part, int level, IssueList* issues);

  // The elements of a list expression, with `element` expressions over variable
  // `variable` standing for each: columns on the elements' level. `within`, if any,
  // are elements of another list for each of which there is a list.
  struct Elements {
    LevelId level;
    NodeId guard;
    std::vector<NodeId> columns;
    NodeId row;  // row index column of what the element is, if it is a row
    int variable;
    Symbol element;
  };
  std::optional<Elements> PlanElements(const Ast& list, int variable, const std::vector<const Ast*>& element, int level,
                                       const Elements* within, IssueList* issues);

  // The batch level of a rulebook level.
  LevelId BatchLevel(int level);

  // The input column of a result field on the batch's own rows; kNoNode if nothing reads it.
  NodeId ResultColumn(int virtual_id) const;
  // The node of a run input; kNoNode if nothing reads it.
  NodeId RunInput(int index) const;

  Graph& graph() { return graph_; }

 private:
  // Where an expression stands: the row of each rulebook level above `home`.
  struct Context {
    LevelId home = kConstantLevel;
    const std::vector<Symbol>* arguments = nullptr;
  };
  using Result = std::optional<Symbol>;

  Result PlanPart(const Ast& ast, const Expr& part, int level, IssueList* issues);
  Result Visit(const Expr& expr);
  Result Constant(const Expr& expr);
  Result Ident(const Expr& expr);
  Result Variable(const Expr& expr, int index);
  Result LevelRow(const Expr& expr, int level);
  Result Select(const Expr& expr);
  Result Member(const Expr& expr, const Symbol& found, const Type* type);
  Result Has(const Expr& expr, const Symbol& operand);
  Result Comprehension(const Expr& expr);
  Result Quantifier(const Expr& expr, const Symbol& whole);
  // plan_matches.cc
  Result RangeAt(const Expr& expr, const Symbol& list, LevelId level);
  const Expr* FindEquality(const Expr& loop, const Expr& test, const Symbol& list, LevelId level);
  bool StandsOn(const Expr& expr, LevelId level) const;
  void KeepWhere(const Expr& expr, NodeId mask, bool keys, Symbol* range);
  Result Virtual(const Expr& expr, const Symbol& row, int id);
  Result VirtualAt(const Expr& expr, LevelId rows, int id);
  Result Join(const Expr& expr, LevelId rows, const JoinMeaning& join);
  NodeId LookupColumn(const Ast& ast, LevelId rows);
  bool LookupColumns(const JoinMeaning& join, LevelId rows, Lookup* lookup);
  Symbol DatasetRow(const JoinMeaning& join) const;
  bool KeyColumns(const JoinMeaning& join, Lookup* lookup);
  Result JoinedWhere(const JoinMeaning& join, const Symbol& row, Symbol list);
  NodeId KnownBounds(const JoinMeaning& join);

  // plan_tables.cc
  Result CallTable(const Expr& expr);
  bool MakeTableCall(const Expr& expr, const DecisionTable& table, const std::vector<Symbol>& arguments,
                     TableCall* call);
  Result WithArguments(const Ast& ast, const std::vector<Symbol>& arguments);
  Result Answer(const Expr& expr, const Symbol& row);
  Result AnswerOf(const Expr& expr, const Symbol& row, int output);
  Result ListOfAnswers(const Expr& expr, const DecisionTable& table, const TableCall& call, Symbol row);
  Result ChooseRow(const Expr& expr, NodeId test, const Symbol& yes, const Symbol& no);

  // plan_calls.cc
  Result Call(const Expr& expr);
  Result CallOnOneLevel(const Expr& expr, std::vector<Symbol> args);
  Result ListCall(const Expr& expr, std::vector<Symbol> args);
  // `yes` or `no`, as values of the type.
  Result Choose(const Expr& expr, const Type* type, NodeId test, Symbol yes, Symbol no);
  Result ChooseList(const Expr& expr, const Type* type, NodeId test, const Symbol& yes, const Symbol& no);
  Result Index(const Expr& expr, Symbol container, Symbol index);
  // Whether a plain value is one of constants written out; kNoNode where it is not as plain as that.
  NodeId MemberOfConstants(const Symbol& member, const Symbol& list);
  Result In(const Expr& expr, const Symbol& member, const Symbol& container);
  Result AggregateCall(const Expr& expr, const std::vector<Symbol>& args);
  Result Equal(const Expr& expr, const Symbol& a, const Symbol& b);
  Result EqualLists(const Expr& expr, const Symbol& a, const Symbol& b);
  Result EqualPlain(const Expr& expr, const Symbol& a, const Symbol& b);
  Result EqualMaps(const Expr& expr, const Symbol& a, const Symbol& b);
  Result EqualNullable(const Expr& expr, const Symbol& a, const Symbol& b);
  Result EntryOf(const Expr& expr, const Symbol& map, const Symbol& key);

  // plan_optionals.cc
  Result Optional(const Expr& expr, NodeId present, const Symbol& element);
  Result ScaledOptional(const Expr& expr, NodeId present, const Symbol& element);
  Result OptionalCall(const Expr& expr, const std::vector<Symbol>& args);
  Result OptionalMember(const Expr& expr, const Symbol& operand);
  Result OptionalIndex(const Expr& expr, const Symbol& container, const Symbol& index);
  Result OptionalMap(const Expr& expr, const Symbol& operand);
  Result OptionalEntries(const Expr& expr, std::vector<Symbol> parts);
  Result PresentValue(const Expr& expr, const Symbol& part);
  Result Unwrap(const Expr& expr, const Symbol& list);
  Result ValueOf(const Expr& expr, const Symbol& optional);
  NodeId NonZero(const Symbol& value);
  Result EqualOptionals(const Expr& expr, const Symbol& a, const Symbol& b);
  NodeId ChooseBool(NodeId test, NodeId yes, NodeId no);
  // A column that errs where the symbol is an error; kNoNode if it never is.
  static NodeId ErrorOf(const Symbol& symbol);
  Symbol Guarded(Symbol symbol, NodeId guard);

  // plan_functions.cc
  Result ExtremeNumber(const Expr& expr, const std::vector<Symbol>& args);

  // plan_lists.cc
  Symbol OnLevel(const Symbol& list, LevelId elements);
  Result SortedBy(const Expr& expr, const Symbol& list, const Symbol& key);
  Result Distinct(const Expr& expr, const Symbol& list);
  Result Slice(const Expr& expr, const Symbol& list, const Symbol& begin, const Symbol& end);
  Result Flatten(const Expr& expr, Symbol list);
  Result Range(const Expr& expr, const Symbol& count);
  Result ListFunction(const Expr& expr, const std::vector<Symbol>& args);
  Result HeldIn(const Expr& expr, const Symbol& whole, const Symbol& part, assay::Aggregate kind);
  Result SetsCall(const Expr& expr, const Symbol& a, const Symbol& b);
  Result PartsOfText(const Expr& expr, const std::vector<Symbol>& args);
  NodeId Found(NodeId text, NodeId pattern);
  Result Extract(const Expr& expr, const std::vector<Symbol>& args);

  // plan_literals.cc
  Result ListLiteral(const Expr& expr);
  LevelId LevelOf(const std::vector<Symbol>& parts) const;
  Result ListOf(const Expr& expr, const Type* element_type, const std::vector<Symbol>& parts, LevelId level);
  Result TurnsOf(const Expr& expr, const Type* type, const std::vector<Symbol>& parts, LevelId level, LevelId elements);
  Result TurnsOfRanges(const Expr& expr, const Type* type, const std::vector<Symbol>& parts, LevelId level,
                       LevelId elements);
  Result MapLiteral(const Expr& expr);
  Result MapOf(const Expr& expr, const std::vector<Symbol>& parts, const std::vector<size_t>& order, bool written_out);
  Result Keyed(const Expr& expr, const Symbol& map);
  Result EntriesOf(const Expr& expr, const Symbol& maps);

  // plan_joined.cc
  Result Concat(const Expr& expr, const Type* type, const Symbol& a, const Symbol& b);
  Result Either(const Expr& expr, const Type* type, const Symbol& left, const Symbol& right, LevelId joined);
  Result EitherPlain(const Expr& expr, const Type* type, const Symbol& left, const Symbol& right, LevelId joined);
  Result EitherRow(const Expr& expr, const Symbol& left, const Symbol& right, LevelId joined);
  Result EitherRange(const Expr& expr, const Type* type, const Symbol& left, const Symbol& right, LevelId joined);

  // plan_format.cc
  Result Format(const Expr& expr);
  Result Shown(const Expr& expr, Symbol value);
  Result ShownList(const Expr& expr, const Symbol& list);
  Result ShownMap(const Expr& expr, const Symbol& map);
  NodeId Joined(const Symbol& list, const Symbol& element);
  NodeId Formatted(NodeId pattern, const std::vector<Symbol>& values, LevelId level);

  // plan_scalars.cc
  Result ScalarCall(const Expr& expr, std::vector<Symbol> args);
  Result NoOverload(const Expr& expr, const std::vector<Symbol>& args);
  std::vector<NodeId> FaultOf(const std::vector<Symbol>& args);
  Result TypeOf(const Expr& expr, const Symbol& value);
  Result CallOfNever(const Expr& expr, const std::vector<Symbol>& args);
  std::vector<NodeId> Operands(Op op, const std::vector<Symbol>& args, DecimalSize size);
  static bool HasConstant(const Expr& expr);
  static bool SaidDyn(const Expr& expr, const std::vector<Symbol>& args);
  const Overload* OverloadOf(const Expr& expr, const std::vector<Symbol>& args) const;
  const std::string* NoCalendar(NodeId name) const;
  static DecimalSize SizeOf(const Type& type);
  static bool IsNever(const Symbol& symbol);
  NodeId Never(const std::vector<NodeId>& nodes, const Type& type);
  const Type* OneType(const Type* type, const std::vector<Symbol>& parts);
  NodeId Align(const Symbol& symbol, const Type& type);
  void AlignToCompare(DecimalSize a, DecimalSize b, std::vector<NodeId>* nodes);
  Result Scalar(const Expr& expr, NodeId node);
  Result Bool(const Expr& expr, NodeId node);
  NodeId Lifted(const Symbol& scalar, LevelId level);
  NodeId Int(int64_t value);
  // The places of a list's elements, from 0.
  NodeId Position(LevelId elements);
  NodeId Not(NodeId node);
  NodeId And(NodeId a, NodeId b);

  LevelId FreeLevel(const Expr& expr) const;
  LevelId VariableLevel(int index) const;
  bool ToOneLevel(const Expr& expr, std::vector<Symbol>* symbols);
  NodeId ErrorGuard(const Symbol& element, LevelId elements);
  Result Fail(const Expr& expr, std::string message);
  Result FailOnTypes(const Expr& expr);

  const PlanInputs* inputs_;
  Graph graph_;
  Context context_;
  std::map<LevelId, int> level_numbers_;  // plan level of rows -> rulebook level
  std::vector<LevelId> batch_levels_;     // rulebook level -> plan level of the batch, -1 until used
  std::map<std::pair<const Expr*, int>, Symbol> locals_;
  std::map<std::pair<int, LevelId>, Symbol> virtuals_;
  std::map<int, NodeId> results_;
  std::map<int, NodeId> run_inputs_;
  std::vector<std::pair<int, LevelId>> open_;  // virtual fields being planned
  const Ast* ast_ = nullptr;
  IssueList* issues_ = nullptr;
};

}  // namespace assay

#endif  // ASSAY_PLAN_PLANNER_H_
