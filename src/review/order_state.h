// What a session knows of one order while a run goes on. Plain data, internal to
// review.
#ifndef ASSAY_REVIEW_ORDER_STATE_H_
#define ASSAY_REVIEW_ORDER_STATE_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "assay/v1/decision.pb.h"
#include "base/decimal.h"
#include "base/timestamp.h"
#include "ledger/stock_ledger.h"

namespace assay {

// A finding as it is made, before releases.
struct RawFinding {
  static constexpr int kUnevaluable = -1;  // a value could not be had
  static constexpr int kRevision = -2;     // the revision has not risen, or the order's draws are firm

  int rule = kUnevaluable;  // of the rulebook, or one of these
  v1::Outcome outcome = v1::OUTCOME_UNSPECIFIED;
  int32_t line = -1;  // row among the order's lines; -1: the whole order
  bool observed = false;
  bool masked = false;
  bool is_of_row = false;           // the row as a whole was not judged: nobody can release that
  bool is_of_earlier_draw = false;  // a cut that an earlier draw of the order called for; it stays
  std::string line_id;
  std::string reason;
  std::string expected, actual, difference;
  std::map<std::string, std::string> values;
  std::string cut;       // quantity; "" where nothing is
  Decimal cut_quantity;  // the same
  // kUnevaluable: what could not be had, and the rules that needed it.
  std::string origin;
  std::string origin_zh;
  std::vector<std::string> dependents;
};

struct LineState {
  std::string id;
  std::string product;
  std::string warehouse;
  Decimal quantity;
  bool known = false;  // the quantity could be read
  Decimal cut;         // by rules
  std::string cut_reason;
  StockDraw draw;                 // of the stock ledger, if there is one
  int128 undated = 0;             // of what the draw is short by: waits without a date
  std::vector<std::string> lots;  // by part of the draw
  // Who allocated by hand: of the first parts of the draw, one each.
  std::vector<std::string> allocators;
  bool drawn = false;
  bool draws_nothing = false;  // it needs no stock: what is not cut is confirmed
};

// What orders are sorted by: text compared as bytes, numbers as numbers.
struct SortKey {
  bool missing = false;
  Decimal number;
  std::string text;
};

// Below 0, 0, above 0. What is missing comes first.
inline int CompareKeys(const SortKey& a, const SortKey& b) {
  if (a.missing != b.missing) return a.missing ? -1 : 1;
  const int order = Compare(a.number, b.number);
  return order != 0 ? order : a.text.compare(b.text);
}

struct OrderState {
  std::string id;
  std::string revision;
  std::string bytes_digest;
  // Why the row as a whole is held: its bytes are no message, or it costs too much.
  std::string row_error, row_error_zh;
  std::string partner, district, currency, submitter;
  std::string amount, confirmed_amount;
  std::optional<Timestamp> hold_due;
  std::vector<SortKey> priority;
  SortKey rising;  // the revision as it is compared
  std::vector<RawFinding> findings;
  std::vector<LineState> lines;
  std::vector<bool> applicable;      // by rule
  std::vector<v1::Outcome> instead;  // by rule: the outcome applicability sets
  int32_t as_of_day = 0;
};

}  // namespace assay

#endif  // ASSAY_REVIEW_ORDER_STATE_H_
