// Which accounts of a stock ledger the reference data have, whether or not an order asks for them (domain.md, section
// 3.10). Entry point: AccountRows. Accounts can be listed where the ledger's key is plain text fields, as
// order.warehouse, and its lots, receipts or commitments are a join by these very expressions. Nothing here draws.
#ifndef ASSAY_REVIEW_ACCOUNT_ROWS_H_
#define ASSAY_REVIEW_ACCOUNT_ROWS_H_

#include <map>
#include <string>
#include <vector>

#include "google/protobuf/descriptor.h"
#include "rulebook/compiled_rulebook.h"
#include "snapshot/snapshot.h"

namespace assay {

class AccountRows {
 public:
  AccountRows(const CompiledRulebook& book, size_t ledger);

  // Whether the data can tell the ledger's accounts.
  bool are_known() const { return !sources_.empty(); }

  // By account key (draw_results.h) the wire bytes of a row of the input that asks for it and has nothing else.
  std::map<std::string, std::string> List(const Snapshot& data) const;

 private:
  using Path = std::vector<const google::protobuf::FieldDescriptor*>;
  struct Source {
    int dataset = 0;
    std::vector<int> slots;  // of its columns, by the ledger's key
  };

  Path PathOf(const std::string& text) const;
  void AddSource(const std::string& list);
  std::string RowOf(const std::vector<absl::string_view>& key) const;

  const CompiledRulebook& book_;
  const v1::Ledger& ledger_;
  const google::protobuf::Descriptor* input_ = nullptr;
  std::vector<Path> key_;  // from the input, by the lists of levels on the way
  std::vector<Source> sources_;
};

}  // namespace assay

#endif  // ASSAY_REVIEW_ACCOUNT_ROWS_H_
