"""The month before the sample day under the standard rulebooks of grading, complaints, projects, worklists and service: every
planted partner, complaint, project and unit gets exactly its findings, every other none.

It runs the `assay` command of the build in ASSAY_BUILD (else build/dev) and is skipped where that has none.
"""

import csv
import json
import os
import subprocess
import tempfile
import unittest
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DAY = ROOT / "examples" / "day"
MONTH = DAY / "month"
COMMAND = Path(os.environ.get("ASSAY_BUILD", ROOT / "build" / "dev")).resolve() / "bin" / "assay"
PLANTED = json.loads((DAY / "planted_month.json").read_text(encoding="utf-8"))


class Run:
    """What a named run wrote."""

    def __init__(self, *words):
        with tempfile.TemporaryDirectory() as out:
            done = subprocess.run([COMMAND, *words, "--data", MONTH, "--now", "2026-11-20T09:00:00+08:00", "--out", out],
                                  check=True, capture_output=True, text=True)
            self.report = done.stdout
            self.outputs = {row["id"]: row for row in self.table(out, "outputs")}
            self.tasks = self.table(out, "worklist")
            self.board = self.table(out, "board") if (Path(out) / "board.csv").exists() else []
            self.messages = [json.loads(line) for line in
                             (Path(out) / "worklist.jsonl").read_text(encoding="utf-8").splitlines()]
            self.found, self.lines = defaultdict(set), defaultdict(set)
            for row in self.table(out, "findings"):
                self.found[row["id"]].add(row["rule"])
                self.lines[row["id"], row["line"]].add(row["rule"])

    @staticmethod
    def table(out, name):
        with open(Path(out) / f"{name}.csv", encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))


def rows(name):
    return [json.loads(line) for line in (MONTH / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


@unittest.skipUnless(COMMAND.exists(), "needs bin/assay in the build folder")
class DayMonthTest(unittest.TestCase):
    maxDiff = None

    def assert_planted(self, run, planted, ids):
        self.assertEqual(set(run.outputs), set(ids))
        self.assertLessEqual(set(planted), set(ids))
        for row in ids:
            self.assertEqual(sorted(run.found[row]), planted.get(row, []), row)

    def test_the_worklist_lists_what_is_planted_and_nothing_else(self):
        run = Run("worklist")
        self.assert_planted(run, PLANTED["worklist"], [row["id"] for row in rows("partners")])
        told = [rule for rules in PLANTED["worklist"].values() for rule in rules if rule != "WKL-VIS-05"]
        self.assertEqual(sorted(task["rule"] for task in run.tasks), sorted(told))
        self.assertIn(f"To be done: {len(told)}\n", run.report)

    def test_the_worklist_is_the_same_in_json_and_csv(self):
        run = Run("worklist")
        told = [(task["owner"], task["what"]["en"], task["what"]["zh"], task["due"], task["priority"], task["row_id"],
                 task.get("line_id", ""), task["subject"], task["rule"], task["outcome"].replace("OUTCOME_", ""),
                 task["why"]["en"], task["why"]["zh"]) for task in run.messages]
        self.assertEqual([tuple(task.values()) for task in run.tasks], told)
        order = [(int(task["priority"]), task["due"][:10]) for task in run.tasks]
        self.assertEqual(order, sorted(order))

    def test_orphans_are_shared_between_the_agents_of_their_district(self):
        run = Run("worklist")
        live = [row for row in rows("partners") if row["status"] == "PARTNER_STATUS_ACTIVE"]
        load = {agent: sum(row.get("owner_agent") == agent for row in live) for agent in ("S-13", "S-15")}
        for orphan in ("P-011", "P-014", "P-017"):
            least = min(load, key=lambda agent: (load[agent], agent))
            load[least] += 1
            self.assertEqual(run.outputs[orphan]["proposed_agent"], least)

    def test_complaints_find_what_is_planted_and_nothing_else(self):
        self.assert_planted(Run("complaints"), PLANTED["complaints"], [row["id"] for row in rows("complaint")])

    def test_the_board_lists_what_is_open_and_the_page_shows_its_first_lines(self):
        run = Run("complaints")
        self.assertEqual({row["id"] for row in run.board},
                         {row for row, outputs in run.outputs.items() if outputs["open"] == "true"})
        for row in run.board:
            told = run.outputs[row["id"]]
            self.assertEqual(row, {name: told[name] for name in row})
        dues = [row["next_deadline"] or "none" for row in run.board]
        self.assertEqual(dues, sorted(dues))
        page = (ROOT / "docs" / "complaints.md").read_text(encoding="utf-8")
        self.assertIn(page.split("```text\n")[1].split("```")[0], run.report)

    def test_projects_find_what_is_planted_in_their_rows_and_nothing_else(self):
        run = Run("projects", "--rows", MONTH / "projects.jsonl")
        self.assertEqual(set(run.outputs), {row["id"] for row in rows("projects")})
        planted = {(project, line): rules for project, lines in PLANTED["projects"].items() for line, rules in lines.items()}
        self.assertEqual({place: sorted(rules) for place, rules in run.lines.items()}, planted)

    def test_the_service_of_october_is_as_planted_and_else_has_all_points(self):
        run = Run("evaluate", "--rulebook", ROOT / "rules" / "standard" / "service_kpi.yaml")
        self.assertEqual(set(run.outputs), {row["id"] for row in rows("unit")})
        for unit, row in run.outputs.items():
            grade, rules, reasons = PLANTED["service"].get(unit, ["A", [], []])
            found = sorted(run.found[unit] - {"KPI-GRD-02", "KPI-GRD-03"})  # notes of what has no data and of points lost
            self.assertEqual([row["grade"], found, sorted(json.loads(row["reasons"]))], [grade, rules, reasons], unit)
            self.assertEqual("KPI-GRD-03" in run.found[unit], reasons != [], unit)

    def test_levels_are_kept_but_for_the_planted(self):
        run = Run("grade")
        self.assertEqual(set(run.outputs), {row["partner_id"] for row in rows("period")})
        for partner, row in run.outputs.items():
            before = row["level_before"]
            planted = PLANTED["grades"].get(partner, [before, before, []])
            # What the next level needs is said of everyone who can rise.
            said = sorted(rule for rule in run.found[partner] if rule.startswith("GRD-LVL-") and rule != "GRD-LVL-08")
            self.assertEqual([row["earned"], row["effective"], said], planted, partner)

    def test_complaints_upheld_against_a_partner_cost_it_points(self):
        against = {row["against_id"] for row in rows("complaint") if row["subject"] == "TERRITORY"}
        self.assertEqual({partner for partner, found in Run("grade").found.items() if "GRD-CMP-01" in found}, against)


if __name__ == "__main__":
    unittest.main()
