// The codes of `assay check`, and findings as text. Entry points: CheckCodes, ReadSeverities, CheckReport.
#include "rulebook/check_report.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "base/json_text.h"
#include "base/suggest.h"

namespace assay {
namespace {

constexpr CheckCode kCodes[] = {
    {"table-gap", Severity::kWarning, "a case that no row of a table fits, and there is no default row"},
    {"table-overlap", Severity::kError, "a case that two rows fit, where the hit policy allows one answer"},
    {"table-row-masked", Severity::kWarning, "a row whose cases are all taken by rows that count before it"},
    {"table-cell-empty", Severity::kWarning, "a cell that no value fits, so that its row never counts"},
    {"rule-never-fires", Severity::kWarning, "a condition that is true of no row, alone or where `when` holds"},
    {"rule-always-fires", Severity::kNote, "a condition that is false of no row for which `when` holds"},
    {"parameter-unused", Severity::kWarning, "a parameter that nothing reads"},
    {"variable-unused", Severity::kWarning, "a variable that nothing reads"},
    {"join-unused", Severity::kWarning, "a join that nothing reads"},
    {"dataset-unused", Severity::kWarning, "a dataset that no join in use and no review reads"},
    {"table-unused", Severity::kWarning, "a table that nothing calls"},
    {"output-unused", Severity::kWarning, "one of a table's several outputs that nothing reads"},
    {"reason-unused", Severity::kNote, "a reason code that nothing gives"},
    {"role-unused", Severity::kNote, "a role that nothing routes to"},
    {"text-missing", Severity::kWarning, "a finding, reason code, role or word for which people read nothing"},
    {"translation-missing", Severity::kWarning, "a text in one of the two languages only"},
    {"translation-differs", Severity::kWarning, "a text whose translation shows other values"},
    {"test-unreachable", Severity::kWarning,
     "a test that expects a finding of a rule that there is not, or that is off"},
    {"data-overlap", Severity::kError, "rows of one key that are in force at the same time"},
    {"data-duplicate", Severity::kError, "a key that comes twice where there may be one row"},
    {"data-repeated", Severity::kWarning,
     "a row that is there twice, and in force at the same time, where a key may have many"},
    {"data-dangling", Severity::kWarning, "a value that a join looks for and no row of the joined dataset has"},
    {"data-malformed", Severity::kWarning, "a field that holds no value of its type"},
    {"not-decided", Severity::kNote, "a question that was not answered within the steps, or that a predicate decides"},
};

const CheckCode* FindCode(absl::string_view code) {
  const auto* found =
      std::find_if(std::begin(kCodes), std::end(kCodes), [&](const CheckCode& known) { return known.code == code; });
  return found == std::end(kCodes) ? nullptr : found;
}

}  // namespace

absl::Span<const CheckCode> CheckCodes() { return kCodes; }

absl::Status ReadSeverities(absl::string_view text, CheckSeverities* severities) {
  for (absl::string_view entry : absl::StrSplit(text, ',')) {
    const std::pair<absl::string_view, absl::string_view> parts = absl::StrSplit(entry, absl::MaxSplits('=', 1));
    if (FindCode(parts.first) == nullptr) {
      std::vector<absl::string_view> known;
      for (const CheckCode& code : kCodes) known.emplace_back(code.code);
      const std::string nearest = Nearest(parts.first, known);
      return absl::InvalidArgumentError(absl::StrCat("no such code of a finding: '", parts.first, "'",
                                                     nearest.empty() ? "" : "; did you mean '", nearest,
                                                     nearest.empty() ? "" : "'?"));
    }
    std::optional<Severity> severity;
    for (const Severity known : {Severity::kError, Severity::kWarning, Severity::kNote}) {
      if (parts.second == SeverityName(known)) severity = known;
    }
    if (!severity.has_value() && parts.second != "off") {
      return absl::InvalidArgumentError(
          absl::StrCat("a severity is error, warning, note or off, as ", parts.first, "=off: '", parts.second, "'"));
    }
    (*severities)[std::string(parts.first)] = severity;
  }
  return absl::OkStatus();
}

void CheckReport::Add(absl::string_view code, Issue issue) {
  const auto chosen = severities_->find(code);
  if (chosen != severities_->end() && !chosen->second.has_value()) return;
  if (++counts_[std::string(code)] > kMaxOfCode) return;
  if (const CheckCode* known = FindCode(code)) issue.severity = known->severity;
  if (chosen != severities_->end()) issue.severity = *chosen->second;
  findings_.push_back({std::string(code), std::move(issue)});
}

std::vector<CheckFinding> CheckReport::Take() {
  std::stable_sort(findings_.begin(), findings_.end(), [](const CheckFinding& a, const CheckFinding& b) {
    return std::tie(a.issue.file, a.issue.line, a.issue.column) < std::tie(b.issue.file, b.issue.line, b.issue.column);
  });
  return TakeAsAdded();
}

std::vector<CheckFinding> CheckReport::TakeAsAdded() {
  for (const auto& [code, count] : counts_) {
    if (count <= kMaxOfCode) continue;
    Issue issue;
    issue.severity = Severity::kNote;
    issue.message = absl::StrCat("and ", count - kMaxOfCode, " more of this kind");
    findings_.push_back({code, std::move(issue)});
  }
  return std::move(findings_);
}

std::string FormatFinding(const CheckFinding& finding) {
  Issue issue = finding.issue;
  if (!issue.suggestion.empty()) absl::StrAppend(&issue.message, "; did you mean '", issue.suggestion, "'?");
  issue.suggestion.clear();
  absl::StrAppend(&issue.message, " [", finding.code, "]");
  return Format(issue);
}

std::string FindingsJson(absl::Span<const CheckFinding> findings) {
  std::string json = "[";
  for (const CheckFinding& finding : findings) {
    const Issue& issue = finding.issue;
    const std::pair<const char*, absl::string_view> texts[] = {
        {"code", finding.code},     {"severity", SeverityName(issue.severity)},
        {"file", issue.file},       {"path", issue.path},
        {"message", issue.message}, {"suggestion", issue.suggestion}};
    json += json.size() == 1 ? "\n{" : ",\n{";
    for (const auto& [name, text] : texts) {
      absl::StrAppend(&json, "\"", name, "\":");
      AppendJsonString(text, &json);
      json += ',';
    }
    absl::StrAppend(&json, "\"line\":", issue.line, ",\"column\":", issue.column, ",\"length\":", issue.length, "}");
  }
  return json + "]\n";
}

}  // namespace assay
