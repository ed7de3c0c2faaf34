"""Every rule of the standard order review is shown four ways: it finds something, passes exactly at its limit, finds it just
beyond, and says so where a value is missing.

WAYS names the cases of each in order_review_tests.yaml, which `assay test` runs. What is no name but a reason, in brackets,
says why there is no such case: the rule has no limit, or finds itself what is missing. Names that do not exist, or cases
that find something else, fail here; so does a limit at which the rule is not considered, or that is more than a step from
what is just beyond, and a missing value that the rule does not ask for. rule_cases_test.py has more cases of most rules.
"""

import fnmatch
import json
import re
import shutil
import subprocess
import tempfile
import unittest
from collections import Counter
from pathlib import Path

from case_day import COMMAND, STANDARD

ROOT = Path(__file__).resolve().parents[2]
CASES = STANDARD / "order_review_tests.yaml"
DOMAIN = ROOT / "docs" / "domain.md"
UNEVALUABLE = "ORD-SYS-01"
NO_THRESHOLD = "(either it is so or not: what is just beyond is what fires)"

# No ORD-SYS-01: the rule itself finds what is missing, as in the case that is named.
ITSELF = "(the rule itself finds what is missing: "

# rule: fires, at the limit, just beyond, missing
WAYS = {
    # -- Documents
    "ORD-DOC-01": ("ORD-DOC-01, no warehouse", "ORD-DOC-01, submitted this very moment",
                   "ORD-DOC-01, submitted a second from now", ITSELF + "ORD-DOC-01, no kind)"),
    "ORD-DOC-01-LINE": ("ORD-DOC-01, a price for no quantity", "ORD-DOC-01-LINE, a discount of 1",
                        "ORD-DOC-01, a discount over 1", ITSELF + "ORD-DOC-01, no net amount of a line)"),
    "ORD-DOC-01-REVISION": ("ORD-DOC-01, the revision seen before", "ORD-DOC-01, the next revision",
                            "ORD-DOC-01, the revision seen before", ITSELF + "ORD-DOC-01-REVISION, no revision)"),
    "ORD-DOC-01-REFERENCE": ("ORD-DOC-01-REFERENCE, a complaint nobody knows", "ORD-DOC-01-REFERENCE, a complaint there is",
                             NO_THRESHOLD, ITSELF + "ORD-DOC-01-REFERENCE, no complaints are handed over)"),
    "ORD-DOC-02": ("ORD-DOC-02, a total one minor unit too high", "a right order",
                   "ORD-DOC-02, a total one minor unit too high", "ORD-DOC-02, a charge without an amount"),
    "ORD-DOC-02-LINE": ("ORD-DOC-02, half a minor unit rounded down", "a right order",
                        "ORD-DOC-02-LINE, a net amount one minor unit too low",
                        "ORD-DOC-02-LINE, a discount with more digits than it may have"),
    "ORD-DOC-02-TAX": ("ORD-DOC-02-TAX, without the tax inside a charge", "ORD-DOC-02-TAX, the tax inside the amount",
                       "ORD-DOC-02, a tax one minor unit too low", "ORD-DOC-02-TAX, the tax rate of a charge is no number"),
    "ORD-DOC-02-ROUNDING": ("ORD-DOC-02, a rounding beyond its limit", "ORD-DOC-02-ROUNDING, at its limit",
                            "ORD-DOC-02, a rounding beyond its limit", "ORD-DOC-02-ROUNDING, a rounding that is no number"),
    "ORD-DOC-03": ("ORD-DOC-03, a unit nobody knows", "ORD-DOC-03, the minimum", "ORD-DOC-03, a piece under the minimum",
                   "ORD-DOC-03, a minimum that is no number"),
    # Orders 24 hours apart repeat each other still, and totals 5 % apart are near: what passes lies beyond.
    "ORD-DOC-04": ("ORD-DOC-04, 5 orders before it", "ORD-DOC-04, the same order 24 hours and a second later",
                   "ORD-DOC-04, the same order exactly 24 hours later", "ORD-DOC-04, an order before it of no quantity"),
    "ORD-DOC-04-NEAR": ("ORD-DOC-04-NEAR, an order of the days before", "ORD-DOC-04, a minor unit more than 5 % dearer",
                        "ORD-DOC-04, nearly the same order, 5 % dearer",
                        "ORD-SYS-01, a row that only notes need: a note, and the order goes on"),
    "ORD-DOC-05": ("ORD-DOC-05, a document number used before", "ORD-DOC-05, a document number of its own", NO_THRESHOLD,
                   "(a number that is not stated is on no order; of an order without a time it is judged all the same)"),
    "ORD-DOC-06": ("ORD-DOC-06, a line that says the same as another", "ORD-DOC-06, a piece more",
                   "ORD-DOC-06, the same quantity in another unit", "ORD-DOC-06, a product nobody knows"),
    # -- Partners
    "ORD-PTR-01": ("ORD-PTR-01, terminated", "a right order", NO_THRESHOLD, "ORD-PTR-01, a partner nobody knows"),
    "ORD-PTR-02": ("ORD-PTR-02, not signed", "ORD-PTR-02, ends on the day of delivery",
                   "ORD-PTR-02, ends the day before delivery", "ORD-PTR-02, an end that is no date"),
    "ORD-PTR-03": ("ORD-PTR-03, another product line", "ORD-PTR-03, the last of several product lines", NO_THRESHOLD,
                   "ORD-PTR-03, a product nobody knows"),
    "ORD-PTR-04": ("ORD-PTR-04, a region of neither partner nor contract", "ORD-PTR-04, a region of the contract alone",
                   NO_THRESHOLD, "ORD-PTR-04, a contract whose begin is no date"),
    "ORD-PTR-05": ("ORD-PTR-05, one minor unit short", "ORD-PTR-05, paid in full", "ORD-PTR-05, one minor unit short",
                   "ORD-PTR-05, what was paid is not stated"),
    "ORD-PTR-06": ("ORD-PTR-06, licence and letter for another category", "a right order",
                   "ORD-PTR-06, licence and letter end the day before delivery", "ORD-PTR-06, an end that is no date"),
    "ORD-PTR-06-LETTER": ("ORD-PTR-06-LETTER, another brand, region and product line",
                          "ORD-PTR-06-LETTER, revoked the day after delivery",
                          "ORD-PTR-06-LETTER, revoked on the day of delivery", "ORD-PTR-06-LETTER, an end that is no date"),
    # -- Prices
    "ORD-PRC-01": ("ORD-PRC-01, a ten-thousandth too high", "a right order", "ORD-PRC-01, a ten-thousandth too high",
                   "ORD-PRC-01, no list price"),
    "ORD-PRC-01-DATE": ("ORD-PRC-01, a price date the day before submission",
                        "ORD-PRC-01-DATE, a price date on the day of submission",
                        "ORD-PRC-01, a price date the day before submission", "ORD-PRC-01-DATE, a price date that is none"),
    "ORD-PRC-02": ("ORD-PRC-02, the floor holds whatever is granted", "ORD-PRC-02, at the floor",
                   "ORD-PRC-02, a hundredth under the floor", "ORD-PRC-02, a floor that is no number"),
    "ORD-PRC-03": ("ORD-PRC-03, a partner of no level has the lowest cap", "ORD-PRC-03, level VIP at the cap",
                   "ORD-PRC-03, level VIP, a cent over the cap", "ORD-PRC-03, a discount that is no number"),
    "ORD-PRC-04": ("ORD-PRC-04, a price row that does not state its tax", "ORD-PRC-04, the price ends on the price day",
                   "ORD-PRC-04, the price ended the day before", "ORD-PRC-04, a tax rate of the product that is no number"),
    # -- Campaigns
    "ORD-PRM-01": ("ORD-PRM-01, several at once", "ORD-PRM-01, on its last day",
                   "ORD-PRM-01, ended the day before the price day",
                   "ORD-PRM-01, for a product line, and nobody knows the product"),
    "ORD-PRM-01-COMBINED": ("ORD-PRM-01-COMBINED, in a group the better one counts",
                            "ORD-PRM-01-COMBINED, without a group each counts", NO_THRESHOLD,
                            "ORD-PRM-01-COMBINED, a rate that is no number"),
    "ORD-PRM-02": ("ORD-PRM-02, a product that was not bought", "ORD-PRM-02, ten and one", "ORD-PRM-02, ten and two",
                   "ORD-PRM-02, a step that is not stated"),
    "ORD-PRM-02-CAP": ("ORD-PRM-02-CAP, a gift of two terms counts under the first",
                       "ORD-PRM-02-CAP, the last that the partner may get", "ORD-PRM-02-CAP, it has had them",
                       "ORD-PRM-02-CAP, what it has had is not stated"),
    "ORD-PRM-02-DUE": ("ORD-PRM-02-DUE, of two terms one", "ORD-PRM-02-DUE, with the nineteenth piece none is",
                       "ORD-PRM-02-DUE, one gift is still due", ITSELF + "ORD-PRM-02-DUE, terms that do not say how)"),
    "ORD-PRM-02-SURPLUS": ("ORD-PRM-02-SURPLUS, twenty of thirty: two of three gifts",
                           "ORD-PRM-02-SURPLUS, ten can be delivered, but not the gift: it waits alone",
                           "ORD-PRM-02-SURPLUS, nine of ten can be delivered: no gift",
                           "ORD-PRM-02-SURPLUS, a reward that is not stated"),
    "ORD-PRM-02-ALONE": ("ORD-PRM-02-ALONE, of a line that there is not",
                         "ORD-PRM-02-ALONE, beside another line one piece of its line is there",
                         "ORD-PRM-02-ALONE, nothing of its line is there",
                         "ORD-PRM-02-ALONE, how much of its line is there is not known"),
    "ORD-PRM-03": ("ORD-PRM-03, each product line for itself, too much for one",
                   "ORD-PRM-03, given along for just a fifth",
                   "ORD-PRM-03, at a ratio a hair lower", "ORD-PRM-03, a gift without a price"),
    "ORD-PRM-03-MIX": ("ORD-PRM-03-MIX, too little of one line", "ORD-PRM-03-MIX, just the least and the largest share",
                       "ORD-PRM-03-MIX, too much of one line", "ORD-PRM-03-MIX, a share that is no number"),
    "ORD-PRM-04": ("ORD-PRM-04, zero", "ORD-PRM-04, the least price there is", "ORD-PRM-04, zero",
                   "ORD-PRM-04, a price that is no number"),
    "ORD-PRM-05": ("ORD-PRM-05, a cent more than a quota in another currency leaves",
                   "ORD-PRM-05, just what the quota leaves", "ORD-PRM-05, one more than the quota leaves",
                   "ORD-PRM-05, a quota in a currency without a rate"),
    # -- Products
    "ORD-PRD-01": ("ORD-PRD-01, discontinued", "ORD-PRD-01, listed until the day of delivery",
                   "ORD-PRD-01, listed until the day before delivery", "ORD-PRD-01, a product nobody knows"),
    "ORD-PRD-02": ("ORD-PRD-02, a store must have more days",
                   "ORD-PRD-02, a lot asked for with just the days it must have",
                   "ORD-PRD-02, a lot asked for with a day less than it must have",
                   "ORD-PRD-02, an expiry that is no date"),
    "ORD-PRD-02-SKIPPED": ("ORD-PRD-02-SKIPPED, what another warehouse has is too near its end",
                           "ORD-PRD-02-SKIPPED, nothing is missing",
                           "ORD-PRD-02-SKIPPED, what is left out would have filled the line",
                           "ORD-PRD-02-SKIPPED, an expiry that is no date"),
    "ORD-PRD-03": ("ORD-PRD-03, a recall of no date", "ORD-PRD-03, opens the day after the run",
                   "ORD-PRD-03, opened on the day of the run", "ORD-PRD-03, an end that is no date"),
    # -- Stock
    "ORD-STK-01": ("ORD-STK-01, a warehouse that the order does not name gives nothing",
                   "ORD-STK-01, just as much as is asked for", "ORD-STK-01, one piece is not there",
                   "ORD-STK-01, how much there is of a lot is not stated"),
    "ORD-STK-02": ("ORD-STK-02, two packs may not", "ORD-STK-02, just what the partner can use, and a tenth",
                   "ORD-STK-02, a piece more", "ORD-STK-02, what is on the way to the partner is not stated"),
    "ORD-STK-03": ("ORD-STK-03, complete or not at all, and one piece is not there",
                   "ORD-STK-03, complete or not at all, and all is there",
                   "ORD-STK-03, complete or not at all, and one piece is not there",
                   "ORD-STK-03, complete or not at all, and what is there is not stated"),
    "ORD-STK-04": ("ORD-STK-04, what is cut does not come", "ORD-STK-04, just at the safety stock",
                   "ORD-STK-04, a piece under the safety stock", "ORD-STK-04, its safety stock is not stated"),
    # -- Funds
    "ORD-FIN-01": ("ORD-FIN-01, money left for another store", "ORD-FIN-01, exactly what is needed",
                   "ORD-FIN-01, a minor unit short", "ORD-FIN-01, what is left of a prepayment is not stated"),
    "ORD-FIN-02": ("ORD-FIN-02, an invoice without a tax number",
                   "ORD-FIN-02, an invoice with all particulars", NO_THRESHOLD,
                   "ORD-FIN-02, nobody knows the partner the invoice goes to"),
    "ORD-FIN-03": ("ORD-FIN-03, a minor unit beyond the limit", "ORD-FIN-03, exactly at the limit",
                   "ORD-FIN-03, a minor unit beyond the limit", "ORD-FIN-03, the limit is not stated"),
    "ORD-FIN-04": ("ORD-FIN-04, a minor unit, for a day", "ORD-FIN-04, due today", "ORD-FIN-04, a minor unit, for a day",
                   "ORD-FIN-04, since when is not stated"),
    "ORD-FIN-05": ("ORD-FIN-05, no figures at all", "ORD-FIN-05, exactly a day old", "ORD-FIN-05, a day and a second old",
                   "ORD-FIN-05, nobody knows the partner that pays"),
    # -- Changes, material, returns
    "ORD-CHG-01": ("ORD-CHG-01, not confirmed by the customer", "ORD-CHG-01, made and closed",
                   "ORD-CHG-01, confirmed, but not made", ITSELF + "ORD-CHG-01, at a stage that is not stated)"),
    "ORD-CHG-01-SEQUENCE": ("ORD-CHG-02, refunded, and the void never confirmed",
                            "ORD-CHG-01-SEQUENCE, told when the customer confirmed",
                            "ORD-CHG-01-SEQUENCE, the warehouse told before the customer confirmed",
                            ITSELF + "ORD-CHG-01-SEQUENCE, told, and when the customer confirmed is not stated)"),
    "ORD-CHG-02": ("ORD-CHG-02, to be voided", "ORD-CHG-02, cancelled, and voided",
                   "ORD-CHG-02, cancelled, and the void not confirmed", ITSELF + "ORD-CHG-02, at a stage that is not stated)"),
    "ORD-MAT-01": ("ORD-MAT-01, a request nobody knows", "ORD-MAT-01, all that the request leaves, on its last day",
                   "ORD-MAT-01, the day after its last day", "ORD-MAT-01, a last day that is none"),
    "ORD-MAT-01-LINE": ("ORD-MAT-01, a product that was not asked for",
                        "ORD-MAT-01, all that the request leaves, on its last day",
                        "ORD-MAT-01, a piece more", "ORD-MAT-01, no quantity on the request"),
    "ORD-RET-01": ("ORD-RET-01, an order nobody shipped", "ORD-RET-01, all that is left of what was shipped",
                   "ORD-RET-01, a piece more", "ORD-RET-01, what was shipped is not stated"),
    "ORD-RET-02": ("ORD-RET-02, a reason that is none, on the very day", "ORD-RET-02, unsold, on the last of 30 days",
                   "ORD-RET-02, unsold, a second later in Shanghai", ITSELF + "ORD-RET-02, the day of shipping is not known)"),
    "ORD-RET-03": ("ORD-RET-03, another currency than was invoiced", "ORD-RET-03, just what was paid",
                   "ORD-RET-03, a minor unit more than was paid", "ORD-RET-03, what was paid is not stated"),
    "ORD-RET-03-GIFTS": ("ORD-RET-03-GIFTS, pro rata a gift is due with the fifth piece of 24",
                         "ORD-RET-03-GIFTS, with the fourth piece of 24 there is none",
                         "ORD-RET-03-GIFTS, pro rata a gift is due with the fifth piece of 24",
                         "ORD-RET-03-GIFTS, how much was given is not stated"),
    "ORD-RET-04": ("ORD-RET-04, a recalled lot, whatever reason and period",
                   "ORD-RET-04, the recall opens the day after the run", NO_THRESHOLD,
                   "ORD-RET-04, a day of recall that is none"),
    "ORD-RET-05": ("ORD-RET-05, invoiced", "ORD-RET-05, the red-letter invoice is issued",
                   "ORD-RET-05, it is decided and not issued",
                   "(of an order that is not known ORD-RET-01 holds, and nothing was invoiced: "
                   "ORD-RET-05, no shipped line is known)"),
    # -- What the review itself reports
    "ORD-APR-01": ("ORD-APR-01, by somebody under the role", "ORD-APR-01, by the very role, for the very value", NO_THRESHOLD,
                   ITSELF + "ORD-APR-01, by an actor nobody knows)"),
    "ORD-SYS-01": ("ORD-PTR-01, a partner nobody knows", "a right order", NO_THRESHOLD,
                   ITSELF + "ORD-DOC-04, an order before it of no quantity)"),
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
    """{what the case is run on, as input.lines, datasets.lots or others: its text}, also what it takes from another case."""
    text = texts[name]
    like = re.search(r"^    like: '(.*)'$", text, re.MULTILINE)
    found = stated(texts, like.group(1).replace("''", "'")) if like else {}
    for section, body in re.findall(r"^    (input|datasets):\n((?:      .*\n?)*)", text, re.MULTILINE):
        for key, rest in re.findall(r"^      (\w+):((?:.*)(?:\n        .*)*)", body, re.MULTILINE):
            found[f"{section}.{key}"] = rest
    for rest in re.findall(r"^    others:((?:\n      .*)*)", text, re.MULTILINE):
        found["others"] = rest
    for key in re.findall(r"\w+", "".join(re.findall(r"^    without: \[(.*)\]$", text, re.MULTILINE))):
        found.pop(f"input.{key}", None)
    found["now"] = "".join(re.findall(r"^    now: (.*)$", text, re.MULTILINE)) or found.get("now", "")
    return found


def values(texts, name):
    """Each value that the case is run on, with its place."""
    return Counter((key, value) for key, text in stated(texts, name).items()
                   for value in re.split(r"[,{}\[\]\n]+", text) if value.strip(" -"))


def names(only, rule):
    """Whether `only` names the rule, be it as ORD-PRM-*."""
    return any(fnmatch.fnmatchcase(rule, each.strip()) for each in only.split(","))


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
        """Rules that a case finds."""
        self.assertIn(name, self.cases, "no case of this name in order_review_tests.yaml")
        return {*self.cases[name]}

    def test_every_rule_is_shown(self):
        self.assertEqual({*WAYS}, {*self.rules})

    def test_every_rule_of_the_domain_is_there(self):
        self.assertGreater(len(rules_of_the_domain()), 40)
        self.assertEqual(rules_of_the_domain(), {"-".join(rule.split("-")[:3]) for rule in WAYS})

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
                only = re.search(r"^    only: \[(.*)\]$", self.texts[limit], re.MULTILINE)
                self.assertTrue(only is None or names(only.group(1), rule), limit)
                failures, unreached = run_case(CASES, limit)
                self.assertEqual(failures, [], limit)
                self.assertNotIn(f"rule {rule} was never seen not to fire", unreached, limit)

    @unittest.skipUnless(COMMAND.exists(), "needs bin/assay in the build folder")
    def test_the_rule_itself_asks_for_the_missing_value(self):
        """With all other rules off, the value is missed still."""
        with tempfile.TemporaryDirectory() as folder:
            shutil.copytree(STANDARD, Path(folder) / "standard")
            for rule, (_, _, _, missing) in WAYS.items():
                if missing.startswith("("):
                    continue
                off = [each for each in self.rules if each not in (UNEVALUABLE, rule)]
                site = Path(folder) / f"{rule}.json"
                site.write_text(json.dumps({"name": "site.alone", "imports": ["standard/order_review_tests.yaml"],
                                            "overrides": [{"rule": each, "mode": "MODE_OFF"} for each in off]}))
                with self.subTest(rule):
                    self.assertNotIn(f"no finding of {UNEVALUABLE}", run_case(site, missing)[0], missing)

    def test_a_reason_that_names_a_case_names_one_that_holds(self):
        for rule, ways in WAYS.items():
            for way in ways:
                reason, _, name = way.partition(": ORD-")
                if not way.startswith("(") or not name:
                    continue
                with self.subTest(rule):
                    found = self.found("ORD-" + name.rstrip(")"))
                    self.assertTrue(rule in found if way.startswith(ITSELF) else found, reason)


if __name__ == "__main__":
    unittest.main()
