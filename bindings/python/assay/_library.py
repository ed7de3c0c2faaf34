"""The shared library through ctypes: finding it, its signatures, and its errors as exceptions.

Entry points: library, call. Nothing here knows what a rulebook is; the names are those of include/assay/assay.h.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import enum
import functools
import os
import pathlib
from ctypes import POINTER, c_char_p, c_int, c_int32, c_int64, c_size_t, c_void_p
from dataclasses import dataclass
from typing import Any, Tuple


class Status(enum.IntEnum):
    """The codes of google.rpc.Code that occur."""

    INVALID_ARGUMENT = 3
    NOT_FOUND = 5
    FAILED_PRECONDITION = 9
    UNIMPLEMENTED = 12
    INTERNAL = 13


@dataclass(frozen=True)
class Issue:
    """One thing wrong in a rulebook. Lines and columns count from 1, columns in code points; 0 is no place."""

    severity: str  # "error", "warning" or "note"
    file: str
    line: int
    column: int
    length: int
    path: str  # rules[3].condition
    message: str
    suggestion: str  # the name that was probably meant, or ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.severity}: {self.message}"


class AssayError(Exception):
    """A call that could not be done; everything is as it was before."""

    def __init__(self, code: Status, message: str, issues: Tuple[Issue, ...] = ()) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.issues = issues

    def __reduce__(self) -> Tuple[Any, ...]:
        return type(self), (self.code, self.message, self.issues)  # pickled by all it is made of


class String(ctypes.Structure):
    _fields_ = [("data", c_void_p), ("size", c_size_t)]

    def bytes(self) -> bytes:
        return ctypes.string_at(self.data, self.size) if self.size else b""

    def __str__(self) -> str:
        return self.bytes().decode("utf-8", "replace")


class CIssue(ctypes.Structure):
    _fields_ = [("severity", c_int32), ("line", c_int32), ("column", c_int32), ("length", c_int32), ("file", String),
                ("path", String), ("message", String), ("suggestion", String)]


class SessionOptions(ctypes.Structure):
    _fields_ = [("struct_size", c_size_t), ("checkpoint", c_int), ("now_seconds", c_int64), ("now_nanos", c_int32),
                ("threads", c_int32), ("no_day_tables", c_int32)]


class EvaluationOptions(ctypes.Structure):
    _fields_ = [("struct_size", c_size_t), ("now_seconds", c_int64), ("now_nanos", c_int32), ("threads", c_int32)]


class RunOptions(ctypes.Structure):
    _fields_ = [("struct_size", c_size_t), ("now_seconds", c_int64), ("now_nanos", c_int32)]


class Limits(ctypes.Structure):
    _fields_ = [("struct_size", c_size_t), ("max_expression_cost", c_int64), ("default_max_items", c_int32),
                ("max_depth", c_int32), ("max_nodes", c_int32), ("max_code_points", c_int32),
                ("max_comprehension_depth", c_int32), ("max_pattern_size", c_int32), ("max_row_elements", c_int32),
                ("max_row_cost", c_int32), ("max_chunk_cost", c_int32)]


_LIMITS = POINTER(Limits)
_HANDLE, _OUT, _TEXT = c_void_p, POINTER(c_void_p), [c_char_p, c_size_t]
_ROW = [c_int, c_char_p, c_size_t]

# What can fail, with its arguments before `error`.
_FALLIBLE = {
    "rulebook_load_file": [*_TEXT, _HANDLE, _LIMITS, _OUT],
    "rulebook_load_text": [*_TEXT, *_TEXT, _HANDLE, _LIMITS, _OUT],
    "snapshot_builder_create": [_HANDLE, _OUT],
    "snapshot_builder_add": [_HANDLE, *_TEXT, *_ROW],
    "snapshot_builder_over": [_HANDLE, _OUT],
    "snapshot_builder_clear": [_HANDLE, *_ROW],
    "snapshot_build": [_HANDLE, _OUT],
    "session_open": [_HANDLE, _HANDLE, POINTER(SessionOptions), _OUT],
    "session_add": [_HANDLE, *_ROW],
    "session_release": [_HANDLE, *_ROW],
    "session_run": [_HANDLE, POINTER(RunOptions), _OUT],
    "session_redistribute": [_HANDLE, POINTER(RunOptions), _OUT],
    "session_explain": [_HANDLE, *_TEXT, _OUT],
    "session_required_keys": [_HANDLE, _OUT],
    "session_follow_changes": [_HANDLE],
    "session_changes": [_HANDLE, _OUT],
    "session_update": [_HANDLE, _HANDLE],
    "session_keep_log": [_HANDLE],
    "session_take_log": [_HANDLE, _OUT],
    "session_replay": [_HANDLE, *_TEXT],
    "session_commit": [_HANDLE],
    "session_withdraw": [_HANDLE, *_TEXT],
    "session_allocate": [_HANDLE, *_ROW],
    "session_save": [_HANDLE, _OUT],
    "session_restore": [_HANDLE, *_TEXT],
    "batch_create": [_HANDLE, _OUT],
    "batch_add": [_HANDLE, *_ROW],
    "evaluate": [_HANDLE, _HANDLE, _HANDLE, POINTER(EvaluationOptions), _OUT],
    "evaluate_explain": [_HANDLE, _HANDLE, _HANDLE, *_TEXT, POINTER(EvaluationOptions), _OUT],
}

# What cannot: what it returns, and its arguments.
_SURE = {
    "version": (String, []),
    "error_message": (String, [_HANDLE]),
    "error_issue_count": (c_size_t, [_HANDLE]),
    "error_issue": (CIssue, [_HANDLE, c_size_t]),
    "rulebook_name": (String, [_HANDLE]),
    "rulebook_version": (String, [_HANDLE]),
    "rulebook_fingerprint": (String, [_HANDLE]),
    "rulebook_rule_count": (c_size_t, [_HANDLE]),
    "rulebook_dataset_count": (c_size_t, [_HANDLE]),
    "rulebook_dataset": (String, [_HANDLE, c_size_t]),
    "rulebook_warning_count": (c_size_t, [_HANDLE]),
    "rulebook_warning": (CIssue, [_HANDLE, c_size_t]),
    "snapshot_id": (String, [_HANDLE]),
    "changes_wire": (String, [_HANDLE]),
    "changes_json": (String, [_HANDLE]),
    "result_wire": (String, [_HANDLE]),
    "result_decision_count": (c_size_t, [_HANDLE]),
    "result_decision": (String, [_HANDLE, c_size_t]),
    "result_superseded_count": (c_size_t, [_HANDLE]),
    "result_superseded": (String, [_HANDLE, c_size_t]),
    "result_table_count": (c_size_t, [_HANDLE]),
    "result_table": (String, [_HANDLE, c_size_t]),
    "result_table_csv": (String, [_HANDLE, c_size_t]),
    "explanation_json": (String, [_HANDLE]),
    "saved_bytes": (String, [_HANDLE]),
    "keys_count": (c_size_t, [_HANDLE]),
    "keys_at": (String, [_HANDLE, c_size_t]),
    "evaluation_wire": (String, [_HANDLE]),
    "evaluation_summary": (String, [_HANDLE]),
    "evaluation_row_count": (c_size_t, [_HANDLE]),
    "evaluation_row": (String, [_HANDLE, c_size_t]),
    "evaluation_task_count": (c_size_t, [_HANDLE]),
    "evaluation_task": (String, [_HANDLE, c_size_t]),
    "evaluation_table_count": (c_size_t, [_HANDLE]),
    "evaluation_table": (String, [_HANDLE, c_size_t]),
    "evaluation_table_csv": (String, [_HANDLE, c_size_t]),
    **{f"{kind}_free": (None, [_HANDLE])
       for kind in ("error", "rulebook", "snapshot_builder", "snapshot", "session", "result", "explanation", "saved",
                    "batch", "evaluation", "keys", "changes")},
}


def _path() -> str:
    given = os.environ.get("ASSAY_LIBRARY")
    if given:
        return given
    here = pathlib.Path(__file__).resolve().parent
    for name in ("libassay.so.1", "libassay.so", "libassay.dylib"):
        if (here / name).exists():
            return str(here / name)
    found = ctypes.util.find_library("assay")
    if found is None:
        raise AssayError(Status.NOT_FOUND, "libassay.so is not installed: set ASSAY_LIBRARY to its path, "
                         f"or put it beside the package, into {here}")
    return found


@functools.lru_cache(maxsize=None)
def library() -> ctypes.CDLL:
    """The loaded library, its functions typed. NOT_FOUND says where it was looked for."""
    path = _path()
    try:
        loaded = ctypes.CDLL(path)
        for name, arguments in _FALLIBLE.items():
            function = getattr(loaded, f"assay_{name}")
            function.restype, function.argtypes = c_int, [*arguments, _OUT]
        for name, (returned, arguments) in _SURE.items():
            function = getattr(loaded, f"assay_{name}")
            function.restype, function.argtypes = returned, arguments
    except (OSError, AttributeError) as error:
        raise AssayError(Status.NOT_FOUND, f"the assay library cannot be used, see ASSAY_LIBRARY: {error}") from error
    return loaded


def issue_of(issue: CIssue) -> Issue:
    """The issue, copied: its views live no longer than their handle."""
    severity = ("error", "warning", "note")[issue.severity]
    return Issue(severity, str(issue.file), issue.line, issue.column, issue.length, str(issue.path), str(issue.message),
                 str(issue.suggestion))


def _issues(error: c_void_p) -> Tuple[Issue, ...]:
    loaded = library()
    return tuple(issue_of(loaded.assay_error_issue(error, i)) for i in range(loaded.assay_error_issue_count(error)))


def call(name: str, *arguments: Any, place: str = "") -> None:
    """Calls assay_NAME with its arguments before `error`; raises what it says, behind the place if there is one."""
    loaded = library()
    error = c_void_p()
    code = getattr(loaded, f"assay_{name}")(*arguments, ctypes.byref(error))
    if code == 0:
        return
    try:
        message = str(loaded.assay_error_message(error))
        raise AssayError(Status(code), f"{place}: {message}" if place else message, _issues(error))
    finally:
        loaded.assay_error_free(error)


def make(name: str, *arguments: Any) -> int:
    """The handle that assay_NAME makes; its out parameter stands last before `error`."""
    out = c_void_p()
    call(name, *arguments, ctypes.byref(out))
    assert out.value is not None
    return out.value


def ask(name: str, *arguments: Any) -> Any:
    """What assay_NAME returns; it cannot fail."""
    return getattr(library(), f"assay_{name}")(*arguments)
