"""Rulebooks, snapshots and sessions over the library's handles.

Entry points: Rulebook, Snapshot, Session. Each is closed by close(), by leaving its `with`, or when it is collected, in
any order. Rulebooks and snapshots serve any number of threads; a session belongs to one thread at a time.
"""

from __future__ import annotations

import ctypes
import datetime as dt
import json
import os
import weakref
from decimal import Decimal
from types import TracebackType
from typing import Any, Dict, Iterable, Iterator, Mapping, Optional, Tuple, Type, TypeVar, Union

from ._decisions import Explanation, Result
from ._library import (AssayError, Issue, Limits, RunOptions, SessionOptions, Status, ask, call, issue_of, library,
                       make)

# A message: a dict (decimals as str or Decimal), JSON text, or protobuf wire bytes.
Row = Union[Mapping[str, Any], str, bytes]

_WIRE, _JSON = 0, 1
_CHECKPOINTS = {"ENTRY": 1, "REVIEW": 2, "PRINT": 3, "SHIP": 4}
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.timezone.utc)
_Self = TypeVar("_Self", bound="_Handle")


def version() -> str:
    """The library's version, "0.1.0"."""
    return str(ask("version"))


def _be(kind: Any, name: str, value: Any, words: str) -> None:
    """TypeError unless the argument `name` is of the kind, which words call."""
    if not isinstance(value, kind):
        raise TypeError(f"{name} is {words}, not a {type(value).__name__}")


def _json_value(value: Any) -> str:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, (dt.date, dt.datetime)):
        return value.isoformat()
    raise TypeError(f"a row cannot hold a {type(value).__name__}")


def _row(row: Row, name: str) -> Tuple[int, bytes, int]:
    _be((bytes, str, Mapping), name, row, "a dict, JSON text or wire bytes")
    if isinstance(row, bytes):
        return _WIRE, row, len(row)
    try:
        text = row if isinstance(row, str) else json.dumps(row, default=_json_value, ensure_ascii=False,
                                                           allow_nan=False)
    except (TypeError, ValueError) as error:
        raise type(error)(f"{name}: {error}") from error
    encoded = text.encode()
    return _JSON, encoded, len(encoded)


def _text(text: str, name: str) -> Tuple[bytes, int]:
    _be(str, name, text, "a str")
    encoded = text.encode()
    return encoded, len(encoded)


def _instant(now: dt.datetime) -> Tuple[int, int]:
    """Seconds and nanoseconds since 1970."""
    _be(dt.datetime, "now", now, "a datetime")
    if now.tzinfo is None:
        raise ValueError("now needs a time zone: datetime.now(timezone.utc)")
    since = now - _EPOCH
    return since.days * 86400 + since.seconds, since.microseconds * 1000


def _whole(value: int, name: str, bits: int) -> int:
    """ValueError for a number that a member of so many bits would cut."""
    _be(int, name, value, "an int")
    if not -(1 << (bits - 1)) <= value < 1 << (bits - 1):
        raise ValueError(f"{name} is too large: {value}")
    return value


class _Handle:
    _kind = ""

    def _own(self, handle: int) -> None:
        self._value = handle
        self._finalizer = weakref.finalize(self, getattr(library(), f"assay_{self._kind}_free"), handle)

    @property
    def _handle(self) -> int:
        if not self._finalizer.alive:
            raise AssayError(Status.FAILED_PRECONDITION, f"the {type(self).__name__} is closed")
        return self._value

    def close(self) -> None:
        """Frees the handle; closing twice does nothing."""
        self._finalizer()

    def __enter__(self: _Self) -> _Self:
        return self

    def __exit__(self, kind: Optional[Type[BaseException]], error: Optional[BaseException],
                 trace: Optional[TracebackType]) -> None:
        self.close()


