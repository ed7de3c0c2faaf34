// What `assay check` found: each finding has a code, and each code a severity that the caller may change.
// Entry points: CheckCodes, CheckReport. A report belongs to one thread; nothing here prints.
#ifndef ASSAY_RULEBOOK_CHECK_REPORT_H_
#define ASSAY_RULEBOOK_CHECK_REPORT_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "base/issue.h"

namespace assay {

struct CheckCode {
  const char* code;
  Severity severity;  // where the caller says nothing
  const char* meaning;
};
// Every code there is, in the order of the manual.
absl::Span<const CheckCode> CheckCodes();

// Severities that differ from those of CheckCodes; without one the finding is not made.
using CheckSeverities = std::map<std::string, std::optional<Severity>, std::less<>>;

// Reads "table-gap=error,role-unused=off" into *severities. InvalidArgument names a code or a severity there is not.
absl::Status ReadSeverities(absl::string_view text, CheckSeverities* severities);

struct CheckFinding {
  std::string code;
  Issue issue;
};

class CheckReport {
 public:
  // Of one code so many findings are kept, and the rest is counted.
  static constexpr int kMaxOfCode = 100;

  explicit CheckReport(const CheckSeverities* severities) : severities_(severities) {}

  // `code` is one of CheckCodes, whose severity the issue gets.
  void Add(absl::string_view code, Issue issue);

  // By file, line and column; behind them a note for each code of which more was found than was kept.
  std::vector<CheckFinding> Take();
  // The same in the order in which they were added.
  std::vector<CheckFinding> TakeAsAdded();

 private:
  const CheckSeverities* severities_;
  std::vector<CheckFinding> findings_;
  std::map<std::string, int, std::less<>> counts_;  // by code
};

// file:line:column: warning: message [code], and the place in the text.
std::string FormatFinding(const CheckFinding& finding);

// An array of objects: code, severity, file, path, line, column, length, message, suggestion.
std::string FindingsJson(absl::Span<const CheckFinding> findings);

}  // namespace assay

#endif  // ASSAY_RULEBOOK_CHECK_REPORT_H_
