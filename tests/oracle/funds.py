"""Funds (domain page 3.4): what the payer has for an order, and ORD-FIN.

Entry points: AFTER_DRAWS, RULES, draw_funds. Amounts are in the credit currency, tax included. An order needs its
confirmed value plus charges, less what was paid for it. Money draws in this sequence: prepayments earmarked for its
campaigns, those left for its store, what the finance clerk found, the payer's funds.
"""

from datetime import timedelta
from fractions import Fraction

import amounts
from rows import Unknown, day, instant, number
from sheet import Verdict

MAX_AGE = timedelta(days=1)


def _part(line, amount):
    """What of an amount of the line falls on its confirmed part."""
    whole = line.base_quantity
    return amounts.to_currency(amount * line.confirmed / whole, line.sheet.currency) if whole else Fraction(0)


def confirmed_due(order):
    """The value of what is confirmed: each line's part of its net, with tax, charges and, where all is confirmed, the stated
    rounding. Where nothing is left, and of a return, nothing is due."""
    if order.kind == "RETURN" or all(line.confirmed + line.drawn.backordered == 0 for line in order.lines):
        return Fraction(0)
    nets = [_part(line, line.effective_net) for line in order.lines]
    total = amounts.charges_of(order.row) + sum(nets)
    if not order.tax_included:
        total += order.tax_on([(line, net, _part(line, line.tax)) for line, net in zip(order.lines, nets)])
    whole = all(line.confirmed == line.base_quantity for line in order.lines)
    return total + number(order.row, "rounding", 0) if whole else total


def credit(order):
    found = order.payer.get("credit")
    if not found:
        raise Unknown("credit is absent")
    return found


def _exchanged(order, amount, source, target):
    return amounts.exchanged(order.data, amount, source, target, order.price_day)


def _prepaid(order, purposes, store, currency, **marks):
    """Cleared prepayments of the payer for these purposes and marks, left for a store or, where `store` is "", for none,
    in a currency. Money left for a store serves that store alone."""
    total = Fraction(0)
    for row in order.payer.get("prepayments", []):
        if (row.get("cleared") and row.get("purpose", "UNSPECIFIED") in purposes and row.get("store_id", "") == store
                and all(row.get(field, "") == value for field, value in marks.items())):
            try:
                total += _exchanged(order, number(row, "unapplied"), row.get("currency", ""), currency)
            except Unknown:
                raise Unknown(f"prepayment {row['id']}: no one rate is in force") from None
    return total


FREE = ("FREE", "UNSPECIFIED")
EARMARKED = ("CAMPAIGN", "ORDER_FAIR")


def exposure(order):
    """What the payer owes and has bound, less what it has paid ahead without a purpose and for no store."""
    known = credit(order)
    parts = ("receivables", "other_receivables", "delivered_not_invoiced", "confirmed_not_delivered")
    owed = sum((number(known, part) for part in parts), Fraction(0))
    return owed - _prepaid(order, FREE, "", known.get("currency"))


def available(order):
    """None: no limit applies."""
    known = credit(order)
    if known["terms"] == "PREPAID":
        return -exposure(order)
    return number(known, "limit") - exposure(order) if known["has_limit"] else None


def answer(order):
    """The finance clerk's latest fresh answer that covers the order, None where there is none."""
    def fresh(row):
        at, until = instant(row, "confirmed_at"), instant(row, "valid_until")
        return (at is not None and at <= order.now and order.now - at <= MAX_AGE
                and (until is None or order.now <= until)
                and row.get("status", "UNSPECIFIED") != "UNSPECIFIED"
                and (not row.get("order_ids") or order.id in row["order_ids"]))
    rows = [row for row in order.data.all("funds_confirmations", order.payer_id) if fresh(row)]
    return max(rows, key=lambda row: (instant(row, "confirmed_at"), row["id"])) if rows else None


def answer_status(order):
    found = answer(order)
    return found["status"] if found else "UNANSWERED"


def figures_known(order):
    """Figures without terms, limit or time, or older than a day, are no figures: the finance clerk must answer."""
    known = order.payer.get("credit")
    terms = known.get("terms", "UNSPECIFIED") if known else "UNSPECIFIED"
    if terms == "UNSPECIFIED" or (terms != "PREPAID" and "has_limit" not in known):
        return False
    as_of = instant(known, "as_of")
    return as_of is not None and order.now - as_of <= MAX_AGE


def paid(order):
    """Cleared money for this very order, in its currency: its payments, and prepayments for it alone. What a
    payment was taken from a prepayment is counted there."""
    payments = sum((_exchanged(order, number(row, "amount"), row.get("currency") or order.currency, order.currency)
                    for row in order.row.get("payments", [])
                    if row.get("cleared") and not row.get("prepayment_id")), Fraction(0))
    return payments + sum((_prepaid(order, ("ORDER",), store, order.currency, order_id=order.id)
                           for store in {"", order.store}), Fraction(0))


def _line_due(line):
    net = _part(line, line.effective_net)
    if line.sheet.tax_included:
        return net
    return net + (_share_of_rate(line) if line.sheet.rounds_by_rate else _part(line, line.tax))


