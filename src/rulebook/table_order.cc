// How the rows of a table count: as written, or by what they give. Entry points: TableCompiler::OrderRows,
// NumberAnswers.
#include <algorithm>
#include <map>
#include <numeric>
#include <utility>

#include "absl/strings/str_cat.h"
#include "rulebook/table_cells.h"
#include "rulebook/table_compiler.h"

namespace assay {

bool TableCompiler::OrderRows() {
  table_->order.resize(static_cast<size_t>(proto_.rows_size()));
  std::iota(table_->order.begin(), table_->order.end(), 0);
  if (table_->policy == HitPolicy::kAny) return NumberAnswers();
  if (table_->policy != HitPolicy::kPriority && table_->policy != HitPolicy::kOutputOrder) return true;
  std::vector<std::vector<int32_t>> ranks(table_->order.size());
  if (!RankRows(&ranks)) return false;
  std::stable_sort(table_->order.begin(), table_->order.end(),
                   [&](int32_t a, int32_t b) { return ranks[static_cast<size_t>(a)] < ranks[static_cast<size_t>(b)]; });
  return true;
}

// Reports the cells of an output that are no constants.
bool TableCompiler::CheckConstants(int column, const char* why) {
  const Output& output = outputs_[static_cast<size_t>(column)];
  for (int row = 0; row < proto_.rows_size(); ++row) {
    if (output.answers[static_cast<size_t>(output.rows[static_cast<size_t>(row)])].expression == nullptr) continue;
    Error(source_.CellPath(row, proto_.inputs_size() + column), why);
    return false;
  }
  return true;
}

// The places of each row's outputs in the outputs' `values`, output by output.
bool TableCompiler::RankRows(std::vector<std::vector<int32_t>>* ranks) {
  bool has_values = false;
  for (int i = 0; i < proto_.outputs_size(); ++i) {
    const Output& output = outputs_[static_cast<size_t>(i)];
    if (proto_.outputs(i).values().empty()) continue;
    has_values = true;
    if (!CheckConstants(i, "rows are ordered by this output: it must be one of its column's values")) return false;
    const Domain domain = *DomainOf(table_->outputs[static_cast<size_t>(i)].type());
    std::map<Place, int32_t> places;
    for (int k = 0; k < proto_.outputs(i).values_size(); ++k) {
      const std::string& text = proto_.outputs(i).values(k);
      const std::string where = absl::StrCat(source_.path(), ".outputs[", i, "].values[", k, "]");
      const std::optional<Ast> value = CompileAnswer({where, &text}, output.type, env_, *names_, sources_, issues_);
      if (!value.has_value()) return false;
      if (value->root->kind != ExprKind::kConstant) {
        Error(where, "the values of an output are constants");
        return false;
      }
      const bool is_decimal = domain.kind == TypeKind::kDecimal;
      // A value finer than every cell is none of them.
      if (is_decimal && value->root->constant.decimal.scale > domain.scale) continue;
      places.try_emplace(PlaceOf(domain, value->root->constant), k);
    }
    for (int row = 0; row < proto_.rows_size(); ++row) {
      const Constant constant = table_->outputs[static_cast<size_t>(i)].ConstantOf(static_cast<size_t>(row));
      const auto found = places.find(PlaceOf(domain, constant));
      if (found == places.end()) {
        Error(source_.CellPath(row, proto_.inputs_size() + i),
              absl::StrCat("this is none of the values of output '", proto_.outputs(i).name(), "'"));
        return false;
      }
      (*ranks)[static_cast<size_t>(row)].push_back(found->second);
    }
  }
  if (!has_values)
    Error(source_.path() + ".outputs", "rows are ordered by an output: give one its 'values', the best first");
  return has_values;
}

// Rows with the same outputs get the same number.
bool TableCompiler::NumberAnswers() {
  std::vector<std::vector<Place>> given(table_->order.size());
  for (int i = 0; i < proto_.outputs_size(); ++i) {
    if (!CheckConstants(i, "the outputs of an ANY table are constants, so that rows can be compared")) return false;
    const OutputColumn& column = table_->outputs[static_cast<size_t>(i)];
    const Domain domain = *DomainOf(column.type());
    for (size_t row = 0; row < given.size(); ++row) given[row].push_back(PlaceOf(domain, column.ConstantOf(row)));
  }
  std::map<std::vector<Place>, int32_t> numbers;
  for (const std::vector<Place>& answer : given) {
    table_->answers.push_back(numbers.try_emplace(answer, static_cast<int32_t>(numbers.size())).first->second);
  }
  return true;
}

}  // namespace assay
