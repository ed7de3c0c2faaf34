"""Cases of the rules on funds: prepaid money, credit limit, overdue amounts, what is known of them."""

from rule_case import fires, missing, passes

_A_DAY_AGO, _AND_A_SECOND = "2026-11-19T01:00:00Z", "2026-11-19T00:59:59Z"
_NO_PARTNER = "partners[{id}] is missing"


def _forget_partner(own):
    own.data["partners"].remove(own.partner)


def _prepaid():
    rule = "ORD-FIN-01"

    def uncleared(own):
        own.prepaid("1200")
        own.partner["prepayments"][0].update(cleared=False)

    return [
        fires(rule, "a minor unit short", lambda o: o.prepaid("1199.99"), decided="REJECTED"),
        fires(rule, "a draft that has not cleared", uncleared),
        fires(rule, "freight on top of what is there", lambda o: (
            o.prepaid("1200"), o.order.update(charges=[{"code": "FREIGHT", "amount": "0.01"}]))),
        fires(rule, "the finance clerk found none", lambda o: o.answer("NONE"), decided="REJECTED"),
        fires(rule, "none found, and no figures", lambda o: (o.partner.pop("credit"), o.answer("NONE"))),
        passes(rule, "exactly what is needed", lambda o: o.prepaid("1200")),
        passes(rule, "exactly what is needed, with freight", lambda o: (
            o.prepaid("1200.01"), o.order.update(charges=[{"code": "FREIGHT", "amount": "0.01"}]))),
        passes(rule, "what is short was paid with the order", lambda o: (
            o.prepaid("1000"), o.order.update(payments=[{"amount": "200", "cleared": True}]))),
        missing(rule, "what is left of a prepayment", lambda o: (
            o.prepaid("1200"), o.partner["prepayments"][0].pop("unapplied"))),
        missing(rule, "what is owed", lambda o: (o.prepaid("1200"), o.credit.pop("receivables")),
                says="partners[{id}]: receivables is absent"),
        missing(rule, "an unknown payer", lambda o: o.order.update(payer="P-999"), says="partners[P-999] is missing"),
    ]


def _credit():
    rule = "ORD-FIN-03"

    def limit(own, amount):
        own.credit.update(limit=amount)  # 70,000 of it are taken

    def prepayment_fills_up(own):
        limit(own, "71000")
        own.partner["prepayments"] = [{"id": "YS-1", "amount": "200", "unapplied": "200", "currency": "CNY",
                                       "purpose": "FREE", "cleared": True}]

    def stock_confirms_half(own):
        own.lot.update(on_hand="26")
        limit(own, "70600")

    return [
        fires(rule, "a minor unit beyond the limit", lambda o: limit(o, "71199.99"), decided="HELD"),
        fires(rule, "beyond the limit on mixed terms", lambda o: (
            limit(o, "71199.99"), o.credit.update(terms="MIXED"))),
        fires(rule, "another order of the run has taken it", lambda o: (limit(o, "72399.99"), o.another(
            [], submitted_at="2026-11-19T01:59:00Z", ship_to=o.id + "-2")), [rule, "ORD-DOC-04-NEAR"]),
        passes(rule, "exactly at the limit", lambda o: limit(o, "71200")),
        passes(rule, "at the limit with a prepayment", prepayment_fills_up),
        passes(rule, "only what stock confirms counts", stock_confirms_half, ["ORD-STK-01"], decided="PARTIAL"),
        passes(rule, "no limit", lambda o: (o.credit.pop("limit"), o.credit.update(
            has_limit=False, receivables="99999999"))),
        missing(rule, "the limit", lambda o: o.credit.pop("limit"), says="partners[{id}]: limit is absent"),
        missing(rule, "a limit that is no number", lambda o: o.credit.update(limit="high"),
                says="partners[{id}]: limit is malformed"),
        missing(rule, "a part of the exposure", lambda o: o.credit.pop("delivered_not_invoiced"),
                says="partners[{id}]: delivered_not_invoiced is absent"),
        missing(rule, "whether there is a limit", lambda o: o.credit.pop("has_limit"), found=["ORD-FIN-05"]),
        missing(rule, "a rate to the currency of the credit", lambda o: o.credit.update(currency="USD"),
                says="exchange_rates[CNY, USD, 2026-11-19] is missing"),
        missing(rule, "an unknown partner", after=_forget_partner, says=_NO_PARTNER),
    ]


