// Asks table_analysis.h about each table and says what it finds in the rule author's words. Entry point: CheckTables.
// A case that only predicates decide is tried with values: what these show counts as found, the rest as not decided.
#include "rulebook/check_tables.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "rulebook/witness.h"
#include "table/table_analysis.h"

namespace assay {
namespace {

// A pair more of overlapping rows says little.
constexpr size_t kMaxOverlaps = 100;

class TableCheck {
 public:
  TableCheck(const LoadedRulebook& loaded, const Names& names, size_t number, int64_t steps, CheckReport* report)
      : sources_(loaded.sources),
        names_(names),
        source_(names.tables[number]),
        table_(*names.inputs.tables[number]),
        cases_(CasesOf(table_)),
        steps_(steps),
        report_(report) {}

  void Run() {
    FindEmptyCells();
    if (table_.needs_hit && !table_.has_default) FindGaps();
    if (table_.policy == HitPolicy::kUnique || table_.policy == HitPolicy::kAny) FindOverlapping();
    if (table_.policy == HitPolicy::kFirst || table_.policy == HitPolicy::kPriority) FindMaskedRows();
  }

 private:
  void Add(absl::string_view code, const std::string& path, std::string message) {
    report_->Add(code, sources_.MakeIssue(Severity::kNote, path, std::move(message)));
  }

  void AddWhole(absl::string_view code, std::string message) { Add(code, source_.name_path(), std::move(message)); }

  void AddUndecided(const std::string& question) {
    AddWhole("not-decided",
             absl::StrCat("not decided within ", steps_, " steps (--steps): ", question, " '", table_.name, "'"));
  }

  // Whether no value that can come up fits a cell.
  bool IsEmpty(const Cell& cell, size_t column) const {
    if (cell.kind != Cell::Kind::kSet) return false;
    for (const PieceRange& admitted : table_.cells.columns[column].Pieces(cell.index)) {
      for (const PieceRange& possible : cases_.universe[column]) {
        if (admitted.begin < possible.end && possible.begin < admitted.end) return false;
      }
    }
    return true;
  }

  void FindEmptyCells() {
    for (size_t row = 0; row < table_.row_count(); ++row) {
      for (size_t column = 0; column < table_.cells.columns.size(); ++column) {
        if (!IsEmpty(table_.cells.At(row, column), column)) continue;
        const bool is_date = table_.is_dated && column + 1 == table_.cells.columns.size();
        const auto place = static_cast<int>(row);
        Add("table-cell-empty",
            is_date ? source_.RowPath(place) + ".effective" : source_.CellPath(place, static_cast<int>(column)),
            absl::StrCat("no value of '", table_.inputs[column].name, "' fits this cell: row ",
                         table_.RowName(static_cast<int32_t>(row)), " never counts"));
      }
    }
  }

  void FindGaps() {
    // A table without rows has no cells to look at.
    if (table_.row_count() == 0) {
      return AddWhole("table-gap", absl::StrCat("neither a row nor a default: '", table_.name, "'"));
    }
    const Gap gap = FindGap(cases_, steps_);
    if (gap.answer == Answer::kProven) return;
    if (gap.witness.empty()) return AddUndecided("whether every case fits a row of table");
    const Witness witness = WitnessOf(table_, gap.witness);
    const std::string text = WitnessText(table_, witness);
    bool is_shown = true;
    for (size_t row = 0; row < table_.row_count(); ++row) {
      is_shown = is_shown && RowFits(table_, row, witness, names_) == false;
    }
    if (is_shown) {
      return AddWhole("table-gap",
                      absl::StrCat("no row fits ", text, ", and there is no default: '", table_.name, "'"));
    }
    AddWhole("not-decided", absl::StrCat("only tests that have to be computed say whether a row fits, as of ", text,
                                         ": '", table_.name, "'"));
  }

  void FindOverlapping() {
    const Overlaps overlaps = FindOverlaps(cases_, kMaxOverlaps, steps_, [this](int32_t a, int32_t b) {
      return table_.policy == HitPolicy::kUnique ||
             table_.answers[static_cast<size_t>(a)] != table_.answers[static_cast<size_t>(b)];
    });
    for (const Overlap& overlap : overlaps.found) AddOverlap(overlap);
    if (!overlaps.is_complete && overlaps.found.size() < kMaxOverlaps) {
      AddUndecided("whether two rows fit one case of table");
    }
  }

  void AddOverlap(const Overlap& overlap) {
    const Witness witness = WitnessOf(table_, overlap.witness);
    const bool is_shown = RowFits(table_, static_cast<size_t>(overlap.first), witness, names_) == true &&
                          RowFits(table_, static_cast<size_t>(overlap.second), witness, names_) == true;
    const std::string rows =
        absl::StrCat("rows ", table_.RowName(overlap.first), " and ", table_.RowName(overlap.second));
    const char* why = table_.policy == HitPolicy::kUnique ? ", of which UNIQUE allows one"
                                                          : " and give different outputs, which ANY does not allow";
    const std::string text = WitnessText(table_, witness);
    if (is_shown) {
      Add("table-overlap", source_.RowPath(overlap.second), absl::StrCat(rows, " both fit ", text, why));
    } else {
      Add("not-decided", source_.RowPath(overlap.second),
          absl::StrCat("only tests that have to be computed say whether ", rows, " both fit a case, as ", text));
    }
  }

  void FindMaskedRows() {
    const MaskedRows masked = FindMasked(cases_, table_.order, steps_);
    if (!masked.is_complete) return AddUndecided("which rows never count of table");
    for (const MaskedRow& row : masked.found) {
      if (row.by.empty()) continue;  // an empty cell, said there
      std::vector<std::string> takers;
      takers.reserve(row.by.size());
      for (int32_t taker : row.by) takers.push_back(table_.RowName(taker));
      Add("table-row-masked", source_.RowPath(row.row),
          absl::StrCat("row ", table_.RowName(row.row), " never counts: ", row.by.size() == 1 ? "row " : "rows ",
                       absl::StrJoin(takers, ", "), row.by.size() == 1 ? " takes" : " together take",
                       " all its cases"));
    }
  }

  const SourceMap& sources_;
  const Names& names_;
  const TableSource& source_;
  const DecisionTable& table_;
  TableCases cases_;
  int64_t steps_;
  CheckReport* report_;
};

}  // namespace

void CheckTables(const LoadedRulebook& loaded, const Names& names, int64_t steps, CheckReport* report) {
  for (size_t i = 0; i < names.tables.size(); ++i) {
    if (names.tables[i].kind != TableSource::Kind::kScore) TableCheck(loaded, names, i, steps, report).Run();
  }
}

}  // namespace assay
