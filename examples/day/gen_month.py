"""The month before the sample day: how partners were looked after, and what October says of their level.

Entry points: month, the rows of partners, staff and their records, and PLANTED, what the worklist and the grading must say
of each partner. Complaints are gen_complaints.py's.
"""

import copy
from datetime import date, timedelta

from gen_complaints import complaints, moment

TODAY = date(2026, 11, 20)

# Rules of the worklist that list something of the partner; of all others none does.
WORKLIST = {
    "P-002": ["WKL-CTR-01"],  # the contract ends with the year, and nobody has renewed it
    "P-004": ["WKL-ARC-01", "WKL-STK-01"],  # archive due two days ago; 2 in store, 10 are to be there
    "P-006": ["WKL-CON-01"],  # VIP, last spoken to ten days ago
    "P-009": ["WKL-STK-02"],  # figures of ten days ago
    "P-010": ["WKL-PRE-01"],  # money left for a store since the order fair of September
    "P-011": ["WKL-OWN-01"],  # its agent left a week ago
    "P-013": ["WKL-ARC-01"],  # archive due in two days
    "P-014": ["WKL-OWN-01"],
    "P-017": ["WKL-OWN-01"],
    "P-018": ["WKL-CTR-01"],  # renewed for less than it covered
    "P-021": ["WKL-CON-02"],  # opened on Monday
    "P-022": ["WKL-CON-02"],  # handed over ten days ago
    "P-023": ["WKL-CON-01"],  # VIP, due tomorrow
    "P-025": ["WKL-VIS-01"],  # last visited on Thursday of last week
    "P-026": ["WKL-VIS-01", "WKL-VIS-03"],  # Tuesday's visit was skipped: the store was last seen a week before
    "P-027": ["WKL-VIS-02"],  # Wednesday's visit was not made
    "P-028": ["WKL-VIS-04"],  # no photos of Tuesday's visit
    "P-029": ["WKL-VIS-05"],  # photos two days after the visit
    "P-033": ["WKL-CTR-01"],  # the contract ended in October
    "P-035": ["WKL-DEP-01"],  # 15,000 of 20,000 paid
    "P-041": ["WKL-LIC-01"],  # the licence ends on Sunday
    "P-042": ["WKL-LET-01"],  # and so does the letter
    "P-043": ["WKL-LIC-01"],  # the licence ends on Monday
    "P-102": ["WKL-DUP-01"],  # the telephone of P-101, whom somebody else registered
}

# What October makes of the level: earned, in effect, and what is said of it. All others keep theirs, which is confirmed.
GRADES = {
    "P-002": ("VIP", "VIP", ["GRD-LVL-02"]),  # two months over the floor of VIP
    "P-003": ("C", "C", ["GRD-LVL-02"]),  # two months under the floor of B
    "P-019": ("A", "VIP", ["GRD-LVL-02", "GRD-LVL-04"]),  # set by hand
    "P-020": ("B", "B", ["GRD-LVL-06"]),  # confirmed as A
    "P-024": ("B", "B", ["GRD-LVL-01", "GRD-LVL-02"]),  # too little data for a score
    "P-038": ("A", "B", ["GRD-LVL-02", "GRD-LVL-03"]),  # earned, but a month overdue
}

PLANTED = {"worklist": WORKLIST, "grades": GRADES}

SCORES = {"VIP": "93", "A": "83", "B": "70", "C": "50"}  # in September, each within the band of the level


def before(days):
    return TODAY - timedelta(days)


# -- Staff and partners --------------------------------------------------------------


def add_staff(data):
    # The service manager's line ends with the market manager; compensation is within the service manager's authority.
    data["staff"][6].update(reports_to="S-06",
                            authority_limits=[{"rule": "CMP-CPN-01", "amount": "5000", "currency": "CNY"}])
    agent = {"role": "SERVICE_AGENT", "area": "SW", "district": "DY", "reports_to": "S-07"}
    data["staff"] += [
        {"id": "S-09", "name": "员工09", "role": "PROJECT_CLERK", "area": "SW", "reports_to": "S-07"},
        {"id": "S-10", "name": "员工10", "role": "EXPENSE_CLERK", "area": "SW", "reports_to": "S-07"},
        {"id": "S-14", "name": "客服04", **agent, "valid_to": str(before(7))},
        {"id": "S-15", "name": "客服05", **agent, "valid_from": "2026-10-08", "capacity": 12},
        {"id": "S-21", "name": "业务01", "role": "SALESPERSON", "area": "SW", "reports_to": "S-05"},
        {"id": "S-22", "name": "业务02", "role": "SALESPERSON", "area": "SW", "reports_to": "S-05"}]


