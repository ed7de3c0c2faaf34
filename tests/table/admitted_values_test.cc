// Sets read off tests against the plain evaluator: a value is in the set exactly if the test is true of it.
#include <gtest/gtest.h>

#include <deque>
#include <limits>
#include <string>
#include <vector>

#include "interp/evaluator.h"
#include "interp/folder.h"
#include "lang/checker.h"
#include "lang/parser.h"
#include "table/value_set.h"

namespace assay {
namespace {

class OneValue : public EmptyActivation {
 public:
  explicit OneValue(Value value) : EmptyActivation(nullptr), value_(std::move(value)) {}
  Value Variable(int) const override { return value_; }

 private:
  Value value_;
};

class Tests {
 public:
  Tests() : functions_(&types_) {
    env_.types = &types_;
    env_.functions = &functions_;
  }

  // The checked and folded condition of a cell.
  Ast Check(const std::string& cell, const Type* type) {
    env_.variables["_"] = {type, 0};
    IssueList issues;
    const absl::StatusOr<SourceText> source = SourceText::Create("", cell);
    std::optional<Ast> ast = ParseUnaryTests(*source, Limits(), &issues);
    EXPECT_TRUE(ast.has_value() && assay::Check(env_, *source, types_.Simple(TypeKind::kBool), &*ast, &issues))
        << cell << "\n"
        << Format(issues);
    Fold(nullptr, &types_, &*ast);
    return *std::move(ast);
  }

  TypeTable& types() { return types_; }

