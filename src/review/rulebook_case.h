// What the tests of a rulebook give: rows as wire bytes, with what a case takes from the one it is like.
// Entry point: ReadCases. Plain data, internal to review.
#ifndef ASSAY_REVIEW_RULEBOOK_CASE_H_
#define ASSAY_REVIEW_RULEBOOK_CASE_H_

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "rulebook/compiled_rulebook.h"

namespace assay {

struct RulebookCase {
  absl::Status problem;  // why it cannot be run: a row that is none, a case that it is like and that is not there
  std::string input;
  std::vector<std::string> others;
  std::map<std::string, std::shared_ptr<const RowBytes>> datasets;
  Timestamp now;
  v1::Checkpoint checkpoint = v1::CHECKPOINT_REVIEW;
};

// By name.
std::map<std::string, RulebookCase> ReadCases(const CompiledRulebook& book);

}  // namespace assay

#endif  // ASSAY_REVIEW_RULEBOOK_CASE_H_
