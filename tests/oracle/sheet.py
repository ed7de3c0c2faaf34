"""An order under review: its row, its lines, the rows that belong to them, and the days that count.

Entry points: Sheet, Line, Verdict. What a rule finds is not decided here. Base quantities are exact; a unit that the
product does not have counts as one base unit, so that the order, which ORD-DOC-03 rejects, still has quantities to
report.
"""

from dataclasses import dataclass
from datetime import datetime, timezone
from functools import cached_property
from fractions import Fraction
from typing import Any, Optional

import amounts
from rows import Unknown, civil_day, day, instant, number


FIRST = datetime.min.replace(tzinfo=timezone.utc)


@dataclass
class Verdict:
    """What a rule finds; expected and actual as the rule states them, None where it states none."""
    outcome: str
    reason: str
    expected: Any = None
    actual: Any = None
    cut: Optional[Fraction] = None


@dataclass
class Finding:
    rule: str
    line: str
    verdict: object

    @property
    def outcome(self):
        return self.verdict.outcome


class Line:
    """A line of an order. `cut` is what rules took off before the draws, in base units; `drawn` what the stock gave."""

    def __init__(self, sheet, row):
        self.sheet = sheet
        self.row = row
        self.id = row.get("id", "")
        self.free = row.get("free_goods", False)
        self.cut = Fraction(0)
        self.cut_reasons = []
        self.drawn = None
        self.ledgers = {}

    @cached_property
    def product(self):
        return self.sheet.data.need("products", self.row["product_id"])

    def ratio_of(self, unit):
        """Base units in one unit, exactly; None for a unit that the product does not have."""
        if unit == self.product.get("base_unit", ""):
            return Fraction(1)
        for known in self.product.get("units", []):
            if known["unit"] == unit:
                return Fraction(int(known["numerator"]), int(known["denominator"]))
        return None

    def number(self, field, default=None):
        """As rows.number; what is missing is told with the line."""
        return self._told(number, field, default)

    def day(self, field):
        return self._told(day, field)

    def _told(self, read, *arguments):
        try:
            return read(self.row, *arguments)
        except Unknown as missing:
            raise Unknown(f"line {self.id}: {missing.origin}") from None

    @cached_property
    def quantity(self):
        return self.number("quantity")

    @cached_property
    def base_quantity(self):
        ratio = self.ratio_of(self.row.get("unit", ""))
        exact = self.quantity * (1 if ratio is None else ratio)
        return amounts.rounded(exact, 6)

    @cached_property
    def price_unit(self):
        return self.row.get("price_unit") or self.row.get("unit", "")

    @cached_property
    def priced_quantity(self):
        """The quantity in the unit of the price."""
        if self.price_unit == self.row.get("unit", ""):
            return self.quantity
        own, priced = self.ratio_of(self.row["unit"]), self.ratio_of(self.price_unit)
        return self.quantity * (own or 1) / (priced or 1)

    @cached_property
    def unit_price(self):
        return self.number("unit_price")

    @cached_property
    def per(self):
        return self.number("price_quantity", 1)

    @cached_property
    def net(self):
        """The net amount as it should be."""
        gross = self.priced_quantity * self.unit_price / self.per * (1 - self.number("discount_rate", 0))
        return amounts.to_currency(gross - self.number("discount_amount", 0), self.sheet.currency)

    @property
    def effective_net(self):
        """The net amount less its share of the order discount."""
        if number(self.sheet.row, "order_discount", 0) == 0:
            return self.net
        return self.net - self.sheet.shares[self.sheet.lines.index(self)]

    @property
    def tax_rate(self):
        return self.number("tax_rate", 0)

    @property
    def tax(self):
        return amounts.tax_of(self.effective_net, self.tax_rate, self.sheet.tax_included, self.sheet.currency)

    @cached_property
    def price_day(self):
        return self.day("price_date") or self.sheet.price_day

    @cached_property
    def delivery_day(self):
        return max(self.day("requested_date") or self.sheet.delivery_day, self.sheet.run_day)

    @cached_property
    def main(self):
        """The paid line that a gift belongs to; None for paid lines and gifts without one."""
        return next((line for line in self.sheet.lines if line.id == self.row.get("main_line_id") and line.id), None)

    @cached_property
    def campaign_id(self):
        """The campaign of the line; a gift without one of its own takes that of its main line."""
        own = self.row.get("campaign_id", "")
        return own or (self.main.row.get("campaign_id", "") if self.free and self.main else "")

    @cached_property
    def campaign(self):
        return self.sheet.data.one("campaigns", self.campaign_id, at=self.price_day) if self.campaign_id else None

    @property
    def confirmed(self):
        return self.drawn.confirmed if self.drawn else Fraction(0)


