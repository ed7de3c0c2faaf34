"""Judges projects by hand: what docs/projects.md says, in plain Python. Entry point: judge.

It knows no rulebook, only its figures (plain_values.Figures). Places are tuples that lose their last coordinate where they
are summed up; claims are judged by plain_claims.py.
"""

from collections import Counter, defaultdict
from datetime import date, timedelta
from decimal import Decimal

from plain_claims import Claims
from plain_values import SHANGHAI, day, day_of, moment, number, rounded

NOBODY = ("", "", "")


def first_of(month):
    return date.fromisoformat(month + "-01")


def next_month(first):
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def coordinates(row):
    return row.get("area", ""), row.get("district", ""), row.get("partner_id", "")


def above(place):
    """The place without its last coordinate; nothing is above the whole."""
    for last in (2, 1, 0):
        if place[last]:
            return place[:last] + ("",) * (3 - last)
    return None


def figure(row):
    return row["indicator"], row.get("month", ""), coordinates(row)


def label(row):
    return " ".join(part for part in (row.get("indicator", ""), *coordinates(row), row.get("month", "")) if part)


class Project:
    """One project with what is found of it: findings by rule, line and outcome; tasks; outputs."""

    def __init__(self, row, register, now, figures):
        self.row, self.register, self.now, self.figures = row, register, now, figures
        self.today = now.astimezone(SHANGHAI).date()
        self.found, self.tasks, self.outputs = Counter(), Counter(), {}
        self.kind = row.get("kind", "UNSPECIFIED")
        self.first, self.last = day(row, "period_from"), day(row, "period_to")
        self.has_period = bool(self.first and self.last and self.first <= self.last)
        closed = day(row, "closed_date")
        self.is_open = closed is None or closed > self.today
        self.doer = row.get("owner", "") or "PROJECT_CLERK"
        self.name = row.get("name", "")
        self.months = []
        at = self.first and self.first.replace(day=1)
        while self.has_period and at <= self.last:
            self.months.append(at.isoformat()[:7])
            at = next_month(at)

    def find(self, rule, line, outcome, task=None):
        """A task is who, by when, how urgent, about what."""
        self.found[rule, line, outcome] += 1
        if task:
            owner, due, priority, subject = task
            self.tasks[rule, line, owner, str(due or ""), priority, subject] += 1

    def rows(self, field):
        return self.row.get(field, [])

    # What is stated.

    def in_period(self, row):
        return self.has_period and (row.get("month", "") == "" or row["month"] in self.months)

    def check_statements(self):
        if not (self.row.get("id") and self.kind != "UNSPECIFIED" and self.row.get("owner") and self.has_period):
            self.find("PRJ-DAT-01", "", "HOLD")
        keys = [[figure(r) for r in self.rows("targets")], [figure(r) for r in self.rows("actuals")],
                [m.get("code", "") for m in self.rows("milestones")],
                [r.get("partner_id", "") for r in self.rows("readings")]]
        if any(len(set(k)) < len(k) for k in keys):
            self.find("PRJ-DAT-02", "", "HOLD")
        figures = self.rows("targets") + self.rows("actuals")
        if any(r["indicator"] not in self.figures.indicators for r in figures):
            self.find("PRJ-DAT-03", "", "HOLD")
        if self.has_period and not all(self.in_period(r) for r in figures):
            self.find("PRJ-DAT-04", "", "HOLD")
        self.mixed = {i for i in {r["indicator"] for r in self.rows("actuals")}
                      if len({bool(r.get("month")) for r in self.rows("actuals") if r["indicator"] == i}) == 2}
        if self.mixed:
            self.find("PRJ-DAT-05", "", "HOLD")
        for row in self.rows("targets"):
            if number(row, "value") < 0:
                self.find("PRJ-DAT-06", label(row), "HOLD")

    # Targets.

    def check_sums(self):
        by_place, by_month, there = defaultdict(list), defaultdict(list), set()
        targets = [row for row in self.rows("targets") if self.in_period(row)]
        for row in targets:
            (indicator, month, place), value = figure(row), number(row, "value")
            there.add((indicator, month, place))
            if place != NOBODY:
                level = max(i for i in range(3) if place[i])
                by_place[indicator, month, above(place), level].append(value)
            if month:
                by_month[indicator, place].append(value)
        for row in targets:
            (indicator, month, place), value = figure(row), number(row, "value")
            task = (self.doer, None, 2, self.name)
            for level in range(3):
                parts = by_place.get((indicator, month, place, level))
                if parts and sum(parts) != value:
                    self.find("PRJ-TGT-0%d" % (level + 1), label(row), "HOLD", task)
            parts = by_month.get((indicator, place)) if not month else None
            if parts and (sum(parts) > value or len(parts) >= len(self.months) and sum(parts) != value):
                self.find("PRJ-TGT-04", label(row), "HOLD", task)
            if self.is_cut_off(there, indicator, month, place):
                self.find("PRJ-TGT-05", label(row), "HOLD")

    @staticmethod
    def is_cut_off(there, indicator, month, place):
        direct = {(indicator, month, above(place))} | ({(indicator, "", place)} if month else set())
        further, at = set(), place
        while at is not None:
            further |= {(indicator, month, at), (indicator, "", at)}
            at = above(at)
        further.discard((indicator, month, place))
        return not direct & there and bool(further & there)

    def due(self, month):
        last = first_of(month) - timedelta(1)
        return last.replace(day=min(self.figures.target_day, last.day))

    def check_times(self):
        targets = self.rows("targets")
        for row in targets:
            month = row.get("month", "")
            if month and self.in_period(row) and "recorded_at" in row and day_of(row["recorded_at"]) > self.due(month):
                self.find("PRJ-TGT-08", label(row), "NOTE")
        if any(r.get("month") and "recorded_at" not in r for r in targets):
            self.find("PRJ-TGT-09", "", "NOTE")
        self.outputs["targets_missing"] = ()
        if not (self.is_open and self.has_period and self.kind in self.figures.target_kinds):
            return
        if not targets:
            self.find("PRJ-TGT-10", "", "HOLD", (self.doer, None, 1, self.name))
        indicators = list(dict.fromkeys(r["indicator"] for r in targets))
        there = {(r["indicator"], r.get("month", "")) for r in targets}
        lacking = [(i, m) for i in indicators for m in self.months if (i, m) not in there]
        missed = [(i, m) for i, m in lacking if self.due(m) < self.today]
        near = [m for _, m in lacking if self.today <= self.due(m) <= self.today + timedelta(self.figures.remind_days)]
        if missed:
            self.find("PRJ-TGT-06", "", "HOLD", (self.doer, min(self.due(m) for _, m in missed), 1, self.name))
        if near:
            self.find("PRJ-TGT-07", "", "NOTE", (self.doer, min(map(self.due, near)), 3, self.name))
        self.outputs["targets_missing"] = tuple("%s %s" % pair for pair in missed)

    # Progress.

    def days(self, first, last):
        whole = (last - first).days + 1
        return whole, max(0, min(whole, (self.today - first).days))

    def month_days(self, month):
        first = first_of(month)
        return self.days(max(self.first, first), min(self.last, next_month(first) - timedelta(1)))

    def share_of_period(self):
        """None where the pace is not clear."""
        if not self.has_period:
            return None
        seasons = self.rows("seasonal_weights")
        if not seasons:
            whole, over = self.days(self.first, self.last)
            return rounded(Decimal(over) / whole, 10)
        weights = {s["month"]: number(s, "weight") for s in seasons}
        if sorted(s["month"] for s in seasons) != self.months or any(w is None or w < 0 for w in weights.values()) or \
                sum(weights.values()) <= 0:
            return None
        due = Decimal(0)
        for month, weight in weights.items():
            whole, over = self.month_days(month)
            due += rounded(weight * over / whole, 10)
        return rounded(due / sum(weights.values()), 10)

    def reached(self, indicator, month, place):
        """The actuals that a place has, else those of its parts."""
        own, parts = [], set()
        for row in self.rows("actuals"):
            at = coordinates(row)
            if row["indicator"] != indicator or row.get("month", "") != month or not self.in_period(row):
                continue
            if at == place:
                own.append(number(row, "value"))
            while at is not None and at != place:
                if above(at) == place:
                    parts.add(at)
                at = above(at)
        return own or [value for part in sorted(parts) for value in self.reached(indicator, month, part)]

    def check_progress(self):
        share = self.share_of_period()
        self.outputs["share"] = share
        if self.has_period and share is None:
            self.find("PRJ-PAC-01", "", "HOLD")
        wholes = {(r["indicator"], coordinates(r)) for r in self.rows("targets") if not r.get("month")}
        followed, unmeasured, behind, lines = Counter(), [], [], []
        for row in self.rows("targets"):
            month, value = row.get("month", ""), number(row, "value")
            is_followed = self.is_open and (not month or (row["indicator"], coordinates(row)) not in wholes)
            due, is_over = self.due_share(row, share)
            started = due > 0 and value > 0 and row["indicator"] not in self.mixed
            done = self.done(row) if started else []
            line = {"pace": "NO_DATA", "target": value, **dict.fromkeys(("reached", "expected", "gap", "forecast"))}
            if done:
                line.update(self.progress(value, sum(done), due, is_over))
            lines.append(("target", label(row), line))
            if not is_followed:
                continue
            followed[line["pace"]] += 1
            if started and not done:
                unmeasured.append(label(row))
            if line["pace"] == "BEHIND":
                last = min(self.last, next_month(first_of(month)) - timedelta(1)) if month else self.last
                self.find("PRJ-PAC-02", label(row), "HOLD", (self.doer, last, 2, self.name))
            if line["pace"] == "MISSED":
                self.find("PRJ-PAC-03", label(row), "NOTE" if month else "HOLD")
            if line["pace"] in ("BEHIND", "MISSED"):
                behind.append((rounded(line["reached"] / value, 10), label(row)))
        if unmeasured:
            self.find("PRJ-ACT-01", "", "HOLD", (self.doer, None, 2, self.name))
        self.outputs["behind"] = tuple(name for _, name in sorted(behind, key=lambda pair: pair[0]))
        self.outputs["followed"] = {p: followed[p] for p in ("NO_DATA", "BEHIND", "ON_PACE", "AHEAD", "MET", "MISSED")}
        return lines

    def due_share(self, row, share):
        """The part of a target that is due, and whether its last day is over."""
        month = row.get("month", "")
        if not self.in_period(row):
            return Decimal(0), False
        whole, over = self.month_days(month) if month else self.days(self.first, self.last)
        if not month and share is None:
            return Decimal(0), over == whole
        part = share if not month else rounded(Decimal(over) / whole, 10)
        return (Decimal(1), True) if over == whole else (part, False)

    def done(self, row):
        month, place = row.get("month", ""), coordinates(row)
        if month:
            return self.reached(row["indicator"], month, place)
        return [v for m in ["", *self.months] for v in self.reached(row["indicator"], m, place)]

    def progress(self, value, reached, due, is_over):
        expected = rounded(value * due, 4)
        slack = expected * self.figures.pace_tolerance
        pace = ("MET" if reached >= value else "MISSED") if is_over else "BEHIND" if reached < expected - slack else \
            "AHEAD" if reached > expected + slack else "ON_PACE"
        can_tell = due >= self.figures.forecast_min_share
        forecast = reached if is_over else rounded(reached / due, 4) if can_tell else None
        return {"pace": pace, "reached": reached, "expected": expected, "gap": reached - expected, "forecast": forecast}

    def check_age(self):
        if not (self.has_period and self.is_open and self.rows("actuals")):
            return
        newest = max((day_of(r["recorded_at"]) for r in self.rows("actuals") if "recorded_at" in r), default=None)
        if newest is None or newest < min(self.today, self.last) - timedelta(self.figures.actual_days):
            self.find("PRJ-ACT-02", "", "NOTE", (self.doer, None, 3, self.name))

    # Steps and letters.

    def check_steps(self):
        rule, near_priority = {"GOLDEN_ITEM": ("PRJ-GLD", 3), "CAMPAIGN": ("PRJ-SLT", 2)}.get(self.kind, ("PRJ-MIL", 3))
        open_days = []
        for step in self.rows("milestones"):
            code, last, done = step.get("code", ""), day(step, "deadline"), day(step, "done_date")
            subject = " ".join(t for t in (step.get("name", ""), step.get("partner_id", "")) if t)
            owner = step.get("owner", "") or self.doer
            if done and done <= self.today:
                if last and done > last:
                    self.find("PRJ-MIL-03", code, "NOTE")
            elif self.is_open and not last:
                self.find("PRJ-MIL-04", code, "HOLD")
            elif self.is_open:
                open_days.append(last)
                if last < self.today:
                    self.find(rule + "-01", code, "HOLD", (owner, last, 1, subject))
                elif last <= self.today + timedelta(self.figures.remind_days):
                    self.find(rule + "-02", code, "NOTE", (owner, last, near_priority, subject))
        self.outputs["next_deadline"] = min(open_days, default=None)
        if self.kind == "GOLDEN_ITEM" and self.is_open and not (self.rows("product_ids") and self.rows("milestones")):
            self.find("PRJ-GLD-03", "", "HOLD")

    def check_letters(self):
        sent = read = due = 0
        for letter in self.rows("readings"):
            partner = letter.get("partner_id", "")
            sent_at, read_at = (moment(letter[f]) if f in letter else None for f in ("sent_at", "read_at"))
            if not partner or not sent_at or read_at and read_at < sent_at:
                self.find("PRJ-LTR-03", partner, "HOLD")
            if not sent_at or sent_at > self.now:
                continue
            sent += 1
            last = day_of(letter["sent_at"]) + timedelta(self.figures.read_days)
            if read_at and read_at <= self.now:
                read += 1
                due += 1
            elif last < self.today:
                due += 1
                if self.is_open:
                    self.find("PRJ-LTR-02", partner, "NOTE", (self.doer, last, 3, self.name))
        if self.is_open and due and read < due * self.figures.read_rate_min:
            self.find("PRJ-LTR-01", "", "HOLD")
        rate = rounded(Decimal(read) / sent, 4) if sent else None
        self.outputs.update(letters_sent=sent, letters_read=read, read_rate=rate)


def judge(row, register, now, figures):
    """A Project with all that is found of it, and the outputs of its targets and claims, in order."""
    project = Project(row, register, now, figures)
    project.check_statements()
    project.check_sums()
    project.check_times()
    lines = project.check_progress()
    project.check_age()
    project.check_steps()
    project.check_letters()
    project.lines = lines + Claims(project).check()
    worst = {outcome for _, _, outcome in project.found}
    project.verdict = "IN_ORDER" if worst <= {"NOTE"} else "ATTENTION"
    return project
