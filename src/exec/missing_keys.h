// What lookups of a run did not find. Internal to exec, filled by its lookups where a frame asks for it.
#ifndef ASSAY_EXEC_MISSING_KEYS_H_
#define ASSAY_EXEC_MISSING_KEYS_H_

#include <string>
#include <vector>

namespace assay {

// A key with no rows at all, in force or not; of a dataset of the program, by columns of its rows.
struct MissingKey {
  int dataset = 0;
  std::vector<int> key_slots;
  std::vector<std::string> values;  // by slot

  auto operator<=>(const MissingKey&) const = default;
};

}  // namespace assay

#endif  // ASSAY_EXEC_MISSING_KEYS_H_
