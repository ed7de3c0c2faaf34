"""Every rule of the domain page (section 3.7) is shown four ways: it finds something, passes exactly at its limit, finds it
just beyond, and says so where a value is missing.

Rules with cases of their own (rule_cases_test.py) have them there: what fires just beyond the limit, what passes at it, and
a missing value. For all others WAYS names the cases in order_review_tests.yaml, which `assay test` runs; what is no name
but a reason, in brackets, says why there is no such case. Names that do not exist, or cases that find something else,
fail here; so does a limit at which the rule is not considered, or that is more than a step from what is just beyond, and a
missing value that the rule does not ask for.
"""

import json
import re
import shutil
import subprocess
import tempfile
import unittest
from collections import Counter
from pathlib import Path

from case_day import COMMAND, STANDARD
from rule_cases_test import RULES as RULES_WITH_CASES

ROOT = Path(__file__).resolve().parents[2]
CASES = STANDARD / "order_review_tests.yaml"
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
                   "ORD-FIN-02, nobody knows the partner the invoice goes to"),
    "ORD-CHG-01": ("ORD-CHG-01, not confirmed by the customer", "ORD-CHG-01, made and closed",
                   "ORD-CHG-01, confirmed, but not made",
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


def blocks():
    """{name of a case: its text}."""
    found = {}
    for block in re.split(r"\n(?=  - name: ')", CASES.read_text(encoding="utf-8")):
        name = re.match(r"  - name: '((?:[^']|'')*)'", block)
        if name:
            found[name.group(1).replace("''", "'")] = block
    return found


def cases(texts):
    """{name of a case: rules of its findings}."""
    return {name: re.findall(r"- \{rule: ([A-Z0-9-]+)", text.split("\n    findings:\n")[1] if "\n    findings:\n" in text else "")
            for name, text in texts.items()}


def stated(texts, name):
    """{what the case is run on, as input.lines or datasets.lots: its text}, what it takes from the case it is like too."""
    text = texts[name]
    like = re.search(r"^    like: '(.*)'$", text, re.MULTILINE)
    found = stated(texts, like.group(1).replace("''", "'")) if like else {}
    for section, body in re.findall(r"^    (input|datasets):\n((?:      .*\n?)*)", text, re.MULTILINE):
        for key, rest in re.findall(r"^      (\w+):((?:.*)(?:\n        .*)*)", body, re.MULTILINE):
            found[f"{section}.{key}"] = rest
    for key in re.findall(r"\w+", "".join(re.findall(r"^    without: \[(.*)\]$", text, re.MULTILINE))):
        found.pop(f"input.{key}", None)
    found["now"] = "".join(re.findall(r"^    now: (.*)$", text, re.MULTILINE)) or found.get("now", "")
    return found


def values(texts, name):
    """Each value that the case is run on, with its place."""
    return Counter((key, value) for key, text in stated(texts, name).items()
                   for value in re.split(r"[,{}\[\]\n]+", text) if value.strip(" -"))


def run_case(rulebook, name):
    """What `assay test` says of one case: (texts of what came out otherwise, texts of what it did not reach)."""
    done = subprocess.run([COMMAND, "test", "--format", "json", rulebook, name], capture_output=True, text=True, check=False)
    told = json.loads(done.stdout)
    return [each["message"] for each in told["cases"][0]["failures"]], told["uncovered"]


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
        cls.texts = blocks()
        cls.cases = cases(cls.texts)
        cls.rules = re.findall(r"^  - id: (ORD-[A-Z0-9-]+)$", (STANDARD / "order_review.yaml").read_text(encoding="utf-8"),
                               re.MULTILINE)

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

    def test_what_is_just_beyond_is_a_step_from_the_limit(self):
        for rule, (fires, limit, beyond, _) in WAYS.items():
            with self.subTest(rule):
                at, over = values(self.texts, limit), values(self.texts, fires if beyond.startswith("(") else beyond)
                # A quantity or price more has its net amount and its total.
                steps = [sum((one - other).values()) for one, other in ((at, over), (over, at))]
                self.assertTrue(1 <= max(steps) <= 3, (at - over, over - at))

    @unittest.skipUnless(COMMAND.exists(), "needs bin/assay in the build folder")
    def test_at_its_limit_a_rule_is_considered_and_does_not_fire(self):
        for rule, (_, limit, _, _) in WAYS.items():
            with self.subTest(rule):
                family = {each for each in self.rules if each == rule or each.startswith(rule + "-")}
                only = re.search(r"^    only: \[(.*)\]$", self.texts[limit], re.MULTILINE)
                self.assertTrue(only is None or rule in only.group(1).replace(" ", "").split(","), limit)
                failures, unreached = run_case(CASES, limit)
                self.assertEqual(failures, [], limit)
                quiet = {each for each in family if f"rule {each} was never seen not to fire" not in unreached}
                self.assertTrue(quiet, limit)

    @unittest.skipUnless(COMMAND.exists(), "needs bin/assay in the build folder")
    def test_the_rule_itself_asks_for_the_missing_value(self):
        """With all other rules off, the value is missed still."""
        with tempfile.TemporaryDirectory() as folder:
            shutil.copytree(STANDARD, Path(folder) / "standard")
            for rule, (_, _, _, missing) in WAYS.items():
                if missing.startswith("("):
                    continue
                off = [each for each in self.rules if each != UNEVALUABLE and each != rule and not each.startswith(rule + "-")]
                site = Path(folder) / f"{rule}.json"
                site.write_text(json.dumps({"name": "site.alone", "imports": ["standard/order_review_tests.yaml"],
                                            "overrides": [{"rule": each, "mode": "MODE_OFF"} for each in off]}))
                with self.subTest(rule):
                    self.assertNotIn(f"no finding of {UNEVALUABLE}", run_case(site, missing)[0], missing)

    def test_a_reason_that_names_a_case_names_one_that_holds(self):
        for rule, ways in WAYS.items():
            for name in (way.split(": ", 1)[1].rstrip(")") for way in ways if way.startswith("(") and rule in way):
                with self.subTest(name):
                    self.assertTrue(self.found(name), name)


if __name__ == "__main__":
    unittest.main()
