// The parts that SelectConversion chooses from. Internal to exec's conversion kernels; each gives nullptr for what is
// not its own. `first` is how the converted column lies in memory.
#ifndef ASSAY_EXEC_CONVERSION_KERNELS_H_
#define ASSAY_EXEC_CONVERSION_KERNELS_H_

#include "exec/kernels.h"

namespace assay {

Kernel SelectToNumber(const Node& node, Physical first);  // int uint double of numbers and times
Kernel SelectToString(const Node& node, Physical first);
Kernel SelectFromString(const Node& node);  // everything a text is read into

}  // namespace assay

#endif  // ASSAY_EXEC_CONVERSION_KERNELS_H_