class Sheet:
    """An order under review, with what of the run it sees: reference data, the clock, the other orders."""

    def __init__(self, row, data, now, others, digests):
        self.row = row
        self.data = data
        self.now = now
        self.others = others
        self.digests = digests
        self.id = row["id"]
        self.kind = row.get("kind", "UNSPECIFIED")
        self.lines = [Line(self, line) for line in row.get("lines", [])]
        self.ledgers = {}

    @cached_property
    def currency(self):
        return self.row.get("currency", "")

    @cached_property
    def tax_included(self):
        return self.row.get("tax_included", False)  # without it ORD-DOC-01 rejects the order

    @cached_property
    def run_day(self):
        return civil_day(self.now)

    @cached_property
    def submission_day(self):
        moment = instant(self.row, "submitted_at")
        return civil_day(moment) if moment else self.run_day

    @cached_property
    def first_submitted(self):
        found = instant(self.row, "first_submitted_at") or instant(self.row, "submitted_at")
        if found is None:
            raise Unknown("submitted_at is absent")
        return found

    @cached_property
    def submitted(self):
        return instant(self.row, "submitted_at")

    def before(self, other):
        """Whether this order came first; of orders of one moment the lower number. One without a time came before
        all."""
        return (self.submitted or FIRST, self.id) < (other.submitted or FIRST, other.id)

    @cached_property
    def price_day(self):
        return day(self.row, "price_date") or self.submission_day

    @cached_property
    def delivery_day(self):
        """A day that has passed is today: nothing is delivered in the past."""
        return max(day(self.row, "requested_date") or self.run_day, self.run_day)

    @cached_property
    def last_delivery_day(self):
        return max([self.delivery_day] + [line.delivery_day for line in self.lines])

    @cached_property
    def partner(self):
        return self.data.need("partners", self.row.get("sold_to", ""))

    @cached_property
    def parent(self):
        """The distributor of a store; None where there is none."""
        is_store = self.partner.get("channel") == "SECOND" and self.partner.get("parent_id")
        return self.data.one("partners", self.partner["parent_id"]) if is_store else None

    @cached_property
    def payer_id(self):
        return self.row.get("payer") or self.row.get("sold_to", "")

    @cached_property
    def payer(self):
        return self.data.need("partners", self.payer_id)

    @cached_property
    def address(self):
        """The partner's address that the order goes to, None where it has no such one in use."""
        return next((a for a in self.partner.get("ship_to_addresses", [])
                     if a["id"] == self.row.get("ship_to") and not a.get("closed")), None)

    @cached_property
    def region(self):
        return self.address.get("region", "") if self.address else ""

    @cached_property
    def warehouses(self):
        """The order's own, then the others it may be delivered from, each once."""
        others = [name for name in self.row.get("fallback_warehouses", []) if name]
        return list(dict.fromkeys([self.row.get("warehouse", ""), *others]))

    @cached_property
    def store(self):
        """The store that the order is for: a store buys for itself, a distributor for the one at the address, if any."""
        if self.partner.get("channel") == "SECOND":
            return self.partner["id"]
        return self.address.get("store_id", "") if self.address else ""

    @cached_property
    def shares(self):
        """Each line's share of the order discount."""
        return amounts.spread(number(self.row, "order_discount", 0), [line.net for line in self.lines],
                              amounts.DIGITS.get(self.currency, 2))

    @property
    def rounds_by_rate(self):
        return self.data.tax_rounding == "RATE"

    @cached_property
    def tax_sum(self):
        return self.tax_on([(line, line.effective_net, line.tax) for line in self.lines])

    def tax_on(self, parts):
        """The tax on parts of lines and all charges, or inside them: of (line, amount, the tax that the part has of its
        line's own), rounded where the company does."""
        if not self.rounds_by_rate:
            return sum((tax for _, _, tax in parts), amounts.charge_tax(self.row, self.tax_included))
        taxed = [(line.tax_rate, amount) for line, amount, _ in parts]
        return amounts.tax_by_rate(taxed + amounts.taxed_charges(self.row), self.tax_included, self.currency)

    @cached_property
    def total_due(self):
        total = sum((line.net for line in self.lines), Fraction(0)) - number(self.row, "order_discount", 0)
        total += amounts.charges_of(self.row) + number(self.row, "rounding", 0)
        return total if self.tax_included else total + self.tax_sum
