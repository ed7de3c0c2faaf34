"""Values of rows as the plain judges read them: days of Shanghai, moments, exact numbers. Nothing here judges."""

from datetime import date, datetime, timedelta, timezone
from decimal import ROUND_HALF_UP, Decimal, getcontext

getcontext().prec = 60
SHANGHAI = timezone(timedelta(hours=8))


def moment(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def day_of(text):
    return moment(text).astimezone(SHANGHAI).date()


def day(row, field):
    return date.fromisoformat(row[field]) if field in row else None


def number(row, field):
    return Decimal(row[field]) if field in row else None


def rounded(value, digits, way=ROUND_HALF_UP):
    return value.quantize(Decimal(1).scaleb(-digits), way)


def working_day(at, count):
    """The day so many working days, Monday to Friday, after the one on which it counts as received."""
    while at.weekday() > 4:
        at += timedelta(1)
    for _ in range(count):
        at += timedelta(1)
        while at.weekday() > 4:
            at += timedelta(1)
    return at
