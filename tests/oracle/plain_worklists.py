"""The worklists of partner care (docs/domain.md, section 8, with the figures of docs/worklists.md) in plain Python.

Entry point: worklists, which gives the tasks and outputs of every partner of a desk. Orphans are given away one after the
other, as a manager would.
"""
from calendar import monthrange
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

from cared_partners import NOW, TODAY, parse

SHANGHAI = timezone(timedelta(hours=8))
FAR = datetime(9999, 12, 31, tzinfo=timezone.utc)


def day_of(text):
    return date.fromisoformat(text) if text else None


def local(text):
    return parse(text).astimezone(SHANGHAI).date()


def months_later(day, months):
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def within(scope, other):
    """Whether a list of codes, none of which is all, lies in another."""
    return not other or bool(scope) and set(scope) <= set(other)


def follows(paper, later, scopes):
    """Whether a later paper goes on where one ends, for at least as much."""
    end, start = day_of(later.get("valid_to")), day_of(later.get("valid_from"))
    over = day_of(paper["valid_to"])
    return ((end is None or end > over) and (start is None or start <= over + timedelta(1)) and
            all(within(paper.get(scope, []), later.get(scope, [])) for scope in scopes))


class Care:
    """What is due about one partner."""

    def __init__(self, partner, desk, figures, proposals):
        self.partner, self.desk, self.figures, self.proposals = partner, desk, figures, proposals
        self.tasks, self.notes, self.outputs = [], [], {}
        self.id = partner["id"]
        self.cared = is_cared_for(partner, figures)
        agent = at_work(partner, desk)
        self.agent = agent if agent else "SERVICE_MANAGER"
        self.seller = partner.get("salesperson", "SALES_SUPERVISOR")
        self.horizon = TODAY + timedelta(figures["ahead_days"])

    def days(self, name):
        return timedelta(self.figures[name])

    def add(self, rule, owner, due, late=None, line="", subject="", minor=False):
        """A task; `late` says whether it is past, None that the question does not arise."""
        urgent = self.figures["priority_due" if minor else "priority_overdue"]
        calm = self.figures["priority_minor" if minor else "priority_due"]
        self.tasks.append((rule, line, owner, str(due), urgent if late else calm, subject or self.partner["name"],
                           "HOLD" if late else "NOTE"))

    def judge(self):
        status = self.partner.get("status")
        if status is None:
            self.tasks.append(("WKL-STA-01", "", "ARCHIVE_CLERK", str(TODAY), self.figures["priority_due"],
                               self.partner["name"], "HOLD"))
        if status == "PARTNER_STATUS_PROSPECT":
            self.twice()
        self.contacts()
        self.visits()
        if self.cared:
            self.orphan()
            self.papers()
            self.money()
            self.archive_and_stock()
        return self

    def contacts(self):
        days = [local(row["answered_at"]) for row in self.desk["contacts"]
                if row["partner_id"] == self.id and "answered_at" in row and parse(row["answered_at"]) <= NOW]
        opened, handed = day_of(self.partner.get("opened_date")), day_of(self.partner.get("handed_over_date"))
        news = [day for day in (opened, handed) if day and TODAY - self.days("welcome_reach_days") <= day <= TODAY]
        welcome = bool(news) and all(day < max(news) for day in days)
        every = self.figures["contact_days"].get(self.partner.get("level", ""), 0)
        due = None
        if self.cared and every:
            due = max(days) + timedelta(every) if days else opened + timedelta(every) if opened else TODAY
        self.outputs["contact_due"] = due
        if self.cared and welcome:
            by = max(news) + self.days("welcome_days")
            self.add("WKL-CON-02", self.agent, by, by < TODAY)
        elif due is not None and due <= self.horizon:
            self.add("WKL-CON-01", self.agent, due, due < TODAY)

    def visits(self):
        rows = sorted((row for row in self.desk["visits"] if row["partner_id"] == self.id),
                      key=lambda row: (row.get("planned_date", ""), row["id"]))
        skipped = [row for row in rows if row.get("status") == "VISIT_STATUS_SKIPPED"]
        made = [row for row in rows if row not in skipped and "done_at" in row and parse(row["done_at"]) <= NOW]
        made_days = [local(row["done_at"]) for row in made]
        first = TODAY - self.days("visit_reach_days")
        planned = [row for row in rows if "planned_date" in row and first <= day_of(row["planned_date"]) < TODAY]
        open_plans = [row for row in planned if not any(day >= day_of(row["planned_date"]) for day in made_days)]
        missed = [row for row in open_plans if row not in made and row not in skipped]
        left_out = [row for row in open_plans if row in skipped]
        shown = [row for row in made if local(row["done_at"]) >= first]
        kept = [row for row in planned if row in made]
        self.outputs.update(
            visits_planned=len(planned), visits_made=len(kept), visits_skipped=len([row for row in planned if row in skipped]),
            visits_shown=len(shown), photos_in_time=len([row for row in shown if self.photos_in_time(row)]),
            visit_compliance=None if not planned else
            (Decimal(2 * 10000 * len(kept) + len(planned)) // (2 * len(planned))) / 10000)
        every = self.figures["visit_days"].get(self.partner.get("visit_class", ""), 0)
        opened = day_of(self.partner.get("opened_date"))
        due = None
        if self.cared and every and self.partner["channel"] == "PARTNER_CHANNEL_SECOND":
            due = max(made_days) + timedelta(every) if made_days else opened + timedelta(every) if opened else TODAY
        self.outputs["visit_due"] = due
        if not self.cared:
            return
        if missed:
            self.add("WKL-VIS-02", self.seller, missed[0]["planned_date"], True)
        elif due is not None and due <= self.horizon:
            self.add("WKL-VIS-01", self.seller, due, due < TODAY)
        if left_out:
            by = day_of(left_out[0]["planned_date"]) + self.days("make_up_days")
            self.add("WKL-VIS-03", "SALES_SUPERVISOR", by, by < TODAY)
        self.photos(shown)

    def handed_in(self, visit, limit):
        there = [parse(photo["uploaded_at"]) for photo in visit.get("photos", []) if "uploaded_at" in photo]
        return len([at for at in there if at <= NOW and at <= limit]) >= self.figures["photos_needed"]

    def photo_limit(self, visit):
        return parse(visit["done_at"]) + timedelta(seconds=self.figures["photo_time"])

    def photos_in_time(self, visit):
        return self.handed_in(visit, self.photo_limit(visit))

    def photos(self, shown):
        without = [self.photo_limit(row) for row in shown if not self.handed_in(row, NOW)]
        if without:
            by = min(without)
            self.add("WKL-VIS-04", self.seller, by.strftime("%Y-%m-%dT%H:%M:%SZ"), by < NOW)
        if any(self.handed_in(row, NOW) and not self.photos_in_time(row) for row in shown):
            self.notes.append("WKL-VIS-05")

    def orphan(self):
        if self.id not in self.proposals:
            return
        proposed, since = self.proposals[self.id]
        due = TODAY if since is None else since + self.days("orphan_days")
        self.outputs["proposed_agent"] = proposed
        if proposed:
            self.add("WKL-OWN-01", "SERVICE_MANAGER", due, due < TODAY)
        else:
            self.add("WKL-OWN-02", "SERVICE_MANAGER", due, True)

    def papers(self):
        contract_scopes = ("brands", "product_lines", "regions", "stores")
        contracts = [row for row in self.partner["contracts"] if "signed" in row and "ended" not in row]
        letters = [row for row in self.partner["authorisation_letters"] if "revoked" not in row]
        licences = self.partner["licences"]
        for number, row in enumerate(licences, 1):
            self.paper("WKL-LIC-01", str(number), row, [r for r in licences if r["kind"] == row["kind"]],
                       ("categories",), "licence_ahead_days")
        for row in contracts:
            self.paper("WKL-CTR-01", row["id"], row, contracts, contract_scopes, "contract_ahead_days")
        for row in letters:
            same = [other for other in letters if other["kind"] == row["kind"]]
            self.paper("WKL-LET-01", row["id"], row, same, (*contract_scopes, "categories"), "letter_ahead_days")

    def paper(self, rule, line, row, others, scopes, ahead):
        end = day_of(row.get("valid_to"))
        if end is None or not TODAY - self.days("lapsed_reach_days") <= end <= TODAY + self.days(ahead):
            return
        if not any(follows(row, other, scopes) for other in others):
            self.add(rule, "ARCHIVE_CLERK", end, end < TODAY, line)

    def money(self):
        deposit = self.partner.get("deposit", {})
        paid = Decimal(0) if "returned_date" in deposit else Decimal(deposit.get("paid", 0))
        due = day_of(deposit.get("due_date")) or TODAY
        if paid < Decimal(deposit.get("required", 0)) and due <= self.horizon:
            self.add("WKL-DEP-01", "ARCHIVE_CLERK", due, due < TODAY)
        left = {}
        for row in self.partner["prepayments"]:
            if Decimal(row.get("unapplied", 0)) > 0 and row.get("cleared", True):
                left.setdefault((row["store_id"], row["currency"]), []).append(row)
        for (store, _), rows in left.items():
            days = [day_of(row["received_date"]) for row in rows if "received_date" in row]
            by = min(days) + self.days("prepayment_days") if days else TODAY
            if by <= TODAY:
                self.add("WKL-PRE-01", self.agent, by, None, rows[0]["id"], store, minor=True)

    def archive_and_stock(self):
        if self.partner["channel"] == "PARTNER_CHANNEL_FIRST":
            last = day_of(self.partner.get("archive_confirmed_date")) or day_of(self.partner.get("opened_date"))
            due = months_later(last, self.figures["archive_months"]) if last else TODAY
            if due <= self.horizon:
                self.add("WKL-ARC-01", "ARCHIVE_CLERK", due, due < TODAY, minor=True)
        rows = [row for row in self.desk["partner_stock"]
                if row["partner_id"] == self.id and Decimal(row.get("safety_stock", 0)) > 0]
        fresh = [row for row in rows if "as_of" in row and local(row["as_of"]) >= TODAY - self.days("stock_age_days")]
        if any(sum(Decimal(row[part]) for part in ("in_store", "in_transit", "open_orders")) < Decimal(row["safety_stock"])
               for row in fresh):
            self.add("WKL-STK-01", self.agent, TODAY)
        if len(fresh) < len(rows):
            self.add("WKL-STK-02", self.agent, TODAY, None, minor=True)

    def twice(self):
        def turn(row):
            at = row.get("reservation", {}).get("registered_at")
            return (parse(at) if at else FAR, row["id"])

        def same(other):
            return any(self.partner.get(name) and self.partner.get(name) == other.get(name)
                       for name in ("tax_number", "phone")) or (
                self.partner.get("address") and (self.partner["name"], self.partner["address"]) ==
                (other["name"], other.get("address")))

        if any(other.get("status") == "PARTNER_STATUS_PROSPECT" and turn(other) < turn(self.partner) and same(other)
               for other in self.desk["partners"]):
            at = self.partner.get("reservation", {}).get("registered_at")
            due = local(at) + self.days("duplicate_days") if at else TODAY
            self.add("WKL-DUP-01", "SALES_SUPERVISOR", due, due < TODAY)


def is_cared_for(partner, figures):
    return partner.get("status", "").replace("PARTNER_STATUS_", "") in figures["cared_for"]


def person_of(partner, desk):
    return next((row for row in desk["staff"] if row["id"] == partner.get("owner_agent")), None)


def at_work(partner, desk):
    """Who looks after the partner, if that person is still here."""
    person = person_of(partner, desk)
    gone = person is None or "valid_to" in person and day_of(person["valid_to"]) < TODAY
    return None if gone else person["id"]


def orphaned_since(partner, desk):
    if "orphaned_since" in partner:
        return day_of(partner["orphaned_since"])
    person = person_of(partner, desk)
    return day_of(person["valid_to"]) + timedelta(1) if person and "valid_to" in person else None


def give_away(desk, figures):
    """{orphan: (agent proposed or None, since when)}; each goes to the one with the fewest partners and room."""
    cared = [row for row in desk["partners"] if is_cared_for(row, figures)]
    orphans = [row for row in cared if not at_work(row, desk)]
    agents = [row for row in desk["staff"] if row["role"] in figures["owner_roles"] and
              day_of(row.get("valid_from", "0001-01-01")) <= TODAY <= day_of(row.get("valid_to", "9999-12-31"))]
    load = {row["id"]: len([p for p in cared if p.get("owner_agent") == row["id"]]) for row in agents}
    proposals = {}
    for row in sorted(orphans, key=lambda row: (orphaned_since(row, desk) or date.min, row["id"])):
        pool = [a for a in agents if row["district"] and (a["area"], a["district"]) == (row["area"], row["district"])]
        pool = pool or [a for a in agents if (a["area"], a["district"]) == (row["area"], "")]
        free = [a["id"] for a in pool if not a.get("capacity") or load[a["id"]] < a["capacity"]]
        chosen = min(free, key=lambda agent: (load[agent], agent), default=None)
        if chosen:
            load[chosen] += 1
        proposals[row["id"]] = (chosen, orphaned_since(row, desk))
    return proposals


def worklists(desk, figures):
    """{partner: Care} of all partners of a desk."""
    proposals = give_away(desk, figures)
    return {row["id"]: Care(row, desk, figures, proposals).judge() for row in desk["partners"]}
