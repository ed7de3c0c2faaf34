"""Free goods (domain page 3.8): what a campaign's terms give for what was paid, and which gifts go with what is
delivered.

Entry points: RULES, CUTS_AFTER_DRAWS, AFTER_DRAWS. Gifts are lines of their own in either mode: of eleven with one
free within them, ten are paid and one is a gift line, so EXCLUSIVE and INCLUSIVE are counted alike.
"""

from fractions import Fraction

import amounts
import campaigns
import discounts
from rows import number
from sheet import Verdict


def entitlement(terms, paid):
    """Base units given for what was paid, before what was given earlier."""
    step, reward = number(terms, "step"), number(terms, "reward_quantity")
    if paid < number(terms, "minimum", step):
        return Fraction(0)
    steps = paid / step
    rounding = terms.get("rounding", "WHOLE_STEPS")
    if rounding == "PRO_RATA":
        given = Fraction(paid * reward // step)
    elif rounding == "EXACT_MULTIPLE":
        given = steps * reward if steps.denominator == 1 else Fraction(0)
    else:
        given = (steps.numerator // steps.denominator) * reward
    cap = terms.get("cap_per_order", "")
    return min(given, Fraction(cap)) if cap != "" else given


def unclear(line):
    """Terms that do not say whether gifts are on top or within, or that count an amount in another currency,
    cannot be judged."""
    return line.campaign is not None and any(
        terms.get("mode", "UNSPECIFIED") == "UNSPECIFIED"
        or (terms.get("basis") == "AMOUNT" and line.campaign.get("currency") != line.sheet.currency)
        for terms in line.campaign.get("free_goods", []))


def _counts(terms, line):
    """Whether a paid line counts as bought under the terms."""
    products, product_lines = terms.get("products", []), terms.get("product_lines", [])
    if products or product_lines:
        return line.row["product_id"] in products or line.product.get("product_line", "") in product_lines
    return discounts.product_eligible(line.campaign, line)


def _bought(terms, line):
    return [other for other in campaigns.paid_lines(line) if _counts(terms, other)]


def rewards(terms, gift):
    """Whether the terms give the product of a gift line."""
    if terms.get("reward", "SAME") in ("FIXED", "CHOICE"):
        return gift.row["product_id"] in terms.get("reward_products", [])
    if gift.sheet.kind == "GIFT_ONLY":
        return _counts(terms, gift)
    return any(other.row["product_id"] == gift.row["product_id"] for other in _bought(terms, gift))


def _usage(line):
    return line.sheet.data.one("campaign_usage", line.campaign_id, line.sheet.row["sold_to"]) or {}


def _taken(line, terms, field):
    """What the partner has taken under the terms outside this run; where usage is not known by terms, all that was taken
    of the campaign counts under each."""
    usage = _usage(line)
    if not usage.get("terms"):
        return number(usage, field, 0)
    return sum((number(row, field) for row in usage["terms"] if row.get("terms_id") == terms["id"]), Fraction(0))


def _before(gift, terms):
    """What the partner was given before under several terms, of an order of gifts alone."""
    if gift.sheet.kind != "GIFT_ONLY":
        return Fraction(0)
    if not _usage(gift).get("terms"):
        return number(_usage(gift), "free_quantity", 0)
    return sum((_taken(gift, each, "free_quantity") for each in terms), Fraction(0))


def _worth(line, quantity):
    return amounts.to_currency(line.effective_net * quantity / line.base_quantity,
                               line.sheet.currency) if line.base_quantity else 0


def given_for(terms, line, delivered):
    """What the terms give for the order: for what it asks for, or for what is confirmed of it."""
    amount = terms.get("basis") == "AMOUNT"
    if line.sheet.kind == "GIFT_ONLY":
        return entitlement(terms, _taken(line, terms, "paid_amount" if amount else "paid_quantity"))
    bought = [(other, other.confirmed if delivered else other.base_quantity) for other in _bought(terms, line)]
    paid = sum((Fraction(_worth(other, part)) if amount else part for other, part in bought), Fraction(0))
    return entitlement(terms, paid)


def _terms_of(gift):
    return [terms for terms in gift.campaign.get("free_goods", []) if rewards(terms, gift)]


def _rivals(terms, gift):
    """Gift lines that share what the terms give: of FIXED rewards those of the same product."""
    lines = [other for other in gift.sheet.lines if other.free and other.campaign_id == gift.campaign_id
             and rewards(terms, other)]
    if terms.get("reward") == "FIXED":
        return [other for other in lines if other.row["product_id"] == gift.row["product_id"]]
    return lines


def _judged(gift, delivered=False):
    """The limit of a gift line and what is given against it."""
    terms = _terms_of(gift)
    rivals = {id(other): other for each in terms for other in _rivals(each, gift)}
    limit = sum((given_for(each, gift, delivered) for each in terms), Fraction(0))
    return limit, sum((other.base_quantity for other in rivals.values()), _before(gift, terms)), list(rivals.values())


def too_many(gift):
    if not gift.free or (gift.campaign_id and gift.campaign is None) or unclear(gift):
        return None  # of a campaign that is not in force, ORD-PRM-01 tells
    limit, given, rivals = _judged(gift) if gift.campaign else (0, 0, [])
    if gift.campaign is None or not _terms_of(gift):  # free goods are what a campaign gives
        given = sum((other.base_quantity for other in gift.sheet.lines if other.free
                     and other.campaign_id == gift.campaign_id
                     and other.row["product_id"] == gift.row["product_id"]),
                    _before(gift, []) if gift.campaign else Fraction(0))
        along = (gift.campaign or {}).get("allotment_ratios", [])
        return None if along else Verdict("REJECT", "FREE_GOODS_TOO_MANY", 0, given)
    return Verdict("REJECT", "FREE_GOODS_TOO_MANY", limit, given) if given > limit else None


def due(line):
    """What the order is still owed, told at the first line of the campaign."""
    if not campaigns.first_of_campaign(line) or not line.campaign.get("free_goods"):
        return None
    if unclear(line):
        return Verdict("HOLD", "NOT_EVALUABLE", None, "?")
    missing = []
    for terms in line.campaign["free_goods"]:
        gifts = [other for other in line.sheet.lines if other.free and other.campaign_id == line.campaign_id
                 and rewards(terms, other)]
        limit = given_for(terms, line, False)
        products = terms.get("reward_products", []) if terms.get("reward") == "FIXED" else [None]
        left = sum((max(Fraction(0), limit - sum((gift.base_quantity for gift in gifts
                                                  if product in (None, gift.row["product_id"])),
                                                 _before(line, [terms])))
                    for product in products), Fraction(0))
        missing += [terms["id"]] if left > 0 else []
    return Verdict("NOTE", "FREE_GOODS_DUE", None, None) if missing else None


def surplus(gift):
    """What the confirmed part does not earn leaves, the later gift lines first."""
    if not gift.free or gift.campaign is None or unclear(gift) or not _terms_of(gift):
        return None
    ordered, given, rivals = _judged(gift)
    if given > ordered:
        return None  # ORD-PRM-02 rejects the order
    limit, _, _ = _judged(gift, delivered=True)
    before = sum((other.base_quantity for other in rivals[:rivals.index(gift)]),
                 _before(gift, _terms_of(gift)))
    kept = min(gift.base_quantity, max(Fraction(0), limit - before))
    if kept >= gift.base_quantity:
        return None
    return Verdict("CUT", "FREE_GOODS_SURPLUS", kept, gift.base_quantity, gift.base_quantity - kept)


def alone(gift):
    """A gift ships with its main line, never alone."""
    if not gift.free or gift.main is None or gift.main.confirmed > 0:
        return None
    return Verdict("CUT", "FREE_GOODS_SURPLUS", None, gift.main.id)


def cap_accounts(gift):
    """The account of the terms that cap what one partner may get over the campaign. A gift that several terms give
    counts for the first of them; the page does not say."""
    if not gift.free or gift.campaign is None:
        return
    for terms in _terms_of(gift)[:1]:
        if terms.get("cap_per_partner", "") != "":
            yield (("free_cap", gift.campaign["id"], terms["id"], gift.sheet.row["sold_to"]),
                   number(terms, "cap_per_partner") - _taken(gift, terms, "free_quantity"))


def over_cap(gift):
    if "free_cap" not in gift.ledgers or gift.ledgers["free_cap"][0] <= gift.ledgers["free_cap"][1]:
        return None
    wanted, left = gift.ledgers["free_cap"]
    return Verdict("REJECT", "FREE_GOODS_TOO_MANY", left, wanted)


RULES = [("ORD-PRM-02", "line", too_many), ("ORD-PRM-02-DUE", "line", due)]
CUTS_AFTER_DRAWS = [("ORD-PRM-02-SURPLUS", "line", surplus), ("ORD-PRM-02-ALONE", "line", alone)]
AFTER_DRAWS = [("ORD-PRM-02-CAP", "line", over_cap)]
