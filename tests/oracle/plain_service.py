"""The quality of service in plain Python: a person's, team's or department's period, graded one record after the other.

Written from docs/domain.md, section 5, and docs/grading.md, and knows nothing of the rulebook's expressions. Rows are those
of assay.v1 as JSON. Entry point: Month.judge.
"""

from datetime import datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Dict, NamedTuple

from plain_values import SHANGHAI, day, day_of, moment, number, rounded

STEPS = 5  # down and up the reporting line


class Measure(NamedTuple):
    weight: Decimal
    min_sample: Decimal
    no_points: Decimal
    full_points: Decimal
    reason: str
    kind: str = "RATIO"


def measure(weight, min_sample, no_points, full_points, reason, kind="RATIO"):
    return Measure(*map(Decimal, (weight, min_sample, no_points, full_points)), reason, kind)


STANDARD = {
    "complaint_rate": measure("10", "20", "0.05", "0", "COMPLAINTS_MANY"),
    "valid_complaints": measure("10", "1", "3", "0", "FAULTS_MANY", "COUNT"),
    "subordinates_rate": measure("5", "20", "0.03", "0", "FAULTS_BELOW_MANY"),
    "problem_rate": measure("5", "10", "0.10", "0.01", "PROBLEMS_MANY"),
    "satisfaction": measure("10", "5", "0.70", "0.95", "SATISFACTION_LOW"),
    "survey_completion": measure("5", "5", "0.50", "0.90", "SURVEYS_OPEN"),
    "call_back_on_time": measure("10", "3", "0.70", "1", "CALL_BACKS_LATE"),
    "reception_on_time": measure("10", "10", "0.60", "0.95", "RECEPTION_LATE"),
    "information_accuracy": measure("10", "20", "0.90", "0.995", "INFORMATION_WRONG"),
    "handling_time": measure("5", "3", "40", "8", "HANDLING_SLOW", "DURATION"),
    "claim_change": measure("5", "0", "0.50", "-0.20", "CLAIMS_RISING", "CHANGE"),
    "archive_completeness": measure("5", "5", "0.60", "1", "ARCHIVE_INCOMPLETE"),
    "project_completion": measure("5", "1", "0.50", "1", "MILESTONES_MISSED"),
    "bad_debt": measure("3", "0", "0.02", "0", "BAD_DEBT_HIGH"),
    "days_overdue": measure("2", "1", "30", "0", "DEBTS_OLD", "DURATION"),
}


class Figures(NamedTuple):
    """The parameters of service_kpi.yaml."""

    measures: Dict[str, Measure] = STANDARD
    min_coverage: Decimal = Decimal("0.60")
    currency: str = "CNY"
    reception_seconds: int = 60
    call_back_days: int = 3
    archive_kinds: tuple = ("CONTRACT", "BUSINESS_LICENCE")


BANDS = (("A", 90), ("B", 75), ("C", 60), ("D", None))
HOURS = ((time(9), time(12)), (time(13, 30), time(18)))  # of the desk, from Monday to Friday


class Graded(NamedTuple):
    verdict: str
    rules: set
    outputs: dict


class Desk:
    """The days on which the desk works: Monday to Friday but for holidays, and make-up days."""

    def __init__(self, holidays, make_up_days):
        self.holidays, self.make_up_days = set(holidays), set(make_up_days)

    def stretches(self, date):
        works = date in self.make_up_days or (date.weekday() < 5 and date not in self.holidays)
        for opens, closes in HOURS if works else ():
            yield datetime.combine(date, opens, SHANGHAI), datetime.combine(date, closes, SHANGHAI)

    def works(self, at):
        return any(opens <= at < closes for opens, closes in self.stretches(at.astimezone(SHANGHAI).date()))

    def seconds(self, start, end):
        date, total = start.astimezone(SHANGHAI).date(), timedelta()
        while date <= end.astimezone(SHANGHAI).date():
            for opens, closes in self.stretches(date):
                total += max(timedelta(), min(end, closes) - max(start, opens))
            date += timedelta(1)
        return total.total_seconds()


class Counts:
    """What a unit's measures count, and by what."""

    def __init__(self):
        self.of = dict.fromkeys(STANDARD, Decimal(0))
        self.base = dict.fromkeys(STANDARD, Decimal(0))

    def add(self, name, of, base):
        self.of[name] += of
        self.base[name] += base


