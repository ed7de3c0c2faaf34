// Entry points: ParseTypeName, CompileParameter.
#include "rulebook/parameters.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "base/suggest.h"

namespace assay {
namespace {

// A constant of a type that CEL has no literal for, from its text.
bool ReadConstant(const Type& type, const std::string& text, Expr* expr) {
  expr->constant.kind = type.kind;
  switch (type.kind) {
    case TypeKind::kDecimal: {
      absl::StatusOr<Decimal> value = ParseDecimal(text);
      if (value.ok()) expr->constant.decimal = *value;
      return value.ok();
    }
    case TypeKind::kDate: {
      int32_t day = 0;
      const bool read = ParseDate(text.data(), text.size(), &day) == DateParse::kOk;
      expr->constant.int_value = day;
      return read;
    }
    case TypeKind::kTimestamp: {
      absl::StatusOr<Timestamp> value = ParseTimestamp(text);
      if (value.ok()) expr->constant.timestamp = *value;
      return value.ok();
    }
    case TypeKind::kDuration: {
      absl::StatusOr<Duration> value = ParseDuration(text);
      if (value.ok()) expr->constant.duration = *value;
      return value.ok();
    }
    default:
      return false;
  }
}

// The size a decimal parameter is read at: its own, which the default must fit, or that of its default's text.
const Type* DecimalTypeOf(const v1::Parameter& parameter, const Decimal& value, TypeTable* types) {
  if (!parameter.has_decimal()) {
    const int128 c = value.coefficient;
    const int digits = CountDigits(static_cast<uint128>(c < 0 ? -c : c));
    return types->Decimal({std::max({digits, value.scale, 1}), value.scale});
  }
  const DecimalSize size = {static_cast<int>(parameter.decimal().precision()),
                            static_cast<int>(parameter.decimal().scale())};
  return value.scale > size.scale ? nullptr : types->Decimal(size);
}

// Adds a text, or the elements of a list of texts. False if the value is not written out, as one that errs.
bool AddTexts(const Expr& value, std::vector<absl::string_view>* texts) {
  if (value.kind == ExprKind::kList) {
    return std::all_of(value.args.begin(), value.args.end(),
                       [texts](const Expr* each) { return AddTexts(*each, texts); });
  }
  if (value.kind != ExprKind::kConstant || value.constant.kind != TypeKind::kString) return false;
  texts->emplace_back(value.constant.text);
  return true;
}

// Whoever writes a text as it is means the text, and no name.
bool IsBareText(const Type& type, const std::string& value, const Environment& env) {
  const auto is_of_name = [](char c) { return absl::ascii_isalnum(c) || c == '_'; };
  return type.is(TypeKind::kString) && std::all_of(value.begin(), value.end(), is_of_name) &&
         !env.variables.contains(value);
}

bool IsOfTexts(const Type& type) {
  return type.is(TypeKind::kString) || (type.is(TypeKind::kList) && type.element->is(TypeKind::kString));
}

void CheckAllowedValues(const v1::Parameter& parameter, const Expr& value, const std::string& path,
                        const SourceMap& sources, IssueList* issues) {
  if (parameter.allowed_values().empty()) return;
  const std::vector<absl::string_view> allowed(parameter.allowed_values().begin(), parameter.allowed_values().end());
  const std::string path_of_value = absl::StrCat(path, ".default");
  const std::string all = absl::StrJoin(allowed, ", ");
  std::vector<absl::string_view> texts;
  if (!AddTexts(value, &texts)) {
    issues->Add(
        sources.MakeIssue(Severity::kError, path_of_value, absl::StrCat("not one of the allowed values: ", all)));
  }
  for (const absl::string_view text : texts) {
    if (std::find(allowed.begin(), allowed.end(), text) != allowed.end()) continue;
    Issue issue = sources.MakeIssue(Severity::kError, path_of_value,
                                    absl::StrCat("'", text, "' is not one of the allowed values: ", all));
    issue.suggestion = Nearest(text, allowed);
    issues->Add(std::move(issue));
  }
}

}  // namespace

const Type* ParseTypeName(absl::string_view text, const v1::DecimalType* size, TypeTable* types) {
  if (absl::ConsumePrefix(&text, "list(") && absl::ConsumeSuffix(&text, ")")) {
    const Type* element = ParseTypeName(text, size, types);
    return element == nullptr ? nullptr : types->List(element);
  }
  if (absl::ConsumePrefix(&text, "map(string, ") && absl::ConsumeSuffix(&text, ")")) {
    const Type* element = ParseTypeName(text, size, types);
    return element == nullptr ? nullptr : types->Map(types->Simple(TypeKind::kString), element);
  }
  if (text == "decimal") {
    if (size == nullptr) return types->Decimal({kMaxDecimalDigits, 6});
    return types->Decimal({static_cast<int>(size->precision()), static_cast<int>(size->scale())});
  }
  for (TypeKind kind : {TypeKind::kBool, TypeKind::kInt, TypeKind::kUint, TypeKind::kDouble, TypeKind::kString,
                        TypeKind::kDate, TypeKind::kTimestamp, TypeKind::kDuration}) {
    const Type* type = types->Simple(kind);
    if (TypeName(*type) == text) return type;
  }
  return nullptr;
}

const Ast* CompileParameter(const v1::Parameter& parameter, const std::string& path, const SourceMap& sources,
                            Names* names, IssueList* issues) {
  const Type* type =
      ParseTypeName(parameter.type(), parameter.has_decimal() ? &parameter.decimal() : nullptr, &names->types);
  if (type == nullptr) {
    issues->Add(sources.MakeIssue(Severity::kError, absl::StrCat(path, ".type"),
                                  absl::StrCat("not a type of a parameter: '", parameter.type(), "'")));
    return nullptr;
  }
  if (!parameter.allowed_values().empty() && !IsOfTexts(*type)) {
    issues->Add(sources.MakeIssue(
        Severity::kError, absl::StrCat(path, ".allowed_values"),
        absl::StrCat("only a string and a list(string) have allowed values, not: ", parameter.type())));
    return nullptr;
  }
  const bool literal = type->is(TypeKind::kDecimal) || type->is(TypeKind::kDate) || type->is(TypeKind::kTimestamp) ||
                       type->is(TypeKind::kDuration);
  if (!literal) {
    const std::string& value = parameter.default_();
    if (IsBareText(*type, value, names->inputs.env)) {
      issues->Add(sources.MakeIssue(Severity::kError, absl::StrCat(path, ".default"),
                                    absl::StrCat("a text stands in quotes within the quotes, as \"'", value, "'\"",
                                                 parameter.allowed_values().empty() ? "" : "; allowed are: ",
                                                 absl::StrJoin(parameter.allowed_values(), ", "))));
      return nullptr;
    }
    const Ast* ast =
        CompileExpression({absl::StrCat(path, ".default"), &value, type}, names->inputs.env, sources, names, issues);
    if (ast != nullptr) CheckAllowedValues(parameter, *ast->root, path, sources, issues);
    return ast;
  }
  Ast ast;
  ast.text = parameter.default_();
  ast.root = ast.New(ExprKind::kConstant, {0, static_cast<int32_t>(ast.text.size())});
  const bool read = ReadConstant(*type, parameter.default_(), ast.root);
  if (read && type->is(TypeKind::kDecimal)) type = DecimalTypeOf(parameter, ast.root->constant.decimal, &names->types);
  if (!read || type == nullptr) {
    issues->Add(
        sources.MakeIssue(Severity::kError, absl::StrCat(path, ".default"),
                          absl::StrCat("not a ", parameter.type(), " (of this size): '", parameter.default_(), "'")));
    return nullptr;
  }
  if (type->is(TypeKind::kDecimal)) {
    ast.root->constant.decimal = *Rescale(ast.root->constant.decimal, type->decimal.scale);
  }
  ast.root->type = type;
  names->asts.push_back(std::move(ast));
  return &names->asts.back();
}

}  // namespace assay
