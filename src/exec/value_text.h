// A column's value as text, for messages: decimals at their scale, dates and times
// in their standard forms, strings as they are.
#ifndef ASSAY_EXEC_VALUE_TEXT_H_
#define ASSAY_EXEC_VALUE_TEXT_H_

#include <string>

#include "column/vector.h"

namespace assay {

std::string ValueText(const Vector& column, size_t row, int scale);

}  // namespace assay

#endif  // ASSAY_EXEC_VALUE_TEXT_H_
