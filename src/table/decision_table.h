// A decision table (DMN) as it is run: what its cells admit, in which order its rows count, what they give.
//
// Entry points: DecisionTable, OutputColumn. Built by the rulebook; immutable once Index was called, then read from any
// number of threads. Trees are not owned.
#ifndef ASSAY_TABLE_DECISION_TABLE_H_
#define ASSAY_TABLE_DECISION_TABLE_H_

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "column/vector.h"
#include "table/cell_columns.h"
#include "table/piece_finder.h"
#include "table/table_index.h"

namespace assay {

// What counts of the rows that hit.
enum class HitPolicy : uint8_t {
  kUnique,       // the only one; several are an error
  kFirst,        // the first
  kPriority,     // the one whose outputs come first in the outputs' `values`
  kAny,          // whichever: they give the same, or that is an error
  kCollect,      // all, in the rows' order, or an aggregate of what they give
  kRuleOrder,    // all, in the rows' order
  kOutputOrder,  // all, those first whose outputs come first in the outputs' `values`
};

// What a column of answers holds for each row and, behind them, for the default row.
class OutputColumn {
 public:
  OutputColumn(std::string name, const Type* type, Physical physical, size_t rows);
  OutputColumn(OutputColumn&&) noexcept = default;  // not copied: values refer to texts_

  const std::string& name() const { return name_; }
  // Decimals are of the scale of this type, which holds all cells.
  const Type& type() const { return *type_; }

  void SetConstant(size_t row, const Constant& value);
  void SetExpression(size_t row, const Ast* expression);

  // The constant of a row; meaningless where it has an expression.
  Constant ConstantOf(size_t row) const;
  // nullptr where the row has a constant.
  const Ast* ExpressionOf(size_t row) const;

  // The trees that are not constants, each once; and of each row which it has, -1 for a constant (empty if all have).
  const std::vector<const Ast*>& expressions() const { return expressions_; }
  const std::vector<int32_t>& expression_of() const { return expression_of_; }

  // Of a table without rows: all there is to it is the default's expression.
  bool is_function() const { return rows_ == 1 && !expressions_.empty(); }

  // The constants as a column.
  Vector values() const { return {physical_, data_.data(), nullptr, rows_}; }

 private:
  template <typename T>
  T& At(size_t row) {
    return reinterpret_cast<T*>(data_.data())[row];
  }
  template <typename T>
  const T& At(size_t row) const {
    return reinterpret_cast<const T*>(data_.data())[row];
  }

  std::string name_;
  const Type* type_;
  Physical physical_;
  size_t rows_;
  std::vector<int128> data_;       // as widely aligned as any value
  std::deque<std::string> texts_;  // addresses stay
  std::vector<const Ast*> expressions_;
  std::vector<int32_t> expression_of_;
  absl::flat_hash_map<const Ast*, int32_t> numbers_;  // in expressions_
};

struct TableInput {
  std::string name;
  const Type* type = nullptr;
};

struct DecisionTable {
  DecisionTable() = default;
  DecisionTable(const DecisionTable&) = delete;  // the finders refer to the cells
  DecisionTable& operator=(const DecisionTable&) = delete;

  std::string name;
  std::string function;  // as expressions call it: table.NAME
  HitPolicy policy = HitPolicy::kFirst;
  // The arguments; where rows are dated, the day that picks them is the last.
  std::vector<TableInput> inputs;
  bool is_dated = false;
  // Trees read input i as the variable first_variable + i.
  int first_variable = 0;
  TableCells cells;
  std::vector<OutputColumn> outputs;
  // Of several outputs: the shape of an answer, whose field of output i has the number first_output + i.
  const RowType* answer = nullptr;
  int first_output = 0;
  bool has_default = false;
  // The rows as they count, the first before the others: by their outputs where the policy says so, else as written.
  std::vector<int32_t> order;
  // kAny: rows that give the same have the same number.
  std::vector<int32_t> answers;
  std::vector<std::string> row_ids;  // empty where no row has one

  // kCollect with an aggregation: a tree over the list of answers, which it reads as this variable.
  const Ast* aggregate = nullptr;
  int aggregate_variable = -1;
  bool needs_hit = true;  // nothing hit and no default: an error; else an empty list, or what the aggregate makes of it

  // After `inputs`, `cells` and `order` are set.
  void Index();
  std::vector<PieceFinder> finders;  // by column
  std::unique_ptr<const TableIndex> index;

  size_t row_count() const { return order.size(); }
  bool gives_list() const { return policy >= HitPolicy::kCollect; }
  // The row's id, else its number from 1.
  std::string RowName(int32_t row) const;
};

}  // namespace assay

#endif  // ASSAY_TABLE_DECISION_TABLE_H_
