// Rows of decision tables in CSV files: what is read, where issues point, what the fingerprint holds.
#include "rulebook/csv_table.h"

#include <gtest/gtest.h>

#include <map>

#include "absl/strings/str_cat.h"
#include "rulebook/compiled_rulebook.h"
#include "rulebook/fingerprint.h"

namespace assay {
namespace {

constexpr char kBook[] = R"(name: test
version: "1"
input: {name: order, type: assay.v1.Order}
tables:
  - name: t
    hit_policy: FIRST
    inputs: [{name: zone, type: string}, {name: weight, type: int}]
    outputs: [{name: price, type: int}]
)";

using Files = std::map<std::string, std::string>;

FileReader ReaderOf(const Files& files) {
  return [files](absl::string_view path) -> absl::StatusOr<std::string> {
    const auto found = files.find(std::string(path));
    if (found == files.end()) return absl::NotFoundError("there is no such file");
    return found->second;
  };
}

std::optional<LoadedRulebook> Load(const std::string& csv, IssueList* issues) {
  const Files files = {{"book/test.yaml", absl::StrCat(kBook, "    file: rows/t.csv\n")}, {"book/rows/t.csv", csv}};
  return LoadRulebookFile("book/test.yaml", ReaderOf(files), issues);
}

// The first issue of loading and compiling, or "".
std::string FirstIssue(const std::string& csv) {
  IssueList issues;
  std::optional<LoadedRulebook> loaded = Load(csv, &issues);
  if (loaded.has_value()) CompileRulebook(*std::move(loaded), *Schema::CreateStandard(), &issues);
  return issues.issues().empty() ? "" : FormatLine(issues.issues()[0]);
}

v1::TableRow Row(const std::string& csv) {
  IssueList issues;
  const std::optional<LoadedRulebook> loaded = Load(csv, &issues);
  EXPECT_TRUE(loaded.has_value()) << Format(issues);
  return loaded.has_value() && loaded->proto.tables(0).rows_size() > 0 ? loaded->proto.tables(0).rows(0)
                                                                       : v1::TableRow();
}

TEST(CsvTableTest, ReadsCellsInTheOrderOfTheTableWhateverThatOfTheFile) {
  const v1::TableRow row =
      Row("\xEF\xBB\xBFid,price, weight ,annotation_zh,to,zone,from\r\n"
          "r1,5,\"[0..10)\",轻,2026-12-31,\"\"\"A\"\"\",2026-01-01\r\n");
  EXPECT_EQ(row.id(), "r1");
  ASSERT_EQ(row.cells_size(), 3);
  EXPECT_EQ(row.cells(0), "\"A\"");
  EXPECT_EQ(row.cells(1), "[0..10)");
  EXPECT_EQ(row.cells(2), "5");
  EXPECT_EQ(row.effective().from(), "2026-01-01");
  EXPECT_EQ(row.effective().to(), "2026-12-31");
  EXPECT_EQ(row.annotation().zh(), "轻");
}

TEST(CsvTableTest, AFieldInQuotesMayHoldCommasQuotesAndLines) {
  EXPECT_EQ(Row("zone,weight,price\n\"'A', \"\"B\"\"\",\"1,\n2\",7\n\n").cells(0), "'A', \"B\"");
  EXPECT_EQ(Row("zone,weight,price\n\"'A', \"\"B\"\"\",\"1,\n2\",7").cells(1), "1,\n2");
}

TEST(CsvTableTest, TheFingerprintIsThatOfTheSameRowsInYaml) {
  IssueList issues;
  const std::optional<LoadedRulebook> from_file = Load("price,zone,weight\n5,'A',> 3\n6,-,-\n", &issues);
  const std::optional<LoadedRulebook> written = LoadRulebookText(
      "test.yaml",
      absl::StrCat(kBook, "    rows:\n      - {cells: [\"'A'\", \"> 3\", 5]}\n      - {cells: [\"-\", \"-\", 6]}\n"),
      &issues);
  ASSERT_TRUE(from_file.has_value() && written.has_value()) << Format(issues);
  EXPECT_EQ(Fingerprint(from_file->proto), Fingerprint(written->proto));
}

struct BadCsv {
  const char* csv;
  const char* issue;
};

TEST(CsvTableTest, WhatIsWrongIsSaidAtItsPlaceInTheFile) {
  const BadCsv cases[] = {
      {"", "book/rows/t.csv:1:1: error: a table's file begins with a line of its columns' names"},
      {"zone,weight,prise\n", "book/rows/t.csv:1:13: error: no such column: 'prise'; did you mean 'price'?"},
      {"zone;weight;price\n", "book/rows/t.csv:1:1: error: fields are separated by ',': 'zone;weight;price'"},
      {"zone,price\n", "book/rows/t.csv:1:1: error: the header lacks columns of the table: weight"},
      {"zone,weight,price,zone\n", "book/rows/t.csv:1:19: error: this column stands twice: 'zone'"},
      {"zone,weight,price\n'A',1\n", "book/rows/t.csv:2:1: error: this row has 2 fields, the header 3"},
      {"zone,weight,price\n'A',1,\"2\n",
       "book/rows/t.csv:2:7: error: a quote that is not closed; a quote inside of "
       "quotes is written twice"},
      {"zone,weight,price\n\"A\"x,1,2\n",
       "book/rows/t.csv:2:4: error: expected ',' or the end of the line behind the closing quote"},
      {"zone,weight,price\n'\xB1\xB1',1,2\n",
       "book/rows/t.csv:2:2: error: not UTF-8 text; save it as 'CSV UTF-8' from the spreadsheet (a file in GBK or "
       "UTF-16 "
       "is not read)"},
      {"\xFF\xFEz",
       "book/rows/t.csv:1:1: error: not UTF-8 text; save it as 'CSV UTF-8' from the spreadsheet (a "
       "file in GBK or UTF-16 is not read)"},
      {"zone,weight,price\n'A',1,2\n'京',> x,2\n", "book/rows/t.csv:3:7: error: nothing has this name: 'x'"},
      {"weight,zone,price\n1,\"\"\"A\"\" + 1\",2\n", "book/rows/t.csv:2:10: error: '+' does not take (string, int)"},
      {"zone,weight,price\n'A',1,'B'\n", "book/rows/t.csv:2:7: error: "},
  };
  for (const BadCsv& test : cases) {
    const std::string issue = FirstIssue(test.csv);
    EXPECT_EQ(issue.substr(0, std::string(test.issue).size()), test.issue) << issue;
  }
}

TEST(CsvTableTest, TheFileLiesInTheRulebooksFolder) {
  for (const auto& [file, message] : std::map<std::string, std::string>{
           {"../t.csv",
            "a table's file must lie in the rulebook's folder or below; this one leads out of it: '../t.csv'"},
           {"/t.csv", "a table's file is relative to the file that names it; this one is absolute: '/t.csv'"},
           {"none.csv", "cannot be read: there is no such file: 'none.csv'"}}) {
    IssueList issues;
    const Files files = {{"book/test.yaml", absl::StrCat(kBook, "    file: ", file, "\n")}};
    EXPECT_FALSE(LoadRulebookFile("book/test.yaml", ReaderOf(files), &issues).has_value());
    ASSERT_EQ(issues.issues().size(), 1u);
    EXPECT_EQ(FormatLine(issues.issues()[0]), absl::StrCat("book/test.yaml:9:11: error: ", message));
  }
  IssueList issues;
  EXPECT_FALSE(LoadRulebookText("test.yaml", absl::StrCat(kBook, "    file: t.csv\n"), &issues).has_value());
  EXPECT_EQ(FormatLine(issues.issues()[0]),
            "test.yaml:9:11: error: a table's file needs a folder; load the rulebook from its file");
}

}  // namespace
}  // namespace assay
