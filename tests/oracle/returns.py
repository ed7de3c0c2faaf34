"""ORD-RET: goods that come back (domain page 3.7). What may come back of a shipped line is drawn down over the
returns of a run.

Entry points: RULES, AFTER_DRAWS, draw_returns. A line goes back to the shipped line it names; the order names the
order.
"""

from fractions import Fraction

import amounts
from rows import civil_day, instant, number
from sheet import Verdict
from stock import recalled

PERIODS = {"DAMAGED": 7, "WRONG_GOODS": 7, "UNSOLD": 30, "QUALITY": 90}  # table return_period


def original(line):
    """The shipped line a return goes back to; None where the data has none, or it is another partner's or product's."""
    order = line.sheet
    for row in order.data.all("shipped_lines", order.row.get("reference_document", "")):
        if (row["line_id"] == line.row.get("reference_line_id") and row.get("sold_to") == order.row.get("sold_to")
                and row.get("product_id") == line.row.get("product_id")):
            return row
    return None


def draw_quantity(line, pool):
    """`returnable` says what was asked and what was left."""
    row = original(line)
    if row is not None:
        left = number(row, "shipped_quantity") - number(row, "returned_quantity", 0)
        _draw(line, pool, "returnable", row, line.base_quantity, left)


def draw_value(line, pool):
    """`refundable` likewise."""
    row = original(line)
    if row is not None:
        _draw(line, pool, "refundable", row, line.effective_net, number(row, "net_paid") - number(row, "refunded", 0))


def _draw(line, pool, name, row, wanted, opening):
    account = name, row["order_id"], row["line_id"]
    line.ledgers[name] = wanted, pool.left(account, opening)
    pool.draw(account, wanted, opening)


def too_many(line):
    if original(line) is None:
        return Verdict("HOLD", "RETURN_ORIGINAL_UNKNOWN", None, line.base_quantity)
    if "returnable" not in line.ledgers:
        return None  # that it cannot be told is told
    wanted, left = line.ledgers["returnable"]
    return Verdict("REJECT", "RETURN_TOO_MANY", left, wanted) if wanted > left else None


def _recalled_lot(line):
    """Whether what comes back is recalled: the lot it is of, or where none is named one that it was shipped from."""
    row, named = original(line), line.row.get("requested_lot", "")
    lots = [named] if named else (row or {}).get("lots", [])
    return any(recalled(line.sheet.data, line.row.get("product_id", ""), lot, line.sheet.run_day)
               for lot in [*lots, "\0"])


def period(line):
    row = original(line)
    if row is None or _recalled_lot(line):
        return None
    since = (line.sheet.submission_day - civil_day(instant(row, "shipped_at"))).days
    days = PERIODS.get(line.row.get("return_reason", ""), -1)
    return Verdict("HOLD", "RETURN_OUT_OF_PERIOD", max(days, 0), since) if since > days else None


def _share(line, row):
    """A part of a line is worth its part of what was paid."""
    shipped = number(row, "shipped_quantity")
    return number(row, "net_paid") * line.base_quantity / shipped if shipped else Fraction(0)


def value(line):
    row = original(line)
    if row is None or "refundable" not in line.ledgers:
        return None
    most = min(_share(line, row), line.ledgers["refundable"][1])
    if row.get("currency") != line.sheet.currency or row.get("tax_included") != line.sheet.row.get("tax_included"):
        return Verdict("REJECT", "RETURN_BASIS_DIFFERS", None, line.effective_net)
    if line.effective_net <= amounts.to_currency(most, line.sheet.currency):
        return None
    return Verdict("REJECT", "RETURN_VALUE_TOO_HIGH", None, line.effective_net)


def gifts(order):
    """Of gifts as many whole base units are due as of the paid goods came back, now and before. What came back before must
    be known of all that was shipped."""
    shipped = order.data.all("shipped_lines", order.row.get("reference_document", ""))
    before = {row["line_id"]: number(row, "returned_quantity", 0) for row in shipped}
    now = {}
    for line in order.lines:
        if original(line) is not None:
            now[line.row["reference_line_id"]] = now.get(line.row["reference_line_id"], 0) + line.base_quantity
    missing = []
    for gift in (row for row in shipped if row.get("free_goods") and row.get("sold_to") == order.row.get("sold_to")):
        main = next((row for row in shipped if row["line_id"] == gift.get("main_line_id")), None)
        if main is None or main["line_id"] not in now:
            continue
        back = before[main["line_id"]] + now[main["line_id"]]
        due = number(gift, "shipped_quantity") * back / number(main, "shipped_quantity")
        if before[gift["line_id"]] + now.get(gift["line_id"], 0) < due.numerator // due.denominator:
            missing.append(f"{gift['line_id']} ({gift['product_id']})")
    return Verdict("REJECT", "RETURN_GIFTS_MISSING", None, ", ".join(missing)) if missing else None


def recalled_lot(line):
    product, lot = line.row.get("product_id", ""), line.row.get("requested_lot", "")
    return Verdict("NOTE", "RETURN_RECALLED_LOT", None, f"{product} / {lot}"
                   if lot else product) if _recalled_lot(line) else None


def red_letter(order):
    cases = order.data.all("after_sales_cases", order.id)
    rows = [original(line) for line in order.lines]
    numbers = {row["invoice_number"] for row in rows if row and row.get("invoice_number")}
    if not numbers or any(case.get("invoice_reference") for case in cases):
        return None
    return Verdict("HOLD", "RED_LETTER_DUE", None, numbers)


RULES = [("ORD-RET-02", "line", period), ("ORD-RET-03-GIFTS", "order", gifts), ("ORD-RET-04", "line", recalled_lot),
         ("ORD-RET-05", "order", red_letter)]
AFTER_DRAWS = [("ORD-RET-01", "line", too_many), ("ORD-RET-03", "line", value)]
