// Decodes literal tokens into constants: numbers with their ranges, strings and bytes with their escapes.
// Entry point: DecodeLiteral. Pure but for the errors it reports at their exact place; it never rounds a decimal.
#ifndef ASSAY_LANG_LITERALS_H_
#define ASSAY_LANG_LITERALS_H_

#include <optional>

#include "absl/strings/string_view.h"
#include "base/decimal.h"
#include "lang/ast.h"
#include "lang/syntax_errors.h"
#include "lang/token.h"

namespace assay {

// The constant of a literal token (kInt … kNull). `is_negative`: a '-' stands before it, which only kInt and kDouble
// take. Nothing, after reporting why, if it is out of range or an escape is wrong.
std::optional<Constant> DecodeLiteral(const Token& token, bool is_negative, SyntaxErrors* errors);

// The exact value of a floating literal ("-1.50", ".5", "12e-3") with the fraction digits written; fraction zeros are
// dropped where they alone exceed 38 digits. Nothing if it has no decimal.
std::optional<Decimal> DecimalOfDouble(absl::string_view text);

}  // namespace assay

#endif  // ASSAY_LANG_LITERALS_H_