def _limits(given: Optional[Mapping[str, int]]) -> Optional[Limits]:
    if given is None:
        return None
    unknown = set(given) - {name for name, *_ in Limits._fields_[1:]}
    if unknown:
        raise TypeError(f"no such limit: {min(unknown)}")
    bits = {name: ctypes.sizeof(member) * 8 for name, member, *_ in Limits._fields_}
    checked = {name: _whole(value, f"limits[{name!r}]", bits[name]) for name, value in given.items()}
    return Limits(struct_size=ctypes.sizeof(Limits), **checked)


def _rows(name: str, rows: Iterable[Row]) -> Iterator[Tuple[str, Row]]:
    """Each row with what messages call it: partners[0]."""
    if isinstance(rows, (str, bytes, Mapping)) or not isinstance(rows, Iterable):
        raise TypeError(f"datasets[{name!r}] is a list of rows, not a {type(rows).__name__}")
    return ((f"{name}[{index}]", row) for index, row in enumerate(rows))


class Rulebook(_Handle):
    """Compiled rules over the entities of assay.v1. Made by load or from_text, whose AssayError lists every issue."""

    _kind = "rulebook"

    @classmethod
    def load(cls, path: Union[str, "os.PathLike[str]"], *, limits: Optional[Mapping[str, int]] = None) -> Rulebook:
        """A file in YAML, JSON or binary, and what it imports; NOT_FOUND if there is none. `limits` are those of
        assay_limits, by name."""
        _be((str, os.PathLike), "path", path, "a str or a path")
        rulebook = cls.__new__(cls)
        rulebook._own(make("rulebook_load_file", *_text(os.fspath(path), "path"), None, _limits(limits)))
        return rulebook

    @classmethod
    def from_text(cls, name: str, text: str, *, limits: Optional[Mapping[str, int]] = None) -> Rulebook:
        """YAML or JSON without imports; `name` is what issues call it."""
        rulebook = cls.__new__(cls)
        rulebook._own(make("rulebook_load_text", *_text(name, "name"), *_text(text, "text"), None, _limits(limits)))
        return rulebook

    def __init__(self) -> None:
        raise TypeError("a Rulebook is made by Rulebook.load or Rulebook.from_text")

    @property
    def name(self) -> str:
        return str(ask("rulebook_name", self._handle))

    @property
    def version(self) -> str:
        return str(ask("rulebook_version", self._handle))

    @property
    def fingerprint(self) -> str:
        """Hex SHA-256 of the rulebook's content."""
        return str(ask("rulebook_fingerprint", self._handle))

    @property
    def rule_count(self) -> int:
        return int(ask("rulebook_rule_count", self._handle))

    @property
    def datasets(self) -> Tuple[str, ...]:
        """Datasets the rulebook reads."""
        handle = self._handle
        return tuple(str(ask("rulebook_dataset", handle, i)) for i in range(ask("rulebook_dataset_count", handle)))

    @property
    def warnings(self) -> Tuple[Issue, ...]:
        """What is doubtful in it, though it loaded."""
        handle = self._handle
        count = range(ask("rulebook_warning_count", handle))
        return tuple(issue_of(ask("rulebook_warning", handle, i)) for i in count)


