// What is told of sensitive fields: nothing that is computed from them in findings, tasks, outputs and explanations,
// unless the rulebook says of a variable that it does not tell them.
#include <string>

#include "evaluate/output_values.h"
#include "gtest/gtest.h"
#include "tests/evaluate/sample_evaluation.h"

namespace assay {
namespace {

constexpr char kBook[] = R"yml(
name: test.masking
version: "1"
input: {name: complaint, type: assay.v1.Complaint}
levels: [{name: event, of: complaint.events}]
evaluation: {id: complaint.id, row_ids: {event: event.actor}}
variables:
  - {name: length, expression: complaint.description.size(), unmasked: true}
  - {name: is_long, expression: complaint.length > 20}
  - {name: shouts, expression: complaint.description.endsWith('!')}
  - {name: mixed, expression: "string(complaint.length) + string(complaint.shouts)"}
  - {name: words, each: event, expression: "event.note.split(' ').size()", unmasked: true}
rules:
  - id: M-1
    title: {en: Read it, zh: 阅读}
    condition: complaint.is_long && complaint.shouts
    outcome: NOTE
    expected: complaint.is_long
    actual: complaint.length
    message: {en: "{words}: {length}, {mixed}", zh: 甲}
    values: {words: complaint.description, length: complaint.length, mixed: complaint.mixed}
    task: {subject: string(complaint.length), owner: complaint.description}
  - id: M-2
    each: event
    condition: event.words > 1
    outcome: NOTE
    expected: event.note
    actual: event.words
    message: {en: "{words} words", zh: 甲}
    values: {words: event.words}
outputs:
  - {name: length, expression: complaint.length}
  - {name: share, expression: "quotient(complaint.length, 100, 2)"}
  - {name: shouts, expression: complaint.shouts}
  - {name: mixed, expression: complaint.mixed}
  - {name: told, expression: complaint.mixed, unmasked: true}
  - {name: words, expression: "sum(complaint.events.map(e, e.words))"}
  - {name: notes, expression: "complaint.events.map(e, [string(e.words), e.note])"}
)yml";

std::string Output(const v1::EvaluatedRow& row, const std::string& name) {
  for (const v1::OutputValue& value : row.outputs()) {
    if (value.name() == name) return OutputText(value, "null");
  }
  return "no such output";
}

class MaskingTest : public testing::Test {
 protected:
  MaskingTest() {
    const auto book = CompileText(kBook);
    result_ = RunRows(book, SnapshotOf(*book, {}),
                      {WireRow(*book, "assay.v1.Complaint",
                               R"({"id": "K", "description": "The seal leaks, again!",
                                   "events": [{"actor": "ANN", "note": "she called twice"}]})")});
  }

  const v1::EvaluatedRow& row() const { return result_.rows(0); }

  v1::EvaluationResult result_;
};

TEST_F(MaskingTest, AnUnmaskedVariableAndWhatIsComputedFromItAloneAreTold) {
  EXPECT_EQ(Output(row(), "length"), "22");
  EXPECT_EQ(Output(row(), "share"), "0.22");
  EXPECT_EQ(Output(row(), "words"), "3");
}

TEST_F(MaskingTest, WhatReadsTheSensitiveFieldAsWellIsMasked) {
  for (const char* name : {"shouts", "mixed", "notes"}) EXPECT_EQ(Output(row(), name), "***") << name;
  EXPECT_EQ(Output(row(), "told"), "22true");  // for the output itself says so
}

TEST_F(MaskingTest, FindingsTellWhatIsUnmaskedAndNoMore) {
  ASSERT_EQ(FindingsOf(row()), "M-1:NOTE M-2/ANN:NOTE");
  EXPECT_FALSE(row().findings(0).masked());
  EXPECT_EQ(row().findings(0).actual(), "22");
  EXPECT_EQ(row().findings(0).message().en(), "***: 22, ***");
  EXPECT_TRUE(row().findings(1).masked());
  EXPECT_EQ(row().findings(1).message().en(), "3 words");
}

TEST_F(MaskingTest, TasksTellWhatIsUnmaskedAndNoMore) {
  ASSERT_EQ(result_.worklist_size(), 1);
  EXPECT_EQ(result_.worklist(0).subject(), "22");
  EXPECT_EQ(result_.worklist(0).owner(), "***");
  EXPECT_EQ(result_.worklist(0).why().en(), "***: 22, ***");
}

}  // namespace
}  // namespace assay