def renew(partner):
    """The contract of next year, as this year's."""
    if partner["id"] not in ("P-002", "P-033"):
        for contract in list(partner["contracts"]):
            row = {**contract, "id": contract["id"] + "-27", "valid_from": "2027-01-01", "valid_to": "2027-12-31",
                   "signed": "2026-11-12"}
            if partner["id"] == "P-018":
                row["product_lines"] = row["product_lines"][:2]
            partner["contracts"].append(row)


def confirmed(code, level, **more):
    """A level as the service manager confirmed it."""
    return {"period": code, "earned": level, "effective": level, "confirmed_by": "S-07", **more}


def complete(partner, number, rng):
    """What the desk keeps of a partner beside what an order needs."""
    partner.update(salesperson="S-21" if number % 2 else "S-22",
                   opened_date=f"202{rng.randrange(3, 6)}-{1 + number % 12:02}-08",
                   archive_confirmed_date=str(before(rng.randrange(1, 22))))
    partner["level_history"] = [confirmed("2026-09", partner["level"], score=SCORES[partner["level"]])]
    if partner["id"] not in GRADES:
        partner["level_history"].append(confirmed("2026-10", partner["level"]))
    if partner["channel"] == "SECOND":
        partner["visit_class"] = "AB"[number % 2]
    elif partner["district"] == "DY":
        partner["owner_agent"] = "S-14" if number in (11, 14, 17) else "S-15" if number < 24 else "S-13"
    renew(partner)


def plant(by_id, data):
    by_id["P-002"]["level_history"][0]["score"] = "93.5"
    by_id["P-003"]["level_history"][0]["score"] = "61"
    by_id["P-004"]["archive_confirmed_date"] = "2026-10-18"
    by_id["P-013"]["archive_confirmed_date"] = "2026-10-22"
    by_id["P-019"]["level_override"] = {"level": "VIP", "actor": "S-06", "reason": "战略合作", "valid_until": "2026-12-31"}
    by_id["P-020"]["level_history"].append(confirmed("2026-10", "A"))
    by_id["P-021"]["opened_date"] = str(before(4))
    by_id["P-022"]["handed_over_date"] = str(before(10))
    by_id["P-038"]["level_history"][0]["score"] = "84"
    by_id["P-010"]["prepayments"].append({
        "id": "YS-110", "amount": "30000", "unapplied": "8600", "currency": "CNY", "purpose": "ORDER_FAIR",
        "cleared": True, "campaign_id": "DHH-09", "store_id": "P-028", "received_date": "2026-09-16"})
    data["partner_stock"].append({"partner_id": "P-009", "product_id": "SKU-0133", "in_store": "24", "in_transit": "0",
                                  "open_orders": "0", "safety_stock": "6", "as_of": moment(before(10), "09:00")})
    for number, day, staff in ((101, before(18), "S-21"), (102, before(2), "S-22")):
        data["partners"].append({
            "id": f"P-{number}", "name": f"成都意向客户{number}", "channel": "FIRST", "area": "SW", "district": "CD",
            "status": "PROSPECT", "salesperson": staff, "phone": "028-00000101",
            "reservation": {"registered_by": staff, "registered_at": moment(day, "10:00"),
                            "protected_until": "2027-01-31"}})


# -- Contacts and visits -------------------------------------------------------------


def talks(partner, rng):
    """Days ago on which an agent spoke with the partner: a VIP each week, others once."""
    if partner["id"] in ("P-021", "P-022"):
        return [28] if partner["id"] == "P-022" else []
    if partner["level"] != "VIP":
        return [rng.randrange(2, 29)]
    last = {"P-006": 10, "P-023": 6}.get(partner["id"], rng.choice((1, 2, 3)))
    return [last + 7 * week for week in range(4) if last + 7 * week < 30]


def contacts(partners, rng):
    rows = []
    for partner in partners:
        for days in talks(partner, rng):
            clock = f"{rng.randrange(9, 12):02}:{rng.randrange(60):02}"
            rows.append({"id": f"LX-{len(rows) + 1:03}", "partner_id": partner["id"], "staff_id": partner["owner_agent"],
                         "channel": "PHONE", "direction": "CONTACT_DIRECTION_OUTBOUND", "purpose": "CADENCE",
                         "at": moment(before(days), clock), "answered_at": moment(before(days), clock)})
    return rows


