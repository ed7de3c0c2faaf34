// Drawing and collecting diagnostics. Entry points: MakeIssue, FormatLine, Format, IssueList.
// What came from outside is drawn without its control characters, so that one issue is always one line and a caret.
#include "base/issue.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/utf8.h"

namespace assay {
namespace {

bool IsControl(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

// Control characters become blanks; tabs stay where `keep_tabs`.
std::string Printable(absl::string_view text, bool keep_tabs) {
  std::string printable(text);
  for (char& c : printable) {
    if (IsControl(c) && (!keep_tabs || c != '\t')) c = ' ';
  }
  return printable;
}

// ^~~~ below `length` code points of `snippet` from `column` on. Tabs before it are repeated, for their width is the
// terminal's.
std::string CaretLine(absl::string_view snippet, int column, int length) {
  std::string line;
  size_t offset = 0;
  for (int at = 1; at < column && offset < snippet.size(); ++at) {
    const char32_t code_point = DecodeUtf8(snippet, &offset);
    if (code_point == '\t') {
      line.push_back('\t');
    } else {
      line.append(DisplayWidth(code_point), ' ');
    }
  }
  int width = 0;
  for (int at = 0; at < length && offset < snippet.size(); ++at) width += DisplayWidth(DecodeUtf8(snippet, &offset));
  line.push_back('^');
  line.append(std::max(width - 1, 0), '~');
  return line;
}

// Code points of a long line that are shown before the place of an issue.
constexpr int kShownBefore = 60;

constexpr absl::string_view kEllipsis = "…";

// Moves a byte offset of valid UTF-8 up to `count` code points back; returns how many.
int StepBack(absl::string_view text, int count, size_t* offset) {
  int steps = 0;
  for (; steps < count && *offset > 0; ++steps) {
    do --*offset;
    while (*offset > 0 && (static_cast<unsigned char>(text[*offset]) & 0xC0) == 0x80);
  }
  return steps;
}

// Puts the line, or of a long one the part around `from` (the byte offset of the issue's column), into the snippet.
void SetSnippet(absl::string_view line, size_t from, Issue* issue) {
  if (OffsetOfCodePoint(line, kMaxSnippet) == line.size()) {
    issue->snippet = std::string(line);
    return;
  }
  size_t begin = from;
  issue->snippet_column = issue->column - StepBack(line, kShownBefore, &begin);
  const absl::string_view part = line.substr(begin);
  const bool is_cut = OffsetOfCodePoint(part, kMaxSnippet) < part.size();
  const size_t first = begin > 0 ? OffsetOfCodePoint(part, 1) : 0;
  const size_t last = is_cut ? OffsetOfCodePoint(part, kMaxSnippet - 1) : part.size();
  issue->snippet = absl::StrCat(begin > 0 ? kEllipsis : "", part.substr(first, last - first), is_cut ? kEllipsis : "");
}

}  // namespace

absl::string_view SeverityName(Severity severity) {
  switch (severity) {
    case Severity::kError:
      return "error";
    case Severity::kWarning:
      return "warning";
    case Severity::kNote:
      return "note";
  }
  return "";
}

Issue MakeIssue(Severity severity, const SourceText& source, SourceRange range, std::string message) {
  const SourcePosition position = source.Locate(range.begin);
  const absl::string_view line = source.Line(position.line);
  const size_t from = OffsetOfCodePoint(line, position.column - 1);
  const size_t bytes = range.end > range.begin ? static_cast<size_t>(range.end - range.begin) : 0;
  Issue issue;
  issue.severity = severity;
  issue.file = source.name();
  issue.line = position.line;
  issue.column = position.column;
  issue.length = static_cast<int>(CountCodePoints(line.substr(from, bytes)));
  issue.message = std::move(message);
  SetSnippet(line, from, &issue);
  return issue;
}

std::string FormatLine(const Issue& issue) {
  std::string text = issue.file;
  if (issue.line > 0) {
    absl::StrAppend(&text, text.empty() ? "" : ":", issue.line);
    if (issue.column > 0) absl::StrAppend(&text, ":", issue.column);
  } else if (!issue.path.empty()) {
    absl::StrAppend(&text, text.empty() ? "" : ": ", issue.path);
  }
  absl::StrAppend(&text, text.empty() ? "" : ": ", SeverityName(issue.severity), ": ", issue.message);
  if (!issue.suggestion.empty()) absl::StrAppend(&text, "; did you mean '", issue.suggestion, "'?");
  return Printable(text, false);
}

std::string Format(const Issue& issue) {
  std::string text = FormatLine(issue) + "\n";
  if (issue.snippet.empty()) return text;
  const std::string snippet = Printable(issue.snippet, true);
  absl::StrAppend(&text, snippet, "\n");
  if (issue.column > 0)
    absl::StrAppend(&text, CaretLine(snippet, issue.column - issue.snippet_column + 1, issue.length), "\n");
  return text;
}

void IssueList::Add(Issue issue) {
  error_count_ += issue.severity == Severity::kError;
  warning_count_ += issue.severity == Severity::kWarning;
  if (issues_.size() == kMaxKept) {
    ++dropped_count_;
    if (issue.severity != Severity::kError) return;
    const auto lesser = std::find_if(issues_.rbegin(), issues_.rend(),
                                     [](const Issue& kept) { return kept.severity != Severity::kError; });
    if (lesser == issues_.rend()) return;
    issues_.erase(std::next(lesser).base());
  }
  issues_.push_back(std::move(issue));
}

void IssueList::Append(IssueList other) {
  const size_t errors = error_count_ + other.error_count_, warnings = warning_count_ + other.warning_count_;
  for (Issue& issue : other.issues_) Add(std::move(issue));
  error_count_ = errors;
  warning_count_ = warnings;
  dropped_count_ += other.dropped_count_;
}

absl::Status IssueList::ToStatus() const {
  const auto first = std::find_if(issues_.begin(), issues_.end(),
                                  [](const Issue& issue) { return issue.severity == Severity::kError; });
  if (first == issues_.end()) return absl::OkStatus();
  std::string text = FormatLine(*first);
  const size_t more = error_count_ - 1;
  if (more != 0) absl::StrAppend(&text, " (and ", more, more == 1 ? " more error)" : " more errors)");
  return absl::InvalidArgumentError(text);
}

std::string Format(const IssueList& list) {
  std::string text;
  for (const Issue& issue : list.issues()) text += Format(issue);
  if (list.dropped_count() != 0) absl::StrAppend(&text, "and ", list.dropped_count(), " more not shown\n");
  return text;
}

}  // namespace assay
