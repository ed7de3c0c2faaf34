"""rules/standard/projects.yaml against plain Python: findings, tasks, verdicts, progress and paid amounts of random
projects and claims are those of plain_projects.py, which was written from docs/domain.md and docs/projects.md.

The number of projects is ASSAY_ORACLE_COUNT (else 300), at most 1,500, ASSAY_ORACLE_SEED says which; the library comes
from the build in ASSAY_BUILD (else build/dev), without which the test is skipped.
"""

import json
import os
import shutil
import sys
import tempfile
import unittest
from collections import Counter
from datetime import datetime, timezone
from decimal import Decimal
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ.get("ASSAY_BUILD", ROOT / "build" / "dev")).resolve()
sys.path[:0] = [str(ROOT / "bindings" / "python"), str(Path(__file__).parent)]
os.environ.setdefault("ASSAY_LIBRARY", str(BUILD / "lib" / "libassay.so"))

import assay  # noqa: E402 (after its path and its library are set)
import plain_projects as plain  # noqa: E402
import random_projects  # noqa: E402
from plain_values import Figures  # noqa: E402

COUNT = min(int(os.environ.get("ASSAY_ORACLE_COUNT", "300")), 1500)
SEED = int(os.environ.get("ASSAY_ORACLE_SEED", "20261127"))
BATCH = 30

STANDARD = Figures()
# Another company's: each figure differs from the standard one, and day 31 is later than the last day of some months.
OTHER = Figures(indicators=("SALES", "FRONT"), target_kinds=("SALES_TARGET", "RECALL"), target_day=31, remind_days=3,
                      pace_tolerance=Decimal("0.10"), forecast_min_share=Decimal("0.5"), actual_days=2, read_days=1,
                      read_rate_min=Decimal("0.6"), plan_tolerance=Decimal("0.011"), decide_days=2,
                      min_photos={"CABINET": 1, "MATERIAL": 2, "GIFT": 0, "OTHER": 3})


def expression(value):
    """A figure as a rulebook writes it."""
    if isinstance(value, Decimal):
        return str(value)
    return json.dumps(list(value) if isinstance(value, tuple) else value).replace('"', "'")


def site_rulebook(figures):
    """The standard rulebook with these figures; its desk works from Monday to Friday."""
    overrides = [{"parameter": name, "default": expression(value)} for name, value in figures._asdict().items()
                 if value != getattr(STANDARD, name)]
    desk = {"id": "DESK", "time_zone": "Asia/Shanghai",
            "hours": [{"weekdays": [1, 2, 3, 4, 5], "opens": "09:00", "closes": "18:00"}]}
    site = {"name": "oracle.projects", "imports": ["standard/projects.yaml"], "calendars": [desk],
            "overrides": [{"parameter": "calendar", "default": "'DESK'"}, *overrides]}
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "rules" / "standard", Path(folder) / "standard")
        path = Path(folder) / "site.json"
        path.write_text(json.dumps(site), encoding="utf-8")
        return assay.Rulebook.load(str(path))


@unittest.skipUnless(Path(os.environ["ASSAY_LIBRARY"]).exists(), "needs lib/libassay.so in the build folder")
class ProjectsTest(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.seen, self.verdicts = Counter(), Counter()

    def test_projects_and_claims_are_judged_as_by_hand(self):
        self.judge_batches(STANDARD, range(COUNT // BATCH))
        seldom = {rule for rule in standard_rules() if self.seen[rule] < COUNT // 300}
        self.assertEqual(seldom, set(), self.seen)
        for verdict in ("NO_DATA", "BEHIND", "ON_PACE", "AHEAD", "MET", "MISSED", "APPROVED", "CUT", "REFUSED", "HELD"):
            self.assertGreater(self.verdicts[verdict], COUNT // 60, self.verdicts)

    def test_by_the_figures_of_another_company_too(self):
        self.judge_batches(OTHER, range(COUNT // BATCH, COUNT // BATCH * 2))

    def judge_batches(self, figures, batches):
        rulebook = site_rulebook(figures)
        for batch in batches:
            draw = random_projects.Projects(SEED * 1000 + batch)
            rows = [draw.draw(number) for number in range(BATCH)]
            snapshot = assay.Snapshot(rulebook, {"photos": draw.register})
            result = assay.evaluate(rulebook, snapshot, rows, now=draw.now)
            got = {row.id: row for row in result.rows}
            tasks = {row["id"]: Counter() for row in rows}
            for task in result.worklist:
                tasks[task.row_id][task.rule, task.line_id, task.owner, task.due, int(task.priority), task.subject] += 1
            for row in rows:
                want = plain.judge(row, draw.register, draw.now, figures)
                self.compare(got[row["id"]], tasks[row["id"]], want, f"seed {SEED}, batch {batch}: {row}")

    def test_a_year_of_two_hundred_partners_is_judged_as_by_hand(self):
        now = datetime(2026, 11, 16, 1, tzinfo=timezone.utc)
        row = random_projects.large_project(200, now.date())
        rulebook = site_rulebook(STANDARD)
        result = assay.evaluate(rulebook, assay.Snapshot(rulebook, {"photos": []}), [row], now=now)
        tasks = Counter((task.rule, task.line_id, task.owner, task.due, int(task.priority), task.subject)
                        for task in result.worklist)
        self.compare(result.rows[0], tasks, plain.judge(row, [], now, STANDARD), "of two hundred partners")
        self.assertGreaterEqual(set(self.seen), {"PRJ-TGT-02", "PRJ-TGT-03", "PRJ-PAC-02"}, self.seen)

    def compare(self, got, tasks, want, where):
        found = Counter((finding.rule, finding.line_id, finding.outcome) for finding in got.findings)
        self.assertEqual(found, want.found, where)
        self.assertEqual(tasks, want.tasks, where)
        self.assertEqual(got.verdict, want.verdict, where)
        self.assertEqual(got.outputs, want.outputs, where)
        lines = [(line.level, line.id, line.outputs) for line in got.level_rows]
        self.assertEqual(lines, want.lines, where)
        self.seen.update({rule for rule, _, _ in want.found})
        self.verdicts.update(outputs.get("verdict") or outputs["pace"] for _, _, outputs in want.lines)


def standard_rules():
    """The rules that the standard rulebook has, but for the one of values that cannot be had."""
    text = (ROOT / "rules" / "standard" / "projects.yaml").read_text(encoding="utf-8")
    return {line.split()[-1] for line in text.splitlines() if line.startswith("  - id: ")} - {"PRJ-SYS-01"}


if __name__ == "__main__":
    unittest.main()
