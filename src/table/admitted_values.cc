// Reads the set of values off a test's tree. Entry point: AdmittedValues. A constant of another numeric type than the
// column's stands where its value does: between two values of the column if it is none of them.
#include <algorithm>
#include <cmath>

#include "lang/function.h"
#include "table/value_set.h"

namespace assay {
namespace {

// Where a constant stands among the places: at `place`, or right before it.
struct Position {
  Place place;
  bool is_exact = true;
};

// The largest whole number not above value / 10^digits.
int128 FloorDivide(int128 value, int digits) {
  const int128 divisor = Pow10(digits);
  const int128 quotient = value / divisor;
  return value % divisor < 0 ? quotient - 1 : quotient;
}

Position Clamped(const Domain& domain, int128 floor, bool is_exact) {
  if (floor >= domain.end) return {{domain.end, ""}, false};
  if (floor < domain.first) return {{domain.first, ""}, false};
  return {{is_exact ? floor : floor + 1, ""}, is_exact};
}

Position PositionOfDecimal(const Domain& domain, const Decimal& value) {
  const int shift = domain.scale - value.scale;
  if (shift < 0) {
    const int128 floor = FloorDivide(value.coefficient, -shift);
    return Clamped(domain, floor, floor * Pow10(-shift) == value.coefficient);
  }
  int128 scaled = 0;
  if (CheckedMul(value.coefficient, Pow10(shift), &scaled)) return Clamped(domain, scaled, true);
  return Clamped(domain, value.coefficient < 0 ? domain.first - 1 : domain.end, false);
}

std::optional<Position> PositionOfDouble(const Domain& domain, double value) {
  if (std::isnan(value)) return std::nullopt;
  if (std::abs(value) >= 0x1p100) return Clamped(domain, value < 0 ? domain.first - 1 : domain.end, false);
  const double floor = std::floor(value);
  return Clamped(domain, static_cast<int128>(floor), floor == value);
}

bool IsWhole(TypeKind kind) { return kind == TypeKind::kInt || kind == TypeKind::kUint; }

// Nothing for a constant that cannot be compared with values of the domain place by place.
std::optional<Position> PositionOf(const Domain& domain, const Constant& value) {
  const Decimal whole =
      value.kind == TypeKind::kUint ? DecimalFromUint64(value.uint_value) : DecimalFromInt64(value.int_value);
  if (domain.kind == TypeKind::kDouble) {
    if (value.kind == TypeKind::kDouble && std::isnan(value.double_value)) return std::nullopt;
    if (value.kind == TypeKind::kDouble) return Position{PlaceOf(domain, value), true};
    // A whole number of more than 53 bits may lie between two doubles.
    if (!IsWhole(value.kind) || std::abs(ToDouble(whole)) >= 0x1p53) return std::nullopt;
    return Position{{RankOfDouble(ToDouble(whole)), ""}, true};
  }
  if (IsWhole(domain.kind) || domain.kind == TypeKind::kDecimal) {
    if (value.kind == TypeKind::kDecimal) return PositionOfDecimal(domain, value.decimal);
    if (IsWhole(value.kind)) return PositionOfDecimal(domain, whole);
    if (value.kind == TypeKind::kDouble && domain.scale == 0) return PositionOfDouble(domain, value.double_value);
    return std::nullopt;
  }
  if (value.kind != domain.kind) return std::nullopt;
  return Position{PlaceOf(domain, value), true};
}

class Reading {
 public:
  Reading(const Domain& domain, int variable) : domain_(domain), variable_(variable) {}

  std::optional<ValueSet> Visit(const Expr& test) const {
    if (IsVariable(test)) {
      if (domain_.kind != TypeKind::kBool) return std::nullopt;
      return ValueSet::Point(domain_, {1, ""});
    }
    if (test.kind != ExprKind::kCall || test.ref.kind != Reference::Kind::kFunction || test.operand != nullptr)
      return std::nullopt;
    switch (test.ref.op) {
      case Op::kAnd:
      case Op::kOr:
        return Join(test);
      case Op::kNot: {
        std::optional<ValueSet> set = Visit(*test.args[0]);
        if (set.has_value()) set = set->Complement(domain_);
        return set;
      }
      case Op::kIn:
        return Members(test);
      default:
        return Comparison(test);
    }
  }

