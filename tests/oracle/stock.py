"""Stock (domain page 3.5): what of a product can be promised by which day, and from which lots.

Entry points: StockAccount, draw, Grant. Kept as plain as the page: a list of dated movements, from which cum(d) and ATP(d)
are summed anew each time. A part taken from the shelf counts from the day of the run, one from a receipt from its due
day.
"""

from dataclasses import dataclass, field
from fractions import Fraction

from rows import all_hold, begun, day, lasts, need_day, number


@dataclass
class Part:
    kind: str
    quantity: Fraction
    lot: str = ""
    date: str = ""
    reason: str = ""
    warehouse: str = ""  # where it comes from, if not from the order's own


@dataclass
class Grant:
    """What a line asked for and got. requested = confirmed + backordered + short."""
    requested: Fraction
    parts: list = field(default_factory=list)
    elsewhere: str = ""  # the warehouse being drawn on, if not the order's own

    def _sum(self, kind):
        return sum((part.quantity for part in self.parts if part.kind == kind), Fraction(0))

    @property
    def confirmed(self):
        return self._sum("CONFIRMED")

    @property
    def backordered(self):
        return self._sum("BACKORDERED")

    @property
    def left(self):
        return self.requested - self.confirmed - self.backordered

    short = left


def recalled(data, product, lot, on):
    """Whether a recall of the product or of this lot stands on a day; of all of the product's it must be known."""
    standing = [row for row in data.all("recalls", product) if all_hold(
        lambda row=row: begun(row, "opened", on), lambda row=row: day(row, "closed") is None or on < day(row, "closed"))]
    return any(row.get("lot", "") in ("", lot) for row in standing)


def usable_lots(data, warehouses, product, on):
    """Lots that may be delivered at all, first expiry first: UNRESTRICTED, neither expired nor recalled."""
    lots = [row for warehouse in warehouses for row in data.all("lots", warehouse, product) if all_hold(
        lambda row=row: row.get("status") == "UNRESTRICTED", lambda row=row: lasts(row, "expiry", on),
        lambda row=row: not recalled(data, product, row.get("lot", ""), on))]
    far = (9999,)
    return sorted(lots, key=lambda row: (tuple(day(row, "expiry").timetuple()[:3]) if day(row, "expiry") else far,
                                         row.get("received", ""), row.get("lot", ""), row.get("warehouse", "")))


class StockAccount:
    """One product in one warehouse over a run. `mark` and `undo` give back what an order drew."""

    def __init__(self, data, warehouse, product, on, under_review):
        self.on = on
        self.lots = usable_lots(data, [warehouse], product["id"], on)
        self.left = {row.get("lot", ""): number(row, "on_hand") for row in self.lots}
        self.on_hand = dict(self.left)
        self.usable = max(Fraction(0), sum(self.left.values()) - number(product, "safety_stock", 0))
        self.moves = [(on, self.usable)]
        self.receipts = {}
        for row in data.all("planned_receipts", warehouse, product["id"]):
            due = need_day(row, "due_date") if row.get("status") == "CONFIRMED" else None
            if due is not None and due >= on:
                self.receipts[due] = self.receipts.get(due, 0) + number(row, "quantity")
                self.moves.append((due, number(row, "quantity")))
        for row in data.all("reservations", warehouse, product["id"]):
            if row["order_id"] in under_review:
                continue
            self.moves.append((max(on, day(row, "due_date") or on), -number(row, "quantity")))
            if row.get("lot", "") in self.left and row.get("lot", ""):
                self.left[row["lot"]] = max(Fraction(0), self.left[row["lot"]] - number(row, "quantity"))
                self.on_hand[row["lot"]] = self.left[row["lot"]]

    def _cum(self, on):
        return sum((quantity for due, quantity in self.moves if due <= on), Fraction(0))

    def promise(self, on):
        """ATP(on): what can be given away on a day without failing a later promise."""
        days = {on} | {due for due, _ in self.moves if due > on}
        return max(Fraction(0), min(self._cum(due) for due in days))

    def _shelf(self):
        """What is left on the shelf above the safety stock."""
        return max(Fraction(0), self.usable - (sum(self.on_hand.values()) - sum(self.left.values())))

    def mark(self):
        return dict(self.left), dict(self.receipts), list(self.moves)

    def undo(self, mark):
        self.left, self.receipts, self.moves = dict(mark[0]), dict(mark[1]), list(mark[2])

    def take_by(self, grant, by, eligible, lots_only):
        """What there is for a line by its day: lots first, then receipts."""
        for row in self.lots:
            lot = row.get("lot", "")
            part = min(grant.left, self.left[lot], self.promise(self.on), self._shelf())
            if part > 0 and eligible(row):
                self.left[lot] -= part
                self._give(grant, Part("CONFIRMED", part, lot, str(self.on)), self.on)
        for due in self._dues(lots_only):
            if due <= by:
                self._take_receipts(grant, due, "CONFIRMED", "")

    def take_later(self, grant, by, policy, until, lots_only):
        """What comes later, as far as the order waits; under KEEP the rest waits without a day."""
        for due in self._dues(lots_only):
            if due > by and (policy == "KEEP" or policy == "UNTIL" and (not until or due <= until)):
                self._take_receipts(grant, due, "BACKORDERED", "STOCK_BACKORDERED")
        if grant.left > 0 and policy == "KEEP":
            grant.parts.append(Part("BACKORDERED", grant.left, "", "", "STOCK_BACKORDERED"))

    def _dues(self, lots_only):
        return [] if lots_only else sorted(self.receipts)

    def _take_receipts(self, grant, due, kind, reason):
        part = min(grant.left, self.promise(due), self._arrived(due))
        if part > 0:
            self._use_receipts(due, part)
            self._give(grant, Part(kind, part, "", str(due), reason), due)

    def _give(self, grant, part, on):
        self.moves.append((on, -part.quantity))
        part.warehouse = grant.elsewhere
        grant.parts.append(part)

    def _arrived(self, on):
        return sum((quantity for due, quantity in self.receipts.items() if due <= on), Fraction(0))

    def _use_receipts(self, on, part):
        for due in sorted(self.receipts, reverse=True):
            if due <= on:
                used = min(part, self.receipts[due])
                self.receipts[due] -= used
                part -= used


def draw(accounts, wanted, by, policy, until, whole, eligible, lots_only):
    """Takes what there is for one line: by its day from one warehouse after the other, `accounts` by their names, the
    order's own first; what none of them has waits at that one. `eligible` says of a lot whether the line may have it."""
    marks = [account.mark() for account in accounts.values()]
    own, grant = next(iter(accounts.values())), Grant(wanted)
    for name, account in accounts.items():
        grant.elsewhere = "" if account is own else name
        account.take_by(grant, by, eligible, lots_only)
    if whole and grant.confirmed != wanted:
        for account, mark in zip(accounts.values(), marks):
            account.undo(mark)
        return _wait_whole(wanted, policy)
    grant.elsewhere = ""
    own.take_later(grant, by, policy, until, lots_only)
    return grant


def _wait_whole(wanted, policy):
    """A line that goes whole or not at all, and cannot go whole by its day, gets nothing: it waits without a date, or
    is short whole. (That it might wait for the day on which all of it is there, the page does not say.)"""
    return Grant(wanted, [Part("BACKORDERED", wanted, "", "", "STOCK_BACKORDERED")] if policy == "KEEP" else [])
