// An expression, a zero byte and the bytes of an order: where both engines take them, columns and the plain evaluator
// must say the same. Entry point: LLVMFuzzerTestOneInput.
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>

#include "evaluate/result_values.h"
#include "exec/executable.h"
#include "google/protobuf/stubs/logging.h"
#include "ingest/wire_decoder.h"
#include "interp/evaluator.h"
#include "lang/checker.h"
#include "lang/parser.h"

namespace {

using assay::Value;

class RowActivation : public assay::EmptyActivation {
 public:
  RowActivation(const assay::Schema* schema, Value row) : EmptyActivation(schema), row_(std::move(row)) {}
  Value Variable(int) const override { return row_; }

 private:
  Value row_;
};

// The row's value by columns; nothing where the expression or the row has no form there.
std::optional<Value> ByColumns(const assay::PlanInputs& inputs, const assay::Ast& ast, absl::string_view row) {
  assay::Planner planner(&inputs);
  assay::IssueList issues;
  const auto results = assay::ResultColumns::Plan(&planner, ast, 0, &issues);
  if (!results.has_value()) return std::nullopt;
  std::vector<assay::NodeId> roots;
  results->AddRoots(&roots);
  const auto executable = assay::Executable::Create(planner.graph().Finish());
  if (!executable.ok()) std::abort();
  const assay::Program& program = (*executable)->program();
  assay::ColumnSet batch = program.batch.projection->NewColumns();
  const absl::Status decoded =
      assay::WireDecoder(program.batch.projection).Decode(absl::MakeConstSpan(&row, 1), program.limits, &batch);
  if (!decoded.ok()) return std::nullopt;
  assay::Arena arena(1 << 16);
  assay::Frame frame;
  assay::BeginRun(**executable, &batch, nullptr, &arena, &batch.errors(), &frame);
  assay::Run(&frame, assay::Needs(program, roots, true));
  if (frame.is_over_budget) return std::nullopt;
  return assay::ReadResults(frame, *results).front();
}

// Values alike, errors by their kind alone.
bool Alike(const Value& a, const Value& b) {
  if (!a.is_error() || !b.is_error()) return assay::DebugString(a) == assay::DebugString(b);
  return a.as_error().kind == b.as_error().kind;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const auto schema = *assay::Schema::CreateStandard();
  static const google::protobuf::LogSilencer silence;
  const absl::string_view input(reinterpret_cast<const char*>(data), size);
  const size_t zero = std::min(input.find('\0'), input.size());
  const std::string text(input.substr(0, zero));
  const std::string row(input.substr(std::min(zero + 1, input.size())));
  assay::TypeTable types;
  const assay::FunctionTable functions(&types);
  assay::PlanInputs inputs;
  inputs.schema = schema;
  inputs.input = *schema->FindMessage("assay.v1.Order");
  inputs.levels = {types.Message(inputs.input)};
  inputs.variables.resize(1);
  inputs.env.types = &types;
  inputs.env.functions = &functions;
  inputs.env.schema = schema.get();
  inputs.env.time_zone = "Asia/Shanghai";
  inputs.env.limits.max_row_cost = 1'000'000;
  inputs.env.limits.max_row_elements = 100'000;
  inputs.env.variables["order"] = {types.Row(inputs.levels[0]), 0};
  const auto source = assay::SourceText::Create("fuzz", text);
  assay::IssueList issues;
  std::optional<assay::Ast> ast;
  if (source.ok()) ast = assay::Parse(*source, assay::Limits(), &issues);
  if (!ast.has_value() || !assay::Check(inputs.env, *source, nullptr, &*ast, &issues)) return 0;
  ast->text = text;
  const std::unique_ptr<google::protobuf::Message> message(schema->Prototype(*inputs.input).New());
  if (!message->ParseFromString(row)) return 0;
  const std::optional<Value> columns = ByColumns(inputs, *ast, row);
  if (!columns.has_value()) return 0;
  assay::EvaluateOptions options;
  options.max_steps = 100'000;
  const RowActivation activation(schema.get(), Value::Row({message.get(), inputs.levels[0], -1}));
  const Value plain = assay::Evaluate(*ast->root, activation, options);
  const bool spent = plain.is_error() && plain.as_error().kind == assay::ErrorKind::kBudget;
  if (!spent && !Alike(*columns, plain)) std::abort();
  return 0;
}
