// Lookups in a decode table that are too rare to be inline. Entry points: FindSparse, ContainsSparse.
// Neither is reached for messages with field numbers under 512 and enums without gaps.
#include "ingest/decode_table.h"

#include <algorithm>

namespace assay {
namespace {

constexpr FieldOp kSkipOp;

}  // namespace

const FieldOp& MessageTable::FindSparse(uint32_t number) const {
  const auto found = std::lower_bound(sparse.begin(), sparse.end(), number,
                                      [](const auto& entry, uint32_t wanted) { return entry.first < wanted; });
  return found != sparse.end() && found->first == number ? found->second : kSkipOp;
}

bool EnumNumbers::ContainsSparse(int32_t number) const {
  return std::binary_search(sorted.begin(), sorted.end(), number);
}

}  // namespace assay
