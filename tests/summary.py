"""Adds up the results of all suites and prints them as the last line: N passed, N failed, N skipped.

usage: summary.py RESULTS_FOLDER SUITE...

RESULTS_FOLDER holds ctest.xml, gtest/PROGRAM.xml for the GoogleTest programs among ctest's tests (counted case by case),
and SUITE.xml for every further suite named. A suite that left no readable results counts as one failure.
"""

import pathlib
import sys
from xml.etree import ElementTree

PASSED, FAILED, SKIPPED = range(3)


def _outcome(case):
    if case.find("failure") is not None or case.find("error") is not None:
        return FAILED
    if case.find("skipped") is not None or case.get("status") in ("notrun", "disabled"):
        return SKIPPED
    return PASSED


def _outcomes(path):
    """The outcome of each test case in a JUnit file; one failure if the file is not there or cut off."""
    try:
        return [_outcome(case) for case in ElementTree.parse(path).iter("testcase")]
    except (OSError, ElementTree.ParseError):
        print(f"no results: {path}", file=sys.stderr)
        return [FAILED]


def _ctest_outcomes(folder):
    """As _outcomes for ctest.xml, each GoogleTest program replaced by its cases."""
    path = folder / "ctest.xml"
    if not path.is_file():
        return _outcomes(path)
    found = []
    for case in ElementTree.parse(path).iter("testcase"):
        cases = folder / "gtest" / (case.get("name") + ".xml")
        inner = _outcomes(cases) if cases.is_file() else [_outcome(case)]
        if _outcome(case) == FAILED and FAILED not in inner:  # it died after its last case, or a sanitizer spoke up
            inner.append(FAILED)
        found += inner
    return found


def count(folder, suites):
    """(passed, failed, skipped) over all suites."""
    found = _ctest_outcomes(folder)
    for suite in suites:
        found += _outcomes(folder / (suite + ".xml"))
    return found.count(PASSED), found.count(FAILED), found.count(SKIPPED)


def main(argv):
    passed, failed, skipped = count(pathlib.Path(argv[1]), argv[2:])
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 0 if failed == 0 and passed > 0 else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv))
