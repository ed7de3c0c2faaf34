"""Every rule of the domain page (section 3.7) is shown four ways: it finds something, passes exactly at its limit, finds it
just beyond, and says so where a value is missing.

Rules with cases of their own (rule_cases_test.py) have them there: what fires just beyond the limit, what passes at it, and
a missing value. For all others WAYS names the cases in order_review_tests.yaml, which `assay test` runs; what is no name
but a reason, in brackets, says why there is no such case. Names that do not exist, or cases that find something else,
fail here.
"""

import re
import unittest
from pathlib import Path

from rule_cases_test import RULES as RULES_WITH_CASES

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "rules" / "standard" / "order_review_tests.yaml"
DOMAIN = ROOT / "docs" / "domain.md"
UNEVALUABLE = "ORD-SYS-01"
NO_THRESHOLD = "(either it is so or not: what is just beyond is what fires)"

# rule: fires, at the limit, just beyond, missing
WAYS = {
    "ORD-DOC-05": ("ORD-DOC-05, a document number used before", "ORD-DOC-05, a document number of its own", NO_THRESHOLD,
                   "(a number that is not stated is on no order; of an order without a time it is judged all the same)"),
    "ORD-DOC-06": ("ORD-DOC-06, a line that says the same as another", "ORD-DOC-06, a piece more",
                   "ORD-DOC-06, the same quantity in another unit", "ORD-DOC-06, a product nobody knows"),
    "ORD-PTR-06": ("ORD-PTR-06, licence and letter for another category", "a right order",
                   "ORD-PTR-06, licence and letter end the day before delivery", "ORD-PTR-06, an end that is no date"),
    "ORD-PRM-02": ("ORD-PRM-02, a product that was not bought", "ORD-PRM-02, ten and one", "ORD-PRM-02, ten and two",
                   "ORD-PRM-02, a step that is not stated"),
    "ORD-PRM-03": ("ORD-PRM-03, each product line for itself, too much for one",
                   "ORD-PRM-03, given along for just a fifth",
                   "ORD-PRM-03, at a ratio a hair lower", "ORD-PRM-03, a gift without a price"),
    "ORD-PRM-05": ("ORD-PRM-05, a cent more than a quota in another currency leaves",
                   "ORD-PRM-05, just what the quota leaves", "ORD-PRM-05, one more than the quota leaves",
                   "ORD-PRM-05, a quota in a currency without a rate"),
    "ORD-PRD-02": ("ORD-PRD-02, a store must have more days",
                   "ORD-PRD-02, a lot asked for with just the days it must have",
                   "ORD-PRD-02, a lot asked for with a day less than it must have",
                   "ORD-PRD-02, an expiry that is no date"),
    "ORD-STK-02": ("ORD-STK-02, two packs may not", "ORD-STK-02, just what the partner can use, and a tenth",
                   "ORD-STK-02, a piece more", "ORD-STK-02, what is on the way to the partner is not stated"),
    "ORD-STK-03": ("ORD-STK-03, complete or not at all, and one piece is not there",
                   "ORD-STK-03, complete or not at all, and all is there",
                   "ORD-STK-03, complete or not at all, and one piece is not there",
                   "ORD-STK-03, complete or not at all, and what is there is not stated"),
    "ORD-STK-04": ("ORD-STK-04, what is cut does not come", "ORD-STK-04, just at the safety stock",
                   "ORD-STK-04, a piece under the safety stock", "ORD-STK-04, its safety stock is not stated"),
    "ORD-FIN-02": ("ORD-FIN-02, an invoice without a tax number",
                   "ORD-FIN-02, an invoice with all particulars", NO_THRESHOLD,
                   "ORD-SYS-01, a row that only notes need: a note, and the order goes on"),
    "ORD-CHG-01": ("ORD-CHG-01, not confirmed by the customer", "ORD-CHG-01, made and closed",
                   "ORD-CHG-01, printed, all but the correction",
                   "(what is not stated is a step still to be done, and holds: ORD-CHG-01, at a stage that is not stated)"),
    "ORD-CHG-02": ("ORD-CHG-02, to be voided", "ORD-CHG-02, cancelled, and voided",
                   "ORD-CHG-02, cancelled, and the void not confirmed",
                   "(what is not stated is a step still to be done, and holds: ORD-CHG-02, at a stage that is not stated)"),
    "ORD-MAT-01": ("ORD-MAT-01, a request nobody knows", "ORD-MAT-01, all that the request leaves, on its last day",
                   "ORD-MAT-01, a piece more", "ORD-MAT-01, no quantity on the request"),
    "ORD-RET-01": ("ORD-RET-01, an order nobody shipped", "ORD-RET-01, all that is left of what was shipped",
                   "ORD-RET-01, a piece more", "ORD-RET-01, what was shipped is not stated"),
    "ORD-RET-02": ("ORD-RET-02, a reason that is none, on the very day", "ORD-RET-02, unsold, on the last of 30 days",
                   "ORD-RET-02, unsold, a second later in Shanghai",
                   "(a day that is not known is beyond every period, and holds: "
                   "ORD-RET-02, the day of shipping is not known)"),
    "ORD-RET-03": ("ORD-RET-03, another currency than was invoiced", "ORD-RET-03, just what was paid",
                   "ORD-RET-03, a minor unit more than was paid", "ORD-RET-03, what was paid is not stated"),
    "ORD-RET-04": ("ORD-RET-04, a recalled lot, whatever reason and period",
                   "ORD-RET-04, the recall opens the day after the run", NO_THRESHOLD,
                   "ORD-RET-04, a day of recall that is none"),
    "ORD-RET-05": ("ORD-RET-05, invoiced", "ORD-RET-05, the red-letter invoice is issued",
                   "ORD-RET-05, it is decided and not issued",
                   "(of an order that is not known ORD-RET-01 holds, and nothing was invoiced: "
                   "ORD-RET-05, no shipped line is known)"),
}


