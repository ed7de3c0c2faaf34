// What the tests of the evaluator share: a schema of sample messages, names with values, and cases in files.
// Entry points: SampleSchema, Sample, ReadCases.
#ifndef ASSAY_TESTS_INTERP_EVALUATING_H_
#define ASSAY_TESTS_INTERP_EVALUATING_H_

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "interp/evaluator.h"
#include "lang/environment.h"

namespace assay {

// The messages of tests/interp/protos; fields cents, kept_cents and fee are decimals by override.
std::shared_ptr<const Schema> SampleSchema();

// An environment over one sample.Order, and values for its names:
//   order          the row; with order.partner (a sample.Line), order.weight (a decimal of scale 3), and two that are
//                  not there: order.ghost (a sample.Line), order.unweighed (a decimal)
//   i u e s b      5, 7u, 2.5, 'word', true
//   d2 d4 most     decimals 12.50, 0.1250, 38 nines
//   day now wait   2024-02-29, 2024-02-29T23:30:00.250Z, 90.500s
//   bad worse      an int that is an overflow, a bool that is malformed
//   table.twice    of an int
//   'CN' …         the calendars of tests/calendar/sample_calendars.h
class Sample : public Activation {
 public:
  // `row` is a sample.Order in text format.
  explicit Sample(absl::string_view row);

  // The checked tree of a text; nothing, and the issues in *errors, if there are any.
  std::optional<Ast> CheckText(absl::string_view text, std::string* errors) const;

  // The result as JSON, an error as "!kind", of the tree as it is and folded; both, if they differ. A text that does
  // not check gives "?" and its issues.
  std::string Run(absl::string_view text) const;

  Value Variable(int index) const override;
  Value VirtualField(const Value& row, int id) const override;
  Value HostFunction(int index, absl::Span<const Value> args) const override;
  const Schema* schema() const override { return schema_.get(); }

  const Environment& environment() const { return env_; }
  const Value& order() const { return values_[0]; }
  TypeTable* types() const { return types_.get(); }

 private:
  void AddVariable(absl::string_view name, const Type* type, Value value);
  void AddVirtual(RowType* row, absl::string_view name, const Type* type, Value value);

  std::shared_ptr<const Schema> schema_;
  std::unique_ptr<google::protobuf::Message> message_;
  std::unique_ptr<google::protobuf::Message> partner_;
  std::unique_ptr<TypeTable> types_;
  std::unique_ptr<FunctionTable> functions_;
  Calendars calendars_;
  Environment env_;
  std::vector<Value> values_;
  std::vector<Value> virtuals_;
};

struct Case {
  std::string place;  // file:line
  std::string text;
  std::string expected;
};

// The cases of a file of tests/interp/cases: "expression ==> expected", one a line; # begins a comment line.
std::vector<Case> ReadCases(absl::string_view name);

// A value as Sample::Run writes it.
std::string ResultText(const Value& value);

}  // namespace assay

#endif  // ASSAY_TESTS_INTERP_EVALUATING_H_
