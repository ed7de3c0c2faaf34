// The board of an evaluation: which rows it lists, in which order, and its table.
#include "evaluate/board.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "assay/evaluate.h"
#include "evaluate/json.h"
#include "evaluate/table_csv.h"
#include "gtest/gtest.h"
#include "tests/evaluate/sample_evaluation.h"

namespace assay {
namespace {

constexpr char kBook[] = R"yml(
name: test.board
time_zone: Asia/Shanghai
input: {name: complaint, type: assay.v1.Complaint}
levels: [{name: compensation, of: complaint.compensations}]
evaluation:
  id: complaint.id
  board:
    title: {en: Open, zh: 未结}
    columns: [due, subject]
    listed: open
    order: due
outputs:
  - {name: subject, expression: complaint.subject, description: {en: About, zh: 事由}}
  - {name: kind, each: compensation, expression: compensation.kind}
  - {name: open, expression: complaint.lot == ''}
  - {name: due, expression: DUE, description: {en: Due, zh: 期限}}
)yml";

std::shared_ptr<const CompiledRulebook> BookDue(absl::string_view due) {
  return CompileText(absl::StrReplaceAll(kBook, {{"DUE", absl::StrCat("\"", due, "\"")}}));
}

v1::EvaluationResult RunOn(const std::shared_ptr<const CompiledRulebook>& book, const std::vector<std::string>& rows) {
  std::vector<std::string> wire;
  for (const std::string& row : rows) wire.push_back(WireRow(*book, "assay.v1.Complaint", row));
  return RunRows(book, SnapshotOf(*book, {}), wire);
}

// The ids of the rows that are listed, "" as it is.
std::string Listed(const v1::EvaluationResult& result) {
  std::vector<std::string> ids;
  for (const int32_t row : result.board().rows()) ids.push_back(result.rows(row).id());
  return absl::StrJoin(ids, " ");
}

std::string Row(const std::string& id, const std::string& amount) {
  return absl::StrCat(R"({"id": ")", id, R"(", "claim_amount": ")", amount, R"("})");
}

TEST(BoardTest, RowsAreInTheOrderOfAValueOfAnyKindThatHasOne) {
  for (const char* due : {
           "complaint.claim_amount",
           "int(complaint.claim_amount)",
           "uint(int(complaint.claim_amount))",
           "date('2026-11-20').addDays(int(complaint.claim_amount))",
           "timestamp('2026-11-20T00:00:00Z') + duration(string(int(complaint.claim_amount)) + 's')",
           "duration(string(int(complaint.claim_amount)) + 's')",
           "optional.of(complaint.claim_amount)",
       }) {
    SCOPED_TRACE(due);
    EXPECT_EQ(Listed(RunOn(BookDue(due), {Row("A", "10"), Row("B", "9"), Row("C", "2")})), "C B A");
  }
  const auto book = BookDue("duration(string(int(complaint.claim_amount)) + 's')");
  EXPECT_EQ(Listed(RunOn(book, {Row("A", "0"), Row("B", "-9"), Row("C", "-10")})), "C B A");
}

TEST(BoardTest, RowsThatAreEquallyFarAreInTheOrderOfTheirIds) {
  const auto book = BookDue("complaint.claim_amount");
  EXPECT_EQ(Listed(RunOn(book, {Row("D", "1"), Row("B", "1.0"), Row("C", "0"), Row("A", "1")})), "C A B D");
}

TEST(BoardTest, RowsWithoutTheValueComeLastWhetherItIsNotThereOrCannotBeHad) {
  EXPECT_EQ(Listed(RunOn(BookDue("complaint.claim_amount"), {R"({"id": "A"})", Row("B", "1")})), "B A");
  EXPECT_EQ(Listed(RunOn(BookDue("complaint.claim_amount > 1 ? optional.of(1) : optional.none()"),
                         {Row("A", "1"), Row("B", "2")})),
            "B A");
}

TEST(BoardTest, OnlyRowsOfWhichItIsTrueAreListed) {
  const auto book = BookDue("complaint.claim_amount");
  EXPECT_EQ(Listed(RunOn(book, {R"({"id": "A", "claim_amount": "2", "lot": "L"})", Row("B", "1"), Row("C", "0")})),
            "C B");
}

TEST(BoardTest, ARowOfWhichItCannotBeHadIsListed) {
  const auto book = CompileText(absl::StrReplaceAll(
      kBook, {{"complaint.lot == ''", "complaint.claim_amount > 1.0"}, {"DUE", "complaint.id.size()"}}));
  // Bytes that are no message have no id: they stand first among the rows.
  const v1::EvaluationResult result = RunRows(
      book, SnapshotOf(*book, {}),
      {"\x0a\xff", WireRow(*book, "assay.v1.Complaint", R"({"id": "B"})"),
       WireRow(*book, "assay.v1.Complaint", Row("C", "1")), WireRow(*book, "assay.v1.Complaint", Row("AA", "2"))});
  EXPECT_EQ(Listed(result), "B AA ");
}

TEST(BoardTest, WithoutConditionAndOrderAllRowsAreListedById) {
  const auto book = CompileText(absl::StrReplaceAll(
      kBook, {{"    listed: open\n", ""}, {"    order: due\n", ""}, {"DUE", "complaint.claim_amount"}}));
  EXPECT_EQ(Listed(RunOn(book, {Row("B", "1"), R"({"id": "A", "lot": "L"})"})), "A B");
}

TEST(BoardTest, ARulebookWithoutOneHasNone) {
  const auto book =
      CompileText("name: t\ninput: {name: complaint, type: assay.v1.Complaint}\nevaluation: {id: complaint.id}\n");
  const v1::EvaluationResult result = RunOn(book, {Row("A", "1")});
  EXPECT_FALSE(result.has_board());
  EXPECT_EQ(ResultTables(result).back().name(), "worklist");
}

TEST(BoardTest, ItsTableHasTheIdAndTheColumnsAndItsJsonThePlaces) {
  const v1::EvaluationResult result = RunOn(BookDue("complaint.claim_amount"),
                                            {Row("A", "3"), R"({"id": "B", "claim_amount": "1", "subject": "x,y"})"});
  const v1::DayTable table = ResultTables(result).back();
  EXPECT_EQ(table.name(), "board");
  EXPECT_EQ(CsvOf(table), "id,due,subject\r\nB,1.0000,\"x,y\"\r\nA,3.0000,\r\n");
  EXPECT_EQ(JsonOf(result.board()), R"({"title":{"en":"Open","zh":"未结"},"columns":["due","subject"],"rows":[1,0]})");
  EXPECT_FALSE(SummaryOf(result).has_board());
}

}  // namespace
}  // namespace assay
