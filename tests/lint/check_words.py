"""Checks the words of every text file: no path of one person's machine, and names that say what a thing is.

Entry point: problems. Also holds files to the form all of them share: an opening comment and the header guard.
"""

import pathlib
import re

import sources

_MACHINE_PATH = re.compile(r"(?<![\w./:~-])(?:/(?:home|root|work|Users|tmp|mnt|media)/|[A-Za-z]:\\Users\\)[\w.-]+")
_EMPTY_NAMES = {"util", "utils", "common", "helper", "helpers", "manager", "impl", "misc"}
_SHIFTS = re.compile(r"\b(friend|throw)\b")


def _path_problems(name, text):
    for number, line in enumerate(text.splitlines(), 1):
        match = _MACHINE_PATH.search(line)
        if match:
            yield f"{name}:{number}: a path of one machine; say it relative to the repository: {match.group(0)}"


def _name_problems(name):
    words = pathlib.PurePosixPath(name).stem.split("_")
    empty = _EMPTY_NAMES.intersection(words)
    if empty:
        yield f"{name}: a file is named after what is in it, not {sorted(empty)[0]}"


def guard_of(name):
    """The include guard of a header: src/base/decimal.h has ASSAY_BASE_DECIMAL_H_."""
    path = re.sub(r"^(src|include/assay|include)/", "", name)
    path = path if path.startswith("assay/") else "assay/" + path
    return re.sub(r"[^A-Za-z0-9]", "_", path).upper().replace("ASSAY_ASSAY_H", "ASSAY_H") + "_"


def _source_problems(name, text):
    if not text.startswith(("//", "/*")):
        yield f"{name}:1: a file opens with two or three sentences: what it does, its entry point, what it never does"
    if name.endswith(".h") and f"#ifndef {guard_of(name)}\n#define {guard_of(name)}\n" not in text:
        yield f"{name}: the header guard should be {guard_of(name)}"
    if name.startswith("src/"):
        for number, line in enumerate(sources.blank_comments_and_literals(text).splitlines(), 1):
            match = _SHIFTS.search(line)
            if match:
                yield f"{name}:{number}: errors are values and classes have no back doors here: {match.group(1)}"


def problems(root):
    found = []
    for name in sources.tracked(root):
        try:
            text = (root / name).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += _path_problems(name, text)
        if name.endswith((".cc", ".c", ".h")):
            found += _name_problems(name)
            found += _source_problems(name, text)
    return found


if __name__ == "__main__":
    sources.main("check_words", problems)
