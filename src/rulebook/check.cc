// Entry point: CheckRulebook. One question after the other, each in a file of its own.
#include "rulebook/check.h"

#include <utility>

#include "rulebook/check_rules.h"
#include "rulebook/check_tables.h"
#include "rulebook/check_texts.h"
#include "rulebook/check_uses.h"

namespace assay {

std::vector<CheckFinding> CheckRulebook(const LoadedRulebook& loaded, std::shared_ptr<const Schema> schema,
                                        const CheckOptions& options) {
  CheckReport report(&options.severities);
  IssueList issues;
  const std::unique_ptr<Names> names = LinkNames(loaded, std::move(schema), &issues);
  if (names == nullptr) return {};
  CheckTables(loaded, *names, options.steps, &report);
  CheckConditions(loaded, options.steps, names.get(), &report);
  CheckUses(loaded, &report);
  CheckTexts(loaded, &report);
  CheckTests(loaded, &report);
  return report.Take();
}

}  // namespace assay
