"""What people answer to the holds of a generated day: releases that hold, and such as do not for each reason there
is.

Entry point: releases(seed, decisions, orders). It reads the engine's decisions of a first run, since a release names
the digest of what was found; the second run is compared with the releases in.
"""

import random
from fractions import Fraction

from day_rows import text
from rows import DECIMAL

RIGHT = {"ORDER_REVIEWER": "E-0", "ARCHIVE_CLERK": "E-1", "FINANCE_CLERK": "E-2", "SALES_SUPERVISOR": "E-3",
         "MARKET_MANAGER": "E-4",
         "SERVICE_MANAGER": "E-5", "SERVICE_AGENT": "E-7", "KASP_CLERK": "E-8"}
ROLES = {actor: role for role, actor in RIGHT.items()} | {"E-6": "SERVICE_AGENT"}  # E-6 submits the orders
BOUNDED = {"ORD-PRC-02": -1, "ORD-PRC-03": 1, "ORD-STK-02": 1, "ORD-PRD-02": -1}
FUNDS = ("ORD-FIN-03", "ORD-FIN-05")
GIVEN = ["2026-11-20T01:00:00Z"] * 12 + ["2026-11-17T01:30:00Z", "2026-11-17T01:29:59Z", "2026-11-20T01:30:01Z"]


def _total(order):
    return Fraction(order["total"]) if DECIMAL.fullmatch(order["total"]) else Fraction(1000)


def _release(rng, number, order, finding):
    actor = RIGHT[finding["route"]]
    if rng.random() < 0.15:
        actor = rng.choice(["E-0", "E-4", "E-5", "E-6", "E-99"])
    row = {"id": f"REL-{number}", "order_id": order["id"], "revision": rng.choice([1, 1, 1, 1, 1, 1, 2]),
           "rule": finding["rule"],
           "line_id": finding.get("line_id", "") if rng.random() < 0.8 else "", "actor": actor,
           "role": ROLES.get(actor, "ORDER_REVIEWER"),
           "at": rng.choice(GIVEN), "reason": "agreed"}
    rule = finding["rule"]
    if rule in FUNDS:
        row["released_value"] = text(_total(order) + rng.choice([0, 0, 0, Fraction(-1, 100), 100]))
        row["currency"] = order["currency"]
    if rule in BOUNDED and finding.get("actual", "***") != "***" and rng.random() < 0.6:
        more = rng.choice([0, 0, Fraction(1, 10), Fraction(-1, 100)])
        row["granted_bound"] = text(Fraction(finding["actual"]) + BOUNDED[rule] * more)
    elif rule not in FUNDS or rng.random() < 0.7:
        row["values_digest"] = finding["values_digest"] if rng.random() < 0.9 else "0" * 64
    if rng.random() < 0.1:
        row["valid_until"] = rng.choice(["2026-11-20T01:29:59Z", "2026-11-20T01:30:00Z", "2026-12-01T00:00:00Z"])
    if rng.random() < 0.04:
        row["denied"] = True
    if rng.random() < 0.03:
        row.pop(rng.choice(["reason", "at"]))
    return row


def releases(seed, decisions, orders):
    rng = random.Random(seed)
    rows, by_id = [], {order["id"]: order for order in orders}
    for number in sorted(decisions):
        holds = [finding for finding in decisions[number].get("findings", [])
                 if finding["outcome"] == "OUTCOME_HOLD" and finding.get("releasable") and finding["route"] in RIGHT
                 and finding["rule"] != "ORD-SYS-01" and "total" in by_id[number]]
        if not holds or rng.random() < 0.3:
            continue
        for finding in holds:
            for _ in range(rng.choice([1, 1, 1, 1, 2])):
                rows.append(_release(rng, len(rows), by_id[number], finding))
    return rows


def digests(decisions):
    """By (order, rule, line) what the engine says it has read."""
    return {(number, finding["rule"], finding.get("line_id", "")): finding.get("values_digest", "")
            for number, decision in decisions.items() for finding in decision.get("findings", [])}
