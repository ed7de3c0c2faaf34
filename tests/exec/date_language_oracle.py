"""Random expressions over dates with the values that Python's datetime module gives them.

Usage: date_language_oracle.py SEED COUNT; it prints what decimal_language_oracle.py prints. The years end at 9999 and
begin at 1 for both: what leaves them is an overflow.
"""

import datetime
import random
import sys

from decimal_language_oracle import EXPRESSIONS, ROWS, Failure, Node, compared, field

FIRST, LAST = datetime.date.min.toordinal(), datetime.date.max.toordinal()
ZONES = {"UTC": 0, "+08:00": 480, "-05:30": -330, "+14:00": 840}
SHANGHAI = 480  # in all years since 1992


def moved(day, days):
    if not FIRST <= day.toordinal() + days <= LAST:
        raise Failure("overflow")
    return datetime.date.fromordinal(day.toordinal() + days)


def month_moved(day, months):
    """The same day of the month, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise Failure("overflow")
    later = datetime.date(year + month // 11, (month + 1) % 12 + 1, 1) if (year, month) != (9999, 11) else None
    length = (later - datetime.date(year, month + 1, 1)).days if later else 31
    return datetime.date(year, month + 1, min(day.day, length))


def date_of(moment, minutes):
    try:
        return (moment + datetime.timedelta(minutes=minutes)).date()
    except OverflowError:
        raise Failure("overflow") from None


PARTS = {
    "year({})": lambda day: day.year,
    "month({})": lambda day: day.month,
    "day({})": lambda day: day.day,
    "{}.getDayOfWeek()": lambda day: day.isoweekday() % 7,
    "{}.getDayOfYear()": lambda day: day.timetuple().tm_yday - 1,
}


class Generator:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def day(self):
        around = self.random.choice([FIRST, LAST, 719163, 738000, 730179])
        return datetime.date.fromordinal(min(max(around + self.random.randint(-400, 400), FIRST), LAST))

    def row(self):
        moment = datetime.datetime.combine(self.day(), datetime.time(self.random.randrange(24), self.random.choice(
            [0, 30, 59]), self.random.randrange(60)))
        if moment.year < 1992:
            moment = moment.replace(year=2024, day=min(moment.day, 28))
        return {
            "day": None if self.random.random() < 0.1 else self.day(),
            "at": moment,
            "i": self.random.choice([0, 1, -1, 2**63 - 1, -(2**63), self.random.randint(-4000, 4000),
                                     self.random.randint(-4_000_000, 4_000_000)]),
            "days": [self.day() for _ in range(self.random.randrange(4))],
        }

    def date(self, depth):
        if depth > 0 and self.random.random() < 0.7:
            return self.random.choice([self.shifted, self.shifted, self.branch, self.of_timestamp, self.extreme])(depth)
        if self.random.random() < 0.3:
            day = self.day()
            return Node(f"date('{day.isoformat()}')", "y", 0, lambda row: day)
        return Node("sample.day", "y", 0, field("day"))

    def amount(self, depth):
        if self.random.random() < 0.3:
            return Node("sample.i", "i", 0, field("i"))
        if depth > 0 and self.random.random() < 0.2:
            return self.int(depth - 1)
        number = self.random.choice([0, 1, -1, 12, 28, 31, 365, self.random.randint(-5000, 5000)])
        return Node(str(number), "i", 0, lambda row: number)

    def shifted(self, depth):
        day, count = self.date(depth - 1), self.amount(depth - 1)
        name, move = self.random.choice([("addDays", moved), ("addMonths", month_moved)])
        member = self.random.random() < 0.5
        text = f"{day.text}.{name}({count.text})" if member else f"{name}({day.text}, {count.text})"

        def value(row):
            left = day.value(row)
            return move(left, count.value(row))

        return Node(text, "y", 0, value)

    def of_timestamp(self, _):
        if self.random.random() < 0.4:
            return Node("date(sample.at)", "y", 0, lambda row: date_of(row["at"], SHANGHAI))
        zone = self.random.choice(list(ZONES))
        return Node(f"date(sample.at, '{zone}')", "y", 0, lambda row: date_of(row["at"], ZONES[zone]))

    def branch(self, depth):
        test, a, b = self.bool(depth - 1), self.date(depth - 1), self.date(depth - 1)
        return Node(f"({test.text} ? {a.text} : {b.text})", "y", 0,
                    lambda row: (a if test.value(row) else b).value(row))

    def extreme(self, depth):
        days = [self.date(depth - 1) for _ in range(2)]
        name, choose = self.random.choice([("min", min), ("max", max)])
        if self.random.random() < 0.5:
            def value(row):
                if not row["days"]:
                    raise Failure("empty list")
                return choose(row["days"])

            return Node(f"{name}(sample.days)", "y", 0, value)
        return Node(f"{name}([{', '.join(day.text for day in days)}])", "y", 0,
                    lambda row: choose([day.value(row) for day in days]))

    def int(self, depth):
        a = self.date(depth - 1)
        if self.random.random() < 0.5:
            b = self.date(depth - 1)

            def difference(row):
                left = a.value(row)
                return (left - b.value(row)).days

            return Node(f"({a.text} - {b.text})", "i", 0, difference)
        text, part = self.random.choice(list(PARTS.items()))
        return Node(text.format(a.text), "i", 0, lambda row: part(a.value(row)))

    def bool(self, depth):
        a, b = self.date(depth - 1), self.date(depth - 1)
        symbol = self.random.choice(["==", "!=", "<", "<=", ">", ">="])
        return Node(f"({a.text} {symbol} {b.text})", "b", 0, compared(symbol, a.value, b.value))

    def expression(self):
        return self.random.choice([self.date, self.date, self.int, self.int, self.bool])(self.random.randint(1, 4))


def shown(node, row):
    try:
        value = node.value(row)
    except Failure as failure:
        return "error: " + str(failure)
    if node.kind == "y":
        return "date " + value.isoformat()
    return str(value).lower()


def message(row):
    seconds = int((row["at"] - datetime.datetime(1970, 1, 1)).total_seconds())
    day = "" if row["day"] is None else f"day: '{row['day'].isoformat()}'"
    days = " ".join(f"days: '{one.isoformat()}'" for one in row["days"])
    return f"{day} at {{ seconds: {seconds} }} i: {row['i']} {days}"


def main():
    seed, count = int(sys.argv[1]), int(sys.argv[2])
    generator = Generator(seed)
    for done in range(count):
        if done % EXPRESSIONS == 0:
            rows = [generator.row() for _ in range(ROWS)]
            for row in rows:
                print("row", message(row), sep="\t")
        node = generator.expression()
        print("expression", node.text, *[shown(node, row) for row in rows], sep="\t")


if __name__ == "__main__":
    main()
