"""Partner grading in plain Python, written from docs/domain.md, section 4, and docs/grading.md.

Entry point: grade(). One partner at a time, one loop for each sentence of the page; it shares nothing with the rulebook
but the page, and is compared with it on random partners.
"""
import datetime
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal, localcontext

ZONE = datetime.timezone(datetime.timedelta(hours=8))  # Shanghai, which has no summer time
LEVELS = ("C", "B", "A", "VIP")  # the worst first
FLOORS = {"C": Decimal(0), "B": Decimal(65), "A": Decimal(80), "VIP": Decimal(90)}
MARGIN = Decimal(2)
MIN_DATA = Decimal("0.60")
ENTRY_LEVEL = "C"
OVERDUE_TOLERATED = Decimal(0)
SUBJECTS = ("TERRITORY", "PRICE_SYSTEM", "FALSE_CLAIM")
# (weight, value of no points, value of full points), and why points are lost
CHARACTERISTICS = {
    "target_month": (10, "0.60", "1", "TARGET_MONTH_MISSED"),
    "target_quarter": (10, "0.60", "1", "TARGET_QUARTER_MISSED"),
    "target_year": (10, "0.60", "1", "TARGET_YEAR_MISSED"),
    "growth": (10, "-0.10", "0.15", "GROWTH_LOW"),
    "punctuality": (15, "0.70", "1", "PAYMENTS_LATE"),
    "overdue_days": (10, "60", "0", "PAYMENTS_OVERDUE"),
    "rejected_orders": (10, "0.10", "0.01", "ORDERS_REJECTED"),
    "six_plus_one": (10, "0.50", "1", "SIX_PLUS_ONE_MISSED"),
    "contract": (5, "0", "1", "CONTRACT_LAPSED"),
    "deposit": (5, "0.50", "1", "DEPOSIT_SHORT"),
    "upheld": (5, "2", "0", "COMPLAINTS_UPHELD"),
}
WEIGHT = sum(weight for weight, _, _, _ in CHARACTERISTICS.values())


def divide(a, b, digits=6, rounding=ROUND_HALF_UP):
    """a / b, rounded once."""
    with localcontext() as context:
        context.prec = 80
        return (Decimal(a) / Decimal(b)).quantize(Decimal(1).scaleb(-digits), rounding)


def day(text):
    return datetime.date.fromisoformat(text)


def local_day(moment):
    return datetime.datetime.fromisoformat(moment.replace("Z", "+00:00")).astimezone(ZONE).date()


