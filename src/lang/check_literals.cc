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

bool CheckScope::CoerceToDecimal(Expr*& slot, const Type* to) {
  Expr* expr = slot;
  Decimal value;
  if (LiteralDecimal(*expr, &value)) {
    expr->kind = ExprKind::kConstant;
    expr->args.clear();
    expr->constant.kind = TypeKind::kDecimal;
    expr->constant.decimal = value;
    expr->ref = {};
    expr->type = env_.types->Decimal(SizeOfDecimal(value));
    return true;
  }
  if (expr->type->is(TypeKind::kInt) || expr->type->is(TypeKind::kUint)) {
    Expr* conversion = ast_->New(ExprKind::kCall, expr->range);
    conversion->name = "decimal";
    conversion->args = {expr};
    conversion->type = env_.types->Decimal({expr->type->is(TypeKind::kInt) ? 19 : 20, 0});
    conversion->ref.kind = Reference::Kind::kFunction;
    conversion->ref.op = Op::kToDecimal;
    slot = conversion;
    return true;
  }
  if (expr->kind == ExprKind::kCall && expr->ref.op == Op::kConditional) {
    return Coerce(expr->args[1], to) && Coerce(expr->args[2], to) &&
           (expr->type = env_.types->Join(expr->args[1]->type, expr->args[2]->type)) != nullptr;
  }
  return false;
}

bool CheckScope::CoerceToEnum(Expr* expr, const Type* to) {
  if (expr->kind != ExprKind::kConstant || expr->constant.kind != TypeKind::kString) return false;
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
  return true;
}

// Each value of a list or map that is written out.
bool CheckScope::CoerceParts(Expr* list, const Type* to) {
  std::vector<Expr**> values;
  const size_t step = list->kind == ExprKind::kMap ? 2 : 1;
  for (size_t i = step - 1; i < list->args.size(); i += step) {
    if (!Coerce(list->args[i], to->element)) return false;
    values.push_back(&list->args[i]);
  }
  const Type* element = values.empty() ? nullptr : Harmonize(values);
  if (element == nullptr) element = to->element;
  const Type* key = list->type->key;  // of a map
  list->type = list->kind == ExprKind::kMap ? env_.types->Map(key, element) : env_.types->List(element);
  return list->kind == ExprKind::kList || env_.types->Join(key, to->key) != nullptr;
}

bool CheckScope::Coerce(Expr*& slot, const Type* to) {
  const Type* from = slot->type;
  if (from == to || from->is(TypeKind::kError) || to->is(TypeKind::kError)) return true;
  if (from->is(TypeKind::kDecimal) && to->is(TypeKind::kDecimal)) return true;
  if (from->is(TypeKind::kDyn) || to->is(TypeKind::kDyn) || to->is(TypeKind::kUnbound)) return true;
  if (to->is(TypeKind::kDecimal)) return CoerceToDecimal(slot, to);
  if (to->is(TypeKind::kInt) && to->enum_type != nullptr && CoerceToEnum(slot, to)) return true;
  const bool parts = slot->optional_entries.empty() && ((to->is(TypeKind::kList) && slot->kind == ExprKind::kList) ||
                                                        (to->is(TypeKind::kMap) && slot->kind == ExprKind::kMap));
  if (parts && CoerceParts(slot, to)) return true;
  const Type* joined = env_.types->Join(from, to);
  return joined != nullptr && (!to->is(TypeKind::kNullable) || joined == to);
}

const Type* CheckScope::Harmonize(const std::vector<Expr**>& slots) {
  // What the others must become: a decimal or an enum anywhere among them, else
  // the first one's type.
  const Type* leader = (*slots[0])->type;
  for (Expr** slot : slots) {
    const Type* type = (*slot)->type;
    const Type* leaf = type;
    while (leaf->is(TypeKind::kList) || leaf->is(TypeKind::kMap)) leaf = leaf->element;
    if (leaf->is(TypeKind::kDecimal) || (leaf->is(TypeKind::kInt) && leaf->enum_type != nullptr)) {
      leader = type;
      break;
    }
  }
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
