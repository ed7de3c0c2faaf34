"""Runs the Python tests of one folder (FOLDER/*_test.py) and writes their results as JUnit XML.

usage: run_python.py FOLDER RESULTS.xml

The same tests without the results: python3 -m unittest discover -s FOLDER -p '*_test.py'
"""

import pathlib
import sys
import unittest
from xml.etree import ElementTree


class _Recorder(unittest.TextTestResult):
    """Keeps the outcome of each test; a class or module that fails or is skipped as a whole counts as one test."""

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self.outcomes = []

    def _record(self, test, outcome, text=""):
        self.outcomes.append((str(test), outcome, text))

    def addSuccess(self, test):
        super().addSuccess(test)
        self._record(test, "passed")

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self._record(test, "failure", str(err[1]))

    def addError(self, test, err):
        super().addError(test, err)
        self._record(test, "failure", str(err[1]))

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self._record(test, "skipped", reason)

    def addExpectedFailure(self, test, err):
        super().addExpectedFailure(test, err)
        self._record(test, "passed")

    def addUnexpectedSuccess(self, test):
        super().addUnexpectedSuccess(test)
        self._record(test, "failure", "passed, though it is marked as an expected failure")

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err is not None:
            self._record(subtest, "failure", str(err[1]))


def junit(name, outcomes):
    suite = ElementTree.Element("testsuite", name=name)
    for test, outcome, text in outcomes:
        case = ElementTree.SubElement(suite, "testcase", name=test)
        if outcome != "passed":
            ElementTree.SubElement(case, outcome, message=text)
    return ElementTree.ElementTree(suite)


def main(argv):
    folder, results = argv[1:]
    suite = unittest.defaultTestLoader.discover(folder, pattern="*_test.py", top_level_dir=folder)
    result = unittest.TextTestRunner(resultclass=_Recorder).run(suite)
    pathlib.Path(results).parent.mkdir(parents=True, exist_ok=True)
    junit(folder, result.outcomes).write(results, encoding="utf-8")
    return 0 if result.wasSuccessful() else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv))
