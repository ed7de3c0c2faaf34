// A rulebook ready to run: every expression planned into one program, every name
// linked.
//
// Entry point: CompileRulebook. Immutable, shared by any number of threads.
#ifndef ASSAY_RULEBOOK_COMPILED_RULEBOOK_H_
#define ASSAY_RULEBOOK_COMPILED_RULEBOOK_H_

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "assay/v1/rulebook.pb.h"
#include "calendar/zone.h"
#include "exec/executable.h"
#include "plan/planner.h"
#include "plan/result_columns.h"
#include "rulebook/condition_tests.h"
#include "rulebook/loader.h"
#include "rulebook/names.h"
#include "rulebook/rule_index.h"
#include "rulebook/run_needs.h"
#include "snapshot/snapshot.h"

namespace assay {

// Run inputs, by their place in PlanInputs::run_inputs.
inline constexpr int kNowInput = 0;
inline constexpr int kCheckpointInput = 1;

// An expression's column, and what is needed to print or compare it.
struct PlannedValue {
  NodeId node = kNoNode;
  const Type* type = nullptr;
  bool sensitive = false;  // reads a sensitive field

  bool exists() const { return node != kNoNode; }
};

// Values that are read, by their text.
using PlannedReads = std::vector<std::pair<std::string, PlannedValue>>;

// A variable that is a single value, for explanations only.
struct CompiledVariable {
  std::string name;  // as rules name it
  std::string text;
  int level = 0;
  PlannedValue value;
  PlannedReads reads;
};

// A test of a rule's condition or `when` (condition_tests.h), and the values it reads.
struct RuleTest {
  std::string text;
  PlannedValue result;
  PlannedReads reads;
  // Of a comparison of decimals or whole numbers, two of one type, that makes the condition true: what is too high or
  // too low, and its limit.
  struct Limit {
    Op op = {};
    std::string text;
    PlannedValue value;
    PlannedValue limit;
  };
  std::optional<Limit> limit;
};

// What a finding asks somebody to do.
struct CompiledTask {
  bool exists = false;
  PlannedValue owner, due, priority, subject;
};

// Nodes are columns on the rule's level.
struct CompiledRule {
  const v1::Rule* proto = nullptr;
  int level = 0;
  int stage = 0;  // of what decides: 0 runs before any draw
  PlannedValue when;
  PlannedValue condition;
  PlannedValue outcome_by;
  PlannedValue reason_by;
  PlannedValue expected;
  PlannedValue actual;
  PlannedValue difference;
  PlannedValue cut;
  std::vector<std::pair<std::string, PlannedValue>> values;
  CompiledTask task;
  // For explanations only: the tests of `when`, then of the condition, and how each joins its own.
  std::vector<RuleTest> tests;
  TestJoin when_join;
  TestJoin condition_join;
  int32_t effective_from = 0;  // days, both inclusive
  int32_t effective_to = 0;
  bool is_indexed = false;  // CompiledRulebook::rule_indexes find it
};

// An applicability entry over the input's level.
struct CompiledApplicability {
  std::vector<bool> rules;  // by rule
  PlannedValue when;
  v1::Outcome outcome = v1::OUTCOME_UNSPECIFIED;
};

// Elements a ledger's account is supplied by, as columns on the elements' level.
struct CompiledSupply {
  bool exists = false;
  LevelId level = kConstantLevel;
  NodeId guard = kNoNode;  // errs where the list cannot be had
  NodeId row = kNoNode;    // dataset row: the supply's id
  PlannedValue when, eligible, quantity, date, id, near_when, order, lot;
};

// The account of a ledger's row, or fallbacks of it, and what supplies them.
struct CompiledAccount {
  LevelId level = kConstantLevel;  // of fallbacks: theirs, on which all of this stands; else the ledger's
  NodeId guard = kNoNode;          // of fallbacks: errs where their list cannot be had
  std::vector<PlannedValue> key;
  PlannedValue reserve;
  CompiledSupply lots, receipts, commitments;
  PlannedValue warehouse;  // of fallbacks: what each is called, "" where it is none

