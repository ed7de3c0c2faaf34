// Sets of values of one type, as a decision table's cells admit them: intervals over an ordered domain.
// Entry points: DomainOf, PlaceOf, ValueSet. Plain values; nothing here evaluates an expression.
//
// Every type here is discrete, so every set is a union of half-open intervals [begin, end): a decimal has one scale, a
// double a next one, a string s is followed at once by s + "\0". So `> 5` of an int begins at 6, and an interval that
// is not empty holds its own begin: a witness needs no search.
#ifndef ASSAY_TABLE_VALUE_SET_H_
#define ASSAY_TABLE_VALUE_SET_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "base/int128.h"
#include "lang/ast.h"
#include "lang/type.h"

namespace assay {

// The values of a type in their order. Those of strings are texts, all others numbers in [first, end): a bool is 0 or
// 1, a decimal its coefficient at `scale`, a date its days, timestamps and durations their nanoseconds, a double its
// rank among the doubles (-0.0 is 0.0), with NaN, which no comparison but != admits, behind infinity.
struct Domain {
  TypeKind kind = TypeKind::kBool;
  int scale = 0;
  int128 first = 0;
  int128 end = 0;

  bool is_text() const { return kind == TypeKind::kString; }
};

// Nothing for types without an order: lists, messages, bytes, what may be null.
std::optional<Domain> DomainOf(const Type& type);

// A value by its place in a domain: `text` in that of strings, else `number`.
struct Place {
  int128 number = 0;
  std::string text;

  auto operator<=>(const Place&) const = default;
};

// The place of a constant of the domain's own type (a decimal of at most its scale).
Place PlaceOf(const Domain& domain, const Constant& value);

// The constant at a place: the inverse.
Constant ConstantAt(const Domain& domain, const Place& place);

int128 RankOfDouble(double value);
double DoubleOfRank(int128 rank);
inline constexpr int128 kRankOfNan = 0x7FF0000000000001;

// The place right behind: no other lies between.
Place Next(const Domain& domain, Place place);

// [begin, end); without `end` up to the end of the domain.
struct Interval {
  Place begin;
  std::optional<Place> end;
};

// Disjoint intervals, ascending, none touching the next.
class ValueSet {
 public:
  static ValueSet None() { return ValueSet(); }
  static ValueSet All(const Domain& domain);
  static ValueSet Point(const Domain& domain, const Place& place);
  // Places before, and from `place` on.
  static ValueSet Before(const Domain& domain, const Place& place);
  static ValueSet From(const Domain& domain, const Place& place);

  ValueSet Union(const ValueSet& other) const;
  ValueSet Intersection(const Domain& domain, const ValueSet& other) const;
  ValueSet Complement(const Domain& domain) const;

  absl::Span<const Interval> intervals() const { return intervals_; }
  bool empty() const { return intervals_.empty(); }
  bool Contains(const Place& place) const;

 private:
  std::vector<Interval> intervals_;
};

// The set of values of variable `variable` for which a checked and folded test is true, where it is made of comparisons
// of that variable with constants, `in` a list of constants, && || !. Such a test errs exactly where the variable does.
// Nothing for any other test: it is a predicate to be evaluated.
std::optional<ValueSet> AdmittedValues(const Domain& domain, const Expr& test, int variable);

}  // namespace assay

#endif  // ASSAY_TABLE_VALUE_SET_H_
