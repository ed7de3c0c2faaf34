// `assay eval`: one expression, over a row or none, by either engine. Entry point:
// EvalCommand.
#include <algorithm>
#include <iostream>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "cli/command.h"
#include "evaluate/result_values.h"
#include "exec/executable.h"
#include "ingest/json_rows.h"
#include "ingest/wire_decoder.h"
#include "interp/evaluator.h"
#include "interp/folder.h"
#include "lang/checker.h"
#include "lang/parser.h"
#include "plan/cost.h"
#include "rulebook/calendars.h"
#include "snapshot/snapshot.h"

namespace assay {
namespace {

// The row is the one variable.
class RowActivation : public Activation {
 public:
  RowActivation(const Schema* schema, Value row) : schema_(schema), row_(std::move(row)) {}
  Value Variable(int) const override { return row_; }
  Value VirtualField(const Value&, int) const override {
    return Value::Error(ErrorKind::kInvalidArgument, "no such field");
  }
  Value HostFunction(int, absl::Span<const Value>) const override {
    return Value::Error(ErrorKind::kInvalidArgument, "no such function");
  }
  const Schema* schema() const override { return schema_; }

 private:
  const Schema* schema_;
  Value row_;
};

struct Subject {
  std::shared_ptr<const Schema> schema;
  TypeTable types;
  std::unique_ptr<FunctionTable> functions;
  Calendars calendars;
  PlanInputs inputs;
  const RowType* row = nullptr;
  std::string wire;
};

std::string VariableName(const google::protobuf::Descriptor& message) {
  std::string name;
  for (char c : message.name()) {
    if (c >= 'A' && c <= 'Z' && !name.empty()) name += '_';
    name += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return name;
}

// Those of a rulebook, or of a file that a rulebook imports.
absl::Status ReadCalendars(const std::string& path, Calendars* calendars) {
  if (path.empty()) return absl::OkStatus();
  IssueList issues;
  const std::optional<LoadedRulebook> loaded = LoadRulebookFile(path, DiskFileReader(path), &issues);
  if (loaded.has_value()) LinkCalendars(*loaded, calendars, &issues);
  return issues.ToStatus();
}

absl::Status MakeSubject(const Arguments& arguments, Subject* subject) {
  ASSIGN_OR_RETURN(subject->schema, Schema::CreateStandard());
  subject->functions = std::make_unique<FunctionTable>(&subject->types);
  const std::string type = arguments.Option("type", "");
  ASSIGN_OR_RETURN(const google::protobuf::Descriptor* message,
                   subject->schema->FindMessage(type.empty() ? "assay.v1.Order" : type));
  subject->row = subject->types.Message(message);
  Environment& env = subject->inputs.env;
  env.types = &subject->types;
  env.functions = subject->functions.get();
  env.schema = subject->schema.get();
  env.time_zone = arguments.Option("time-zone", "");
  RETURN_IF_ERROR(ReadCalendars(arguments.Option("calendars", ""), &subject->calendars));
  env.calendars = &subject->calendars;
  subject->inputs.schema = subject->schema;
  subject->inputs.input = message;
  subject->inputs.levels = {subject->row};
  if (type.empty()) return absl::OkStatus();
  env.variables[VariableName(*message)] = {subject->types.Row(subject->row), 0};
  subject->inputs.variables.push_back({VariableMeaning::Kind::kLevelRow, 0, nullptr});
  return JsonToWire(*subject->schema, *message, arguments.Option("row", "{}"), &subject->wire);
}

std::string Interpret(const Subject& subject, const Ast& ast) {
  std::unique_ptr<google::protobuf::Message> message(subject.schema->Prototype(*subject.row->message).New());
  message->ParseFromString(subject.wire);
  RowValue row;
  row.message = message.get();
  row.type = subject.row;
  const RowActivation activation(subject.schema.get(), Value::Row(row));
  return ToJson(Evaluate(*ast.root, activation, EvaluateOptions{}));
}

absl::StatusOr<std::string> RunColumns(const Subject& subject, const SourceText& source, const Ast& ast,
                                       IssueList* issues) {
  Planner planner(&subject.inputs);
  IssueList found;  // of a text without a name
  const std::optional<ResultColumns> results = ResultColumns::Plan(&planner, ast, 0, &found);
  for (Issue issue : found.issues()) {
    issue.file = std::string(source.name());
    issues->Add(std::move(issue));
  }
  if (!results.has_value()) return issues->ToStatus();
  ASSIGN_OR_RETURN(const auto executable, Executable::Create(planner.graph().Finish()));
  const Program& program = executable->program();
  std::vector<NodeId> roots;
  results->AddRoots(&roots);
  const std::string refusal = CostRefusal(program, roots);
  if (!refusal.empty()) {
    issues->Add(MakeIssue(Severity::kError, source, ast.root->range, refusal));
    return issues->ToStatus();
  }
  ColumnSet columns = program.batch.projection->NewColumns();
  WireDecoder decoder(program.batch.projection);
  const absl::string_view row = subject.wire;
  RETURN_IF_ERROR(decoder.Decode(absl::MakeConstSpan(&row, 1), program.limits, &columns));
  Arena arena(size_t{1} << 16);
  Frame frame;
  BeginRun(*executable, &columns, nullptr, &arena, &columns.errors(), &frame);
  Run(&frame, Needs(program, roots, true));
  if (frame.is_over_budget) return ToJson(Value::Error(ErrorKind::kBudget, ""));
  return ToJson(ReadResults(frame, *results).front());
}

// Whether loading could already say the value: messages and dynamic values exist only then.
bool NamesNothing(const Ast& ast) {
  return std::none_of(ast.nodes.begin(), ast.nodes.end(), [](const Expr& expr) {
    return expr.ref.kind == Reference::Kind::kVariable || expr.ref.kind == Reference::Kind::kVirtualField;
  });
}

}  // namespace

int EvalCommand(const std::vector<std::string>& words) {
  absl::StatusOr<Arguments> arguments = ParseArguments(words, {"type", "row", "engine", "time-zone", "calendars"});
  if (!arguments.ok()) return Fail(2, std::string(arguments.status().message()));
  if (arguments->words.size() != 1)
    return Fail(2,
                "usage: assay eval [--type MESSAGE --row JSON] [--calendars FILE] [--engine columns|interp] [--] EXPR");
  const std::string engine = arguments->Option("engine", "columns");
  if (engine != "columns" && engine != "interp") return Fail(2, "--engine is columns or interp");
  Subject subject;
  const absl::Status status = MakeSubject(*arguments, &subject);
  if (!status.ok()) return Fail(1, std::string(status.message()));
  absl::StatusOr<SourceText> source = SourceText::Create("expression", arguments->words[0]);
  if (!source.ok()) return Fail(1, std::string(source.status().message()));
  IssueList issues;
  std::optional<Ast> ast = Parse(*source, subject.inputs.env.limits, &issues);
  const bool checked = ast.has_value() && Check(subject.inputs.env, *source, nullptr, &*ast, &issues);
  if (!checked) {
    std::cerr << Format(issues);
    return 1;
  }
  ast->text = arguments->words[0];
  const bool is_closed = NamesNothing(*ast);
  if (engine == "columns" && !is_closed) Fold(subject.schema.get(), &subject.types, &*ast);
  if (engine == "interp") {
    std::cout << Interpret(subject, *ast) << "\n";
    return 0;
  }
  absl::StatusOr<std::string> json = RunColumns(subject, *source, *ast, &issues);
  if (!json.ok() && is_closed) json = Interpret(subject, *ast);
  if (!json.ok()) {
    std::cerr << Format(issues);
    return issues.has_errors() ? 1 : Fail(1, std::string(json.status().message()));
  }
  std::cout << *json << "\n";
  return 0;
}

}  // namespace assay
