"""What the campaigns that a line names grant together (domain page 3.3: they combine by group, EXCLUSIVE or STACK), and
the cap that follows.

Entry points: named, serving, offers, counting, granted, cap. A campaign is its row; a group's offer is a list of
campaigns that count together. The page does not say how a group of both kinds combines: all that stack are one offer
beside each exclusive campaign.
"""

from fractions import Fraction
from itertools import groupby

import amounts
from rows import number

CAPS = {"VIP": ("0.30", "0.20"), "A": ("0.25", "0.15"),
        "B": ("0.20", "0.10")}  # table discount_cap: with and without campaign
OTHER_CAPS = ("0.15", "0.05")


def named(line):
    """The numbers of all campaigns on a line, each once."""
    numbers = [line.row.get("campaign_id", "")]
    numbers += [claim.get("campaign_id", "") for claim in line.row.get("further_campaigns", [])]
    return list(dict.fromkeys(each for each in numbers if each))


def in_force(line, campaign_id):
    return line.sheet.data.one("campaigns", campaign_id, at=line.price_day)


def _agrees(scope, values):
    return not scope or any(value in scope for value in values)


def partner_eligible(campaign, order):
    return (_agrees(campaign.get("eligible_levels"), [order.partner.get("level", "")])
            and _agrees(campaign.get("eligible_regions"), [order.region])
            and _agrees(campaign.get("eligible_channels"), [order.partner.get("channel", "UNSPECIFIED")])
            and _agrees(campaign.get("eligible_partners"), [order.partner["id"]]))


def product_eligible(campaign, line):
    return (_agrees(campaign.get("eligible_products"), [line.row["product_id"]])
            and _agrees(campaign.get("eligible_product_lines"), [line.product.get("product_line", "")])
            and _agrees(campaign.get("eligible_brands"), [line.product.get("brand", "")]))


def serving(line):
    """The campaigns that a line names rightly: in force, for its partner and, but for gifts, its product."""
    rows = [row for row in (in_force(line, each) for each in named(line)) if row is not None]
    return [row for row in rows if partner_eligible(row, line.sheet) and (line.free or product_eligible(row, line))]


def _factor(campaigns):
    """What is left to pay; a rate that cannot be meant is none."""
    left = Fraction(1)
    for row in campaigns:
        rate = number(row, "discount_rate", 0)
        left *= 1 - rate if 0 <= rate <= 1 else 1
    return left


def _place(campaign):
    return campaign.get("combination_order", 0), campaign["id"]


def _group(campaign):
    return campaign.get("combination_group", ""), "" if campaign.get("combination_group") else campaign["id"]


def offers(campaigns):
    """The offers of one group, the best first."""
    stack = [row for row in campaigns if row.get("combination") == "STACK"]
    alone = sorted(([row] for row in campaigns if row.get("combination") != "STACK"), key=lambda offer: _place(offer[0]))
    return sorted(alone + ([stack] if stack else []), key=_factor)


def counting(line):
    """The campaigns that count, in the declared order, and those that are left out, each with the group it is of."""
    counted, left_out = [], []
    for group, rows in groupby(sorted(serving(line), key=_group), key=_group):
        best, *others = offers(list(rows))
        counted += [(row, group) for row in best]
        left_out += [(row, group) for offer in others for row in offer]
    return sorted(counted, key=lambda each: _place(each[0])), left_out


def granted(line):
    return amounts.rounded(1 - _factor([row for row, _ in counting(line)[0]]), 6)


def cap(line):
    """The largest effective discount, and whether it is what the campaigns grant."""
    campaigns = [row for row, _ in counting(line)[0]]
    stated = [number(row, "discount_cap") for row in campaigns if row.get("discount_cap", "") != ""]
    if stated:
        return min(stated), False
    if line.product.get("product_line") == "GIFT":
        return Fraction(1), False
    caps = CAPS.get(line.sheet.partner.get("level", ""), OTHER_CAPS)
    ordinary = Fraction(caps[0] if campaigns else caps[1])
    return max(ordinary, granted(line)), granted(line) > ordinary
