// What is wrong with the rows that a rulebook is to be run with.
// Entry point: CheckData. A function over its arguments, safe from any thread. It reads every row in the plainest way
// and keeps the keys of all in memory; it builds no snapshot.
#ifndef ASSAY_RULEBOOK_CHECK_DATA_H_
#define ASSAY_RULEBOOK_CHECK_DATA_H_

#include <map>
#include <string>
#include <vector>

#include "rulebook/check_report.h"
#include "rulebook/compiled_rulebook.h"

namespace assay {

// The rows of one file, as wire bytes, and where each stands.
struct DataFile {
  std::string path;
  std::shared_ptr<const RowBytes> rows;
  std::vector<int> lines;  // of each row, from 1; empty for a binary file
};

// Fields that hold no value of their type; rows of one key that are in force at once, or at all where there may be one;
// rows that are there twice where a key may have many; values by which a row of a dataset or of `input` is joined to
// another dataset that has no such row. Of each kind the first few of a dataset and how many there are, of each join
// one finding; what is found seldom comes first. `input` may be nullptr.
std::vector<CheckFinding> CheckData(const CompiledRulebook& book, const std::map<std::string, DataFile>& datasets,
                                    const DataFile* input, const CheckSeverities& severities);

}  // namespace assay

#endif  // ASSAY_RULEBOOK_CHECK_DATA_H_
