"""A random month of a service desk: people in their reporting line and all that is counted of them, as rows of assay.v1.

Entry point: draw. Days are often the first or last of the period, or beside it, and moments often the last second of a day.
"""

import random
from datetime import date, datetime, timedelta, timezone

from plain_values import SHANGHAI

FIRST, LAST, BEFORE = date(2026, 10, 1), date(2026, 10, 31), date(2026, 9, 1)
PERIOD = "2026-10"
HOLIDAYS = tuple(date(2026, 10, day) for day in range(1, 8))
MAKE_UP_DAYS = (date(2026, 10, 10), date(2026, 9, 20))
OPINIONS = ("SATISFIED", "SATISFIED", "SATISFIED", "NEUTRAL", "DISSATISFIED", "UNSPECIFIED")


class Draw:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.choice = self.random.choice
        self.count = 0
        self.worse = self.choice((0.02, 0.25, 1))  # how much goes wrong in the month

    def chance(self, share):
        return self.random.random() < share

    def fails(self, share):
        return self.chance(share * self.worse)

    def name(self, letter):
        self.count += 1
        return f"{letter}-{self.count}"

    def date(self, spread=12):
        """A day in the period, at its ends, or beside it."""
        if self.chance(0.25):
            return self.choice((FIRST, LAST, FIRST - timedelta(1), LAST + timedelta(1), BEFORE, BEFORE - timedelta(1)))
        return FIRST + timedelta(self.random.randrange(-spread, 31 + spread // 4))

    def stamp(self, date, at=None):
        second = self.choice((0, 86399, self.random.randrange(86400), self.random.randrange(32400, 64800)))
        start = datetime(date.year, date.month, date.day, tzinfo=SHANGHAI) + timedelta(seconds=second if at is None else at)
        return start.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")

    def opinion(self, row):
        row["satisfaction"] = "SATISFACTION_" + (self.choice(OPINIONS) if self.fails(1) else "SATISFIED")
        return row


def people(draw):
    """Two departments with teams, a line of at most five steps but for one month in six, and the month before."""
    ids = [f"S-{number}" for number in range(draw.choice((4, 8, 12)))]
    rows, level = [], {}
    deepest = 7 if draw.chance(0.3) else 4
    for number, name in enumerate(ids):
        above = [other for other in ids[:number] if level[other] < deepest]
        boss = draw.choice(above[-3:]) if above and draw.chance(0.85) else ""
        level[name] = level[boss] + 1 if boss else 0
        rows.append({"staff_id": name, "period": PERIOD, "department": draw.choice(("KF", "KF", "CK")),
                     "team": draw.choice(("T1", "T2", "")), "reports_to": boss, "period_from": str(FIRST),
                     "period_to": str(LAST), "previous_from": str(BEFORE)})
    if draw.chance(0.05):
        rows[0]["reports_to"] = ids[-1]
    if draw.chance(0.08):
        row = draw.choice(rows)
        field = draw.choice(("period_from", "period_to", "previous_from"))
        row[field] = str(date.fromisoformat(row[field]) + timedelta(1))
        if draw.chance(0.3):
            del row[field]
    old = [{**row, "period": "2026-09", "reports_to": draw.choice(ids)} for row in rows if draw.chance(0.5)]
    return ids, rows + old


def orders(draw, staff_id):
    rows = []
    for _ in range(draw.choice((0, 19, 20, 24, 40))):
        row = {"order_id": draw.name("O"), "submitted_by": staff_id, "submitted_at": draw.stamp(draw.date(4))}
        row.update({name: True for name in ("rejected", "cancelled") if draw.chance(0.1)})
        if draw.chance(0.0005):
            del row["submitted_at"]
        rows.append(row)
    return rows


def events(draw, received):
    """Decided, closed and perhaps again, in any case some days after the receipt."""
    at, rows = received, []
    for state in draw.choice(((), ("DECIDED",), ("DECIDED", "CLOSED"), ("NOT_UPHELD", "CLOSED"),
                              ("DECIDED", "CLOSED", "REOPENED", "DECIDED", "CLOSED"), ("DECIDED", "CLOSED", "REOPENED"))):
        at += timedelta(draw.choice((0, 0, 1, 3, 6)), draw.random.randrange(1, 40000))
        rows.append({"at": at.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"), "state": "COMPLAINT_STATE_" + state})
    return rows


def complaint(draw, ids):
    received = draw.date(40)
    stamp = draw.stamp(received)
    person = draw.choice(("", *ids))
    row = draw.opinion({
        "id": draw.name("C"), "received_at": stamp, "handler": draw.choice(ids),
        "against": "COMPLAINT_TARGET_" + draw.choice(("STAFF", "STAFF", "DEPARTMENT", "PRODUCT")),
        "against_id": draw.choice((*ids, "KF", "CK")), "responsible_staff": person,
        "responsible_department": draw.choice(("KF", "CK", ""))})
    if draw.chance(0.7):
        row["valid"] = draw.fails(0.6)
    row["events"] = events(draw, datetime.fromisoformat(stamp.replace("Z", "+00:00")))
    last = datetime.fromisoformat((row["events"] or [{"at": stamp}])[-1]["at"].replace("Z", "+00:00"))
    late = draw.fails(1)
    row["call_backs"] = [{"at": draw.stamp((last + timedelta(draw.choice((-6, -1, 0, 1, 3, 3, 4) if late else (1, 3)))).date()),
                          "reached": draw.chance(0.5)} for _ in range(draw.choice((0, 1, 2)) if late else 1)]
    if draw.chance(0.2):
        row["appointment_at"] = draw.stamp(draw.date())
    if draw.chance(0.5):
        row.update(claim_amount=draw.choice(("100", "250.5", "0", "1000")), currency="CNY")
    if draw.chance(0.004):
        row["currency"] = "USD"
    if draw.chance(0.004):
        del row["received_at"], row["events"]
    return row


def contact(draw, staff_id):
    row = draw.opinion({"id": draw.name("K"), "staff_id": staff_id,
                        "direction": "CONTACT_DIRECTION_" + draw.choice(("INBOUND", "INBOUND", "OUTBOUND"))})
    if draw.chance(0.95):
        day = draw.date(2)
        second = draw.choice((32399, 32400, 43199, 43200, 48599, 48600, 64799, 64800, draw.random.randrange(86400 - 99)))
        row["at"] = draw.stamp(day, second)
        if not draw.fails(0.1):
            row["answered_at"] = draw.stamp(day, second + draw.choice((0, 5, 59, 60, 61, 90) if draw.fails(1) else (0, 5, 60)))
    if draw.fails(0.1):
        row["problem"] = "WRONG_PRICE"
    return row


def survey(draw, ids):
    row = draw.opinion({"id": draw.name("V"), "staff_id": draw.choice(("", *ids)), "assigned_to": draw.choice(ids),
                        "sent_at": draw.stamp(draw.date())})
    if not draw.fails(0.4):
        row["answered_at"] = draw.stamp(draw.date())
    if draw.chance(0.004):
        del row["sent_at"]
    return row


def partner(draw, ids):
    row = {"id": draw.name("Q"), "owner_agent": draw.choice(("", *ids)),
           "status": "PARTNER_STATUS_" + draw.choice(("ACTIVE", "ACTIVE", "SUSPENDED", "PROSPECT", "TERMINATED")), "documents": []}
    for kind in ("CONTRACT", "BUSINESS_LICENCE", "BUSINESS_LICENCE", "ID_COPY"):
        if not draw.fails(0.3):
            paper = {"kind": kind, "held": draw.chance(0.95)}
            if draw.chance(0.5):
                paper["valid_to"] = str(draw.choice((LAST, LAST - timedelta(1), LAST + timedelta(90))))
            row["documents"].append(paper)
    if draw.chance(0.7):
        credit = {"currency": "CNY" if draw.chance(0.99) else "USD", "receivables": draw.choice(("0", "5000", "81000.25"))}
        if draw.fails(0.3):
            credit["bad_debt"] = draw.choice(("0", "50", "700"))
        if draw.fails(0.4):
            credit["oldest_overdue_date"] = str(draw.date(60))
        row["credit"] = credit
    return row


def project(draw, ids):
    steps = []
    for number in range(draw.choice((1, 3, 6))):
        step = {"code": f"M-{number}", "deadline": str(draw.date())}
        if not draw.fails(0.3):
            step["done_date"] = str(draw.date() if draw.fails(1) else FIRST)
        steps.append(step)
    return {"id": draw.name("X"), "owner": draw.choice(ids), "milestones": steps}


def checks(draw, staff_id):
    rows = []
    for _ in range(draw.choice((0, 1, 3))):
        items = draw.choice((10, 19, 20, 200))
        rows.append({"id": draw.name("A"), "staff_id": staff_id, "day": str(draw.date()), "items": items,
                     "correct": items - draw.choice((0, 0, 1)) * draw.fails(1)})
    return rows


def units(ids, rows):
    """Every person, team and department of the month, one of each kind that there is not, and such as are not named."""
    found = [{"id": f"U-{row['staff_id']}", "kind": "SERVICE_UNIT_KIND_AGENT", "period": PERIOD,
              "department": row["department"], "staff_id": row["staff_id"]} for row in rows if row["period"] == PERIOD]
    found.append({**found[0], "id": "U-NOBODY", "department": "KF" if found[0]["department"] == "CK" else "CK"})
    for department in ("KF", "CK", "NONE"):
        found.append({"id": f"U-{department}", "kind": "SERVICE_UNIT_KIND_DEPARTMENT", "period": PERIOD, "department": department})
        found += [{"id": f"U-{department}-{team}", "kind": "SERVICE_UNIT_KIND_TEAM", "period": PERIOD,
                   "department": department, "team": team} for team in ("T1", "T2", "")]
    found += [{"id": "U-NO-STAFF", "kind": "SERVICE_UNIT_KIND_AGENT", "period": PERIOD, "department": "KF", "staff_id": ""},
              {"id": "U-NO-KIND", "kind": "SERVICE_UNIT_KIND_UNSPECIFIED", "period": PERIOD, "department": "KF"},
              {"id": "U-NO-DEPARTMENT", "kind": "SERVICE_UNIT_KIND_DEPARTMENT", "period": PERIOD, "department": ""}]
    return found


def draw(seed):
    """(units, {dataset: rows}) of a month."""
    made = Draw(seed)
    ids, staff = people(made)
    few = made.choice((1, 1, 1, 4))
    data = {"staff_periods": staff, "recent_orders": [row for name in ids for row in orders(made, name)],
            "complaints": [complaint(made, ids) for _ in range(len(ids) * made.choice((0, 4, 9)))],
            "contacts": [contact(made, made.choice(ids)) for _ in range(len(ids) * made.choice((3, 30, 60)) // few)],
            "surveys": [survey(made, ids) for _ in range(len(ids) * made.choice((2, 12, 16)) // few)],
            "accuracy_checks": [row for name in ids for row in checks(made, name)],
            "partners": [partner(made, ids) for _ in range(len(ids) * made.choice((1, 5, 8)) // few)],
            "projects": [project(made, ids) for _ in range(len(ids) * made.choice((0, 1, 2)))]}
    return units(ids, staff), data
