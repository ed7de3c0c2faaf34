"""Every rule of the standard order review is proven three ways: it fires, passes at the limit, and misses a value.

The cases stand in tables, cases_*.py; each has a partner and a product of its own, so all of them are reviewed in two
runs, one of them under a company's own parameters. Skipped where the build in ASSAY_BUILD (else build/dev) has no assay
command.
"""

import re
import shutil
import tempfile
import unittest
from pathlib import Path

import cases_documents
import cases_funds
import cases_goods
import cases_partners
import cases_prices
import cases_review
from case_day import COMMAND, STANDARD, Day, OwnOrder
from rule_case import COMPANY, FIRES, MISSING, PASSES, UNEVALUABLE

TABLES = (cases_documents, cases_partners, cases_prices, cases_goods, cases_funds, cases_review)
CASES = [case for table in TABLES for case in table.CASES]

RULES = [f"ORD-{part}-{number:02}" for part, numbers in (
    ("DOC", range(1, 5)), ("PTR", range(1, 6)), ("PRC", range(1, 5)), ("PRM", (1, 4)), ("PRD", (1, 3)), ("STK", (1,)),
    ("FIN", (1, 3, 4, 5)), ("APR", (1,)), ("SYS", (1,))) for number in numbers]


def review(cases, rulebook):
    """[(case, its own order, decision of each order)], all cases in one run."""
    day, own = Day(), []
    for case in cases:
        order = OwnOrder(day)
        case.change(order)
        order.settle()
        case.after(order)
        own.append(order)
    decisions = day.review(rulebook=rulebook)
    return [(case, order, decisions) for case, order in zip(cases, own)]


def company_rulebook(folder):
    """A copy of the standard rulebook, in the folder, with the parameters of a company."""
    for file in STANDARD.glob("*.yaml"):
        shutil.copy(file, folder)
    path = Path(folder) / "order_review.yaml"
    text = path.read_text(encoding="utf-8")
    for name, value in COMPANY.items():
        text, found = re.subn(rf'(- name: {name}\n    type: \w+\n    default: )".*"', rf'\g<1>"{value}"', text)
        if found != 1:
            raise AssertionError(f"no parameter {name} in {path.name}")
    path.write_text(text, encoding="utf-8")
    return path


@unittest.skipUnless(COMMAND.exists(), "needs bin/assay in the build folder")
class RuleCasesTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.results = review([case for case in CASES if not case.company], STANDARD / "order_review.yaml")
        with tempfile.TemporaryDirectory() as folder:
            cls.results += review([case for case in CASES if case.company], company_rulebook(folder))

    def check(self, case, own, decisions):
        decision = decisions[own.order["id"]]
        self.assertEqual(rules_found(decision), sorted(case.found), decision)
        for order, found in own.others:
            self.assertEqual(rules_found(decisions[order["id"]]), sorted(found), decisions[order["id"]])
        if UNEVALUABLE in case.found:
            self.check_unevaluable(case, own, decision)
        decided = case.decided or ("CONFIRMED" if not case.found else "HELD" if case.found == [UNEVALUABLE] else None)
        if decided is not None:
            self.assertEqual(decision["disposition"], "DISPOSITION_" + decided, decision)

    def check_unevaluable(self, case, own, decision):
        """One finding, which says what is missing and lists the rule."""
        findings = [finding for finding in decision["findings"] if finding["rule"] == UNEVALUABLE]
        if case.says:
            says = case.says.format(id=own.id, sku=own.sku, order=own.order["id"])
            self.assertEqual([finding["actual"].split(" (")[0] for finding in findings], [says], decision)
        self.assertEqual(len(findings), case.rows, decision)
        if case.rule != UNEVALUABLE:
            self.assertIn(case.rule, {"-".join(rule.split("-")[:3]) for rule in findings[0]["dependents"]})


def rules_found(decision):
    return sorted({finding["rule"] for finding in decision.get("findings", [])})


def add_tests():
    """One test for each rule and group."""
    def test_of(rule, group):
        def test(self):
            for case, own, decisions in self.results:
                if (case.rule, case.group) == (rule, group):
                    with self.subTest(case.name):
                        self.check(case, own, decisions)
        return test

    for rule in RULES:
        for group in (FIRES, PASSES, MISSING):
            name = f"test_{rule.lower().replace('-', '_')}_{group}"
            setattr(RuleCasesTest, name, test_of(rule, group))


add_tests()


class CoverageTest(unittest.TestCase):
    def test_every_rule_has_cases_in_all_three_groups(self):
        covered = {(case.rule, case.group) for case in CASES}
        wanted = {(rule, group) for rule in RULES for group in (FIRES, PASSES, MISSING)}
        self.assertEqual(wanted - covered, set())
        self.assertEqual(covered - wanted, set())

    def test_names_of_cases_are_told_apart(self):
        names = [(case.rule, case.group, case.name) for case in CASES]
        self.assertEqual(len(names), len(set(names)))


if __name__ == "__main__":
    unittest.main()
