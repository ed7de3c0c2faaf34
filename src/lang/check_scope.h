// The state of one check, shared by the files that make up the checker, check_*.cc: names (identifiers and fields),
// messages (made ones), comprehensions (macros), calls (overloads), literals (exact decimals, enum names), sizes
// (decimal results). Internal to lang.
#ifndef ASSAY_LANG_CHECK_SCOPE_H_
#define ASSAY_LANG_CHECK_SCOPE_H_

#include <array>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/suggest.h"
#include "lang/checker.h"

namespace assay {

// A variable of an enclosing comprehension.
struct LocalVariable {
  std::string name;
  const Type* type = nullptr;
  Expr* comprehension = nullptr;
  int index = 0;  // which of its variables
};

// The names that a map has meanings of.
template <typename NameMap>
std::vector<absl::string_view> KeysOf(const NameMap& names) {
  std::vector<absl::string_view> keys;
  keys.reserve(names.size());
  for (const auto& entry : names) keys.emplace_back(entry.first);
  return keys;
}

class CheckScope {
 public:
  CheckScope(const Environment& env, const SourceText& source, Ast* ast, IssueList* issues)
      : env_(env), source_(source), ast_(ast), issues_(issues) {}

  // Sets slot->type. A slot is replaced where a conversion must stand before it.
  void Visit(Expr*& slot);

  // Makes the slot's type `to` if a literal or an exact conversion allows it;
  // true if the types agree afterwards. Where they cannot, nothing is changed.
  bool Coerce(Expr*& slot, const Type* to);

  // The same, and an issue where it cannot.
  void Demand(Expr*& slot, const Type* to);

  // Adds what was wrong with literals that no decimal beside them has explained.
  void ReportPending();

  // Brings expressions that must be of one type to it; the type, or nullptr.
  const Type* Harmonize(const std::vector<Expr**>& slots);

 private:
  void VisitConstant(Expr* expr);
  void VisitList(Expr* expr);
  void VisitMap(Expr* expr);
  void CheckPredicate(Expr*& slot);
  const Type* EntryType(const Expr* expr, const std::vector<Expr**>& slots);
  const Type* OptionalEntry(const Expr* value);

  // check_comprehensions.cc
  struct LocalTypes {
    const Type* first;
    const Type* second;
  };
  void VisitComprehension(Expr* expr);
  LocalTypes TypesOfLocals(const Expr* expr);
  void VisitMacroBody(Expr* expr, const LocalTypes& types);
  void VisitTransformedEntry(Expr* expr);
  void VisitOptionalMap(Expr* expr);

  // check_messages.cc
  void VisitMessage(Expr* expr);
  void VisitEntry(Expr* expr, size_t i, const google::protobuf::Descriptor& message);

  // check_names.cc
  bool ResolveQualified(Expr* expr);
  bool ResolveVariable(absl::string_view name, Expr* expr);
  bool ResolveConstant(absl::string_view name, Expr* expr);
  // Whether `operand` is the first word of names of a group, as `parameters` and `table` are, and nothing by itself.
  template <typename NameMap>
  bool IsUnknownInGroup(const Expr& operand, const NameMap& names) const {
    if (operand.kind != ExprKind::kIdent || FindLocal(operand.name) != nullptr) return false;
    if (env_.late_binding || env_.variables.contains(operand.name)) return false;
    const auto first = names.lower_bound(operand.name + ".");
    return first != names.end() && first->first.compare(0, operand.name.size() + 1, operand.name + ".") == 0;
  }
  // The member or call `expr` of such a word names nothing of the group.
  template <typename NameMap>
  void FailInGroup(Expr* expr, const NameMap& names) {
    const std::string name = absl::StrCat(expr->operand->name, ".", expr->name);
    expr->type = Fail({expr->operand->range.begin, expr->focus.end},
                      absl::StrCat("nothing has this name: '", name, "'"), Nearest(name, KeysOf(names)));
  }
  void VisitIdent(Expr* expr);
  void VisitSelect(Expr* expr);
  const Type* MemberType(Expr* expr, const Type& operand);
  const Type* FieldOrFail(Expr* expr, const RowType& row);
  const google::protobuf::FieldDescriptor* FindField(const RowType& row, absl::string_view name) const;
  const LocalVariable* FindLocal(absl::string_view name) const;

