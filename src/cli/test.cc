// `assay test`: runs the tests of a rulebook. Entry point: TestCommand.
#include <algorithm>
#include <filesystem>
#include <iostream>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "base/json_text.h"
#include "base/markup_text.h"
#include "cli/command.h"
#include "cli/files.h"
#include "review/rulebook_tests.h"

namespace assay {
namespace {

constexpr char kUsageOfTest[] =
    "usage: assay test RULEBOOK [NAME...] [--junit FILE] [--format text|json] [--coverage report|total]";

// The failures of all cases as lines "file:line:col: error: CASE: what".
std::string Lines(const TestReport& report, const SourceMap& sources) {
  std::string lines;
  for (const TestOutcome& outcome : report.outcomes) {
    for (const TestFailure& failure : outcome.failures) {
      const Issue issue =
          sources.MakeIssue(Severity::kError, failure.path, absl::StrCat(outcome.name, ": ", failure.message));
      lines += Format(issue);
    }
  }
  return lines;
}

std::string Xml(absl::string_view text) {
  std::string xml;
  AppendMarkupText(text, &xml);
  return xml;
}

std::string Junit(const TestReport& report, const std::string& suite, size_t failed) {
  std::string xml = absl::StrCat("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"", Xml(suite),
                                 "\" tests=\"", report.outcomes.size(), "\" failures=\"", failed, "\">\n");
  for (const TestOutcome& outcome : report.outcomes) {
    absl::StrAppend(&xml, "  <testcase classname=\"", Xml(suite), "\" name=\"", Xml(outcome.name), "\"");
    absl::StrAppend(&xml, outcome.failures.empty() ? "/>\n" : ">\n");
    for (const TestFailure& failure : outcome.failures) {
      absl::StrAppend(&xml, "    <failure message=\"", Xml(failure.message), "\">", Xml(failure.path), "</failure>\n");
    }
    if (!outcome.failures.empty()) xml += "  </testcase>\n";
  }
  return xml + "</testsuite>\n";
}

std::string Json(const TestReport& report) {
  std::string out = "{\"cases\":[";
  for (const TestOutcome& outcome : report.outcomes) {
    if (&outcome != report.outcomes.data()) out += ',';
    out += "{\"name\":";
    AppendJsonString(outcome.name, &out);
    out += ",\"failures\":[";
    for (const TestFailure& failure : outcome.failures) {
      if (&failure != outcome.failures.data()) out += ',';
      out += "{\"path\":";
      AppendJsonString(failure.path, &out);
      out += ",\"message\":";
      AppendJsonString(failure.message, &out);
      out += '}';
    }
    out += "]}";
  }
  out += "],\"uncovered\":[";
  const std::vector<std::string> uncovered = report.Uncovered();
  for (const std::string& line : uncovered) {
    if (&line != uncovered.data()) out += ',';
    AppendJsonString(line, &out);
  }
  return out + "]}\n";
}

size_t CountFailed(const TestReport& report) {
  size_t failed = 0;
  for (const TestOutcome& outcome : report.outcomes) failed += outcome.failures.empty() ? 0 : 1;
  return failed;
}

std::string Text(const TestReport& report, const SourceMap& sources, size_t failed) {
  std::string text;
  size_t rows = 0;
  for (const auto& [name, table] : report.tables) rows += table.hits.size();
  const std::vector<std::string> uncovered = report.Uncovered();
  for (const std::string& line : uncovered) absl::StrAppend(&text, "not covered: ", line, "\n");
  absl::StrAppend(&text, report.outcomes.size() - failed, " passed, ", failed, " failed; of ",
                  Counted(report.rules.size(), "rule"), " and ", Counted(rows, "row"), " of tables ",
                  Counted(uncovered.size(), "gap"), " in coverage\n");
  return Lines(report, sources) + text;
}

// Tests often stand in a file of their own that imports the rulebook: order_review_tests.yaml beside
// order_review.yaml. "" if there is none.
std::string TestsBeside(const std::string& path) {
  const std::filesystem::path file(path);
  std::filesystem::path beside = file;
  beside.replace_filename(absl::StrCat(file.stem().string(), "_tests", file.extension().string()));
  std::error_code error;
  return std::filesystem::exists(beside, error) ? beside.string() : "";
}

// Of a rulebook without tests, or of a name that no test has; "" if all names have tests.
std::string WhyNothingRuns(const v1::Rulebook& rulebook, const std::string& path, absl::Span<const std::string> names) {
  if (rulebook.tests().empty()) {
    const std::string beside = TestsBeside(path);
    return absl::StrCat("the rulebook has no tests; they may stand in a file that imports it: '", path, "'",
                        beside.empty() ? "" : absl::StrCat("; did you mean '", beside, "'?"));
  }
  for (const std::string& name : names) {
    const bool is_there = std::any_of(rulebook.tests().begin(), rulebook.tests().end(),
                                      [&](const auto& test) { return absl::StrContains(test.name(), name); });
    if (!is_there) return absl::StrCat("no test has these words in its name: '", name, "'");
  }
  return "";
}

}  // namespace

int TestCommand(const std::vector<std::string>& words) {
  absl::StatusOr<Arguments> arguments = ParseArguments(words, {"junit", "format", "coverage"});
  if (!arguments.ok()) return Fail(2, std::string(arguments.status().message()));
  const std::string format = arguments->Option("format", "text");
  const std::string coverage = arguments->Option("coverage", "report");
  const bool is_call = !arguments->words.empty() && (format == "text" || format == "json") &&
                       (coverage == "report" || coverage == "total");
  if (!is_call) return Fail(2, kUsageOfTest);
  const std::string& path = arguments->words[0];
  SourceMap sources;
  const std::shared_ptr<const CompiledRulebook> book = LoadRulebook(path, true, &sources);
  if (book == nullptr) return 1;
  const std::string nothing = WhyNothingRuns(book->proto, path, absl::MakeConstSpan(arguments->words).subspan(1));
  if (!nothing.empty()) return Fail(1, nothing);
  const TestReport report = RunRulebookTests(book, absl::MakeConstSpan(arguments->words).subspan(1));
  const size_t failed = CountFailed(report);
  const std::string junit = arguments->Option("junit", "");
  if (!junit.empty()) {
    const absl::Status written = WriteFile(junit, Junit(report, book->proto.name(), failed));
    if (!written.ok()) return Fail(1, std::string(written.message()));
  }
  std::cout << (format == "json" ? Json(report) : Text(report, sources, failed));
  const bool covered = coverage == "report" || report.Uncovered().empty();
  return failed == 0 && covered ? 0 : 1;
}

}  // namespace assay
