"""`assay projects`: the standard follow-up of projects by its name, over rows and a register of photos."""

import csv
import os
import re
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ASSAY = Path(os.environ.get("ASSAY_BUILD", ROOT / "build" / "dev")) / "bin" / "assay"
EXAMPLE = "examples/projects"
NOW = "2026-11-16T09:00:00+08:00"


def table(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@unittest.skipUnless(ASSAY.exists(), "the command is not built")
class ProjectsTest(unittest.TestCase):
    maxDiff = None

    def projects(self, data, *words):
        done = subprocess.run([ASSAY, "projects", "--data", data, "--now", NOW, *words], cwd=ROOT, check=False,
                              capture_output=True, text=True)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return done.stdout

    def test_the_page_shows_what_the_example_prints(self):
        page = (ROOT / "docs" / "projects.md").read_text(encoding="utf-8")
        blocks = dict(re.findall(r"^```(\w+)\n(.*?)^```$", page, re.DOTALL | re.MULTILINE))
        self.assertEqual(blocks["sh"].split(), ["assay", "projects", "--data", EXAMPLE, "--now", NOW])
        self.assertEqual(self.projects(EXAMPLE), blocks["text"])

    def test_the_report_is_chinese_too(self):
        report = self.projects(EXAMPLE, "--lang", "zh")
        self.assertIn("促销档期逾期", report)
        self.assertIn("BACK_CABINET WEST：已完成 11.0000，当前应完成 15.0000，相差 -4.0000；预计完成 22.0000，目标 30.0000", report)

    def test_files_hold_progress_verdicts_and_amounts(self):
        with tempfile.TemporaryDirectory() as folder:
            self.projects(EXAMPLE, "--out", folder)
            claims = table(Path(folder) / "outputs_claim.csv")
            self.assertEqual([(row["line"], row["verdict"], row["approved_amount"], row["reasons"]) for row in claims],
                             [("E-1", "APPROVED", "600.0000", "[]"), ("E-2", "CUT", "400.0000", '["OVER_CAP"]'),
                              ("E-3", "REFUSED", "0.0000", '["EVIDENCE_SHORT","PHOTO_REUSED"]')])
            self.assertEqual(table(Path(folder) / "outputs_target.csv")[2],
                             {"id": "X-1", "line": "BACK_CABINET WEST", "pace": "BEHIND", "target": "30.0000",
                              "reached": "11.0000", "expected": "15.0000", "gap": "-4.0000", "forecast": "22.0000"})
            first, second, third = table(Path(folder) / "outputs.csv")
            self.assertEqual(first["behind"], '["BACK_CABINET WEST","BACK_CABINET"]')
            self.assertEqual((second["claimed"], second["approved"], second["cap_left"]), ("1400.0000", "1000.0000", "0.0000"))
            self.assertEqual((third["letters_sent"], third["letters_read"], third["read_rate"]), ("2", "1", "0.5000"))

    def test_a_photo_that_the_register_lacks_holds_its_claim(self):
        with tempfile.TemporaryDirectory() as folder:
            shutil.copy(ROOT / "examples" / "projects" / "project.jsonl", folder)
            (Path(folder) / "photos.jsonl").write_text("", encoding="utf-8")
            report = self.projects(folder)
        self.assertIn("  EXP-PHO-05    3       Photo registered\n", report)


if __name__ == "__main__":
    unittest.main()
