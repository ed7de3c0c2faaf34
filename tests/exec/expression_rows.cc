// Parsing, planning and running for tests of the column engine. Entry points: the methods of ExpressionRows.
#include "tests/exec/expression_rows.h"

#include <gtest/gtest.h>

#include <cmath>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "base/civil.h"
#include "evaluate/result_values.h"
#include "exec/executable.h"
#include "ingest/wire_decoder.h"
#include "interp/evaluator.h"
#include "interp/folder.h"
#include "interp/table_evaluator.h"
#include "lang/checker.h"
#include "lang/parser.h"
#include "rulebook/loader.h"
#include "rulebook/tables.h"
#include "tests/calendar/sample_calendars.h"

namespace assay {
namespace {

// What the forms of random expressions call.
constexpr char kTables[] = R"yml(
tables:
  - name: grade
    hit_policy: FIRST
    inputs: [{name: count, type: int}, {name: value, type: decimal, decimal: {precision: 38, scale: 10}}]
    outputs: [{name: grade, type: string}]
    rows:
      - {cells: ["> 100", "-", "'many'"]}
      - {cells: ["[0..10)", "> 1.5", "'A'"]}
      - {cells: ["-", "_ * 2 < 1", "'half'"]}
      - {cells: ["1, 2, 7", "not([0..5])", "string(10 / count)"]}
    default: {cells: ["'CNY'"]}
  - name: number
    hit_policy: UNIQUE
    inputs: [{name: text, type: string}, {name: flag, type: bool}]
    outputs: [{name: number, type: int}]
    rows:
      - {cells: ["'A'", "-", "1"]}
      - {cells: ["in {'B', > 'C'}", "true", "2"]}
      - {cells: ["_.startsWith('a')", "-", "3"]}
      - {cells: ["-", "false", "table.both(7, text).code"]}
  - name: both
    hit_policy: PRIORITY
    inputs: [{name: n, type: int}, {name: text, type: string}]
    outputs:
      - {name: code, type: int, values: ["3", "1", "2"]}
      - {name: rate, type: decimal, decimal: {precision: 9, scale: 3}}
    rows:
      - {cells: ["> 0", "-", "1", "0.5"]}
      - {cells: ["-", "< 'CNY'", "2", "decimal(100 / n)"]}
      - {cells: ["_ % 2 == 1", "!= ''", "3", "1.25"]}
    default: {cells: ["2", "0"]}
  - name: marks
    hit_policy: RULE_ORDER
    inputs: [{name: n, type: int}]
    outputs: [{name: mark, type: int}]
    rows:
      - {cells: ["> 0", "n"]}
      - {cells: ["[1..100]", "2"]}
      - {cells: ["not(3)", "10 / n"]}
  - name: total
    hit_policy: COLLECT
    aggregation: SUM
    inputs: [{name: value, type: decimal, decimal: {precision: 38, scale: 10}}, {name: day, type: date}]
    outputs: [{name: part, type: decimal, decimal: {precision: 9, scale: 3}}]
    rows:
      - {cells: ["> 1", "-", "1.5"]}
      - {cells: ["-", "> '2026-01-01'", "0.25"]}
      - {cells: ["0", "-", "7"]}
)yml";

// The row, and the line if there is one, that an expression stands on.
class RowActivation : public EmptyActivation {
 public:
  RowActivation(const Names& names, Value row, Value line)
      : EmptyActivation(names.inputs.schema.get()), names_(names), row_(std::move(row)), line_(std::move(line)) {}
  Value Variable(int index) const override { return index == 0 ? row_ : line_; }
  Value HostFunction(int index, absl::Span<const Value> args) const override {
    return EvaluateTable(*names_.inputs.tables[static_cast<size_t>(index)], args, *this, EvaluateOptions());
  }

 private:
  const Names& names_;
  Value row_;
  Value line_;
};

std::string FirstIssue(const IssueList& issues) {
  return issues.issues().empty() ? "no issue was reported" : issues.issues()[0].message;
}

}  // namespace

ExpressionRows::ExpressionRows(std::shared_ptr<const Schema> schema, const google::protobuf::Descriptor* message,
                               absl::string_view row_name, absl::string_view line_field, absl::string_view line_name)
    : schema_(std::move(schema)), arena_(1 << 16) {
  line_field_ = message->FindFieldByName(std::string(line_field));
  RowType* row = names_.types.NewRow(row_name, message);
  RowType* line = names_.types.NewRow(line_name, line_field_->message_type());
  row->levels[line_field_] = line;
  names_.functions = std::make_unique<FunctionTable>(&names_.types);
  PlanInputs& inputs = names_.inputs;
  inputs.schema = schema_;
  inputs.input = message;
  inputs.levels = {row, line};
  inputs.variables.resize(2);
  inputs.variables[1].index = 1;
  inputs.env.types = &names_.types;
  inputs.env.functions = names_.functions.get();
  inputs.env.schema = schema_.get();
  inputs.env.time_zone = "Asia/Shanghai";
  names_.calendars = SampleCalendars();
  inputs.env.calendars = &names_.calendars;
  inputs.env.variables[std::string(row_name)] = {names_.types.Row(row), 0};
  inputs.env.variables[std::string(line_name)] = {names_.types.Row(line), 1};
  IssueList issues;
  std::optional<LoadedRulebook> tables = LoadRulebookText("tables.yaml", kTables, &issues);
  if (tables.has_value()) LinkTables(*tables, -1, &names_, &issues);
  EXPECT_FALSE(issues.has_errors()) << Format(issues);
}

