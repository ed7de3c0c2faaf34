// Entry points: the methods of TableRows. The activation asks names of the rulebook as their meanings say.
#include "tests/exec/table_rows.h"

#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "base/arena.h"
#include "evaluate/result_values.h"
#include "exec/executable.h"
#include "ingest/wire_decoder.h"
#include "interp/evaluator.h"
#include "interp/table_evaluator.h"
#include "rulebook/loader.h"
#include "tests/exec/expression_rows.h"
#include "tests/exec/sample_schema.h"

namespace assay {
namespace {

constexpr char kHead[] = R"(
name: test.tables
version: "1"
time_zone: Asia/Shanghai
input: {name: sample, type: assay.sample.Sample}
levels: [{name: item, of: sample.items}]
)";

class RowActivation : public EmptyActivation {
 public:
  RowActivation(const Names& names, Value sample, Value item)
      : EmptyActivation(names.inputs.schema.get()), names_(names), rows_{std::move(sample), std::move(item)} {}

  Value Variable(int index) const override {
    const VariableMeaning& meaning = names_.inputs.variables[static_cast<size_t>(index)];
    switch (meaning.kind) {
      case VariableMeaning::Kind::kLevelRow:
        return rows_[meaning.index];
      case VariableMeaning::Kind::kExpression:
        return Evaluate(*meaning.ast->root, *this, EvaluateOptions());
      case VariableMeaning::Kind::kVirtual:
        return VirtualField(rows_[0], meaning.index);
      default:
        return EmptyActivation::Variable(index);
    }
  }
  Value VirtualField(const Value& row, int id) const override {
    const bool is_item = row.is(ValueKind::kRow) && row.as_row().type == names_.levels[1];
    const RowActivation there(names_, rows_[0], is_item ? row : rows_[1]);
    return Evaluate(*names_.inputs.virtuals[static_cast<size_t>(id)].ast->root, there, EvaluateOptions());
  }
  Value HostFunction(int index, absl::Span<const Value> args) const override {
    return EvaluateTable(*names_.inputs.tables[static_cast<size_t>(index)], args, *this, EvaluateOptions());
  }

 private:
  const Names& names_;
  Value rows_[2];
};

}  // namespace

std::unique_ptr<TableRows> TableRows::Create(const std::string& text, std::string* problem) {
  auto rows = std::make_unique<TableRows>();
  rows->schema_ = SampleSchema();
  IssueList issues;
  std::optional<LoadedRulebook> loaded = LoadRulebookText("tables.yaml", absl::StrCat(kHead, text), &issues);
  if (loaded.has_value()) rows->names_ = LinkNames(*loaded, rows->schema_, &issues);
  if (rows->names_ != nullptr) return rows;
  problem->clear();
  for (const Issue& issue : issues.issues()) absl::StrAppend(problem, FormatLine(issue), "\n");
  return nullptr;
}

void TableRows::SetRows(std::vector<std::unique_ptr<google::protobuf::Message>> rows) {
  rows_ = std::move(rows);
  bytes_.clear();
  for (const auto& row : rows_) bytes_.push_back(row->SerializeAsString());
}

void TableRows::SetRow(const std::string& json) {
  std::vector<std::unique_ptr<google::protobuf::Message>> rows;
  rows.emplace_back(schema_->Prototype(*message()).New());
  ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(json, rows.back().get()).ok()) << json;
  SetRows(std::move(rows));
}

const Ast* TableRows::Compiled(const std::string& expression, std::string* problem) {
  IssueList issues;
  const Ast* ast =
      CompileExpression({"expression", &expression, nullptr}, names_->inputs.env, sources_, names_.get(), &issues);
  if (ast == nullptr) *problem = Format(issues);
  return ast;
}

std::vector<Value> TableRows::ColumnValues(const std::string& expression, int level, std::string* problem) {
  const Ast* ast = Compiled(expression, problem);
  if (ast == nullptr) return {};
  Planner planner(&names_->inputs);
  IssueList issues;
  const std::optional<ResultColumns> columns = ResultColumns::Plan(&planner, *ast, level, &issues);
  if (!columns.has_value()) {
    *problem = Format(issues);
    return {};
  }
  std::vector<NodeId> roots;
  columns->AddRoots(&roots);
  const auto executable = Executable::Create(planner.graph().Finish());
  if (!executable.ok()) {
    *problem = std::string(executable.status().message());
    return {};
  }
  const Program& program = (*executable)->program();
  ColumnSet batch = program.batch.projection->NewColumns();
  const std::vector<absl::string_view> rows(bytes_.begin(), bytes_.end());
  EXPECT_TRUE(WireDecoder(program.batch.projection).Decode(rows, Limits(), &batch).ok());
  Arena arena(1 << 16);
  Frame frame;
  BeginRun(**executable, &batch, nullptr, &arena, &batch.errors(), &frame);
  Run(&frame, Needs(program, roots, false));
  return ReadResults(frame, *columns);
}

std::vector<std::string> TableRows::Columns(const std::string& expression, int level, std::string* problem) {
  std::vector<std::string> lines;
  for (const Value& value : ColumnValues(expression, level, problem)) lines.push_back(Canonical(value));
  return lines;
}

std::vector<std::string> TableRows::Plainly(const std::string& expression, int level, std::string* problem) {
  const Ast* ast = Compiled(expression, problem);
  if (ast == nullptr) return {};
  std::vector<std::string> lines;
  const google::protobuf::FieldDescriptor* items = message()->FindFieldByName("items");
  for (const auto& row : rows_) {
    const Value sample = Value::Row({row.get(), names_->levels[0], -1});
    const google::protobuf::Reflection& reflection = *row->GetReflection();
    const int count = level == 0 ? 1 : reflection.FieldSize(*row, items);
    for (int i = 0; i < count; ++i) {
      const Value item = level == 0
                             ? Value::Null()
                             : Value::Row({&reflection.GetRepeatedMessage(*row, items, i), names_->levels[1], -1});
      lines.push_back(Canonical(Evaluate(*ast->root, RowActivation(*names_, sample, item), EvaluateOptions())));
    }
  }
  return lines;
}

Value TableRows::First(const std::string& expression) {
  std::string problem;
  const std::vector<Value> values = ColumnValues(expression, 0, &problem);
  EXPECT_FALSE(values.empty()) << expression << "\n" << problem;
  return values.empty() ? Value::Null() : values[0];
}

std::string TableRows::Both(const std::string& expression) {
  std::string problem;
  const std::vector<std::string> columns = Columns(expression, 0, &problem);
  if (!problem.empty()) return problem;
  EXPECT_EQ(columns, Plainly(expression, 0, &problem)) << expression;
  return columns.empty() ? "" : columns[0];
}

}  // namespace assay
