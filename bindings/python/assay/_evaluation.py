"""Rows judged without ledgers and sessions: partners to be graded, complaints, claims.

Entry points: evaluate, explain_row. The results are the messages of proto/assay/v1/evaluation.proto with their own field
names; outputs are values of Python. Nothing here keeps a handle.
"""

from __future__ import annotations

import base64
import ctypes
import datetime as dt
import functools
import json
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Callable, Dict, Iterable, Optional, Tuple

from ._decisions import (Finding, LocalizedText, Provenance, RuleVerdict, Table, VariableValue, _enum, _message, _table,
                         _timestamp)
from ._engine import Row, Rulebook, Snapshot, _be, _instant, _row as _row_arguments, _rows, _text, _whole
from ._library import EvaluationOptions, ask, call, make


class _Masked:
    """What stands for an output that is sensitive: it is not told."""

    def __repr__(self) -> str:
        return "assay.MASKED"


MASKED = _Masked()


def _duration(text: str) -> dt.timedelta:
    return dt.timedelta(microseconds=int(Decimal(text[:-1]) * 1_000_000))


def _list(values: Dict[str, Any]) -> Tuple[Any, ...]:
    return tuple(_value(value) for value in values.get("values", ()))


def _map(values: Dict[str, Any]) -> Dict[Any, Any]:
    return {_value(entry["key"]): _value(entry["value"]) for entry in values.get("entries", ())}


_KINDS: Dict[str, Callable[[Any], Any]] = {
    "bool_value": bool,
    "int_value": int,
    "uint_value": int,
    "double_value": float,
    "string_value": str,
    "bytes_value": base64.b64decode,
    "decimal_value": Decimal,
    "date_value": dt.date.fromisoformat,
    "timestamp_value": _timestamp,
    "duration_value": _duration,
    "list_value": _list,
    "map_value": _map,
}


def _value(value: Dict[str, Any]) -> Any:
    if value.get("masked"):
        return MASKED
    for kind, read in _KINDS.items():
        if kind in value:
            return read(value[kind])
    return None


def _outputs(values: Iterable[Dict[str, Any]]) -> Dict[str, Any]:
    return {value["name"]: _value(value) for value in values}


@dataclass(frozen=True)
class LevelRow:
    """A row of a level within the input's row."""

    level: str
    id: str
    outputs: Dict[str, Any]  # by name: as those of the input's row


@dataclass(frozen=True)
class EvaluatedRow:
    """What became of one row. Outputs are bool, int, float, str, bytes, Decimal, date, datetime, timedelta, tuples and
    dicts of these; None where there is none, MASKED where it is not told."""

    id: str
    verdict: str  # the rulebook's word
    worst: str  # NOTE, CUT, HOLD or REJECT; "" where no finding counts
    findings: Tuple[Finding, ...]
    outputs: Dict[str, Any]
    level_rows: Tuple[LevelRow, ...]

    @staticmethod
    def from_json(text: str) -> EvaluatedRow:
        return _row(json.loads(text))


def _row(values: Dict[str, Any]) -> EvaluatedRow:
    below = tuple(LevelRow(row.get("level", ""), row.get("id", ""), _outputs(row.get("outputs", ())))
                  for row in values.get("level_rows", ()))
    findings = tuple(_message(Finding, finding) for finding in values.get("findings", ()))
    worst = values.get("worst", "")
    return EvaluatedRow(values.get("id", ""), values.get("verdict", ""), worst[len("OUTCOME_"):], findings,
                        _outputs(values.get("outputs", ())), below)


@dataclass(frozen=True)
class WorklistTask:
    """Something to be done."""

    owner: str = ""
    what: LocalizedText = LocalizedText()
    due: str = ""  # a date, or a moment; "" where none is set
    why: LocalizedText = LocalizedText()
    priority: Optional[Decimal] = None  # the lowest first
    row_id: str = ""
    line_id: str = ""  # "" for the whole row
    subject: str = ""
    rule: str = ""
    outcome: str = _enum("OUTCOME_")


@dataclass(frozen=True)
class OutputColumn:
    """One of the rulebook's outputs."""

    name: str = ""
    level: str = ""  # "" of the input's rows
    type: str = ""
    description: LocalizedText = LocalizedText()


@dataclass(frozen=True)
class RowExplanation:
    """Why a row was judged as it was: every rule on every row of its level."""

    row: EvaluatedRow
    verdicts: Tuple[RuleVerdict, ...]
    tasks: Tuple[WorklistTask, ...]
    variables: Tuple[VariableValue, ...]


