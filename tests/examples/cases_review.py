"""Cases of what the review itself reports: releases that do not hold, values that cannot be had."""

from rule_case import UNEVALUABLE, fires, missing, passes

_CAP, _RELEASE = "ORD-PRC-03", "ORD-APR-01"


def _released(rate, **release):
    """A discount of `rate`, over the cap of 10 %, with a release."""
    def change(own):
        own.line.update(discount_rate=rate)
        own.release(**release)
    return change


def _submitted_by_the_manager(own):
    _released("0.2")(own)
    own.order.update(submitted_by="S-06")


def _releases():
    held = {"found": [_CAP], "decided": "HELD"}
    return [
        fires(_RELEASE, "by somebody under the role", _released("0.2", actor="S-05", role="SALES_SUPERVISOR"),
              [_RELEASE, _CAP], decided="HELD"),
        fires(_RELEASE, "by somebody who claims the role", _released("0.2", actor="S-05"), [_RELEASE, _CAP]),
        fires(_RELEASE, "by the submitter", _submitted_by_the_manager, [_RELEASE, _CAP], decided="HELD"),
        passes(_RELEASE, "by the very role, for the very value", _released("0.2"), [_CAP], decided="CONFIRMED"),
        passes(_RELEASE, "valid until now", _released("0.2", valid_until="2026-11-20T01:00:00Z"), [_CAP],
               decided="CONFIRMED"),
        passes(_RELEASE, "lapsed a second ago: the hold is back", _released("0.2", valid_until="2026-11-20T00:59:59Z"),
               **held),
        passes(_RELEASE, "a value beyond the bound: the hold is back", _released("0.2001"), **held),
        missing(_RELEASE, "an actor nobody knows", _released("0.2", actor="S-99"), found=[_RELEASE, _CAP]),
        missing(_RELEASE, "no role", _released("0.2", role=""), found=[_RELEASE, _CAP]),
        missing(_RELEASE, "a bound that is no number", _released("0.2", granted_bound="all"), **held),
        missing(_RELEASE, "neither bound nor digest", _released("0.2", granted_bound=""), **held),
    ]


def _forget(dataset, row):
    return lambda own: own.data[dataset].remove(getattr(own, row))


def _unevaluable():
    def near(own):
        """An order close to one of the same day that states no total."""
        own.another(["ORD-DOC-01"], submitted_at="2026-11-19T01:59:00Z", ship_to=own.id + "-2")

    return [
        fires(UNEVALUABLE, "a row that rules need", after=_forget("products", "product"),
              says="products[{sku}] is missing"),
        fires(UNEVALUABLE, "two rows", after=lambda o: (
            _forget("products", "product")(o), _forget("partners", "partner")(o)), rows=2),
        passes(UNEVALUABLE, "a row that only notes need: a note, and the order goes on", near,
               [UNEVALUABLE], after=lambda o: o.others[0][0].pop("total"), decided="CONFIRMED"),
        passes(UNEVALUABLE, "a row that no rule needs", lambda o: o.partner.update(parent_id="P-999")),
        passes(UNEVALUABLE, "a missing distributor where the store has a contract of its own", lambda o: (
            o.partner.update(channel="SECOND", parent_id="P-999"))),
        missing(UNEVALUABLE, "an unknown partner", after=_forget("partners", "partner"),
                says="partners[{id}] is missing"),
    ]


CASES = _releases() + _unevaluable()
