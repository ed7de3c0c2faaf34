// What a session knows of one order while a run goes on. Plain data, internal to
// review.
#ifndef ASSAY_REVIEW_ORDER_STATE_H_
#define ASSAY_REVIEW_ORDER_STATE_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/decimal.h"
#include "base/sha256.h"
#include "base/timestamp.h"
#include "evaluate/row_state.h"
#include "ledger/stock_ledger.h"

namespace assay {

// What an exemption exempts from; "" is any.
struct Exemption {
  std::string rule, partner, order, line, product, product_line;
  std::string actor;  // who granted it
};

// What the stock ledger answered a line.
struct LineDraw {
  StockDraw draw;
  int128 undated = 0;                   // of what it is short by: waits without a date
  std::vector<std::string> lots;        // by part of the draw
  std::vector<std::string> warehouses;  // likewise: the fallback it comes from, else ""
  // Who allocated by hand: of the first parts of the draw, one each.
  std::vector<std::string> allocators;
};

struct LineState {
  std::string id;
  std::string product, product_line;
  std::string warehouse;
  Decimal quantity;
  bool known = false;  // the quantity could be read
  Decimal cut;         // by rules
  std::string cut_reason;
  // nullptr: nothing was asked for. Apart from the line: a run has the lines of all its orders, and few draws at once.
  std::shared_ptr<const LineDraw> drawn;
  bool draws_nothing = false;  // it needs no stock: what is not cut is confirmed
};

// The findings' lines are rows among `lines`.
struct OrderState : RowState {
  std::string id;
  std::string revision;
  Sha256Digest digest = {};  // of its bytes
  std::string partner, district, currency, submitter;
  std::string amount, confirmed_amount;
  std::optional<Timestamp> hold_due;
  std::vector<SortKey> priority;
  SortKey rising;  // the revision as it is compared
  // What becomes of it where an earlier revision's draws are firm, and why.
  v1::Outcome firm_outcome = v1::OUTCOME_HOLD;
  std::string firm_reason;
  bool amends = false;  // it took the place of a firm one, and goes first
  std::vector<LineState> lines;
  std::vector<Exemption> exemptions;  // in force, of the order's own reach
};

}  // namespace assay

#endif  // ASSAY_REVIEW_ORDER_STATE_H_
