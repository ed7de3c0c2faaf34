// `assay check`: whether rulebooks load, and what is wrong or in vain in them. Entry point: CheckCommand.
#include "rulebook/check.h"

#include <algorithm>
#include <iostream>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "base/status_macros.h"
#include "cli/command.h"
#include "cli/data_files.h"
#include "rulebook/check_part.h"
#include "rulebook/file_reader.h"
#include "rulebook/merged_view.h"

namespace assay {
namespace {

constexpr char kUsageOfCheck[] =
    "usage: assay check [--merged] [--severity CODE=error|warning|note|off[,...]] [--steps N] [--format text|json] "
    "[--data DIR [--orders F]] RULEBOOK...";

struct CheckCall {
  CheckOptions options;
  bool shows_merged = false;
  bool json = false;
  std::string data;
  std::string orders;
  std::vector<std::string> rulebooks;
};

absl::Status ReadCall(std::vector<std::string> words, CheckCall* call) {
  call->shows_merged = std::erase(words, "--merged") > 0;
  absl::StatusOr<Arguments> arguments = ParseArguments(words, {"severity", "steps", "format", "data", "orders"});
  if (!arguments.ok()) return arguments.status();
  call->rulebooks = arguments->words;
  if (call->rulebooks.empty()) return absl::InvalidArgumentError(kUsageOfCheck);
  call->data = arguments->Option("data", "");
  call->orders = arguments->Option("orders", "");
  if (call->data.empty() && !call->orders.empty()) {
    return absl::InvalidArgumentError("--orders is checked against --data, which is not there");
  }
  const std::string format = arguments->Option("format", "text");
  if (format != "text" && format != "json") return absl::InvalidArgumentError("--format is text or json");
  call->json = format == "json";
  const std::string steps = arguments->Option("steps", absl::StrCat(call->options.steps));
  if (!absl::SimpleAtoi(steps, &call->options.steps) || call->options.steps < 1) {
    return absl::InvalidArgumentError(absl::StrCat("--steps is a number from 1: '", steps, "'"));
  }
  const std::string severities = arguments->Option("severity", "");
  return severities.empty() ? absl::OkStatus() : ReadSeverities(severities, &call->options.severities);
}

// What loading and compiling say has no code of its own but this.
void AddIssues(const IssueList& issues, std::vector<CheckFinding>* findings) {
  for (const Issue& issue : issues.issues()) findings->push_back({"load", issue});
}

absl::StatusOr<std::vector<CheckFinding>> CheckFiles(const CompiledRulebook& book, const CheckCall& call) {
  const StrayFiles strays = book.evaluation.exists ? StrayFiles::kLeftAlone : StrayFiles::kRefused;
  ASSIGN_OR_RETURN(const auto files, ReadDataFiles(book, call.data, strays));
  if (call.orders.empty()) return CheckData(book, files, nullptr, call.options.severities);
  ASSIGN_OR_RETURN(const DataFile orders, ReadDataFile(*book.schema, *book.names->inputs.input, call.orders));
  return CheckData(book, files, &orders, call.options.severities);
}

void TellFindings(const std::vector<CheckFinding>& findings, const CheckCall& call) {
  if (call.json) return;
  for (const CheckFinding& finding : findings) std::cerr << FormatFinding(finding);
}

std::string DescribePart(const v1::Rulebook& rulebook) {
  std::vector<std::string> counts;
  if (rulebook.reason_codes_size() > 0) counts.push_back(Counted(rulebook.reason_codes_size(), "reason code"));
  if (rulebook.roles_size() > 0) counts.push_back(Counted(rulebook.roles_size(), "role"));
  if (rulebook.calendars_size() > 0) counts.push_back(Counted(rulebook.calendars_size(), "calendar"));
  return absl::StrCat("a part that rulebooks import: ", absl::StrJoin(counts, ", "));
}

// Findings of a file of reason codes, roles or calendars, which is no rulebook by itself.
std::vector<CheckFinding> CheckPartFile(const std::string& path, const LoadedRulebook& part, const CheckCall& call,
                                        std::string* summary) {
  IssueList issues;
  std::vector<CheckFinding> findings;
  std::vector<CheckFinding> found = CheckPart(part, call.options.severities, &issues);
  if (!call.json) std::cerr << Format(issues);
  AddIssues(issues, &findings);
  TellFindings(found, call);
  if (!issues.has_errors()) *summary = absl::StrCat(path, ": ", DescribePart(part.proto), "\n");
  std::move(found.begin(), found.end(), std::back_inserter(findings));
  return findings;
}

// Findings of one rulebook, those of loading first; *summary is what it is if it loads.
absl::StatusOr<std::vector<CheckFinding>> CheckFile(const std::string& path,
                                                    const std::shared_ptr<const Schema>& schema, const CheckCall& call,
                                                    std::string* summary) {
  std::vector<CheckFinding> findings;
  IssueList issues;
  const std::optional<LoadedRulebook> loaded = LoadRulebookFile(path, DiskFileReader(path), &issues);
  if (loaded.has_value() && IsPart(loaded->proto)) return CheckPartFile(path, *loaded, call, summary);
  const std::shared_ptr<const CompiledRulebook> book =
      loaded.has_value() ? CompileRulebook(*loaded, schema, &issues) : nullptr;
  if (!call.json) std::cerr << Format(issues);
  if (call.json) AddIssues(issues, &findings);
  if (book == nullptr) return findings;
  *summary = absl::StrCat(path, ": ", book->proto.name(), " ", book->proto.version(), ", ",
                          Counted(book->rules.size(), "rule"), ", fingerprint ", book->fingerprint.substr(0, 16), "\n",
                          call.shows_merged ? DescribeMerged(*loaded) : "");
  std::vector<CheckFinding> found = CheckRulebook(*loaded, book->schema, call.options);
  if (!call.data.empty()) {
    absl::StatusOr<std::vector<CheckFinding>> of_data = CheckFiles(*book, call);
    if (!of_data.ok()) return of_data.status();
    std::move(of_data->begin(), of_data->end(), std::back_inserter(found));
  }
  TellFindings(found, call);
  std::move(found.begin(), found.end(), std::back_inserter(findings));
  return findings;
}

bool IsError(const CheckFinding& finding) { return finding.issue.severity == Severity::kError; }

}  // namespace

int CheckCommand(const std::vector<std::string>& words) {
  CheckCall call;
  const absl::Status status = ReadCall(words, &call);
  if (!status.ok()) return Fail(2, std::string(status.message()));
  const absl::StatusOr<std::shared_ptr<const Schema>> schema = Schema::CreateStandard();
  if (!schema.ok()) return Fail(1, std::string(schema.status().message()));
  bool all_good = true;
  std::vector<CheckFinding> all;
  for (const std::string& path : call.rulebooks) {
    std::string summary;
    absl::StatusOr<std::vector<CheckFinding>> findings = CheckFile(path, *schema, call, &summary);
    if (!findings.ok()) return Fail(1, std::string(findings.status().message()));
    all_good = all_good && !summary.empty() && std::none_of(findings->begin(), findings->end(), IsError);
    if (!call.json) std::cout << summary;
    std::move(findings->begin(), findings->end(), std::back_inserter(all));
  }
  if (call.json) std::cout << FindingsJson(all);
  return all_good ? 0 : 1;
}

}  // namespace assay
