// The macros: the types of their variables and of what they make. Entry point: CheckScope::VisitComprehension.
#include "absl/strings/str_cat.h"
#include "lang/check_scope.h"

namespace assay {

// The types of the variables over a range: element or key, or index and element, or key and value.
CheckScope::LocalTypes CheckScope::TypesOfLocals(const Expr* expr) {
  const Type* range = expr->operand->type;
  const bool two = expr->vars.size() == 2;
  const Type* dyn = Simple(TypeKind::kDyn);
  switch (range->kind) {
    case TypeKind::kList:
      return {two ? Simple(TypeKind::kInt) : range->element, range->element};
    case TypeKind::kMap:
      return {range->key, range->element};
    case TypeKind::kDyn:
    case TypeKind::kUnbound:
      return {dyn, dyn};
    case TypeKind::kError:
      return {range, range};
    default:
      break;
  }
  const Type* error =
      Fail(expr->operand->range,
           absl::StrCat("'", expr->name, "' goes over a list or a map, this is ", WithArticle(*range)), "");
  return {error, error};
}

void CheckScope::VisitComprehension(Expr* expr) {
  Visit(expr->operand);
  const size_t outer = locals_.size();
  switch (expr->macro) {
    case Macro::kBind:
      locals_.push_back({expr->vars[0], expr->operand->type, expr, 0});
      Visit(expr->args[0]);
      expr->type = expr->args[0]->type;
      break;
    case Macro::kOptMap:
    case Macro::kOptFlatMap:
      VisitOptionalMap(expr);
      break;
    default: {
      const LocalTypes types = TypesOfLocals(expr);
      locals_.push_back({expr->vars[0], types.first, expr, 0});
      if (expr->vars.size() == 2) locals_.push_back({expr->vars[1], types.second, expr, 1});
      VisitMacroBody(expr, types);
    }
  }
  locals_.resize(outer);
}

void CheckScope::VisitMacroBody(Expr* expr, const LocalTypes& types) {
  const Type* range = expr->operand->type;
  if (expr->args.size() == 2) CheckPredicate(expr->args[0]);
  switch (expr->macro) {
    case Macro::kAll:
    case Macro::kExists:
    case Macro::kExistsOne:
      CheckPredicate(expr->args[0]);
      expr->type = Simple(TypeKind::kBool);
      return;
    case Macro::kFilter:
      CheckPredicate(expr->args[0]);
      expr->type = range->is(TypeKind::kMap) ? env_.types->List(types.first) : range;
      return;
    case Macro::kSortBy:
      Visit(expr->args[0]);
      expr->type = range;
      if (range->is(TypeKind::kMap)) {
        expr->type = Fail(expr->operand->range, "'sortBy' goes over a list, this is a map: sort a list made of it", "");
      }
      return;
    case Macro::kTransformMap:
      Visit(expr->args.back());
      expr->type = env_.types->Map(types.first, expr->args.back()->type);
      return;
    case Macro::kTransformMapEntry:
      return VisitTransformedEntry(expr);
    default:
      Visit(expr->args.back());
      expr->type = env_.types->List(expr->args.back()->type);
  }
}

// transformMapEntry makes a map of one entry in each turn.
void CheckScope::VisitTransformedEntry(Expr* expr) {
  Expr*& entry = expr->args.back();
  Visit(entry);
  expr->type = entry->type;
  if (entry->type->is(TypeKind::kMap) || entry->type->is(TypeKind::kDyn) || entry->type->is(TypeKind::kError)) return;
  expr->type =
      Fail(entry->range,
           absl::StrCat("'", expr->name, "' makes a map of each element, this is ", WithArticle(*entry->type)), "");
}

// opt.optMap(v, f) is an optional of f; opt.optFlatMap(v, f) is f, which is itself an optional.
void CheckScope::VisitOptionalMap(Expr* expr) {
  const Type* operand = expr->operand->type;
  const bool is_optional = operand->is(TypeKind::kOptional);
  if (!is_optional && !operand->is(TypeKind::kDyn) && !operand->is(TypeKind::kError)) {
    expr->type = Fail(expr->operand->range,
                      absl::StrCat("'", expr->name, "' takes an optional, this is ", WithArticle(*operand)), "");
    return;
  }
  locals_.push_back({expr->vars[0], is_optional ? operand->element : Simple(TypeKind::kDyn), expr, 0});
  Visit(expr->args[0]);
  const Type* body = expr->args[0]->type;
  expr->type = expr->macro == Macro::kOptMap ? env_.types->Optional(body) : body;
  const bool flat = body->is(TypeKind::kOptional) || body->is(TypeKind::kDyn) || body->is(TypeKind::kError);
  if (expr->macro == Macro::kOptMap || flat) return;
  expr->type = Fail(expr->args[0]->range,
                    absl::StrCat("'", expr->name, "' needs an optional here, this is ", WithArticle(*body)), "");
}

}  // namespace assay
