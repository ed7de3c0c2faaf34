// Decision tables as they are compiled, and where their parts are written. A table of several versions is one table
// here whose rows are dated; a scorecard is some: one for each characteristic, one of grades, and one without rows that
// adds up.
//
// Entry point: TableSourcesOf. Internal to rulebook; what is found wrong later is said at the paths given here.
#ifndef ASSAY_RULEBOOK_TABLE_SOURCE_H_
#define ASSAY_RULEBOOK_TABLE_SOURCE_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "assay/v1/rulebook.pb.h"
#include "base/issue.h"
#include "rulebook/source_map.h"

namespace assay {

struct TableSource {
  enum class Kind { kTable, kCharacteristic, kGrades, kScore };
  // Before a band's floor, and an initial score, as cells.
  static constexpr absl::string_view kFloorLead = ">= ";
  static constexpr absl::string_view kScoreLead = "round((";
  // Rows from `first_row` on, written at `path`.
  struct Part {
    std::string path;
    int first_row = 0;
    int rows = 0;  // without the default, which versions have as a row behind them
    const v1::Effective* effective = nullptr;
  };

  Kind kind = Kind::kTable;
  std::string function;  // table.NAME, scorecard.NAME
  std::string name;      // as reports have it: a table's own, else the function
  const v1::Table* proto = nullptr;
  std::shared_ptr<const v1::Table> made;  // what `proto` is, unless the rulebook has it so
  std::vector<Part> parts;                // several for versions

  std::string path() const { return parts[0].path; }
  std::string name_path() const { return path() + ".name"; }
  std::string InputPath(int input) const;
  std::string RowPath(int row) const;
  // Of an input's test, or of an output. Row proto->rows_size() is the default.
  std::string CellPath(int row, int cell) const;
  // How much of a cell's text stands before what is written there.
  int32_t LeadOf(int cell) const;
  const Part& PartOf(int row) const;
  // Whether a day picks the rows that count, and the days of a row as [from..to].
  bool is_dated() const;
  std::string DaysText(int row) const;
};

// All tables of the rulebook, then what its scorecards are made of. Versions or scorecards that make no sense are
// issues.
std::vector<TableSource> TableSourcesOf(const v1::Rulebook& book, const SourceMap& sources, IssueList* issues);

// The sources of one scorecard; none after an issue. scorecards.cc
void AddScorecard(const v1::Rulebook& book, int scorecard, const SourceMap& sources, std::vector<TableSource>* tables,
                  IssueList* issues);

}  // namespace assay

#endif  // ASSAY_RULEBOOK_TABLE_SOURCE_H_
