// Diagnostics as data: what is wrong with a text that a person wrote, where, and what would cure it.
// Entry points: MakeIssue, Format, IssueList. Plain values; an IssueList belongs to one thread at a time. Nothing here
// prints.
#ifndef ASSAY_BASE_ISSUE_H_
#define ASSAY_BASE_ISSUE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "base/source.h"

namespace assay {

enum class Severity : uint8_t { kError, kWarning, kNote };

// "error", "warning", "note".
absl::string_view SeverityName(Severity severity);

struct Issue {
  Severity severity = Severity::kError;
  std::string file;        // "" if the text has no name
  std::string path;        // rules[3].condition; "" if the issue is about the whole
  int line = 0;            // from 1, 0 if not known
  int column = 0;          // from 1 in code points, 0 if not known
  int length = 0;          // code points of `snippet` marked from `column` on; 0 or 1 marks one
  std::string message;     // one line, without a closing point
  std::string suggestion;  // the name that was probably meant, "" if none
  std::string snippet;     // the source line, "" if not at hand
};

// An issue about a range of a text: file, position, length (up to the line's end) and snippet come from there.
Issue MakeIssue(Severity severity, const SourceText& source, SourceRange range, std::string message);

// file:line:column: error: message; did you mean 'x'?
// One line; parts not known are left out, and the path stands for a position that is not known.
std::string FormatLine(const Issue& issue);

// FormatLine, then the source line and a line that marks the place with ^~~~, aligned also below wide characters and
// tabs. Lines end with "\n", the last one too.
std::string Format(const Issue& issue);

// Issues in the order they were found. It keeps kMaxKept of them and counts the rest; where it is full, an error takes
// the place of the last warning or note.
class IssueList {
 public:
  static constexpr size_t kMaxKept = 100;

  void Add(Issue issue);

  // Adds the other list's kept issues and its counts.
  void Append(IssueList other);

  absl::Span<const Issue> issues() const { return issues_; }
  size_t error_count() const { return error_count_; }
  size_t warning_count() const { return warning_count_; }
  bool has_errors() const { return error_count_ != 0; }

  // Issues that were counted but not kept.
  size_t dropped_count() const { return dropped_count_; }

  // Ok without errors, else InvalidArgument with the first error's line and how many more there are.
  absl::Status ToStatus() const;

 private:
  std::vector<Issue> issues_;
  size_t error_count_ = 0;
  size_t warning_count_ = 0;
  size_t dropped_count_ = 0;
};

// Format of every kept issue, then a line that says how many were dropped.
std::string Format(const IssueList& list);

}  // namespace assay

#endif  // ASSAY_BASE_ISSUE_H_
