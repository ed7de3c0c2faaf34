// Syntax errors of one expression. Entry points: SyntaxErrors::Add, SyntaxErrors::Stop. It never prints.
#include "lang/syntax_errors.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "base/utf8.h"

namespace assay {

void SyntaxErrors::Add(SourceRange range, std::string message) {
  if (stopped_ || range.begin == last_begin_) return;
  last_begin_ = range.begin;
  issues_->Add(MakeIssue(Severity::kError, *source_, range, std::move(message)));
  stopped_ = ++count_ == kMaxErrors;
}

void SyntaxErrors::Stop(SourceRange range, std::string message) {
  last_begin_ = -1;
  Add(range, std::move(message));
  stopped_ = true;
}

std::string SyntaxErrors::Quote(SourceRange range) const {
  if (range.begin == range.end) return "the end of the expression";
  return QuoteShort(source_->Slice(range), 24);
}

std::string QuoteShort(absl::string_view text, size_t max_code_points) {
  size_t end = OffsetOfCodePoint(text, max_code_points);
  end = text.substr(0, end).find_first_of("\r\n") == absl::string_view::npos ? end : text.find_first_of("\r\n");
  const absl::string_view shown = absl::StripTrailingAsciiWhitespace(text.substr(0, end));
  return absl::StrCat("'", shown, end < text.size() ? "…" : "", "'");
}

}  // namespace assay
