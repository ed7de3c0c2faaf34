// What a run knows of one row of the input while it goes on: what rules found on it. Plain data, internal to evaluate
// and review.
#ifndef ASSAY_EVALUATE_ROW_STATE_H_
#define ASSAY_EVALUATE_ROW_STATE_H_

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "assay/v1/decision.pb.h"
#include "base/decimal.h"
#include "evaluate/sort_key.h"

namespace assay {

// What a finding asks somebody to do, and what that is sorted by.
struct RawTask {
  std::string owner, due, priority, subject;
  SortKey priority_key;
  SortKey due_key;  // nanoseconds
};

// A finding as it is made.
struct RawFinding {
  static constexpr int kUnevaluable = -1;  // a value could not be had
  static constexpr int kRevision = -2;     // of a review: the revision has not risen, or the order's draws are firm

  int rule = kUnevaluable;  // of the rulebook, or one of these
  v1::Outcome outcome = v1::OUTCOME_UNSPECIFIED;
  int32_t line = -1;  // row of the rule's level within the input's row; -1: the whole row
  bool observed = false;
  bool masked = false;
  bool is_of_row = false;           // the row as a whole was not judged: nobody can release that
  bool is_over_firm = false;        // kRevision: the order's draws are firm
  bool is_of_earlier_draw = false;  // of a review: a cut that an earlier draw of the order called for; it stays
  std::string line_id;
  std::string reason;
  std::string expected, actual, difference;
  std::map<std::string, std::string> values;
  std::map<std::string, std::string> shown;  // by name: what messages show instead of a value's own text
  std::string cut;                           // quantity; "" where the rule states none
  Decimal cut_quantity;                      // the same
  std::shared_ptr<const RawTask> task;
  // kUnevaluable: what could not be had, and the rules that needed it.
  std::string origin;
  std::string origin_zh;
  std::vector<std::string> dependents;
};

struct RowState {
  // Why the row as a whole is not judged: its bytes are no message, or it costs too much.
  std::string row_error, row_error_zh;
  std::vector<RawFinding> findings;
  std::vector<bool> applicable;      // by rule
  std::vector<v1::Outcome> instead;  // by rule: the outcome applicability sets
  int32_t as_of_day = 0;
};

}  // namespace assay

#endif  // ASSAY_EVALUATE_ROW_STATE_H_
