"""Random partners with the records of a period, as rows of assay.v1.PartnerPeriod and assay.v1.Partner.

Entry point: Partners. Values lie often on limits: whole points, floors and margins, first and last days, nothing at all.
The same seed gives the same partners.
"""
import datetime
import random

PERIODS = (("2026-11", "2026-10", "2026-11-01", "2026-11-30"), ("2026-Q3", "2026-Q2", "2026-07-01", "2026-09-30"))
TODAY = datetime.date(2026, 12, 2)
NOW = "2026-12-02T09:00:00+08:00"
INDICATORS = ("BACK_CABINET", "EXPERIENCE_EVENT", "TWO_THREE_FIVE_STORE", "ISLAND_DISPLAY")
SCORES = ("50", "62.999999", "63", "67", "77.999999", "78", "82", "87.999999", "88", "91.999999", "92", "100")


class Partners:
    """Draws one partner after the other."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def draw(self, number):
        """The rows of one partner: its period, and the partner itself with its distributor where it has one."""
        self.number = number
        self.id = "Q-%05d" % number
        code, before, first, last = self.random.choice(PERIODS)
        self.first, self.last = datetime.date.fromisoformat(first), datetime.date.fromisoformat(last)
        period = {"partner_id": self.id, "period": code, "period_from": first, "period_to": last, "currency": "CNY",
                  "months": self.months(), "receivables": self.receivables(), "orders": self.orders(),
                  "complaints": self.complaints(), "results": self.results()}
        if self.chance(0.95):
            period["previous_period"] = before
        return {k: v for k, v in period.items() if v != []}, self.partners(code, before)

    def chance(self, share):
        return self.random.random() < share

    def day(self, first, last):
        """A day between two, often one of them or a day beside them."""
        if self.chance(0.3):
            return self.random.choice((first, last, first - datetime.timedelta(1), last + datetime.timedelta(1)))
        return first + datetime.timedelta(self.random.randrange((last - first).days + 1))

    def share_of(self, whole):
        """A part of it, or more: often a round one."""
        part = self.random.choice((50, 60, 70, 80, 84, 88, 90, 94, 100, 110)) if self.chance(0.6) else None
        return whole * part // 100 if part is not None else self.random.randrange(whole * 13 // 10)

    def months(self):
        if self.chance(0.1):
            return []
        rows = []
        for year in (2025, 2026):
            for month in range(1, 13):
                row = {"month": "%d-%02d" % (year, month), "currency": "CNY"}
                if self.chance(0.99):
                    row["sales"] = str(self.share_of(100000))
                if self.chance(0.8 if year == 2026 else 0.1):
                    row["sales_target"] = self.random.choice(("100000", "80000.50", "0"))
                if self.chance(0.98):
                    rows.append(row)
        self.random.shuffle(rows)
        return rows

    def receivables(self):
        rows = []
        for i in range(self.random.choice((0, 1, 3, 8))):
            due = self.day(self.first - datetime.timedelta(100), self.last)
            row = {"id": "R-%d" % i, "due_date": str(due), "amount": "%d.%02d" % (self.share_of(9000), i),
                   "currency": "CNY"}
            if self.chance(0.85):
                row["paid_date"] = str(due + datetime.timedelta(self.random.choice((-3, 0, 0, 0, 0, 1, 8, 31, 61, 95))))
            rows.append(row)
        return rows

    def moment(self, day):
        """A moment of that day in Shanghai, often its first or last second."""
        start = datetime.datetime(day.year, day.month, day.day) - datetime.timedelta(hours=8)
        second = self.random.choice((0, 86399, self.random.randrange(86400)))
        return (start + datetime.timedelta(seconds=second)).isoformat() + "Z"

    def orders(self):
        share = self.random.choice((0, 0, 0.01, 0.05, 0.1, 0.3))
        rows = []
        for i in range(self.random.choice((0, 1, 10, 30, 100))):
            row = {"order_id": "%s-%d" % (self.id, i), "submitted_at": self.moment(self.day(self.first, self.last))}
            if self.chance(share):
                row["rejected"] = True
            if self.chance(0.05):
                row["cancelled"] = True
            rows.append(row)
        return rows

    def complaints(self):
        return [self.complaint(i) for i in range(self.random.choice((0, 0, 0, 1, 2)))]

    def complaint(self, i):
        choice = self.random.choice
        row = {"id": "%s-C%d" % (self.id, i), "against": choice(("COMPLAINT_TARGET_PARTNER",) * 4 +
                                                                ("COMPLAINT_TARGET_DEPARTMENT",)),
               "against_id": choice((self.id,) * 5 + ("Q-OTHER",)),
               "subject": choice(("TERRITORY", "PRICE_SYSTEM", "FALSE_CLAIM", "QUALITY"))}
        if self.chance(0.2):
            row["state"] = choice(("COMPLAINT_STATE_WITHDRAWN", "COMPLAINT_STATE_NOT_UPHELD", "COMPLAINT_STATE_CLOSED"))
        row["events"] = [{"at": self.moment(self.day(self.first, self.last)), "state": "COMPLAINT_STATE_DECIDED",
                          "decision": choice(("COMPLAINT_DECISION_ACCEPTED",) * 3 + ("COMPLAINT_DECISION_REFUSED",))}
                         for _ in range(choice((0, 1, 1, 1, 2)))]
        return row

    def results(self):
        rows = []
        for indicator in INDICATORS[:self.random.choice((0, 1, 2, 4))]:
            for month in ("2026-07", "2026-09", "2026-10", "2026-11"):
                row = {"indicator": indicator, "month": month}
                if self.chance(0.9):
                    row["target"] = self.random.choice(("100", "7", "0"))
                if self.chance(0.9):
                    row["actual"] = str(self.share_of(100))
                rows.append(row)
        return rows

    def contract(self):
        row = {"id": "HT"}
        if self.chance(0.9):
            row["signed"] = str(self.day(datetime.date(2026, 1, 1), self.first))
        if self.chance(0.5):
            row["valid_from"] = str(self.day(datetime.date(2026, 1, 1), self.first))
        if self.chance(0.7):
            row["valid_to"] = str(self.day(self.first, self.last))
        if self.chance(0.1):
            row["ended"] = str(self.day(self.first, self.last))
        return row

    def deposit(self):
        row = {"currency": "CNY"}
        if self.chance(0.95):
            row["required"] = self.random.choice(("20000", "0"))
        if self.chance(0.9):
            row["paid"] = str(self.share_of(20000))
        if self.chance(0.1):
            row["due_date"] = str(self.day(self.first, self.last))
        if self.chance(0.05):
            row["returned_date"] = str(self.last)
        return row

    def history(self, code, before):
        rows = []
        for period in ("2026-01", before, code):
            if not self.chance(0.15 if period == code else 0.85):
                continue
            level = self.random.choice(("VIP", "A", "B", "C"))
            row = {"period": period, "earned": level, "effective": level}
            if self.chance(0.9):
                row["score"] = self.random.choice(SCORES)
            if self.chance(0.8):
                row["confirmed_by"] = "S-7"
            rows.append(row)
        self.random.shuffle(rows)
        return rows

    def override(self):
        row = {key: value for key, value in (("level", self.random.choice(("VIP", "A", "B", "C"))), ("actor", "S-7"),
                                             ("reason", "launch")) if self.chance(0.9)}
        if self.chance(0.5):
            row["valid_from"] = str(self.day(TODAY - datetime.timedelta(5), TODAY))
        if self.chance(0.5):
            row["valid_until"] = str(self.day(TODAY, TODAY + datetime.timedelta(5)))
        return row

    def partners(self, code, before):
        partner = {"id": self.id, "level_history": self.history(code, before),
                   "contracts": [self.contract() for _ in range(self.random.choice((0, 1, 1, 2)))]}
        if self.chance(0.9):
            partner["deposit"] = self.deposit()
        if self.chance(0.9):
            partner["level"] = self.random.choice(("VIP", "A", "B", "C"))
        if self.chance(0.1):
            partner["level_override"] = self.override()
        if not self.chance(0.3):
            return [partner]
        partner.update(channel="PARTNER_CHANNEL_SECOND", parent_id=self.id + "-P")
        return [partner, {"id": self.id + "-P", "contracts": [self.contract()]}]
