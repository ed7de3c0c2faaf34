// The state of one check, shared by the files that make up the checker, check_*.cc: names (identifiers and fields),
// messages (made ones), comprehensions (macros), calls (overloads), literals (exact decimals, enum names), sizes
// (decimal results). Internal to lang.
#ifndef ASSAY_LANG_CHECK_SCOPE_H_
#define ASSAY_LANG_CHECK_SCOPE_H_

#include <array>
#include <string>
#include <vector>

#include "lang/checker.h"

namespace assay {

// A variable of an enclosing comprehension.
struct LocalVariable {
  std::string name;
  const Type* type = nullptr;
  Expr* comprehension = nullptr;
  int index = 0;  // which of its variables
};

class CheckScope {
 public:
  CheckScope(const Environment& env, const SourceText& source, Ast* ast, IssueList* issues)
      : env_(env), source_(source), ast_(ast), issues_(issues) {}

  // Sets slot->type. A slot is replaced where a conversion must stand before it.
  void Visit(Expr*& slot);

  // Makes the slot's type `to` if a literal or an exact conversion allows it;
  // true if the types agree afterwards.
  bool Coerce(Expr*& slot, const Type* to);

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
  const Overload* FindOverload(const Expr& expr, const std::vector<Expr**>& slots, bool coerce, const Type** result);
  bool TryOverload(const Overload& overload, const std::vector<Expr**>& slots, bool coerce, const Type** result);
  // What the type parameters of an overload stand for.
  using Bindings = std::array<const Type*, FunctionTable::kParams>;
  bool Bind(const Type* pattern, const Type* actual, Bindings* bound);
  bool BindParts(const Type& pattern, const Type& actual, Bindings* bound);
  const Type* Substitute(const Type* pattern, const Bindings& bound);
  void NoOverload(Expr* expr, const std::vector<Expr**>& slots);
  void Finish(Expr* expr, Op op, const Type* result);

  // check_sizes.cc
  void SizeDecimalResult(Expr* expr, Op op);
  bool SizeConversion(Expr* expr, const Type& from, DecimalSize* size);
  bool RoundingArguments(Expr* expr, size_t first, int* scale);
  void CheckSpecial(Expr* expr, Op op);

  // check_literals.cc
  bool CoerceParts(Expr* list, const Type* to);
  bool CoerceToDecimal(Expr*& slot, const Type* to);
  bool CoerceToEnum(Expr* expr, const Type* to);

  // Adds an issue; the type of what has none.
  const Type* Fail(SourceRange range, std::string message, std::string suggestion);
  const Type* Simple(TypeKind kind) const { return env_.types->Simple(kind); }

  const Environment& env_;
  const SourceText& source_;
  Ast* ast_;
  IssueList* issues_;
  std::vector<LocalVariable> locals_;
};

// Every argument slot of a call, the receiver first.
std::vector<Expr**> ArgumentSlots(Expr* call);

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
