// Sizes of decimal results, and the demands of functions that need a literal: a
// scale, a rounding mode, a pattern, a zone, a calendar.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "base/pattern.h"
#include "base/pattern_matches.h"
#include "base/rounding.h"
#include "base/suggest.h"
#include "lang/check_scope.h"

namespace assay {
namespace {

bool IsText(const Expr& expr) { return expr.kind == ExprKind::kConstant && expr.constant.kind == TypeKind::kString; }

bool HasOrder(const Type& type) {
  return type.is_number() || type.is(TypeKind::kDate) || type.is(TypeKind::kTimestamp) ||
         type.is(TypeKind::kDuration) || type.is(TypeKind::kString) || type.is(TypeKind::kDyn) ||
         type.is(TypeKind::kUnbound);  // of []
}

}  // namespace

// The arguments from `first` on: scale or currency, then perhaps a mode. A
// currency's amounts have static scale 4, the most that ISO 4217 knows.
bool CheckScope::RoundingArguments(Expr* expr, size_t first, int* scale) {
  const Expr& target = *expr->args[first];
  if (target.type->is(TypeKind::kInt)) {
    const bool literal = target.kind == ExprKind::kConstant;
    if (!literal || target.constant.int_value < 0 || target.constant.int_value > kMaxDecimalScale) {
      Fail(target.range, "the scale is a number from 0 to 38, written out", "");
      return false;
    }
    *scale = static_cast<int>(target.constant.int_value);
  } else {
    *scale = 4;
  }
  if (expr->args.size() <= first + 1) return true;
  const Expr& mode = *expr->args[first + 1];
  if (IsText(mode) && RoundingFromName(mode.constant.text).has_value()) return true;
  Fail(mode.range, "a rounding mode is written out: 'HALF_UP', 'HALF_EVEN', 'UP', 'DOWN', 'CEILING' or 'FLOOR'", "");
  return false;
}

// Sizes decimal(x), which for a text needs a scale unless the text is written out.
bool CheckScope::SizeConversion(Expr* expr, const Type& from, DecimalSize* size) {
  if (from.is(TypeKind::kInt)) *size = {19, 0};
  if (from.is(TypeKind::kUint)) *size = {20, 0};
  if (!from.is(TypeKind::kString)) return true;
  if (expr->args.size() == 2) {
    size->digits = kMaxDecimalDigits;
    return RoundingArguments(expr, 1, &size->scale);
  }
  const bool text = IsText(*expr->args[0]);
  const absl::StatusOr<Decimal> value = ParseDecimal(text ? expr->args[0]->constant.text : "");
  if (value.ok()) *size = SizeOfDecimal(*value);
  if (value.ok()) return true;
  Fail(expr->range,
       text ? "this text is not a decimal number"
            : "the scale of a text's decimal is not known: write decimal(text, scale)",
       "");
  return false;
}

void CheckScope::SizeDecimalResult(Expr* expr, Op op) {
  const std::vector<Expr**> slots = ArgumentSlots(expr);
  const Type* first = (*slots[0])->type;
  const DecimalSize a = first->decimal;
  const DecimalSize element = first->is(TypeKind::kList) ? first->element->decimal : a;
  int scale = 0;
  DecimalSize size = element;
  switch (op) {
    case Op::kAdd:
    case Op::kSubtract:
      size = SumSize(a, (*slots[1])->type->decimal);
      break;
    case Op::kMultiply:
      size = ProductSize(a, (*slots[1])->type->decimal);
      break;
    case Op::kGreatest:
    case Op::kLeast:
      for (Expr** slot : slots) size = slots.size() == 1 ? element : Widest(size, (*slot)->type->decimal);
      break;
    case Op::kSum:
      size = {kMaxDecimalDigits, element.scale};
      break;
    case Op::kRound:
      if (!RoundingArguments(expr, 1, &scale)) return;
      size = {std::min(a.whole() + 1 + scale, kMaxDecimalDigits), scale};
      break;
    case Op::kAvg:
      if (!RoundingArguments(expr, 1, &scale)) return;
      size = {std::min(element.whole() + 1 + scale, kMaxDecimalDigits), scale};
      break;
    case Op::kQuotient:
      if (!RoundingArguments(expr, 2, &scale)) return;
      size = {std::min(a.whole() + (*slots[1])->type->decimal.scale + 1 + scale, kMaxDecimalDigits), scale};
      break;
    case Op::kValueOf:
    case Op::kOrValue:
      return;  // already the size of both
    case Op::kToDecimal:
      if (!SizeConversion(expr, *first, &size)) return;
      break;
    default:
      break;
  }
  if (size.scale > kMaxDecimalScale) {
    // Only a product has more than its operands; the one with more digits is to have fewer.
    const bool second = (*slots[1])->type->decimal.scale > a.scale;
    Fail(expr->range,
         absl::StrCat("more than 38 digits after the point: round here, e.g. round(",
                      source_.Slice((*slots[second ? 1 : 0])->range), ", 6)"),
         "");
    size.scale = kMaxDecimalScale;
    size.digits = kMaxDecimalDigits;
  }
  expr->type = env_.types->Decimal(size);
}

// The rulebook's zone as the last argument. `dated`: date(t); else timestamp(d, time).
void CheckScope::AddZone(Expr* expr, bool dated) {
  if (env_.time_zone.empty()) {
    Fail(expr->range,
         dated ? "a timestamp has a date only in a zone: state time_zone, or write date(t, 'Asia/Shanghai')"
               : "a time of a day is a moment only in a zone: state time_zone, or write timestamp(d, '09:00', "
                 "'Asia/Shanghai')",
         "");
    return;
  }
  Expr* zone = ast_->New(ExprKind::kConstant, expr->range);
  zone->constant.kind = TypeKind::kString;
  zone->constant.text = env_.time_zone;
  zone->type = Simple(TypeKind::kString);
  expr->args.push_back(zone);
}

void CheckScope::CheckSpecial(Expr* expr, Op op) {
  const std::vector<Expr**> slots = ArgumentSlots(expr);
  if (slots.empty()) return;
  const Type* first = (*slots[0])->type;
  const bool dated = op == Op::kToDate && first->is(TypeKind::kTimestamp) && slots.size() == 1;
  const bool clocked = op == Op::kToTimestamp && first->is(TypeKind::kDate) && slots.size() == 2;
  if (dated || clocked) return AddZone(expr, dated);
  if (TakesPattern(op) && IsText(**slots[1])) CheckPattern(op, slots);
  if (TakesCalendar(op)) CheckCalendar(expr, **slots.back());
  if (op == Op::kName && first->enum_type == nullptr && !first->is(TypeKind::kDyn)) {
    Fail((*slots[0])->range, "name() takes an enum, this is a plain int", "");
  }
  if (op == Op::kText) {
    const Expr& field = **slots[0];
    const bool annotated = field.ref.kind == Reference::Kind::kField && !field.test_only &&
                           (first->is(TypeKind::kDecimal) || first->is(TypeKind::kDate)) &&
                           field.ref.field->cpp_type() == google::protobuf::FieldDescriptor::CPPTYPE_STRING;
    if (!annotated) Fail(field.range, "text() takes a decimal or date field, as text(line.quantity)", "");
  }
  if (op == Op::kGreatest || op == Op::kLeast) {
    for (Expr** slot : slots) {
      const Type* type = (*slot)->type;
      const Type* number = slots.size() == 1 && type->is(TypeKind::kList) ? type->element : type;
      if (number->is_number() || number->is(TypeKind::kDyn) || number->is(TypeKind::kUnbound)) continue;
      Fail((*slot)->range,
           absl::StrCat("'", expr->name, "' takes numbers, or one list of them, not ", WithArticle(*type)), "");
    }
  }
  const Type* element = first->is(TypeKind::kList) ? first->element : first;
  const bool has_order =
      HasOrder(*element) || (op == Op::kSort && (element->is(TypeKind::kBool) || element->is(TypeKind::kBytes)));
  if ((op == Op::kMin || op == Op::kMax || op == Op::kSort) && !has_order) {
    Fail((*slots[0])->range, absl::StrCat(WithArticle(*element), " has no order"), "");
  }
  if (op == Op::kFlatten) expr->type = Flattened(*first, expr->args);
  // Values written out for format() keep each its own scale: they are a list in form only.
  Expr* const last = *slots.back();
  if (op == Op::kFormat && last->kind == ExprKind::kList && last->type->element->is(TypeKind::kDecimal)) {
    last->type = env_.types->List(Simple(TypeKind::kDyn));
  }
}

// A pattern written out must compile and fit the function; so must a replacement written out beside it.
void CheckScope::CheckPattern(Op op, const std::vector<Expr**>& slots) {
  std::string why;
  const auto pattern = CompilePattern((*slots[1])->constant.text, env_.limits.max_pattern_size, &why);
  if (pattern != nullptr && Extracts(op) && !HasOneResult(*pattern)) why = std::string(kTooManyGroups);
  if (!why.empty()) Fail((*slots[1])->range, std::move(why), "");
  const bool replaces = pattern != nullptr && op == Op::kRegexReplace && IsText(**slots[2]);
  if (replaces && !IsReplacement((*slots[2])->constant.text, *pattern)) {
    Fail((*slots[2])->range, std::string(kBadReplacement), "");
  }
}

// A calendar written out must be there; which one a field names is seen when it is read.
void CheckScope::CheckCalendar(Expr* call, const Expr& name) {
  call->ref.calendars = env_.calendars;
  if (!IsText(name) || (env_.calendars != nullptr && env_.calendars->contains(name.constant.text))) return;
  std::vector<absl::string_view> known;
  if (env_.calendars != nullptr) {
    for (const auto& [id, calendar] : *env_.calendars) known.emplace_back(id);
  }
  const absl::string_view cure = known.empty() ? " (the rulebook has no calendars)" : "";
  Fail(name.range, absl::StrCat("no such calendar", cure, ": '", name.constant.text, "'"),
       Nearest(name.constant.text, known));
}

// The list's type without as many layers as are written out; with all that are not known, dyn.
const Type* CheckScope::Flattened(const Type& list, const std::vector<Expr*>& depth) const {
  const bool is_known = depth.empty() || depth[0]->kind == ExprKind::kConstant;
  if (!list.is(TypeKind::kList) || !is_known) return env_.types->List(Simple(TypeKind::kDyn));
  const Type* element = list.element;
  for (int64_t left = depth.empty() ? 1 : depth[0]->constant.int_value; left > 0; --left) {
    if (!element->is(TypeKind::kList)) break;
    element = element->element;
  }
  return env_.types->List(element);
}

}  // namespace assay