class Month:
    """All records of the desk, and the figures and desk hours they are judged by."""

    def __init__(self, data, figures, desk):
        self.data, self.figures, self.desk = data, figures, desk
        self.people = {(row["staff_id"], row["period"]): row for row in data["staff_periods"]}

    def members(self, unit):
        for row in self.data["staff_periods"]:
            if (row["department"], row["period"]) != (unit["department"], unit["period"]):
                continue
            kind = unit["kind"].rsplit("_", 1)[1]
            if (kind == "DEPARTMENT" or kind == "TEAM" and row.get("team", "") == unit["team"] or
                    kind == "AGENT" and row["staff_id"] == unit["staff_id"]):
                yield row

    def below(self, person, steps):
        """Who reports to the person, directly or through others, and whether the line goes on beyond the steps."""
        found, front = set(), {person["staff_id"]}
        for _ in range(steps):
            front = {row["staff_id"] for row in self.data["staff_periods"]
                     if row["period"] == person["period"] and row.get("reports_to", "") in front}
            found |= front
        beyond = any(row["period"] == person["period"] and row.get("reports_to", "") in front
                     for row in self.data["staff_periods"])
        return found, beyond

    def all_below(self, people):
        return set().union(*(self.below(person, STEPS)[0] for person in people))

    def orders(self, staff_id, within):
        """Orders the person took; a cancelled one is none, unless it was rejected before."""
        return sum(1 for o in self.data["recent_orders"] if o.get("submitted_by") == staff_id and
                   (o.get("rejected") or not o.get("cancelled")) and within(o.get("submitted_at")))

    def faults(self, staff_id, within):
        return sum(1 for c in self.data["complaints"] if c.get("responsible_staff") == staff_id and c.get("valid") and
                   within(c.get("received_at")))

    # -- What each record counts for -------------------------------------------------

    def count(self, unit, people):
        counts, first = Counts(), people[0]
        start, end, before = (day(first, name) for name in ("period_from", "period_to", "previous_from"))

        def within(stamp):
            return stamp is not None and start <= day_of(stamp) <= end

        for person in people:
            self.count_person(person["staff_id"], within, (start, end, before), counts)
        if self.department_of(unit):
            self.count_department(unit["department"], within, counts)
        for staff_id in self.all_below(people):
            counts.add("subordinates_rate", self.faults(staff_id, within), self.orders(staff_id, within))
        return counts

    def count_person(self, staff_id, within, days, counts):
        against = sum(1 for c in self.data["complaints"] if c.get("against") == "COMPLAINT_TARGET_STAFF" and
                      c.get("against_id") == staff_id and within(c.get("received_at")))
        counts.add("complaint_rate", against, self.orders(staff_id, within))
        counts.add("valid_complaints", self.faults(staff_id, within), 1)
        self.count_contacts(staff_id, within, counts)
        self.count_surveys(staff_id, within, counts)
        for check in self.data["accuracy_checks"]:
            if check["staff_id"] == staff_id and days[0] <= day(check, "day") <= days[1]:
                counts.add("information_accuracy", check.get("correct", 0), check.get("items", 0))
        for complaint in self.data["complaints"]:
            if complaint.get("handler") == staff_id:
                self.count_handled(complaint, within, days, counts)
        for partner in self.data["partners"]:
            if partner.get("owner_agent") == staff_id and partner.get("status") not in (
                    "PARTNER_STATUS_PROSPECT", "PARTNER_STATUS_TERMINATED"):
                self.count_partner(partner, days[1], counts)
        for project in self.data["projects"]:
            for step in project.get("milestones", ()) if project.get("owner") == staff_id else ():
                if "deadline" in step and days[0] <= day(step, "deadline") <= days[1]:
                    counts.add("project_completion", "done_date" in step and day(step, "done_date") <= days[1], 1)

    def count_department(self, department, within, counts):
        for complaint in self.data["complaints"]:
            if not within(complaint.get("received_at")):
                continue
            if complaint.get("against") == "COMPLAINT_TARGET_DEPARTMENT" and complaint.get("against_id") == department:
                counts.add("complaint_rate", 1, 0)
            if (complaint.get("valid") and complaint.get("responsible_department") == department and
                    not complaint.get("responsible_staff")):
                counts.add("valid_complaints", 1, 0)

    def count_opinion(self, row, counts):
        opinion = row.get("satisfaction", "SATISFACTION_UNSPECIFIED")
        if opinion != "SATISFACTION_UNSPECIFIED":
            counts.add("satisfaction", opinion == "SATISFACTION_SATISFIED", 1)

    def count_contacts(self, staff_id, within, counts):
        for contact in self.data["contacts"]:
            if contact["staff_id"] != staff_id or not within(contact.get("at")):
                continue
            counts.add("problem_rate", bool(contact.get("problem")), 1)
            self.count_opinion(contact, counts)
            at = moment(contact["at"])
            if contact.get("direction") == "CONTACT_DIRECTION_INBOUND" and self.desk.works(at):
                limit = timedelta(seconds=self.figures.reception_seconds)
                counts.add("reception_on_time",
                           "answered_at" in contact and moment(contact["answered_at"]) - at <= limit, 1)

    def count_surveys(self, staff_id, within, counts):
        for survey in self.data["surveys"]:
            if survey.get("assigned_to") == staff_id and within(survey.get("sent_at")):
                counts.add("survey_completion", "answered_at" in survey, 1)
            if survey.get("staff_id") == staff_id and within(survey.get("answered_at")):
                self.count_opinion(survey, counts)

    def count_handled(self, complaint, within, days, counts):
        entered = {}  # the last moment of each state
        for event in complaint.get("events", ()):
            state = event["state"].replace("COMPLAINT_STATE_", "")
            entered[state] = max(entered.get(state, event["at"]), event["at"])
        if within(entered.get("CLOSED")):
            worked = self.desk.seconds(moment(complaint["received_at"]), moment(entered["CLOSED"]))
            counts.add("handling_time", rounded(Decimal(worked) / 3600, 4), 1)
            self.count_opinion(complaint, counts)
        self.count_call_back(complaint, entered.get("DECIDED"), days, counts)
        received = day_of(complaint["received_at"]) if "received_at" in complaint else None
        if "claim_amount" in complaint and complaint.get("currency") == self.figures.currency and received is not None:
            counts.add("claim_change", number(complaint, "claim_amount") * (days[0] <= received <= days[1]),
                       number(complaint, "claim_amount") * (days[2] <= received < days[0]))

    def count_call_back(self, complaint, decided, days, counts):
        """Due on the day of an appointment that is not over by then, else some days after the last decision; kept by an
        attempt since that decision."""
        tried = [call["at"] for call in complaint.get("call_backs", ()) if "at" in call]
        appointed = complaint.get("appointment_at")
        if decided is not None:
            tried = [at for at in tried if moment(at) >= moment(decided)]
            appointed = appointed if appointed is not None and moment(appointed) >= moment(decided) else None
        if appointed is None and decided is None:
            return
        due = day_of(appointed) if appointed else day_of(decided) + timedelta(self.figures.call_back_days)
        if days[0] <= due <= days[1]:
            counts.add("call_back_on_time", any(day_of(at) <= due for at in tried), 1)

    def count_partner(self, partner, last, counts):
        for kind in self.figures.archive_kinds:
            counts.add("archive_completeness", any(
                paper.get("kind") == kind and paper.get("held", False) and
                ("valid_to" not in paper or day(paper, "valid_to") >= last) for paper in partner.get("documents", ())), 1)
        credit = partner.get("credit", {})
        if "receivables" in credit and credit.get("currency") == self.figures.currency:
            counts.add("bad_debt", number(credit, "bad_debt") or 0, number(credit, "receivables"))
            since = day(credit, "oldest_overdue_date")
            counts.add("days_overdue", max(0, (last - since).days) if since else 0, 1)

    # -- From counts to the grade ----------------------------------------------------

    @staticmethod
    def is_named(unit):
        """Whether it is said which unit it is. People without a team are no team."""
        own = {"TEAM": "team", "AGENT": "staff_id", "DEPARTMENT": "department"}.get(unit["kind"].rsplit("_", 1)[1])
        return own is not None and all(unit.get(name) for name in ("department", "period", own))

    def judge(self, unit):
        if not self.is_named(unit):
            return Graded("FAULTY", {"KPI-DAT-06"}, None)
        people = sorted(self.members(unit), key=lambda row: row["staff_id"])
        if not people or not self.is_one_period(people, self.all_below(people)):
            return Graded("FAULTY", {"KPI-DAT-02" if people else "KPI-DAT-01"}, None)
        counts = self.count(unit, people)
        rules = self.faults_of_data(unit, people)
        outputs = self.grade(unit, counts, rules)
        verdict = "TO_CHECK" if rules & {"KPI-DAT-03", "KPI-DAT-04", "KPI-DAT-05"} else (
            "GRADED" if outputs["graded"] else "NOT_GRADED")
        return Graded(verdict, rules, outputs)

    def is_one_period(self, people, below):
        names = ("period_from", "period_to", "previous_from")
        rows = people + [self.people[staff_id, people[0]["period"]] for staff_id in below]
        if any(name not in row for row in rows for name in names):
            return False
        first, last, before = (people[0][name] for name in names)
        return before <= first <= last and all(row[name] == people[0][name] for row in rows for name in names)

    @staticmethod
    def department_of(unit):
        """Whose own records count for the unit, if it is a whole department."""
        return unit["department"] if unit["kind"].endswith("DEPARTMENT") else None

    def faults_of_data(self, unit, people):
        ids, rules, department = {row["staff_id"] for row in people}, set(), self.department_of(unit)
        counted = ids | self.all_below(people)
        if any(self.below(row, STEPS)[1] for row in people):
            rules.add("KPI-DAT-03")
        undated = [o for o in self.data["recent_orders"] if o.get("submitted_by") in counted and "submitted_at" not in o]
        undated += [c for c in self.data["complaints"] if "received_at" not in c and (
            counted & {c.get("handler"), c.get("responsible_staff"), c.get("against_id")} or
            department in (c.get("against_id"), c.get("responsible_department")))]
        undated += [s for s in self.data["surveys"] if s.get("assigned_to") in counted and "sent_at" not in s]
        if undated:
            rules.add("KPI-DAT-04")
        amounts = [c.get("currency", "") for c in self.data["complaints"] if c.get("handler") in ids and "claim_amount" in c]
        amounts += [p["credit"].get("currency", "") for p in self.data["partners"]
                    if p.get("owner_agent") in ids and "receivables" in p.get("credit", {}) and
                    p.get("status") not in ("PARTNER_STATUS_PROSPECT", "PARTNER_STATUS_TERMINATED")]
        if any(currency != self.figures.currency for currency in amounts):
            rules.add("KPI-DAT-05")
        return rules

    def measured(self, name, counts):
        """The value and that by which it is graded, or None: too few, or nothing to divide by."""
        of, base, rule = counts.of[name], counts.base[name], self.figures.measures[name]
        if base <= 0 or base < rule.min_sample:
            return None
        graded = rounded((of - base if rule.kind == "CHANGE" else of) / base, 6, ROUND_HALF_UP)
        return (of if rule.kind == "COUNT" else graded), graded

    def points(self, name, graded):
        rule = self.figures.measures[name]
        part = (graded - rule.no_points) / (rule.full_points - rule.no_points)
        return rounded(100 * min(Decimal(1), max(Decimal(0), part)), 6, ROUND_HALF_UP)

    def grade(self, unit, counts, rules):
        measures = self.figures.measures
        found = {name: self.measured(name, counts) for name in measures}
        values = {name: value[0] for name, value in found.items() if value}
        points = {name: self.points(name, value[1]) for name, value in found.items() if value}
        weight, data_weight = sum(m.weight for m in measures.values()), sum(measures[name].weight for name in points)
        graded = data_weight > 0 and data_weight >= self.figures.min_coverage * weight
        score = rounded(sum(measures[n].weight * p for n, p in points.items()) / data_weight, 6) if graded else None
        lost = {name: measures[name].weight * (100 - p) for name, p in points.items()} if graded else {}
        names = [name for name in sorted(lost, key=lambda name: -lost[name]) if lost[name] > 0]
        rules |= {"KPI-GRD-01"} if not graded else {"KPI-GRD-03"} if names else set()
        rules |= {"KPI-GRD-02"} if len(values) < len(measures) else set()
        return {"period": unit["period"], "graded": graded, "score": score,
                "grade": next(g for g, floor in BANDS if floor is None or score >= floor) if graded else "NOT_GRADED",
                "coverage": rounded(data_weight / weight, 4), "values": values, "points": points,
                "status": {name: "MEASURED" if value else "NO_DATA" for name, value in found.items()},
                "reasons": tuple(measures[name].reason for name in names), "lost": lost}
