"""Random expressions over decimals with the values that Python's decimal module gives them.

Usage: decimal_language_oracle.py SEED COUNT. Prints lines of fields separated by tabs: `row TEXT` is one more row (a
message in protobuf's text format; those that follow a line of another kind begin anew), `expression TEXT VALUE…` has a
value for each row. The rules of digits and scales are those of docs/language.md, written down here once more:
an operand is brought to the scale that is needed, what takes more than 38 digits there is an overflow.
"""

import decimal
import random
import sys

EXACT = decimal.Context(prec=400, Emax=999999, Emin=-999999, traps=[decimal.Inexact, decimal.InvalidOperation])
# The mode made for it: a quotient cut by ROUND_05UP rounds a second time as the exact one would.
STICKY = decimal.Context(prec=400, Emax=999999, Emin=-999999, rounding=decimal.ROUND_05UP)
MODES = ["HALF_UP", "HALF_EVEN", "UP", "DOWN", "CEILING", "FLOOR"]
ROUNDING = {mode: decimal.Context(prec=800, Emax=999999, Emin=-999999, rounding="ROUND_" + mode) for mode in MODES}
UNIT = [decimal.Decimal(1).scaleb(-scale) for scale in range(90)]
LIMIT = [decimal.Decimal(10) ** (38 - scale) for scale in range(90)]
MINOR_UNITS = {"CNY": 2, "JPY": 0, "KWD": 3, "CLF": 4, "USD": 2}  # of ISO 4217
NO_UNITS = ["XAU", "XYZ", ""]
ROWS, EXPRESSIONS = 4, 50


class Failure(Exception):
    """The error that an expression has in place of a value."""


class Node:
    """A part of an expression: `kind` d(ecimal), i(nt), u(int), b(ool), s(tring) or l(ist of decimals)."""

    def __init__(self, text, kind, scale, value, literal=False):
        self.text, self.kind, self.scale, self.value, self.literal = text, kind, scale, value, literal


class TooManyDigits(Exception):
    """More than 38 digits behind the point: refused when it is loaded."""


def fitting(value, scale):
    if value.copy_abs() >= LIMIT[scale]:
        raise Failure("overflow")
    return value


def rounded(value, target, mode):
    digits, scale = target
    return fitting(value.quantize(UNIT[digits], context=ROUNDING[mode]), scale)


def divided(a, b, target, mode):
    if b == 0:
        raise Failure("division by zero")
    return rounded(STICKY.divide(a, b), target, mode)


def total(values, scale):
    result = decimal.Decimal(0)
    for value in values:
        result = fitting(EXACT.add(result, value), scale)
    return result


def field(name):
    def value(row):
        if row[name] is None:
            raise Failure("absent")
        return row[name]

    return value


def both(row, a, b):
    left = a(row)
    return left, b(row)


def compared(symbol, a, b):
    def value(row):
        left, right = both(row, a, b)
        order = (left > right) - (left < right)
        return {"==": order == 0, "!=": order != 0, "<": order < 0, "<=": order <= 0, ">": order > 0,
                ">=": order >= 0}[symbol]

    return value


def connected(decides, a, b):
    """&& is decided by a false side, || by a true one, also if the other has an error."""
    def value(row):
        failure = None
        for side in (a, b):
            try:
                if side(row) == decides:
                    return decides
            except Failure as error:
                failure = failure or error
        if failure:
            raise failure
        return not decides

    return value


