// Parsing for tests. Entry points: ParseText, TreeText, TreeOf, ErrorsOf.
#include "tests/lang/parsing.h"

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "base/source.h"
#include "lang/parser.h"

namespace assay {
namespace {

std::string ConstantText(const Constant& constant) {
  switch (constant.kind) {
    case TypeKind::kBool:
      return constant.bool_value ? "true" : "false";
    case TypeKind::kInt:
      return absl::StrCat(constant.int_value);
    case TypeKind::kUint:
      return absl::StrCat(constant.uint_value, "u");
    case TypeKind::kDouble:
      return absl::StrCat(constant.text, "d",
                          constant.has_decimal ? absl::StrCat("=", FormatDecimal(constant.decimal)) : "");
    case TypeKind::kString:
      return absl::StrCat("\"", absl::Utf8SafeCEscape(constant.text), "\"");
    case TypeKind::kBytes:
      return absl::StrCat("b\"", absl::CHexEscape(constant.text), "\"");
    default:
      return constant.kind == TypeKind::kNull ? "null" : "?";
  }
}

std::string ArgsText(const Expr& expr) {
  std::string text;
  const size_t width = expr.kind == ExprKind::kMap ? 2 : 1;
  for (size_t i = 0; i < expr.args.size(); ++i) {
    absl::StrAppend(&text, " ");
    if (!expr.optional_entries.empty() && i % width == 0 && expr.optional_entries[i / width])
      absl::StrAppend(&text, "?");
    if (!expr.fields.empty()) absl::StrAppend(&text, expr.fields[i], ":");
    absl::StrAppend(&text, TreeText(*expr.args[i]));
  }
  return text;
}

}  // namespace

std::string TreeText(const Expr& expr) {
  const absl::string_view optional = expr.optional ? "?" : "";
  switch (expr.kind) {
    case ExprKind::kConstant:
      return ConstantText(expr.constant);
    case ExprKind::kIdent:
      return expr.name;
    case ExprKind::kSelect:
      return absl::StrCat(expr.test_only ? "(has " : "", TreeText(*expr.operand), ".", optional, expr.name,
                          expr.test_only ? ")" : "");
    case ExprKind::kCall:
      if (expr.operand != nullptr) {
        return absl::StrCat("(", TreeText(*expr.operand), ".", expr.name, "()", ArgsText(expr), ")");
      }
      return absl::StrCat("(", expr.name, optional, ArgsText(expr), ")");
    case ExprKind::kList:
      return absl::StrCat("[", ArgsText(expr), " ]");
    case ExprKind::kMap:
      return absl::StrCat("{", ArgsText(expr), " }");
    case ExprKind::kMessage:
      return absl::StrCat(expr.name, "{", ArgsText(expr), " }");
    case ExprKind::kComprehension:
      return absl::StrCat("(", expr.name, "#", static_cast<int>(expr.macro), " ", TreeText(*expr.operand), " [",
                          absl::StrJoin(expr.vars, " "), "]", ArgsText(expr), ")");
  }
  return "";
}

std::optional<Ast> ParseText(absl::string_view text, const Limits& limits, IssueList* issues) {
  const absl::StatusOr<SourceText> source = SourceText::Create("", std::string(text));
  if (!source.ok()) {
    Issue issue;
    issue.message = std::string(source.status().message());
    issues->Add(issue);
    return std::nullopt;
  }
  return Parse(*source, limits, issues);
}

std::string TreeOf(absl::string_view text) {
  IssueList issues;
  const std::optional<Ast> ast = ParseText(text, Limits(), &issues);
  return ast.has_value() ? TreeText(*ast->root) : Format(issues);
}

std::string ErrorsOf(absl::string_view text) {
  IssueList issues;
  const std::optional<Ast> ast = ParseText(text, Limits(), &issues);
  if (ast.has_value() == issues.has_errors()) return "a tree and errors, or neither";
  return absl::StrJoin(issues.issues(), "\n", [](std::string* out, const Issue& issue) {
    absl::StrAppend(out, issue.line > 1 ? absl::StrCat(issue.line, ":") : "", issue.column, ": ", issue.message);
  });
}

}  // namespace assay
