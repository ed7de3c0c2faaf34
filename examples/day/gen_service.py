"""October at the service desk: what its people did, by which their service is measured.

Entry points: service, and PLANTED, the grade of each unit, the rules that find something of it besides notes, and what
cost it points. Whoever is not planted has all points of every measure that has data.
"""

from datetime import date, timedelta

from gen_complaints import Case, moment

# unit: (grade, rules, reasons). A fault counts for the person, the team, the department, and who is above them.
PLANTED = {
    "S-12": ("A", [], ["ARCHIVE_INCOMPLETE", "RECEPTION_LATE"]),  # a licence not on file; three calls of twenty kept waiting
    "S-13": ("B", [], ["COMPLAINTS_MANY", "DEBTS_OLD", "FAULTS_MANY"]),  # a price told wrong; a debt of eleven days
    "S-14": ("A", ["KPI-DAT-05"], ["CALL_BACKS_LATE", "HANDLING_SLOW"]),  # called back after five days; a claim in dollars
    "S-15": ("NOT_GRADED", ["KPI-GRD-01"], []),  # came on the eighth: too little data
    "S-07": ("NOT_GRADED", ["KPI-GRD-01"], []),  # does not work at the desk
    # Three calls of sixty may wait; one slow complaint weighs less among all of the department.
    "T1": ("A", [], ["ARCHIVE_INCOMPLETE", "COMPLAINTS_MANY", "DEBTS_OLD", "FAULTS_MANY"]),
    "T2": ("A", ["KPI-DAT-05"], ["CALL_BACKS_LATE", "HANDLING_SLOW"]),
    "KF": ("A", ["KPI-DAT-05"], ["ARCHIVE_INCOMPLETE", "CALL_BACKS_LATE", "COMPLAINTS_MANY", "DEBTS_OLD", "FAULTS_BELOW_MANY",
                                 "FAULTS_MANY"]),  # and one fault that names nobody
}

PERIOD = {"period": "2026-10", "department": "KF"}
TEAMS = {"S-07": "", "S-11": "T1", "S-12": "T1", "S-13": "T1", "S-14": "T2", "S-15": "T2"}
AGENTS = [name for name in TEAMS if name != "S-07"]
# The weekdays after the national holidays on which each agent has an order, calls and a check.
WORKDAYS = [date(2026, 10, 8) + timedelta(n) for n in range(23) if (date(2026, 10, 8) + timedelta(n)).weekday() < 5]
SATISFIED = "SATISFACTION_SATISFIED"


def people():
    days = {"period_from": "2026-10-01", "period_to": "2026-10-31", "previous_from": "2026-09-01"}
    return [{"staff_id": name, **PERIOD, "team": team, "reports_to": "S-06" if name == "S-07" else "S-07", **days}
            for name, team in TEAMS.items()]


def units():
    rows = [{"id": name, "kind": "SERVICE_UNIT_KIND_AGENT", **PERIOD, "staff_id": name} for name in TEAMS]
    rows += [{"id": team, "kind": "SERVICE_UNIT_KIND_TEAM", **PERIOD, "team": team} for team in ("T1", "T2")]
    return [*rows, {"id": "KF", "kind": "SERVICE_UNIT_KIND_DEPARTMENT", **PERIOD}]


def orders(agent, count):
    return [{"order_id": f"SO-10-{agent[2:]}-{n:02}", "revision": 1, "submitted_by": agent, "currency": "CNY",
             "submitted_at": moment(WORKDAYS[n % len(WORKDAYS)], f"{9 + n % 9:02}:30")} for n in range(count)]


