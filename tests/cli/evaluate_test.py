"""`assay evaluate`, its named runs, `assay explain --row` and `assay test` of a rulebook with `evaluation`; and that
docs/evaluate.md shows what they print."""

import csv
import json
import os
import re
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ASSAY = Path(os.environ.get("ASSAY_BUILD", ROOT / "build" / "dev")) / "bin" / "assay"
LETTERS = ROOT / "examples" / "letters"
NOW = "2026-11-20T09:00:00+08:00"
RUN = ["evaluate", "--rulebook", "examples/letters/letters.yaml", "--data", "examples/letters", "--now", NOW]


def assay(*words):
    return subprocess.run([ASSAY, *words], cwd=ROOT, check=False, capture_output=True, text=True)


def table(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@unittest.skipUnless(ASSAY.exists(), "the command is not built")
class EvaluateTest(unittest.TestCase):
    maxDiff = None

    def run_well(self, *words):
        done = assay(*words)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return done.stdout

    def assert_refused(self, code, message, *words):
        done = assay(*words)
        self.assertEqual((done.returncode, done.stdout), (code, ""))
        self.assertIn(message, done.stderr)
        self.assertEqual(done.stderr.count("\n"), 1, done.stderr)

    def test_the_page_shows_the_example_and_what_it_prints(self):
        page = (ROOT / "docs" / "evaluate.md").read_text(encoding="utf-8")
        blocks = dict(re.findall(r"^```(\w+)\n(.*?)^```$", page, re.DOTALL | re.MULTILINE))
        self.assertIn(blocks["yaml"].split("rules:\n")[0], (LETTERS / "letters.yaml").read_text(encoding="utf-8"))
        self.assertIn(blocks["yaml"].split("rules:\n")[1], (LETTERS / "letters.yaml").read_text(encoding="utf-8"))
        words = blocks["sh"].split()
        self.assertEqual(words[0], "assay")
        self.assertEqual(self.run_well(*words[1:]), blocks["text"])

    def test_the_report_is_chinese_too(self):
        report = self.run_well(*RUN, "--lang", "zh")
        self.assertIn("各结论的行数", report)
        self.assertIn("2026-11-21  档案员：确认函件 [L-2, Pear] 2 项确认中缺 2 项", report)

    def test_files_hold_what_json_prints(self):
        with tempfile.TemporaryDirectory() as folder:
            whole = json.loads(self.run_well(*RUN, "--format", "json", "--out", folder))
            out = Path(folder)
            self.assertEqual(sorted(path.name for path in out.iterdir()),
                             ["findings.csv", "outputs.csv", "outputs_confirmation.csv", "rows.jsonl", "run.json",
                              "worklist.csv", "worklist.jsonl"])
            rows = [json.loads(line) for line in (out / "rows.jsonl").read_text(encoding="utf-8").splitlines()]
            self.assertEqual(rows, whole["rows"])
            self.assertEqual([row["verdict"] for row in rows], ["ISSUABLE", "HELD", "REFUSED", "HELD"])
            self.assertEqual(rows[0]["outputs"], [{"name": "valid_for", "int_value": "30"}])
            self.assertEqual(rows[3]["outputs"], [{"name": "valid_for"}])
            outputs = table(out / "outputs.csv")
            self.assertEqual(outputs[0], {"id": "L-1", "verdict": "ISSUABLE", "valid_for": "30"})
            self.assertEqual(outputs[3]["valid_for"], "")
            below = table(out / "outputs_confirmation.csv")
            self.assertEqual(below[1], {"id": "L-1", "line": "CLERK", "given": "2026-11-19T02:00:00Z"})
            tasks = table(out / "worklist.csv")
            self.assertEqual([task["id"] for task in tasks], ["L-3", "L-2"])
            self.assertEqual(tasks[1]["owner"], "ARCHIVE_CLERK")
            self.assertEqual(tasks[1]["why_zh"], "2 项确认中缺 2 项")
            self.assertEqual(len(table(out / "findings.csv")), sum(len(row.get("findings", ())) for row in rows))
            run = json.loads((out / "run.json").read_text(encoding="utf-8"))
            self.assertEqual(run, {key: value for key, value in whole.items() if key not in ("rows", "worklist")})
            self.assertEqual(run["provenance"]["now"], "2026-11-20T01:00:00Z")
            self.assertEqual(run["outputs"][0]["type"], "int")

    def test_rows_may_come_from_elsewhere_and_any_number_of_threads_give_the_same(self):
        with tempfile.TemporaryDirectory() as folder:
            lines = (LETTERS / "request.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
            rows = Path(folder) / "turned.jsonl"
            rows.write_text("".join(reversed(lines)) + lines[0], encoding="utf-8")
            whole = json.loads(self.run_well(*RUN, "--format", "json"))
            turned = json.loads(self.run_well(*RUN, "--format", "json", "--rows", str(rows), "--threads", "3"))
            self.assertEqual(turned.pop("repeated_rows"), "1")
            self.assertEqual(turned, whole)

    def test_a_folder_may_serve_several_rulebooks(self):
        with tempfile.TemporaryDirectory() as folder:
            for file in ("request.jsonl", "partners.jsonl"):
                shutil.copy(LETTERS / file, folder)
            (Path(folder) / "prices.jsonl").write_text("no rows of this rulebook\n", encoding="utf-8")
            done = assay(*RUN[:3], "--data", folder, "--now", NOW)
            self.assertEqual((done.returncode, done.stderr), (0, ""))

    def test_an_explanation_tells_what_each_rule_saw(self):
        text = self.run_well("explain", *RUN[1:], "--row", "L-2")
        self.assertIn("request L-2: HELD\n", text)
        self.assertIn("LTR-01 Confirm the letter: fired", text)
        self.assertIn("valid_for = 30", text)
        self.assertIn("variables.missing = 2", text)
        explanation = json.loads(self.run_well("explain", *RUN[1:], "--row", "L-2", "--format", "json"))
        self.assertEqual(explanation["tasks"][0]["due"], "2026-11-21")
        self.assert_refused(1, "no row has this id: 'L-9'", "explain", *RUN[1:], "--row", "L-9")

    def test_the_example_passes_its_tests_and_they_reach_all_of_it(self):
        report = self.run_well("test", "examples/letters/letters.yaml", "--coverage", "total")
        self.assertIn("3 passed, 0 failed", report)

    def test_what_comes_out_otherwise_is_told_at_its_place(self):
        text = (LETTERS / "letters.yaml").read_text(encoding="utf-8")
        changed = (text.replace('value: "30"', 'value: "31"').replace("due: 2026-11-21", "due: 2026-11-22")
                   .replace("verdict: REFUSED", "verdict: HELD").replace("line: CLERK", "line: NOBODY"))
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "letters.yaml"
            path.write_text(changed, encoding="utf-8")
            done = assay("test", str(path))
        self.assertEqual(done.returncode, 1)
        for message in ("valid_for: expected 31, got 30", "expected HELD, got REFUSED",
                        "given: expected 2026-11-19T02:00:00Z, got no such output",
                        "no task is as expected; there is LTR-01: owner ARCHIVE_CLERK, due 2026-11-21, priority 2, "
                        "subject Plum"):
            self.assertIn(message, done.stdout)
        self.assertIn("letters.yaml:", done.stdout)

    def test_a_folder_of_several_rulebooks_is_checked_too(self):
        self.assertIn("standard.complaints", self.run_well("check", "--data", "examples/day/month",
                                                           "rules/standard/complaints.yaml"))

    def test_calls_that_cannot_be_done_are_one_line(self):
        self.assert_refused(2, "assay evaluate needs --data", "evaluate", "--rulebook", "x.yaml")
        self.assert_refused(2, "--threads is a number from 1 to 64: '65'", *RUN, "--threads", "65")
        self.assert_refused(1, "run it by assay review", "evaluate", "--rulebook", "rules/standard/order_review.yaml",
                            "--data", "examples/letters")
        self.assert_refused(1, "run it by assay evaluate", "review", "--rulebook", "examples/letters/letters.yaml",
                            "--data", "examples/letters", "--orders", "examples/letters/request.jsonl")
        self.assert_refused(1, "cannot be read", *RUN, "--rows", "examples/letters/nothing.jsonl")
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "words.yaml"
            path.write_text("name: t.words\ninput: {name: order, type: assay.v1.Order}\n", encoding="utf-8")
            self.assert_refused(1, "has no 'evaluation' and can only be checked", "evaluate", "--rulebook", str(path),
                                "--data", "examples/letters")

    def test_a_folder_that_cannot_be_made_is_told_before_the_run(self):
        with tempfile.NamedTemporaryFile() as file:
            self.assert_refused(1, f"cannot be made: it is no directory: '{file.name}/out'", *RUN, "--out", f"{file.name}/out")
            self.assert_refused(1, "it is no directory", *RUN, "--out", file.name)
        self.assert_refused(1, "assay: cannot be written: ", *RUN, "--out", "/proc/self")

    def test_rows_that_are_a_datasets_are_found_there(self):
        with tempfile.TemporaryDirectory() as folder:
            book, data = Path(folder) / "partners.yaml", Path(folder) / "data"
            data.mkdir()
            book.write_text("name: t.partners\ninput: {name: partner, type: assay.v1.Partner}\n"
                            "datasets: [{name: partners, type: assay.v1.Partner, key: [id]}]\n"
                            "evaluation: {id: partner.id}\n", encoding="utf-8")
            run = ["evaluate", "--rulebook", str(book), "--data", str(data), "--now", NOW]
            (data / "others.jsonl").write_text('{"id": "O-1"}\n', encoding="utf-8")
            (data / "partners.jsonl").write_text('{"id": "P-1"}\n{"id": "P-2"}\n', encoding="utf-8")
            self.assertIn("rows: 2\n", self.run_well(*run))
            (data / "partner.jsonl").write_text('{"id": "P-1"}\n', encoding="utf-8")
            self.assertIn("rows: 1\n", self.run_well(*run))
            for name in ("partner", "partners"):
                (data / f"{name}.jsonl").unlink()
            done = assay(*run)
        self.assertEqual((done.returncode, done.stdout), (1, ""))
        self.assertEqual(done.stderr.splitlines()[-1], "assay: the data have no rows to evaluate, no partner.jsonl and no "
                         f"partners.jsonl; name them by --rows: '{data}'")

    def test_named_runs_use_the_standard_rulebooks(self):
        for command in ("grade", "complaints", "projects", "worklist"):
            with self.subTest(command):
                text = self.run_well(command, *RUN[1:])
                self.assertTrue(text.startswith("example.letters 1, rows: 4\n"), text)
                self.assert_refused(2, f"assay {command} needs --data", command, *RUN[1:3])


if __name__ == "__main__":
    unittest.main()
