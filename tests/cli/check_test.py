"""`assay check`: what it prints and returns, and that the standard rulebook has nothing to find."""

import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
ASSAY = os.path.join(os.environ.get("ASSAY_BUILD", ROOT / "build" / "dev"), "bin", "assay")
BOOK = """name: gap
version: "1"
input: {name: order, type: assay.v1.Order}
tables:
  - name: rank
    inputs: [{name: level, type: string}]
    outputs: [{name: rank, type: int}]
    rows: [{cells: ["'VIP'", "1"]}]
rules:
  - {id: R1, condition: table.rank(order.id) > 2, outcome: NOTE, message: {en: low, zh: 低}}
"""
GAP = "5:11: warning: no row fits level = '', and there is no default: 'rank' [table-gap]\n"


def check(*words):
    return subprocess.run([ASSAY, "check", *map(str, words)], capture_output=True, text=True, check=False, encoding="utf-8")


class CheckTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.file = pathlib.Path(folder.name) / "gap.yaml"
        self.file.write_text(BOOK, encoding="utf-8")

    def test_the_standard_rulebooks_have_nothing_to_find(self):
        for name in ("order_review", "partner_grading", "service_kpi"):
            with self.subTest(rulebook=name):
                done = check(ROOT / f"rules/standard/{name}.yaml")
                self.assertEqual((done.returncode, done.stderr), (0, ""))

    def test_all_files_of_the_standard_rulebooks_check_those_that_others_import_as_parts(self):
        done = check(*sorted((ROOT / "rules/standard").glob("*.yaml")))
        self.assertEqual((done.returncode, [line for line in done.stderr.splitlines() if ": error:" in line]), (0, []))
        parts = {line.split(": ")[0].split("/")[-1]: line.split(": ")[-1]
                 for line in done.stdout.splitlines() if "a part that rulebooks import" in line}
        self.assertEqual(sorted(parts), ["calendar_cn.yaml", "reason_codes.yaml", "roles.yaml"])
        self.assertEqual((parts["calendar_cn.yaml"], parts["roles.yaml"]), ("1 calendar", "11 roles"))

    def test_what_a_part_says_by_itself_is_checked(self):
        roles = "roles:\n  - {name: A, title: {en: First, zh: 一}, reports_to: B}\n  - {name: B, title: {en: Second}%s}\n"
        day = "calendars:\n  - {id: X, time_zone: Mars/Base, hours: [{opens: 09:00, closes: 18:00}]}\n"
        code = "reason_codes:\n  - {code: LATE, text: {en: Late, zh: 晚}, route: SOMEBODY}\n"
        for text, rc, message in [
                (roles % "", 0, "3:15: warning: this has no Chinese (zh) text [translation-missing]"),
                (roles % ", reports_to: A", 1, "this role reports to itself; leave reports_to out at the top: A -> B"),
                (roles % "" + "  - {name: A}\n", 1, "4:12: error: "),
                (day, 1, "Mars/Base"), (code, 0, ""), ("roles:\n  - {title: {en: x, zh: x}}\n", 1, "a role needs a name")]:
            with self.subTest(text=text):
                self.file.write_text(text, encoding="utf-8")
                done = check(self.file)
                self.assertEqual(done.returncode, rc, done.stderr)
                self.assertIn(message, done.stderr)
                self.assertEqual("a part that rulebooks import" in done.stdout, rc == 0)

    def test_a_file_with_rules_is_a_rulebook_and_needs_a_name_and_an_input(self):
        self.file.write_text(BOOK.split("\n", 3)[3], encoding="utf-8")
        done = check(self.file)
        self.assertEqual(done.returncode, 1)
        self.assertIn("a rulebook needs an input", done.stderr)

    def test_a_warning_is_shown_at_its_place_and_is_no_failure(self):
        done = check(self.file)
        self.assertEqual(done.returncode, 0)
        self.assertEqual(done.stderr.replace(str(self.file) + ":", ""), GAP + "  - name: rank\n          ^~~~\n")
        self.assertIn("gap 1, 1 rule, fingerprint", done.stdout)

    def test_an_error_fails(self):
        done = check("--severity", "table-gap=error", self.file)
        self.assertEqual(done.returncode, 1)
        self.assertIn("5:11: error: no row fits", done.stderr)
        self.assertEqual(check("--severity=table-gap=off", self.file).stderr, "")

    def test_json_has_findings_and_what_loading_says(self):
        broken = self.file.with_name("broken.yaml")
        broken.write_text("name: [\n", encoding="utf-8")
        done = check("--format", "json", self.file, broken)
        self.assertEqual((done.returncode, done.stderr), (1, ""))
        findings = json.loads(done.stdout)
        self.assertEqual([(f["code"], f["severity"], f["line"]) for f in findings],
                         [("table-gap", "warning", 5), ("load", "error", findings[1]["line"])])

    def test_the_rows_of_the_sample_day_are_checked_too(self):
        day = ROOT / "examples/day"
        done = check("--data", day / "data", "--orders", day / "orders.jsonl", ROOT / "rules/standard/order_review.yaml")
        self.assertEqual(done.returncode, 0)

    def test_of_the_sample_day_a_join_is_one_line_and_what_is_seldom_comes_first(self):
        day = ROOT / "examples/day"
        done = check("--data", day / "data", "--orders", day / "orders.jsonl", ROOT / "rules/standard/order_review.yaml")
        of_data = [line for line in done.stderr.splitlines() if "[data-" in line]
        self.assertLess(len(of_data), 10)
        joins = [line.split(":")[4] for line in of_data if "[data-dangling]" in line]
        self.assertEqual(len(joins), len(set(joins)))
        self.assertIn('"SKU-9999" [data-dangling]', of_data[0] + of_data[1] + of_data[2])
        self.assertIn("times in all [data-dangling]", of_data[-1])

    def test_rows_that_are_there_twice_are_named_both(self):
        data = self.file.with_name("data")
        shutil.copytree(ROOT / "examples/day/data", data)
        for name in ("prices", "staff"):
            rows = (data / f"{name}.jsonl").read_text(encoding="utf-8")
            (data / f"{name}.jsonl").write_text(rows + rows, encoding="utf-8")
        done = check("--data", data, ROOT / "rules/standard/order_review.yaml")
        self.assertEqual(done.returncode, 1)
        for name, code, first in [("prices", "data-repeated", "line 1 is in force on 2026-07-01 too, the same in all else"),
                                  ("staff", "data-duplicate", "line 1 has the same key: id = \"S-01\"")]:
            count = len((data / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()) // 2
            found = [line for line in done.stderr.splitlines() if f"{name}.jsonl" in line]
            self.assertEqual(len(found), 6, found)
            self.assertIn(f"{name}.jsonl:{count + 1}:1: ", found[0])
            self.assertIn(first, found[0])
            self.assertIn(f"and {count - 5} more, {count} in all [{code}]", found[5])

    def test_a_wrong_call_says_what_is_wrong(self):
        for words, message in [((), "usage: assay check"), (("--steps", "0", self.file), "--steps is a number from 1"),
                               (("--format", "xml", self.file), "--format is text or json"),
                               (("--severity", "gap=off", self.file), "no such code of a finding: 'gap'")]:
            done = check(*words)
            self.assertEqual(done.returncode, 2)
            self.assertIn(message, done.stderr)


if __name__ == "__main__":
    unittest.main()