def calls(agent, count, rng):
    """From consumers, answered within the minute but for three of S-12's."""
    rows = []
    for n in range(count):
        clock, late = f"{14 + n % 4}:{rng.randrange(60):02}", agent == "S-12" and n % 7 == 6
        at = moment(WORKDAYS[n % len(WORKDAYS)], clock)
        rows.append({"id": f"LD-{agent[2:]}-{n:02}", "staff_id": agent, "channel": "PHONE", "purpose": "ORDER",
                     "direction": "CONTACT_DIRECTION_INBOUND", "at": at,
                     "answered_at": at.replace("00Z", "59Z" if not late else "00Z")})
        if late:
            hour, minute = at[11:16].split(":")
            minutes = int(hour) * 60 + int(minute) + 2
            rows[-1]["answered_at"] = f"{at[:11]}{minutes // 60:02}:{minutes % 60:02}:00Z"
    return rows


def surveys(agent):
    return [{"id": f"MY-{agent[2:]}-{n}", "kind": "MONTH", "staff_id": agent, "assigned_to": agent,
             "sent_at": moment(WORKDAYS[n], "09:30"), "answered_at": moment(WORKDAYS[n + 2], "15:00"),
             "satisfaction": SATISFIED} for n in range(6)]


def checks(agent):
    return [{"id": f"JC-{agent[2:]}-{n}", "staff_id": agent, "checked_by": "S-07", "day": str(WORKDAYS[4 * n]),
             "subject": "ORDER_ENTRY", "items": 20, "correct": 20} for n in range(3)]


def complaint(number, agent, day, **fields):
    """Closed on the day it came in, against the carrier."""
    clocks = {"DECIDED": (0, "14:30"), "CALLED_BACK": (0, "15:00"), "CLOSED": (0, "15:10")}
    case = Case(0, {"id": "", "owner_agent": agent}, day, clocks={**clocks, **fields.pop("clocks", {})},
                complainant_kind="COMPLAINANT_KIND_CONSUMER", satisfaction=SATISFIED, **fields)
    return {**case.row, "id": f"TS-10{number:02}"}


def complaints():
    """Four of each agent; of September one, which claimed more."""
    rows, money = [], {"currency": "CNY", "claim_amount": "400"}
    for agent in AGENTS[:4]:
        first = len(rows) + 1
        rows.append(complaint(first, agent, date(2026, 9, 15), currency="CNY", claim_amount="500"))
        rows += [complaint(first + n, agent, WORKDAYS[2 * n], **(money if n == 1 else {})) for n in range(1, 4)]
    ours = {"valid": True, "responsible_department": "KF"}
    rows.append(complaint(17, "S-11", WORKDAYS[9], against="COMPLAINT_TARGET_STAFF", against_id="S-13",
                          responsible_staff="S-13", root_cause="WRONG_PRICE_TOLD", **ours))
    rows.append(complaint(18, "S-12", WORKDAYS[10], against_id="KF", root_cause="NOBODY_ON_DUTY", **ours))
    later = {"CALLED_BACK": (5, "10:00"), "CLOSED": (5, "10:10")}
    rows.append(complaint(19, "S-14", WORKDAYS[3], clocks=later))
    rows.append(complaint(20, "S-14", WORKDAYS[5], currency="USD", claim_amount="60"))
    return rows


def file_papers(partners):
    """What every archive holds; the licence of P-016 is not on file."""
    for partner in partners:
        partner["documents"] = [{"kind": kind, "held": not (partner["id"] == "P-016" and kind == "BUSINESS_LICENCE")}
                                for kind in ("CONTRACT", "BUSINESS_LICENCE")]


def service(month, rng):
    """{dataset: rows} of October; the month's partners get their papers, its contacts are counted too."""
    file_papers(month["partners"])
    taken = {agent: 24 if agent != "S-15" else 6 for agent in AGENTS}
    return {"unit": units(), "staff_periods": people(), "complaints": complaints(),
            "recent_orders": [row for agent, count in taken.items() for row in orders(agent, count)],
            "contacts": month["contacts"] + [row for agent, count in taken.items() for row in calls(agent, count - 4, rng)],
            "surveys": [row for agent in AGENTS[:4] for row in surveys(agent)],
            "accuracy_checks": [row for agent in AGENTS[:4] for row in checks(agent)]}
