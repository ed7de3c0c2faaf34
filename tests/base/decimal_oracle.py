"""Random decimal operations with the results that Python's decimal module gives.

Usage: decimal_oracle.py SEED COUNT. Prints COUNT lines, each an operation, its operands and the expected result,
separated by tabs; decimal_oracle_test.cc does the same operations and compares. It reads nothing and writes nothing
else. A value is written as two fields, coefficient and scale; "overflow", "div0" and the like stand for refusals.
"""

import decimal
import random
import re
import sys

LIMIT = 10**38
EXACT = decimal.Context(prec=400, Emax=999999, Emin=-999999, traps=[decimal.Inexact])
# The mode made for it: a quotient cut by ROUND_05UP rounds a second time as the exact one would.
STICKY = decimal.Context(prec=400, Emax=999999, Emin=-999999, rounding=decimal.ROUND_05UP)
MODES = ["HALF_UP", "HALF_EVEN", "UP", "DOWN", "CEILING", "FLOOR"]


def as_decimal(value):
    coefficient, scale = value
    return decimal.Decimal(coefficient).scaleb(-scale, EXACT)


def quantize(exact, scale, mode):
    context = decimal.Context(prec=800, Emax=999999, Emin=-999999, rounding="ROUND_" + mode)
    return int(exact.quantize(decimal.Decimal(1).scaleb(-scale), context=context).scaleb(scale, context))


def result(coefficient, scale):
    return "overflow" if abs(coefficient) >= LIMIT else f"{coefficient}\t{scale}"


def aligned(a, b):
    """Both coefficients at the wider scale, or nothing if one passes 38 digits there."""
    scale = max(a[1], b[1])
    pair = [c * 10 ** (scale - s) for c, s in (a, b)]
    return (None if any(abs(c) >= LIMIT for c in pair) else pair), scale


