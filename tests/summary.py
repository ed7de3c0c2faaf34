"""Adds up the results of all suites and prints what was skipped and why, the seeds of the random tests, and as the last
line N passed, N failed, N skipped.

usage: summary.py RESULTS_FOLDER SUITE...

RESULTS_FOLDER holds ctest.xml, gtest/PROGRAM.xml for the GoogleTest programs among ctest's tests (counted case by case),
and SUITE.xml for every further suite named. A suite that left no readable results counts as one failure.
"""

import pathlib
import re
import sys
from collections import Counter, namedtuple
from xml.etree import ElementTree

PASSED, FAILED, SKIPPED = range(3)
Outcome = namedtuple("Outcome", "kind reason", defaults=("",))


def _reason(case, skipped):
    """In one line: GoogleTest puts the place of the skip on a line before it, ctest has it in the program's output."""
    message = "" if skipped is None else skipped.get("message", "")
    if message.startswith("SKIP_"):
        message = case.findtext("system-out", "")
    lines = [line.strip() for line in message.strip().splitlines()]
    if len(lines) > 1 and re.fullmatch(r"\S+:\d+", lines[0]):
        lines = lines[1:]
    return re.sub(r"^skipped: ", "", lines[0]) if lines else "no reason given"


def _outcome(case):
    if case.find("failure") is not None or case.find("error") is not None:
        return Outcome(FAILED)
    skipped = case.find("skipped")
    if skipped is not None or case.get("status") in ("notrun", "disabled"):
        return Outcome(SKIPPED, _reason(case, skipped))
    return Outcome(PASSED)


def _outcomes(path):
    """The outcome of each test case in a JUnit file; one failure if the file is not there or cut off."""
    try:
        return [_outcome(case) for case in ElementTree.parse(path).iter("testcase")]
    except (OSError, ElementTree.ParseError):
        print(f"no results: {path}", file=sys.stderr)
        return [Outcome(FAILED)]


def _ctest_outcomes(folder):
    """As _outcomes for ctest.xml, each GoogleTest program replaced by its cases."""
    path = folder / "ctest.xml"
    if not path.is_file():
        return _outcomes(path)
    found = []
    for case in ElementTree.parse(path).iter("testcase"):
        cases = folder / "gtest" / (case.get("name") + ".xml")
        inner = _outcomes(cases) if cases.is_file() else [_outcome(case)]
        failed = Outcome(FAILED)
        if _outcome(case) == failed and failed not in inner:  # it died after its last case, or a sanitizer spoke up
            inner.append(failed)
        found += inner
    return found


def outcomes(folder, suites):
    found = _ctest_outcomes(folder)
    for suite in suites:
        found += _outcomes(folder / (suite + ".xml"))
    return found


def count(found):
    """(passed, failed, skipped)."""
    kinds = [outcome.kind for outcome in found]
    return kinds.count(PASSED), kinds.count(FAILED), kinds.count(SKIPPED)


def skips(found):
    """A line for each reason, the most frequent first."""
    reasons = Counter(outcome.reason for outcome in found if outcome.kind == SKIPPED)
    return [f"skipped {times}: {reason}" for reason, times in reasons.most_common()]


def seeds(folder):
    """What the random tests print of their seeds, each once."""
    path = folder / "ctest.xml"
    text = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
    return sorted({f"seed: {line}" for line in re.findall(r"\[ seed +\] (.*)", text)})


def main(argv):
    folder = pathlib.Path(argv[1])
    found = outcomes(folder, argv[2:])
    for line in skips(found) + seeds(folder):
        print(line)
    passed, failed, skipped = count(found)
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 0 if failed == 0 and passed > 0 else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv))
