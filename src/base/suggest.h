// "Did you mean": the known name nearest to one that is not known.
// Entry point: Nearest. A pure function whose answer does not depend on the order of the candidates; it never suggests
// something far away.
#ifndef ASSAY_BASE_SUGGEST_H_
#define ASSAY_BASE_SUGGEST_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace assay {

// The candidate with the fewest edits (insert, delete, replace, swap of neighbours; upper and lower case of ASCII are
// one), if at most a third of the name's code points, and at most three, differ; "" if none. Of equally near ones, the
// one that keeps more of the case, then the first in byte order.
std::string Nearest(absl::string_view name, absl::Span<const absl::string_view> candidates);

}  // namespace assay

#endif  // ASSAY_BASE_SUGGEST_H_
