"""Complaints in plain Python, minute by minute: what rules/standard/complaints.yaml computes by sums over days.

Written from docs/domain.md, section 6, and knows nothing of the rulebook's expressions. All moments are whole minutes since
MONDAY, a Monday at 00:00 UTC, so that a day, a weekday and an hour are divisions. Zones are fixed offsets in minutes.
"""

import random
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

DAY = 24 * 60
WEEKS = 24  # minutes that are looked at
RESOLVED = ("DECIDED", "NOT_UPHELD", "WITHDRAWN", "CALLED_BACK", "CLOSED")
ANSWERED = ("RESPONDED", *RESOLVED)


class Desk:
    """Working hours: of each weekday, 0 is Monday, stretches of minutes of the local day; holidays by day."""

    def __init__(self, offset, week, holidays):
        self.offset, self.week, self.holidays = offset, week, holidays
        self.works = bytes(self._works(minute) for minute in range(WEEKS * 7 * DAY))

    def _works(self, minute):
        day, time = divmod(minute + self.offset, DAY)
        return day not in self.holidays and any(a <= time < b for a, b in self.week.get(day % 7, ()))

    def add(self, start, amount):
        """The first moment by which so many minutes were worked since."""
        minute = start
        while amount > 0:
            amount -= self.works[minute]
            minute += 1
        return minute

    def close_of_day(self, start, count):
        """The close of working day `count` after that of `start`, or after the next one where none is left of that."""
        day = (start + self.offset) // DAY
        if not any(self.works[start : self.end_of(day)]):
            count += 1
        while count > 0:
            day += 1
            count -= any(self.works[self.end_of(day - 1) : self.end_of(day)])
        return self.works.rindex(1, 0, self.end_of(day)) + 1

    def end_of(self, day):
        return (day + 1) * DAY - self.offset


@dataclass
class Contact:
    offset: int
    call_hours: list  # (weekday 1..7 or 0, opens, closes)
    rest_hours: list

    def may_be_called(self, minute):
        day, time = divmod(minute + self.offset, DAY)

        def inside(hours):
            return any(w in (0, day % 7 + 1) and a <= time < b for w, a, b in hours)

        return (not self.call_hours or inside(self.call_hours)) and not inside(self.rest_hours)


@dataclass
class Complaint:
    id: str
    received: int
    major: bool
    changes: list  # (minute, state), in order
    contact: Contact
    agent: int  # which desk's hours the handler keeps
    appointment: int = None
    calls: list = field(default_factory=list)  # (minute, reached)


@dataclass
class Verdict:
    acknowledge_due: int
    acknowledge_breached: bool
    respond_due: int
    respond_breached: bool
    resolve_due: int
    rounds_late: list
    call_back_due: int
    no_window: bool
    unreachable: bool
    call_back_breached: bool


def resolve_due(complaint, desk, start, changes, now):
    """Lets the minutes pass: those worked are used up, but for those in which we wait for the complainant."""
    planned = desk.close_of_day(start, 1 if complaint.major else 3)
    left, minute, at = sum(desk.works[start:planned]), start, 0
    while left > 0:
        while at + 1 < len(changes) and changes[at + 1][0] <= minute:
            at += 1
        waits = bool(changes) and changes[at][1] == "WAITING_COMPLAINANT" and minute < now
        left -= desk.works[minute] and not waits
        minute += 1
    return minute


