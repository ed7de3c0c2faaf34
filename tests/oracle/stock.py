"""Stock (domain page 3.5): what of a product can be promised by which day, and from which lots.

Entry points: StockAccount, Grant. Kept as plain as the page: a list of dated movements, from which cum(d) and ATP(d)
are summed anew each time. A part taken from the shelf counts from the day of the run, one from a receipt from its due
day.
"""

from dataclasses import dataclass, field
from fractions import Fraction

from rows import day, number


@dataclass
class Part:
    kind: str
    quantity: Fraction
    lot: str = ""
    date: str = ""
    reason: str = ""


@dataclass
class Grant:
    """What a line asked for and got. requested = confirmed + backordered + short."""
    requested: Fraction
    parts: list = field(default_factory=list)

    def _sum(self, kind):
        return sum((part.quantity for part in self.parts if part.kind == kind), Fraction(0))

    @property
    def confirmed(self):
        return self._sum("CONFIRMED")

    @property
    def backordered(self):
        return self._sum("BACKORDERED")

    @property
    def short(self):
        return self.requested - self.confirmed - self.backordered


def recalled(data, product, lot, on):
    """Whether a recall of the product or of this lot stands on a day."""
    return any(row.get("lot", "") in ("", lot) and (day(row, "opened") is None or day(row, "opened") <= on)
               and (day(row, "closed") is None or on < day(row, "closed"))
               for row in data.all("recalls", product))


def usable_lots(data, warehouse, product, on):
    """Lots that may be delivered at all, first expiry first: UNRESTRICTED, neither expired nor recalled."""
    lots = [row for row in data.all("lots", warehouse, product)
            if row.get("status") == "UNRESTRICTED" and (day(row, "expiry") is None or on <= day(row, "expiry"))
            and not recalled(data, product, row.get("lot", ""), on)]
    far = (9999,)
    return sorted(lots, key=lambda row: (tuple(day(row, "expiry").timetuple()[:3]) if day(row, "expiry") else far,
                                         row.get("received", ""), row.get("lot", "")))


class StockAccount:
    """One product in one warehouse over a run. `mark` and `undo` give back what an order drew."""

    def __init__(self, data, warehouse, product, on, under_review):
        self.on = on
        self.lots = usable_lots(data, warehouse, product["id"], on)
        self.left = {row.get("lot", ""): number(row, "on_hand") for row in self.lots}
        self.on_hand = dict(self.left)
        self.usable = max(Fraction(0), sum(self.left.values()) - number(product, "safety_stock", 0))
        self.moves = [(on, self.usable)]
        self.receipts = {}
        for row in data.all("planned_receipts", warehouse, product["id"]):
            due = day(row, "due_date")
            if row.get("status") == "CONFIRMED" and due is not None and due >= on:
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

    def draw(self, wanted, by, policy, until, whole, eligible, lots_only):
        """Takes what there is for one line. `eligible` says of a lot whether the line may have it."""
        grant, mark = self._take(wanted, by, policy, until, eligible, lots_only), self.mark_before
        if not whole or grant.confirmed == wanted:
            return grant
        self.undo(mark)
        return self._wait_whole(wanted, policy)

    def _take(self, wanted, by, policy, until, eligible, lots_only):
        self.mark_before = self.mark()
        grant, rest = Grant(wanted), wanted
        for row in self.lots:
            lot = row.get("lot", "")
            part = min(rest, self.left[lot], self.promise(self.on), self._shelf())
            if part > 0 and eligible(row):
                self.left[lot] -= part
                self.moves.append((self.on, -part))
                grant.parts.append(Part("CONFIRMED", part, lot, str(self.on)))
                rest -= part
        for due in sorted(self.receipts) if not lots_only else []:
            kind = "CONFIRMED" if due <= by else "BACKORDERED"
            if kind == "BACKORDERED" and (policy not in ("KEEP", "UNTIL")
                                          or (policy == "UNTIL" and until and due > until)):
                break
            part = min(rest, self.promise(due), self._arrived(due))
            if part > 0:
                self._use_receipts(due, part)
                self.moves.append((due, -part))
                grant.parts.append(Part(kind, part, "", str(due), "STOCK_BACKORDERED" if kind == "BACKORDERED" else ""))
                rest -= part
        if rest > 0 and policy == "KEEP":
            grant.parts.append(Part("BACKORDERED", rest, "", "", "STOCK_BACKORDERED"))
        return grant

    def _arrived(self, on):
        return sum((quantity for due, quantity in self.receipts.items() if due <= on), Fraction(0))

    def _use_receipts(self, on, part):
        for due in sorted(self.receipts, reverse=True):
            if due <= on:
                used = min(part, self.receipts[due])
                self.receipts[due] -= used
                part -= used

    def _wait_whole(self, wanted, policy):
        """A line that goes whole or not at all, and cannot go whole by its day, gets nothing: it waits without a
        date, or is short whole. (That it might wait for the day on which all of it is there, the page does not
        say.)"""
        return Grant(wanted, [Part("BACKORDERED", wanted, "", "", "STOCK_BACKORDERED")] if policy == "KEEP" else [])