  // check_calls.cc
  void VisitCall(Expr* expr);
  bool VisitHostCall(Expr* expr);
  bool CallQualified(Expr* expr);
  bool CallOfOneType(Expr* expr);
  void CallIn(Expr* expr);
  void CallIndex(Expr* expr);
  const Type* ElementType(Expr* expr, const Type& container);
  void CallOverload(Expr* expr);
  const Overload* FindOverload(const Expr& expr, const std::vector<Expr**>& slots, bool adapt, const Type** result);
  bool TryOverload(const Overload& overload, const std::vector<Expr**>& slots, bool adapt, const Type** result);
  // What the type parameters of an overload stand for.
  using Bindings = std::array<const Type*, FunctionTable::kParams>;
  bool DeclaresDecimal(const Expr& expr, size_t count) const;
  void CheckHostArgument(absl::string_view name, size_t i, const Type* pattern, Expr* call, Bindings* bound);
  bool Bind(const Type* pattern, const Type* actual, Bindings* bound);
  bool BindParts(const Type& pattern, const Type& actual, Bindings* bound);
  const Type* Substitute(const Type* pattern, const Bindings& bound);
  void Finish(Expr* expr, Op op, const Type* result);

  // check_sizes.cc
  void SizeDecimalResult(Expr* expr, Op op);
  bool SizeConversion(Expr* expr, const Type& from, DecimalSize* size);
  bool RoundingArguments(Expr* expr, size_t first, int* scale);
  void CheckSpecial(Expr* expr, Op op);
  void AddZone(Expr* expr, bool dated);
  void CheckPattern(Op op, const std::vector<Expr**>& slots);
  void CheckCalendar(Expr* call, const Expr& name);
  const Type* Flattened(const Type& list, const std::vector<Expr*>& depth) const;

  // check_literals.cc
  // A part of an expression whose value the expression gives on, and the type it must have for the whole to have
  // another: a branch, an entry, the argument of optional.of.
  struct Part {
    Expr** slot;
    const Type* wanted;
    bool unwraps;  // the whole has what this optional holds
  };
  std::vector<Part> PartsFor(Expr* expr, const Type* to);
  std::vector<Part> EntriesFor(Expr* expr, const Type* element);
  std::vector<Part> ArgumentsFor(Expr* call, const Type* to);
  void Retype(Expr* expr, const std::vector<Part>& parts);
  bool Fits(Expr* expr, const Type* to);
  bool PartsFit(Expr* expr, const Type* to);
  bool FitsDecimal(const Expr& expr) const;
  void MakeDecimal(Expr*& slot);
  void MakeEnum(Expr* expr, const Type* to);
  // The type that the others beside it must become: one with a decimal or an enum in it; nullptr if there is none.
  static const Type* LeaderOf(const std::vector<const Type*>& types);

  // check_mismatch.cc
  bool Defer(Expr* expr, const std::vector<Expr**>& numbers, std::string message, std::string suggestion);
  std::string Conversion(const Expr& from, const Type& to) const;
  std::string MissingConversion(const std::vector<Expr**>& slots) const;
  std::string ConversionFor(absl::Span<const Overload> overloads, const std::vector<Expr**>& slots) const;
  void NoOverload(Expr* expr, const std::vector<Expr**>& slots);
  const Type* NotOfOneType(Expr* expr, const std::vector<Expr**>& slots, absl::string_view what);

  // Adds an issue; the type of what has none.
  const Type* Fail(SourceRange range, std::string message, std::string suggestion);
  const Type* Simple(TypeKind kind) const { return env_.types->Simple(kind); }

  const Environment& env_;
  const SourceText& source_;
  Ast* ast_;
  IssueList* issues_;
  std::vector<LocalVariable> locals_;

  // Literals of numbers that CEL does not put together, as 1.25 * 2: right if they become a decimal, wrong if they are
  // still doubles in the end.
  struct Pending {
    const Expr* literal = nullptr;
    Issue issue;
  };
  std::vector<Pending> pending_;
};

// Every argument slot of a call, the receiver first.
std::vector<Expr**> ArgumentSlots(Expr* call);

// What lists, maps, optionals and nullables hold in the end.
const Type* LeafOf(const Type* type);

// An operator as its author wrote it: "+", "? :", "[ ]", "in"; any other name as it is.
std::string WrittenName(absl::string_view name);

// "an int", "a list(decimal)".
std::string WithArticle(const Type& type);

// Whether it may be used as a condition.
bool IsBoolOr(const Type& type);

// What a name may mean in a container, in the order of CEL: "a.b.x", "a.x", "x" for name x in a.b; a leading dot means
// the root.
std::vector<std::string> NameCandidates(absl::string_view container, absl::string_view name);

// The exact value of a literal made of signs, + - * and literals; false for
// anything else, and beyond 38 digits.
bool LiteralDecimal(const Expr& expr, Decimal* value);

// Size of the text of a decimal constant: 1.50 is (3, 2), 0.05 is (2, 2).
DecimalSize SizeOfDecimal(const Decimal& value);

}  // namespace assay

#endif  // ASSAY_LANG_CHECK_SCOPE_H_