def _overdue():
    rule = "ORD-FIN-04"

    def overdue(amount, since):
        return lambda own: own.credit.update(overdue_amount=amount, oldest_overdue_date=since)

    def pay(own, amount):
        overdue("0.01", "2026-11-19")(own)
        own.order["payments"] = [{"id": "PZ-1", "amount": amount, "cleared": True}]

    return [
        fires(rule, "a minor unit, for a day", overdue("0.01", "2026-11-19"), decided="REJECTED"),
        fires(rule, "beyond the amount and the days", overdue("1000.01", "2026-11-04"), company=True),
        fires(rule, "paid but for a minor unit", lambda o: pay(o, "1199.99")),
        fires(rule, "the finance clerk says so", lambda o: o.answer("OWING"), decided="REJECTED"),
        fires(rule, "the finance clerk says so, and there are no figures", lambda o: (
            o.partner.pop("credit"), o.answer("OWING")), decided="REJECTED"),
        passes(rule, "due today", overdue("0.01", "2026-11-20")),
        passes(rule, "nothing", overdue("0", "2026-11-19")),
        passes(rule, "at the amount, beyond the days", overdue("1000", "2026-11-04"), company=True),
        passes(rule, "beyond the amount, at the days", overdue("1000.01", "2026-11-05"), company=True),
        passes(rule, "an order paid to the minor unit", lambda o: pay(o, "1200")),
        missing(rule, "the amount", lambda o: o.credit.pop("overdue_amount"),
                says="partners[{id}]: overdue_amount is absent"),
        missing(rule, "an amount that is no number", lambda o: overdue("some", "2026-11-19")(o),
                says="partners[{id}]: overdue_amount is malformed"),
        missing(rule, "the day", lambda o: o.credit.update(overdue_amount="3200"),
                says="partners[{id}]: oldest_overdue_date is absent"),
        missing(rule, "an unknown partner", after=_forget_partner, says=_NO_PARTNER),
    ]


def _known():
    rule = "ORD-FIN-05"

    def stale(own):
        own.credit.update(as_of=_AND_A_SECOND)
        return own

    return [
        fires(rule, "a day and a second old", stale, decided="HELD"),
        fires(rule, "an answer a day and a second old", lambda o: stale(o).answer(
            "FUNDED", confirmed_at=_AND_A_SECOND)),
        fires(rule, "an answer that lapsed a second ago", lambda o: stale(o).answer(
            "FUNDED", valid_until="2026-11-20T00:59:59Z")),
        fires(rule, "an answer for another order", lambda o: stale(o).answer("FUNDED", order_ids=["SO-1"])),
        fires(rule, "money found, a minor unit too little", lambda o: stale(o).answer(
            "FUNDED", amount="1199.99", currency="CNY")),
        passes(rule, "exactly a day old", lambda o: o.credit.update(as_of=_A_DAY_AGO)),
        passes(rule, "an answer exactly a day old", lambda o: stale(o).answer("FUNDED", confirmed_at=_A_DAY_AGO)),
        passes(rule, "an answer that lapses now", lambda o: stale(o).answer(
            "FUNDED", valid_until="2026-11-20T01:00:00Z")),
        passes(rule, "money found to the minor unit", lambda o: stale(o).answer(
            "FUNDED", amount="1200", currency="CNY")),
        missing(rule, "no figures", lambda o: o.partner.pop("credit"), found=[rule], decided="HELD"),
        missing(rule, "no time of the figures", lambda o: o.credit.pop("as_of"), found=[rule]),
        missing(rule, "no terms", lambda o: o.credit.pop("terms"), found=[rule]),
        missing(rule, "an answer that says nothing", lambda o: stale(o).answer("UNSPECIFIED"), found=[rule]),
        missing(rule, "an answer of no time", lambda o: stale(o).answer("FUNDED").pop("confirmed_at"), found=[rule]),
        missing(rule, "an unknown partner", after=_forget_partner, says=_NO_PARTNER),
    ]


CASES = _prepaid() + _credit() + _overdue() + _known()
