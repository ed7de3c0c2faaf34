"""rules/standard/worklists.yaml against plain Python: the tasks, outputs and verdicts of random partners, under random
figures, are those of plain_worklists.py.

ASSAY_ORACLE_COUNT chooses how many partners (else 600); the library comes from the build in ASSAY_BUILD (else build/dev),
without which the test is skipped.
"""

import json
import os
import random
import shutil
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ.get("ASSAY_BUILD", ROOT / "build" / "dev")).resolve()
sys.path[:0] = [str(ROOT / "bindings" / "python"), str(Path(__file__).parent)]
os.environ.setdefault("ASSAY_LIBRARY", str(BUILD / "lib" / "libassay.so"))

import assay  # noqa: E402 (after its path and its library are set)
import cared_partners  # noqa: E402
import plain_worklists  # noqa: E402

COUNT = int(os.environ.get("ASSAY_ORACLE_COUNT", "600"))
SEED = int(os.environ.get("ASSAY_ORACLE_SEED", 20261127))
BATCH = 60


def site_rulebook(figures):
    """The standard rulebook with these figures."""
    overrides = [{"parameter": name, "default": f"{value}s" if name == "photo_time" else json.dumps(value)}
                 for name, value in figures.items()]
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "rules" / "standard", Path(folder) / "standard")
        site = Path(folder) / "site.yaml"
        site.write_text(json.dumps({"name": "oracle.worklists", "imports": ["standard/worklists.yaml"],
                                    "overrides": overrides}), encoding="utf-8")
        return assay.Rulebook.load(str(site))


def task(row):
    """A task as the oracle has it."""
    return row.rule, row.line_id, row.owner, row.due, int(row.priority), row.subject, row.outcome


def expected(care):
    """(tasks, outputs, verdict)."""
    outcomes = {outcome for *_, outcome in care.tasks} | {"NOTE" for _ in care.notes}
    verdict = "OVERDUE" if "HOLD" in outcomes else "DUE" if outcomes else "NOTHING_DUE"
    return sorted(care.tasks), {"agent": care.agent, "proposed_agent": None, **care.outputs}, verdict


@unittest.skipUnless(Path(os.environ["ASSAY_LIBRARY"]).exists(), "needs lib/libassay.so in the build folder")
class WorklistsTest(unittest.TestCase):
    maxDiff = None

    def judge(self, draw):
        """One desk: its rules that made tasks."""
        figures = cared_partners.draw_figures(draw)
        desk = cared_partners.draw_desk(draw, figures, BATCH)
        rulebook = site_rulebook(figures)
        result = assay.evaluate(rulebook, assay.Snapshot(rulebook, desk), desk["partners"], now=cared_partners.NOW)
        tasks = {row.id: [] for row in result.rows}
        for row in result.worklist:
            tasks[row.row_id].append(task(row))
        wanted = plain_worklists.worklists(desk, figures)
        self.assertEqual(set(tasks), set(wanted))
        for row in result.rows:
            got = sorted(tasks[row.id]), row.outputs, row.verdict
            self.assertEqual(got, expected(wanted[row.id]), row.id)
            notes = [finding.rule for finding in row.findings if finding.rule == "WKL-VIS-05"]
            self.assertEqual(notes, wanted[row.id].notes, row.id)
        return {rule for care in wanted.values() for rule, *_ in care.tasks}

    def test_tasks_outputs_and_verdicts_are_those_of_plain_python(self):
        seen = set()
        for batch in range(-(-COUNT // BATCH)):
            with self.subTest(batch=batch):
                seen |= self.judge(random.Random(SEED + batch))
        self.assertEqual(len(seen), 18, sorted(seen))  # every rule that has a task


if __name__ == "__main__":
    unittest.main()
