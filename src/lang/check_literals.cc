// Literals that take the type of what they stand beside: exact decimals beside a
// decimal, enum values beside an enum. Never through a name.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "base/suggest.h"
#include "lang/check_scope.h"

namespace assay {

bool LiteralDecimal(const Expr& expr, Decimal* value) {
  if (expr.kind == ExprKind::kConstant) {
    const Constant& c = expr.constant;
    if (c.kind == TypeKind::kDouble && c.has_decimal) {
      *value = c.decimal;
      return true;
    }
    if (c.kind == TypeKind::kInt) *value = DecimalFromInt64(c.int_value);
    if (c.kind == TypeKind::kUint) *value = DecimalFromUint64(c.uint_value);
    if (c.kind == TypeKind::kDecimal) *value = c.decimal;
    return c.kind == TypeKind::kInt || c.kind == TypeKind::kUint || c.kind == TypeKind::kDecimal;
  }
  if (expr.kind != ExprKind::kCall || expr.operand != nullptr || expr.args.empty()) return false;
  Decimal a;
  if (!LiteralDecimal(*expr.args[0], &a)) return false;
  if (expr.name == "-_") {
    *value = Negate(a);
    return true;
  }
  Decimal b;
  if (expr.args.size() != 2 || !LiteralDecimal(*expr.args[1], &b)) return false;
  std::optional<Decimal> result;
  if (expr.name == "_+_") result = Add(a, b);
  if (expr.name == "_-_") result = Subtract(a, b);
  if (expr.name == "_*_") result = Multiply(a, b);
  if (result.has_value()) *value = *result;
  return result.has_value();
}

DecimalSize SizeOfDecimal(const Decimal& value) {
  const int128 c = value.coefficient;
  const int digits = CountDigits(static_cast<uint128>(c < 0 ? -c : c));
  return {std::max({digits, value.scale, 1}), value.scale};
}

std::vector<Expr**> ArgumentSlots(Expr* call) {
  std::vector<Expr**> slots;
  if (call->operand != nullptr) slots.push_back(&call->operand);
  for (Expr*& arg : call->args) slots.push_back(&arg);
  return slots;
}

namespace {

// The literal becomes one constant; what it was made of is told that it has been understood.
void Settle(Expr* expr, const Type* decimal) {
  for (Expr* arg : expr->args) Settle(arg, decimal);
  expr->type = decimal;
}

// Types that agree as they are, whatever stands in the expression.
bool Agree(const Type& from, const Type& to) {
  if (&from == &to || from.is(TypeKind::kError) || to.is(TypeKind::kError)) return true;
  if (from.is(TypeKind::kDecimal) && to.is(TypeKind::kDecimal)) return true;
  return from.is(TypeKind::kDyn) || from.is(TypeKind::kUnbound) || to.is(TypeKind::kDyn) || to.is(TypeKind::kUnbound);
}

bool IsEnum(const Type& type) { return type.is(TypeKind::kInt) && type.enum_type != nullptr; }

bool IsName(const Expr& expr) { return expr.kind == ExprKind::kConstant && expr.constant.kind == TypeKind::kString; }

}  // namespace

const Type* LeafOf(const Type* type) {
  while (type->is(TypeKind::kList) || type->is(TypeKind::kMap) || type->is(TypeKind::kOptional) ||
         type->is(TypeKind::kNullable)) {
    type = type->element;
  }
  return type;
}

bool CheckScope::FitsDecimal(const Expr& expr) const {
  Decimal value;
  return expr.type->is(TypeKind::kInt) || expr.type->is(TypeKind::kUint) || LiteralDecimal(expr, &value);
}

void CheckScope::MakeDecimal(Expr*& slot) {
  Expr* expr = slot;
  Decimal value;
  if (LiteralDecimal(*expr, &value)) {
    Settle(expr, env_.types->Decimal(SizeOfDecimal(value)));
    expr->kind = ExprKind::kConstant;
    expr->args.clear();
    expr->constant.kind = TypeKind::kDecimal;
    expr->constant.decimal = value;
    expr->ref = {};
    return;
  }
  Expr* conversion = ast_->New(ExprKind::kCall, expr->range);
  conversion->name = "decimal";
  conversion->args = {expr};
  conversion->type = env_.types->Decimal({expr->type->is(TypeKind::kInt) ? 19 : 20, 0});
  conversion->ref.kind = Reference::Kind::kFunction;
  conversion->ref.op = Op::kToDecimal;
  slot = conversion;
}

void CheckScope::MakeEnum(Expr* expr, const Type* to) {
  const google::protobuf::EnumDescriptor& type = *to->enum_type;
  std::optional<int> number = EnumNumber(type, expr->constant.text);
  if (!number.has_value()) {
    std::vector<std::string> names;
    for (int i = 0; i < type.value_count(); ++i) names.push_back(EnumShortName(type, type.value(i)->number()));
    std::vector<absl::string_view> views(names.begin(), names.end());
    Fail(expr->range, absl::StrCat("not a value of ", type.full_name(), ": '", expr->constant.text, "'"),
         Nearest(expr->constant.text, views));
    number = 0;
  }
  expr->constant.kind = TypeKind::kInt;
  expr->constant.int_value = *number;
  expr->type = to;
}

std::vector<CheckScope::Part> CheckScope::EntriesFor(Expr* expr, const Type* element) {
  std::vector<Part> parts;
  const size_t step = expr->kind == ExprKind::kMap ? 2 : 1;
  for (size_t i = 0; i * step < expr->args.size(); ++i) {
    const bool optional = !expr->optional_entries.empty() && expr->optional_entries[i];
    parts.push_back({&expr->args[i * step + step - 1], optional ? env_.types->Optional(element) : element, optional});
  }
  return parts;
}

// Of a call that gives what it takes, wrapped or unwrapped; nothing of any other.
std::vector<CheckScope::Part> CheckScope::ArgumentsFor(Expr* call, const Type* to) {
  if (call->ref.kind != Reference::Kind::kFunction) return {};
  switch (call->ref.op) {
    case Op::kConditional:
      return {{&call->args[1], to, false}, {&call->args[2], to, false}};
    case Op::kNegate:
      if (!to->is(TypeKind::kDecimal)) return {};
      return {{&call->args[0], to, false}};
    case Op::kAdd:
      if (!to->is(TypeKind::kList)) return {};
      return {{&call->args[0], to, false}, {&call->args[1], to, false}};
    case Op::kOptionalOf:
    case Op::kOptionalOfNonZero:
      if (!to->is(TypeKind::kOptional)) return {};
      return {{&call->args[0], to->element, false}};
    case Op::kOrOptional:
      if (!to->is(TypeKind::kOptional)) return {};
      return {{&call->operand, to, false}, {&call->args[0], to, false}};
    case Op::kOrValue:
      return {{&call->operand, env_.types->Optional(to), true}, {&call->args[0], to, false}};
    case Op::kValueOf:
      return {{&call->operand, env_.types->Optional(to), true}};
    default:
      return {};
  }
}

std::vector<CheckScope::Part> CheckScope::PartsFor(Expr* expr, const Type* to) {
  const bool entries = (expr->kind == ExprKind::kList && to->is(TypeKind::kList)) ||
                       (expr->kind == ExprKind::kMap && to->is(TypeKind::kMap));
  if (entries) return EntriesFor(expr, to->element);
  if (expr->kind == ExprKind::kCall) return ArgumentsFor(expr, to);
  if (expr->kind == ExprKind::kComprehension && expr->macro == Macro::kBind) return {{&expr->args[0], to, false}};
  return {};
}

// The type of what its parts, which have become others, make together.
void CheckScope::Retype(Expr* expr, const std::vector<Part>& parts) {
  const Type* joined = Simple(TypeKind::kUnbound);
  for (const Part& part : parts) {
    const Type* type = (*part.slot)->type;
    joined = env_.types->Join(joined, part.unwraps && type->is(TypeKind::kOptional) ? type->element : type);
    if (joined == nullptr) return;  // a list of what has no one type stays one
  }
  const bool makes_optional =
      expr->kind == ExprKind::kCall && (expr->ref.op == Op::kOptionalOf || expr->ref.op == Op::kOptionalOfNonZero);
  if (expr->kind == ExprKind::kList) joined = env_.types->List(joined);
  if (expr->kind == ExprKind::kMap) joined = env_.types->Map(expr->type->key, joined);
  expr->type = makes_optional ? env_.types->Optional(joined) : joined;
}

bool CheckScope::Fits(Expr* expr, const Type* to) {
  const Type* from = expr->type;
  if (Agree(*from, *to)) return true;
  if (to->is(TypeKind::kDecimal) && FitsDecimal(*expr)) return true;
  if (IsEnum(*to) && IsName(*expr)) return true;
  if (PartsFit(expr, to)) return true;
  const Type* joined = env_.types->Join(from, to);
  return joined != nullptr && (!to->is(TypeKind::kNullable) || joined == to) && !to->is(TypeKind::kDecimal);
}

bool CheckScope::PartsFit(Expr* expr, const Type* to) {
  const std::vector<Part> parts = PartsFor(expr, to);
  if (parts.empty()) return false;
  if (expr->kind == ExprKind::kMap && env_.types->Join(expr->type->key, to->key) == nullptr) return false;
  return std::all_of(parts.begin(), parts.end(), [this](const Part& part) { return Fits(*part.slot, part.wanted); });
}

bool CheckScope::Coerce(Expr*& slot, const Type* to) {
  if (!Fits(slot, to)) return false;
  if (Agree(*slot->type, *to)) return true;
  if (to->is(TypeKind::kDecimal) && FitsDecimal(*slot)) {
    MakeDecimal(slot);
  } else if (IsEnum(*to) && IsName(*slot)) {
    MakeEnum(slot, to);
  } else if (PartsFit(slot, to)) {
    const std::vector<Part> parts = PartsFor(slot, to);
    for (const Part& part : parts) Coerce(*part.slot, part.wanted);
    Retype(slot, parts);
  }
  return true;
}

const Type* CheckScope::LeaderOf(const std::vector<const Type*>& types) {
  const auto holds = [&types](auto test) {
    const auto found = std::find_if(types.begin(), types.end(), [&](const Type* type) { return test(*LeafOf(type)); });
    return found == types.end() ? nullptr : *found;
  };
  // An enum's number beside a decimal is an int as any other.
  const Type* decimal = holds([](const Type& leaf) { return leaf.is(TypeKind::kDecimal); });
  return decimal != nullptr ? decimal : holds(IsEnum);
}

const Type* CheckScope::Harmonize(const std::vector<Expr**>& slots) {
  std::vector<const Type*> types;
  for (Expr** slot : slots) types.push_back((*slot)->type);
  const Type* leader = LeaderOf(types);
  if (leader == nullptr) leader = types[0];
  const Type* joined = nullptr;
  for (Expr** slot : slots) {
    if (!Coerce(*slot, leader)) return nullptr;
    const Type* type = (*slot)->type;
    if (type->is(TypeKind::kDyn)) return type;
    joined = joined == nullptr ? type : env_.types->Join(joined, type);
    if (joined == nullptr) return nullptr;
  }
  return joined;
}

}  // namespace assay
