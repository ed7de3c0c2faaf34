"""`assay diff`: it tells exactly the planted changes of a rulebook, and of the sample day what two reviews, compared here,
decide differently."""

import collections
import decimal
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
ASSAY = os.path.join(os.environ.get("ASSAY_BUILD", ROOT / "build" / "dev"), "bin", "assay")
DAY = ROOT / "examples" / "day"
WORDS = ["--data", DAY / "data", "--orders", DAY / "orders.jsonl", "--now", "2026-11-20T09:00:00+08:00"]
# What is written, what instead, and the change to be told: path, before, after.
PLANTED = [
    ("""      - {cells: ["'B'", "-", "-", "0.10"]}\n""", """      - {cells: ["'B'", "-", "-", "0.02"]}\n""",
     ("tables.discount_cap.rows.7", "'B' | - | - | 0.10", "'B' | - | - | 0.02")),
    ("""    default: "14400s"\n""", """    default: "7200s"\n""",
     ("parameters.hold_answer_time.default", "14400s", "7200s")),
    ("""  - id: ORD-PRC-04\n""", """  - id: ORD-PRC-04\n    mode: OFF\n""", ("rules.ORD-PRC-04.mode", "", "OFF")),
    ("""    condition: line.effective_net < line.net_at_cap\n""", """    condition: line.effective_net + 0.00 < line.net_at_cap\n""",
     ("rules.ORD-PRC-03.condition", "line.effective_net < line.net_at_cap", "line.effective_net + 0.00 < line.net_at_cap")),
]


def assay(*words):
    return subprocess.run([ASSAY, *map(str, words)], capture_output=True, text=True, check=False, encoding="utf-8")


def decisions(book):
    done = assay("review", "--rulebook", book, "--format", "json", *WORDS)
    assert done.returncode == 0, done.stderr
    return {decision["order_id"]: decision for decision in map(json.loads, done.stdout.splitlines())}


def content(decision):
    """What of a decision counts as the same: neither provenance nor words."""
    findings = sorted(
        (f["rule"], f.get("line_id", ""), f["outcome"], f.get("expected", ""), f.get("actual", "")) for f in decision.get("findings", []))
    lines = [(line.get("confirmed"), line.get("backordered"), line.get("cut")) for line in decision.get("lines", [])]
    return decision["disposition"], findings, lines


class DiffTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.old = ROOT / "rules/standard/order_review.yaml"
        shutil.copytree(self.old.parent, pathlib.Path(folder.name) / "standard")
        self.new = pathlib.Path(folder.name) / "standard" / self.old.name

    def plant(self, changes):
        text = self.old.read_text(encoding="utf-8")
        for before, after, _ in changes:
            self.assertEqual(text.count(before), 1, before)
            text = text.replace(before, after)
        self.new.write_text(text, encoding="utf-8")

    def diff(self):
        done = assay("diff", self.old, self.new, "--format", "json", *WORDS)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return json.loads(done.stdout)

    def test_equal_rulebooks_differ_in_nothing(self):
        diff = self.diff()
        self.assertEqual(diff["old_fingerprint"], diff["new_fingerprint"])
        self.assertEqual([key for key in ("changes", "changed", "moves", "rules") if diff.get(key)], [])
        self.assertGreater(int(diff["orders"]), 200)

    def test_exactly_the_planted_changes_are_told_with_their_places(self):
        self.plant(PLANTED)
        told = [(c["path"], c.get("before", ""), c.get("after", "")) for c in self.diff()["changes"]]
        self.assertEqual(sorted(told), sorted(change for _, _, change in PLANTED))
        place = next(c["place"] for c in self.diff()["changes"] if c["path"] == "rules.ORD-PRC-04.mode")
        line = self.new.read_text(encoding="utf-8").splitlines()[int(place.rsplit(":", 1)[1]) - 1]
        self.assertIn("mode: OFF", line)

    def test_a_rule_a_row_and_an_order_of_rows_are_told(self):
        text = self.old.read_text(encoding="utf-8")
        first, second = """      - {cells: ["'VIP'", "1"]}\n""", """      - {cells: ["'A'", "2"]}\n"""
        self.assertEqual(text.count(first + second), 1)
        text = text.replace(first + second, second + first + """      - {id: "new", cells: ["'NEW'", "9"]}\n""")
        self.new.write_text(text, encoding="utf-8")
        told = {(c["path"], c.get("before", ""), c.get("after", "")) for c in self.diff()["changes"]}
        self.assertEqual(told, {("tables.level_rank.rows.new", "", "'NEW' | 9"),
                                ("tables.level_rank.rows (order)", "1, 2, 3, 4", "2, 1, 3, 4")})

    def test_the_replay_tells_what_two_reviews_decide_differently(self):
        self.plant(PLANTED)
        before, after = decisions(self.old), decisions(self.new)
        changed = {order for order in after if content(before[order]) != content(after[order])}
        self.assertGreater(len(changed), 3)
        diff = self.diff()
        self.assertEqual({order["order_id"] for order in diff["changed"]}, changed)
        self.assertEqual(int(diff["orders"]), len(after))
        moves, amounts = collections.Counter(), collections.defaultdict(decimal.Decimal)
        for order in changed:
            key = tuple(d[order]["disposition"].removeprefix("DISPOSITION_") for d in (before, after))
            if key[0] != key[1]:
                moves[key] += 1
                amounts[key, after[order]["currency"]] += decimal.Decimal(after[order]["amount"])
        told, told_amounts = {}, {}
        for move in diff["moves"]:
            key = tuple(move[side].removeprefix("DISPOSITION_") for side in ("before", "after"))
            told[key] = int(move["orders"])
            told_amounts.update({(key, a["currency"]): decimal.Decimal(a["amount"]) for a in move["amounts"]})
        self.assertEqual(told, moves)
        self.assertEqual(told_amounts, amounts)
        effects = {rule["rule"]: rule for rule in diff["rules"]}
        self.assertEqual(effects["ORD-PRC-04"].get("appeared", 0), 0)
        off = [o for o in after if any(f["rule"] == "ORD-PRC-04" for f in before[o].get("findings", []))]
        self.assertEqual(int(effects["ORD-PRC-04"]["gone"]), len(off))

    def test_the_report_is_for_people_in_both_languages(self):
        self.plant(PLANTED)
        english = assay("diff", self.old, self.new, *WORDS).stdout
        self.assertIn("tables.discount_cap.rows.7\n    - 'B' | - | - | 0.10\n    + 'B' | - | - | 0.02\n", english)
        self.assertIn("By rule: found now +, no longer -", english)
        self.assertIn("改变的订单", assay("diff", self.old, self.new, "--lang", "zh", *WORDS).stdout)

    def test_a_wrong_call_says_what_is_wrong(self):
        done = assay("diff", self.old, *WORDS)
        self.assertEqual((done.returncode, done.stderr), (2, "assay: assay diff takes two rulebooks, the old one and the new one\n"))
        done = assay("diff", self.old, self.new)
        self.assertEqual((done.returncode, done.stderr), (2, "assay: assay diff needs --data\n"))


if __name__ == "__main__":
    unittest.main()