 private:
  // The variable itself, or as the exact decimal beside a decimal.
  bool IsVariable(const Expr& expr) const {
    if (expr.kind == ExprKind::kCall && expr.ref.op == Op::kToDecimal && IsWhole(domain_.kind) &&
        expr.args.size() == 1 && expr.ref.kind == Reference::Kind::kFunction) {
      return IsVariable(*expr.args[0]);
    }
    return expr.ref.kind == Reference::Kind::kVariable && expr.ref.index == variable_;
  }

  std::optional<ValueSet> Join(const Expr& test) const {
    const std::optional<ValueSet> a = Visit(*test.args[0]);
    const std::optional<ValueSet> b = Visit(*test.args[1]);
    if (!a.has_value() || !b.has_value()) return std::nullopt;
    return test.ref.op == Op::kOr ? a->Union(*b) : a->Intersection(domain_, *b);
  }

  std::optional<ValueSet> Members(const Expr& test) const {
    const Expr& list = *test.args[1];
    if (!IsVariable(*test.args[0]) || list.kind != ExprKind::kList || !list.optional_entries.empty())
      return std::nullopt;
    return UnionOf(list.args);
  }

  // Of constants; by halves, so that a long list costs no more than sorting it.
  std::optional<ValueSet> UnionOf(absl::Span<Expr* const> members) const {
    if (members.empty()) return ValueSet::None();
    if (members.size() > 1) {
      const std::optional<ValueSet> a = UnionOf(members.subspan(0, members.size() / 2));
      const std::optional<ValueSet> b = UnionOf(members.subspan(members.size() / 2));
      if (!a.has_value() || !b.has_value()) return std::nullopt;
      return a->Union(*b);
    }
    if (members[0]->kind != ExprKind::kConstant) return std::nullopt;
    const std::optional<Position> position = PositionOf(domain_, members[0]->constant);
    if (!position.has_value()) return std::nullopt;
    return Equals(*position);
  }

  std::optional<ValueSet> Comparison(const Expr& test) const {
    if (test.args.size() != 2) return std::nullopt;
    const bool is_turned = IsVariable(*test.args[1]);
    const Expr& other = *test.args[is_turned ? 0 : 1];
    if (!IsVariable(*test.args[is_turned ? 1 : 0]) || other.kind != ExprKind::kConstant) return std::nullopt;
    const std::optional<Position> position = PositionOf(domain_, other.constant);
    if (!position.has_value()) return std::nullopt;
    return Side(is_turned ? Turned(test.ref.op) : test.ref.op, *position);
  }

  // a < b is b > a.
  static Op Turned(Op op) {
    switch (op) {
      case Op::kLess:
        return Op::kGreater;
      case Op::kLessEqual:
        return Op::kGreaterEqual;
      case Op::kGreater:
        return Op::kLess;
      case Op::kGreaterEqual:
        return Op::kLessEqual;
      default:
        return op;
    }
  }

  std::optional<ValueSet> Side(Op op, const Position& position) const {
    const Place behind = position.is_exact ? Next(domain_, position.place) : position.place;
    switch (op) {
      case Op::kEqual:
        return Equals(position);
      case Op::kNotEqual:
        return Equals(position).Complement(domain_);
      case Op::kLess:
        return ValueSet::Before(domain_, position.place);
      case Op::kLessEqual:
        return ValueSet::Before(domain_, behind);
      case Op::kGreater:
        return Ordered(ValueSet::From(domain_, behind));
      case Op::kGreaterEqual:
        return Ordered(ValueSet::From(domain_, position.place));
      default:
        return std::nullopt;
    }
  }

  ValueSet Equals(const Position& position) const {
    return position.is_exact ? ValueSet::Point(domain_, position.place) : ValueSet::None();
  }

  // Without NaN, which is greater than nothing.
  ValueSet Ordered(const ValueSet& set) const {
    if (domain_.kind != TypeKind::kDouble) return set;
    return set.Intersection(domain_, ValueSet::Before(domain_, {kRankOfNan, ""}));
  }

  const Domain& domain_;
  int variable_;
};

}  // namespace

std::optional<ValueSet> AdmittedValues(const Domain& domain, const Expr& test, int variable) {
  return Reading(domain, variable).Visit(test);
}

}  // namespace assay
