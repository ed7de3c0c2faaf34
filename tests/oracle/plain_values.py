"""What the plain judges of projects read: values of rows, days of Shanghai, and the figures that a company sets.

Nothing here judges.
"""

from datetime import date, datetime, timedelta, timezone
from decimal import ROUND_HALF_UP, Decimal, getcontext
from typing import Dict, NamedTuple, Tuple

getcontext().prec = 60
SHANGHAI = timezone(timedelta(hours=8))


class Figures(NamedTuple):
    """The parameters of projects.yaml, as docs/projects.md states them."""

    indicators: Tuple[str, ...] = ("BACK_CABINET", "EXPERIENCE_EVENT", "TWO_THREE_FIVE_STORE", "PARTNER_TEAM_TRAINING",
                                   "STORE_DEVELOPMENT", "ISLAND_DISPLAY", "SALES")
    target_kinds: Tuple[str, ...] = ("INDICATOR", "SALES_TARGET")
    target_day: int = 28
    remind_days: int = 7
    pace_tolerance: Decimal = Decimal("0.05")
    forecast_min_share: Decimal = Decimal("0.10")
    actual_days: int = 7
    read_days: int = 3
    read_rate_min: Decimal = Decimal("0.95")
    plan_tolerance: Decimal = Decimal("0.00")
    min_photos: Dict[str, int] = {"CABINET": 2, "MATERIAL": 1, "GIFT": 1, "OTHER": 1}
    decide_days: int = 5


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
