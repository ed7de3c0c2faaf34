// Runs the tests that stand in a rulebook: each case is a session of its own, and what comes of it is compared with
// what the case expects. Entry point: RunRulebookTests. A function over its arguments, safe from any thread; it changes
// nothing.
#ifndef ASSAY_REVIEW_RULEBOOK_TESTS_H_
#define ASSAY_REVIEW_RULEBOOK_TESTS_H_

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/types/span.h"
#include "rulebook/compiled_rulebook.h"

namespace assay {

// Something that came out otherwise: `path` is the expectation's, "tests[3].findings[0].actual".
struct TestFailure {
  std::string path;
  std::string message;
};

struct TestOutcome {
  std::string name;
  std::vector<TestFailure> failures;  // none: it passed
};

// On how many rows of all cases a rule fired, and on how many it was considered and did not.
struct RuleCoverage {
  int fired = 0;
  int not_fired = 0;
};

// By row as written, the default behind them: how often each counted. Calls that need a ledger's result are not seen.
struct TableCoverage {
  std::vector<std::string> row_names;
  std::vector<int> hits;
};

struct TestReport {
  std::vector<TestOutcome> outcomes;
  std::map<std::string, RuleCoverage> rules;    // by id, those that are not switched off
  std::map<std::string, TableCoverage> tables;  // by name
  // Rules that never fired or were never seen not to, and rows that never counted: one line each.
  std::vector<std::string> Uncovered() const;
  bool passed() const;
};

// Runs the cases whose names contain one of `names`, all without names. `book` was compiled with its tests
// (LoadedRulebook::compiles_tests). A rulebook without `review` has tests of values only.
TestReport RunRulebookTests(const std::shared_ptr<const CompiledRulebook>& book, absl::Span<const std::string> names);

}  // namespace assay

#endif  // ASSAY_REVIEW_RULEBOOK_TESTS_H_
