"""rules/standard/projects.yaml against plain Python: findings, tasks, verdicts, progress and paid amounts of random
projects and claims are those of plain_projects.py, which was written from docs/domain.md and docs/projects.md.

The number of projects is ASSAY_ORACLE_COUNT (else 600), at most 2,400, ASSAY_ORACLE_SEED says which; the library comes
from the build in ASSAY_BUILD (else build/dev), without which the test is skipped.
"""

import os
import shutil
import sys
import tempfile
import unittest
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ.get("ASSAY_BUILD", ROOT / "build" / "dev")).resolve()
sys.path[:0] = [str(ROOT / "bindings" / "python"), str(Path(__file__).parent)]
os.environ.setdefault("ASSAY_LIBRARY", str(BUILD / "lib" / "libassay.so"))

import assay  # noqa: E402 (after its path and its library are set)
import plain_projects as plain  # noqa: E402
import random_projects  # noqa: E402

COUNT = min(int(os.environ.get("ASSAY_ORACLE_COUNT", "600")), 2400)
SEED = int(os.environ.get("ASSAY_ORACLE_SEED", "20261127"))
BATCH = 30

SITE = """
name: oracle.projects
imports: [standard/projects.yaml]
overrides:
  - {parameter: calendar, default: "'DESK'"}
  - {parameter: plan_tolerance, default: 0.05}
calendars:
  - {id: DESK, time_zone: Asia/Shanghai, hours: [{weekdays: [1, 2, 3, 4, 5], opens: 09:00, closes: 18:00}]}
"""



def site_rulebook():
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "rules" / "standard", Path(folder) / "standard")
        site = Path(folder) / "site.yaml"
        site.write_text(SITE, encoding="utf-8")
        return assay.Rulebook.load(str(site))


@unittest.skipUnless(Path(os.environ["ASSAY_LIBRARY"]).exists(), "needs lib/libassay.so in the build folder")
class ProjectsTest(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.rulebook = site_rulebook()
        self.seen, self.verdicts = Counter(), Counter()

    def test_projects_and_claims_are_judged_as_by_hand(self):
        for batch in range(-(-COUNT // BATCH)):
            draw = random_projects.Projects(SEED * 1000 + batch)
            rows = [draw.draw(number) for number in range(BATCH)]
            snapshot = assay.Snapshot(self.rulebook, {"photos": draw.register})
            result = assay.evaluate(self.rulebook, snapshot, rows, now=draw.now)
            got = {row.id: row for row in result.rows}
            tasks = {row["id"]: Counter() for row in rows}
            for task in result.worklist:
                tasks[task.row_id][task.rule, task.line_id, task.owner, task.due, int(task.priority), task.subject] += 1
            for row in rows:
                want = plain.judge(row, draw.register, draw.now)
                self.compare(got[row["id"]], tasks[row["id"]], want, f"seed {SEED}, batch {batch}: {row}")
        self.check_variety()

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

    def check_variety(self):
        """Every rule fired, and every pace and verdict came out, in more than a few projects."""
        rules = {rule for rule in plain_rules() if self.seen[rule] < COUNT // 300}
        self.assertEqual(rules, set(), self.seen)
        for verdict in ("NO_DATA", "BEHIND", "ON_PACE", "AHEAD", "MET", "MISSED", "APPROVED", "CUT", "REFUSED", "HELD"):
            self.assertGreater(self.verdicts[verdict], COUNT // 60, self.verdicts)


def plain_rules():
    """The rules that the standard rulebook has, but for the one of values that cannot be had."""
    text = (ROOT / "rules" / "standard" / "projects.yaml").read_text(encoding="utf-8")
    return {line.split()[-1] for line in text.splitlines() if line.startswith("  - id: ")} - {"PRJ-SYS-01"}


if __name__ == "__main__":
    unittest.main()
