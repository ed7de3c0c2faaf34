// Comparison of what an account was opened with. Entry points: IsSameSupply, SupplyDifference. Draws never count.
#include "ledger/supply_difference.h"

#include <algorithm>
#include <iterator>
#include <tuple>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/civil.h"
#include "base/decimal.h"

namespace assay {
namespace {

std::string Pair(absl::string_view what, int128 again, int128 opened, int scale) {
  return absl::StrCat(what, " ", FormatDecimal({again, scale}), ", was opened with ", FormatDecimal({opened, scale}));
}

std::string Named(const Supply& supply, absl::string_view kind) { return absl::StrCat(kind, " ", supply.id); }

std::string Named(const StockCommitment& commitment) {
  return absl::StrCat("commitments of ", FormatDate(commitment.due));
}

std::string CountDifference(absl::string_view what, size_t again, size_t opened) {
  return absl::StrCat(again, " ", what, ", was opened with ", opened);
}

// What was stated last, without what is only drawn still.
std::vector<Supply> StatedOf(absl::Span<const Supply> supplies) {
  std::vector<Supply> stated;
  std::copy_if(supplies.begin(), supplies.end(), std::back_inserter(stated),
               [](const Supply& supply) { return supply.is_stated(); });
  return stated;
}

// In whatever order they were stated.
std::vector<Supply> StatedReceipts(const StockAccount& account) {
  std::vector<Supply> stated = StatedOf(account.receipts);
  std::sort(stated.begin(), stated.end(), [](const Supply& a, const Supply& b) {
    return std::tie(a.due, a.id, a.opening) < std::tie(b.due, b.id, b.opening);
  });
  return stated;
}

// Lots and receipts alike: `kind` names one of them.
std::string SuppliesDifference(absl::string_view kind, absl::Span<const Supply> opened, absl::Span<const Supply> again,
                               int scale) {
  for (size_t i = 0; i < std::min(opened.size(), again.size()); ++i) {
    const Supply& a = again[i];
    const Supply& o = opened[i];
    if (a.id != o.id) return absl::StrCat(Named(a, kind), ", was opened with ", Named(o, kind), " in its place");
    if (a.due != o.due) {
      return absl::StrCat(Named(a, kind), " is due ", FormatDate(a.due), ", was opened with ", FormatDate(o.due));
    }
    if (a.opening != o.opening) return Pair(absl::StrCat(Named(a, kind), " has"), a.opening, o.opening, scale);
    if (a.kept != o.kept) return Pair(absl::StrCat(Named(a, kind), " has for others"), a.kept, o.kept, scale);
  }
  if (opened.size() == again.size()) return "";
  return CountDifference(absl::StrCat(kind, "s"), again.size(), opened.size());
}

std::string CommitmentsDifference(absl::Span<const StockCommitment> opened, absl::Span<const StockCommitment> again,
                                  int scale) {
  for (size_t i = 0; i < std::min(opened.size(), again.size()); ++i) {
    const StockCommitment& a = again[i];
    const StockCommitment& o = opened[i];
    if (a.due != o.due) return absl::StrCat(Named(a), ", was opened with ", Named(o), " in their place");
    if (a.quantity != o.quantity) return Pair(absl::StrCat(Named(a), " are"), a.quantity, o.quantity, scale);
  }
  if (opened.size() == again.size()) return "";
  return CountDifference("days of commitments", again.size(), opened.size());
}

}  // namespace

bool IsSameSupply(const StockAccount& opened, const StockSupply& supply) {
  const auto same_lot = [](const Supply& a, const StockLot& b) {
    return a.id == b.id && a.row == b.row && a.opening == b.quantity && a.kept == std::min(b.kept, b.quantity);
  };
  const auto same_receipt = [](const Supply& a, const StockReceipt& b) {
    return a.id == b.id && a.row == b.row && a.opening == b.quantity && a.due == b.due;
  };
  const auto same_commitment = [](const StockCommitment& a, const StockCommitment& b) {
    return a.quantity == b.quantity && a.due == b.due;
  };
  return opened.reserve == supply.reserve &&
         std::equal(opened.lots.begin(), opened.lots.end(), supply.lots.begin(), supply.lots.end(), same_lot) &&
         std::equal(opened.receipts.begin(), opened.receipts.end(), supply.receipts.begin(), supply.receipts.end(),
                    same_receipt) &&
         std::equal(opened.commitments.begin(), opened.commitments.end(), supply.commitments.begin(),
                    supply.commitments.end(), same_commitment);
}

std::string SupplyDifference(const StockAccount& opened, const StockAccount& again, int scale) {
  std::string difference = SuppliesDifference("lot", StatedOf(opened.lots), StatedOf(again.lots), scale);
  if (difference.empty()) {
    difference = SuppliesDifference("receipt", StatedReceipts(opened), StatedReceipts(again), scale);
  }
  if (difference.empty()) difference = CommitmentsDifference(opened.commitments, again.commitments, scale);
  if (difference.empty() && opened.reserve != again.reserve) {
    difference = Pair("the reserve is", again.reserve, opened.reserve, scale);
  }
  return difference;
}

}  // namespace assay
