// Walks a tree bottom-up and types constants, lists, maps and comprehensions; names
// and calls are in check_names.cc and check_calls.cc. Entry point: Check.
#include "lang/checker.h"

#include "absl/strings/str_cat.h"
#include "lang/check_scope.h"

namespace assay {

const Type* CheckScope::Fail(const Expr* expr, SourceRange range, std::string message, std::string suggestion) {
  (void)expr;
  Issue issue = MakeIssue(Severity::kError, source_, range, std::move(message));
  issue.suggestion = std::move(suggestion);
  issues_->Add(std::move(issue));
  return Simple(TypeKind::kError);
}

void CheckScope::Visit(Expr*& slot) {
  Expr* expr = slot;
  switch (expr->kind) {
    case ExprKind::kConstant:
      return VisitConstant(expr);
    case ExprKind::kIdent:
      return VisitIdent(expr);
    case ExprKind::kSelect:
      return VisitSelect(expr);
    case ExprKind::kCall:
      return VisitCall(expr);
    case ExprKind::kList:
      return VisitList(expr);
    case ExprKind::kMap:
      return VisitMap(expr);
    case ExprKind::kComprehension:
      return VisitComprehension(expr);
    case ExprKind::kMessage:
      expr->type = Fail(expr, expr->range, absl::StrCat("a message cannot be made over rows: ", expr->name), "");
      return;
  }
}

void CheckScope::VisitConstant(Expr* expr) {
  if (expr->constant.kind == TypeKind::kDecimal) {
    expr->type = env_.types->Decimal(SizeOfDecimal(expr->constant.decimal));
    return;
  }
  expr->type = Simple(expr->constant.kind);
}

void CheckScope::VisitList(Expr* expr) {
  if (!expr->optional_entries.empty()) {
    expr->type = Fail(expr, expr->range, "an optional entry needs an optional value; write the list without '?'", "");
    return;
  }
  std::vector<Expr**> slots;
  for (Expr*& arg : expr->args) {
    Visit(arg);
    slots.push_back(&arg);
  }
  const Type* element = slots.empty() ? Simple(TypeKind::kDyn) : Harmonize(slots);
  if (element == nullptr) {
    size_t odd = 1;
    while (odd + 1 < slots.size() && env_.types->Join((*slots[0])->type, (*slots[odd])->type) != nullptr) ++odd;
    expr->type = Fail(expr, (*slots[odd])->range,
                      absl::StrCat("a list holds one type: its first element is ", TypeName(*(*slots[0])->type),
                                   ", this one is ", TypeName(*(*slots[odd])->type)),
                      "");
    return;
  }
  expr->type = env_.types->List(element);
}

void CheckScope::VisitMap(Expr* expr) {
  std::vector<Expr**> keys;
  std::vector<Expr**> values;
  for (size_t i = 0; i < expr->args.size(); ++i) {
    Visit(expr->args[i]);
    (i % 2 == 0 ? keys : values).push_back(&expr->args[i]);
  }
  const Type* key = keys.empty() ? Simple(TypeKind::kDyn) : Harmonize(keys);
  const Type* value = values.empty() ? Simple(TypeKind::kDyn) : Harmonize(values);
  if (key == nullptr || value == nullptr) {
    expr->type =
        Fail(expr, expr->range,
             absl::StrCat("a map holds one type of ", key == nullptr ? "keys" : "values", "; these differ"), "");
    return;
  }
  const bool key_allowed = key->is(TypeKind::kBool) || key->is(TypeKind::kInt) || key->is(TypeKind::kUint) ||
                           key->is(TypeKind::kString) || key->is(TypeKind::kDyn) || key->is(TypeKind::kError);
  if (!key_allowed) {
    Fail(expr, (*keys[0])->range, absl::StrCat("a map's key is a bool, int, uint or string, not a ", TypeName(*key)),
         "");
  }
  expr->type = env_.types->Map(key, value);
}

void CheckScope::CheckPredicate(Expr*& slot) {
  Visit(slot);
  if (slot->type->is(TypeKind::kBool) || slot->type->is(TypeKind::kDyn) || slot->type->is(TypeKind::kError)) return;
  Fail(slot, slot->range, absl::StrCat("a condition is a bool, this is a ", TypeName(*slot->type)), "");
}

void CheckScope::VisitComprehension(Expr* expr) {
  Visit(expr->operand);
  const Type* range = expr->operand->type;
  const size_t outer = locals_.size();
  if (expr->macro == Macro::kBind) {
    locals_.push_back({expr->vars[0], range, expr, 0});
    Visit(expr->args[0]);
    expr->type = expr->args[0]->type;
    locals_.resize(outer);
    return;
  }
  const Type* first = Simple(TypeKind::kError);
  const Type* second = first;
  const bool two = expr->vars.size() == 2;
  if (range->is(TypeKind::kList)) {
    first = two ? Simple(TypeKind::kInt) : range->element;
    second = range->element;
  } else if (range->is(TypeKind::kMap)) {
    first = range->key;
    second = range->element;
  } else if (range->is(TypeKind::kDyn)) {
    first = second = range;
  } else if (!range->is(TypeKind::kError)) {
    Fail(expr, expr->operand->range,
         absl::StrCat("'", expr->name, "' goes over a list or a map, this is a ", TypeName(*range)), "");
  }
  locals_.push_back({expr->vars[0], first, expr, 0});
  if (two) locals_.push_back({expr->vars[1], second, expr, 1});
  switch (expr->macro) {
    case Macro::kAll:
    case Macro::kExists:
    case Macro::kExistsOne:
      CheckPredicate(expr->args[0]);
      expr->type = Simple(TypeKind::kBool);
      break;
    case Macro::kFilter:
      CheckPredicate(expr->args[0]);
      expr->type = range->is(TypeKind::kMap) ? env_.types->List(first) : range;
      break;
    case Macro::kMap:
    case Macro::kTransformList:
      if (expr->args.size() == 2) CheckPredicate(expr->args[0]);
      Visit(expr->args.back());
      expr->type = env_.types->List(expr->args.back()->type);
      break;
    default:
      expr->type = Fail(expr, expr->focus, absl::StrCat("not available over rows: '", expr->name, "'"), "");
  }
  locals_.resize(outer);
}

bool Check(const Environment& env, const SourceText& source, const Type* expected, Ast* ast, IssueList* issues) {
  const size_t before = issues->error_count();
  CheckScope scope(env, source, ast, issues);
  scope.Visit(ast->root);
  if (expected == nullptr || issues->error_count() != before) return issues->error_count() == before;
  if (!scope.Coerce(ast->root, expected)) {
    issues->Add(
        MakeIssue(Severity::kError, source, ast->root->range,
                  absl::StrCat("this must be a ", TypeName(*expected), ", it is a ", TypeName(*ast->root->type))));
  }
  return issues->error_count() == before;
}

}  // namespace assay
