// A rulebook over rows by the plain evaluator alone, from the words of the rulebook: what evaluations are compared
// with. Entry point: PlainRows. Joins are looked up by going through all rows. No ledgers, no dated joins.
#ifndef ASSAY_TESTS_EVALUATE_PLAIN_ROWS_H_
#define ASSAY_TESTS_EVALUATE_PLAIN_ROWS_H_

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "google/protobuf/message.h"
#include "interp/value.h"
#include "rulebook/compiled_rulebook.h"

namespace assay {

class PlainRows {
 public:
  // Rows of datasets as wire bytes by name; those of the batch as batch.NAME.
  PlainRows(const CompiledRulebook& book, const Timestamp& now,
            const std::map<std::string, std::vector<std::string>>& datasets);

  // The row of the input and, at a level below it, one of its rows (else nullptr).
  struct Place {
    const google::protobuf::Message* input = nullptr;
    int level = 0;
    const google::protobuf::Message* row = nullptr;
  };

  // The expression, which stands on the place's level.
  Value Evaluate(const std::string& text, const Place& place) const;

  const std::vector<std::unique_ptr<google::protobuf::Message>>& rows(const std::string& dataset) const {
    return datasets_.at(dataset);
  }

  const CompiledRulebook& book() const { return book_; }
  const Timestamp& now() const { return now_; }

 private:
  const CompiledRulebook& book_;
  Timestamp now_;
  std::map<std::string, std::vector<std::unique_ptr<google::protobuf::Message>>> datasets_;
};

}  // namespace assay

#endif  // ASSAY_TESTS_EVALUATE_PLAIN_ROWS_H_
