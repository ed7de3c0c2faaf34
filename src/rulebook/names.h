// What every name of a rulebook means: levels, parameters, datasets, joins,
// variables and ledgers turned into the environment of its expressions.
//
// Entry point: LinkNames. Internal to rulebook; a Names is read-only once linked.
#ifndef ASSAY_RULEBOOK_NAMES_H_
#define ASSAY_RULEBOOK_NAMES_H_

#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "base/issue.h"
#include "lang/environment.h"
#include "plan/planner.h"
#include "rulebook/loader.h"
#include "rulebook/table_source.h"

namespace assay {

struct Names {
  TypeTable types;
  std::unique_ptr<FunctionTable> functions;
  Calendars calendars;
  std::deque<Ast> asts;                  // addresses stay
  PlanInputs inputs;                     // its `env` is the environment of all expressions
  std::vector<RowType*> levels;          // by rulebook level
  std::vector<const RowType*> datasets;  // shape of each dataset's rows
  std::vector<TableSource> tables;       // what each of inputs.tables was made of
  // Virtual field ids of each ledger's results.
  struct LedgerFields {
    int requested, granted, backordered, short_by, available, date;
  };
  std::vector<LedgerFields> ledgers;
};

// One expression of the rulebook and what it must be.
struct ExpressionSite {
  std::string path;  // in the rulebook: rules[3].condition
  const std::string* text;
  const Type* expected = nullptr;  // nullptr: any
};

// Parses and checks; the tree is kept in `names`. nullptr after issues at the site. `env` may have more names than
// names->inputs.env.
const Ast* CompileExpression(const ExpressionSite& site, const Environment& env, const SourceMap& sources, Names* names,
                             IssueList* issues);

// Issues about an expression's own text, moved to its place in the rulebook's file, where its first `lead` bytes are
// not written.
void MoveIssues(const IssueList& from, absl::string_view path, absl::string_view text, int32_t lead,
                const SourceMap& sources, IssueList* to);

// A date YYYY-MM-DD as days; `open` for an empty text, and after an issue at `path`.
int32_t ReadDay(const std::string& text, const std::string& path, int32_t open, const SourceMap& sources,
                IssueList* issues);

// nullptr if there is an error.
std::unique_ptr<Names> LinkNames(const LoadedRulebook& loaded, std::shared_ptr<const Schema> schema, IssueList* issues);

}  // namespace assay

#endif  // ASSAY_RULEBOOK_NAMES_H_