class Snapshot(_Handle):
    """Reference rows by dataset, for one rulebook. A dataset that is not given has no rows; NOT_FOUND for rows under a
    name that the rulebook does not have. What is wrong with a row names it: partners[0] is the first."""

    _kind = "snapshot"

    def __init__(self, rulebook: Rulebook, datasets: Mapping[str, Iterable[Row]]) -> None:
        _be(Rulebook, "rulebook", rulebook, "a Rulebook")
        self._build(make("snapshot_builder_create", rulebook._handle), datasets, ())

    def over(self, datasets: Mapping[str, Iterable[Row]], *, cleared: Iterable[Row] = ()) -> Snapshot:
        """This snapshot with rows laid over it: they replace all of its rows with one of their keys. Of the keys in
        `cleared`, as Session.required_keys tells them, there are no rows but these. This snapshot
        is shared, and laying over it costs what is laid over."""
        snapshot = Snapshot.__new__(Snapshot)
        snapshot._build(make("snapshot_builder_over", self._handle), datasets, cleared)
        return snapshot

    def _build(self, builder: int, datasets: Mapping[str, Iterable[Row]], cleared: Iterable[Row]) -> None:
        try:
            _be(Mapping, "datasets", datasets, "a dict of rows by dataset")
            for index, key in enumerate(cleared):
                call("snapshot_builder_clear", builder, *_row(key, f"cleared[{index}]"), place=f"cleared[{index}]")
            for name, rows in datasets.items():
                dataset = _text(name, "the name of a dataset")
                for place, row in _rows(name, rows):
                    call("snapshot_builder_add", builder, *dataset, *_row(row, place), place=place)
            self._own(make("snapshot_build", builder))
        finally:
            ask("snapshot_builder_free", builder)

    @property
    def id(self) -> str:
        """Hex SHA-256 of the rows."""
        return str(ask("snapshot_id", self._handle))


