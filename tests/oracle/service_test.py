"""rules/standard/service_kpi.yaml against plain Python: measures, points, grades and findings of every person, team and
department of random months are those of plain_service.py, which was written from docs/domain.md and docs/grading.md.

The number of units is at least ASSAY_ORACLE_COUNT (else 1,000), ASSAY_ORACLE_SEED says which; the library comes from the build
in ASSAY_BUILD (else build/dev), without which the test is skipped.
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
import plain_service as plain  # noqa: E402
import random_service  # noqa: E402

COUNT = int(os.environ.get("ASSAY_ORACLE_COUNT", "1000"))
SEED = int(os.environ.get("ASSAY_ORACLE_SEED", "20261127"))
NOW = datetime(2026, 11, 2, 1, tzinfo=timezone.utc)

STANDARD = plain.Figures()
# Another company's: each figure differs, one measure has no weight and one direction is turned round.
OTHER = plain.Figures(
    measures={name: m._replace(weight=Decimal(number % 4), min_sample=m.min_sample / 2 + 1,
                               no_points=m.no_points + Decimal("0.01"), full_points=m.full_points - Decimal("0.001"))
              for number, (name, m) in enumerate(plain.STANDARD.items())},
    min_coverage=Decimal("0.8"), reception_seconds=5, call_back_days=1, archive_kinds=("ID_COPY", "CONTRACT", "LEASE"))


def overrides(figures):
    for parameter, field in (("weights", "weight"), ("min_samples", "min_sample"), ("no_points", "no_points"),
                             ("full_points", "full_points")):
        pairs = (f"'{name}': {getattr(m, field)}" for name, m in figures.measures.items())
        yield parameter, "{%s}" % ", ".join(pairs)
    yield "min_coverage", str(figures.min_coverage)
    yield "reception_time", f"{figures.reception_seconds}s"
    yield "call_back_days", str(figures.call_back_days)
    yield "archive_kinds", str(list(figures.archive_kinds))


def site_rulebook(figures):
    """The standard rulebook with these figures, and the desk hours of plain_service with the holidays of random_service."""
    hours = [{"weekdays": [1, 2, 3, 4, 5], "opens": str(opens)[:5], "closes": str(closes)[:5]} for opens, closes in plain.HOURS]
    desk = {"id": "DESK", "time_zone": "Asia/Shanghai", "hours": hours,
            "holidays": [{"day": str(day), "name": {"en": "holiday", "zh": "假日"}} for day in random_service.HOLIDAYS],
            "make_up_days": [{"day": str(day), "replaces": 1} for day in random_service.MAKE_UP_DAYS]}
    site = {"name": "oracle.service", "imports": ["standard/service_kpi.yaml"], "calendars": [desk],
            "overrides": [{"parameter": "calendar", "default": "'DESK'"},
                          *({"parameter": name, "default": value} for name, value in overrides(figures))]}
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "rules" / "standard", Path(folder) / "standard")
        path = Path(folder) / "site.json"
        path.write_text(json.dumps(site), encoding="utf-8")
        return assay.Rulebook.load(str(path))


@unittest.skipUnless(Path(os.environ["ASSAY_LIBRARY"]).exists(), "needs lib/libassay.so in the build folder")
class ServiceTest(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.seen, self.states, self.grades = Counter(), Counter(), Counter()

    def test_service_is_measured_and_graded_as_by_hand(self):
        judged = self.judge_months(STANDARD, SEED * 1000)
        self.assertGreaterEqual(judged, COUNT)
        for rule in ("KPI-DAT-01", "KPI-DAT-02", "KPI-DAT-03", "KPI-DAT-04", "KPI-DAT-05", "KPI-DAT-06",
                     "KPI-GRD-01", "KPI-GRD-02", "KPI-GRD-03"):
            self.assertGreater(self.seen[rule], 0, self.seen)
        every = {(name, state) for name in plain.STANDARD for state in ("MEASURED", "NO_DATA")}
        for state in every - {("valid_complaints", "NO_DATA")}:  # whoever is there is counted
            self.assertGreater(self.states[state], judged // 50, (state, self.states))
        for grade in ("A", "B", "C", "D", "NOT_GRADED"):
            self.assertGreater(self.grades[grade], judged // 100, self.grades)

    def test_by_the_figures_of_another_company_too(self):
        self.judge_months(OTHER, SEED * 1000 + 500000)

    def judge_months(self, figures, seed):
        rulebook, judged = site_rulebook(figures), 0
        desk = plain.Desk(random_service.HOLIDAYS, random_service.MAKE_UP_DAYS)
        while judged < COUNT:
            units, data = random_service.draw(seed)
            month = plain.Month(data, figures, desk)
            result = assay.evaluate(rulebook, assay.Snapshot(rulebook, data), units, now=NOW)
            got = {row.id: row for row in result.rows}
            for unit in units:
                self.compare(got[unit["id"]], month.judge(unit), f"month {seed}: {unit}")
            judged += len(units)
            seed += 1
        return judged

    def compare(self, got, want, where):
        found = {finding.rule for finding in got.findings}
        self.assertEqual(got.verdict, want.verdict, where)
        self.seen.update(want.rules)
        if want.outputs is None:  # nothing can be said but that
            self.assertLessEqual(want.rules, found, where)
            self.assertFalse(got.outputs["graded"], where)
            return
        grades = {"KPI-GRD-01", "KPI-GRD-02", "KPI-GRD-03"} if "KPI-DAT-03" in want.rules else set()
        self.assertEqual(found - grades, want.rules - grades, where)
        if "KPI-DAT-03" in want.rules:  # what is below the fifth step, or in a circle, is only found
            for name in ("values", "points", "status"):
                both = [{k: v for k, v in row[name].items() if k != "subordinates_rate"} for row in (got.outputs, want.outputs)]
                self.assertEqual(*both, where)
            return
        lost = want.outputs.pop("lost")
        outputs = {name: got.outputs[name] for name in want.outputs}
        reasons, outputs["reasons"] = outputs["reasons"], want.outputs["reasons"]
        self.assertEqual(outputs, want.outputs, where)
        # Of measures that cost the same either may come first.
        cost = {plain.STANDARD[name].reason: points for name, points in lost.items()}
        self.assertEqual([cost[r] for r in reasons], [cost[r] for r in want.outputs["reasons"]], where)
        self.assertEqual(set(reasons), set(want.outputs["reasons"]), where)
        self.states.update(want.outputs["status"].items())
        self.grades[want.outputs["grade"]] += 1


if __name__ == "__main__":
    unittest.main()
