"""The words of a call: what a command does not take, or takes only once or not empty, is told, and nothing is done.

It runs the `assay` command of the build in ASSAY_BUILD (else build/dev) and is skipped where that has none.
"""

import os
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COMMAND = Path(os.environ.get("ASSAY_BUILD", ROOT / "build" / "dev")).resolve() / "bin" / "assay"
DAY = ROOT / "examples" / "day"
REVIEW = ["review", "--rulebook", ROOT / "rules" / "standard" / "order_review.yaml", "--data", DAY / "data", "--orders",
          DAY / "orders.jsonl"]
EXPLAIN = ["explain", *REVIEW[1:], "--order", "SO-1120-001"]
AT = ["--now", "2026-11-20T09:00:00+08:00"]


@unittest.skipUnless(COMMAND.exists(), "needs bin/assay in the build folder")
class ArgumentsTest(unittest.TestCase):
    def run_assay(self, *words):
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run([COMMAND, *words], cwd=folder, check=False, capture_output=True, text=True)
            self.assertEqual(os.listdir(folder), [])
        return done

    def assert_misuse(self, message, *words):
        done = self.run_assay(*words)
        self.assertEqual((done.returncode, done.stdout, done.stderr), (2, "", f"assay: {message}\n"), words)

    def test_a_word_too_many_is_named(self):
        self.assert_misuse("assay review takes options only, not 'extra'", *REVIEW, *AT, "extra")
        self.assert_misuse("assay explain takes options only, not 'X'", *EXPLAIN, *AT, "X")

    def test_an_option_is_given_once(self):
        self.assert_misuse("this option is given twice: --now", *REVIEW, *AT, *AT)
        self.assert_misuse("this option is given twice: --lang", *EXPLAIN, *AT, "--lang", "en", "--lang=en")

    def test_an_empty_value_is_none(self):
        self.assert_misuse("this option needs a value: --now", *REVIEW, "--now", "")
        self.assert_misuse("this option needs a value: --out", *REVIEW, *AT, "--out=")
        self.assert_misuse("this option needs a value: --out", *REVIEW, *AT, "--out")

    def test_a_value_that_cannot_be_meant_is_misuse(self):
        now = "--now: not a timestamp (write it like 2026-11-22T08:30:00Z or …+08:00): 'bad'"
        for command in (REVIEW, EXPLAIN):
            self.assert_misuse(now, *command, "--now", "bad")
            for number in ("abc", "0", "65", "99999999999"):
                self.assert_misuse(f"--threads is a number from 1 to 64: '{number}'", *command, "--threads", number)
            self.assert_misuse("--checkpoint is ENTRY, REVIEW, PRINT or SHIP", *command, "--checkpoint", "FOO")
            self.assert_misuse("--checkpoint is ENTRY, REVIEW, PRINT or SHIP", *command, "--checkpoint", "UNSPECIFIED")
            self.assert_misuse("--format is text or json", *command, "--format", "xml")
            self.assert_misuse("--lang is en or zh", *command, "--lang", "fr")

    def test_help_is_help_of_either_length_before_two_dashes(self):
        for words in (["-h"], ["--help"], ["check", "-h"], ["review", "--help"], ["eval", "-h"]):
            done = self.run_assay(*words)
            self.assertEqual((done.returncode, done.stderr), (0, ""), words)
            self.assertTrue(done.stdout.startswith("usage: assay COMMAND"), words)
        self.assertEqual(self.run_assay("eval", "--", "--help").returncode, 1)

    def test_every_option_that_is_taken_is_listed(self):
        listed = self.run_assay("help").stdout
        explain = listed[listed.index("  explain "):listed.index("  eval ")]
        for option in ("rulebook", "data", "orders", "order", "now", "threads", "checkpoint", "format", "lang"):
            self.assertIn(f"--{option} ", explain)


if __name__ == "__main__":
    unittest.main()
