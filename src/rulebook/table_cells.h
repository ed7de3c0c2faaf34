// Single cells of decision tables as trees: parsed, checked, with parameters and constants in place.
// Entry points: CompileTest, CompileAnswer. Internal to rulebook; functions over their arguments.
#ifndef ASSAY_RULEBOOK_TABLE_CELLS_H_
#define ASSAY_RULEBOOK_TABLE_CELLS_H_

#include <optional>
#include <string>

#include "rulebook/names.h"

namespace assay {

// A cell's place and its text.
struct CellSite {
  std::string path;  // tables[3].rows[17].cells[2]
  const std::string* text;
  int32_t lead = 0;  // bytes of the text before what is written there
};

// The condition of an input cell over the variable `_` of `env`, which has `type`; without a root for `-`. Nothing
// after an issue at the cell.
std::optional<Ast> CompileTest(const CellSite& site, const Type* type, const Environment& env, const Names& names,
                               const SourceMap& sources, IssueList* issues);

// The expression of an output cell of `type`; a constant if it reads nothing but parameters.
std::optional<Ast> CompileAnswer(const CellSite& site, const Type* type, const Environment& env, const Names& names,
                                 const SourceMap& sources, IssueList* issues);

}  // namespace assay

#endif  // ASSAY_RULEBOOK_TABLE_CELLS_H_
