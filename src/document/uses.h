// Which things of a rulebook read, call or name which others. Entry point: CollectUses. A function over its argument.
#ifndef ASSAY_DOCUMENT_USES_H_
#define ASSAY_DOCUMENT_USES_H_

#include <map>
#include <vector>

#include "document/thing.h"

namespace assay {

// By what is used: its users, each once, in the order of the page.
using Uses = std::map<const Thing*, std::vector<const Thing*>>;

Uses CollectUses(const ThingIndex& things);

}  // namespace assay

#endif  // ASSAY_DOCUMENT_USES_H_
