// Expressions of a rulebook with decision tables over rows, by columns and by the plain evaluator.
// Entry points: TableRows::Create, Columns, Plainly. One thread.
#ifndef ASSAY_TESTS_EXEC_TABLE_ROWS_H_
#define ASSAY_TESTS_EXEC_TABLE_ROWS_H_

#include <memory>
#include <string>
#include <vector>

#include "google/protobuf/message.h"
#include "interp/value.h"
#include "rulebook/names.h"

namespace assay {

class TableRows {
 public:
  // A rulebook over assay.sample.Sample, called `sample`, its `items` the level `item`; `text` is the rest of it.
  // nullptr with its issues if it does not link.
  static std::unique_ptr<TableRows> Create(const std::string& text, std::string* problem);

  const Schema& schema() const { return *schema_; }
  const Names& names() const { return *names_; }
  const google::protobuf::Descriptor* message() const { return names_->inputs.input; }

  void SetRows(std::vector<std::unique_ptr<google::protobuf::Message>> rows);
  // One row in JSON.
  void SetRow(const std::string& json);

  // The values over the rows of the level (0 the samples, 1 their items), each as one line (Canonical); the issues of
  // the expression in *problem, if it has any.
  std::vector<std::string> Columns(const std::string& expression, int level, std::string* problem);
  std::vector<std::string> Plainly(const std::string& expression, int level, std::string* problem);

  // The text of the error, or the value, of the first row.
  Value First(const std::string& expression);

  // The same by both, which must agree, of the only row.
  std::string Both(const std::string& expression);

 private:
  std::vector<Value> ColumnValues(const std::string& expression, int level, std::string* problem);
  const Ast* Compiled(const std::string& expression, std::string* problem);

  std::shared_ptr<const Schema> schema_;
  SourceMap sources_;
  std::unique_ptr<Names> names_;
  std::vector<std::unique_ptr<google::protobuf::Message>> rows_;
  std::vector<std::string> bytes_;
};

}  // namespace assay

#endif  // ASSAY_TESTS_EXEC_TABLE_ROWS_H_
