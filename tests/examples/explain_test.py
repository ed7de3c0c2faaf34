"""`assay explain` on the sample day: its verdicts are the findings, its decision is the one of the review.

Skipped where the build in ASSAY_BUILD (else build/dev) has no assay command.
"""

import json
import os
import subprocess
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DAY = ROOT / "examples" / "day"
COMMAND = Path(os.environ.get("ASSAY_BUILD", ROOT / "build" / "dev")).resolve() / "bin" / "assay"
ARGUMENTS = [
    "--rulebook", ROOT / "rules" / "standard" / "order_review.yaml", "--data", DAY / "data",
    "--orders", DAY / "orders.jsonl", "--now", "2026-11-20T09:00:00+08:00"]
# Findings that follow from a release or from missing values, not from a condition of their own.
MADE_BY_THE_SESSION = {"ORD-SYS-01", "ORD-APR-01"}


def run(command, *options):
    done = subprocess.run([COMMAND, command, *ARGUMENTS, *options], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


@unittest.skipUnless(COMMAND.exists(), "needs bin/assay in the build folder")
class ExplainTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        lines = run("review", "--format", "json")[1].splitlines()
        cls.decisions = {decision["order_id"]: decision for decision in map(json.loads, lines)}

    def test_verdicts_agree_with_the_decision_for_an_order_of_every_rule(self):
        chosen = {}
        for order, decision in sorted(self.decisions.items()):
            for finding in decision.get("findings", []):
                chosen.setdefault(finding["rule"], order)
        for order in sorted(set(chosen.values())):
            code, out, _ = run("explain", "--order", order, "--format", "json")
            self.assertEqual(code, 0, order)
            explanation = json.loads(out)
            self.assertEqual(explanation["decision"], self.decisions[order])
            fired = {(v["rule"], v.get("line_id", "")) for v in explanation["verdicts"]
                     if v["verdict"] == "VERDICT_FIRED"}
            found = {(f["rule"], f.get("line_id", "")) for f in self.decisions[order]["findings"]
                     if f["rule"] not in MADE_BY_THE_SESSION}
            self.assertEqual(fired, found, order)
            stuck = {v["rule"] for v in explanation["verdicts"] if v["verdict"] == "VERDICT_UNEVALUABLE"}
            named = {rule for f in self.decisions[order]["findings"] for rule in f.get("dependents", [])}
            self.assertLessEqual(stuck, named, order)

    def test_the_text_names_every_rule_with_its_tests_and_values_in_either_language(self):
        rules = {"ORD-DOC-02", "ORD-PRC-03", "ORD-STK-01", "ORD-FIN-03"}
        code, out, _ = run("explain", "--order", "SO-1120-176")
        self.assertEqual(code, 0)
        for rule in rules:
            self.assertIn(f"  {rule} ", out)
        self.assertIn("order SO-1120-176: HELD", out)
        self.assertIn("    * line.effective_net < line.net_at_floor  =>  true\n", out)  # what decided
        self.assertIn("        line.effective_net = 9035.7100\n", out)
        self.assertIn("        line.net_at_floor = ***\n", out)  # a floor price is not for everyone
        # What a variable that decided was made of, and of what else.
        self.assertIn("  line.effective_net, line 1 = 9035.7100\n      line.net - line.discount_share\n"
                      "        line.net = 9035.7100\n        line.discount_share = 0.0000\n", out)
        self.assertIn("\n  line.unit_numerator, line 1 = 24\n", out)
        self.assertNotIn("\n  order.headline", out)  # no rule with a finding reads it
        self.assertIn("\nledgers\n  stock(WH-MY, SKU-0284), line 1: 1233, 20 stay on the shelf\n"
                      "  funds(P-001): ***\n", out)
        zh = run("explain", "--order", "SO-1120-176", "--lang", "zh")[1]
        self.assertIn("订单 SO-1120-176: 暂扣\n  ORD-PRC-02 行 1：暂扣 -> 市场经理。第1行", zh)
        self.assertIn("recent_orders[SO-1120-176] 不存在\n", zh)
        for english in (" is absent", " is missing", "HOLD"):
            self.assertNotIn(english, zh)

    def test_of_an_order_that_drew_the_reservations_of_its_accounts_are_told(self):
        out = run("explain", "--order", "SO-1120-050")[1]
        self.assertIn("  stock(WH-CD, SKU-0085), line 1: 778, 20 stay on the shelf\n"
                      "    36 to SO-1120-019, line 4, lot L2605\n    24 to SO-1120-050, line 1, lot L2605\n", out)
        zh = run("explain", "--order", "SO-1120-050", "--lang", "zh")[1]
        self.assertIn("    24 给 SO-1120-050，行 1，批次 L2605\n", zh)

    def test_an_order_that_is_not_there_is_one_clear_line(self):
        code, out, error = run("explain", "--order", "SO-0")
        self.assertEqual((code, out), (1, ""))
        self.assertEqual(error, "assay: no order under review has this id: 'SO-0'\n")


if __name__ == "__main__":
    unittest.main()
