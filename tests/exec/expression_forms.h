// The operations random expressions are made of, as a table. Entry points: Forms, ListForms, TimeForms, Literals.
#ifndef ASSAY_TESTS_EXEC_EXPRESSION_FORMS_H_
#define ASSAY_TESTS_EXEC_EXPRESSION_FORMS_H_

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace assay {

// `result` is a letter of Shape, after an 'L' for each list; "e" stands for any scalar letter. In `text`, $ and such a
// shape is a part of that shape, $e the same letter as the result's; $n a scale, $m a rounding mode, $c a currency,
// $z a zone, $k a calendar, $p a pattern, all written out.
struct Form {
  const char* result;
  const char* text;
};

absl::Span<const Form> Forms();
absl::Span<const Form> ListForms();
absl::Span<const Form> TimeForms();

// Texts of literals of that letter, the simplest first; also of n, m, c, z, k, p.
absl::Span<const absl::string_view> Literals(char letter);

}  // namespace assay

#endif  // ASSAY_TESTS_EXEC_EXPRESSION_FORMS_H_