def visit(number, partner, days, hours_later=2):
    """A visit made as planned at 10:00, with a photo so many hours later."""
    day = before(days)
    shown = moment(day + timedelta(hours_later // 24), f"{10 + hours_later % 24}:00")
    return {"id": f"BF-{number:03}", "partner_id": partner["id"], "staff_id": partner["salesperson"], "planned_date": str(day),
            "done_at": moment(day, "10:00"), "status": "VISIT_STATUS_DONE",
            "photos": [{"hash": f"{number:064x}", "taken_at": moment(day, "10:00"), "uploaded_at": shown, "kind": "SHELF"}]}


def visits(partners, rng):
    rows = []
    for partner in partners:
        last = 8 if partner["id"] == "P-025" else rng.choice((1, 2, 3))
        last = {"P-026": 3, "P-027": 2, "P-028": 3, "P-029": 3}.get(partner["id"], last)
        rows += [visit(len(rows) + 4 - week, partner, last + 7 * week) for week in range(3, -1, -1)]
        if partner["id"] == "P-026":
            rows[-1].update(status="VISIT_STATUS_SKIPPED", skip_reason="STORE_CLOSED")
            del rows[-1]["done_at"], rows[-1]["photos"]
        elif partner["id"] == "P-027":
            rows[-1]["status"] = "VISIT_STATUS_PLANNED"
            del rows[-1]["done_at"], rows[-1]["photos"]
        elif partner["id"] == "P-028":
            rows[-1]["photos"] = []
        elif partner["id"] == "P-029":
            rows[-1] = visit(len(rows), partner, last, hours_later=48)
    return rows


# -- What October is graded by -------------------------------------------------------


def months(base, share):
    """Targets of the year, what was sold of them, and the October before."""
    rows = [{"month": "2025-10", "currency": "CNY", "sales": str(base * 93 // 100)}]
    sold = str(base * share // 100)
    return rows + [{"month": f"2026-{month:02}", "currency": "CNY", "sales": sold, "sales_target": str(base)}
                   for month in range(1, 11)]


def receivables(number, base, late):
    """Three items of October, of which so many are paid eight days late."""
    rows = []
    for i in range(3):
        due = date(2026, 10, 8 + 8 * i)
        rows.append({"id": f"YSK-{number:03}-{i + 1}", "due_date": str(due), "amount": str(base // 3), "currency": "CNY",
                     "paid_date": str(due + timedelta(8 if i < late else -1))})
    return rows


def orders(partner, number, count, rejected):
    return [{"order_id": f"SO-10{2 + 3 * i:02}-{number:03}", "revision": 1, "sold_to": partner["id"],
             "submitted_at": moment(date(2026, 10, 2 + 3 * i), "10:00"), "submitted_by": partner["owner_agent"],
             "currency": "CNY", "rejected": i < rejected} for i in range(count)]


def period(partner, number, rng):
    """The partner's October. How well it did is drawn, but for the planted."""
    base = 10000 * rng.randrange(8, 40)
    share = {"VIP": 102, "A": 95, "B": 86, "C": 72}[partner["level"]] + rng.randrange(-6, 7)
    late, count, rejected, done = rng.choice((0, 0, 0, 1)), rng.randrange(5, 10), 0, rng.randrange(6, 11)
    if partner["id"] in ("P-002", "P-038"):
        share, late, rejected, done = 108, 0, 0, 10
    elif partner["id"] == "P-003":
        share, late, rejected, done = 58, 2, 2, 4
    row = {"partner_id": partner["id"], "period": "2026-10", "previous_period": "2026-09", "period_from": "2026-10-01",
           "period_to": "2026-10-31", "currency": "CNY"}
    if partner["id"] == "P-024":
        return row
    row.update(months=months(base, share), receivables=receivables(number, base, late),
               orders=orders(partner, number, count, rejected),
               results=[{"project_id": "XM-61", "indicator": indicator, "month": "2026-10", "target": "10",
                         "actual": str(done)} for indicator in ("BACK_CABINET", "EXPERIENCE_EVENT")])
    if partner["id"] == "P-038":
        row["receivables"].append({"id": "YSK-038-4", "due_date": "2026-10-20", "amount": "3200", "currency": "CNY"})
    return row


def month(day, rng):
    """{dataset: rows} of the month, from the reference rows of the day, which stay as they are."""
    data = copy.deepcopy({name: day[name] for name in ("partners", "staff", "partner_stock")})
    add_staff(data)
    for number, partner in enumerate(data["partners"], 1):
        complete(partner, number, rng)
    live = [row for row in data["partners"] if row["status"] == "ACTIVE"]
    plant({row["id"]: row for row in data["partners"]}, data)
    data["contacts"] = contacts(live, rng)
    data["visits"] = visits([row for row in live if row["channel"] == "SECOND"], rng)
    data["complaint"] = complaints(data["partners"], rng)
    named = {case.get("product_id") for case in data["complaint"]}
    data["products"] = [row for row in day["products"] if row["id"] in named]
    data["period"] = [period(row, int(row["id"][2:]), rng) for row in live]
    for row in data["period"]:
        against = [case for case in data["complaint"] if case["against_id"] == row["partner_id"]]
        if against:
            row["complaints"] = against
    return data
