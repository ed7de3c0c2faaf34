// How many heap allocations this test program has made so far, of any kind of operator new.
#ifndef ASSAY_TESTS_INGEST_ALLOCATION_COUNT_H_
#define ASSAY_TESTS_INGEST_ALLOCATION_COUNT_H_

#include <cstddef>

namespace assay {

size_t AllocationCount();

}  // namespace assay

#endif  // ASSAY_TESTS_INGEST_ALLOCATION_COUNT_H_
