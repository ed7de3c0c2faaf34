/* What the C tests expect: each failure is one line on stderr. */
#ifndef ASSAY_TESTS_CAPI_EXPECT_H_
#define ASSAY_TESTS_CAPI_EXPECT_H_

#include <assay/assay.h>
#include <stdio.h>
#include <string.h>

static int failures = 0;

static void Expect(int holds, const char* what) {
  if (holds) return;
  ++failures;
  fprintf(stderr, "failed: %s\n", what);
}

static inline int Contains(assay_string text, const char* part) {
  const size_t size = strlen(part);
  for (size_t i = 0; i + size <= text.size; ++i) {
    if (memcmp(text.data + i, part, size) == 0) return 1;
  }
  return 0;
}

#endif /* ASSAY_TESTS_CAPI_EXPECT_H_ */
