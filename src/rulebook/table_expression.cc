// Each row becomes a condition and a result, chained from the last row up. Entry
// points: CompileTable, UnaryTest.
#include "rulebook/table_expression.h"

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "rulebook/parameters.h"

namespace assay {
namespace {

bool IsWord(char c) { return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '_'; }

// The text with `_`, where it is a name of its own outside of strings, replaced; "" if there is none.
std::string NameValue(absl::string_view text, absl::string_view name) {
  std::string named;
  bool found = false;
  char quote = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool alone = c == '_' && (i == 0 || !IsWord(text[i - 1])) && (i + 1 == text.size() || !IsWord(text[i + 1]));
    if (quote != 0) {
      quote = c == quote ? 0 : quote;
    } else if (c == '\'' || c == '"') {
      quote = c;
    } else if (alone) {
      absl::StrAppend(&named, name);
      found = true;
      continue;
    }
    named += c;
  }
  return found ? named : "";
}

std::string Range(absl::string_view text, absl::string_view name) {
  const size_t dots = text.find("..");
  if (dots == absl::string_view::npos) return "";
  const absl::string_view low = absl::StripAsciiWhitespace(text.substr(1, dots - 1));
  const absl::string_view high = absl::StripAsciiWhitespace(text.substr(dots + 2, text.size() - dots - 3));
  return absl::StrCat("(", name, text.front() == '[' ? " >= " : " > ", low, " && ", name,
                      text.back() == ']' ? " <= " : " < ", high, ")");
}

// Makes `test ? yes : no` of checked parts.
Expr* Choose(Ast* ast, Expr* test, Expr* yes, Expr* no, const Type* type) {
  Expr* choice = ast->New(ExprKind::kCall, yes->range);
  choice->name = "_?_:_";
  choice->args = {test, yes, no};
  choice->ref.kind = Reference::Kind::kFunction;
  choice->ref.op = Op::kConditional;
  choice->type = type;
  return choice;
}

// The table's inputs as arguments, beside the rulebook's parameters; false after an issue.
bool MakeEnvironment(const v1::Table& table, const std::string& path, const SourceMap& sources, Names* names,
                     IssueList* issues, Environment* env) {
  *env = names->inputs.env;
  env->variables.clear();
  for (const auto& [name, variable] : names->inputs.env.variables) {
    if (absl::StartsWith(name, "parameters.")) env->variables[name] = variable;
  }
  for (int i = 0; i < table.inputs_size(); ++i) {
    const v1::TableColumn& input = table.inputs(i);
    const Type* type = ParseTypeName(input.type(), input.has_decimal() ? &input.decimal() : nullptr, &names->types);
    if (type == nullptr) {
      issues->Add(sources.MakeIssue(Severity::kError, absl::StrCat(path, ".inputs[", i, "].type"),
                                    absl::StrCat("not a type: '", input.type(), "'")));
      return false;
    }
    env->variables[input.name()] = {type, static_cast<int>(names->inputs.variables.size())};
    names->inputs.variables.push_back({VariableMeaning::Kind::kArgument, i, nullptr});
  }
  return true;
}

// All unary tests of a row as one condition. Each cell is checked alone first, so that an issue points at its cell.
const Ast* RowCondition(const v1::Table& table, const v1::TableRow& row, const std::string& path,
                        const Environment& env, const SourceMap& sources, Names* names, IssueList* issues) {
  const Type* type = names->types.Simple(TypeKind::kBool);
  std::string test = "true";
  for (int i = 0; i < table.inputs_size(); ++i) {
    Environment cell = env;
    cell.variables["_"] = env.variables.at(table.inputs(i).name());
    const std::string text = UnaryTest(row.cells(i), "_");
    const ExpressionSite site = {absl::StrCat(path, ".cells[", i, "]"), &text, type};
    if (CompileExpression(site, cell, sources, names, issues) == nullptr) return nullptr;
    absl::StrAppend(&test, " && ", UnaryTest(row.cells(i), table.inputs(i).name()));
  }
  return CompileExpression({path, &test, type}, env, sources, names, issues);
}

}  // namespace

std::string UnaryTest(absl::string_view cell, absl::string_view name) {
  absl::string_view text = absl::StripAsciiWhitespace(cell);
  if (text == "-" || text.empty()) return "true";
  const std::string predicate = NameValue(text, name);
  if (!predicate.empty()) return absl::StrCat("(", predicate, ")");
  for (absl::string_view op : {"<=", ">=", "==", "!=", "<", ">"}) {
    if (absl::StartsWith(text, op)) return absl::StrCat("(", name, " ", op, " ", text.substr(op.size()), ")");
  }
  const bool bracketed =
      text.size() > 3 && (text.front() == '[' || text.front() == '(') && (text.back() == ']' || text.back() == ')');
  if (bracketed && absl::StrContains(text, "..")) return Range(text, name);
  if (absl::ConsumePrefix(&text, "not(") && absl::ConsumeSuffix(&text, ")"))
    return absl::StrCat("!(", name, " in [", text, "])");
  if (absl::ConsumePrefix(&text, "in {") && absl::ConsumeSuffix(&text, "}"))
    return absl::StrCat("(", name, " in [", text, "])");
  return absl::StrCat("(", name, " in [", text, "])");
}

const Ast* CompileTable(const v1::Table& table, const std::string& path, const SourceMap& sources, Names* names,
                        IssueList* issues) {
  auto error = [&](const std::string& where, const std::string& message) {
    issues->Add(sources.MakeIssue(Severity::kError, where, message));
    return nullptr;
  };
  const int columns = table.inputs_size() + table.outputs_size();
  if (table.hit_policy() != v1::HIT_POLICY_FIRST)
    return error(path + ".hit_policy", "only hit policy FIRST is available");
  if (table.outputs_size() != 1) return error(path + ".outputs", "a table has one output");
  if (!table.has_default_() || table.default_().cells_size() != 1) {
    return error(path + ".default", "a table needs a default row with its output");
  }
  Environment env;
  if (!MakeEnvironment(table, path, sources, names, issues, &env)) return nullptr;
  const v1::TableColumn& output = table.outputs(0);
  const Type* result = ParseTypeName(output.type(), output.has_decimal() ? &output.decimal() : nullptr, &names->types);
  if (result == nullptr) return error(path + ".outputs[0].type", absl::StrCat("not a type: '", output.type(), "'"));
  const ExpressionSite site = {path + ".default.cells[0]", &table.default_().cells(0), result};
  const Ast* fallback = CompileExpression(site, env, sources, names, issues);
  if (fallback == nullptr) return nullptr;
  Ast whole;
  whole.root = fallback->root;
  for (int r = table.rows_size() - 1; r >= 0; --r) {
    const v1::TableRow& row = table.rows(r);
    const std::string at = absl::StrCat(path, ".rows[", r, "]");
    if (row.cells_size() != columns) {
      return error(at, absl::StrCat("a row has ", columns, " cells, this one has ", row.cells_size()));
    }
    const Ast* condition = RowCondition(table, row, at, env, sources, names, issues);
    const ExpressionSite cell = {absl::StrCat(at, ".cells[", columns - 1, "]"), &row.cells(columns - 1), result};
    const Ast* value = CompileExpression(cell, env, sources, names, issues);
    if (condition == nullptr || value == nullptr) return nullptr;
    const Type* type = names->types.Join(value->root->type, whole.root->type);
    whole.root = Choose(&whole, condition->root, value->root, whole.root, type);
  }
  names->asts.push_back(std::move(whole));
  return &names->asts.back();
}

}  // namespace assay
