// Tables of a rulebook, what `assay check` says of each, and what they give by the plain evaluator.
// Entry point: CheckedTables::Create. One thread.
#ifndef ASSAY_TESTS_RULEBOOK_CHECKED_TABLES_H_
#define ASSAY_TESTS_RULEBOOK_CHECKED_TABLES_H_

#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>

#include "absl/types/span.h"
#include "interp/value.h"
#include "rulebook/check_report.h"
#include "rulebook/names.h"

namespace assay {

using RowPair = std::pair<int, int>;  // from 0

// What is said of one table; cases as they are written.
struct TableFindings {
  std::string gap;
  bool gap_is_undecided = false;
  std::map<RowPair, std::string> overlaps;
  std::set<RowPair> undecided_overlaps;
  std::set<int> masked;
  std::set<int> empty;  // rows with an empty cell
};

class CheckedTables {
 public:
  // `tables` is the list of a rulebook's tables; nullptr after a failure of the test if they do not link.
  static std::unique_ptr<CheckedTables> Create(const std::string& tables);

  const TableFindings& Of(const std::string& table) { return findings_[table]; }

  // The value of an expression without names but those of tables.
  Value Ask(const std::string& expression);
  // The same, asked once.
  const Value& Constant(const std::string& expression);

  Value Call(const std::string& table, absl::Span<const Value> args) const;

 private:
  void Hear(const CheckFinding& finding);

  std::unique_ptr<Names> names_;
  std::map<std::string, TableFindings> findings_;
  std::map<std::string, int> numbers_;
  std::map<std::string, Value> constants_;
};

}  // namespace assay

#endif  // ASSAY_TESTS_RULEBOOK_CHECKED_TABLES_H_