class Generator:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.variables = []

    def chance(self, probability):
        return self.random.random() < probability

    def pick(self, items):
        return items[int(self.random.random() * len(items))]

    # -- Rows

    def number(self, precision, scale):
        digits = self.random.randint(1, precision)
        coefficient = self.random.randrange(10**digits)
        if self.chance(0.15):
            coefficient = self.pick([0, 1, 5, 10**digits - 1, 5 * 10 ** (digits - 1)])
        return decimal.Decimal(-coefficient if self.chance(0.4) else coefficient).scaleb(-scale, EXACT)

    def row(self):
        bits = self.random.randint(1, 63)
        return {
            "amount": None if self.chance(0.08) else self.number(self.pick([4, 8, 18]), 4),
            "wide": self.number(self.pick([12, 20, 38, 38]), 10),
            "whole": self.number(6, 0),
            "maybe_amount": None if self.chance(0.3) else self.number(self.pick([5, 18]), 2),
            "i": decimal.Decimal(self.pick([0, 1, -1, 2**63 - 1, -(2**63), self.random.randrange(-(2**bits), 2**bits)])),
            "u": decimal.Decimal(self.pick([0, 1, 2**64 - 1, self.random.randrange(2**bits)])),
            "s": self.pick(list(MINOR_UNITS) + NO_UNITS),
            "amounts": [self.number(self.pick([5, 18]), 2) for _ in range(self.random.randrange(5))],
            "items": [None if self.chance(0.05) else self.number(self.pick([8, 18]), 6)
                      for _ in range(self.random.randrange(4))],
        }

    # -- Decimals

    def decimal(self, depth):
        """A decimal whatever stands beside it."""
        if depth <= 0:
            return self.leaf()
        return self.pick([self.leaf, self.arithmetic, self.arithmetic, self.arithmetic, self.negative, self.branch,
                          self.round, self.quotient, self.average, self.sum, self.extreme, self.extreme_number,
                          self.absolute, self.optional, self.powers])(*([depth] if depth else []))

    def leaf(self, _=0):
        choices = [("amount", 4), ("wide", 10), ("wide", 10), ("whole", 0), ("maybe_amount", 2)]
        if self.variables and self.chance(0.6):
            return self.pick(self.variables)
        if self.chance(0.15):
            number = self.number(self.pick([3, 6, 20]), self.random.randrange(4))
            return Node(f"decimal('{number:f}')", "d", -number.as_tuple().exponent, lambda row: number)
        if self.chance(0.1):
            name, kind = self.pick([("i", "i"), ("u", "u")])
            return Node(f"decimal(sample.{name})", "d", 0, field(name))
        name, scale = self.pick(choices)
        return Node("sample." + name, "d", scale, field(name))

    def literal(self, depth=1):
        """A number written out, of signs, brackets and + - * of such; exact wherever a decimal is in reach."""
        if depth > 0 and self.chance(0.3):
            a, b = self.literal(depth - 1), self.literal(depth - 1)
            symbol = self.pick("+-*")
            exact = {"+": EXACT.add, "-": EXACT.subtract, "*": EXACT.multiply}[symbol](a.value(None), b.value(None))
            scale = a.scale + b.scale if symbol == "*" else max(a.scale, b.scale)
            return Node(f"({a.text} {symbol} {b.text})", "d", scale, lambda row: exact, True)
        if depth > 0 and self.chance(0.15):
            a = self.literal(depth - 1)
            return Node(f"-({a.text})", "d", a.scale, lambda row: a.value(row).copy_negate(), True)
        scale = self.random.randrange(4)
        number = self.number(self.pick([2, 4, 9]), scale)
        text = f"{number:f}" if number >= 0 else f"({number:f})"
        return Node(text, "d", scale, lambda row: number, True)

    def beside(self, depth):
        """What may stand beside a decimal: one, a number written out, an int or a uint."""
        if self.chance(0.25):
            return self.literal()
        if self.chance(0.2):
            name = self.pick("iu")
            return Node("sample." + name, "d", 0, field(name))
        return self.decimal(depth)

    def pair(self, depth):
        a, b = self.decimal(depth - 1), self.beside(depth - 1)
        return (a, b) if self.chance(0.5) else (b, a)

    def arithmetic(self, depth):
        a, b = self.pair(depth)
        symbol = self.pick("++--***")
        if symbol == "*":
            return self.product(a, b)
        scale = max(a.scale, b.scale)
        step = EXACT.add if symbol == "+" else EXACT.subtract

        def value(row):
            left, right = both(row, a.value, b.value)
            return fitting(step(fitting(left, scale), fitting(right, scale)), scale)

        return Node(f"({a.text} {symbol} {b.text})", "d", scale, value)

    def product(self, a, b):
        scale = a.scale + b.scale
        if scale > 38 and self.variables:
            return a  # what is refused stands alone, without the macro around it
        if scale > 38:
            raise TooManyDigits(f"{a.text} * {b.text}")

        def value(row):
            left, right = both(row, a.value, b.value)
            return fitting(EXACT.multiply(left, right), scale)

        return Node(f"({a.text} * {b.text})", "d", scale, value)

    def powers(self, depth):
        product = self.leaf()
        for _ in range(self.random.randint(1, 3)):
            product = self.product(product, self.leaf())
        return product

    def negative(self, depth):
        a = self.decimal(depth - 1)
        return Node(f"-({a.text})", "d", a.scale, lambda row: a.value(row).copy_negate())

    def absolute(self, depth):
        a = self.decimal(depth - 1)
        return Node(f"math.abs({a.text})", "d", a.scale, lambda row: a.value(row).copy_abs())

    def branch(self, depth):
        test = self.bool(depth - 1)
        a, b = self.pair(depth)
        scale = max(a.scale, b.scale)
        return Node(f"({test.text} ? {a.text} : {b.text})", "d", scale,
                    lambda row: fitting((a if test.value(row) else b).value(row), scale))

    def optional(self, depth):
        a = self.beside(depth - 1)
        scale = max(2, a.scale)

        def value(row):
            own = row["maybe_amount"]
            return fitting(a.value(row) if own is None else own, scale)

        return Node(f"sample.?maybe_amount.orValue({a.text})", "d", scale, value)

    # -- Functions that round

    def target(self):
        """(text of the arguments, their (digits, scale) of a row, mode)."""
        mode = self.pick(MODES)
        written = "" if mode == "HALF_UP" and self.chance(0.5) else f", '{mode}'"
        if self.chance(0.65):
            scale = self.pick([0, 1, 2, 2, 3, 6, 12])
            return f"{scale}{written}", scale, lambda row: (scale, scale), mode

        def unit(code):
            if code not in MINOR_UNITS:
                raise Failure("invalid argument")
            return MINOR_UNITS[code], 4

        if self.chance(0.4):
            return f"sample.s{written}", 4, lambda row: unit(row["s"]), mode
        code = self.pick(list(MINOR_UNITS) * 2 + NO_UNITS)
        return f"'{code}'{written}", 4, lambda row: unit(code), mode

    def round(self, depth):
        a = self.literal() if self.chance(0.15) else self.decimal(depth - 1)
        text, scale, target, mode = self.target()

        def value(row):
            number = a.value(row)
            return rounded(number, target(row), mode)

        return Node(f"round({a.text}, {text})", "d", scale, value)

    def quotient(self, depth):
        a, b = self.beside(depth - 1), self.beside(depth - 1)
        text, scale, target, mode = self.target()

        def value(row):
            left, right = both(row, a.value, b.value)
            return divided(left, right, target(row), mode)

        return Node(f"quotient({a.text}, {b.text}, {text})", "d", scale, value)

    def average(self, depth):
        numbers = self.list(depth - 1)
        text, scale, target, mode = self.target()

        def value(row):
            values = numbers.value(row)
            to = target(row)
            if not values:
                raise Failure("empty list")
            return divided(total(values, numbers.scale), decimal.Decimal(len(values)), to, mode)

        return Node(f"avg({numbers.text}, {text})", "d", scale, value)

    # -- Lists

    def list(self, depth):
        if depth <= 0 or self.chance(0.3):
            if self.chance(0.5):
                return Node("sample.amounts", "l", 2, lambda row: row["amounts"])
            return self.items(depth)
        return self.pick([self.written, self.written, self.joined, self.mapped, self.filtered])(depth)

    def items(self, depth):
        def value(row):
            if any(one is None for one in row["items"]):
                raise Failure("absent")
            return row["items"]

        return Node("sample.items.map(t, t.quantity)", "l", 6, value)

    def written(self, depth):
        nodes = [self.decimal(depth - 1)] + [self.beside(depth - 1) for _ in range(self.random.randrange(4))]
        self.random.shuffle(nodes)
        scale = max(node.scale for node in nodes)

        def value(row):
            values = [node.value(row) for node in nodes]
            return [fitting(one, scale) for one in values]

        return Node("[" + ", ".join(node.text for node in nodes) + "]", "l", scale, value)

    def joined(self, depth):
        a = self.list(depth - 1)
        b = self.list(depth - 1)
        if self.chance(0.4):
            literals = [self.literal() for _ in range(self.random.randint(1, 3))]
            scale = max(node.scale for node in literals)
            b = Node("[" + ", ".join(node.text for node in literals) + "]", "l", scale,
                     lambda row: [node.value(row) for node in literals])
        scale = max(a.scale, b.scale)

        def value(row):
            left, right = both(row, a.value, b.value)
            return [fitting(one, scale) for one in left + right]

        return Node(f"({a.text} + {b.text})", "l", scale, value)

    def over(self, depth, make):
        """Of a list and an expression with a variable for its elements."""
        numbers = self.list(depth - 1)
        name = "xyzvw"[len(self.variables)]
        self.variables.append(Node(name, "d", numbers.scale, field(name)))
        body = make(depth - 1)
        self.variables.pop()
        return numbers, name, body

    def mapped(self, depth):
        if len(self.variables) > 3:
            return self.written(depth)
        numbers, name, body = self.over(depth, self.decimal)
        return Node(f"{numbers.text}.map({name}, {body.text})", "l", body.scale,
                    lambda row: [body.value(dict(row, **{name: one})) for one in numbers.value(row)])

    def filtered(self, depth):
        if len(self.variables) > 3:
            return self.written(depth)
        numbers, name, body = self.over(depth, self.bool)
        return Node(f"{numbers.text}.filter({name}, {body.text})", "l", numbers.scale,
                    lambda row: [one for one in numbers.value(row) if body.value(dict(row, **{name: one}))])

    def sum(self, depth):
        numbers = self.list(depth - 1)
        return Node(f"sum({numbers.text})", "d", numbers.scale, lambda row: total(numbers.value(row), numbers.scale))

    def extreme(self, depth):
        numbers = self.list(depth - 1)
        name, choose = self.pick([("min", min), ("max", max)])

        def value(row):
            values = numbers.value(row)
            if not values:
                raise Failure("empty list")
            return choose(values)

        return Node(f"{name}({numbers.text})", "d", numbers.scale, value)

    def extreme_number(self, depth):
        name, choose = self.pick([("math.least", min), ("math.greatest", max)])
        nodes = [self.decimal(depth - 1)] + [self.beside(depth - 1) for _ in range(self.random.randint(1, 2))]
        scale = max(node.scale for node in nodes)

        def value(row):
            values = [node.value(row) for node in nodes]
            return choose([fitting(one, scale) for one in values])

        return Node(f"{name}({', '.join(node.text for node in nodes)})", "d", scale, value)

    # -- Bools

    def bool(self, depth):
        if depth > 1 and self.chance(0.2):
            a, b = self.bool(depth - 1), self.bool(depth - 1)
            symbol, decides = self.pick([("&&", False), ("||", True)])
            return Node(f"({a.text} {symbol} {b.text})", "b", 0, connected(decides, a.value, b.value))
        if depth > 0 and self.chance(0.15):
            a, numbers = self.beside(depth - 1), self.list(depth - 1)

            def value(row):
                one, values = both(row, a.value, numbers.value)
                return one in values

            return Node(f"({a.text} in {numbers.text})", "b", 0, value)
        a, b = self.pair(depth)
        symbol = self.pick(["==", "!=", "<", "<=", ">", ">="])
        return Node(f"({a.text} {symbol} {b.text})", "b", 0, compared(symbol, a.value, b.value))

    def expression(self):
        depth = self.random.randint(1, 4)
        make = self.pick([self.decimal] * 6 + [self.bool] * 2 + [self.list])
        return make(depth)


