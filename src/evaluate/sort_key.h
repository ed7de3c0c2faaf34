// What rows are sorted by: text compared as bytes, numbers as numbers. Entry points: SortKey, CompareKeys.
#ifndef ASSAY_EVALUATE_SORT_KEY_H_
#define ASSAY_EVALUATE_SORT_KEY_H_

#include <string>

#include "base/decimal.h"

namespace assay {

struct SortKey {
  bool missing = false;
  Decimal number;
  std::string text;
};

// Below 0, 0, above 0. What is missing comes first.
inline int CompareKeys(const SortKey& a, const SortKey& b) {
  if (a.missing != b.missing) return a.missing ? -1 : 1;
  const int order = Compare(a.number, b.number);
  return order != 0 ? order : a.text.compare(b.text);
}

// The same with what is missing last.
inline int CompareKeysMissingLast(const SortKey& a, const SortKey& b) {
  return a.missing != b.missing ? CompareKeys(b, a) : CompareKeys(a, b);
}

}  // namespace assay

#endif  // ASSAY_EVALUATE_SORT_KEY_H_
