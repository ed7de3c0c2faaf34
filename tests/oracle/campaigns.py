"""ORD-PRM without the free goods themselves: eligibility, what is given along, shares, zero prices, quota (domain
page 3.7, 3.8).

Entry points: RULES, AFTER_DRAWS. What concerns a campaign as a whole is told at its first line. An empty list
restricts nothing; of several lists each must agree. A gift's product need not be in the campaign.
"""

from fractions import Fraction

import amounts
import discounts
import prices
from rows import Unknown, number
from sheet import Verdict


def eligible(line):
    """All that the line names must be in force and serve partner and product; one finding names those that do not."""
    rows = discounts.serving(line)
    wrong = [each for each in discounts.named(line) if each not in [row["id"] for row in rows]]
    if not wrong:
        return None
    is_in_force = all(discounts.in_force(line, each) for each in wrong)
    return Verdict("REJECT", "CAMPAIGN_NOT_ELIGIBLE" if is_in_force else "CAMPAIGN_NOT_IN_FORCE", None, ", ".join(wrong))


def left_out(line):
    """Which of the discounts that a paid line claims beside its own do not count, and for which better ones."""
    if line.free or not line.row.get("further_campaigns"):
        return None
    counted, others = discounts.counting(line)
    if not others:
        return None
    groups = [group for _, group in others]
    numbers = [row["id"] for row, _ in others]
    return Verdict("NOTE", "CAMPAIGN_LEFT_OUT", ", ".join(row["id"] for row, group in counted if group in groups),
                   ", ".join(each for each in discounts.named(line) if each in numbers))


def first_of_campaign(line):
    """Whether a line is the first paid one of the order with its campaign, or of gifts alone the first."""
    lines = [other for other in line.sheet.lines if other.campaign_id == line.campaign_id]
    return line.campaign is not None and min(lines, key=lambda other: other.free) is line


def paid_lines(line):
    return [other for other in line.sheet.lines if other.campaign_id == line.campaign_id and not other.free]


def _fits(part, product):
    return (part.get("product_line", "") in ("", product.get("product_line", ""))
            and part.get("brand", "") in ("", product.get("brand", "")))


def _list_value(gift):
    price = prices.price_in_force(gift)
    if price is None:
        raise Unknown(f"line {gift.id}: no one price is in force")
    return amounts.to_currency(price.amount / price.per * gift.priced_quantity, gift.sheet.currency)


def given_along(line):
    """Goods given along are worth no more than their ratio of what the lines they belong to pay."""
    ratios = line.campaign.get("allotment_ratios", []) if first_of_campaign(line) else []
    limits, given = [], []
    for ratio in ratios:
        paid = [other for other in paid_lines(line) if _fits(ratio, other.product)]
        gifts = [other for other in line.sheet.lines if other.free and other.campaign_id == line.campaign_id
                 and _fits(ratio, (other.main or other).product)]
        limits.append(number(ratio, "ratio") * sum((other.effective_net for other in paid), Fraction(0)))
        given.append(sum((_list_value(other) for other in gifts), Fraction(0)))
    if not any(value > limit for value, limit in zip(given, limits)):
        return None
    shown = [amounts.to_currency(limit, line.sheet.currency, "FLOOR") for limit in limits]
    return Verdict("HOLD", "ALLOTMENT_EXCEEDED", shown, given)


def shares(line):
    """Shares of all that the order pays for."""
    ratios = line.campaign.get("mix_ratios", []) if first_of_campaign(line) else []
    paid = [other for other in line.sheet.lines if not other.free] if ratios else []
    whole = sum((other.effective_net for other in paid), Fraction(0))
    for ratio in ratios:
        part = sum((other.effective_net for other in paid if _fits(ratio, other.product)), Fraction(0))
        if whole > 0 and not number(ratio, "minimum", 0) * whole <= part <= number(ratio, "maximum", 1) * whole:
            return Verdict("HOLD", "MIX_OUTSIDE_RATIO")
    return None


def zero_price(line):
    return Verdict("REJECT", "ZERO_PRICE", None, 0) if not line.free and line.unit_price == 0 else None


# -- Quota ------------------------------------------------------------------------------------

def quota_wanted(line):
    """What a paid line takes of its campaign's quota: what is confirmed of it, or its worth in the campaign's
    currency."""
    if line.campaign.get("quota_basis") != "AMOUNT":
        return line.confirmed
    whole, order = line.base_quantity, line.sheet
    worth = amounts.to_currency(line.effective_net * line.confirmed / whole, order.currency) if whole else Fraction(0)
    return amounts.exchanged(order.data, worth, order.currency, line.campaign["currency"], line.price_day)


def quota_accounts(line):
    """Account keys of the quota with their openings: of all partners, and the partner's own."""
    campaign, data = line.campaign, line.sheet.data
    if campaign.get("quota", "") != "":
        yield ("quota", campaign["id"]), number(campaign, "quota") - number(campaign, "quota_used", 0)
    if campaign.get("quota_per_partner", "") != "":
        usage = data.one("campaign_usage", campaign["id"], line.sheet.row["sold_to"])
        basis = "paid_amount" if campaign.get("quota_basis") == "AMOUNT" else "paid_quantity"
        taken = number(usage, basis) if usage is not None else Fraction(0)
        yield ("quota", campaign["id"], line.sheet.row["sold_to"]), number(campaign, "quota_per_partner") - taken


def quota(line):
    """`ledgers["quota"]`: what was asked and what was left, the least of the accounts."""
    if "quota" not in line.ledgers or line.ledgers["quota"][0] <= line.ledgers["quota"][1]:
        return None
    wanted, left = line.ledgers["quota"]
    return Verdict("HOLD", "QUOTA_EXCEEDED", left, wanted)


RULES = [("ORD-PRM-01", "line", eligible), ("ORD-PRM-01-COMBINED", "line", left_out), ("ORD-PRM-03", "line", given_along), ("ORD-PRM-03-MIX", "line", shares),
         ("ORD-PRM-04", "line", zero_price)]
AFTER_DRAWS = [("ORD-PRM-05", "line", quota)]
