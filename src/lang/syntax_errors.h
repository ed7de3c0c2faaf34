// Collects what is wrong with the syntax of one expression, up to a number that a person still reads.
// Entry points: Add, Stop. Used by one parse on one thread; the source and the list outlive it. It never adds two
// errors at one place: the second would only be a consequence of the first.
#ifndef ASSAY_LANG_SYNTAX_ERRORS_H_
#define ASSAY_LANG_SYNTAX_ERRORS_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "base/issue.h"
#include "base/source.h"

namespace assay {

class SyntaxErrors {
 public:
  static constexpr int kMaxErrors = 20;

  SyntaxErrors(const SourceText* source, IssueList* issues) : source_(source), issues_(issues) {}

  // For reading ahead in the same text: what is wrong there goes elsewhere.
  SyntaxErrors Fork(IssueList* issues) const { return SyntaxErrors(source_, issues); }

  // One line: what is wrong, what was expected. Ignored once stopped.
  void Add(SourceRange range, std::string message);

  // Adds an error after which reading on makes no sense.
  void Stop(SourceRange range, std::string message);

  // From now on everything is ignored and the tokens are at their end.
  bool stopped() const { return stopped_; }
  bool any() const { return count_ != 0; }

  absl::string_view text() const { return source_->text(); }

  // The text of a range in quotes, shortened to one short line; "the end of the expression" for an empty range at it.
  std::string Quote(SourceRange range) const;

 private:
  const SourceText* source_;
  IssueList* issues_;
  int count_ = 0;
  int32_t last_begin_ = -1;
  bool stopped_ = false;
};

// The first code points of a text on one line in single quotes, "…" for what was left out.
std::string QuoteShort(absl::string_view text, size_t max_code_points);

}  // namespace assay

#endif  // ASSAY_LANG_SYNTAX_ERRORS_H_
