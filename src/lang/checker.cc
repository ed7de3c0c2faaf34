// Walks a tree bottom-up and types constants, lists, maps and comprehensions; names
// and calls are in check_names.cc and check_calls.cc. Entry point: Check.
#include "lang/checker.h"

#include "absl/strings/str_cat.h"
#include "lang/check_scope.h"

namespace assay {
namespace {

bool IsKeyType(const Type& type) {
  return type.is(TypeKind::kBool) || type.is(TypeKind::kInt) || type.is(TypeKind::kUint) ||
         type.is(TypeKind::kString) || type.is(TypeKind::kDyn) || type.is(TypeKind::kError);
}

}  // namespace

bool IsBoolOr(const Type& type) {
  const Type& value = type.is(TypeKind::kNullable) ? *type.element : type;
  return value.is(TypeKind::kBool) || value.is(TypeKind::kDyn) || value.is(TypeKind::kUnbound) ||
         value.is(TypeKind::kError);
}

const Type* CheckScope::Fail(SourceRange range, std::string message, std::string suggestion) {
  if (env_.late_binding) return Simple(TypeKind::kDyn);
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
      return VisitMessage(expr);
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
  for (Expr*& arg : expr->args) Visit(arg);
  std::vector<Expr**> slots;
  for (Expr*& arg : expr->args) slots.push_back(&arg);
  expr->type = env_.types->List(EntryType(expr, slots));
}

// The one type of the values of entries, that of what an optional one holds; dyn where they differ.
const Type* CheckScope::EntryType(const Expr* expr, const std::vector<Expr**>& slots) {
  if (slots.empty()) return Simple(TypeKind::kUnbound);
  if (expr->optional_entries.empty()) {
    const Type* type = Harmonize(slots);
    return type == nullptr ? Simple(TypeKind::kDyn) : type;
  }
  std::vector<const Type*> types;
  for (size_t i = 0; i < slots.size(); ++i) {
    types.push_back(expr->optional_entries[i] ? OptionalEntry(*slots[i]) : (*slots[i])->type);
  }
  const Type* leader = LeaderOf(types);
  const Type* joined = Simple(TypeKind::kUnbound);
  for (size_t i = 0; i < slots.size() && joined != nullptr; ++i) {
    const bool optional = expr->optional_entries[i];
    if (leader != nullptr && Coerce(*slots[i], optional ? env_.types->Optional(leader) : leader)) {
      const Type* type = (*slots[i])->type;
      types[i] = optional && type->is(TypeKind::kOptional) ? type->element : type;
    }
    joined = env_.types->Join(joined, types[i]);
  }
  return joined == nullptr ? Simple(TypeKind::kDyn) : joined;
}

// What the value of a `?` entry holds if it is there.
const Type* CheckScope::OptionalEntry(const Expr* value) {
  const Type* type = value->type;
  if (type->is(TypeKind::kOptional)) return type->element;
  if (type->is(TypeKind::kDyn) || type->is(TypeKind::kError)) return type;
  return Fail(value->range, absl::StrCat("an entry with '?' takes an optional, this is ", WithArticle(*type)),
              absl::StrCat("optional.of(", source_.Slice(value->range), ")"));
}

void CheckScope::VisitMap(Expr* expr) {
  std::vector<Expr**> keys;
  std::vector<Expr**> values;
  for (size_t i = 0; i < expr->args.size(); ++i) {
    Visit(expr->args[i]);
    (i % 2 == 0 ? keys : values).push_back(&expr->args[i]);
  }
  for (Expr** slot : keys) {
    if (IsKeyType(*(*slot)->type)) continue;
    Fail((*slot)->range, absl::StrCat("a map's key is a bool, int, uint or string, not ", WithArticle(*(*slot)->type)),
         "");
  }
  const Type* key = keys.empty() ? Simple(TypeKind::kUnbound) : Harmonize(keys);
  expr->type = env_.types->Map(key == nullptr ? Simple(TypeKind::kDyn) : key, EntryType(expr, values));
}

void CheckScope::CheckPredicate(Expr*& slot) {
  Visit(slot);
  if (IsBoolOr(*slot->type)) return;
  Fail(slot->range, absl::StrCat("a condition is a bool, this is ", WithArticle(*slot->type)), "");
}

bool Check(const Environment& env, const SourceText& source, const Type* expected, Ast* ast, IssueList* issues) {
  const size_t before = issues->error_count();
  CheckScope scope(env, source, ast, issues);
  scope.Visit(ast->root);
  if (expected != nullptr && issues->error_count() == before) scope.Demand(ast->root, expected);
  scope.ReportPending();
  return issues->error_count() == before;
}

}  // namespace assay
