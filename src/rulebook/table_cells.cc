// Entry points: CompileTest, CompileAnswer.
#include "rulebook/table_cells.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "interp/evaluator.h"
#include "interp/folder.h"
#include "lang/checker.h"
#include "lang/parser.h"
#include "lang/token.h"
#include "rulebook/parameter_values.h"

namespace assay {
namespace {

// The function that makes a value of the type from a text that is written out; nullptr if texts stay texts.
const char* ConversionTo(const Type& type) {
  switch (type.kind) {
    case TypeKind::kDate:
      return "date";
    case TypeKind::kTimestamp:
      return "timestamp";
    case TypeKind::kDuration:
      return "duration";
    case TypeKind::kDecimal:
      return "decimal";
    default:
      return nullptr;
  }
}

bool IsTested(const Expr& expr) { return expr.kind == ExprKind::kIdent && expr.name == "_"; }

// '2026-01-31' as a date where it stands for a value of the column.
void ConvertTexts(const char* function, Ast* ast, Expr** slot) {
  Expr* expr = *slot;
  if (expr->kind == ExprKind::kList) {
    for (Expr*& element : expr->args) ConvertTexts(function, ast, &element);
  }
  if (expr->kind != ExprKind::kConstant || expr->constant.kind != TypeKind::kString) return;
  Expr* call = ast->New(ExprKind::kCall, expr->range);
  call->name = function;
  call->args = {expr};
  *slot = call;
}

// In everything that is compared with `_`.
void ConvertComparedTexts(const char* function, Ast* ast, Expr* expr) {
  for (Expr* arg : expr->args) ConvertComparedTexts(function, ast, arg);
  const BinaryOperator* op = expr->kind == ExprKind::kCall ? FindBinaryOperator(expr->name) : nullptr;
  const bool is_compared = op != nullptr && op->precedence == FindBinaryOperator(TokenKind::kEqual)->precedence &&
                           (IsTested(*expr->args[0]) || IsTested(*expr->args[1]));
  if (!is_compared) return;
  for (Expr*& arg : expr->args) ConvertTexts(function, ast, &arg);
}

bool NamesNothing(const Expr& expr) {
  const bool names = expr.ref.kind == Reference::Kind::kVariable || expr.ref.kind == Reference::Kind::kHostFunction ||
                     expr.ref.kind == Reference::Kind::kLocal;
  if (names || (expr.operand != nullptr && !NamesNothing(*expr.operand))) return false;
  return std::all_of(expr.args.begin(), expr.args.end(), [](const Expr* arg) { return NamesNothing(*arg); });
}

// What folding left although nothing is asked from outside: it errs, and so would every row that reads it.
const Expr* FindFault(const Expr& expr) {
  if (expr.kind == ExprKind::kCall && NamesNothing(expr)) return &expr;
  if (expr.operand != nullptr) {
    if (const Expr* fault = FindFault(*expr.operand)) return fault;
  }
  for (const Expr* arg : expr.args) {
    if (const Expr* fault = FindFault(*arg)) return fault;
  }
  return nullptr;
}

bool ReportFault(const Ast& ast, const Names& names, const SourceText& source, IssueList* issues) {
  const Expr* fault = FindFault(*ast.root);
  if (fault == nullptr) return false;
  const Value value = Evaluate(*fault, EmptyActivation(names.inputs.schema.get()), EvaluateOptions());
  if (!value.is_error()) return false;
  const ErrorValue& error = value.as_error();
  issues->Add(MakeIssue(Severity::kError, source, fault->range,
                        absl::StrCat("this never has a value: ", ErrorKindName(error.kind),
                                     error.detail.empty() ? "" : ": ", error.detail)));
  return true;
}

using Parser = std::optional<Ast> (*)(const SourceText&, const Limits&, IssueList*);

std::optional<Ast> ParsedCell(const CellSite& site, Parser parser, const Limits& limits, const SourceMap& sources,
                              std::optional<SourceText>* source, IssueList* own, IssueList* issues) {
  absl::StatusOr<SourceText> created = SourceText::Create("", *site.text);
  if (!created.ok()) {
    issues->Add(sources.MakeIssue(Severity::kError, site.path, std::string(created.status().message())));
    return std::nullopt;
  }
  *source = *std::move(created);
  return parser(**source, limits, own);
}

bool Finish(const Type* expected, const Environment& env, const Names& names, const SourceText& source, Ast* ast,
            IssueList* own) {
  if (!Check(env, source, expected, ast, own)) return false;
  PutParameters(names, ast);
  Fold(env.schema, env.types, ast);
  return !ReportFault(*ast, names, source, own);
}

}  // namespace

std::optional<Ast> CompileTest(const CellSite& site, const Type* type, const Environment& env, const Names& names,
                               const SourceMap& sources, IssueList* issues) {
  IssueList own;
  std::optional<SourceText> source;
  std::optional<Ast> ast = ParsedCell(site, ParseUnaryTests, env.limits, sources, &source, &own, issues);
  if (ast.has_value() && ast->root == nullptr) return ast;
  if (ast.has_value()) {
    if (const char* function = ConversionTo(*type)) ConvertComparedTexts(function, &*ast, ast->root);
    if (Finish(env.types->Simple(TypeKind::kBool), env, names, *source, &*ast, &own)) return ast;
  }
  MoveIssues(own, site.path, *site.text, site.lead, sources, issues);
  return std::nullopt;
}

std::optional<Ast> CompileAnswer(const CellSite& site, const Type* type, const Environment& env, const Names& names,
                                 const SourceMap& sources, IssueList* issues) {
  IssueList own;
  std::optional<SourceText> source;
  std::optional<Ast> ast = ParsedCell(site, Parse, env.limits, sources, &source, &own, issues);
  if (ast.has_value()) {
    if (const char* function = ConversionTo(*type)) ConvertTexts(function, &*ast, &ast->root);
    if (Finish(type, env, names, *source, &*ast, &own)) return ast;
  }
  MoveIssues(own, site.path, *site.text, site.lead, sources, issues);
  return std::nullopt;
}

}  // namespace assay
