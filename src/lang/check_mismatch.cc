// What is said where types do not fit: operators as their author wrote them, and the conversion that is missing.
// Entry points: CheckScope::NoOverload, CheckScope::NotOfOneType. It decides nothing about what fits.
#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/substitute.h"
#include "base/suggest.h"
#include "lang/check_scope.h"

namespace assay {
namespace {

// What makes one type of another, $0 being the expression; the first that would cure a mismatch is suggested, so none
// that loses something stands before one that does not.
struct ConversionRow {
  TypeKind from;
  TypeKind to;
  const char* text;
};

constexpr ConversionRow kConversions[] = {
    {TypeKind::kDouble, TypeKind::kDecimal, "decimal(string($0), 4)"},
    {TypeKind::kString, TypeKind::kDate, "date($0)"},
    {TypeKind::kTimestamp, TypeKind::kDate, "date($0)"},
    {TypeKind::kString, TypeKind::kTimestamp, "timestamp($0)"},
    {TypeKind::kString, TypeKind::kDuration, "duration($0)"},
    {TypeKind::kInt, TypeKind::kDouble, "double($0)"},
    {TypeKind::kUint, TypeKind::kDouble, "double($0)"},
    {TypeKind::kUint, TypeKind::kInt, "int($0)"},
    {TypeKind::kInt, TypeKind::kUint, "uint($0)"},
    {TypeKind::kInt, TypeKind::kString, "string($0)"},
    {TypeKind::kUint, TypeKind::kString, "string($0)"},
    {TypeKind::kDouble, TypeKind::kString, "string($0)"},
    {TypeKind::kDecimal, TypeKind::kString, "string($0)"},
    {TypeKind::kDate, TypeKind::kString, "string($0)"},
    {TypeKind::kTimestamp, TypeKind::kString, "string($0)"},
    {TypeKind::kBool, TypeKind::kString, "string($0)"},
    {TypeKind::kBytes, TypeKind::kString, "string($0)"},
    {TypeKind::kString, TypeKind::kBytes, "bytes($0)"},
};

const ConversionRow* FindConversion(const Type& from, const Type& to) {
  const auto* found = std::find_if(std::begin(kConversions), std::end(kConversions),
                                   [&](const ConversionRow& row) { return from.is(row.from) && to.is(row.to); });
  return found == std::end(kConversions) ? nullptr : found;
}

bool IsNumberLiteral(const Expr& expr) {
  Decimal value;
  return LiteralDecimal(expr, &value);
}

}  // namespace

std::string WrittenName(absl::string_view name) {
  if (name == "@in") return "in";
  if (name == "_?_:_") return "? :";
  if (name == "_[_]") return "[ ]";
  // "_+_" and "-_"; no name of a function begins or ends so.
  if (name.size() > 1 && name.back() == '_') name.remove_suffix(1);
  if (name.size() > 1 && name.front() == '_' && !absl::ascii_isalnum(static_cast<unsigned char>(name[1]))) {
    name.remove_prefix(1);
  }
  return std::string(name);
}

std::string WithArticle(const Type& type) {
  const std::string name = TypeName(type);
  return absl::StrCat(absl::StrContains("aeiou", name.substr(0, 1)) && name != "uint" ? "an " : "a ", name);
}

// The expression converted to the type; "" if nothing does that.
std::string CheckScope::Conversion(const Expr& from, const Type& to) const {
  if (from.type->enum_type != nullptr && to.is(TypeKind::kString)) {
    return absl::StrCat("name(", source_.Slice(from.range), ")");
  }
  const ConversionRow* row = FindConversion(*from.type, to);
  return row == nullptr ? "" : absl::Substitute(row->text, source_.Slice(from.range));
}

// Of two that must be of one type, the one converted to the other's.
std::string CheckScope::MissingConversion(const std::vector<Expr**>& slots) const {
  const Expr& a = **slots[0];
  const Expr& b = **slots[1];
  const ConversionRow* there = FindConversion(*a.type, *b.type);
  const ConversionRow* back = FindConversion(*b.type, *a.type);
  const bool second = back != nullptr && (there == nullptr || back < there);
  return second ? Conversion(b, *a.type) : Conversion(a, *b.type);
}

// The first of the conversions that make the arguments those of an overload, each with one that does not fit.
std::string CheckScope::ConversionFor(absl::Span<const Overload> overloads, const std::vector<Expr**>& slots) const {
  const ConversionRow* best = nullptr;
  std::string text;
  for (const Overload& overload : overloads) {
    if (overload.args.size() != slots.size()) continue;
    const Expr* misfit = nullptr;
    const Type* wanted = nullptr;
    int misfits = 0;
    for (size_t i = 0; i < slots.size(); ++i) {
      if (overload.args[i]->is((*slots[i])->type->kind)) continue;
      ++misfits;
      misfit = *slots[i];
      wanted = overload.args[i];
    }
    const ConversionRow* row = misfits == 1 ? FindConversion(*misfit->type, *wanted) : nullptr;
    if (row == nullptr || (best != nullptr && best <= row)) continue;
    best = row;
    text = Conversion(*misfit, *wanted);
  }
  return text;
}

// Whether it is a matter of literals alone, which beside a decimal are right; its type is double until then.
bool CheckScope::Defer(Expr* expr, const std::vector<Expr**>& numbers, std::string message, std::string suggestion) {
  const bool literal = std::all_of(numbers.begin(), numbers.end(), [](Expr** slot) { return IsNumberLiteral(**slot); });
  if (env_.late_binding || !literal) return false;
  Issue issue = MakeIssue(Severity::kError, source_, expr->focus, std::move(message));
  issue.suggestion = std::move(suggestion);
  pending_.push_back({expr, std::move(issue)});
  expr->type = Simple(TypeKind::kDouble);
  return true;
}

void CheckScope::ReportPending() {
  for (Pending& pending : pending_) {
    if (pending.literal->type->is(TypeKind::kDouble)) issues_->Add(std::move(pending.issue));
  }
  pending_.clear();
}

void CheckScope::Demand(Expr*& slot, const Type* to) {
  if (Coerce(slot, to)) return;
  Fail(slot->range, absl::StrCat("this must be ", WithArticle(*to), ", it is ", WithArticle(*slot->type)),
       Conversion(*slot, *to));
}

// Of an equality's sides or the branches of a condition.
const Type* CheckScope::NotOfOneType(Expr* expr, const std::vector<Expr**>& slots, absl::string_view what) {
  const Type& a = *(*slots[0])->type;
  const Type& b = *(*slots[1])->type;
  const std::string message = absl::StrCat(what, ": ", TypeName(a), " and ", TypeName(b));
  const std::string conversion = MissingConversion(slots);
  if (expr->args.size() == 3 && Defer(expr, slots, message, conversion)) return expr->type;
  return Fail(expr->focus, message, conversion);
}

void CheckScope::NoOverload(Expr* expr, const std::vector<Expr**>& slots) {
  std::vector<std::string> types;
  bool decimal = false;
  bool floating = false;
  for (Expr** slot : slots) {
    types.push_back(TypeName(*(*slot)->type));
    decimal = decimal || LeafOf((*slot)->type)->is(TypeKind::kDecimal);
    floating = floating || LeafOf((*slot)->type)->is(TypeKind::kDouble);
  }
  const absl::Span<const Overload> overloads = env_.functions->Find(expr->name, expr->operand != nullptr);
  const bool known = !overloads.empty() || !env_.functions->Find(expr->name, expr->operand == nullptr).empty();
  const std::string name = WrittenName(expr->name);
  std::string message;
  std::string suggestion;
  if (expr->name == "_/_" && decimal) {
    message = "'/' on decimals would round silently: write quotient(a, b, scale) or quotient(a, b, 'CNY')";
  } else if (decimal && floating) {
    message = absl::StrCat("double and decimal do not mix: '", name, "' of ", absl::StrJoin(types, " and "));
    suggestion = ConversionFor(overloads, slots);
  } else if (known) {
    message = absl::StrCat("'", name, "' does not take (", absl::StrJoin(types, ", "), ")");
    suggestion = ConversionFor(overloads, slots);
  } else {
    message = absl::StrCat("no such function: '", name, "'");
    std::vector<absl::string_view> names = env_.functions->Names();
    for (const auto& [host, function] : env_.host_functions) names.emplace_back(host);
    suggestion = Nearest(expr->name, names);
  }
  const bool arithmetic = name == "+" || name == "-" || name == "*";
  if (arithmetic && Defer(expr, slots, message, suggestion)) return;
  expr->type = Fail(expr->focus, std::move(message), std::move(suggestion));
  if (!env_.late_binding) return;
  for (const Overload& overload : overloads) {
    if (overload.args.size() == slots.size() || overload.repeats) return Finish(expr, overload.op, expr->type);
  }
}

}  // namespace assay
