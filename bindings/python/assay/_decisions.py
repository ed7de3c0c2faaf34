"""What a run decides, as values: the messages of proto/assay/v1/decision.proto with their own field names.

Entry points: Result, Explanation. Quantities and amounts are decimal.Decimal, None where there is none; the names of enums stand
without their prefix ("HELD", "REJECT"), "" for none. Nothing here touches the library.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import json
import re
import typing
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Callable, Dict, Optional, Tuple


def _enum(prefix: str) -> Any:
    return field(default="", metadata={"prefix": prefix})


@dataclass(frozen=True)
class LocalizedText:
    en: str = ""
    zh: str = ""


@dataclass(frozen=True)
class Finding:
    """What a rule found, on the order or on one line of it."""

    rule: str = ""
    outcome: str = _enum("OUTCOME_")  # NOTE, CUT, HOLD or REJECT
    line_id: str = ""  # "" for the whole order
    reason: str = ""
    route: str = ""
    expected: str = ""
    actual: str = ""
    difference: str = ""
    message: LocalizedText = LocalizedText()
    cure: LocalizedText = LocalizedText()
    observed: bool = False  # decides nothing
    dependents: Tuple[str, ...] = ()
    lifted_from: str = _enum("OUTCOME_")
    lifted_by: str = ""
    release_void: LocalizedText = LocalizedText()  # why a release given for it does not hold
    values_digest: str = ""
    masked: bool = False
    releasable: bool = False
    cut: Optional[Decimal] = None


@dataclass(frozen=True)
class LinePart:
    kind: str = _enum("KIND_")  # CONFIRMED, BACKORDERED or CUT
    quantity: Decimal = Decimal(0)
    reason: str = ""
    lot: str = ""
    date: Optional[dt.date] = None
    allocated_by: str = ""  # who allocated the part by hand


@dataclass(frozen=True)
class LineDecision:
    """requested = confirmed + backordered + cut, always."""

    line_id: str = ""
    product: str = ""
    requested: Decimal = Decimal(0)
    confirmed: Decimal = Decimal(0)
    backordered: Decimal = Decimal(0)
    cut: Decimal = Decimal(0)
    parts: Tuple[LinePart, ...] = ()
    response_code: str = ""
    warehouse: str = ""


@dataclass(frozen=True)
class OpenHold:
    rule: str = ""
    line_id: str = ""
    route: str = ""
    reason: str = ""
    opened: Optional[dt.datetime] = None
    status: str = _enum("STATUS_")  # OPEN, or SUPERSEDED by a higher revision
    due: Optional[dt.datetime] = None
    climbed: int = 0  # roles of the reporting line, unanswered


@dataclass(frozen=True)
class Provenance:
    """By what the decision was made; `now` to the microsecond."""

    rulebook: str = ""
    version: str = ""
    fingerprint: str = ""
    snapshot: str = ""
    now: Optional[dt.datetime] = None
    checkpoint: str = _enum("CHECKPOINT_")
    engine: str = ""
    zones: str = ""  # version of the time-zone data


@dataclass(frozen=True)
class Decision:
    order_id: str = ""
    revision: str = ""
    disposition: str = _enum("DISPOSITION_")  # CONFIRMED, PARTIAL, HELD or REJECTED
    findings: Tuple[Finding, ...] = ()
    lines: Tuple[LineDecision, ...] = ()
    holds: Tuple[OpenHold, ...] = ()
    partner: str = ""
    district: str = ""
    currency: str = ""
    amount: Optional[Decimal] = None  # as ordered
    confirmed_amount: Optional[Decimal] = None
    response_code: str = ""
    provenance: Provenance = Provenance()
    priority: int = 0  # place in the queue of the run, 1 first
    superseded_by: str = ""  # the revision that took its place


@dataclass(frozen=True)
class ReadValue:
    """A value a test read: "***" if sensitive; what could not be had, where is_error."""

    expression: str = ""
    value: str = ""
    is_error: bool = False
    error_zh: str = ""  # the same in Chinese, where is_error


@dataclass(frozen=True)
class TestResult:
    """One of the tests that && || ! and ?: join in a condition."""

    expression: str = ""
    result: str = ""  # "true", "false", or what could not be had
    reads: Tuple[ReadValue, ...] = ()
    error_zh: str = ""  # what could not be had, in Chinese
    cure: LocalizedText = LocalizedText()  # of a limit that was passed: the change that keeps it
    decides: bool = False  # the verdict hangs on it


@dataclass(frozen=True)
class FailedCell:
    """A cell of a decision table's row that did not hold."""

    input: str = ""
    cell: str = ""


@dataclass(frozen=True)
class TableVerdict:
    """What a decision table found, and the row that came nearest of those that did not fit."""

    table: str = ""
    inputs: Tuple[ReadValue, ...] = ()
    rows: Tuple[str, ...] = ()  # that counted: ids, else numbers from 1
    is_default: bool = False
    nearest: str = ""  # "" if all rows fitted
    failed: Tuple[FailedCell, ...] = ()


@dataclass(frozen=True)
class RuleVerdict:
    """What a rule made of one row: FIRED, NOT_FIRED, NOT_CONSIDERED, NOT_APPLICABLE, NOT_IN_FORCE, UNEVALUABLE, OFF or
    NO_ROWS."""

    rule: str = ""
    title: LocalizedText = LocalizedText()
    line_id: str = ""  # "" for the whole order
    verdict: str = _enum("VERDICT_")
    tests: Tuple[TestResult, ...] = ()
    tables: Tuple[TableVerdict, ...] = ()


