"""What the month's grades, complaints and worklist tell: grades, scores, counts and days, but no amount of money that is
sensitive, and nobody's tax number, telephone or words.

Skipped where the build in ASSAY_BUILD (else build/dev) has no assay command.
"""

import csv
import json
import os
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MONTH = ROOT / "examples" / "day" / "month"
COMMAND = Path(os.environ.get("ASSAY_BUILD", ROOT / "build" / "dev")).resolve() / "bin" / "assay"
RUNS = ("grade", "complaints", "worklist")
# Findings that speak of an amount.
OF_MONEY = {"GRD-LVL-03", "WKL-DEP-01", "WKL-PRE-01"}
PERSONAL = {"tax_number", "phone", "email", "address", "bank_account", "number", "description", "resolution", "record",
            "note", "text"}


def results(command):
    """Rows of each table of a run, as dicts by column."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([COMMAND, command, "--data", MONTH, "--now", "2026-11-30T09:00:00+08:00", "--out",
                        folder], capture_output=True, check=True)
        tables = {}
        for path in Path(folder).glob("*.csv"):
            with path.open(encoding="utf-8-sig", newline="") as file:
                tables[path.stem] = list(csv.DictReader(file))
        return tables


def personal_values(value, key=""):
    """Texts under keys that name what is personal."""
    if isinstance(value, dict):
        return {text for name, part in value.items() for text in personal_values(part, name)}
    if isinstance(value, list):
        return {text for part in value for text in personal_values(part, key)}
    return {value} if key in PERSONAL and isinstance(value, str) and value else set()


@unittest.skipUnless(COMMAND.exists(), "needs bin/assay in the build folder")
class MonthMaskingTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.results = {command: results(command) for command in RUNS}

    def tables(self, kind):
        return [row for tables in self.results.values() for row in tables.get(kind, [])]

    def test_only_amounts_are_masked_in_findings_and_there_they_are(self):
        masked = {row["rule"] for row in self.tables("findings") if "***" in row["message_en"] + row["message_zh"]}
        self.assertEqual(masked, OF_MONEY)

    def test_tasks_say_who_by_when_and_about_what(self):
        tasks = self.tables("worklist")
        self.assertGreater(len(tasks), 50)
        for task in tasks:
            told = [value for column, value in task.items() if not column.startswith("why")]
            self.assertNotIn("***", told, task)

    def test_outputs_are_told(self):
        grades = self.results["grade"]["outputs"]
        self.assertTrue(grades)
        for row in grades:
            self.assertNotIn("***", row.values(), row)
        self.assertTrue(any(row["score"] for row in grades))

    def test_no_personal_data_are_told(self):
        personal = set()
        for path in MONTH.glob("*.jsonl"):
            for line in path.read_text(encoding="utf-8").splitlines():
                personal |= personal_values(json.loads(line))
        self.assertGreater(len(personal), 10)
        for tables in self.results.values():
            told = "\n".join(str(value) for rows in tables.values() for row in rows for value in row.values())
            for text in personal:
                self.assertNotIn(text, told)


if __name__ == "__main__":
    unittest.main()
