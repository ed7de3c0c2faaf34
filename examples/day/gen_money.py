"""Amounts of the sample orders: the arithmetic of docs/domain.md, section 3.3, in Python's own decimals.

Entry points: line_net, order_total. They never touch a float, and round an amount once.
"""

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal, getcontext

getcontext().prec = 50

MINOR = {"CNY": Decimal("0.01"), "USD": Decimal("0.01"), "JPY": Decimal("1")}


def dec(value):
    """A decimal of a text, or zero of an absent one."""
    return Decimal(value) if value else Decimal(0)


def text(value):
    """A decimal as the files write it: no exponent, no trailing zeros."""
    shown = format(value, "f")
    return (shown.rstrip("0").rstrip(".") or "0") if "." in shown else shown


def money(value, currency):
    return value.quantize(MINOR[currency], rounding=ROUND_HALF_UP)


def line_net(line, ratio, currency):
    """Net amount of a line; `ratio` is how many price units one unit is, as (numerator, denominator)."""
    numerator, denominator = ratio
    per = Decimal(line.get("price_quantity", "1"))
    gross = Decimal(line["quantity"]) * numerator * Decimal(line["unit_price"]) * (1 - dec(line.get("discount_rate")))
    return money((gross - dec(line.get("discount_amount")) * per * denominator) / (per * denominator), currency)


def discount_shares(nets, discount, currency):
    """A discount spread over net amounts pro rata in minor units, by largest remainder; the shares add up exactly."""
    total = sum(nets)
    exact = [discount * net / total for net in nets]
    shares = [e.quantize(MINOR[currency], rounding=ROUND_DOWN) for e in exact]
    left = int((discount - sum(shares)) / MINOR[currency])
    by_rest = sorted(range(len(nets)), key=lambda i: (shares[i] - exact[i], i))
    for i in by_rest[:left]:
        shares[i] += MINOR[currency]
    return shares


def order_total(order):
    """Total of an order whose lines carry right net amounts."""
    currency = order["currency"]
    nets = [Decimal(line["net_amount"]) for line in order["lines"]]
    discount = dec(order.get("order_discount"))
    total = sum(nets) - discount + dec(order.get("rounding"))
    charges = order.get("charges", [])
    total += sum((Decimal(charge["amount"]) for charge in charges), Decimal(0))
    if not order.get("tax_included"):
        shares = discount_shares(nets, discount, currency) if discount else [Decimal(0)] * len(nets)
        for line, net, share in zip(order["lines"], nets, shares):
            total += money((net - share) * dec(line.get("tax_rate")), currency)
        for charge in charges:
            total += money(Decimal(charge["amount"]) * dec(charge.get("tax_rate")), currency)
    return total