def cases():
    """{name of a case: rules of its findings}."""
    found = {}
    for block in re.split(r"\n(?=  - name: ')", CASES.read_text(encoding="utf-8")):
        name = re.match(r"  - name: '((?:[^']|'')*)'", block)
        if name:
            findings = block.split("\n    findings:\n")[1] if "\n    findings:\n" in block else ""
            found[name.group(1).replace("''", "'")] = re.findall(r"- \{rule: ([A-Z0-9-]+)", findings)
    return found


def rules_of_the_domain():
    """Ids in the table of section 3.7, `ORD-RET-02/-03` and the like taken apart."""
    table = DOMAIN.read_text(encoding="utf-8").split("### 3.7")[1].split("### 3.8")[0]
    rules = set()
    for cell in re.findall(r"^\| (ORD-[^|]+) \|", table, re.MULTILINE):
        first, *others = cell.strip().split("/")
        rules |= {first, *(first[:7] + other for other in others)}
    return rules


class RuleWaysTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.cases = cases()

    def found(self, name):
        """Families of the rules that a case finds: of ORD-PRM-02-CAP it is ORD-PRM-02."""
        self.assertIn(name, self.cases, "no case of this name in order_review_tests.yaml")
        return {"-".join(rule.split("-")[:3]) for rule in self.cases[name]}

    def test_every_rule_of_the_domain_is_shown(self):
        self.assertGreater(len(rules_of_the_domain()), 40)
        self.assertEqual(rules_of_the_domain(), {*RULES_WITH_CASES, *WAYS})
        self.assertEqual({*RULES_WITH_CASES} & {*WAYS}, set())

    def test_each_way_is_a_case_that_finds_what_it_says(self):
        for rule, (fires, limit, beyond, missing) in WAYS.items():
            with self.subTest(rule):
                self.assertIn(rule, self.found(fires))
                self.assertNotIn(rule, self.found(limit))
                if not beyond.startswith("("):
                    self.assertIn(rule, self.found(beyond))
                if not missing.startswith("("):
                    self.assertIn(UNEVALUABLE, self.found(missing))

    def test_a_reason_that_names_a_case_names_one_that_holds(self):
        for rule, ways in WAYS.items():
            for name in (way.split(": ", 1)[1].rstrip(")") for way in ways if way.startswith("(") and rule in way):
                with self.subTest(name):
                    self.assertTrue(self.found(name), name)


if __name__ == "__main__":
    unittest.main()
