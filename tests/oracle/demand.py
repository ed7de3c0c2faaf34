"""ORD-STK-02 and -04: what the partner can sell of a product, and what it has (domain page 3.7).

Entry points: RULES, AFTER_DRAWS. All lines of a product count together, with the earlier orders of the partner in the
run. One pack may always be ordered: the order multiple, else one base unit. The tolerance is for a need that was
computed, not for a launch allotment.
"""

from fractions import Fraction

from rows import Unknown, number
from sheet import Verdict

TOLERANCE = Fraction(1, 10)
MIN_HISTORY = 30


def _of_product(order, product):
    return sum((line.base_quantity for line in order.lines if line.row.get("product_id") == product), Fraction(0))


def ordered(line):
    """What the order asks for of the product."""
    return _of_product(line.sheet, line.row["product_id"])


def earlier(line):
    """What earlier orders of the partner in the run ask for: open orders, as those outside the run are."""
    order, total = line.sheet, Fraction(0)
    for other in order.others:
        if other.row.get("sold_to") == order.row.get("sold_to") and other.kind != "RETURN" and other.before(order):
            try:
                total += _of_product(other, line.row["product_id"])
            except Unknown as missing:
                raise Unknown(f"batch.order[{other.id}]: {missing.origin}") from None
    return total


def _first_of_product(line):
    """The first line of a product speaks for all."""
    return next(other for other in line.sheet.lines if other.row.get("product_id") == line.row["product_id"]) is line


def _history(line):
    row = line.sheet.data.one("sales_history", line.sheet.row["sold_to"], "", line.row["product_id"])
    return row if row and int(row.get("history_days", 0)) >= MIN_HISTORY else None


def _stock(line):
    return line.sheet.data.need("partner_stock", line.sheet.row["sold_to"], line.row["product_id"])


def _has(row):
    return sum((number(row, field) for field in ("in_store", "in_transit", "open_orders")), Fraction(0))


def limit(line):
    """None: nothing is checked."""
    history = _history(line)
    if history is None:
        allotment = line.product.get("launch_allotment", "")
        return Fraction(allotment) if allotment != "" else None
    days = int(history.get("visit_cycle_days", 0)) + int(history.get("lead_days", 0))
    sales = number(history, "average_daily_sales") * days * number(history, "season_factor",
                                                                   1) * number(history, "promotion_factor", 1)
    stock = _stock(line)
    need = sales + number(stock, "safety_stock") - _has(stock) - earlier(line)
    return (1 + TOLERANCE) * max(number(line.product, "order_multiple", 1), need)


def over_ordered(line):
    if not _first_of_product(line):
        return None
    most = limit(line)
    return Verdict("HOLD", "OVER_ORDERED", most, ordered(line)) if most is not None and ordered(line) > most else None


def partner_stock(line):
    lines = [other for other in line.sheet.lines if other.row.get("product_id") == line.row["product_id"]]
    if not _first_of_product(line) or not all(other.drawn for other in lines):
        return None
    row = line.sheet.data.one("partner_stock", line.sheet.row["sold_to"], line.row["product_id"])
    if row is None or row.get("safety_stock", "") == "":
        return None
    will_have = _has(row) + earlier(line) + sum((other.drawn.confirmed + other.drawn.backordered for other in lines),
                                                Fraction(0))
    safety = number(row, "safety_stock")
    return Verdict("NOTE", "PARTNER_STOCK_LOW", safety, will_have) if will_have < safety else None


RULES = [("ORD-STK-02", "line", over_ordered)]
AFTER_DRAWS = [("ORD-STK-04", "line", partner_stock)]
