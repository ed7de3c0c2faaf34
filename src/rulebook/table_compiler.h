// One decision table on its way from the proto: table_compiler.cc its columns and cells, table_order.cc how its rows
// count. Internal to rulebook; used once.
#ifndef ASSAY_RULEBOOK_TABLE_COMPILER_H_
#define ASSAY_RULEBOOK_TABLE_COMPILER_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "rulebook/names.h"
#include "table/decision_table.h"

namespace assay {

class TableCompiler {
 public:
  // `as_of`: the variable of the day that picks dated rows; -1 if there is none.
  TableCompiler(const TableSource& source, int as_of, const SourceMap& sources, Names* names, IssueList* issues);

  // The table, a function of `names` from now on; false after issues.
  bool Compile();

 private:
  // An output cell, by its text.
  struct Answer {
    const Type* type = nullptr;
    Constant constant;
    const Ast* expression = nullptr;  // nullptr for a constant
  };
  struct Output {
    const Type* type = nullptr;  // as declared
    absl::flat_hash_map<std::string, int32_t> by_text;
    std::vector<Answer> answers;
    std::vector<int32_t> rows;  // of `answers`, by row, the default's last
  };

  void Error(const std::string& where, std::string message);
  const Type* ColumnType(const v1::TableColumn& column, const std::string& where);

  bool CheckPolicy();
  bool DeclareInputs();
  bool DeclareOutputs();
  bool CompileRows();
  bool CompileRow(int row);
  bool CompileInput(int row, int column);
  bool CompileOutput(const std::string& text, int row, int column);
  bool CheckSize(const Answer& answer, const Type& declared, const std::string& where);
  bool CompileDefault();
  void AddDates();
  ValueSet Days(const v1::Effective& effective, const std::string& path);
  void FillOutputs();
  bool AddAnswer();
  bool AddAggregate();
  void AddFunction(const Type* result);

  // table_order.cc
  bool OrderRows();
  bool RankRows(std::vector<std::vector<int32_t>>* ranks);
  bool NumberAnswers();
  bool CheckConstants(int column, const char* why);

  const TableSource& source_;
  const v1::Table& proto_;
  int as_of_;
  const SourceMap& sources_;
  Names* names_;
  IssueList* issues_;
  std::shared_ptr<DecisionTable> table_ = std::make_shared<DecisionTable>();
  Environment env_;                      // parameters, inputs, tables
  std::vector<Environment> input_envs_;  // the same with `_`, by input
  std::vector<absl::flat_hash_map<std::string, Cell>> cells_by_text_;
  std::vector<Output> outputs_;
  const Type* answer_type_ = nullptr;
};

}  // namespace assay

#endif  // ASSAY_RULEBOOK_TABLE_COMPILER_H_
