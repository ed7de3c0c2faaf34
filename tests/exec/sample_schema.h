// A message with a field of every type that a row may have, beside the library's own entities.
// Entry point: SampleSchema; the message is assay.sample.Sample, its repeated message field `items`.
#ifndef ASSAY_TESTS_EXEC_SAMPLE_SCHEMA_H_
#define ASSAY_TESTS_EXEC_SAMPLE_SCHEMA_H_

#include <memory>

#include "schema/schema.h"

namespace assay {

std::shared_ptr<const Schema> SampleSchema();

}  // namespace assay

#endif  // ASSAY_TESTS_EXEC_SAMPLE_SCHEMA_H_
