// The version of the library, as decisions and the C interface state it; CMakeLists.txt
// names the same.
#ifndef ASSAY_BASE_VERSION_H_
#define ASSAY_BASE_VERSION_H_

#include "absl/strings/string_view.h"

namespace assay {

inline constexpr absl::string_view kVersion = "0.1.0";

}  // namespace assay

#endif  // ASSAY_BASE_VERSION_H_
