"""ORD-PRC: the price in force, the floor and the discount cap (domain page 3.3).

Entry points: RULES, price_in_force. The source of a price is the first of campaign price, contract, price group and
base list that has a row for the product, the order's currency and the unit of the price, in force on the price date
and with a scale that the line reaches. What the cap and the floor measure is that source's price: the page calls it
`list`.
"""

from fractions import Fraction

import amounts
import discounts
from rows import in_force, number
from sheet import Verdict


class Price:
    """A price with what it is for; `ambiguous` where two rows are in force for it."""

    def __init__(self, source, row, ambiguous):
        self.source, self.row, self.ambiguous = source, row, ambiguous

    @property
    def amount(self):
        return number(self.row, "price" if "price" in self.row else "list_price")

    @property
    def per(self):
        return number(self.row, "price_quantity", 1)


def _reached(rows, quantity):
    """The rows of the largest scale that the quantity reaches."""
    scales = [(number(row, "scale_from", 0), row) for row in rows]
    reached = [scale for scale, _ in scales if scale <= quantity]
    return [row for scale, row in scales if reached and scale == max(reached)]


def _sources(line):
    """Lists of rows in the order of the sources."""
    order, data, product = line.sheet, line.sheet.data, line.row.get("product_id", "")
    unit = "" if line.price_unit == line.product.get("base_unit") else line.price_unit
    units = [unit] + ([line.price_unit] if unit == "" else [])
    partner = order.partner
    group = partner.get("price_group", "")

    def rows(dataset, first):
        return [row for code in units for row in data.all(dataset, first, product, order.currency, code)]

    if line.campaign:
        special = rows("campaign_prices", line.campaign_id)
        yield "CAMPAIGN", [row for row in special if group and row.get("price_group", "") == group]
        yield "CAMPAIGN", [row for row in special if row.get("price_group", "") == ""]
    dated = [("CONTRACT", rows("price_contracts", partner["id"]))]
    if group:
        dated.append(("GROUP", rows("prices", group)))
    dated.append(("BASE", rows("prices", "")))
    for name, found in dated:
        yield name, [row for row in found if in_force(row, line.price_day)]


def price_in_force(line):
    """The price of the first source that has a row; None if none has."""
    for source, rows in _sources(line):
        found = _reached(rows, line.priced_quantity)
        if found:
            return Price(source, found[0], len(found) > 1)
    return None


def _judged(line):
    """Whether the price of a line is to be judged: gifts have none, and a zero price without the flag is
    ORD-PRM-04's."""
    return not line.free and line.unit_price != 0


def unit_price(line):
    if not _judged(line):
        return None
    price = price_in_force(line)
    if price is None:
        return None  # told by ORD-PRC-04, as are two prices for one; of these the first is compared
    if line.unit_price * price.per == price.amount * line.per:
        return None
    return Verdict("REJECT", "PRICE_DIFFERS", amounts.rounded(price.amount * line.per / price.per, 4), line.unit_price)


def price_date(line):
    if line.price_day >= line.sheet.submission_day:
        return None
    return Verdict("HOLD", "PRICE_DATE_EARLY", str(line.sheet.submission_day), str(line.price_day))


def _free_of(line):
    """Base units of the same product that come free with a line."""
    return sum((other.base_quantity for other in line.sheet.lines
                if other.free and other.main is line and other.row.get("product_id") == line.row.get("product_id")),
               Fraction(0))


def _list_floor(line, price):
    """The floor of the source; a contract or campaign without one has that of the price list."""
    if price.row.get("floor_price", "") != "":
        return number(price.row, "floor_price") / price.per
    if price.source in ("CAMPAIGN", "CONTRACT"):
        for source, rows in _sources(line):
            if source in ("GROUP", "BASE"):
                listed = _reached(rows, line.priced_quantity)
                if listed:
                    return (number(listed[0], "floor_price") / number(listed[0], "price_quantity", 1)
                            if listed[0].get("floor_price", "") != "" else None)
    return None


def floor(line):
    """The net amount must be that of the floor price, gifts of the same product counted, to the cent."""
    if not _judged(line) or line.base_quantity <= 0:
        return None
    price = price_in_force(line)
    lowest = price and _list_floor(line, price)
    if lowest is None or not price:
        return None
    spread = line.priced_quantity * (1 + _free_of(line) / line.base_quantity)
    least = amounts.to_currency(lowest * spread, line.sheet.currency)
    if line.effective_net >= least:
        return None
    return Verdict("HOLD", "PRICE_UNDER_FLOOR", lowest, line.effective_net / spread)


def discount(line):
    if not _judged(line) or line.base_quantity <= 0:
        return None
    price = price_in_force(line)
    if not price or price.amount == 0:
        return None
    listed = price.amount / price.per * line.priced_quantity
    cap, is_granted = discounts.cap(line)
    if line.effective_net >= amounts.to_currency(listed * (1 - cap), line.sheet.currency):
        return None
    reason = "DISCOUNT_OVER_GRANTED" if is_granted else "DISCOUNT_OVER_CAP"
    return Verdict("HOLD", reason, cap, amounts.rounded(1 - line.effective_net / listed, 4))


def price_row(line):
    if line.free:
        return None
    price = price_in_force(line)
    if price is None:
        reason = "PRICE_MISSING"
    elif price.ambiguous:
        reason = "PRICE_AMBIGUOUS"
    elif price.row.get("tax_included") != line.sheet.tax_included:
        reason = "TAX_BASIS_DIFFERS"
    elif "tax_rate" in line.row and "tax_rate" in line.product and line.tax_rate != number(line.product, "tax_rate"):
        reason = "TAX_RATE_DIFFERS"
    else:
        return None
    return Verdict("REJECT", reason)


RULES = [
    ("ORD-PRC-01", "line", unit_price), ("ORD-PRC-01-DATE", "line", price_date), ("ORD-PRC-02", "line", floor),
    ("ORD-PRC-03", "line", discount), ("ORD-PRC-04", "line", price_row),
]
