// Variables and joins that are defined by each other.
// Entry points: FirstCircle, UsesOfVariables, CheckJoinCircles. Internal to rulebook.
#ifndef ASSAY_RULEBOOK_DEFINITION_CIRCLES_H_
#define ASSAY_RULEBOOK_DEFINITION_CIRCLES_H_

#include <map>
#include <set>
#include <vector>

#include "rulebook/names.h"

namespace assay {

// What each mentions of the others.
using Uses = std::map<int, std::set<int>>;

// The first circle, from its least member on around to that again; empty if there is none.
std::vector<int> FirstCircle(const Uses& uses);

// What of the variables, given by number, mentions what of them. Their expressions need not be right.
Uses UsesOfVariables(const v1::Rulebook& book, const std::set<int>& variables, const Limits& limits);

// Reports joins whose keys need each other, at the first of them. `joins` are their virtual fields by number.
void CheckJoinCircles(const LoadedRulebook& loaded, const std::map<int, int>& joins, const Names& names,
                      IssueList* issues);

}  // namespace assay

#endif  // ASSAY_RULEBOOK_DEFINITION_CIRCLES_H_