class Session(_Handle):
    """Orders reviewed over shared ledgers. `now` is the clock of the review, until a run moves it, and knows its offset;
    `checkpoint` is ENTRY (simulates), REVIEW, PRINT or SHIP; `threads` is 1 to 64. Without
    `day_tables` runs make none, which spares a run over all of the stock."""

    _kind = "session"

    def __init__(self, rulebook: Rulebook, snapshot: Snapshot, *, now: dt.datetime, checkpoint: str = "REVIEW",
                 threads: int = 1, day_tables: bool = True) -> None:
        _be(Rulebook, "rulebook", rulebook, "a Rulebook")
        _be(Snapshot, "snapshot", snapshot, "a Snapshot")
        if checkpoint not in _CHECKPOINTS:
            raise ValueError(f"checkpoint is one of {', '.join(_CHECKPOINTS)}, not {checkpoint}")
        options = SessionOptions(ctypes.sizeof(SessionOptions), _CHECKPOINTS[checkpoint], *_instant(now),
                                 _whole(threads, "threads", 32), 0 if day_tables else 1)
        self._own(make("session_open", rulebook._handle, snapshot._handle, ctypes.byref(options)))

    def add(self, order: Row) -> None:
        """Adds one order for the next run. Wire bytes are only looked at by run. The same message again changes nothing;
        other content of the same id needs a higher revision."""
        call("session_add", self._handle, *_row(order, "order"))

    def release(self, release: Row) -> None:
        """Adds an assay.v1.Release for the next run."""
        call("session_release", self._handle, *_row(release, "release"))

    def run(self, *, now: Optional[dt.datetime] = None) -> Result:
        """Reviews every order that is not committed; those that are keep their decision. `now` moves the session's
        clock; it cannot be the first instant of 1970, which stands for None in the C interface."""
        return self._result("session_run", now)

    def redistribute(self, *, now: Optional[dt.datetime] = None) -> Result:
        """The same over the orders that a run has seen: all that is not firm is planned anew, and orders added since
        wait for the next run."""
        return self._result("session_redistribute", now)

    def _result(self, verb: str, now: Optional[dt.datetime]) -> Result:
        clock = (0, 0) if now is None else _instant(now)
        if now is not None and clock == (0, 0):
            raise ValueError("now cannot be the first instant of 1970: it stands for a clock that is not moved")
        options = RunOptions(ctypes.sizeof(RunOptions), *clock)
        handle = make(verb, self._handle, ctypes.byref(options))
        try:
            decisions, superseded, tables = (
                tuple(str(ask(f"result_{kind}", handle, i)) for i in range(ask(f"result_{kind}_count", handle)))
                for kind in ("decision", "superseded", "table"))
            csv = tuple(str(ask("result_table_csv", handle, i)) for i in range(len(tables)))
            return Result(ask("result_wire", handle).bytes(), decisions, superseded, tables, csv)
        finally:
            ask("result_free", handle)

    def explain(self, order_id: str) -> Explanation:
        """The same run, and why it decided this order as it did; NOT_FOUND if no order that is not committed has the
        id."""
        handle = make("session_explain", self._handle, *_text(order_id, "order_id"))
        try:
            return Explanation.from_json(str(ask("explanation_json", handle)))
        finally:
            ask("explanation_free", handle)

    def required_keys(self) -> Tuple[Dict[str, Any], ...]:
        """Keys that the next run would look up and of which the snapshot may lack rows, each an assay.v1.RequiredKey: it
        has none and was not told so, or has some and was told of other keys of the dataset. Bring their rows with
        Snapshot.over, the keys as `cleared`, open a session on that, and ask again until there are none."""
        handle = make("session_required_keys", self._handle)
        try:
            return tuple(json.loads(str(ask("keys_at", handle, i))) for i in range(ask("keys_count", handle)))
        finally:
            ask("keys_free", handle)

    def commit(self) -> None:
        """Makes the last run's draws firm: its CONFIRMED and PARTIAL orders are decided for good. At ENTRY, which only
        simulates, FAILED_PRECONDITION."""
        call("session_commit", self._handle)

    def allocate(self, allocation: Row) -> None:
        """Gives stock to a line of a reviewed order, an assay.v1.ManualAllocation: firm at once, all of it or
        FAILED_PRECONDITION. What is proposed to others is given back until the next run."""
        call("session_allocate", self._handle, *_row(allocation, "allocation"))

    def follow_changes(self) -> None:
        """From now on a run reviews only what came, changed, was answered or reads other rows than before, and what draws
        on one account with that; it returns what a run over all would."""
        call("session_follow_changes", self._handle)

    def changes(self) -> Dict[str, Any]:
        """What the last run made otherwise than the one before, and why, as an assay.v1.RunChanges in JSON."""
        handle = make("session_changes", self._handle)
        try:
            return json.loads(str(ask("changes_json", handle)))
        finally:
            ask("changes_free", handle)

    def update(self, snapshot: Snapshot) -> None:
        """Another snapshot, built for the same rulebook, for the runs from now on. Firm draws stay with what is called
        the same in it."""
        _be(Snapshot, "snapshot", snapshot, "a Snapshot")
        call("session_update", self._handle, snapshot._handle)

    def keep_log(self) -> None:
        """Keeps a log of what is done, from now on; FAILED_PRECONDITION once orders came."""
        call("session_keep_log", self._handle)

    def take_log(self) -> bytes:
        """What was done since this was called last, a serialized assay.v1.SessionLog; such bytes, appended to one
        another, are one log."""
        return self._saved("session_take_log")

    def replay(self, log: bytes) -> None:
        """Does a whole log again in a session just opened on the same rulebook, snapshot, checkpoint and clock;
        FAILED_PRECONDITION if it was not, or if a run decides otherwise."""
        _be(bytes, "log", log, "bytes")
        call("session_replay", self._handle, log, len(log))

    def save(self) -> bytes:
        """The whole state, for restore."""
        return self._saved("session_save")

    def _saved(self, verb: str) -> bytes:
        handle = make(verb, self._handle)
        try:
            return bytes(ask("saved_bytes", handle).bytes())
        finally:
            ask("saved_free", handle)

    def restore(self, saved: bytes) -> None:
        """Replaces the state by the saved one; FAILED_PRECONDITION if it was saved under another rulebook, snapshot or
        checkpoint, INVALID_ARGUMENT for other bytes."""
        _be(bytes, "saved", saved, "bytes")
        call("session_restore", self._handle, saved, len(saved))

    def withdraw(self, order_id: str) -> None:
        """Takes a reviewed order out; NOT_FOUND if no run has seen it."""
        call("session_withdraw", self._handle, *_text(order_id, "order_id"))
