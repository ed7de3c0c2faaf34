"""Random partners with all that is known of their care, as rows of the datasets of rules/standard/worklists.yaml.

Entry point: draw_desk. Days lie often on limits: a day before, on and after them. The same seed gives the same desk.
"""
from datetime import date, datetime, timedelta, timezone

NOW = datetime(2026, 11, 20, 1, 0, 0, tzinfo=timezone.utc)
TODAY = date(2026, 11, 20)
AREAS = {"SW": ("CD", "MY", ""), "NW": ("XA", ""), "": ("ZZ", "")}
CODES = ("a", "b", "c")


class Draw:
    def __init__(self, random, figures):
        self.random, self.figures = random, figures

    def chance(self, share):
        return self.random.random() < share

    def one(self, *values):
        return self.random.choice(values)

    def day(self, *limits):
        """A day beside one of these distances from today, or any within a year."""
        if self.chance(0.7):
            return str(TODAY + timedelta(self.random.choice(limits) + self.random.randint(-1, 1)))
        return str(TODAY + timedelta(self.random.randint(-300, 200)))

    def moment(self, *limits):
        """A moment in such days in Shanghai, often the first or last second, or beside this moment of the day."""
        day = date.fromisoformat(self.day(*limits))
        second = self.random.choice((0, 86399, 32399, 32400, 32401, self.random.randrange(86400)))
        start = datetime(day.year, day.month, day.day, tzinfo=timezone.utc) - timedelta(hours=8)
        return stamp(start + timedelta(seconds=second))

    def some(self):
        """A few codes; none is all."""
        return sorted(self.random.sample(CODES, self.random.choice((0, 0, 1, 2, 3))))

    def often(self, row, name, share, value):
        if self.chance(share):
            row[name] = value

    def paper(self, number, ahead, scopes, unlimited):
        """Anything with an end. Often it follows the one before, or is to be followed by the next."""
        row = {"id": f"K-{number}"}
        self.often(row, "valid_to", 0.9, self.day(ahead, ahead, 0, -self.figures["lapsed_reach_days"]))
        self.often(row, "valid_from", 0.4, self.day(ahead, 0, 1))
        for scope in scopes:
            self.often(row, scope, 1 - unlimited, self.some())
        return row

    def contracts(self):
        rows = [self.paper(i, self.figures["contract_ahead_days"],
                           ("brands", "product_lines", "regions", "stores"), 0.8) for i in range(self.one(0, 1, 2, 3))]
        for row in rows:
            self.often(row, "signed", 0.9, "2025-12-01")
            self.often(row, "ended", 0.1, self.day(0, 10))
        return rows

    def letters(self):
        scopes = ("categories", "brands", "product_lines", "regions", "stores")
        rows = [self.paper(i, self.figures["letter_ahead_days"], scopes, 0.85) for i in range(self.one(0, 1, 2, 3))]
        for row in rows:
            row["kind"] = self.one("SALE", "SALE", "SHOW")
            self.often(row, "revoked", 0.1, self.day(0, 10))
        return rows

    def licences(self):
        rows = [self.paper(i, self.figures["licence_ahead_days"], ("categories",), 0.5) for i in range(self.one(0, 1, 2, 3))]
        return [{**{name: value for name, value in row.items() if name != "id"}, "kind": self.one("FOOD", "FOOD", "MEDICAL")}
                for row in rows]

    def prepayments(self):
        rows = []
        for i in range(self.one(0, 0, 1, 2, 4)):
            row = {"id": f"Y-{i}", "currency": self.one("CNY", "CNY", "USD"), "store_id": self.one("", "P-9", "P-8")}
            self.often(row, "unapplied", 0.9, self.one("0", "0.0100", "12.5", "300"))
            self.often(row, "received_date", 0.8, self.day(-self.figures["prepayment_days"]))
            self.often(row, "cleared", 0.5, self.chance(0.7))
            rows.append(row)
        return rows

    def deposit(self):
        row = {"currency": "CNY"}
        self.often(row, "required", 0.9, self.one("0", "100", "100.0000"))
        self.often(row, "paid", 0.8, self.one("0", "99.9999", "100"))
        self.often(row, "due_date", 0.6, self.day(0, self.figures["ahead_days"]))
        self.often(row, "returned_date", 0.1, "2026-11-01")
        return row

    def photos(self, done):
        limit = done + timedelta(seconds=self.figures["photo_time"])
        rows = []
        for _ in range(self.one(0, 0, 1, 1, 2, 3)):
            row = {"hash": "aa"}
            self.often(row, "uploaded_at", 0.9, stamp(self.one(done, limit, limit + timedelta(seconds=1), NOW,
                                                               NOW + timedelta(seconds=1))))
            rows.append(row)
        return rows

    def visits(self, partner_id):
        rows = []
        reach, every = -self.figures["visit_reach_days"], -self.figures["visit_days"].get("A", 7)
        for i in range(self.one(0, 1, 2, 4)):
            row = {"id": f"V-{partner_id}-{i}", "partner_id": partner_id}
            self.often(row, "status", 0.8, "VISIT_STATUS_" + self.one("PLANNED", "DONE", "DONE", "SKIPPED"))
            self.often(row, "planned_date", 0.8, self.day(reach, every, 0, -self.figures["make_up_days"]))
            self.often(row, "skip_reason", 0.3, "RAIN")
            if self.chance(0.6):
                row["done_at"] = self.moment(reach, every, every + self.figures["ahead_days"], 0)
                row["photos"] = self.photos(parse(row["done_at"]))
            rows.append(row)
        return rows

    def contacts(self, partner_id):
        rows = []
        for i in range(self.one(0, 1, 2)):
            row = {"id": f"C-{partner_id}-{i}", "partner_id": partner_id}
            self.often(row, "answered_at", 0.85, self.moment(-self.figures["contact_days"].get("VIP", 7), 0,
                                                            self.figures["ahead_days"] - 7))
            rows.append(row)
        return rows

    def stock(self, partner_id):
        rows = []
        for product in "ABC"[: self.one(0, 0, 1, 2)]:
            row = {"partner_id": partner_id, "product_id": product, "in_store": self.one("0", "2", "9.5"),
                   "in_transit": self.one("0", "0.5"), "open_orders": self.one("0", "0.000001")}
            self.often(row, "safety_stock", 0.8, self.one("0", "2", "10", "2.500001"))
            self.often(row, "as_of", 0.85, self.moment(0, -self.figures["stock_age_days"]))
            rows.append(row)
        return rows

    def partner(self, number, agents):
        area = self.one("SW", "SW", "SW", *AREAS)
        row = {"id": f"P-{number:03}", "name": f"N{self.random.randrange(6)}", "area": area,
               "district": self.one(*AREAS[area]), "channel": "PARTNER_CHANNEL_" + self.one("FIRST", "SECOND")}
        status = self.one("ACTIVE", "ACTIVE", "ACTIVE", "ABNORMAL", "SUSPENDED", "TERMINATED", "PROSPECT", "PROSPECT", "")
        if status:
            row["status"] = "PARTNER_STATUS_" + status
        self.often(row, "owner_agent", 0.7, self.one(*agents, "S-99"))
        self.often(row, "salesperson", 0.7, "S-50")
        self.often(row, "level", 0.8, self.one("VIP", "A", "B"))
        self.often(row, "visit_class", 0.7, self.one("A", "B", "C"))
        news = -self.figures["welcome_days"], -self.figures["welcome_reach_days"], 0
        self.often(row, "opened_date", 0.7, self.day(*news, -31))
        self.often(row, "handed_over_date", 0.2, self.day(*news))
        self.often(row, "archive_confirmed_date", 0.7, self.day(-31, -30, self.figures["ahead_days"] - 31))
        self.often(row, "orphaned_since", 0.3, self.day(-self.figures["orphan_days"], 0))
        self.often(row, "tax_number", 0.4, f"T{self.random.randrange(12)}")
        self.often(row, "address", 0.4, f"X{self.random.randrange(4)}")
        self.often(row, "phone", 0.4, f"F{self.random.randrange(12)}")
        reservation = {}
        self.often(reservation, "registered_by", 0.8, "S-50")
        self.often(reservation, "registered_at", 0.8, self.moment(-self.figures["duplicate_days"]))
        row.update(contracts=self.contracts(), authorisation_letters=self.letters(), licences=self.licences(),
                   prepayments=self.prepayments())
        self.often(row, "deposit", 0.7, self.deposit())
        self.often(row, "reservation", 0.8, reservation)
        return row

    def person(self, number):
        area = self.one("SW", "SW", "SW", *AREAS)
        row = {"id": f"S-{number:02}", "role": self.one("SERVICE_AGENT", "SERVICE_AGENT", "SERVICE_AGENT", "ARCHIVE_CLERK"),
               "area": area, "district": self.one(*AREAS[area])}
        self.often(row, "valid_from", 0.2, self.day(0))
        self.often(row, "valid_to", 0.25, self.day(0, 0, -self.figures["orphan_days"]))
        self.often(row, "capacity", 0.4, self.random.randint(1, 6))
        return row


