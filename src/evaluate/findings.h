// From what rules found to findings as people read them: messages with their values, reasons, routes and cures, in both
// languages. Entry points: InOrder, FindingOf, DescribeFinding. Pure functions.
#ifndef ASSAY_EVALUATE_FINDINGS_H_
#define ASSAY_EVALUATE_FINDINGS_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "assay/v1/decision.pb.h"
#include "evaluate/row_state.h"
#include "rulebook/compiled_rulebook.h"

namespace assay {

// Rules in the rulebook's order, of each its rows in theirs; what could not be had comes last, by its text.
std::vector<const RawFinding*> InOrder(const std::vector<RawFinding>& findings);

// Of a rule, or of a value that could not be had.
v1::Finding FindingOf(const CompiledRulebook& book, const RawFinding& raw);

// Sets reason, route, cure and message, from the rule (nullptr: none) and its reason code.
void DescribeFinding(const CompiledRulebook& book, const v1::Rule* rule, const RawFinding& raw, v1::Finding* finding);

// The text with the finding's values in place of their names.
std::string FilledText(const std::string& text, const RawFinding& raw);

// What a release without a bound is tied to.
std::string ValuesDigest(const RawFinding& raw, absl::string_view rule);

// The rule of that id; nullptr if the rulebook has none.
const v1::Rule* FindRule(const CompiledRulebook& book, const std::string& id);

}  // namespace assay

#endif  // ASSAY_EVALUATE_FINDINGS_H_
