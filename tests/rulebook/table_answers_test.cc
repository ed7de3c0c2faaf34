// What `assay check` says of random tables, against the plain evaluator: each case it names is put into the table and
// into what its cells mean; where it says nothing, a grid of values around all cuts must find nothing either.
// ASSAY_TABLES asks for another number of tables, ASSAY_TABLES_SEED for others.
#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <memory>
#include <numeric>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "tests/base/python_oracle.h"
#include "tests/rulebook/checked_tables.h"
#include "tests/rulebook/random_tables.h"

namespace assay {
namespace {

// So few that no code has more findings than are kept.
constexpr int kTablesInBook = 8;

// How many answers were confirmed.
struct Tally {
  int tables = 0, gaps = 0, without_gap = 0, overlaps = 0, without_overlap = 0, masked = 0, without_masked = 0;
  int undecided = 0, lookups = 0;
  int64_t grid = 0;
};

class Confirmation {
 public:
  Confirmation(const RandomTable& table, CheckedTables* book, RandomTables* random, Tally* tally)
      : table_(table), said_(book->Of(table.name)), book_(*book), random_(*random), tally_(*tally) {
    order_.resize(table.outputs.size());
    std::iota(order_.begin(), order_.end(), 0);
    if (table.policy == "PRIORITY") {
      static constexpr int kRanks[] = {1, 2, 0};  // of values: ['2', '0', '1']
      std::stable_sort(order_.begin(), order_.end(), [&](int a, int b) {
        return kRanks[table.outputs[static_cast<size_t>(a)]] < kRanks[table.outputs[static_cast<size_t>(b)]];
      });
    }
  }

  void Run() {
    ++tally_.tables;
    LookAtGrid();
    if (::testing::Test::HasFailure()) return;
    ConfirmGap();
    ConfirmOverlaps();
    ConfirmMasked();
  }

 private:
  bool Matters(int a, int b) const {
    return table_.policy == "UNIQUE" ||
           (table_.policy == "ANY" && table_.outputs[static_cast<size_t>(a)] != table_.outputs[static_cast<size_t>(b)]);
  }
  static bool Has(int64_t rows, int row) { return (rows >> row & 1) != 0; }

  static int64_t RowsIn(const Value& value, const std::string& what) {
    EXPECT_TRUE(value.is(ValueKind::kInt)) << what << " gives " << DebugString(value);
    return value.is(ValueKind::kInt) ? value.as_int() : 0;
  }

  // The rows that fit, by what their cells mean.
  int64_t RowsThatFit(const std::vector<Value>& args) {
    int64_t rows = -1;
    for (size_t i = 0; i < args.size(); ++i) {
      const std::string name = absl::StrCat(table_.name, "_", i);
      rows &= RowsIn(book_.Call(name, args), name);
    }
    return rows;
  }

  // What the table must give where these rows fit, as text.
  std::string Expected(int64_t rows) const {
    std::vector<int> hits;
    for (int row : order_) {
      if (Has(rows, row)) hits.push_back(row);
    }
    if (hits.empty()) return table_.has_default ? absl::StrCat(RandomTables::kDefault) : "no hit";
    for (int a : hits) {
      for (int b : hits) {
        if (a != b && Matters(a, b)) return "several hits";
      }
    }
    return absl::StrCat(table_.outputs[static_cast<size_t>(hits[0])]);
  }

  static std::string Given(const Value& value) {
    if (value.is(ValueKind::kInt)) return absl::StrCat(value.as_int());
    if (!value.is_error()) return DebugString(value);
    const ErrorKind kind = value.as_error().kind;
    if (kind == ErrorKind::kNoHit) return "no hit";
    return kind == ErrorKind::kManyHits || kind == ErrorKind::kUnlikeHits ? "several hits" : DebugString(value);
  }

