// Calls: operators whose operands must be of one type, membership and indexing,
// host functions, and everything else by overload.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "lang/check_scope.h"

namespace assay {
void CheckScope::VisitCall(Expr* expr) {
  if (VisitHostCall(expr)) return;
  const bool qualified = CallQualified(expr);
  if (expr->operand != nullptr && !qualified) Visit(expr->operand);
  for (Expr*& arg : expr->args) Visit(arg);
  for (Expr** slot : ArgumentSlots(expr)) {
    if ((*slot)->type->is(TypeKind::kError)) {
      expr->type = (*slot)->type;
      return;
    }
  }
  if (CallOfOneType(expr)) return;
  if (expr->name == "@in") return CallIn(expr);
  if (expr->name == "_[_]") return CallIndex(expr);
  CallOverload(expr);
}

// table.NAME(args): a function the environment brought.
bool CheckScope::VisitHostCall(Expr* expr) {
  if (expr->operand == nullptr && expr->name.empty()) return false;
  std::string name = expr->name;
  if (expr->operand != nullptr) {
    const std::string prefix = QualifiedName(*expr->operand);
    if (prefix.empty() || FindLocal(prefix.substr(0, prefix.find('.'))) != nullptr) return false;
    name = absl::StrCat(prefix, ".", name);
  }
  auto found = env_.host_functions.find(name);
  if (found == env_.host_functions.end()) {
    if (expr->operand == nullptr || !IsUnknownInGroup(*expr->operand, env_.host_functions)) return false;
    FailInGroup(expr, env_.host_functions);
    return true;
  }
  const HostFunction& function = found->second;
  expr->name = name;
  expr->operand = nullptr;
  expr->ref.kind = Reference::Kind::kHostFunction;
  expr->ref.index = function.index;
  expr->type = function.result;
  for (Expr*& arg : expr->args) Visit(arg);
  if (expr->args.size() != function.args.size()) {
    Fail(expr->focus,
         absl::StrCat("'", name, "' takes ", function.args.size(), " arguments, here are ", expr->args.size()), "");
    return true;
  }
  Bindings bound = {};
  for (size_t i = 0; i < expr->args.size(); ++i) CheckHostArgument(name, i, function.args[i], expr, &bound);
  for (const EnvVariable& variable : function.implied) {
    Expr* argument = ast_->New(ExprKind::kIdent, {expr->range.end, expr->range.end});
    argument->ref.kind = Reference::Kind::kVariable;
    argument->ref.index = variable.index;
    argument->type = variable.type;
    expr->args.push_back(argument);
  }
  expr->type = Substitute(function.result, bound);
  return true;
}

// A decimal must fit the pattern's size as it is: nothing is rounded silently.
void CheckScope::CheckHostArgument(absl::string_view name, size_t i, const Type* pattern, Expr* call, Bindings* bound) {
  Expr*& argument = call->args[i];
  const bool is_generic = Substitute(pattern, *bound) != pattern;
  if (!(is_generic ? Bind(pattern, argument->type, bound) : Coerce(argument, pattern))) {
    Fail(argument->range,
         absl::StrCat("argument ", i + 1, " of '", name, "' is ", WithArticle(*pattern), ", this is ",
                      WithArticle(*argument->type)),
         Conversion(*argument, *pattern));
    return;
  }
  if (!pattern->is(TypeKind::kDecimal) || !argument->type->is(TypeKind::kDecimal)) return;
  const DecimalSize most = pattern->decimal;
  const DecimalSize size = argument->type->decimal;
  if (size.scale <= most.scale && size.whole() <= most.whole()) return;
  Fail(argument->range,
       absl::StrCat("argument ", i + 1, " of '", name, "' has up to ", size.whole(), " digits before the point and ",
                    size.scale, " behind it, more than ", most.whole(), " and ", most.scale,
                    ": round it, or give the input a larger 'decimal'"),
       "");
}

// math.abs(x), strings.quote(x): a namespace is no receiver.
bool CheckScope::CallQualified(Expr* expr) {
  if (expr->operand == nullptr) return false;
  const std::string prefix = QualifiedName(*expr->operand);
  if (prefix.empty() || FindLocal(prefix) != nullptr) return false;
  const std::string name = absl::StrCat(prefix, ".", expr->name);
  if (env_.functions->Find(name, false).empty()) return false;
  expr->name = name;
  expr->operand = nullptr;
  return true;
}

void CheckScope::Finish(Expr* expr, Op op, const Type* result) {
  expr->ref.kind = Reference::Kind::kFunction;
  expr->ref.op = op;
  expr->type = result;
}

bool CheckScope::CallOfOneType(Expr* expr) {
  const bool equality = expr->name == "_==_" || expr->name == "_!=_";
  const bool conditional = expr->name == "_?_:_";
  if (!equality && !conditional) return false;
  std::vector<Expr**> slots = ArgumentSlots(expr);
  if (conditional) {
    const Type* test = (*slots[0])->type;
    if (!IsBoolOr(*test)) {
      Fail((*slots[0])->range, absl::StrCat("a condition is a bool, this is ", WithArticle(*test)), "");
    }
    slots.erase(slots.begin());
  }
  const Type* joined = Harmonize(slots);
  if (joined == nullptr) {
    expr->type = NotOfOneType(
        expr, slots, equality ? "only values of one type can be compared" : "both branches must have one type");
    if (!env_.late_binding && !expr->type->is(TypeKind::kDouble)) return true;
    joined = expr->type;
  }
  if (equality) {
    Finish(expr, expr->name == "_==_" ? Op::kEqual : Op::kNotEqual, Simple(TypeKind::kBool));
  } else {
    Finish(expr, Op::kConditional, joined == nullptr ? Simple(TypeKind::kDyn) : joined);
  }
  return true;
}

void CheckScope::CallIn(Expr* expr) {
  Expr*& element = expr->args[0];
  Expr*& range = expr->args[1];
  const Type* container = range->type;
  Finish(expr, Op::kIn, Simple(TypeKind::kBool));
  if (container->is(TypeKind::kDyn)) return;
  if (!container->is(TypeKind::kList) && !container->is(TypeKind::kMap)) {
    expr->type =
        Fail(range->range, absl::StrCat("'in' looks into a list or a map, this is ", WithArticle(*container)), "");
    return;
  }
  const Type* member = container->is(TypeKind::kMap) ? container->key : container->element;
  // A decimal or an enum on either side makes literals on the other side its own.
  bool fits = Coerce(element, member) && env_.types->Join(element->type, member) != nullptr;
  const bool unknown = member->is(TypeKind::kDyn);  // as of [1, 2.5], which beside a decimal is a list of decimals
  if ((!fits || unknown) && container->is(TypeKind::kList)) fits = Coerce(range, env_.types->List(element->type));
  if (unknown && range->kind == ExprKind::kList && element->type->is(TypeKind::kDecimal)) {
    for (Expr*& entry : range->args) Coerce(entry, element->type);
  }
  if (unknown || element->type->is(TypeKind::kDyn)) fits = true;
  if (fits) return;
  const std::string message = absl::StrCat(WithArticle(*element->type), " is never in ", WithArticle(*container));
  expr->type = Fail(expr->focus, message, Conversion(*element, *member));
}

void CheckScope::CallIndex(Expr* expr) {
  const Type* container = expr->args[0]->type;
  const bool chained = container->is(TypeKind::kOptional);
  const Type* element = ElementType(expr, chained ? *container->element : *container);
  const bool optional = (chained || expr->optional) && !element->is(TypeKind::kError);
  Finish(expr, Op::kIndex, optional ? env_.types->Optional(element) : element);
}

// The type of container[index].
const Type* CheckScope::ElementType(Expr* expr, const Type& container) {
  Expr*& index = expr->args[1];
  const Type& position = index->type->is(TypeKind::kNullable) ? *index->type->element : *index->type;
  switch (container.kind) {
    case TypeKind::kList:
      if (position.is(TypeKind::kInt) || position.is(TypeKind::kDyn)) return container.element;
      break;
    case TypeKind::kMap:
      if (Coerce(index, container.key) || position.is(TypeKind::kDyn)) return container.element;
      break;
    case TypeKind::kDyn:
    case TypeKind::kUnbound:
      return &container;
    default:
      break;
  }
  return Fail(expr->focus, absl::StrCat(WithArticle(container), " cannot be indexed by ", WithArticle(*index->type)),
              Conversion(*index, container.is(TypeKind::kMap) ? *container.key : *Simple(TypeKind::kInt)));
}

bool CheckScope::Bind(const Type* pattern, const Type* actual, Bindings* bound) {
  for (int i = 0; i < FunctionTable::kParams; ++i) {
    if (pattern != env_.functions->param(i)) continue;
    const Type*& meaning = (*bound)[static_cast<size_t>(i)];
    const Type* joined = meaning == nullptr ? actual : env_.types->Join(meaning, actual);
    if (joined != nullptr) meaning = joined;
    return joined != nullptr;
  }
  if (actual->is(TypeKind::kDyn) || actual->is(TypeKind::kUnbound) || pattern->is(TypeKind::kDyn)) return true;
  if (actual->is(TypeKind::kNullable) && !pattern->is(TypeKind::kNullable))
    return Bind(pattern, actual->element, bound);
  return pattern->kind == actual->kind && BindParts(*pattern, *actual, bound);
}

bool CheckScope::BindParts(const Type& pattern, const Type& actual, Bindings* bound) {
  switch (pattern.kind) {
    case TypeKind::kList:
    case TypeKind::kOptional:
    case TypeKind::kNullable:
      return Bind(pattern.element, actual.element, bound);
    case TypeKind::kMap:
      return Bind(pattern.key, actual.key, bound) && Bind(pattern.element, actual.element, bound);
    case TypeKind::kOpaque:
      if (pattern.row != actual.row || pattern.parts.size() != actual.parts.size()) return false;
      for (size_t i = 0; i < pattern.parts.size(); ++i) {
        if (!Bind(pattern.parts[i], actual.parts[i], bound)) return false;
      }
      return true;
    default:
      return true;
  }
}

const Type* CheckScope::Substitute(const Type* pattern, const Bindings& bound) {
  for (int i = 0; i < FunctionTable::kParams; ++i) {
    const Type* meaning = bound[static_cast<size_t>(i)];
    if (pattern == env_.functions->param(i)) return meaning == nullptr ? Simple(TypeKind::kUnbound) : meaning;
  }
  std::vector<const Type*> parts;
  switch (pattern->kind) {
    case TypeKind::kList:
      return env_.types->List(Substitute(pattern->element, bound));
    case TypeKind::kMap:
      return env_.types->Map(Substitute(pattern->key, bound), Substitute(pattern->element, bound));
    case TypeKind::kOptional:
      return env_.types->Optional(Substitute(pattern->element, bound));
    case TypeKind::kOpaque:
      for (const Type* part : pattern->parts) parts.push_back(Substitute(part, bound));
      return env_.types->Opaque(pattern->row->name, std::move(parts));
    default:
      return pattern;
  }
}

// Where it may adapt, what stands beside a decimal or is declared as one becomes a decimal if it can, and names beside
// an enum its values.
bool CheckScope::TryOverload(const Overload& overload, const std::vector<Expr**>& slots, bool adapt,
                             const Type** result) {
  const size_t patterns = overload.args.size();
  if (overload.repeats ? slots.size() < patterns : slots.size() != patterns) return false;
  const auto pattern = [&](size_t i) { return overload.args[std::min(i, patterns - 1)]; };
  Bindings bound = {};
  const auto is_decimal = [](const Type* type) { return LeafOf(type)->is(TypeKind::kDecimal); };
  const bool decimal = std::any_of(slots.begin(), slots.end(), [&](Expr** slot) { return is_decimal((*slot)->type); });
  // An enum's number beside a decimal is an int as any other.
  const auto leads = [&](size_t i) {
    const Type* type = (*slots[i])->type;
    return !adapt || is_decimal(type) || (!decimal && !is_decimal(pattern(i)) && LeaderOf({type}) != nullptr);
  };
  for (size_t i = 0; i < slots.size(); ++i) {
    if (leads(i) && !Bind(pattern(i), (*slots[i])->type, &bound)) return false;
  }
  std::vector<size_t> adapted;
  for (size_t i = 0; i < slots.size(); ++i) {
    if (leads(i)) continue;
    const Type* wanted = Substitute(pattern(i), bound);
    const bool led = LeaderOf({wanted}) != nullptr;
    if (led ? !Fits(*slots[i], wanted) : !Bind(pattern(i), (*slots[i])->type, &bound)) return false;
    if (led) adapted.push_back(i);
  }
  for (size_t i : adapted) {
    Coerce(*slots[i], Substitute(pattern(i), bound));
    if (!Bind(pattern(i), (*slots[i])->type, &bound)) return false;
  }
  *result = Substitute(overload.result, bound);
  return true;
}

// The first overload that fits. Where an argument's type is not known several may, and if these do not agree on what
// they give, neither is that known.
const Overload* CheckScope::FindOverload(const Expr& expr, const std::vector<Expr**>& slots, bool adapt,
                                         const Type** result) {
  bool unknown = false;
  bool decimal = false;
  for (Expr** slot : slots) {
    const Type* leaf = LeafOf((*slot)->type);
    unknown = unknown || leaf->is(TypeKind::kDyn);
    decimal = decimal || leaf->is(TypeKind::kDecimal);
  }
  const Overload* chosen = nullptr;
  for (const Overload& overload : env_.functions->Find(expr.name, expr.operand != nullptr)) {
    // What takes any mixture of numbers takes none with decimals: those are one type.
    if (decimal && overload.repeats && overload.result->is(TypeKind::kDyn)) continue;
    const Type* possible = nullptr;
    if (!TryOverload(overload, slots, adapt, &possible)) continue;
    *result = chosen == nullptr || *result == possible ? possible : Simple(TypeKind::kDyn);
    if (chosen == nullptr) chosen = &overload;
    if (adapt || !unknown) break;
  }
  return chosen;
}

// Whether some argument is declared a decimal, by an overload of so many, and by none a double.
bool CheckScope::DeclaresDecimal(const Expr& expr, size_t count) const {
  bool declares = false;
  for (const Overload& overload : env_.functions->Find(expr.name, expr.operand != nullptr)) {
    if (overload.args.size() != count) continue;
    for (const Type* pattern : overload.args) {
      if (LeafOf(pattern)->is(TypeKind::kDouble)) return false;
      declares = declares || LeafOf(pattern)->is(TypeKind::kDecimal);
    }
  }
  return declares;
}

void CheckScope::CallOverload(Expr* expr) {
  const std::vector<Expr**> slots = ArgumentSlots(expr);
  std::vector<const Type*> types;
  types.reserve(slots.size());
  for (Expr** slot : slots) types.push_back((*slot)->type);
  const bool unknown =
      std::any_of(types.begin(), types.end(), [](const Type* type) { return LeafOf(type)->is(TypeKind::kDyn); });
  // With no decimal in reach CEL's own types stand.
  const bool declared = DeclaresDecimal(*expr, slots.size());
  const bool first = LeaderOf(types) != nullptr || (declared && unknown);
  const bool second = declared && !first;
  for (bool adapt : {first, !first}) {
    if (adapt && !first && !second) continue;
    const Type* result = nullptr;
    const Overload* overload = FindOverload(*expr, slots, adapt, &result);
    if (overload == nullptr) continue;
    Finish(expr, overload->op, result);
    CheckSpecial(expr, overload->op);
    if (expr->type->is(TypeKind::kDecimal)) SizeDecimalResult(expr, overload->op);
    return;
  }
  NoOverload(expr, slots);
}

}  // namespace assay