def stamp(moment):
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def parse(text):
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=timezone.utc)


def draw_figures(random):
    """The parameters of one site."""
    def about(default):
        return random.choice((default, default, max(0, default - random.randint(1, 5)), default + random.randint(1, 9)))
    return {
        "cared_for": random.choice((["ACTIVE", "ABNORMAL"], ["ACTIVE", "ABNORMAL"], ["ACTIVE", "SUSPENDED"])),
        "ahead_days": about(3), "contact_days": random.choice(({"VIP": 7}, {"VIP": 5, "A": 14})), "welcome_days": about(7),
        "welcome_reach_days": about(30), "visit_days": random.choice(({"A": 7, "B": 7}, {"A": 3, "C": 9})),
        "visit_reach_days": about(28), "make_up_days": about(3), "photos_needed": random.choice((1, 1, 2, 0)),
        "photo_time": random.choice((86400, 3600)), "orphan_days": about(3), "contract_ahead_days": about(60),
        "letter_ahead_days": about(30), "licence_ahead_days": about(60), "lapsed_reach_days": about(90),
        "archive_months": random.choice((1, 1, 2)), "prepayment_days": about(30), "stock_age_days": about(7),
        "duplicate_days": about(3), "priority_overdue": 1, "priority_due": 2, "priority_minor": random.choice((3, 5)),
        "owner_roles": random.choice((["SERVICE_AGENT"], ["SERVICE_AGENT", "ARCHIVE_CLERK"])),
    }


def draw_desk(random, figures, count):
    """{dataset: rows} of one desk with so many partners."""
    draw = Draw(random, figures)
    staff = [draw.person(i) for i in range(1, random.choice((4, 16)))]
    partners = [draw.partner(i, [row["id"] for row in staff]) for i in range(1, count + 1)]
    ids = [row["id"] for row in partners]
    return {
        "partners": partners, "staff": staff,
        "contacts": [row for i in ids for row in draw.contacts(i)], "visits": [row for i in ids for row in draw.visits(i)],
        "partner_stock": [row for i in ids for row in draw.stock(i)],
    }
