// One case of a decision table as a person would write it, and whether a row fits it, predicates and all.
// Entry points: WitnessOf, WitnessText, RowFits. Internal to rulebook; functions over their arguments.
#ifndef ASSAY_RULEBOOK_WITNESS_H_
#define ASSAY_RULEBOOK_WITNESS_H_

#include <optional>
#include <string>

#include "interp/value.h"
#include "rulebook/names.h"
#include "table/table_analysis.h"

namespace assay {

// What can come up: any value of a type, or of an enum those with a name.
TableCases CasesOf(const DecisionTable& table);

// A value for each input; of an input without an order none, for no cell but a predicate looks at it.
using Witness = std::vector<std::optional<Constant>>;
Witness WitnessOf(const DecisionTable& table, const Case& pieces);

// level = 'VIP', discount = 0.35
std::string WitnessText(const DecisionTable& table, const Witness& witness);

// Nothing where a predicate errs, for want of a value or otherwise.
std::optional<bool> RowFits(const DecisionTable& table, size_t row, const Witness& witness, const Names& names);

}  // namespace assay

#endif  // ASSAY_RULEBOOK_WITNESS_H_
