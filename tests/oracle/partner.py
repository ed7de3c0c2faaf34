"""ORD-PTR: whether the partner may buy this and have it delivered there (domain page 3.7).

Entry point: RULES. Papers must be in force on the day of the run and until the last delivery day. A store has the
contracts and letters of its distributor beside its own; a licence must be its own.
"""

from rows import day, number
from sheet import Verdict


def _hold(reason, expected=None, actual=None):
    return Verdict("HOLD", reason, expected, actual)


def _holds_until_delivery(order, paper, ended):
    """In force today and until the last delivery day: both ends inclusive, and not ended on or before it."""
    first, last = sorted((order.run_day, order.last_delivery_day))
    begins, ends, stopped = day(paper, "valid_from"), day(paper, "valid_to"), day(paper, ended)
    return (begins is None or begins <= first) and (ends is None or last <= ends) and (stopped is None
                                                                                       or last < stopped)


def contracts(order):
    """Contracts in force. One that is not signed yet is none."""
    owners = [order.partner] + ([order.parent] if order.parent else [])
    return [contract for owner in owners for contract in owner.get("contracts", [])
            if day(contract, "signed") is not None and day(contract, "signed") <= order.run_day
            and _holds_until_delivery(order, contract, "ended")]


def _covers(scope, value):
    return not scope or value in scope


def status(order):
    found = order.partner.get("status", "UNSPECIFIED")
    if found == "ACTIVE":
        return None
    if found == "TERMINATED":
        return Verdict("REJECT", "PARTNER_TERMINATED", "ACTIVE", found)
    return _hold("PARTNER_NOT_ACTIVE", "ACTIVE", found)


def contract_in_force(order):
    return None if contracts(order) else _hold("CONTRACT_NOT_IN_FORCE", str(order.last_delivery_day))


def _cross_region(order):
    """Delivery outside the regions the partner is at home in and those of its contracts."""
    return (order.region not in order.partner.get("regions", [])
            and not any(_covers(contract.get("regions"), order.region) for contract in contracts(order)))


def inside_contract(line):
    """One contract must cover brand, product line, region and store. Without a contract, or across regions, that
    is said once, by the rules on these. Where no contract covers the place, the product need not be known."""
    order = line.sheet
    if not contracts(order) or _cross_region(order):
        return None
    there = [contract for contract in contracts(order) if _covers(contract.get("regions"), order.region)
             and (order.store == "" or _covers(contract.get("stores"), order.store))]
    if not there:
        product = order.data.one("products", line.row.get("product_id", ""))
        return _hold("OUTSIDE_CONTRACT", None, product
                     and f"{product.get('brand', '')} / {product.get('product_line', '')}")
    product = line.product
    for contract in there:
        if (_covers(contract.get("brands"), product.get("brand", ""))
                and _covers(contract.get("product_lines"), product.get("product_line", ""))):
            return None
    return _hold("OUTSIDE_CONTRACT", None, f"{product.get('brand', '')} / {product.get('product_line', '')}")


def cross_region(order):
    if order.address and not _cross_region(order):
        return None
    reason = "CROSS_REGION" if order.address else "ADDRESS_UNKNOWN"
    return _hold(reason, ", ".join(order.partner.get("regions", [])), order.region)


def deposit(order):
    kept = order.partner.get("deposit")
    if kept is None:
        return None
    required, paid, due = number(kept, "required"), number(kept, "paid"), day(kept, "due_date")
    late = due is None or due < order.run_day
    return _hold("DEPOSIT_UNPAID", required, paid) if paid < required and late else None


def licence(line):
    order, product = line.sheet, line.product
    if product.get("kind") == "MATERIAL":
        return None
    category = product.get("category", "")
    for paper in order.partner.get("licences", []):
        if _holds_until_delivery(order, paper, "-") and _covers(paper.get("categories"), category):
            return None
    return _hold("LICENCE_LAPSED", str(order.last_delivery_day), category)


def letter(line):
    order, product = line.sheet, line.product
    if product.get("kind") == "MATERIAL":
        return None
    owners = [order.partner] + ([order.parent] if order.parent else [])
    parts = [product.get(field, "") for field in ("category", "brand", "product_line")]
    for paper in (paper for owner in owners for paper in owner.get("authorisation_letters", [])):
        scopes = [paper.get(field) for field in ("categories", "brands", "product_lines")]
        if (_holds_until_delivery(order, paper, "revoked") and all(map(_covers, scopes, parts))
                and _covers(paper.get("regions"), order.region)
                and (order.store == "" or _covers(paper.get("stores"), order.store))):
            return None
    return _hold("LICENCE_LAPSED", str(order.last_delivery_day), " / ".join(parts))


RULES = [
    ("ORD-PTR-01", "order", status), ("ORD-PTR-02", "order", contract_in_force),
    ("ORD-PTR-03", "line", inside_contract),
    ("ORD-PTR-04", "order", cross_region), ("ORD-PTR-05", "order", deposit), ("ORD-PTR-06", "line", licence),
    ("ORD-PTR-06-LETTER", "line", letter),
]
