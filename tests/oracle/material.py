"""ORD-MAT: material is ordered against an approved KASP request, within its quantity (domain page 3.7).

Entry points: AFTER_DRAWS, RULES, draw_material. What earlier orders of the run took of a request is gone.
"""

from fractions import Fraction

from rows import day, number
from sheet import Verdict


def _request(order):
    return order.data.one("material_requests", order.row.get("reference_document", ""))


def approved(order):
    reference, row = order.row.get("reference_document", ""), _request(order)
    good = (row is not None and row.get("status") == "APPROVED" and row.get("partner_id") == order.row.get("sold_to")
            and (day(row, "valid_to") is None or order.submission_day <= day(row, "valid_to")))
    return None if good or not reference else Verdict("REJECT", "MATERIAL_NOT_APPROVED", None, reference)


def draw_material(line, pool):
    order, row = line.sheet, _request(line.sheet)
    if order.kind != "MATERIAL" or row is None:
        return
    granted = [part for part in row.get("lines", []) if part["product_id"] == line.row.get("product_id")]
    opening = sum((number(part, "quantity") - number(part, "ordered_quantity", 0) for part in granted), Fraction(0))
    account = ("material", row["id"], line.row.get("product_id"))
    line.ledgers["material"] = (line.base_quantity, pool.left(account, opening))
    pool.draw(account, line.base_quantity, opening)


def within(line):
    if "material" not in line.ledgers or line.ledgers["material"][0] <= line.ledgers["material"][1]:
        return None
    wanted, left = line.ledgers["material"]
    return Verdict("REJECT", "MATERIAL_OVER_REQUEST", left, wanted)


RULES = [("ORD-MAT-01", "order", approved)]
AFTER_DRAWS = [("ORD-MAT-01-LINE", "line", within)]
