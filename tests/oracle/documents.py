"""ORD-DOC: the order as a document (domain page 3.3 and 3.7). Rules before any reference to money or stock that is
promised.

Entry point: RULES. The page names no list of mandatory fields: the one below is that of the standard rulebook, and
what cannot be meant that of its documents. Which of two orders came first is told by when they were submitted. A
carried-over backorder keeps its revision.
"""

from collections import Counter
from datetime import timedelta
from fractions import Fraction

from rows import Unknown, instant, number
from sheet import Verdict

ORDER_FIELDS = ("id", "source_document_id", "sold_to", "ship_to", "warehouse", "currency", "kind", "submitted_at",
                "total", "lines")
LINE_FIELDS = ("id", "product_id", "unit", "quantity", "unit_price", "net_amount")
REVIEWED_STAGES = ("SUBMITTED", "REVIEWED", "PRINTED", "PACKED")
CODES = ("kind", "delivery_policy", "backorder_policy")
REFERRING = ("REPLACEMENT", "RETURN", "MATERIAL")
REPEAT_TIME = timedelta(hours=24)


def _reject(reason, expected=None, actual=None):
    return Verdict("REJECT", reason, expected, actual)


def _different(stated, due):
    return _reject("ARITHMETIC_WRONG", due, stated) if stated != due else None


def _reason(missing, wrong):
    return _reject("FIELD_MISSING" if missing else "FIELD_INVALID", None, missing | wrong) if missing or wrong else None


def _negative(row, *fields):
    return {field for field in fields if number(row, field, 0) < 0}


def missing_fields(order):
    row = order.row
    missing = {field for field in ORDER_FIELDS if row.get(field, "") in ("", [])}
    missing |= {"revision"} if int(row.get("revision", 0)) < 1 else set()
    missing |= {"tax_included"} if "tax_included" not in row else set()
    missing |= {"reference_document"} if order.kind in REFERRING and not row.get("reference_document") else set()
    return _reason(missing, _wrong(order))


def _wrong(order):
    """What cannot be meant: stages at which there is nothing to review, amounts that would turn a sum round, a
    time to come."""
    row, submitted, first = order.row, order.submitted, instant(order.row, "first_submitted_at")
    wrong = {f"{field}: {row[field]}" for field in _negative(row, "order_discount", "total")}
    wrong |= {f"stage: {row['stage']}"} if row.get("stage", "SUBMITTED") not in REVIEWED_STAGES else set()
    wrong |= {f"{field}: {row[field]}" for field in CODES if isinstance(row.get(field), int)}  # of no known value
    wrong |= {"submitted_at"} if submitted and submitted > order.now else set()
    wrong |= {"first_submitted_at"} if submitted and first and first > submitted else set()
    charges = [charge for charge in row.get("charges", [])
               if _negative(charge, "amount", "tax_rate") or number(charge, "tax_rate", 0) > 1]
    return wrong | ({"charges"} if charges else set())


def missing_line_fields(line):
    row = line.row
    missing = {field for field in LINE_FIELDS if row.get(field, "") == ""}
    rates, others = ("discount_rate", "tax_rate"), ("unit_price", "discount_amount", "net_amount")
    wrong = {field for field in rates + others if line.number(field, 0) < 0}
    wrong |= {field for field in rates if line.number(field, 0) > 1}
    claims = [claim.get("campaign_id", "") for claim in row.get("further_campaigns", [])]
    if "" in claims or len({row.get("campaign_id", ""), *claims}) <= len(claims):
        wrong |= {"further_campaigns"}
    return _reason(missing, wrong)


def revision(order):
    before = order.data.one("recent_orders", order.id)
    stated = int(order.row.get("revision", 0))
    if before and not order.row.get("carried_over") and stated <= int(before["revision"]):
        return _reject("REVISION_NOT_RISEN", int(before["revision"]) + 1, stated)
    return None


def reference(order):
    """A replacement needs a complaint, an after-sales case or a return that there is; a return is its partner's own."""
    named = order.row.get("reference_document", "") if order.kind == "REPLACEMENT" else ""
    if not named or order.data.one("complaints", named):
        return None
    if any(case.get("id") == named for case in order.data.every("after_sales_cases")):
        return None
    before = order.data.one("recent_orders", named)
    returns = [before] if before and not (before.get("rejected") or before.get("cancelled")) else []
    returns += [other.row for other in order.others if other.id == named and other.row.get("stage") != "CANCELLED"]
    known = any(row.get("kind") == "RETURN" and row.get("sold_to") == order.row.get("sold_to") for row in returns)
    return None if known else Verdict("HOLD", "REFERENCE_UNKNOWN", None, named)


def total(order):
    return _different(number(order.row, "total"), order.total_due) if "total" in order.row else None


def line_net(line):
    return _different(line.number("net_amount"), line.net) if "net_amount" in line.row else None


def tax(order):
    return _different(number(order.row, "tax"), order.tax_sum) if "tax" in order.row else None


def rounding(order):
    off = abs(number(order.row, "rounding", 0))
    return _reject("ROUNDING_TOO_LARGE", 1, off) if off > 1 else None


def whole_packs(line):
    product, ratio = line.product, line.ratio_of(line.row.get("unit", ""))
    least = number(product, "minimum_quantity", 0)
    found = None
    exact = line.quantity * (ratio or 1)
    pack = number(product, "order_multiple", 0)
    if ratio is None:
        found = "UNIT_UNKNOWN"
    elif line.quantity <= 0:
        found = "QUANTITY_INVALID"
    elif exact != line.base_quantity or (product.get("count_unit")
                                         and exact.denominator != 1) or (pack and exact % pack):
        found = "PACK_BROKEN"
    elif exact < least:
        found = "UNDER_MINIMUM"
    return _reject(found, least, line.base_quantity) if found else None


