"""`assay test`: what passes, what fails and where, what is not covered, and the standard rulebook's own tests.

Skipped where the build in ASSAY_BUILD (else build/dev) has no assay command.
"""

import json
import os
import subprocess
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COMMAND = Path(os.environ.get("ASSAY_BUILD", ROOT / "build" / "dev")).resolve() / "bin" / "assay"

BOOK = """name: t.book
version: 1
input: {name: order, type: assay.v1.Order}
levels: [{name: line, of: order.lines}]
datasets: [{name: partners, type: assay.v1.Partner, key: [id]}]
joins: [{name: partner, dataset: partners, on: [order.sold_to]}]
rules:
  - {id: R-1, each: line, condition: line.discount_rate > table.cap(order.partner.level), outcome: HOLD,
     actual: line.discount_rate, message: {en: x, zh: x}}
tables:
  - name: cap
    hit_policy: FIRST
    inputs: [{name: level, type: string}]
    outputs: [{name: cap, type: decimal, decimal: {precision: 5, scale: 4}}]
    rows: [{cells: ["'VIP'", "0.30"]}, {cells: ["'A'", "0.20"]}]
    default: {cells: ["0.10"]}
review: {id: order.id, lines: line, line_id: line.id, quantity: line.quantity}
tests:
  - name: at the cap
    now: 2026-11-22T09:00:00+08:00
    input: {id: O-1, sold_to: P-1, tax_included: true, lines: [{id: "1", quantity: 2, discount_rate: 0.30}]}
    datasets: {partners: [{id: P-1, level: VIP}]}
    values: [{expression: table.cap(order.partner.level), value: "0.30"}]
    disposition: CONFIRMED
  - name: over the cap
    like: at the cap
    input: {lines: [{id: "1", quantity: 2, discount_rate: 0.31}]}
    findings: [{rule: R-1, line: 1, outcome: HOLD, actual: 0.3100}]
"""


