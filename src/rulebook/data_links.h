// By which values of which rows the joins of a rulebook look for rows of its datasets, as far as fields say it.
// Entry point: FindDataLinks. Internal to rulebook; a function over its argument.
#ifndef ASSAY_RULEBOOK_DATA_LINKS_H_
#define ASSAY_RULEBOOK_DATA_LINKS_H_

#include <set>
#include <vector>

#include "rulebook/compiled_rulebook.h"

namespace assay {

// A field whose values are looked for in the key of a dataset's rows.
struct DataLink {
  int level = -1;    // of the input's rows; -1: `dataset`'s
  int dataset = -1;  // whose rows have the value
  const google::protobuf::FieldDescriptor* field = nullptr;
  int target = -1;  // dataset
  const google::protobuf::FieldDescriptor* key = nullptr;

  bool operator==(const DataLink&) const = default;
};

struct DataLinks {
  std::vector<DataLink> links;  // each once, of joins that must find a row
  std::set<int> listed;         // datasets of which only lists of all rows of a key are read
};
DataLinks FindDataLinks(const CompiledRulebook& book);

}  // namespace assay

#endif  // ASSAY_RULEBOOK_DATA_LINKS_H_
