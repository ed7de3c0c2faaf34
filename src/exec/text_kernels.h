// The parts that SelectText chooses from. Internal to exec's text kernels; each gives nullptr for what is not its own.
#ifndef ASSAY_EXEC_TEXT_KERNELS_H_
#define ASSAY_EXEC_TEXT_KERNELS_H_

#include "exec/kernels.h"

namespace assay {

Kernel SelectTextSearch(Op op);    // contains startsWith endsWith matches
Kernel SelectTextPosition(Op op);  // charAt indexOf lastIndexOf substring
Kernel SelectTextEdit(Op op);      // lowerAscii upperAscii replace trim reverse quote, base64

}  // namespace assay

#endif  // ASSAY_EXEC_TEXT_KERNELS_H_