class Generator:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.uniform = self.random.random

    # The methods of random.Random of these kinds take most of the time of a million operations.
    def below(self, limit):
        if limit < 2**32:
            return int(self.uniform() * limit)
        return self.random.getrandbits(limit.bit_length() + 20) % limit

    def between(self, low, high):
        return low + self.below(high - low + 1)

    def pick(self, items):
        return items[int(self.uniform() * len(items))]

    def digits(self, count):
        return str(self.below(10**count)).zfill(count)

    def coefficient(self, digits=None):
        digits = self.between(0, 38) if digits is None else digits
        shape = self.below(6)
        if digits == 0:
            value = 0
        elif shape == 0:
            value = 10**digits - 1 - self.pick([0, 0, 1, self.below(10**digits)])
        elif shape == 1:
            value = self.pick([1, 5, 15, 25, 49, 51]) * 10 ** max(0, digits - 2)
        elif shape == 2:
            value = 2 ** self.below(1 + int(digits * 3.32))
        else:
            value = self.below(10**digits)
        value = min(value, LIMIT - 1)
        return -value if self.uniform() < 0.5 else value

    def scale(self):
        return self.pick([0, 2, 4, self.between(0, 38)])

    def value(self):
        return self.coefficient(), self.scale()

    def mode(self):
        return self.pick(MODES)

    def add(self):
        return self.sum_of("add", 1)

    def subtract(self):
        return self.sum_of("subtract", -1)

    def sum_of(self, name, sign):
        a, b = self.value(), self.value()
        pair, scale = aligned(a, b)
        expected = "overflow" if pair is None else result(pair[0] + sign * pair[1], scale)
        return name, *a, *b, expected

    def multiply(self):
        digits = self.between(0, 38)
        a = self.coefficient(digits), self.between(0, 24)
        b = self.coefficient(self.between(0, 40 - digits) % 39), self.between(0, 16)
        scale = a[1] + b[1]
        expected = "overflow" if scale > 38 else result(a[0] * b[0], scale)
        return "multiply", *a, *b, expected

    def compare(self):
        a = self.value()
        b = self.value()
        if self.uniform() < 0.5:  # nearly or exactly equal, at another scale
            scale = self.between(0, 38)
            near = int(as_decimal(a).scaleb(scale, STICKY)) + self.pick([-1, 0, 0, 1])
            if abs(near) < LIMIT:
                b = near, scale
        left, right = as_decimal(a), as_decimal(b)
        return "compare", *a, *b, str((left > right) - (left < right))

    def rescale(self):
        a, scale = self.value(), self.between(0, 38)
        expected = "overflow" if scale < a[1] else result(a[0] * 10 ** (scale - a[1]), scale)
        return "rescale", *a, scale, expected

    def round(self):
        a, scale, mode = self.value(), self.scale(), self.mode()
        if self.uniform() < 0.3 and a[1] > scale:  # a tie, or its neighbour
            half = 10 ** (a[1] - scale) // 2
            tie = a[0] - a[0] % (2 * half) + half + self.pick([0, 0, 1, -1])
            a = (tie, a[1]) if abs(tie) < LIMIT else a
        return "round", *a, scale, mode, result(quantize(as_decimal(a), scale, mode), scale)

    def quotient(self):
        a, b, scale, mode = self.value(), self.value(), self.scale(), self.mode()
        if self.uniform() < 0.3:  # a tie of the quotient, or its neighbour
            divisor = 2 * self.coefficient(self.between(1, 18))
            tie = (2 * self.below(10 ** self.between(1, 18)) + 1) * (divisor // 2) + self.pick([0, 0, 1, -1])
            divisor_scale = self.between(0, 38 - scale)
            a, b = (tie, divisor_scale + scale), (divisor, divisor_scale)
        if b[0] == 0:
            return "quotient", *a, *b, scale, mode, "div0"
        exact = STICKY.divide(as_decimal(a), as_decimal(b))
        return "quotient", *a, *b, scale, mode, result(quantize(exact, scale, mode), scale)

    def divide(self):
        """RoundDivide of plain integers, of 64 or 128 bits."""
        bits = self.pick([63, 127])
        value = self.pick([self.between(-(2**bits), 2**bits - 1), -(2**bits), 2**bits - 1, self.between(-1000, 1000)])
        divisor = self.pick([self.between(1, 2**bits - 1), self.between(1, 20), 10 ** self.between(0, 18), 2**bits - 1])
        mode = self.mode()
        exact = STICKY.divide(decimal.Decimal(value), decimal.Decimal(divisor))
        return f"divide{bits + 1}", value, divisor, mode, str(quantize(exact, 0, mode))

    def text(self):
        """Decimal text, often well-formed, sometimes a negative zero or with one character wrong."""
        whole = self.digits(self.pick([1, 2, 3, 4, 5, 6, 8, 9, 12, 15, 18, 19, 20, 38]))
        text = self.pick(["", "-"]) + self.pick(["", "", "", "", "00", "0" * 25]) + whole
        if self.uniform() < 0.7:
            text += "." + self.digits(self.pick([1, 2, 2, 3, 4, 4, 8, 18, 38]))
        if self.uniform() < 0.05:
            text = "-" + re.sub("[1-9]", "0", text.lstrip("-"))
        if self.uniform() < 0.2:
            at = self.below(len(text) + 1)
            wrong = self.pick(["", ".", ".", "-", "+", "e", " ", "/", ":", "x", "\x7f", "é"])
            text = text[:at] + wrong + text[at + self.below(2) :]
        return text

    @staticmethod
    def read(text):
        """(coefficient, scale) of well-formed text, else nothing."""
        digits = text[1:] if text.startswith("-") else text
        whole, point, fraction = digits.partition(".")
        if not all(part.isdigit() for part in ([whole, fraction] if point else [whole])):
            return None
        value = decimal.Decimal(text)
        return int(value.scaleb(len(fraction), EXACT)), len(fraction)

    def parse(self):
        text = self.text()
        value = self.read(text)
        if value is None or value[1] > 38 or abs(value[0]) >= LIMIT:
            return "parse", text, "refused"
        return "parse", text, f"{value[0]}\t{value[1]}"

    def parse_at_scale(self):
        text = self.text()
        bits, most = self.pick([(64, 18), (128, 38)])
        precision = self.pick([most, self.between(1, most)])
        scale = self.between(0, precision)
        value = self.read(text)
        if text == "":
            expected = "empty"
        elif value is None:
            expected = "malformed"
        elif value[1] > scale:
            expected = "excess"
        else:
            coefficient = value[0] * 10 ** (scale - value[1])
            expected = "overflow" if abs(coefficient) >= 10**precision else str(coefficient)
        return f"parse{bits}", precision, scale, text, expected

    def format(self):
        a = self.value()
        text = format(as_decimal((abs(a[0]), a[1])), "f")
        return "format", *a, ("-" if a[0] < 0 else "") + text

    def trim(self):
        a = self.value()
        text = format(as_decimal((abs(a[0]), a[1])), "f")
        text = text.rstrip("0").rstrip(".") if "." in text else text
        return "trim", *a, ("-" if a[0] < 0 else "") + text

    def to_double(self):
        a = self.value()
        return "double", *a, (a[0] / 10 ** a[1]).hex()  # Python divides integers correctly rounded


def main():
    seed, count = int(sys.argv[1]), int(sys.argv[2])
    sys.stdout.reconfigure(encoding="utf-8")
    g = Generator(seed)
    operations = [g.add, g.subtract, g.multiply, g.compare, g.rescale, g.round, g.round, g.quotient, g.quotient]
    operations += [g.quotient, g.divide, g.parse, g.parse_at_scale, g.parse_at_scale, g.format, g.trim, g.to_double]
    for start in range(0, count, 1000):
        lines = (operations[i % len(operations)]() for i in range(start, min(start + 1000, count)))
        sys.stdout.write("".join("\t".join(map(str, line)) + "\n" for line in lines))


if __name__ == "__main__":
    main()
