// ISO 4217: how many fraction digits a currency has.
// Entry point: FindMinorUnit. The table is compiled in (its date is kCurrencyListDate); a pure function, safe from any
// thread. It knows no rates, names or countries, and no withdrawn currencies.
#ifndef ASSAY_BASE_CURRENCY_H_
#define ASSAY_BASE_CURRENCY_H_

#include <cstdint>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace assay {

// The publication date of the list the table states.
inline constexpr absl::string_view kCurrencyListDate = "2024-06-25";

struct MinorUnit {
  enum class Kind : uint8_t {
    kUnknownCode,  // no such code in the list
    kNone,         // the list says "N.A.": gold, test codes and the like, never an amount to round
    kDigits,
  };
  Kind kind = Kind::kUnknownCode;
  int digits = 0;  // 0, 2, 3 or 4; 0 unless kDigits
};

// `code` is three capital letters, as in the list; anything else is unknown.
MinorUnit FindMinorUnit(absl::string_view code);

struct CurrencyRow {
  char code[4];   // terminated
  int8_t digits;  // -1: "N.A."
};

// The whole table in ascending order of codes.
absl::Span<const CurrencyRow> CurrencyTable();

}  // namespace assay

#endif  // ASSAY_BASE_CURRENCY_H_
