// Literals and variables as columns. Entry points are the methods of ColumnRun.
#include "tests/conformance/column_run.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/arena.h"
#include "base/status_macros.h"
#include "evaluate/result_values.h"
#include "exec/executable.h"
#include "ingest/wire_decoder.h"
#include "interp/evaluator.h"

namespace assay {
namespace {

class RowActivation : public EmptyActivation {
 public:
  RowActivation(const Schema* schema, const std::vector<std::vector<Value>>* values, size_t row)
      : EmptyActivation(schema), values_(values), row_(row) {}
  Value Variable(int index) const override { return (*values_)[static_cast<size_t>(index)][row_]; }

 private:
  const std::vector<std::vector<Value>>* values_;
  size_t row_;
};

// Values that stand beside a literal in other rows: edges, and things like it.
std::vector<Value> Others(TypeKind kind) {
  switch (kind) {
    case TypeKind::kBool:
      return {Value::Bool(true), Value::Bool(false)};
    case TypeKind::kInt:
      return {Value::Int(0), Value::Int(1),  Value::Int(-1),        Value::Int(2),
              Value::Int(3), Value::Int(63), Value::Int(INT64_MAX), Value::Int(INT64_MIN)};
    case TypeKind::kUint:
      return {Value::Uint(0), Value::Uint(1), Value::Uint(2), Value::Uint(64), Value::Uint(UINT64_MAX)};
    case TypeKind::kDouble:
      return {Value::Double(0), Value::Double(-0.5), Value::Double(1), Value::Double(2.5), Value::Double(1e300)};
    case TypeKind::kString:
      return {Value::String(""),  Value::String("a"),    Value::String("ab"),  Value::String("A b,c"),
              Value::String("1"), Value::String("é😀x"), Value::String("true")};
    default:
      return {Value::Bytes(""), Value::Bytes("a"), Value::Bytes("ab"), Value::Bytes("\xff")};
  }
}

bool IsOutlined(TypeKind kind) {
  return kind == TypeKind::kBool || kind == TypeKind::kInt || kind == TypeKind::kUint || kind == TypeKind::kDouble ||
         kind == TypeKind::kString || kind == TypeKind::kBytes;
}

Value LiteralValue(const Expr& expr, const Schema* schema) {
  return Evaluate(expr, EmptyActivation(schema), EvaluateOptions());
}

template <typename T, typename F>
Vector Filled(Physical type, const std::vector<Value>& values, Arena* arena, F get) {
  T* data = arena->AllocateSpan<T>(values.size()).data();
  for (size_t i = 0; i < values.size(); ++i) data[i] = get(values[i]);
  return {type, data, nullptr, values.size()};
}

// Nothing for a type that has no column of its own here.
absl::StatusOr<Vector> ColumnFrom(const Type& type, const std::vector<Value>& values, Arena* arena) {
  switch (type.kind) {
    case TypeKind::kBool:
      return Filled<uint8_t>(Physical::kBool, values, arena, [](const Value& v) { return v.as_bool() ? 1 : 0; });
    case TypeKind::kInt:
      return Filled<int64_t>(Physical::kInt64, values, arena, [](const Value& v) { return v.as_int(); });
    case TypeKind::kUint:
      return Filled<uint64_t>(Physical::kUint64, values, arena, [](const Value& v) { return v.as_uint(); });
    case TypeKind::kDouble:
      return Filled<double>(Physical::kDouble, values, arena, [](const Value& v) { return v.as_double(); });
    case TypeKind::kString:
      return Filled<absl::string_view>(Physical::kString, values, arena, [](const Value& v) { return v.as_string(); });
    case TypeKind::kBytes:
      return Filled<absl::string_view>(Physical::kString, values, arena, [](const Value& v) { return v.as_bytes(); });
    case TypeKind::kTimestamp:
      return Filled<Timestamp>(Physical::kTimestamp, values, arena, [](const Value& v) { return v.as_timestamp(); });
    case TypeKind::kDuration:
      return Filled<Duration>(Physical::kDuration, values, arena, [](const Value& v) { return v.as_duration(); });
    default:
      return absl::InvalidArgumentError(absl::StrCat("a variable that is a ", TypeName(type)));
  }
}

}  // namespace

ColumnRun::ColumnRun(const Environment& env, std::shared_ptr<const Schema> schema, std::vector<SuiteVariable> variables,
                     Ast ast, bool outlined)
    : schema_(std::move(schema)), ast_(std::move(ast)) {
  inputs_.env = env;
  inputs_.schema = schema_;
  inputs_.input = *schema_->FindMessage("google.protobuf.Empty");
  for (const SuiteVariable& variable : variables) AddVariable(variable);
  given_ = inputs_.variables.size();
  inputs_.levels = {env.types->Message(inputs_.input)};
  if (outlined) Outline(ast_.root);
}

void ColumnRun::AddVariable(const SuiteVariable& variable) {
  VariableMeaning meaning;
  if (variable.type->is(TypeKind::kRow) && variable.value.is(ValueKind::kRow) && message_.is(ValueKind::kNull)) {
    message_ = variable.value;
    inputs_.input = variable.value.as_row().message->GetDescriptor();
  } else {
    meaning.kind = VariableMeaning::Kind::kVirtual;
    meaning.index = static_cast<int>(inputs_.virtuals.size());
    VirtualMeaning column;
    column.kind = VirtualMeaning::Kind::kResult;
    column.name = variable.name;
    column.type = variable.type;
    inputs_.virtuals.push_back(column);
  }
  inputs_.variables.push_back(meaning);
  values_.emplace_back(kRows, variable.value);
}

void ColumnRun::AddLiteral(Expr* expr) {
  const size_t index = inputs_.variables.size();
  AddVariable({absl::StrCat("@literal", index), expr->type, LiteralValue(*expr, schema_.get())});
  const std::vector<Value> others = Others(expr->type->kind);
  for (size_t row = 1; row < kRows; ++row) values_[index][row] = others[(row * (index + 1) + row / 7) % others.size()];
  expr->kind = ExprKind::kIdent;
  expr->name = inputs_.virtuals.back().name;
  expr->ref.kind = Reference::Kind::kVariable;
  expr->ref.index = static_cast<int>(index);
}

void ColumnRun::Outline(Expr* expr) {
  if (expr->kind == ExprKind::kConstant && IsOutlined(expr->constant.kind) && expr->type->is(expr->constant.kind)) {
    AddLiteral(expr);
    return;
  }
  const bool is_format = expr->kind == ExprKind::kCall && expr->name == "format";
  if (expr->operand != nullptr && !is_format) Outline(expr->operand);
  for (size_t i = 0; i < expr->args.size(); ++i) {
    const bool is_key = expr->kind == ExprKind::kMap && i % 2 == 0;
    if (!is_key) Outline(expr->args[i]);
  }
}

absl::Status ColumnRun::HandIn(const Program& program, const Planner& planner, Arena* arena, Frame* frame) const {
  for (size_t i = 0; i < inputs_.variables.size(); ++i) {
    if (inputs_.variables[i].kind != VariableMeaning::Kind::kVirtual) continue;
    const int id = inputs_.variables[i].index;
    const NodeId node = planner.ResultColumn(id);
    if (node == kNoNode) continue;  // nothing reads it
    const VirtualMeaning& column = inputs_.virtuals[static_cast<size_t>(id)];
    ASSIGN_OR_RETURN(frame->inputs[static_cast<size_t>(program.nodes[static_cast<size_t>(node)].index)],
                     ColumnFrom(*column.type, values_[i], arena));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<Value>> ColumnRun::RunColumns() {
  Planner planner(&inputs_);
  IssueList issues;
  const std::optional<ResultColumns> results = ResultColumns::Plan(&planner, ast_, 0, &issues);
  if (!results.has_value()) {
    return absl::InvalidArgumentError(issues.issues().empty() ? "no form over rows" : issues.issues()[0].message);
  }
  std::vector<NodeId> roots;
  results->AddRoots(&roots);
  ASSIGN_OR_RETURN(const auto executable, Executable::Create(planner.graph().Finish()));
  const Program& program = executable->program();
  ColumnSet batch = program.batch.projection->NewColumns();
  const std::string row = message_.is(ValueKind::kRow) ? message_.as_row().message->SerializePartialAsString() : "";
  const std::vector<absl::string_view> rows(kRows, row);
  RETURN_IF_ERROR(WireDecoder(program.batch.projection).Decode(rows, Limits(), &batch));
  Arena arena(1 << 16);
  Frame frame;
  BeginRun(*executable, &batch, nullptr, &arena, &batch.errors(), &frame);
  RETURN_IF_ERROR(HandIn(program, planner, &arena, &frame));
  Run(&frame, Needs(program, roots, true));
  return ReadResults(frame, *results);
}

std::vector<Value> ColumnRun::RunPlain() const {
  std::vector<Value> results;
  for (size_t row = 0; row < kRows; ++row) {
    const RowActivation activation(schema_.get(), &values_, row);
    results.push_back(Evaluate(*ast_.root, activation, EvaluateOptions()));
  }
  return results;
}

}  // namespace assay