@dataclass(frozen=True)
class VariableValue:
    """A variable that tests read by its name, and what it was made of; values as in ReadValue."""

    name: str = ""
    line_id: str = ""  # "" for the whole order
    expression: str = ""
    value: str = ""
    is_error: bool = False
    error_zh: str = ""
    reads: Tuple[ReadValue, ...] = ()


@dataclass(frozen=True)
class LedgerDraw:
    """A reservation of a ledger's account."""

    order_id: str = ""
    line_id: str = ""  # "" for the whole order
    quantity: str = ""  # "***" if sensitive
    is_firm: bool = False
    lot: str = ""
    expected: str = ""  # the day its receipt is due
    allocated_by: str = ""  # who gave it by hand


@dataclass(frozen=True)
class LedgerVerdict:
    """What a ledger's account had for a row of the order, and who had taken of it when the order drew."""

    ledger: str = ""
    line_id: str = ""  # "" for the whole order
    account: Tuple[str, ...] = ()
    opening: str = ""  # "" where unlimited; "***" if sensitive, as the others
    reserve: str = ""  # of lots: stays on the shelf
    receipts: str = ""
    commitments: str = ""
    draws: Tuple[LedgerDraw, ...] = ()  # the order's own last, if it keeps any


@dataclass(frozen=True)
class Explanation:
    """Why an order was decided as it was: every rule on every row of its level."""

    decision: Decision = Decision()
    verdicts: Tuple[RuleVerdict, ...] = ()
    ledgers: Tuple[LedgerVerdict, ...] = ()
    variables: Tuple[VariableValue, ...] = ()

    @staticmethod
    def from_json(text: str) -> Explanation:
        explanation: Explanation = _message(Explanation, json.loads(text))
        return explanation


@dataclass(frozen=True)
class Table:
    """A table of the day; cells are text."""

    name: str
    columns: Tuple[str, ...]
    rows: Tuple[Tuple[str, ...], ...]


def _timestamp(text: str) -> dt.datetime:
    match = re.fullmatch(r"(.{19})(?:\.(\d+))?Z", text)
    if match is None:
        raise ValueError(f"not a timestamp: {text}")
    micros = int((match[2] or "0").ljust(6, "0")[:6])
    return dt.datetime.fromisoformat(match[1]).replace(microsecond=micros, tzinfo=dt.timezone.utc)


_SCALARS: Dict[Any, Callable[[Any], Any]] = {
    str: str,
    bool: bool,
    int: int,  # 64-bit integers are strings in JSON
    Decimal: Decimal,
    dt.date: dt.date.fromisoformat,
    dt.datetime: _timestamp,
}


def _reader(kind: Any, prefix: str) -> Callable[[Any], Any]:
    arguments = typing.get_args(kind)
    if typing.get_origin(kind) is tuple:
        element = _reader(arguments[0], prefix)
        return lambda values: tuple(element(value) for value in values)
    if arguments:  # Optional
        present = _reader(arguments[0], prefix)
        return lambda value: present(value) if value else None
    if dataclasses.is_dataclass(kind):
        return functools.partial(_message, kind)
    if prefix:
        return lambda name: name[len(prefix):] if name.startswith(prefix) else name
    return _SCALARS[kind]


@functools.lru_cache(maxsize=None)
def _readers(kind: Any) -> Dict[str, Callable[[Any], Any]]:
    hints = typing.get_type_hints(kind)
    return {part.name: _reader(hints[part.name], part.metadata.get("prefix", "")) for part in dataclasses.fields(kind)}


def _message(kind: Any, values: Dict[str, Any]) -> Any:
    """Fields this version does not know are left out."""
    readers = _readers(kind)
    return kind(**{name: readers[name](value) for name, value in values.items() if name in readers})


def _table(text: str) -> Table:
    values = json.loads(text)
    rows = tuple(tuple(row.get("cells", ())) for row in values.get("rows", ()))
    return Table(values["name"], tuple(values.get("columns", ())), rows)


class Result:
    """Of one run. It holds no handle: it outlives its session and needs no close."""

    def __init__(self, wire: bytes, decisions: Tuple[str, ...], superseded: Tuple[str, ...],
                 tables: Tuple[str, ...], csv: Tuple[str, ...]) -> None:
        self.wire = wire  # a serialized assay.v1.RunResult
        self.decisions_json = decisions  # one assay.v1.Decision each
        self.superseded_json = superseded
        self._tables_json = tables
        self._tables_csv = csv

    @functools.cached_property
    def decisions(self) -> Tuple[Decision, ...]:
        """Committed orders by id, then the others in the order of priority."""
        return tuple(_message(Decision, json.loads(text)) for text in self.decisions_json)

    @functools.cached_property
    def superseded(self) -> Tuple[Decision, ...]:
        """Revisions whose place a higher one took, as a run had decided them."""
        return tuple(_message(Decision, json.loads(text)) for text in self.superseded_json)

    @functools.cached_property
    def tables(self) -> Dict[str, Table]:
        """The tables of the day by name."""
        return {table.name: table for table in map(_table, self._tables_json)}

    @functools.cached_property
    def tables_csv(self) -> Dict[str, str]:
        """The same as CSV, the names of the columns first."""
        return dict(zip(self.tables, self._tables_csv))
