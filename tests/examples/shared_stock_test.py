"""Days on which stock is scarce under the standard rulebook's `allocation` and `held_orders_reserve`: what is drawn is
there, whoever gets it, and is what the stock table says.

It runs the `assay` command of the build in ASSAY_BUILD (else build/dev) and is skipped where that has none.
"""

import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

sys.dont_write_bytecode = True

import scarce_day  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
COMMAND = Path(os.environ.get("ASSAY_BUILD", ROOT / "build" / "dev")).resolve() / "bin" / "assay"


@unittest.skipUnless(COMMAND.exists(), "needs bin/assay in the build folder")
class SharedStockTest(unittest.TestCase):
    def review(self, seed, allocation, reserve, threads=1):
        """Decisions by order, and the rows of the stock table by account."""
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            scarce_day.write(folder, seed)
            shutil.copytree(ROOT / "rules" / "standard", folder / "standard")
            changed = [("allocation", allocation, "STRICT"), ("held_orders_reserve", reserve, "NONE")]
            lines = [f"  - {{parameter: {key}, default: \"'{value}'\"}}" for key, value, old in changed if value != old]
            rulebook = "name: site\nversion: \"1\"\nimports: [standard/order_review.yaml]\n"
            (folder / "site.yaml").write_text(rulebook + ("overrides:\n" + "\n".join(lines) + "\n" if lines else ""),
                                              encoding="utf-8")
            subprocess.run(
                [COMMAND, "review", "--rulebook", folder / "site.yaml", "--data", folder / "data",
                 "--orders", folder / "orders.jsonl", "--now", "2026-11-20T09:00:00+08:00", "--threads", str(threads),
                 "--out", folder / "out"], check=True, capture_output=True)
            lines = (folder / "out" / "decisions.jsonl").read_text(encoding="utf-8").splitlines()
            with (folder / "out" / "stock.csv").open(encoding="utf-8", newline="") as file:
                stock = {row["account"]: row for row in csv.DictReader(file)}
            return {decision["order_id"]: decision for decision in map(json.loads, lines)}, stock

    @staticmethod
    def drawn(decisions, dispositions):
        sums = defaultdict(Decimal)
        for decision in decisions.values():
            if decision["disposition"][len("DISPOSITION_"):] not in dispositions:
                continue
            for line in decision.get("lines", []):
                for part in line.get("parts", []):
                    if part["kind"] != "KIND_CUT" and part.get("date"):
                        sums[f"{line['warehouse']}/{line['product']}"] += Decimal(part["quantity"])
        return sums

    def assert_reconciled(self, decisions, stock, keeps):
        goes = self.drawn(decisions, ("CONFIRMED", "PARTIAL"))
        held = self.drawn(decisions, ("HELD",))
        for account, row in stock.items():
            proposed = Decimal(row["proposed"])
            self.assertGreaterEqual(proposed, goes[account], account)
            self.assertLessEqual(proposed, goes[account] + (held[account] if keeps else 0), account)
            self.assertLessEqual(proposed, Decimal(row["on_hand"]) + Decimal(row["receipts"]), account)
        for decision in decisions.values():
            for line in decision.get("lines", []):
                self.assertEqual(Decimal(line["requested"]), sum(
                    Decimal(line[part]) for part in ("confirmed", "backordered", "cut")), decision["order_id"])

    def test_shares_and_reserves_reconcile_and_make_a_difference(self):
        strict, stock = self.review(3, "STRICT", "NONE")
        self.assert_reconciled(strict, stock, False)
        fair, stock = self.review(3, "FAIR_SHARE", "NONE")
        self.assert_reconciled(fair, stock, False)
        kept, stock = self.review(3, "FAIR_SHARE", "STOCK", threads=2)
        self.assert_reconciled(kept, stock, True)
        confirmed = [[line["confirmed"] for order in sorted(decisions) for line in decisions[order].get("lines", [])]
                     for decisions in (strict, fair, kept)]
        self.assertNotEqual(confirmed[0], confirmed[1])
        self.assertNotEqual(confirmed[1], confirmed[2])

    def test_threads_leave_no_trace_of_sharing(self):
        self.assertEqual(self.review(4, "FAIR_SHARE", "ALL"), self.review(4, "FAIR_SHARE", "ALL", threads=4))


if __name__ == "__main__":
    unittest.main()