  bool is_fallback() const { return warehouse.exists(); }
};

struct CompiledLedger {
  const v1::Ledger* proto = nullptr;
  int level = 0;
  int stage = 0;  // 1 for the first ledger
  DecimalSize size = {18, 6};
  std::vector<CompiledAccount> accounts;  // its own, then the fallbacks in order
  PlannedValue amount, draws_when, opening, unlimited_when, date, backorder_when, backorder_until, undated_when,
      all_or_nothing_when, fair_share_when, fair_share_unit, daily_use, cover_days, phasing_out_when;
  PlannedValue keeps_when_held;  // over the input
  // Input columns of the results, by Node::index; -1 where nothing reads them.
  int requested = -1, granted = -1, backordered = -1, short_by = -1, available = -1, last_date = -1;
};

// Exemptions that stand in an order's own reach, as columns on their level.
struct CompiledExemptions {
  bool exists = false;
  LevelId level = kConstantLevel;
  NodeId guard = kNoNode;  // errs where the list cannot be had
  PlannedValue rule, partner, order, line, product, product_line, valid_from, valid_until, actor;
};

// Columns on the input's level, those of lines on the lines' level.
struct CompiledReview {
  bool exists = false;
  int lines = -1;  // rulebook level
  int stock = -1;  // ledger
  PlannedValue id, revision, amount, currency, confirmed_amount, submitter, partner, district, hold_due, firm_outcome,
      firm_reason_by;
  PlannedValue line_id, quantity, unit, product, product_line, warehouse;
  CompiledExemptions own_exemptions;
  std::vector<PlannedValue> priority;
  int releases = -1, exemptions = -1, staff = -1;  // datasets
};

// Which rows are listed: places among the outputs of the input's rows, in the rulebook's order; -1: none is named.
struct CompiledBoard {
  bool exists = false;
  int listed = -1;
  int order = -1;
};

// Columns on the input's level.
struct CompiledEvaluation {
  bool exists = false;
  PlannedValue id;
  std::array<std::string, 5> verdicts;  // by the worst outcome; 0: no finding counts
  CompiledBoard board;
};

// What findings call the rows of a level. Of levels that do not name them findings are of the input's row.
struct RowNames {
  bool exists = false;
  PlannedValue id;  // absent: their number in the input's row, from 1
};

struct CompiledOutput {
  const v1::Output* proto = nullptr;
  int level = 0;
  const Type* type = nullptr;
  bool sensitive = false;  // its values are not told
  ResultColumns columns;
};

// Whether a rule is one of those that `pattern` names: an id, or with a trailing * all that begin so.
bool NamesRule(absl::string_view pattern, absl::string_view id);

class CompiledRulebook {
 public:
  CompiledRulebook() = default;
  CompiledRulebook(const CompiledRulebook&) = delete;
  CompiledRulebook& operator=(const CompiledRulebook&) = delete;

  v1::Rulebook proto;
  std::string fingerprint;
  std::shared_ptr<const Schema> schema;
  std::unique_ptr<Names> names;  // types and environment
  std::shared_ptr<const Executable> executable;
  std::vector<LevelId> level_ids;  // by rulebook level
  std::vector<CompiledVariable> variables;
  std::vector<CompiledRule> rules;
  std::vector<RuleIndex> rule_indexes;
  std::vector<CompiledApplicability> applicability;
  std::vector<CompiledLedger> ledgers;
  CompiledReview review;
  CompiledEvaluation evaluation;
  std::vector<RowNames> row_names;  // by rulebook level
  PlannedValue as_of;
  Zone zone;  // of the days of runs
  std::vector<CompiledOutput> outputs;
  std::vector<std::vector<PlannedValue>> test_values;  // by test, where LoadedRulebook::compiles_tests
  int now_input = -1;                                  // kInput index, -1 where nothing reads it
  int checkpoint_input = -1;
  std::map<std::string, const v1::ReasonCode*> reasons;
  std::map<std::string, const v1::Role*> roles;

  const Program& program() const { return executable->program(); }
  std::shared_ptr<const RunNeeds> needs;
  // What joins need of each dataset.
  std::vector<std::vector<IndexSpec>> indexes;
  // Datasets filled from the batch itself, by number; -1 if there is none.
  int batch_dataset = -1;
};

// Names, types, cycles and bounds are checked; everything wrong is an issue at its place. nullptr if there is an error.
std::shared_ptr<const CompiledRulebook> CompileRulebook(LoadedRulebook loaded, std::shared_ptr<const Schema> schema,
                                                        IssueList* issues);

}  // namespace assay

#endif  // ASSAY_RULEBOOK_COMPILED_RULEBOOK_H_
