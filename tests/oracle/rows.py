"""Rows as the oracle reads them: decimals, days and times out of JSON, and the reference data by key.

Entry points: Data, number, day, instant, all_hold, one_holds, Unknown. A value that a rule needs and cannot have raises Unknown with its
origin; nothing is guessed in its place. Amounts are Fractions, so that nothing is rounded but where the domain page
says so.
"""

import re
from collections import defaultdict
from datetime import date, datetime, timedelta, timezone
from fractions import Fraction

SHANGHAI = timezone(timedelta(hours=8))  # the company's zone; no other offset since 1991

DECIMAL = re.compile(r"[+-]?[0-9]+([.][0-9]+)?")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

CODES = {"status", "lifecycle", "channel", "terms"}  # money for a purpose that nobody knows is for no other
KEYS = {
    "partners": ("id",), "products": ("id",), "listings": ("partner_id", "product_id"), "campaigns": ("id",),
    "campaign_usage": ("campaign_id", "partner_id"), "exchange_rates": ("from_currency", "to_currency"),
    "recent_orders": ("order_id",), "sales_history": ("partner_id", "warehouse", "product_id"),
    "partner_stock": ("partner_id", "product_id"), "material_requests": ("id",), "complaints": ("id",), "staff": ("id",),
    "campaign_prices": ("campaign_id", "product_id", "currency", "unit"),
    "price_contracts": ("partner_id", "product_id", "currency", "unit"),
    "prices": ("price_group", "product_id", "currency", "unit"), "lots": ("warehouse", "product_id"),
    "planned_receipts": ("warehouse", "product_id"), "reservations": ("warehouse", "product_id"),
    "recalls": ("product_id",), "shipped_lines": ("order_id",), "after_sales_cases": ("follow_up_order_id",),
    "funds_confirmations": ("partner_id",), "releases": ("order_id",), "exemptions": ("rule",),
}


class Unknown(Exception):
    """A value that is needed and cannot be had; `origin` says which row or field is missing."""

    def __init__(self, origin):
        super().__init__(origin)
        self.origin = origin


class Row(dict):
    """A row of a dataset or a message in it, which knows what it is called where something is wrong in it. A code that
    nobody knows is as if it were not stated."""

    def __init__(self, row, place):
        super().__init__({name: _placed(value, place) for name, value in row.items()
                          if not (name in CODES and isinstance(value, int))})
        self.place = place


def _placed(value, place):
    if isinstance(value, dict):
        return Row(value, place)
    return [_placed(item, place) for item in value] if isinstance(value, list) else value


def _wrong(row, text):
    return Unknown(getattr(row, "place", "") + text)


def all_hold(*tests):
    """Whether all of them hold. What is false is false, whatever cannot be had beside it."""
    missing = None
    for test in tests:
        try:
            if not test():
                return False
        except Unknown as unknown:
            missing = missing or unknown
    if missing:
        raise missing
    return True


def one_holds(*tests):
    """Whether one of them holds, likewise."""
    return not all_hold(*(lambda test=test: not test() for test in tests))


def number(row, field, default=None):
    """The decimal of a field as a Fraction; where it is absent the default, and without one Unknown."""
    text = row.get(field, "")
    if text != "":
        if not DECIMAL.fullmatch(str(text)):
            raise _wrong(row, f"{field} is malformed (is not a decimal number)")
        return Fraction(str(text))
    if default is None:
        raise _wrong(row, f"{field} is absent")
    return Fraction(default)


def day(row, field):
    """The day of a field; None where it is absent."""
    text = row.get(field, "")
    if not text:
        return None
    if not DAY.fullmatch(text):
        raise _wrong(row, f"{field} is malformed (is not a date YYYY-MM-DD)")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise _wrong(row, f"{field} is malformed (is not a day of the calendar)") from None


def need_day(row, field):
    found = day(row, field)
    if found is None:
        raise _wrong(row, f"{field} is absent")
    return found


def instant(row, field):
    text = row.get(field, "")
    return datetime.fromisoformat(text.replace("Z", "+00:00")) if text else None


def civil_day(moment):
    """The day of a moment in the company's zone."""
    return moment.astimezone(SHANGHAI).date()


def in_force(row, on, first="valid_from", last="valid_to"):
    """Whether a day lies between two days, both inclusive; an absent end is unbounded."""
    return begun(row, first, on) and lasts(row, last, on)


def begun(row, field, on):
    return day(row, field) is None or day(row, field) <= on


def lasts(row, field, on):
    return day(row, field) is None or on <= day(row, field)


class Data:
    """The reference rows of a run by the key of their dataset, and where its company rounds tax: for each LINE, or once
    for each RATE. A dataset without rows is empty."""

    def __init__(self, datasets, tax_rounding="LINE"):
        self.tax_rounding = tax_rounding
        self._rows = {name: defaultdict(list) for name in KEYS}
        for name, rows in datasets.items():
            for row in rows:
                key = tuple(row.get(field, "") for field in KEYS[name])
                self._rows[name][key].append(Row(row, f"{name}[{', '.join(map(str, key))}]: "))

    def all(self, name, *key):
        return self._rows[name].get(key, [])

    def every(self, name):
        return [row for rows in self._rows[name].values() for row in rows]

    def has_rows(self, name):
        return bool(self._rows[name])

    def one(self, name, *key, at=None):
        """The row of a key, of dated rows the one in force at a day; None if there is none."""
        rows = [row for row in self.all(name, *key) if at is None or in_force(row, at)]
        return rows[0] if rows else None

    def need(self, name, *key, at=None):
        row = self.one(name, *key, at=at)
        if row is None:
            dated = key if at is None else (*key, str(at))
            raise Unknown(f"{name}[{', '.join(dated)}] is missing")
        return row