 private:
  TypeTable types_;
  FunctionTable functions_;
  Environment env_;
};

struct Column {
  std::string type;
  std::vector<std::string> cells;  // sets
  std::vector<std::string> predicates;
};

const std::vector<Column>& Columns() {
  static const auto* const columns = new std::vector<Column>{
      {"int",
       {"5",
        "-5",
        "> 5",
        "!= 5",
        "[0..10)",
        "(0..10]",
        "]0..10[",
        "in {1, 3, [7..9]}",
        "not(1, 3)",
        "_ > 3 || _ < -3",
        "!(_ > 3 && _ < 9) || _ == 5",
        "5 < _",
        "> 2.5",
        "<= -2.5",
        "> 1e300",
        "<= 1e300",
        ">= -1e300",
        "> 3u",
        "< 18446744073709551615u",
        "[9..1]",
        "9223372036854775807",
        ">= -9223372036854775808"},
       {"_ % 2 == 0", "_ > 3 && _ + 1 < 9", "true || _ > 3"}},
      {"uint", {"5u", "> 5", "< -1", ">= -1", "[0u..10u)", "18446744073709551615u", "> 1.5"}, {}},
      {"double",
       {"5.0", "> 5", "!= 2.5", "[0.0..10.5)", "not(> 2.5)", "<= 2.5", "-0.0", "in {0.0, 2.5}", "> 1e308 * 10.0",
        "!(_ >= 0.0)", ">= -1e308 * 10.0"},
       {"> 9007199254740993", "_ == _"}},
      {"string",
       {"'VIP'", "> 'B'", "<= 'B'", "['A'..'C')", "in {'A', 'B'}", "not('A')", "''", "!= ''", "< ''"},
       {"_.startsWith('A')", "_ + 'x' == 'Ax'"}},
      {"bool", {"true", "false", "_", "!_", "not(true)", "true, false", "!= true"}, {}},
      {"decimal",
       {"0.30", "> 0.305", "< 0.305", ">= 0.305", "<= 0.305", "== 0.305", "!= 0.305", "[0..0.3)", "> 5",
        "in {0.1, 0.2}", "> 9999999999999999999999999999999999999.9", "< -0.001", "< 1.0e-30",
        ">= -9999999999999999999999999999999999999.9"},
       {"_ * 2 > 1"}},
      {"date",
       {"date('2026-01-01')", "[date('2026-01-01')..date('2026-02-01'))", "> date('9999-12-31')",
        "not(date('2026-01-01'))"},
       {}},
      {"timestamp", {"> timestamp('2026-01-01T00:00:00Z')", "<= timestamp('0001-01-01T00:00:00.000000001Z')"}, {}},
      {"duration", {"[duration('0s')..duration('1h'))", "< duration('-1.5s')", "duration('1ns')"}, {}},
  };
  return *columns;
}

const Type* TypeNamed(const std::string& name, TypeTable* types) {
  if (name == "decimal") return types->Decimal({18, 2});
  for (TypeKind kind : {TypeKind::kBool, TypeKind::kInt, TypeKind::kUint, TypeKind::kDouble, TypeKind::kString,
                        TypeKind::kDate, TypeKind::kTimestamp, TypeKind::kDuration}) {
    if (TypeName(*types->Simple(kind)) == name) return types->Simple(kind);
  }
  return nullptr;
}

Value ValueAt(const Domain& domain, const Place& place) {
  const Constant c = ConstantAt(domain, place);
  switch (domain.kind) {
    case TypeKind::kBool:
      return Value::Bool(c.bool_value);
    case TypeKind::kUint:
      return Value::Uint(c.uint_value);
    case TypeKind::kDouble:
      return Value::Double(c.double_value);
    case TypeKind::kString:
      return Value::String(c.text);
    case TypeKind::kDecimal:
      return Value::OfDecimal(c.decimal);
    case TypeKind::kDate:
      return Value::Date(static_cast<int32_t>(c.int_value));
    case TypeKind::kTimestamp:
      return Value::OfTimestamp(c.timestamp);
    case TypeKind::kDuration:
      return Value::OfDuration(c.duration);
    default:
      return Value::Int(c.int_value);
  }
}

// The ends of the domain, and what stands at, right before and right behind every bound of the sets.
std::vector<Place> Probes(const Domain& domain, const std::vector<ValueSet>& sets) {
  std::vector<Place> probes;
  auto add = [&](const Place& place) {
    if (domain.is_text() || (place.number >= domain.first && place.number < domain.end)) probes.push_back(place);
  };
  for (const ValueSet& set : sets) {
    for (const Interval& interval : set.intervals()) {
      for (const std::optional<Place>& bound : {std::optional<Place>(interval.begin), interval.end}) {
        if (!bound.has_value()) continue;
        add(*bound);
        add({domain.is_text() ? 0 : bound->number - 1,
             bound->text.substr(0, bound->text.empty() ? 0 : bound->text.size() - 1)});
        add(Next(domain, *bound));
      }
    }
  }
  if (!domain.is_text()) {
    add({domain.first, ""});
    add({domain.end - 1, ""});
    for (int i = -20; i < 20; ++i) add({i, ""});
  }
  return probes;
}

TEST(AdmittedValuesTest, AreThoseOfWhichTheTestIsTrue) {
  Tests tests;
  for (const Column& column : Columns()) {
    const Type* type = TypeNamed(column.type, &tests.types());
    const Domain domain = *DomainOf(*type);
    std::deque<Ast> trees;  // which are not to be copied
    std::vector<ValueSet> sets;
    for (const std::string& cell : column.cells) {
      trees.push_back(tests.Check(cell, type));
      const std::optional<ValueSet> set = AdmittedValues(domain, *trees.back().root, 0);
      ASSERT_TRUE(set.has_value()) << column.type << " " << cell;
      sets.push_back(*set);
    }
    for (const Place& place : Probes(domain, sets)) {
      const OneValue activation(ValueAt(domain, place));
      for (size_t i = 0; i < trees.size(); ++i) {
        const Value value = Evaluate(*trees[i].root, activation, EvaluateOptions());
        ASSERT_TRUE(value.is(ValueKind::kBool)) << column.cells[i] << " " << DebugString(value);
        EXPECT_EQ(sets[i].Contains(place), value.as_bool())
            << column.type << " " << column.cells[i] << " of " << DebugString(activation.Variable(0));
      }
    }
  }
}

TEST(AdmittedValuesTest, AnErrorOfTheInputIsOneOfTheTest) {
  Tests tests;
  for (const Column& column : Columns()) {
    const Type* type = TypeNamed(column.type, &tests.types());
    for (const std::string& cell : column.cells) {
      const OneValue activation(Value::Error(ErrorKind::kAbsent, ""));
      EXPECT_TRUE(Evaluate(*tests.Check(cell, type).root, activation, EvaluateOptions()).is_error()) << cell;
    }
  }
}

TEST(AdmittedValuesTest, OtherTestsArePredicates) {
  Tests tests;
  for (const Column& column : Columns()) {
    const Type* type = TypeNamed(column.type, &tests.types());
    for (const std::string& cell : column.predicates) {
      const Ast tree = tests.Check(cell, type);
      EXPECT_FALSE(AdmittedValues(*DomainOf(*type), *tree.root, 0).has_value()) << column.type << " " << cell;
    }
  }
}

}  // namespace
}  // namespace assay