@unittest.skipUnless(COMMAND.exists(), "needs bin/assay in the build folder")
class TestCommandTest(unittest.TestCase):
    def run_tests(self, text, *options):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "t.yaml"
            path.write_text(text, encoding="utf-8")
            result = subprocess.run([COMMAND, "test", path, *options], capture_output=True, text=True, check=False)
        return result.returncode, result.stdout.replace(folder + "/", ""), result.stderr.replace(folder + "/", "")

    def test_cases_pass_and_gaps_are_told(self):
        code, out, error = self.run_tests(BOOK)
        self.assertEqual((code, error), (0, ""), out)
        self.assertEqual(out.splitlines(), [
            "not covered: table cap: row 2 never counted", "not covered: table cap: row default never counted",
            "2 passed, 0 failed; of 1 rule and 3 rows of tables 2 gaps in coverage"])
        self.assertEqual(self.run_tests(BOOK, "--coverage", "total")[0], 1)

    def test_a_name_picks_cases(self):
        self.assertIn("1 passed, 0 failed", self.run_tests(BOOK, "over")[1])

    def test_a_name_that_no_case_has_is_told(self):
        self.assertEqual(self.run_tests(BOOK, "over", "nothing of that name"),
                         (1, "", "assay: no test has these words in its name: 'nothing of that name'\n"))

    def test_of_a_rulebook_without_tests_the_file_that_has_them_is_named(self):
        self.assertEqual(self.run_tests(BOOK[:BOOK.index("tests:")]),
                         (1, "", "assay: the rulebook has no tests; they may stand in a file that imports it: 't.yaml'\n"))
        standard = ROOT / "rules" / "standard" / "order_review.yaml"
        result = subprocess.run([COMMAND, "test", standard], capture_output=True, text=True, check=False)
        self.assertEqual(result.returncode, 1)
        self.assertIn(f"did you mean '{standard.with_name('order_review_tests.yaml')}'?", result.stderr)

    def check_failure(self, old, new, line):
        self.assertIn(old, BOOK)
        code, out, _ = self.run_tests(BOOK.replace(old, new))
        self.assertEqual(code, 1, out)
        self.assertEqual(out.splitlines()[0], line)

    def test_each_expectation_fails_at_its_place(self):
        self.check_failure("actual: 0.3100", "actual: 0.4", "t.yaml:28:16: error: over the cap: no finding is as expected; "
                           "there is R-1 on line 1: HOLD, actual 0.310000")
        self.check_failure('value: "0.30"', "value: 0.2", "t.yaml:23:66: error: at the cap: expected 0.2, got 0.30")
        self.check_failure("disposition: CONFIRMED", "disposition: HELD",
                           "t.yaml:24:18: error: at the cap: expected HELD, got CONFIRMED")
        self.check_failure("discount_rate: 0.30}", "discount_rate: 0.32}",
                           "t.yaml:19:5: error: at the cap: a finding that is not expected: "
                           "R-1 on line 1: HOLD, actual 0.320000")
        self.check_failure("like: at the cap", "like: at the cup",
                           "t.yaml:25:5: error: over the cap: no earlier case has this name: 'at the cup'")
        self.check_failure("lines: [{id: \"1\", quantity: 2, discount_rate: 0.31}]", "lnes: []",
                           "t.yaml:25:5: error: over the cap: input: 1:2: 'assay.v1.Order' has no field named 'lnes'; "
                           "did you mean 'lines'?")

    def test_an_expression_that_is_wrong_is_told_before_anything_runs(self):
        code, _, error = self.run_tests(BOOK.replace("table.cap(order.partner.level), value", "table.cup(order.partner.level), value"))
        self.assertEqual(code, 1)
        self.assertTrue(error.startswith("t.yaml:23:27: error: "), error)

    def test_junit_and_json_tell_the_same(self):
        text = BOOK.replace("actual: 0.3100", "actual: 0.4")
        with tempfile.NamedTemporaryFile(suffix=".xml") as junit:
            _, out, _ = self.run_tests(text, "--junit", junit.name, "--format", "json")
            suite = ElementTree.parse(junit.name).getroot()
        self.assertEqual((suite.get("tests"), suite.get("failures")), ("2", "1"))
        cases = json.loads(out)["cases"]
        self.assertEqual([case["name"] for case in cases], [case.get("name") for case in suite])
        self.assertEqual(cases[1]["failures"][0]["message"], suite[1][0].get("message"))

    def test_the_standard_rulebooks_pass_their_own_tests_which_leave_nothing_out(self):
        for name in ("order_review", "partner_grading", "service_kpi"):
            with self.subTest(rulebook=name):
                result = subprocess.run(
                    [COMMAND, "test", "--coverage", "total", ROOT / "rules" / "standard" / f"{name}_tests.yaml"],
                    capture_output=True, text=True, check=False)
                self.assertEqual((result.returncode, result.stderr), (0, ""), result.stdout)

    def test_complaints_letters_admission_projects_and_worklists_leave_nothing_out(self):
        for name in ("complaints", "letters", "admission", "projects", "worklists"):
            result = subprocess.run(
                [COMMAND, "test", "--coverage", "total", ROOT / "rules" / "standard" / f"{name}_tests.yaml"],
                capture_output=True, text=True, check=False)
            self.assertEqual((result.returncode, result.stderr), (0, ""), result.stdout)

    def test_members_and_vips_alone_are_called_back_where_the_desk_says_so(self):
        result = subprocess.run([COMMAND, "test", ROOT / "rules" / "standard" / "complaints_members_tests.yaml"],
                                capture_output=True, text=True, check=False)
        self.assertEqual((result.returncode, result.stderr), (0, ""), result.stdout)

    def test_tax_is_rounded_by_rates_where_the_company_says_so(self):
        result = subprocess.run([COMMAND, "test", ROOT / "rules" / "standard" / "order_review_tax_tests.yaml"],
                                capture_output=True, text=True, check=False)
        self.assertEqual((result.returncode, result.stderr), (0, ""), result.stdout)


if __name__ == "__main__":
    unittest.main()
