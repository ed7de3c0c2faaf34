// The macros, as rows of one table. Entry point: ApplyMacro.
#include "lang/macros.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace assay {
namespace {

struct MacroRow {
  absl::string_view name = {};
  Macro macro = Macro::kNone;
  size_t arguments = 0;  // as written
  size_t variables = 0;  // the first of them
};

// All are called on a receiver.
constexpr MacroRow kMacros[] = {
    {"all", Macro::kAll, 2, 1},
    {"all", Macro::kAll, 3, 2},
    {"exists", Macro::kExists, 2, 1},
    {"exists", Macro::kExists, 3, 2},
    {"exists_one", Macro::kExistsOne, 2, 1},
    {"exists_one", Macro::kExistsOne, 3, 2},
    {"existsOne", Macro::kExistsOne, 2, 1},
    {"existsOne", Macro::kExistsOne, 3, 2},
    {"filter", Macro::kFilter, 2, 1},
    {"map", Macro::kMap, 2, 1},
    {"map", Macro::kMap, 3, 1},
    {"sortBy", Macro::kSortBy, 2, 1},
    {"transformList", Macro::kTransformList, 3, 2},
    {"transformList", Macro::kTransformList, 4, 2},
    {"transformMap", Macro::kTransformMap, 3, 2},
    {"transformMap", Macro::kTransformMap, 4, 2},
    {"transformMapEntry", Macro::kTransformMapEntry, 3, 2},
    {"transformMapEntry", Macro::kTransformMapEntry, 4, 2},
    {"optMap", Macro::kOptMap, 2, 1},
    {"optFlatMap", Macro::kOptFlatMap, 2, 1},
};

bool IsSimpleName(const Expr& expr) {
  return expr.kind == ExprKind::kIdent && !expr.name.empty() && expr.name[0] != '.';
}

// Moves the first `count` arguments to the call's variables.
bool TakeVariables(size_t count, Expr* call, SyntaxErrors* errors) {
  for (size_t i = 0; i < count; ++i) {
    const Expr& variable = *call->args[i];
    if (!IsSimpleName(variable)) {
      errors->Add(variable.range, absl::StrCat("argument ", i + 1, " of ", call->name,
                                               "() names a variable: expected a simple name such as x, found ",
                                               errors->Quote(variable.range)));
      return false;
    }
    if (std::find(call->vars.begin(), call->vars.end(), variable.name) != call->vars.end()) {
      errors->Add(variable.range, absl::StrCat("the two variables of ", call->name, "() need two names, not twice '",
                                               variable.name, "'"));
      return false;
    }
    call->vars.push_back(variable.name);
  }
  call->args.erase(call->args.begin(), call->args.begin() + count);
  return true;
}

bool ApplyHas(Expr* call, SyntaxErrors* errors) {
  const Expr& tested = *call->args[0];
  if (tested.kind != ExprKind::kSelect || tested.test_only || tested.optional) {
    errors->Add(tested.range,
                absl::StrCat("has() asks whether a field is set: expected a field such as order.id, found ",
                             errors->Quote(tested.range)));
    return false;
  }
  call->kind = ExprKind::kSelect;
  call->test_only = true;
  call->focus = tested.focus;
  call->operand = tested.operand;
  call->name = tested.name;
  call->args.clear();
  return true;
}

// The names of cel.block's values and of variables that no author could write, as the conformance suite has them.
bool ApplyIndexName(const char* prefix, Expr* call, SyntaxErrors* errors) {
  std::string name = prefix;
  for (const Expr* arg : call->args) {
    if (arg->kind != ExprKind::kConstant || arg->constant.kind != TypeKind::kInt || arg->constant.int_value < 0) {
      errors->Add(arg->range,
                  absl::StrCat("cel.", call->name, "() takes numbers, written out: found ", errors->Quote(arg->range)));
      return false;
    }
    absl::StrAppend(&name, arg == call->args[0] ? "" : ":", arg->constant.int_value);
  }
  call->kind = ExprKind::kIdent;
  call->name = std::move(name);
  call->operand = nullptr;
  call->args.clear();
  return true;
}

// proto.getExt(message, extension.name), proto.hasExt: a field whose name is the extension's full one.
bool ApplyExtension(bool test, Expr* call, SyntaxErrors* errors) {
  const std::string name = QualifiedName(*call->args[1]);
  if (name.empty()) {
    errors->Add(call->args[1]->range,
                absl::StrCat("proto.", call->name, "() takes the full name of an extension: found ",
                             errors->Quote(call->args[1]->range)));
    return false;
  }
  call->kind = ExprKind::kSelect;
  call->test_only = test;
  call->operand = call->args[0];
  call->focus = call->args[1]->range;
  call->name = name;
  call->args.clear();
  return true;
}

// cel.bind(variable, value, body): the value takes the place of the receiver.
bool ApplyBind(Expr* call, SyntaxErrors* errors) {
  if (!TakeVariables(1, call, errors)) return false;
  call->kind = ExprKind::kComprehension;
  call->macro = Macro::kBind;
  call->operand = call->args[0];
  call->args.erase(call->args.begin());
  return true;
}

// cel.block([v0, v1 …], body): every value may use those before it as cel.index(0), cel.index(1) …
bool ApplyBlock(Expr* call, SyntaxErrors* errors, TreeBuilder* tree) {
  const Expr& values = *call->args[0];
  if (values.kind != ExprKind::kList || values.args.empty() || !values.optional_entries.empty()) {
    errors->Add(values.range, "cel.block() takes a list, written out, of the values that its body uses");
    return false;
  }
  Expr* body = call->args[1];
  for (size_t i = values.args.size(); i > 0; --i) {
    Expr* bind = i == 1 ? call : tree->New(ExprKind::kComprehension, call->range);
    if (bind == nullptr) return false;
    bind->kind = ExprKind::kComprehension;
    bind->macro = Macro::kBind;
    bind->name = "bind";
    bind->vars = {absl::StrCat("@index", i - 1)};
    bind->operand = values.args[i - 1];
    bind->args = {body};
    if (i != 1 && tree->Finish(bind) == nullptr) return false;
    body = bind;
  }
  return true;
}

bool ApplyCel(Expr* call, SyntaxErrors* errors, TreeBuilder* tree) {
  const size_t count = call->args.size();
  if (call->name == "bind" && count == 3) return ApplyBind(call, errors);
  if (call->name == "block" && count == 2) return ApplyBlock(call, errors, tree);
  if (call->name == "index" && count == 1) return ApplyIndexName("@index", call, errors);
  if (call->name == "iterVar" && count == 2) return ApplyIndexName("@it:", call, errors);
  if (call->name == "accuVar" && count == 2) return ApplyIndexName("@ac:", call, errors);
  return true;
}

}  // namespace

bool ApplyMacro(Expr* call, SyntaxErrors* errors, TreeBuilder* tree) {
  if (call->operand == nullptr) {
    return call->name != "has" || call->args.size() != 1 || ApplyHas(call, errors);
  }
  if (call->operand->kind == ExprKind::kIdent && call->operand->name == "cel") return ApplyCel(call, errors, tree);
  if (call->operand->kind == ExprKind::kIdent && call->operand->name == "proto" && call->args.size() == 2) {
    if (call->name == "getExt") return ApplyExtension(false, call, errors);
    if (call->name == "hasExt") return ApplyExtension(true, call, errors);
  }
  for (const MacroRow& row : kMacros) {
    if (row.name != call->name || row.arguments != call->args.size()) continue;
    if (!TakeVariables(row.variables, call, errors)) return false;
    call->kind = ExprKind::kComprehension;
    call->macro = row.macro;
    return true;
  }
  return true;
}

}  // namespace assay