# -- Repeats -----------------------------------------------------------------------------

def _wanted(order):
    """What an order asks for, whatever units it is written in."""
    return Counter((line.row.get("product_id", ""), line.base_quantity, line.free) for line in order.lines)


class _Earlier:
    """An earlier order as the checks for repeats see it, be it of the run or of the days before."""

    def __init__(self, row, number_, at, kind, wanted):
        self.row, self.id, self.at, self.kind, self._wanted = row, number_, at, kind, wanted
        self.ship_to, self.document = row.get("ship_to", ""), row.get("customer_document_number", "")
        self.currency, self.rejected = row.get("currency", ""), row.get("rejected", False)
        self.products = [line.get("product_id", "") for line in row.get("lines", [])]

    def _told(self, read, *arguments):
        try:
            return read(*arguments)
        except Unknown as missing:
            raise Unknown(f"batch.order[{self.id}]: {missing.origin}") from None

    @property
    def wanted(self):
        return self._told(self._wanted)

    @property
    def value(self):
        return self._told(number, self.row, "total")


def _recent(order):
    for row in order.data.every("recent_orders"):
        if row["order_id"] == order.id or row.get("cancelled") or row.get("sold_to") != order.row.get("sold_to"):
            continue
        yield _Earlier(row, row["order_id"], instant(row, "submitted_at"), row.get("kind"), lambda row=row: Counter(
            (line["product_id"], number(line, "base_quantity"), line.get("free_goods", False)) for line in row.get("lines", [])))


def _same_run(order):
    for other in order.others:
        if (other.id == order.id or other.row.get("stage") == "CANCELLED"
                or other.row.get("sold_to") != order.row.get("sold_to")):
            continue
        if other.before(order):
            yield _Earlier(other.row, other.id, other.submitted, other.kind, lambda other=other: _wanted(other))


def _just_before(order):
    """Earlier orders of the same partner, if one is named, that were not rejected; one without a time counts as just
    before."""
    if not order.row.get("sold_to"):
        return
    known = [*_recent(order), *(each for each in _same_run(order) if each.at)]
    for other in (each for each in known if not each.rejected):
        if other.at is None or (order.submitted and timedelta(0) <= order.submitted - other.at <= REPEAT_TIME):
            yield other


def _products(order):
    return [line.row.get("product_id", "") for line in order.lines]


def _repeats(order, other):
    """What either asks for need be known only where they are of the same products on as many lines."""
    alike = (other.kind == order.kind and other.ship_to == order.row.get("ship_to", "")
             and set(other.products) == set(_products(order)) and len(other.products) == len(order.lines))
    return alike and other.wanted == _wanted(order)


def _close(order, other):
    if other.kind != order.kind or other.currency != order.currency:
        return False
    ours, theirs = set(_products(order)), set(other.products)
    if not ours | theirs or Fraction(len(ours & theirs), len(ours | theirs)) < Fraction(4, 5):
        return False
    value = number(order.row, "total")
    return abs(value - other.value) <= Fraction(1, 20) * value


def _found(order, test):
    """Earlier orders that pass. One is enough to be told, whatever cannot be had of others."""
    found, missing = set(), None
    for other in _just_before(order):
        try:
            found |= {other.id} if test(order, other) else set()
        except Unknown as unknown:
            missing = missing or unknown
    if missing and not found:
        raise missing
    return found


def repeated(order):
    found = _found(order, _repeats)
    return Verdict("HOLD", "ORDER_REPEATED", None, found) if found else None


def nearly_repeated(order):
    """Where there is no exact repeat."""
    found = _found(order, _close) if repeated(order) is None else None
    return Verdict("NOTE", "ORDER_NEARLY_REPEATED", None, found) if found else None


def same_document(order):
    document = order.row.get("customer_document_number", "")
    if not document:
        return None
    found = {other.id for other in [*_recent(order), *_same_run(order)] if other.document == document}
    return Verdict("HOLD", "DOCUMENT_REUSED", document, found) if found else None


def _content(line):
    """All that a line asks for, in whatever unit it is written; its number is no part of it."""
    fields = ("product_id", "campaign_id", "main_line_id", "requested_lot", "reference_line_id")
    claims = sorted(claim.get("campaign_id", "") for claim in line.row.get("further_campaigns", []))
    return (*(line.row.get(field, "") for field in fields), *claims, line.delivery_day, line.free, line.base_quantity,
            line.net)


def identical(line):
    before = line.sheet.lines[:line.sheet.lines.index(line)]
    same = any(other.row.get("product_id") == line.row.get("product_id") and _content(other) == _content(line)
               for other in before)
    return Verdict("HOLD", "LINE_REPEATED", None, line.row["product_id"]) if same else None


RULES = [
    ("ORD-DOC-01", "order", missing_fields), ("ORD-DOC-01-LINE", "line", missing_line_fields),
    ("ORD-DOC-01-REVISION", "order", revision), ("ORD-DOC-01-REFERENCE", "order", reference),
    ("ORD-DOC-02", "order", total), ("ORD-DOC-02-LINE", "line", line_net),
    ("ORD-DOC-02-TAX", "order", tax), ("ORD-DOC-02-ROUNDING", "order", rounding), ("ORD-DOC-03", "line", whole_packs),
    ("ORD-DOC-04", "order", repeated), ("ORD-DOC-04-NEAR", "order", nearly_repeated),
    ("ORD-DOC-05", "order", same_document),
    ("ORD-DOC-06", "line", identical),
]
