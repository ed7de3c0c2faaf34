// Runs a test of the suite as columns over several rows, with its variables, or its literals too, as columns handed in.
// Entry points: ColumnRun::Create, RunColumns, RunPlain. One thread.
#ifndef ASSAY_TESTS_CONFORMANCE_COLUMN_RUN_H_
#define ASSAY_TESTS_CONFORMANCE_COLUMN_RUN_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "base/arena.h"
#include "exec/frame.h"
#include "interp/value.h"
#include "lang/ast.h"
#include "lang/environment.h"
#include "plan/planner.h"

namespace assay {

// A variable of an environment: its type, and its value in the first row.
struct SuiteVariable {
  std::string name;
  const Type* type = nullptr;
  Value value;
};

class ColumnRun {
 public:
  static constexpr size_t kRows = 64;

  // `ast` was checked in `env`, whose variables have the indexes of `variables`. With `outlined`, literals become
  // columns whose first row is what was written and whose other rows are other values of the type; what must be
  // written out (keys of maps, the text of format) stays.
  ColumnRun(const Environment& env, std::shared_ptr<const Schema> schema, std::vector<SuiteVariable> variables, Ast ast,
            bool outlined);

  int outlined_literals() const { return static_cast<int>(inputs_.variables.size() - given_); }

  // A value for each row; InvalidArgument, in the planner's words, if the tree has no form over rows.
  absl::StatusOr<std::vector<Value>> RunColumns();

  // The same by the plain evaluator.
  std::vector<Value> RunPlain() const;

 private:
  void AddVariable(const SuiteVariable& variable);
  void AddLiteral(Expr* expr);
  void Outline(Expr* expr);
  absl::Status HandIn(const Program& program, const Planner& planner, Arena* arena, Frame* frame) const;

  std::shared_ptr<const Schema> schema_;
  PlanInputs inputs_;
  size_t given_ = 0;
  std::vector<std::vector<Value>> values_;  // by variable, then row
  Value message_;                           // the one variable that is a row of the batch
  Ast ast_;
};

}  // namespace assay

#endif  // ASSAY_TESTS_CONFORMANCE_COLUMN_RUN_H_
