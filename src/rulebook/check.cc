// Entry point: CheckRulebook. One question after the other, each in a file of its own.
#include "rulebook/check.h"

#include <utility>

#include "rulebook/check_tables.h"

namespace assay {

std::vector<CheckFinding> CheckRulebook(const LoadedRulebook& loaded, std::shared_ptr<const Schema> schema,
                                        const CheckOptions& options) {
  CheckReport report(&options.severities);
  IssueList issues;
  const std::unique_ptr<Names> names = LinkNames(loaded, std::move(schema), &issues);
  if (names == nullptr) return {};
  CheckTables(loaded, *names, options.steps, &report);
  return report.Take();
}

}  // namespace assay
