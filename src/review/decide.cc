// What becomes of an order and its lines. Entry point: FinishDecision.
#include "review/decide.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "base/civil.h"
#include "evaluate/findings.h"

namespace assay {
namespace {

Decimal AtScale(int128 value, int scale) { return {value, scale}; }

void AddPart(v1::LinePart::Kind kind, const Decimal& quantity, const std::string& reason, const std::string& lot,
             const std::string& date, v1::LineDecision* line) {
  if (quantity.coefficient == 0) return;
  v1::LinePart* part = line->add_parts();
  part->set_kind(kind);
  part->set_quantity(FormatTrimmed(quantity));
  part->set_reason(reason);
  part->set_lot(lot);
  part->set_date(date);
}

Decimal Plus(const Decimal& a, const Decimal& b) { return Add(a, b).value_or(a); }
Decimal Minus(const Decimal& a, const Decimal& b) { return Subtract(a, b).value_or(a); }

std::string UnevaluableReason(const CompiledRulebook& book) {
  const v1::Rule* rule = FindRule(book, book.proto.review().unevaluable_rule());
  return rule == nullptr ? "" : rule->reason();
}

struct Shares {
  Decimal confirmed, backordered, cut;
};

// What the stock ledger and the cuts make of a line; without a ledger all that is not cut is confirmed.
Shares SplitLine(const RunContext& context, const LineState& line, bool is_held, v1::LineDecision* out) {
  const v1::Review& review = context.book->proto.review();
  Shares shares;
  shares.cut = line.cut;
  AddPart(v1::LinePart::KIND_CUT, line.cut, line.cut_reason, "", "", out);
  if (context.book->review.stock < 0 || line.draws_nothing) {
    shares.confirmed = Minus(line.quantity, line.cut);
    AddPart(v1::LinePart::KIND_CONFIRMED, shares.confirmed, "", "", "", out);
    return shares;
  }
  const int scale = context.book->ledgers[context.book->review.stock].size.scale;
  if (line.drawn == nullptr) {
    // Nothing could be asked for: a finding says what was missing. Nothing leaves an order that is held, so the line
    // waits; once that is released the line leaves it, so that the rest can go.
    const Decimal rest = Minus(line.quantity, line.cut);
    (is_held ? shares.backordered : shares.cut) = is_held ? rest : line.quantity;
    AddPart(is_held ? v1::LinePart::KIND_BACKORDERED : v1::LinePart::KIND_CUT, rest, UnevaluableReason(*context.book),
            "", "", out);
    return shares;
  }
  const LineDraw& drawn = *line.drawn;
  const StockDraw& draw = drawn.draw;
  int128 granted_left = draw.granted;
  for (size_t i = 0; i < draw.parts.size(); ++i) {
    const StockPart& part = draw.parts[i];
    const bool confirmed = granted_left > 0;
    if (confirmed) granted_left -= part.quantity;
    AddPart(confirmed ? v1::LinePart::KIND_CONFIRMED : v1::LinePart::KIND_BACKORDERED, AtScale(part.quantity, scale),
            confirmed ? "" : review.backorder_reason(), drawn.lots[i], FormatDate(part.day), out);
    out->mutable_parts()->rbegin()->set_warehouse(drawn.warehouses[i]);
    if (i < drawn.allocators.size()) out->mutable_parts()->rbegin()->set_allocated_by(drawn.allocators[i]);
  }
  AddPart(v1::LinePart::KIND_BACKORDERED, AtScale(drawn.undated, scale), review.backorder_reason(), "", "", out);
  const Decimal cut = AtScale(draw.short_by - drawn.undated, scale);
  AddPart(v1::LinePart::KIND_CUT, cut, review.short_reason(), "", "", out);
  shares.confirmed = AtScale(draw.granted, scale);
  shares.backordered = AtScale(draw.backordered + drawn.undated, scale);
  shares.cut = Plus(shares.cut, cut);
  return shares;
}

// Of a quantity that is not known nothing can be accepted.
const char* LineCode(const LineState& line, const Shares& shares, const Decimal& requested) {
  if (!line.known) return "7";
  if (Compare(shares.confirmed, requested) == 0) return "5";
  return shares.confirmed.coefficient == 0 && shares.backordered.coefficient == 0 ? "7" : "3";
}

void SetTime(const Timestamp& time, google::protobuf::Timestamp* out) {
  out->set_seconds(time.seconds);
  out->set_nanos(time.nanos);
}

v1::OpenHold::Status StatusOf(const v1::Finding& finding) {
  switch (finding.answer()) {
    case v1::Finding::ANSWER_DENIED:
      return v1::OpenHold::STATUS_DENIED;
    case v1::Finding::ANSWER_LAPSED:
      return v1::OpenHold::STATUS_EXPIRED;
    default:
      return v1::OpenHold::STATUS_OPEN;
  }
}

void AddHolds(const RunContext& context, const OrderState& order, v1::Decision* decision) {
  for (const v1::Finding& finding : decision->findings()) {
    if (finding.outcome() != v1::OUTCOME_HOLD || finding.observed()) continue;
    v1::OpenHold* hold = decision->add_holds();
    hold->set_rule(finding.rule());
    hold->set_line_id(finding.line_id());
    hold->set_route(finding.route());
    hold->set_reason(finding.reason());
    hold->set_status(StatusOf(finding));
    SetTime(context.now, hold->mutable_opened());
    if (order.hold_due.has_value()) SetTime(*order.hold_due, hold->mutable_due());
  }
}

}  // namespace

void FinishDecision(const RunContext& context, const OrderState& order, v1::Decision* decision) {
  decision->set_order_id(order.id);
  decision->set_revision(order.revision);
  decision->set_partner(order.partner);
  decision->set_district(order.district);
  decision->set_currency(order.currency);
  decision->set_amount(order.amount);
  v1::Disposition disposition = WorstOf(*decision);
  bool changed = false;
  bool any_left = order.lines.empty();
  for (const LineState& line : order.lines) {
    v1::LineDecision out;
    out.set_line_id(line.id);
    out.set_product(line.product);
    out.set_warehouse(line.warehouse);
    Shares shares;
    if (disposition == v1::DISPOSITION_REJECTED) {
      shares.cut = line.quantity;
      AddPart(v1::LinePart::KIND_CUT, line.quantity, RejectingFinding(*decision)->reason(), "", "", &out);
    } else {
      shares = SplitLine(context, line, disposition == v1::DISPOSITION_HELD, &out);
    }
    out.set_requested(FormatTrimmed(line.quantity));
    out.set_confirmed(FormatTrimmed(shares.confirmed));
    out.set_backordered(FormatTrimmed(shares.backordered));
    out.set_cut(FormatTrimmed(shares.cut));
    out.set_response_code(LineCode(line, shares, line.quantity));
    changed = changed || Compare(shares.confirmed, line.quantity) != 0;
    any_left = any_left || shares.confirmed.coefficient != 0 || shares.backordered.coefficient != 0;
    *decision->add_lines() = std::move(out);
  }
  if (disposition == v1::DISPOSITION_CONFIRMED && changed) disposition = v1::DISPOSITION_PARTIAL;
  if (disposition == v1::DISPOSITION_PARTIAL && !any_left) disposition = v1::DISPOSITION_REJECTED;
  decision->set_disposition(disposition);
  const bool confirms = disposition == v1::DISPOSITION_CONFIRMED || disposition == v1::DISPOSITION_PARTIAL;
  decision->set_confirmed_amount(confirms ? order.confirmed_amount : "");
  constexpr const char* kCodes[] = {"", "AP", "CA", "AB", "RE"};
  decision->set_response_code(kCodes[disposition]);
  // Nobody can release what is rejected.
  if (disposition == v1::DISPOSITION_HELD) AddHolds(context, order, decision);
}

}  // namespace assay
