"""Money of an order (domain page 3.3): nets, shares of the order discount, tax, total. Each amount is rounded once,
half up, to the minor unit of its currency.

Entry points: rounded, to_currency, spread, tax_of, tax_by_rate. Nothing here knows of rules.
"""

from collections import Counter
from fractions import Fraction

from rows import Unknown, number

DIGITS = {"CNY": 2, "USD": 2, "EUR": 2, "JPY": 0, "KWD": 3}


def rounded(value, digits, mode="HALF_UP"):
    """HALF_UP is away from zero at the half, FLOOR towards minus infinity."""
    scaled = Fraction(value) * 10 ** digits
    if mode == "FLOOR":
        return Fraction(scaled.numerator // scaled.denominator, 10 ** digits)
    sign = -1 if scaled < 0 else 1
    whole = (2 * abs(scaled.numerator) + scaled.denominator) // (2 * scaled.denominator)
    return Fraction(sign * whole, 10 ** digits)


def to_currency(value, currency, mode="HALF_UP"):
    if currency not in DIGITS:
        raise Unknown(f"currency {currency} has no minor unit")
    return rounded(value, DIGITS[currency], mode)


def spread(total, weights, digits):
    """Shares of `total` pro rata by largest remainder: whole minor units that add up exactly; of equal remainders the
    first counts."""
    base = sum(weights)
    if total == 0 or base <= 0:
        return [Fraction(0)] * len(weights)
    exact = [Fraction(total) * weight / base * 10 ** digits for weight in weights]
    floors = [value.numerator // value.denominator for value in exact]
    left = Fraction(total) * 10 ** digits - sum(floors)
    by_remainder = sorted(range(len(weights)), key=lambda i: (floors[i] - exact[i], i))
    for i in by_remainder[:int(left)]:
        floors[i] += 1
    return [Fraction(value, 10 ** digits) for value in floors]


def tax_of(amount, rate, included, currency):
    """The tax on an amount, or inside it where it includes tax."""
    return to_currency(amount * rate / (1 + rate) if included else amount * rate, currency)


def tax_by_rate(taxed, included, currency):
    """The same of (rate, amount) pairs where it is rounded once for each rate."""
    sums = Counter()
    for rate, amount in taxed:
        sums[rate] += amount
    return sum((tax_of(amount, rate, included, currency) for rate, amount in sums.items()), Fraction(0))


def taxed_charges(order):
    return [(number(charge, "tax_rate", 0), number(charge, "amount", 0)) for charge in order.get("charges", [])]


def charges_of(order):
    return sum((number(charge, "amount", 0) for charge in order.get("charges", [])), Fraction(0))


def charge_tax(order, included):
    return sum((tax_of(amount, rate, included, order["currency"]) for rate, amount in taxed_charges(order)), Fraction(0))


def exchanged(data, amount, source, target, on):
    """An amount in another currency, at the rate of the day; without one it cannot be told."""
    if source == target:
        return amount
    return to_currency(amount * number(data.need("exchange_rates", source, target, at=on), "rate"), target)
