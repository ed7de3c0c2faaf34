// Runs one expression over rows of messages twice: as columns and by the plain evaluator, for tests that compare them.
// Entry points: ExpressionRows::SetRows, Prepare, RunColumns, RunPlain. One thread.
#ifndef ASSAY_TESTS_EXEC_EXPRESSION_ROWS_H_
#define ASSAY_TESTS_EXEC_EXPRESSION_ROWS_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "base/arena.h"
#include "google/protobuf/message.h"
#include "interp/value.h"
#include "lang/ast.h"
#include "lang/environment.h"
#include "plan/planner.h"
#include "rulebook/names.h"
#include "schema/schema.h"

namespace assay {

// An expression that was parsed and checked, and stands on a level.
struct Prepared {
  Ast ast;     // as checked; what the plain evaluator walks
  Ast folded;  // the same with its constants folded, if that was asked for; what is planned
  bool is_folded = false;
  int level = 0;

  const Ast& planned() const { return is_folded ? folded : ast; }
};

// What came of an expression as columns.
struct ColumnOutcome {
  std::string refusal;      // "" or the planner's first issue: no column form
  bool is_planned = false;  // of a refusal: it came after the planner, which should have foreseen it
  std::vector<Value> values;
};

class ExpressionRows {
 public:
  // Rows of `message`, which expressions call `row_name` (level 0), and the rows of its repeated field `line_field`,
  // called `line_name` (level 1). Timestamps have their dates in Asia/Shanghai; there are some decision tables.
  ExpressionRows(std::shared_ptr<const Schema> schema, const google::protobuf::Descriptor* message,
                 absl::string_view row_name, absl::string_view line_field, absl::string_view line_name);

  const Schema& schema() const { return *schema_; }
  const google::protobuf::Descriptor* message() const { return names_.inputs.input; }
  const google::protobuf::FieldDescriptor* line_field() const { return line_field_; }

  // The rows of all later runs; copied to bytes as well, from which the columns are read.
  void SetRows(std::vector<std::unique_ptr<google::protobuf::Message>> rows);

  // nullptr, with the first issue in *problem, if the text is no expression.
  std::unique_ptr<Prepared> Prepare(absl::string_view text, int level, bool fold, std::string* problem);

  // One program of all expressions, and its values over the rows of each one's level. If any has no column form, only
  // refusals are filled in.
  std::vector<ColumnOutcome> RunColumns(absl::Span<const Prepared* const> expressions);

  std::vector<Value> RunPlain(const Prepared& expression);

  size_t RowCount(int level) const { return level == 0 ? rows_.size() : lines_.size(); }
  std::string DescribeRow(int level, size_t row) const;

 private:
  struct Line {
    size_t row;
    const google::protobuf::Message* message;
  };

  std::shared_ptr<const Schema> schema_;
  Names names_;
  const google::protobuf::FieldDescriptor* line_field_;
  std::vector<std::unique_ptr<google::protobuf::Message>> rows_;
  std::vector<Line> lines_;
  std::vector<std::string> bytes_;
  Arena arena_;
};

// One line that is the same for two values exactly if they are the same value of the same type: decimals with their
// scale, doubles to the last bit, errors by their kind alone.
std::string Canonical(const Value& value);

}  // namespace assay

#endif  // ASSAY_TESTS_EXEC_EXPRESSION_ROWS_H_
