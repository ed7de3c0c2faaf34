"""ORD-PTR: whether the partner may buy this and have it delivered there (domain page 3.7).

Entry point: RULES. Papers must be in force on the day of the run and until the last delivery day. A store has the
contracts and letters of its distributor beside its own; a licence must be its own.
"""

from rows import Unknown, all_hold, begun, day, number, one_holds
from sheet import Verdict


def _hold(reason, expected=None, actual=None):
    return Verdict("HOLD", reason, expected, actual)


def _in_force(order, paper, ended, *others):
    """In force today and until the last delivery day: both ends inclusive, and not ended on or before it."""
    return all_hold(lambda: begun(paper, "valid_from", order.run_day),
                    lambda: day(paper, "valid_to") is None or order.last_delivery_day <= day(paper, "valid_to"),
                    lambda: day(paper, ended) is None or order.last_delivery_day < day(paper, ended), *others)


def _last_day(order):
    try:
        return str(order.last_delivery_day)
    except Unknown:
        return None  # what is found does not hang on it


def _any_paper(order, papers, test):
    """Whether one of the partner's papers passes, or of its distributor's. Whose papers are in force at all must be known
    of all that one of them has."""
    owners = [order.partner] + ([order.parent] if order.parent else [])
    return one_holds(*(lambda owner=owner: any(map(test, papers(order, owner))) for owner in owners))


def _contracts(order, owner):
    """Contracts in force. One that is not signed yet is none."""
    return [contract for contract in owner.get("contracts", []) if _in_force(
        order, contract, "ended",
        lambda contract=contract: day(contract, "signed") is not None and day(contract, "signed") <= order.run_day)]


def _any_contract(order, test):
    return _any_paper(order, _contracts, test)


def _covers(scope, value):
    return not scope or value in scope


def status(order):
    found = order.partner.get("status", "UNSPECIFIED")
    if found == "ACTIVE":
        return None
    if found == "TERMINATED":
        return Verdict("REJECT", "PARTNER_TERMINATED", "ACTIVE", found)
    return _hold("PARTNER_NOT_ACTIVE", "ACTIVE", None if found == "UNSPECIFIED" else found)


def contract_in_force(order):
    return None if _any_contract(order, lambda _: True) else _hold("CONTRACT_NOT_IN_FORCE", _last_day(order))


def _cross_region(order):
    """Delivery outside the regions the partner is at home in and those of its contracts."""
    return (order.region not in order.partner.get("regions", [])
            and not _any_contract(order, lambda contract: _covers(contract.get("regions"), order.region)))


def inside_contract(line):
    """One contract must cover brand, product line, region and store. Without a contract, or across regions, that
    is said once, by the rules on these. Where no contract covers the place, the product need not be known."""
    order = line.sheet
    if not _any_contract(order, lambda _: True) or _cross_region(order):
        return None

    def is_there(contract):
        return (_covers(contract.get("regions"), order.region)
                and (order.store == "" or _covers(contract.get("stores"), order.store)))

    if not _any_contract(order, is_there):
        product = order.data.one("products", line.row.get("product_id", ""))
        return _hold("OUTSIDE_CONTRACT", None, product
                     and f"{product.get('brand', '')} / {product.get('product_line', '')}")
    product = line.product
    if _any_contract(order, lambda contract: is_there(contract)
                     and _covers(contract.get("brands"), product.get("brand", ""))
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
    papers = [paper for paper in order.partner.get("licences", []) if _in_force(order, paper, "-")]
    if any(_covers(paper.get("categories"), category) for paper in papers):
        return None
    return _hold("LICENCE_LAPSED", _last_day(order), category)


def _letters(order, owner):
    """Letters in force that reach the place of delivery."""
    return [paper for paper in owner.get("authorisation_letters", []) if _in_force(
        order, paper, "revoked", lambda paper=paper: _covers(paper.get("regions"), order.region),
        lambda paper=paper: order.store == "" or _covers(paper.get("stores"), order.store))]


def letter(line):
    order, product = line.sheet, line.product
    if product.get("kind") == "MATERIAL":
        return None
    parts = [product.get(field, "") for field in ("category", "brand", "product_line")]

    def covers(paper):
        return all(map(_covers, [paper.get(field) for field in ("categories", "brands", "product_lines")], parts))

    if _any_paper(order, _letters, covers):
        return None
    return _hold("LICENCE_LAPSED", _last_day(order), " / ".join(parts))


RULES = [
    ("ORD-PTR-01", "order", status), ("ORD-PTR-02", "order", contract_in_force),
    ("ORD-PTR-03", "line", inside_contract),
    ("ORD-PTR-04", "order", cross_region), ("ORD-PTR-05", "order", deposit), ("ORD-PTR-06", "line", licence),
    ("ORD-PTR-06-LETTER", "line", letter),
]
