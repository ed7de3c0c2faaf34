"""What a case of a rule is: the change it makes to an order that is right, and all that must be found then.

Entry points: fires, passes, missing, which make a Case; each names the rule it proves.
"""

from dataclasses import dataclass, field
from typing import Callable, List, Optional

FIRES, PASSES, MISSING = "fires", "passes", "missing"
UNEVALUABLE = "ORD-SYS-01"


def _nothing(_):
    return None


@dataclass(frozen=True)
class Case:
    """`change` alters the order before its amounts are computed, `after` once they are."""

    rule: str
    group: str
    name: str
    change: Callable = _nothing
    after: Callable = _nothing
    # Every rule that finds something on the order.
    found: List[str] = field(default_factory=list)
    # Of a finding that a value cannot be had: what it says; {id}, {sku} and {order} stand for the case's own.
    says: str = ""
    # How many values cannot be had, where any cannot.
    rows: int = 1
    # The disposition: without one, CONFIRMED where nothing is found, and HELD where a value cannot be had.
    decided: Optional[str] = None
    # Under the parameters of COMPANY instead of the defaults.
    company: bool = False


# Parameters of a company that lets small differences pass.
COMPANY = {"amount_tolerance": "0.05", "price_tolerance": "0.5", "overdue_limit": "1000", "overdue_days": "15"}


def fires(rule, name, change=_nothing, found=None, **more):
    """Just beyond the limit: the rule finds it, and with it nothing but `found`."""
    return Case(rule, FIRES, name, change, found=[rule] if found is None else found, **more)


def passes(rule, name, change=_nothing, found=(), **more):
    """Exactly at the limit: nothing is found."""
    return Case(rule, PASSES, name, change, found=list(found), **more)


def missing(rule, name, change=_nothing, says="", found=(UNEVALUABLE,), **more):
    """A value the rule needs cannot be had: it is reported, and the rule among those that depend on it."""
    return Case(rule, MISSING, name, change, found=list(found), says=says, **more)