void ExpressionRows::SetRows(std::vector<std::unique_ptr<google::protobuf::Message>> rows) {
  rows_ = std::move(rows);
  lines_.clear();
  bytes_.clear();
  for (size_t i = 0; i < rows_.size(); ++i) {
    bytes_.push_back(rows_[i]->SerializeAsString());
    const google::protobuf::Reflection& reflection = *rows_[i]->GetReflection();
    for (int k = 0; k < reflection.FieldSize(*rows_[i], line_field_); ++k) {
      lines_.push_back({i, &reflection.GetRepeatedMessage(*rows_[i], line_field_, k)});
    }
  }
}

std::unique_ptr<Prepared> ExpressionRows::Prepare(absl::string_view text, int level, bool fold, std::string* problem) {
  auto prepared = std::make_unique<Prepared>();
  prepared->level = level;
  prepared->is_folded = fold;
  absl::StatusOr<SourceText> source = SourceText::Create("", std::string(text));
  IssueList issues;
  for (Ast* ast : {&prepared->ast, &prepared->folded}) {
    std::optional<Ast> parsed = source.ok() ? Parse(*source, Limits(), &issues) : std::nullopt;
    if (!parsed.has_value() || !Check(names_.inputs.env, *source, nullptr, &*parsed, &issues)) {
      *problem = FirstIssue(issues);
      return nullptr;
    }
    *ast = *std::move(parsed);
    ast->text = std::string(text);
  }
  if (fold) Fold(schema_.get(), &names_.types, &prepared->folded);
  return prepared;
}

std::vector<ColumnOutcome> ExpressionRows::RunColumns(absl::Span<const Prepared* const> expressions) {
  std::vector<ColumnOutcome> outcomes(expressions.size());
  Planner planner(&names_.inputs);
  std::vector<ResultColumns> planned(expressions.size());
  std::vector<NodeId> roots;
  bool refused = false;
  for (size_t i = 0; i < expressions.size(); ++i) {
    IssueList issues;
    const std::optional<ResultColumns> columns =
        ResultColumns::Plan(&planner, expressions[i]->planned(), expressions[i]->level, &issues);
    if (!columns.has_value()) {
      outcomes[i].refusal = FirstIssue(issues);
      refused = true;
      continue;
    }
    planned[i] = *columns;
    columns->AddRoots(&roots);
  }
  if (refused) return outcomes;
  absl::StatusOr<std::shared_ptr<const Executable>> executable = Executable::Create(planner.graph().Finish());
  if (!executable.ok()) {
    for (ColumnOutcome& outcome : outcomes) outcome = {std::string(executable.status().message()), true, {}};
    return outcomes;
  }
  const Program& program = (*executable)->program();
  ColumnSet batch = program.batch.projection->NewColumns();
  const std::vector<absl::string_view> rows(bytes_.begin(), bytes_.end());
  const absl::Status decoded = WireDecoder(program.batch.projection).Decode(rows, Limits(), &batch);
  if (!decoded.ok()) {
    for (ColumnOutcome& outcome : outcomes) outcome = {std::string(decoded.message()), true, {}};
    return outcomes;
  }
  arena_.Reset();
  Frame frame;
  BeginRun(**executable, &batch, nullptr, &arena_, &batch.errors(), &frame);
  Run(&frame, Needs(program, roots, false));
  for (size_t i = 0; i < expressions.size(); ++i) outcomes[i].values = ReadResults(frame, planned[i]);
  return outcomes;
}

std::vector<Value> ExpressionRows::RunPlain(const Prepared& expression) {
  std::vector<Value> values;
  for (size_t i = 0; i < RowCount(expression.level); ++i) {
    const size_t row = expression.level == 0 ? i : lines_[i].row;
    const Value line = expression.level == 0 ? Value::Error(ErrorKind::kMissingRow, "no line here")
                                             : Value::Row({lines_[i].message, names_.inputs.levels[1], -1});
    const RowActivation activation(names_, Value::Row({rows_[row].get(), names_.inputs.levels[0], -1}), line);
    values.push_back(Evaluate(*expression.ast.root, activation, EvaluateOptions()));
  }
  return values;
}

std::string ExpressionRows::DescribeRow(int level, size_t row) const {
  return level == 0 ? rows_[row]->ShortDebugString()
                    : absl::StrCat(lines_[row].message->ShortDebugString(), " of ",
                                   rows_[lines_[row].row]->ShortDebugString());
}

std::string Canonical(const Value& value) {
  switch (value.kind()) {
    case ValueKind::kError:
      return absl::StrCat("error: ", ErrorKindName(value.as_error().kind));
    case ValueKind::kString:
      return absl::StrCat("'", absl::Utf8SafeCHexEscape(value.as_string()), "'");
    case ValueKind::kBytes:
      return absl::StrCat("b'", absl::CHexEscape(value.as_bytes()), "'");
    case ValueKind::kDouble:
      return std::isnan(value.as_double()) ? "NaN" : absl::StrFormat("%a", value.as_double());
    case ValueKind::kDecimal:
      return absl::StrCat("decimal ", FormatDecimal(value.as_decimal()));
    case ValueKind::kDate:
      return absl::StrCat("date ", FormatDate(value.as_date()));
    case ValueKind::kTimestamp:
      return absl::StrCat("timestamp ", value.as_timestamp().seconds, " ", value.as_timestamp().nanos);
    case ValueKind::kDuration:
      return absl::StrCat("duration ", value.as_duration().seconds, " ", value.as_duration().nanos);
    case ValueKind::kList:
      return absl::StrCat(
          "[",
          absl::StrJoin(value.as_list(), ", ",
                        [](std::string* out, const Value& element) { absl::StrAppend(out, Canonical(element)); }),
          "]");
    default:
      return DebugString(value);
  }
}

}  // namespace assay
