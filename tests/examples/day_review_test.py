"""The sample day under the standard rulebook: every planted order gets exactly its findings, every other none.

It runs the `assay` command of the build in ASSAY_BUILD (else build/dev) and is skipped where that has none.
"""

import json
import os
import random
import subprocess
import tempfile
import unittest
from decimal import Decimal
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DAY = ROOT / "examples" / "day"
COMMAND = Path(os.environ.get("ASSAY_BUILD", ROOT / "build" / "dev")).resolve() / "bin" / "assay"


def review(orders):
    """The decisions on the orders file, as text and by order."""
    with tempfile.TemporaryDirectory() as out:
        subprocess.run(
            [COMMAND, "review", "--rulebook", ROOT / "rules" / "standard" / "order_review.yaml", "--data", DAY / "data",
             "--orders", orders, "--now", "2026-11-20T09:00:00+08:00", "--out", out],
            check=True, capture_output=True)
        text = (Path(out) / "decisions.jsonl").read_text(encoding="utf-8")
    decisions = [json.loads(line) for line in text.splitlines()]
    return text, {decision["order_id"]: decision for decision in decisions}


@unittest.skipUnless(COMMAND.exists(), "needs bin/assay in the build folder")
class DayReviewTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.text, cls.decisions = review(DAY / "orders.jsonl")

    def test_every_order_gets_exactly_the_findings_planted_in_it(self):
        planted = json.loads((DAY / "planted.json").read_text())
        for order, decision in self.decisions.items():
            found = sorted({finding["rule"] for finding in decision.get("findings", [])})
            self.assertEqual(found, sorted(planted.get(order, [])), order)

    def test_every_order_is_decided(self):
        orders = {json.loads(line)["id"] for line in (DAY / "orders.jsonl").read_text(encoding="utf-8").splitlines()}
        self.assertEqual(set(self.decisions), orders)

    def test_requested_is_confirmed_and_backordered_and_cut(self):
        for order, decision in self.decisions.items():
            for line in decision.get("lines", []):
                parts = sum(Decimal(line[part]) for part in ("confirmed", "backordered", "cut"))
                self.assertEqual(Decimal(line["requested"]), parts, (order, line["line_id"]))

    def test_a_release_lifts_a_hold_only_while_it_holds(self):
        outcomes = {}
        for number in range(208, 213):
            findings = self.decisions[f"SO-1120-{number}"]["findings"]
            outcomes[number] = next(f["outcome"] for f in findings if f["rule"] == "ORD-PRC-03")
        self.assertEqual(outcomes.pop(208), "OUTCOME_NOTE")
        self.assertEqual(set(outcomes.values()), {"OUTCOME_HOLD"})

    def test_short_stock_is_cut_or_waits_as_the_order_says(self):
        cut = self.decisions["SO-1120-194"]["lines"][0]
        waiting = self.decisions["SO-1120-195"]["lines"][0]
        self.assertEqual((cut["confirmed"], cut["backordered"], cut["cut"]), ("30", "0", "24"))
        self.assertEqual((waiting["confirmed"], waiting["backordered"], waiting["cut"]), ("30", "6", "0"))

    def test_another_sequence_of_orders_gives_the_same_bytes(self):
        lines = (DAY / "orders.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
        random.Random(7).shuffle(lines)
        with tempfile.TemporaryDirectory() as folder:
            shuffled = Path(folder) / "orders.jsonl"
            shuffled.write_text("".join(lines), encoding="utf-8")
            self.assertEqual(review(shuffled)[0], self.text)


if __name__ == "__main__":
    unittest.main()
