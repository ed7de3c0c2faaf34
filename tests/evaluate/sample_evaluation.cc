// Entry points: those of sample_evaluation.h. What does not compile or decode fails the test that asked for it.
#include "tests/evaluate/sample_evaluation.h"

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "ingest/json_rows.h"
#include "rulebook/loader.h"
#include "rulebook/reference.h"
#include "schema/enum_names.h"

namespace assay {

std::shared_ptr<const CompiledRulebook> CompileText(absl::string_view text) {
  IssueList issues;
  std::optional<LoadedRulebook> loaded = LoadRulebookText("test.yaml", text, &issues);
  std::shared_ptr<const CompiledRulebook> book;
  if (loaded.has_value()) {
    loaded->compiles_tests = true;
    book = CompileRulebook(*std::move(loaded), *Schema::CreateStandard(), &issues);
  }
  EXPECT_NE(book, nullptr) << Format(issues);
  return book;
}

std::string WireRow(const CompiledRulebook& book, absl::string_view type, const std::string& json) {
  std::string wire;
  const absl::Status status = JsonToWire(*book.schema, **book.schema->FindMessage(type), json, &wire);
  EXPECT_TRUE(status.ok()) << status << json;
  return wire;
}

std::shared_ptr<const Snapshot> SnapshotOf(const CompiledRulebook& book,
                                           const std::map<std::string, std::string>& datasets) {
  std::map<std::string, std::shared_ptr<const RowBytes>> rows;
  for (const auto& [name, lines] : datasets) {
    auto bytes = std::make_shared<RowBytes>();
    const absl::Status status = ReadRows(*book.schema, **DatasetType(book, name), lines, false,
                                         [&](absl::string_view row) { bytes->Add(row); });
    EXPECT_TRUE(status.ok()) << status;
    rows[name] = bytes;
  }
  return *BuildSnapshot(book, rows);
}

EvaluationSettings Settings(int threads) {
  EvaluationSettings settings;
  settings.now = {1'763'464'000, 0};
  settings.threads = threads;
  return settings;
}

v1::EvaluationResult RunRows(const std::shared_ptr<const CompiledRulebook>& book,
                             const std::shared_ptr<const Snapshot>& snapshot, const std::vector<std::string>& rows) {
  const std::vector<absl::string_view> views(rows.begin(), rows.end());
  absl::StatusOr<v1::EvaluationResult> result = Evaluate(book, snapshot, views, Settings(1));
  EXPECT_TRUE(result.ok()) << result.status();
  return *std::move(result);
}

const v1::EvaluatedRow& RowOf(const v1::EvaluationResult& result, const std::string& id) {
  for (const v1::EvaluatedRow& row : result.rows()) {
    if (row.id() == id) return row;
  }
  ADD_FAILURE() << "no row " << id;
  return v1::EvaluatedRow::default_instance();
}

std::string FindingsOf(const v1::EvaluatedRow& row) {
  std::string text;
  for (const v1::Finding& finding : row.findings()) {
    absl::StrAppend(&text, text.empty() ? "" : " ", finding.rule(), finding.line_id().empty() ? "" : "/",
                    finding.line_id(), ":", EnumShortName(*v1::Outcome_descriptor(), finding.outcome()));
  }
  return text;
}

}  // namespace assay
