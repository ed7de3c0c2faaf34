// Which accounts of a stock ledger the reference data have, whether or not an order asks for them (domain.md, section
// 3.10). Entry point: AccountRows. Accounts can be listed where the ledger's key is plain text fields, as
// order.warehouse, and its lots, receipts or commitments are a join by these very expressions. Nothing here draws.
#ifndef ASSAY_REVIEW_ACCOUNT_ROWS_H_
#define ASSAY_REVIEW_ACCOUNT_ROWS_H_

#include <map>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
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
  // A field of a row: a text, or a message with others within, which stands there once for all of them.
  struct RowField {
    const google::protobuf::FieldDescriptor* field = nullptr;
    size_t part = 0;  // of the key, that a text holds
    std::vector<RowField> within;
  };
  using Key = std::vector<absl::string_view>;

  Path PathOf(const std::string& text) const;
  void AddSource(const std::string& list);
  static void AddField(const Path& path, size_t part, std::vector<RowField>* fields);
  static void Write(const std::vector<RowField>& fields, const Key& key, std::string* out);

  const CompiledRulebook& book_;
  const v1::Ledger& ledger_;
  const google::protobuf::Descriptor* input_ = nullptr;
  std::vector<RowField> fields_;  // of the input, down to the key's; a list on the way has one element
  std::vector<Source> sources_;
};

}  // namespace assay

#endif  // ASSAY_REVIEW_ACCOUNT_ROWS_H_
