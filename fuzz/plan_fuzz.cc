// Any text as an expression over an order: parsed, checked, folded and planned. It must end, and either give issues or
// a program that can be made executable. Entry point: LLVMFuzzerTestOneInput.
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>

#include "exec/executable.h"
#include "interp/folder.h"
#include "lang/checker.h"
#include "lang/parser.h"
#include "plan/cost.h"
#include "plan/planner.h"

namespace {

void Require(bool condition) {
  if (!condition) std::abort();
}

assay::PlanInputs InputsOver(const std::shared_ptr<const assay::Schema>& schema, assay::TypeTable* types,
                             const assay::FunctionTable* functions) {
  assay::PlanInputs inputs;
  inputs.schema = schema;
  inputs.input = *schema->FindMessage("assay.v1.Order");
  inputs.levels = {types->Message(inputs.input)};
  inputs.variables.resize(1);
  inputs.env.types = types;
  inputs.env.functions = functions;
  inputs.env.schema = schema.get();
  inputs.env.time_zone = "Asia/Shanghai";
  inputs.env.variables["order"] = {types->Row(inputs.levels[0]), 0};
  return inputs;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const auto schema = *assay::Schema::CreateStandard();
  assay::TypeTable types;
  const assay::FunctionTable functions(&types);
  const assay::PlanInputs inputs = InputsOver(schema, &types, &functions);
  const std::string text(reinterpret_cast<const char*>(data), size);
  const auto source = assay::SourceText::Create("fuzz", text);
  if (!source.ok()) return 0;
  assay::IssueList issues;
  std::optional<assay::Ast> ast = assay::Parse(*source, assay::Limits(), &issues);
  if (!ast.has_value()) return 0;
  ast->text = text;
  const bool checked = assay::Check(inputs.env, *source, nullptr, &*ast, &issues);
  Require(checked != issues.has_errors());
  if (!checked) return 0;
  assay::Fold(schema.get(), &types, &*ast);
  assay::Planner planner(&inputs);
  const std::optional<assay::NodeId> column = planner.PlanColumn(*ast, 0, &issues);
  const bool planned = column.has_value();
  Require(planned != issues.has_errors());
  if (planned) assay::EstimateCost(planner.graph().program(), {*column});
  if (planned) Require(assay::Executable::Create(planner.graph().Finish()).ok());
  return 0;
}