def call_back(complaint, agent, resolved, days, search):
    """The due minute or None, and whether no moment of the window suits."""
    offset = complaint.contact.offset
    window_end = ((resolved + offset) // DAY + days + 1) * DAY - offset

    def suits(minute):
        return agent.works[minute] and complaint.contact.may_be_called(minute)

    if complaint.appointment is not None and complaint.appointment >= resolved:
        return complaint.appointment, False
    for minute in range(window_end - 1, resolved - 1, -1):
        if suits(minute):
            return minute + 1, False
    for minute in range(window_end, window_end + search * DAY):
        if suits(minute):
            return minute, True
    return None, True


def judge(complaint, desks, now, days=3, search=31, grace=15):
    desk, agent = desks[0], desks[complaint.agent]
    changes = complaint.changes
    acknowledged = next((m for m, s in changes if s != "RECEIVED"), now)
    answered = next((m for m, s in changes if s in ANSWERED), now)
    acknowledge_due = desk.add(complaint.received, 30)
    respond_due = desk.add(complaint.received, 240)
    starts = [0] + [i for i, (_, s) in enumerate(changes) if i > 0 and s == "REOPENED"]
    late, due, resolved = [], None, None
    for k, start in enumerate(starts):
        log = changes[start : starts[k + 1] if k + 1 < len(starts) else len(changes)]
        begin = complaint.received if start == 0 else changes[start][0]
        resolved = next((m for m, s in log if s in RESOLVED), None)
        due = resolve_due(complaint, desk, begin, log, now)
        late.append((now if resolved is None else resolved) > due)
        outcome = next((s for _, s in log if s in RESOLVED), None)
    verdict = Verdict(acknowledge_due, acknowledged > acknowledge_due, respond_due, answered > respond_due, due, late,
                      None, False, False, False)
    if resolved is None:
        return verdict
    calls = sorted(c for c in complaint.calls if resolved <= c[0] <= now)
    first_reached = next((m for m, reached in calls if reached), None)
    gave_up = third_attempt(calls, complaint.contact.offset)
    verdict.unreachable = gave_up is not None and first_reached is None
    if outcome == "WITHDRAWN":
        return verdict
    verdict.call_back_due, verdict.no_window = call_back(complaint, agent, resolved, days, search)
    done = min((m for m in (first_reached, gave_up) if m is not None), default=now)
    if verdict.call_back_due is not None and not verdict.no_window:
        kept = complaint.appointment is not None and complaint.appointment >= resolved
        verdict.call_back_breached = done > verdict.call_back_due + (grace if kept else 0)
    return verdict


def third_attempt(calls, offset):
    """The attempt by which three were made on two days and nobody was reached, or None."""
    days = set()
    for count, (minute, reached) in enumerate(calls, 1):
        if reached:
            return None
        days.add((minute + offset) // DAY)
        if count >= 3 and len(days) >= 2:
            return minute
    return None


def line_up(staff, handler, steps=5):
    """The handler and those above, of staff {id: (role, whom it reports to or "")}, and whether the line goes on beyond."""
    line = [handler]
    while len(line) <= steps and staff[line[-1]][1]:
        line.append(staff[line[-1]][1])
    return line, len(line) > steps and staff[line[-1]][1] != ""


def who_acts(staff, handler, grave, handed_up, managers=("SERVICE_MANAGER", "MARKET_MANAGER")):
    """Who has to act on a complaint that is not overdue, and whether it is a grave one that the manager does not have."""
    line, _ = line_up(staff, handler)
    has_it = max((i for i, person in enumerate(line) if person in handed_up), default=0)
    needs = next((i for i, person in enumerate(line) if staff[person][0] in managers), len(line) - 1) if grave else 0
    return line[max(has_it, needs)], has_it < needs


def random_staff(draw, count=9):
    names = [f"S-{number}" for number in range(count)]
    roles = ["SERVICE_AGENT", "TEAM_LEAD", "TEAM_LEAD", "SERVICE_MANAGER", "MARKET_MANAGER"]
    return {name: (draw.choice(roles), draw.choice([*names, "", ""])) for name in names}


def random_hours(draw):
    """A few stretches of one day that do not overlap, at quarters of an hour."""
    cuts = sorted(draw.sample(range(0, 24 * 4 + 1), 2 * draw.randint(1, 2)))
    return [(cuts[i] * 15, cuts[i + 1] * 15) for i in range(0, len(cuts), 2)]


def random_desk(draw, offset):
    week = {day: random_hours(draw) for day in range(7) if day < 5 or draw.random() < 0.2}
    return Desk(offset, week, set(draw.sample(range(WEEKS * 7), draw.randint(0, 24))))


def random_contact(draw):
    def entries(most):
        return [(draw.randint(0, 7), a, b) for _ in range(draw.randint(0, most)) for a, b in random_hours(draw)]

    return Contact(draw.choice([480, 0, -300, 345, 840]), entries(2), entries(1))


def random_complaint(draw, number, now):
    received = now - 1 - draw.randrange(draw.choice([600, 3000, 9000, 30000, 60000]))
    way = ["RECEIVED", "ACKNOWLEDGED", "ASSESSED", "INVESTIGATING"]
    for _ in range(draw.randint(0, 3)):
        way += ["WAITING_COMPLAINANT", "INVESTIGATING"]
    way += ["RESPONDED", "DECIDED", "CALLED_BACK"]
    if draw.random() < 0.4:
        way += ["REOPENED", "INVESTIGATING", "WAITING_COMPLAINANT", "INVESTIGATING", "RESPONDED", "DECIDED"]
    if draw.random() < 0.1:
        way = way[:3] + [draw.choice(["WITHDRAWN", "NOT_UPHELD"])]
    changes, minute = [], received
    for state in way[: draw.choice([len(way), draw.randint(0, len(way))])]:
        changes.append((minute, state))
        minute += draw.choice([0, 1, 5, 30, 120, 400, 1500])
        if minute > now:
            break
    last = changes[-1][0] if changes else received
    complaint = Complaint(f"C-{number}", received, draw.random() < 0.4, changes, random_contact(draw), draw.randrange(2))
    if draw.random() < 0.2:
        complaint.appointment = last + draw.randrange(-2 * DAY, 5 * DAY)
    times = range(last - 10, min(now + draw.choice([1, DAY]), last + 5 * DAY))  # those after `now` do not count
    for minute in draw.sample(times, min(draw.choice([0, 0, 1, 3, 4, 5]), len(times))):
        complaint.calls.append((minute, draw.random() < 0.2))
    return complaint


# -- Compensation ----------------------------------------------------------------------


def compensation(row, currency="CNY"):
    return sum(Decimal(grant["amount"]) for grant in row["compensations"]
               if grant["currency"] == currency and Decimal(grant["amount"]) > 0)


def partner_compensations(rows, month_of):
    """Of each row with compensation of a partner's complaint: what its month had come to by then, this one included."""
    sums, out = defaultdict(Decimal), {}
    for row in sorted(rows, key=lambda row: (row["received_at"], row["id"])):
        if not row["compensations"] or not row.get("partner_id"):
            continue
        account = (row["partner_id"], month_of(row["received_at"]))
        sums[account] += compensation(row)
        out[row["id"]] = sums[account]
    return out
