"""The closing line counts every case of every suite once, and no failure is lost."""

import pathlib
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

import run_python  # noqa: E402
import summary  # noqa: E402

PASS, FAIL, SKIP = '<testcase name="{}"/>', '<testcase name="{}"><failure/></testcase>', '<testcase name="{}" status="notrun"/>'


class SummaryTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        (self.folder / "gtest").mkdir()

    def write(self, name, *cases):
        text = "".join(case.format(f"case_{index}") for index, case in enumerate(cases))
        (self.folder / name).write_text(f"<testsuite>{text}</testsuite>", encoding="utf-8")

    def count(self, *suites):
        return summary.count(summary.outcomes(self.folder, suites))

    def test_a_googletest_program_counts_by_its_cases_and_others_as_one(self):
        self.write("ctest.xml", PASS, PASS, SKIP)
        self.write("gtest/case_0.xml", PASS, PASS, PASS, SKIP)
        self.assertEqual(self.count(), (4, 0, 2))

    def test_a_program_that_dies_after_its_last_case_is_a_failure(self):
        self.write("ctest.xml", FAIL)
        self.write("gtest/case_0.xml", PASS)
        self.assertEqual(self.count(), (1, 1, 0))

    def test_a_failed_case_is_not_counted_twice(self):
        self.write("ctest.xml", FAIL)
        self.write("gtest/case_0.xml", PASS, FAIL)
        self.assertEqual(self.count(), (1, 1, 0))

    def test_a_suite_without_results_is_a_failure(self):
        self.write("ctest.xml", PASS)
        self.assertEqual(self.count("python_lint"), (1, 1, 0))


    def test_why_a_case_was_skipped_is_one_line_for_each_reason(self):
        of_ctest = ('<testcase name="{}"><skipped message="SKIP_RETURN_CODE=77"/>'
                    '<system-out>skipped: no suite\nmore</system-out></testcase>')
        of_googletest = '<testcase><skipped message="../a_test.cc:51&#x0A;no list&#x0A;more"/></testcase>'
        of_python = '<testcase><skipped message="no suite"/></testcase>'
        self.write("ctest.xml", of_ctest, PASS, SKIP)
        self.write("gtest/case_1.xml", of_googletest)
        self.write("python_lint.xml", of_python, PASS)
        found = summary.outcomes(self.folder, ["python_lint"])
        self.assertEqual(summary.skips(found), ["skipped 2: no suite", "skipped 1: no list", "skipped 1: no reason given"])

    def test_the_seeds_of_random_tests_are_told(self):
        self.write("ctest.xml", "<testcase><system-out>[ seed     ] ASSAY_DIFF_SEED=7\n</system-out></testcase>")
        self.assertEqual(summary.seeds(self.folder), ["seed: ASSAY_DIFF_SEED=7"])


class _Outcomes:
    """Tests for the recorder to run; not found by discovery because they stand in a function."""

    @staticmethod
    def suite():
        class Sample(unittest.TestCase):
            def test_passes(self):
                pass

            def test_fails(self):
                self.fail("on purpose")

            def test_skips(self):
                self.skipTest("on purpose")

            def test_fails_in_a_part(self):
                with self.subTest(part=1):
                    self.fail("on purpose")

        return unittest.defaultTestLoader.loadTestsFromTestCase(Sample)


class RecorderTest(unittest.TestCase):
    def test_every_outcome_of_unittest_is_recorded_once(self):
        with open("/dev/null", "w", encoding="utf-8") as nowhere:
            runner = unittest.TextTestRunner(stream=nowhere, resultclass=run_python._Recorder)
            result = runner.run(_Outcomes.suite())
        outcomes = sorted(outcome for _, outcome, _ in result.outcomes)
        self.assertEqual(outcomes, ["failure", "failure", "passed", "skipped"])


if __name__ == "__main__":
    unittest.main()