class Evaluation:
    """Of one run. It holds no handle and needs no close."""

    def __init__(self, wire: bytes, summary: str, rows: Tuple[str, ...], tasks: Tuple[str, ...],
                 tables: Tuple[str, ...], csv: Tuple[str, ...]) -> None:
        self.wire = wire  # a serialized assay.v1.EvaluationResult
        self.rows_json = rows  # one assay.v1.EvaluatedRow each
        self.worklist_json = tasks  # one assay.v1.WorklistTask each
        self._summary = json.loads(summary)
        self._tables_json = tables
        self._tables_csv = csv

    @property
    def provenance(self) -> Provenance:
        """By what the rows were judged."""
        provenance: Provenance = _message(Provenance, self._summary.get("provenance", {}))
        return provenance

    @property
    def outputs(self) -> Tuple[OutputColumn, ...]:
        """The outputs of the rulebook, in its own order."""
        return tuple(_message(OutputColumn, column) for column in self._summary.get("outputs", ()))

    @property
    def verdict_counts(self) -> Dict[str, int]:
        """How many rows had each verdict."""
        return {count["name"]: int(count["count"]) for count in self._summary.get("verdict_counts", ())}

    @property
    def finding_counts(self) -> Dict[str, int]:
        """How many findings each rule made."""
        return {count["name"]: int(count["count"]) for count in self._summary.get("finding_counts", ())}

    @property
    def repeated_rows(self) -> int:
        """Rows given once more with the same content, which count once."""
        return int(self._summary.get("repeated_rows", 0))

    @functools.cached_property
    def rows(self) -> Tuple[EvaluatedRow, ...]:
        """Ascending by id."""
        return tuple(EvaluatedRow.from_json(text) for text in self.rows_json)

    @functools.cached_property
    def worklist(self) -> Tuple[WorklistTask, ...]:
        """By priority, then by what is due first."""
        return tuple(_message(WorklistTask, json.loads(text)) for text in self.worklist_json)

    @functools.cached_property
    def tables(self) -> Dict[str, Table]:
        """The same as tables of texts by name: outputs, outputs_LEVEL, findings, worklist, board."""
        return {table.name: table for table in map(_table, self._tables_json)}

    @functools.cached_property
    def tables_csv(self) -> Dict[str, str]:
        """The same as CSV, the names of the columns first."""
        return dict(zip(self.tables, self._tables_csv))


def _options(now: dt.datetime, threads: int) -> Any:
    return ctypes.byref(EvaluationOptions(ctypes.sizeof(EvaluationOptions), *_instant(now), _whole(threads, "threads", 32)))


class _Batch:
    """Rows in the library, freed when its `with` is left."""

    def __init__(self, rulebook: Rulebook, snapshot: Snapshot, rows: Iterable[Row]) -> None:
        _be(Rulebook, "rulebook", rulebook, "a Rulebook")
        _be(Snapshot, "snapshot", snapshot, "a Snapshot")
        self.handles = rulebook._handle, snapshot._handle, make("batch_create", rulebook._handle)
        try:
            for place, row in _rows("rows", rows):
                call("batch_add", self.handles[2], *_row_arguments(row, place), place=place)
        except BaseException:
            self.__exit__()
            raise

    def __enter__(self) -> Tuple[int, int, int]:
        return self.handles

    def __exit__(self, *_: Any) -> None:
        ask("batch_free", self.handles[2])


def _all(name: str, count: int, handle: int) -> Tuple[str, ...]:
    return tuple(str(ask(name, handle, i)) for i in range(count))


def evaluate(rulebook: Rulebook, snapshot: Snapshot, rows: Iterable[Row], *, now: dt.datetime,
             threads: int = 1) -> Evaluation:
    """Judges rows of the rulebook's input; `now` is the clock of the run and knows its offset. FAILED_PRECONDITION if the
    rulebook has no `evaluation`. The same row again changes nothing; rows of one id with other content are held."""
    options = _options(now, threads)
    with _Batch(rulebook, snapshot, rows) as handles:
        handle = make("evaluate", *handles, options)
    try:
        made, tasks, tables = (_all(f"evaluation_{kind}", ask(f"evaluation_{kind}_count", handle), handle)
                               for kind in ("row", "task", "table"))
        csv = _all("evaluation_table_csv", len(tables), handle)
        return Evaluation(ask("evaluation_wire", handle).bytes(), str(ask("evaluation_summary", handle)), made, tasks,
                          tables, csv)
    finally:
        ask("evaluation_free", handle)


def explain_row(rulebook: Rulebook, snapshot: Snapshot, rows: Iterable[Row], row_id: str, *, now: dt.datetime,
                threads: int = 1) -> RowExplanation:
    """The same of one of the rows, and why it was judged so; NOT_FOUND if no row has the id."""
    options = _options(now, threads)
    with _Batch(rulebook, snapshot, rows) as handles:
        handle = make("evaluate_explain", *handles, *_text(row_id, "row_id"), options)
    try:
        values = json.loads(str(ask("explanation_json", handle)))
    finally:
        ask("explanation_free", handle)
    return RowExplanation(_row(values.get("row", {})),
                          tuple(_message(RuleVerdict, verdict) for verdict in values.get("verdicts", ())),
                          tuple(_message(WorklistTask, task) for task in values.get("tasks", ())),
                          tuple(_message(VariableValue, value) for value in values.get("variables", ())))