  // Every combination of values: what fits there. Cells that read one column are asked once for each of its values.
  void LookAtGrid() {
    std::vector<std::vector<Value>> values;
    for (const TypedColumn* column : table_.columns) {
      values.emplace_back();
      for (const char* text : column->values) values.back().push_back(book_.Constant(text));
    }
    std::vector<std::vector<int64_t>> fits(values.size());
    std::vector<Value> point;
    point.reserve(values.size());
    for (const std::vector<Value>& column : values) point.push_back(column[0]);
    for (size_t i = 0; i < values.size() && !table_.is_crossed; ++i) {
      for (const Value& value : values[i]) {
        std::vector<Value> args = point;
        args[i] = value;
        const std::string name = absl::StrCat(table_.name, "_", i);
        fits[i].push_back(RowsIn(book_.Call(name, args), name));
      }
    }
    std::vector<size_t> at(values.size());
    do {
      int64_t rows = -1;
      for (size_t i = 0; i < at.size(); ++i) {
        point[i] = values[i][at[i]];
        if (!table_.is_crossed) rows &= fits[i][at[i]];
      }
      if (table_.is_crossed) rows = RowsThatFit(point);
      Count(rows);
      if (random_.Pick(16) == 0) ConfirmLookup(point, rows);
    } while (Advance(values, &at));
  }

  static bool Advance(const std::vector<std::vector<Value>>& values, std::vector<size_t>* at) {
    for (size_t i = 0; i < at->size(); ++i) {
      if (++(*at)[i] < values[i].size()) return true;
      (*at)[i] = 0;
    }
    return false;
  }

  void Count(int64_t rows) {
    ++tally_.grid;
    has_gap_ = has_gap_ || rows == 0;
    bool is_won = false;
    for (int row : order_) {
      if (!Has(rows, row)) continue;
      fitting_.insert(row);
      if (!is_won) winning_.insert(row);
      is_won = true;
      for (int other = row + 1; other < static_cast<int>(order_.size()); ++other) {
        if (Has(rows, other) && Matters(row, other)) together_.insert({row, other});
      }
    }
  }

  void ConfirmLookup(const std::vector<Value>& point, int64_t rows) {
    ++tally_.lookups;
    EXPECT_EQ(Given(book_.Call(table_.name, point)), Expected(rows));
  }

  // The rows that fit a case as `assay check` writes it, after the table itself was asked: table.t(0, 'A').
  int64_t RowsThatFitCase(const std::string& text) {
    std::vector<std::string> args;
    std::string rest = text;
    for (size_t i = 0; i < table_.columns.size(); ++i) {
      const std::string next =
          i + 1 < table_.columns.size() ? absl::StrCat(", ", std::string(1, static_cast<char>('b' + i)), " = ") : "";
      const size_t end = next.empty() ? rest.size() : rest.find(next);
      EXPECT_NE(end, std::string::npos) << text;
      if (end == std::string::npos) return 0;
      std::string value = rest.substr(i == 0 ? 4 : 0, end - (i == 0 ? 4 : 0));
      rest = rest.substr(std::min(rest.size(), end + next.size()));
      const bool is_enum = absl::StartsWith(table_.columns[i]->written, "assay.");
      if (is_enum) value = value.substr(1, value.size() - 2);
      args.push_back(absl::StrReplaceAll(table_.columns[i]->written, {{"%s", value}}));
    }
    const std::string call = absl::StrCat("(", absl::StrJoin(args, ", "), ")");
    int64_t rows = -1;
    for (size_t i = 0; i < table_.columns.size(); ++i) {
      const std::string asked = absl::StrCat("table.", table_.name, "_", i, call);
      rows &= RowsIn(book_.Ask(asked), asked);
    }
    EXPECT_EQ(Given(book_.Ask(absl::StrCat("table.", table_.name, call))), Expected(rows)) << call;
    return rows;
  }

  void ConfirmGap() {
    const bool is_asked = !table_.has_default;
    if (said_.gap_is_undecided) {
      EXPECT_TRUE(table_.is_computed && is_asked);
      ++tally_.undecided;
    } else if (!said_.gap.empty()) {
      EXPECT_TRUE(is_asked);
      EXPECT_EQ(RowsThatFitCase(said_.gap), 0) << said_.gap;
      ++tally_.gaps;
    } else if (is_asked) {
      EXPECT_FALSE(has_gap_) << "a gap that was not found";
      ++tally_.without_gap;
    }
  }

