"""`assay projects`: the standard follow-up of projects by its name, over rows and a register of photos."""

import csv
import json
import os
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ASSAY = Path(os.environ.get("ASSAY_BUILD", ROOT / "build" / "dev")) / "bin" / "assay"
NOW = "2026-11-16T09:00:00+08:00"


def claim(number, **fields):
    return {"id": number, "project_id": "X-1", "activity": "FAIR", "partner_id": "P-1", "item_kind": "MATERIAL",
            "planned_amount": "600", "claimed_amount": "600", "currency": "CNY", "place": "ST-1",
            "activity_from": "2026-11-01", "activity_to": "2026-11-10", "submitted_by": "C-1",
            "submitted_at": "2026-11-12T02:00:00Z",
            "photos": [{"hash": number, "taken_at": "2026-11-02T02:00:00Z", "place": "ST-1"}], **fields}


PROJECT = {"id": "X-1", "kind": "CAMPAIGN", "name": "Autumn fair", "owner": "S-1", "period_from": "2026-11-01",
           "period_to": "2026-11-30", "currency": "CNY", "expense_cap": "1000",
           "targets": [{"indicator": "SALES", "value": "100"}],
           "actuals": [{"indicator": "SALES", "value": "40", "recorded_at": "2026-11-15T02:00:00Z"}],
           "milestones": [{"code": "M-1", "name": "Book the slot", "deadline": "2026-11-15"}],
           "claims": [claim("E-1"), claim("E-2", submitted_at="2026-11-12T03:00:00Z"),
                      claim("E-3", planned_amount="0")]}


def table(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@unittest.skipUnless(ASSAY.exists(), "the command is not built")
class ProjectsTest(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        photos = [{"hash": number, "evidence_of": number, "uploaded_at": "2026-11-12T02:00:00Z"}
                  for number in ("E-1", "E-2", "E-3")]
        for name, rows in (("project", [PROJECT]), ("photos", photos)):
            (Path(self.folder.name) / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows),
                                                                 encoding="utf-8")

    def projects(self, *words):
        done = subprocess.run([ASSAY, "projects", "--data", self.folder.name, "--now", NOW, *words], check=False,
                              capture_output=True, text=True)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return done.stdout

    def test_the_report_says_who_is_behind_and_what_is_to_be_done(self):
        report = self.projects()
        self.assertIn("  ATTENTION     1\n", report)
        self.assertIn("  PRJ-PAC-02    1       Catch up\n", report)
        self.assertIn("2026-11-15  S-1: Promotion slot missed [X-1 M-1, Book the slot] Book the slot was due by 2026-11-15.",
                      report)
        self.assertIn("SALES: 40.0000 reached, 50.0000 expected by now, -10.0000; forecast 80.0000 of 100.0000", report)

    def test_the_report_is_chinese_too(self):
        report = self.projects("--lang", "zh")
        self.assertIn("促销档期逾期", report)
        self.assertIn("SALES：已完成 40.0000，当前应完成 50.0000，相差 -10.0000；预计完成 80.0000，目标 100.0000", report)

    def test_files_hold_verdicts_and_amounts_of_claims(self):
        with tempfile.TemporaryDirectory() as folder:
            self.projects("--out", folder)
            claims = table(Path(folder) / "outputs_claim.csv")
            self.assertEqual([(row["line"], row["verdict"], row["approved_amount"], row["reasons"]) for row in claims],
                             [("E-1", "APPROVED", "600.0000", "[]"), ("E-2", "CUT", "400.0000", '["OVER_CAP"]'),
                              ("E-3", "REFUSED", "0.0000", '["CLAIM_UNPLANNED"]')])
            self.assertEqual(table(Path(folder) / "outputs_target.csv"),
                             [{"id": "X-1", "line": "SALES", "pace": "BEHIND", "target": "100.0000",
                               "reached": "40.0000", "expected": "50.0000", "gap": "-10.0000", "forecast": "80.0000"}])
            row = table(Path(folder) / "outputs.csv")[0]
            self.assertEqual((row["claimed"], row["approved"], row["cap_left"]), ("1800.0000", "1000.0000", "0.0000"))
            owners = {task["rule"]: task["owner"] for task in table(Path(folder) / "worklist.csv")}
            self.assertEqual(owners, {"PRJ-SLT-01": "S-1", "PRJ-PAC-02": "S-1", "EXP-NXT-01": "EXPENSE_CLERK"})


if __name__ == "__main__":
    unittest.main()