def shown(node, row):
    try:
        value = node.value(row)
    except Failure as failure:
        return "error: " + str(failure)
    if node.kind == "b":
        return "true" if value else "false"
    if node.kind == "l":
        return "[" + ", ".join(written(one, node.scale) for one in value) + "]"
    return written(value, node.scale)


def written(value, scale):
    number = EXACT.create_decimal(value).quantize(UNIT[scale], context=EXACT)
    return "decimal " + f"{number if number else number.copy_abs():f}"


def message(row):
    parts = [f"{name}: '{row[name]:f}'" for name in ("amount", "wide", "whole", "maybe_amount")
             if row[name] is not None]
    parts += [f"i: {row['i']} u: {row['u']} s: '{row['s']}'"]
    parts += [f"amounts: '{one:f}'" for one in row["amounts"]]
    parts += ["items { " + ("" if one is None else f"quantity: '{one:f}'") + " }" for one in row["items"]]
    return " ".join(parts)


def main():
    seed, count = int(sys.argv[1]), int(sys.argv[2])
    generator = Generator(seed)
    done = 0
    while done < count:
        rows = [generator.row() for _ in range(ROWS)]
        for row in rows:
            print("row", message(row), sep="\t")
        for _ in range(min(EXPRESSIONS, count - done)):
            try:
                node = generator.expression()
            except TooManyDigits as refused:
                print("refused", refused, sep="\t")
            else:
                print("expression", node.text, *[shown(node, row) for row in rows], sep="\t")
            done += 1


if __name__ == "__main__":
    main()
