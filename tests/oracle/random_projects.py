"""Random projects with targets, actuals, steps, letters and claims, and the register of their photos, as rows of
assay.v1.Project and assay.v1.Photo. Entry point: Projects. Days and amounts lie often on limits; the same seed gives the
same projects.
"""
import random
from datetime import date, datetime, timedelta, timezone

SHANGHAI = timezone(timedelta(hours=8))
KINDS = ("INDICATOR", "SALES_TARGET", "CAMPAIGN", "GOLDEN_ITEM", "RECALL", "LETTER")


def stamp(at):
    return at.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


class Projects:
    """Draws projects that are judged at one moment, and registers their photos."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.today = date(2026, 1, 1) + timedelta(self.random.randrange(330))
        if self.chance(0.4):
            self.today = self.today.replace(day=self.random.randint(20, 28))
        self.now = self.at(self.today)
        self.register, self.hashes, self.claims = [], [], 0

    def chance(self, share):
        return self.random.random() < share

    def at(self, day):
        """A moment of that day in Shanghai, often its first or last second."""
        second = self.random.choice((0, 86399, self.random.randrange(86400)))
        return datetime(day.year, day.month, day.day, tzinfo=SHANGHAI) + timedelta(seconds=second)

    def near(self, day, most=9):
        """A day near another, often that one."""
        return day + timedelta(0 if self.chance(0.3) else self.random.randint(-most, most))

    def draw(self, number):
        choice = self.random.choice
        self.kind = choice(KINDS)
        self.days = choice((1, 10, 20, 30, 40, 100, self.random.randrange(1, 200)))
        self.first = self.today - timedelta(choice((0, 1, self.days // 2, self.days - 1, self.days, self.days + 3, -5)))
        if self.chance(0.3):
            self.first = self.first.replace(day=1)
        self.last = self.first + timedelta(self.days - 1)
        self.id = "X-%d" % number
        row = {"id": self.id, "kind": self.kind, "name": "Project %d" % number, "owner": "S-1", "currency": "CNY",
               "period_from": str(self.first), "period_to": str(self.last),
               "targets": self.targets(), "milestones": self.steps(), "readings": self.letters()}
        row["actuals"] = self.actuals(row["targets"])
        if self.chance(0.3):
            row["seasonal_weights"] = self.weights()
        if self.chance(0.7):
            row["product_ids"] = ["G-1"]
        self.deadline = self.near(self.today)
        row["claims"] = [self.claim() for _ in range(choice((0, 0, 1, 2, 4, 6)))]
        if row["claims"] and self.chance(0.05):
            row["claims"].append(dict(self.claim(), id=row["claims"][0]["id"]))
        for field, value, share in (("closed_date", str(self.near(self.today, 3)), 0.15),
                                    ("claim_deadline", str(self.deadline), 0.6),
                                    ("expense_cap", choice(("0", "500", "900.50", "1500", "3000")), 0.7)):
            if self.chance(share):
                row[field] = value
        for field in ("kind", "owner", "period_from", "period_to"):
            if self.chance(0.01):
                del row[field]
        return {key: value for key, value in row.items() if value != []}

    # Figures.

    def months(self):
        at, months = self.first.replace(day=1), []
        while at <= self.last:
            months.append(at.isoformat()[:7])
            at = (at + timedelta(31)).replace(day=1)
        return months

    def places(self):
        """A few areas, districts and partners, as trees that miss some of their sums."""
        rows = [{}]
        for a in range(self.random.choice((0, 1, 2))):
            area = {"area": "A%d" % a}
            rows.append(area)
            for d in range(self.random.choice((0, 1, 2))):
                district = {**area, "district": "D%d" % d}
                rows.append(district)
                rows += [{**district, "partner_id": "P%d" % p} for p in range(self.random.choice((0, 2)))]
        if self.chance(0.2):
            rows += [{"partner_id": "P%d" % p} for p in range(2)]
        return [row for row in rows if self.chance(0.9)]

    def targets(self):
        rows = []
        for indicator in self.random.sample(("SALES", "BACK_CABINET", "FRONT"), self.random.choice((0, 1, 1, 2))):
            if indicator == "FRONT" and self.chance(0.7):
                continue
            places, months = self.places(), self.months()
            handed_in = months[:-1] if self.chance(0.3) else months
            spans = self.random.choice(([""], handed_in, ["", *handed_in]))
            parts = {(): 1200}
            for place in places:
                value = self.value(place, places, parts)
                for month in spans:
                    if self.chance(0.04):
                        continue
                    row = {"indicator": indicator, **place, "value": str(value if not month else value // len(months))}
                    if self.chance(0.04):
                        row["value"] = self.random.choice(("0", "-5", "0.0001"))
                    if month:
                        row["month"] = month if self.chance(0.99) else "2031-01"
                    if self.chance(0.95 if month else 0.5):
                        row["recorded_at"] = stamp(self.at(self.handed_in(row.get("month", ""))))
                    rows.append(row)
            if rows and self.chance(0.03):
                rows.append(dict(rows[0]))
        if self.chance(0.5):
            self.random.shuffle(rows)
        return rows

    def value(self, place, places, parts):
        """An equal share of what the place is part of, so that most sums add up."""
        key = tuple(place.values())
        siblings = [p for p in places if len(p) == len(place) and list(p.values())[:-1] == list(place.values())[:-1] and
                    list(p) == list(place)]
        whole = parts.get(key[:-1], 1200) if key else 1200
        parts[key] = whole // len(siblings) if key else whole
        return parts[key]

    def handed_in(self, month):
        if not month or month > "2030":
            return self.first
        before = date.fromisoformat(month + "-01") - timedelta(1)
        return before.replace(day=28) + timedelta(self.random.choice((0, 0, -3, 1)))

    def actuals(self, targets):
        rows, by_month = [], self.chance(0.5)
        pool = [t for t in targets if self.chance(0.5)] + [dict(t, partner_id="Z") for t in targets if self.chance(0.1)]
        seen = set()
        for target in pool:
            row = {key: target[key] for key in ("indicator", "area", "district", "partner_id") if key in target}
            if by_month != self.chance(0.02):
                row["month"] = target.get("month") or self.random.choice(self.months())
            key = tuple(sorted(row.items()))
            if key in seen and not self.chance(0.02):
                continue
            seen.add(key)
            share = min(1, max(0, (self.today - self.first).days / self.days))
            factor = self.random.choice((0, 0.5, 0.95, 0.9, 1, 1.05, 1.2, self.random.random() * 2))
            row["value"] = "%.4f" % (float(target["value"]) * (share or 1) * factor)
            if self.chance(0.9):
                row["recorded_at"] = stamp(self.at(self.near(self.today - timedelta(4), 5)))
            rows.append(row)
        return rows

    def weights(self):
        rows = [{"month": m, "weight": self.random.choice(("1", "2", "0.5", "3"))} for m in self.months()]
        if self.chance(0.1):
            rows[0] = {**rows[0], "weight": "0"}
        if self.chance(0.1):
            rows[-1] = self.random.choice(({"month": rows[0]["month"], "weight": "1"}, {"month": rows[-1]["month"]},
                                           {**rows[-1], "weight": "-1"}))
        self.random.shuffle(rows)
        return rows if not self.chance(0.05) else rows[1:]

    # Steps and letters.

    def steps(self):
        rows = []
        for i in range(self.random.choice((0, 0, 2, 5))):
            row = {"code": "M-%d" % i}
            for field, value, share in (("name", "Step %d" % i, 0.7), ("owner", "S-2", 0.3), ("partner_id", "P-1", 0.3),
                                        ("deadline", str(self.near(self.today)), 0.95),
                                        ("done_date", str(self.near(self.today)), 0.3)):
                if self.chance(share):
                    row[field] = value
            rows.append(row)
        return rows

    def letters(self):
        rows = []
        for i in range(self.random.choice((0, 0, 3, 20)) if self.kind == "LETTER" or self.chance(0.1) else 0):
            sent = self.at(self.near(self.today - timedelta(3), 5))
            row = {"partner_id": "P-%d" % i, "sent_at": stamp(sent)}
            if self.chance(0.9):
                row["read_at"] = stamp(sent + timedelta(hours=self.random.choice((0, 1, 30, 90))))
            if self.chance(0.02):
                row.update(read_at=stamp(sent - timedelta(seconds=1)))
            for field in list(row):
                if self.chance(0.01):
                    del row[field]
            rows.append(row)
        return rows

    # Claims.

    def claim(self):
        choice, self.claims = self.random.choice, self.claims + 1
        begins = self.first + timedelta(self.random.randrange(self.days))
        ends = min(self.last, begins + timedelta(self.random.randrange(10)))
        planned = choice((300, 500, 600, 1000))
        claimed = planned + choice((0, 0, 0, -50, planned * 5 / 100, planned * 5 / 100 + 0.01, 100))
        handed_in = min(self.deadline, self.today - timedelta(1)) - timedelta(choice((0, 0, 1, 5)))
        row = {"id": "E-%03d" % self.claims, "project_id": self.id, "activity": "FAIR", "partner_id": "P-1",
               "item_kind": choice(("CABINET", "MATERIAL", "GIFT", "OTHER")), "planned_amount": str(planned),
               "claimed_amount": "%.2f" % claimed, "currency": "CNY", "place": "ST-1", "activity_from": str(begins),
               "activity_to": str(ends), "submitted_by": "C-1",
               "submitted_at": stamp(self.at(handed_in))}
        if self.chance(0.1):
            row.update(choice(({"project_id": "X-0"}, {"currency": "USD"}, {"claimed_amount": "0"},
                               {"claimed_amount": "9.999"}, {"planned_amount": "0"}, {"planned_amount": "33.33"},
                               {"activity_from": str(ends + timedelta(1))},
                               {"activity_to": str(self.last + timedelta(1))},
                               {"activity_from": str(self.first - timedelta(1))},
                               {"submitted_at": stamp(self.now + timedelta(seconds=1))},
                               {"submitted_at": stamp(self.at(self.deadline + timedelta(1)))})))
        row["photos"] = [self.photo(row, begins, ends) for _ in range(choice((0, 1, 2, 2, 2, 3)))]
        if self.chance(0.2):
            row.update(self.decision(row))
        for field in list(row):
            if self.chance(0.005) and field != "id":
                del row[field]
        return row

    def decision(self, row):
        amount = float(row["claimed_amount"])
        return self.random.choice((
            {"status": "APPROVED", "approved_amount": row["claimed_amount"], "decided_by": "S-9"},
            {"status": "CUT", "approved_amount": "%.2f" % (amount / 2), "decided_by": "S-9"},
            {"status": "REFUSED", "decided_by": "S-9"}, {"status": "REFUSED", "decided_by": "C-1"},
            {"status": "APPROVED", "decided_by": "S-9"}, {"status": "SUBMITTED", "approved_amount": "1"},
            {"status": "CUT", "approved_amount": "%.2f" % (amount + 0.01), "decided_by": "S-9"},
            {"status": "APPROVED", "approved_amount": "%.2f" % (amount / 2), "decided_by": "S-9"}))

    def photo(self, claim, begins, ends):
        """A photo, mostly a new one and mostly registered under its claim."""
        if self.hashes and self.chance(0.05):
            digest = self.random.choice(self.hashes)
        else:
            digest = "%08x" % self.random.getrandbits(32)
            self.hashes.append(digest)
        taken = begins + timedelta(self.random.randrange((ends - begins).days + 1))
        row = {"hash": digest, "taken_at": stamp(self.at(taken)), "place": "ST-1"}
        if self.chance(0.05):
            row.update(self.random.choice(({"taken_at": stamp(self.at(ends + timedelta(1)))}, {"place": "ST-2"},
                                           {"hash": ""}, {"hash": digest.upper() + "F"})))
        for field in list(row):
            if self.chance(0.01):
                del row[field]
        if row.get("hash") and self.chance(0.98):
            entry = {"hash": row["hash"], "evidence_of": claim["id"]}
            if self.chance(0.98):
                entry["uploaded_at"] = stamp(self.at(self.near(self.today, 1)))
            self.register.append(entry)
        if row.get("hash") and self.chance(0.03):
            self.register.append({"hash": row["hash"], "evidence_of": self.random.choice(("V-1", "A-1", "Z-1")),
                                  "uploaded_at": stamp(self.at(self.near(self.today, 1)))})
        return row


def large_project(partners, today):
    """This year's sales targets of so many partners in districts of twenty, by month, and what was sold by October; one
    district adds up to too much, and one partner sold nothing."""
    places = [{}, {"area": "SW"}]
    for number in range(partners):
        district = {"area": "SW", "district": "D-%d" % (number // 20)}
        places += ([] if number % 20 else [district]) + [{**district, "partner_id": "P-%d" % number}]
    months = ["%d-%02d" % (today.year, month) for month in range(1, 13)]

    def size(place):
        return 1 if "partner_id" in place else 20 if "district" in place else partners

    def target(place, month):
        much = 10 * size(place) * (1 if month else 12) + (1 if place.get("district") == "D-3" and month == "" else 0)
        return {"indicator": "SALES", "month": month, **place, "value": str(much),
                "recorded_at": "%d-12-01T02:00:00Z" % (today.year - 1)}

    return {"id": "X-LARGE", "kind": "SALES_TARGET", "name": "The year", "owner": "S-1", "currency": "CNY",
            "period_from": months[0] + "-01", "period_to": months[-1] + "-31",
            "targets": [target(place, month) for month in ["", *months] for place in places],
            "actuals": [{"indicator": "SALES", "month": month, **place, "value": "0" if place["partner_id"] == "P-7" else "10",
                         "recorded_at": "%d-11-10T02:00:00Z" % today.year}
                        for month in months[:10] for place in places if "partner_id" in place]}
