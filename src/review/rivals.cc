// Entry point: FindRivals.
#include "review/rivals.h"

#include <cstdint>
#include <map>

namespace assay {

Rivals FindRivals(absl::Span<const absl::Span<const LedgerAccount>> asked, const std::set<LedgerAccount>& begin) {
  std::map<LedgerAccount, std::vector<size_t>> orders;
  for (size_t i = 0; i < asked.size(); ++i) {
    for (const LedgerAccount& account : asked[i]) orders[account].push_back(i);
  }
  Rivals rivals;
  rivals.ledgers.resize(asked.size());
  rivals.accounts = begin;
  struct Reached {
    LedgerAccount account;
    size_t by = SIZE_MAX;  // the rival that asked for it
  };
  std::vector<Reached> left;
  left.reserve(begin.size());
  for (const LedgerAccount& account : begin) left.push_back({account});
  while (!left.empty()) {
    const Reached reached = left.back();
    left.pop_back();
    for (const size_t i : orders[reached.account]) {
      if (i == reached.by) continue;
      const bool is_new = rivals.ledgers[i].empty();
      rivals.ledgers[i].insert(reached.account.first);
      if (!is_new) continue;
      for (const LedgerAccount& other : asked[i]) {
        if (rivals.accounts.insert(other).second) left.push_back({other, i});
      }
    }
  }
  return rivals;
}

}  // namespace assay
