// Diagnostics as data: what is wrong with a text that a person wrote, where, and what would cure it.
// Entry points: MakeIssue, Format, IssueList; the issue itself is public (assay/issue.h). Plain values; an IssueList
// belongs to one thread at a time. Nothing here prints.
#ifndef ASSAY_BASE_ISSUE_H_
#define ASSAY_BASE_ISSUE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "assay/issue.h"
#include "base/source.h"

namespace assay {

// "error", "warning", "note".
absl::string_view SeverityName(Severity severity);

// An issue about a range of a text: file, position, length (up to the line's end) and snippet come from there. Of a
// line of more than kMaxSnippet code points the snippet shows so many, so that no text makes issues of endless size.
inline constexpr int kMaxSnippet = 160;
Issue MakeIssue(Severity severity, const SourceText& source, SourceRange range, std::string message);

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