def month_before(text, months):
    number = int(text[:4]) * 12 + int(text[5:7]) - 1 - months
    return "%04d-%02d" % (number // 12, number % 12 + 1)


def completion(months, currency):
    """Sales over targets, or None where a month with a target has no sales or another currency."""
    if not months or any("sales" not in m or m["currency"] != currency for m in months):
        return None
    return divide(sum(Decimal(m["sales"]) for m in months), sum(Decimal(m["sales_target"]) for m in months))


def targets(period):
    last = period["period_to"][:7]
    first_of_quarter = "%s-%02d" % (last[:4], (int(last[5:]) - 1) // 3 * 3 + 1)
    with_target = [m for m in period.get("months", ()) if Decimal(m.get("sales_target", 0)) > 0 and m["month"] <= last]
    for name, first in (("target_month", last), ("target_quarter", first_of_quarter), ("target_year", last[:4] + "-01")):
        yield name, completion([m for m in with_target if m["month"] >= first], period["currency"])


def growth(period):
    first, last = period["period_from"][:7], period["period_to"][:7]
    wanted = []
    month = first
    while month <= last:
        wanted.append(month)
        month = month_before(month, -1)
    rows = {m["month"]: m for m in period.get("months", ()) if "sales" in m and m["currency"] == period["currency"]}
    now = [rows.get(month) for month in wanted]
    before = [rows.get(month_before(month, 12)) for month in wanted]
    if None in now or None in before:
        return None
    was = sum(Decimal(m["sales"]) for m in before)
    if was <= 0:
        return None
    return divide(sum(Decimal(m["sales"]) for m in now) - was, was)


def open_days(items, at):
    """What was overdue on the day: its amount, and for how long at most."""
    late = [i for i in items if day(i["due_date"]) < at and ("paid_date" not in i or day(i["paid_date"]) > at)]
    amount = sum((Decimal(i["amount"]) for i in late), Decimal(0))
    return amount, max(((at - day(i["due_date"])).days for i in late), default=0)


def payments(period):
    """Nothing due is nothing paid late, and no item is none overdue: an item more can only hurt."""
    items = period.get("receivables", ())
    if any(i["currency"] != period["currency"] for i in items):
        return
    due = [i for i in items if period["period_from"] <= i["due_date"] <= period["period_to"]]
    amount = sum(Decimal(i["amount"]) for i in due)
    on_time = [i for i in due if i.get("paid_date", "9999-12-31") <= i["due_date"]]
    yield "punctuality", divide(sum(Decimal(i["amount"]) for i in on_time), amount) if amount > 0 else Decimal(1)
    overdue, days = open_days(items, day(period["period_to"]))
    yield "overdue_days", Decimal(days if overdue > OVERDUE_TOLERATED else 0)


def is_upheld(complaint, period):
    """Upheld against this partner, on a subject that counts, in this period."""
    decided = sorted((e for e in complaint.get("events", ()) if e["state"] == "COMPLAINT_STATE_DECIDED"),
                     key=lambda e: e["at"])
    return (complaint["against"] == "COMPLAINT_TARGET_PARTNER" and complaint["against_id"] == period["partner_id"]
            and complaint["subject"] in SUBJECTS
            and complaint.get("state") not in ("COMPLAINT_STATE_WITHDRAWN", "COMPLAINT_STATE_NOT_UPHELD")
            and bool(decided) and decided[-1]["decision"] == "COMPLAINT_DECISION_ACCEPTED"
            and day(period["period_from"]) <= local_day(decided[-1]["at"]) <= day(period["period_to"]))


def orders_and_complaints(period):
    """Without orders none is rejected; a rejected order is none that complaints are counted by."""
    orders = [o for o in period.get("orders", ()) if (o.get("rejected") or not o.get("cancelled"))
              and day(period["period_from"]) <= local_day(o["submitted_at"]) <= day(period["period_to"])]
    upheld = sum(is_upheld(c, period) for c in period.get("complaints", ()))
    rejected = sum(1 for o in orders if o.get("rejected"))
    yield "rejected_orders", divide(rejected, max(len(orders), 1))
    yield "upheld", divide(upheld * 100, max(len(orders) - rejected, 1))


def six_plus_one(period):
    by_indicator = {}
    for r in period.get("results", ()):
        if period["period_from"][:7] <= r["month"] <= period["period_to"][:7] and Decimal(r.get("target", 0)) > 0:
            sums = by_indicator.setdefault(r["indicator"], [Decimal(0), Decimal(0)])
            sums[0] += Decimal(r["target"])
            sums[1] += Decimal(r.get("actual", 0))
    if not by_indicator:
        return None
    parts = [min(Decimal(1), divide(actual, target)) for target, actual in by_indicator.values()]
    return divide(sum(parts), len(parts))


def in_force(contracts, at):
    return any("signed" in c and c["signed"] <= at and c.get("valid_from", "") <= at
               and c.get("valid_to", "9999") >= at and c.get("ended", "9999") > at for c in contracts)


def compliance(period, partner, partners):
    end = period["period_to"]
    own = in_force(partner.get("contracts", ()), end)
    if not own and partner.get("channel") == "PARTNER_CHANNEL_SECOND":
        own = in_force(partners.get(partner.get("parent_id"), {}).get("contracts", ()), end)
    yield "contract", Decimal(1 if own else 0)
    deposit = partner.get("deposit", {})
    if "required" not in deposit:
        return
    required = Decimal(deposit["required"])
    if required <= 0 or deposit.get("due_date", "") > end:
        yield "deposit", Decimal(1)
    elif "returned_date" in deposit or "paid" in deposit:  # what nobody states is not nothing
        paid = Decimal(0 if "returned_date" in deposit else deposit["paid"])
        yield "deposit", max(Decimal(0), min(Decimal(1), divide(paid, required)))


def measures(period, partner, partners):
    """The characteristics that have data, with their values."""
    found = dict(targets(period))
    found["growth"] = growth(period)
    found.update(payments(period))
    found.update(orders_and_complaints(period))
    found["six_plus_one"] = six_plus_one(period)
    found.update(compliance(period, partner, partners))
    return {name: value for name, value in found.items() if value is not None}


def points_of(name, value):
    _, low, full, _ = CHARACTERISTICS[name]
    low, full = Decimal(low), Decimal(full)
    better = (lambda a, b: a >= b) if full > low else (lambda a, b: a <= b)
    if better(value, full):
        return Decimal(100)
    if better(low, value):
        return Decimal(0)
    return divide((value - low) * 100, full - low)


def band(score):
    return max((level for level in LEVELS if score >= FLOORS[level]), key=LEVELS.index, default="C")


def earned_level(before, score, score_before):
    if score is None or score_before is None:
        return before
    rank = LEVELS.index(before)
    if rank + 1 < len(LEVELS) and min(score, score_before) >= FLOORS[LEVELS[rank + 1]] + MARGIN:
        return LEVELS[rank + 1]
    if rank > 0 and max(score, score_before) < FLOORS[before] - MARGIN:
        return LEVELS[rank - 1]
    return before


def overdue_cap(items, today):
    amount, days = open_days(items, today)
    if amount <= OVERDUE_TOLERATED:
        return "VIP"
    return "C" if days > 90 else "B" if days > 30 else "A" if days > 7 else "VIP"


def override(partner, today):
    found = partner.get("level_override", {})
    if not all(found.get(key) for key in ("level", "actor", "reason")):
        return None
    if found.get("valid_from", "") <= today.isoformat() <= found.get("valid_until", "9999"):
        return found["level"]
    return None


def alone_at(name, points, lacking, data_weight):
    """The value by which this characteristic alone brings the points lacking; '-' where none does."""
    weight, low, full, _ = CHARACTERISTICS[name]
    low, full = Decimal(low), Decimal(full)
    if lacking == 0 or weight * (100 - points) < lacking * data_weight:
        return "-"
    needed = points + divide(lacking * data_weight, weight, 6, ROUND_CEILING)
    return low + divide(needed * (full - low), 100, 4, ROUND_CEILING if full > low else ROUND_FLOOR)


def grade(period, partner, partners, today):
    """What becomes of one partner: the score and what cost points, the levels, and what would lift it."""
    values = measures(period, partner, partners)
    points = {name: points_of(name, value) for name, value in values.items()}
    data_weight = sum(CHARACTERISTICS[name][0] for name in values)
    rated = data_weight > 0 and data_weight >= MIN_DATA * WEIGHT
    lost = {name: CHARACTERISTICS[name][0] * (100 - points[name]) for name in values}
    score = None
    if rated:
        score = divide(sum(CHARACTERISTICS[name][0] * points[name] for name in values), data_weight)
    history = partner.get("level_history", ())
    confirmed = sorted((h for h in history if h["period"] < period["period"] and h.get("confirmed_by")),
                       key=lambda h: h["period"])
    before = confirmed[-1]["earned"] if confirmed else partner.get("level") or ENTRY_LEVEL
    scores = [Decimal(h["score"]) for h in history if h["period"] == period.get("previous_period") and "score" in h]
    earned = earned_level(before, score, scores[0] if scores else None)
    by_hand = override(partner, today)
    effective = by_hand or min(earned, overdue_cap(period.get("receivables", ()), today), key=LEVELS.index)
    lacking = Decimal(0)
    if rated and before != LEVELS[-1]:
        lacking = max(Decimal(0), FLOORS[LEVELS[LEVELS.index(before) + 1]] + MARGIN - score)
    order = [name for name in CHARACTERISTICS if lost.get(name, 0) > 0]
    return {
        "rated": rated,
        "score": score,
        "coverage": divide(data_weight, WEIGHT, 4),
        "band": band(score) if rated else "",
        "level_before": before,
        "earned": earned,
        "effective": effective,
        "proposal": not any(h["period"] == period["period"] and h.get("confirmed_by") for h in history),
        "reasons": [CHARACTERISTICS[name][3] for name in sorted(order, key=lambda name: -lost[name])] if rated else [],
        "points_lacking": lacking,
        "measures": values,
        "points": points,
        "points_lost": {name: divide(cost, data_weight, 4) for name, cost in lost.items()},
        "alone_at": {name: alone_at(name, points[name], lacking, data_weight) for name in values},
    }