  void ConfirmOverlaps() {
    for (const auto& [rows, text] : said_.overlaps) {
      const int64_t fit = RowsThatFitCase(text);
      EXPECT_TRUE(Has(fit, rows.first) && Has(fit, rows.second)) << text;
      EXPECT_TRUE(Matters(rows.first, rows.second)) << text;
      ++tally_.overlaps;
    }
    EXPECT_TRUE(said_.undecided_overlaps.empty() || table_.is_computed);
    for (const RowPair& rows : together_) {
      EXPECT_TRUE(said_.overlaps.contains(rows) || said_.undecided_overlaps.contains(rows))
          << "rows " << rows.first + 1 << " and " << rows.second + 1 << " overlap, which was not found";
    }
    tally_.undecided += static_cast<int>(said_.undecided_overlaps.size());
    const bool is_asked = table_.policy == "UNIQUE" || table_.policy == "ANY";
    if (is_asked && said_.overlaps.empty() && said_.undecided_overlaps.empty()) ++tally_.without_overlap;
  }

  void ConfirmMasked() {
    for (int row : said_.empty) EXPECT_FALSE(fitting_.contains(row)) << "row " << row + 1;
    for (int row : said_.masked) EXPECT_FALSE(winning_.contains(row)) << "row " << row + 1;
    tally_.masked += static_cast<int>(said_.masked.size());
    const bool is_asked = table_.policy == "FIRST" || table_.policy == "PRIORITY";
    if (!is_asked || table_.is_computed) return;
    for (int row : order_) {
      const bool is_told = said_.masked.contains(row) || said_.empty.contains(row);
      EXPECT_NE(winning_.contains(row), is_told) << "row " << row + 1;
    }
    if (said_.masked.empty()) ++tally_.without_masked;
  }

  const RandomTable& table_;
  const TableFindings& said_;
  CheckedTables& book_;
  RandomTables& random_;
  Tally& tally_;
  std::vector<int> order_;  // the rows as they count
  // What the grid shows.
  bool has_gap_ = false;
  std::set<RowPair> together_;
  std::set<int> fitting_;
  std::set<int> winning_;
};

TEST(TableAnswersTest, EveryAnswerIsConfirmedByEvaluation) {
  const int seed = FromEnvironment("ASSAY_TABLES_SEED", 20261127);
  const int count = FromEnvironment("ASSAY_TABLES", 10'000);
  std::cout << "[ seed     ] ASSAY_TABLES_SEED=" << seed << "\n";
  RandomTables random(static_cast<uint32_t>(seed));
  Tally tally;
  while (tally.tables < count) {
    std::string text;
    std::vector<RandomTable> tables;
    tables.reserve(kTablesInBook);
    for (int i = 0; i < kTablesInBook; ++i) tables.push_back(random.Append(absl::StrCat("t", i), &text));
    const std::unique_ptr<CheckedTables> book = CheckedTables::Create(text);
    ASSERT_NE(book, nullptr);
    for (const RandomTable& table : tables) {
      Confirmation(table, book.get(), &random, &tally).Run();
      ASSERT_FALSE(HasFailure()) << table.name << "\n" << text;
    }
  }
  std::cout << "[ answers  ] " << tally.tables << " tables: " << tally.gaps << " gaps and " << tally.without_gap
            << " without, " << tally.overlaps << " overlaps and " << tally.without_overlap << " without, "
            << tally.masked << " masked rows and " << tally.without_masked << " tables without, " << tally.undecided
            << " not decided; " << tally.grid << " cases, " << tally.lookups << " lookups\n";
  for (int confirmed : {tally.gaps, tally.without_gap, tally.overlaps, tally.without_overlap, tally.masked,
                        tally.without_masked, tally.undecided}) {
    EXPECT_GT(confirmed, count / 50);
  }
}

}  // namespace
}  // namespace assay