def _share_of_rate(line):
    """What of the tax of its rate is a line's, where that is rounded once: its own rounded down. What this leaves, also for
    charges, is the line's of the rate with the largest amount, the first of equal ones."""
    order, rate = line.sheet, line.tax_rate
    nets = [(each, _part(each, each.effective_net)) for each in order.lines if each.tax_rate == rate]
    charged = sum((amount for of, amount in amounts.taxed_charges(order.row) if of == rate), Fraction(0))
    down = [amounts.to_currency(amount * rate, order.currency, "FLOOR") for amount in [charged, *(net for _, net in nets)]]
    whole = amounts.tax_by_rate([(rate, charged + sum(net for _, net in nets))], False, order.currency)
    largest = max(nets, key=lambda each: each[1])[0]
    own = down[1 + [each for each, _ in nets].index(line)]
    return own + (whole - sum(down) if line is largest else 0)


def _draw_earmarked(order, pool):
    """What prepayments for a campaign or an order fair pay of its lines, first those left for the order's store."""
    currency, drawn = credit(order)["currency"], Fraction(0)
    for line in order.lines:
        campaign, part = line.row.get("campaign_id", ""), None
        for store in ([order.store, ""] if order.store else [""]) if campaign else []:
            opening = _prepaid(order, EARMARKED, store, currency, campaign_id=campaign)
            if opening > 0:
                part = _exchanged(order, _line_due(line), order.currency, currency) if part is None else part
                paid_of_it = pool.draw(("earmarked", order.payer_id, campaign, store), part, opening)
                part, drawn = part - paid_of_it, drawn + paid_of_it
    return drawn


def _draw_of_store(order, pool, need):
    """What money left for the order's store pays of it."""
    opening = _prepaid(order, FREE, order.store, credit(order)["currency"]) if order.store else 0
    return pool.draw(("store", order.payer_id, order.store), need, opening) if opening > 0 else Fraction(0)


def draw_funds(order, pool):
    """Draws what the order needs and remembers (asked, had) of the payer's funds; had None: no limit. What the
    finance clerk found pays an order whole or not at all."""
    known, found = figures_known(order), answer(order)
    if not known and answer_status(order) != "FUNDED":
        return
    currency = order.payer["credit"]["currency"] if order.payer.get("credit") else order.currency
    need = _exchanged(order, confirmed_due(order) - paid(order), order.currency, currency)
    need = max(Fraction(0), need - (_draw_earmarked(order, pool) if known else 0))
    need -= _draw_of_store(order, pool, need) if known else 0
    if found and found["status"] == "FUNDED":
        if found.get("amount", "") == "":
            need = Fraction(0)
        elif pool.left(("found", found["id"]), number(found, "amount")) >= need:
            need -= pool.draw(("found", found["id"]), need, number(found, "amount"))
    order.ledgers["need"] = need
    if not known:
        return
    limit = available(order)
    if limit is None:
        order.ledgers["funds"] = (need, None)
        return
    account = ("funds", order.payer_id)
    order.ledgers["funds"] = (need, pool.left(account, limit))
    pool.draw(account, need, limit)


# -- Rules -------------------------------------------------------------------------------------

def _short(order):
    if "funds" not in order.ledgers:
        return False
    asked, had = order.ledgers["funds"]
    return had is not None and asked > had


def prepaid(order):
    if answer_status(order) == "NONE":
        return Verdict("REJECT", "FUNDS_SHORT", "***", "***")
    if figures_known(order) and credit(order).get("terms") == "PREPAID" and _short(order):
        return Verdict("REJECT", "FUNDS_SHORT", "***", "***")
    return None


def limit_kept(order):
    if figures_known(order) and credit(order).get("terms") in ("CREDIT", "MIXED") and _short(order):
        return Verdict("HOLD", "CREDIT_LIMIT_EXCEEDED", "***", "***")
    return None


def invoice(order):
    if not order.row.get("invoice_wanted"):
        return None
    owner = order.data.need("partners", order.row.get("bill_to") or order.row.get("sold_to", ""))
    profile = owner.get("tax_invoice_profile", {})
    fields = ("title", "tax_number") + (("address", "phone", "bank", "bank_account") if profile.get("kind") == "SPECIAL" else ())
    lacks = [field for field in fields if not profile.get(field)]
    return Verdict("NOTE", "INVOICE_PROFILE_INCOMPLETE", None, ", ".join(lacks)) if lacks else None


def overdue(order):
    if answer_status(order) == "OWING":
        return Verdict("REJECT", "PAYMENT_OVERDUE", "***", "***")
    known = order.payer.get("credit")
    if not known or number(known, "overdue_amount") <= 0:
        return None
    since = day(known, "oldest_overdue_date")
    if since is None:
        raise Unknown("oldest_overdue_date is absent")
    if (order.run_day - since).days <= 0 or paid(order) >= order.total_due:  # a fully prepaid order passes
        return None
    return Verdict("REJECT", "PAYMENT_OVERDUE", "***", "***")


def known(order):
    if figures_known(order) or answer_status(order) in ("NONE", "OWING"):
        return None
    if answer_status(order) == "FUNDED":
        if "need" not in order.ledgers and order.payer.get("credit"):
            _exchanged(order, Fraction(0), order.currency, order.payer["credit"]["currency"])  # tells what is missing
        if order.ledgers.get("need") == 0:
            return None
    return Verdict("HOLD", "FUNDS_UNKNOWN", None, order.payer_id)


RULES = [("ORD-FIN-02", "order", invoice)]
AFTER_DRAWS = [("ORD-FIN-01", "order", prepaid), ("ORD-FIN-03", "order", limit_kept), ("ORD-FIN-04", "order", overdue),
               ("ORD-FIN-05", "order", known)]
