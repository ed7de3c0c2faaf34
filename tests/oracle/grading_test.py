"""The standard grading against an oracle, on random partners, and monotone where the domain says so.

The oracle (grading.py) says what each partner should get; the cases are written as tests of a rulebook that imports the
standard one, and `assay test` compares. A partner is drawn with copies of itself in which one record is better or worse:
what the oracle says of both, and so what the engine gives, must not go the other way.

ASSAY_GRADED_PARTNERS chooses how many partners (5,000 show it at length), ASSAY_ORACLE_SEED which. Skipped where the build
in ASSAY_BUILD (else build/dev) has no assay command.
"""

import copy
import json
import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

import graded_partners
import grading

ROOT = Path(__file__).resolve().parents[2]
COMMAND = Path(os.environ.get("ASSAY_BUILD", ROOT / "build" / "dev")).resolve() / "bin" / "assay"
STANDARD = ROOT / "rules" / "standard"
COUNT = int(os.environ.get("ASSAY_GRADED_PARTNERS", 200))
SEED = int(os.environ.get("ASSAY_ORACLE_SEED", 20261127))
CASES_PER_FILE = 250


def with_months(period, change):
    changed = copy.deepcopy(period)
    for month in changed.get("months", ()):
        if month["month"] == period["period_to"][:7] and "sales" in month:
            change(month)
    return changed


def more_sales(period):
    def change(month):
        month["sales"] = str(int(month["sales"]) + 7000)
    return with_months(period, change)


def lower_target(period):
    def change(month):
        if grading.Decimal(month.get("sales_target", 0)) > 1000:
            month["sales_target"] = "70000"
    changed = with_months(period, change)
    lowered = all(grading.Decimal(m.get("sales_target", 0)) <= grading.Decimal(o.get("sales_target", 0))
                  for m, o in zip(changed.get("months", ()), period.get("months", ())))
    return changed if lowered else period


def less_sales_before(period):
    """Less of a year ago is more growth."""
    changed = copy.deepcopy(period)
    for month in changed.get("months", ()):
        if month["month"] == grading.month_before(period["period_to"][:7], 12) and int(month.get("sales", 0)) > 10:
            month["sales"] = str(int(month["sales"]) * 9 // 10)
    return changed


def paid_on_time(period):
    changed = copy.deepcopy(period)
    for item in changed.get("receivables", ()):
        if "paid_date" not in item or item["paid_date"] > item["due_date"]:
            item["paid_date"] = item["due_date"]
            break
    return changed


def overdue_for_longer(period):
    """An unpaid item of before the period, which no punctuality counts, is due for longer."""
    changed = copy.deepcopy(period)
    for item in changed.get("receivables", ()):
        if "paid_date" not in item and item["due_date"] < period["period_from"]:
            item["due_date"] = str(grading.day(item["due_date"]) - graded_partners.datetime.timedelta(40))
            break
    return changed


def overdue_by_more(period):
    changed = copy.deepcopy(period)
    for item in changed.get("receivables", ()):
        if "paid_date" not in item and item["due_date"] < period["period_from"]:
            item["amount"] = "99999"
            break
    return changed


def accepted_order(period):
    changed = copy.deepcopy(period)
    for order in changed.get("orders", ()):
        if order.get("rejected") and not order.get("cancelled"):
            del order["rejected"]
            break
    return changed


def upheld_complaint(period):
    changed = copy.deepcopy(period)
    changed.setdefault("complaints", []).append(
        {"id": "NEW", "against": "COMPLAINT_TARGET_PARTNER", "against_id": period["partner_id"], "subject": "TERRITORY",
         "events": [{"at": period["period_to"] + "T02:00:00Z", "state": "COMPLAINT_STATE_DECIDED",
                     "decision": "COMPLAINT_DECISION_ACCEPTED"}]})
    return changed


def new_order(period, **more):
    changed = copy.deepcopy(period)
    changed.setdefault("orders", []).append(
        {"order_id": "NEW", "submitted_at": period["period_to"] + "T02:00:00Z", **more})
    return changed


def rejected_order(period):
    return new_order(period, rejected=True)


def one_more_order(period):
    return new_order(period)


def unpaid_item(period):
    changed = copy.deepcopy(period)
    changed.setdefault("receivables", []).append(
        {"id": "NEW", "due_date": period["period_from"], "amount": "700", "currency": "CNY"})
    return changed


def complaint_of_its_own(period):
    changed = copy.deepcopy(period)
    changed.setdefault("complaints", []).append(
        {"id": "OWN", "complainant_kind": "COMPLAINANT_KIND_PARTNER", "complainant_id": period["partner_id"],
         "partner_id": period["partner_id"], "against": "COMPLAINT_TARGET_DEPARTMENT", "against_id": "KF",
         "subject": "TERRITORY", "events": [{"at": period["period_to"] + "T02:00:00Z",
                                             "state": "COMPLAINT_STATE_DECIDED",
                                             "decision": "COMPLAINT_DECISION_ACCEPTED"}]})
    return changed


def more_of_an_indicator(period):
    changed = copy.deepcopy(period)
    for result in changed.get("results", ()):
        result["actual"] = str(int(result.get("actual", 0)) + 2)
        break
    return changed


# The change, and which way it may move score and levels: up, down, or not at all.
CHANGES = ((more_sales, 1), (lower_target, 1), (less_sales_before, 1), (paid_on_time, 1), (overdue_for_longer, -1),
           (overdue_by_more, -1), (accepted_order, 1), (upheld_complaint, -1), (complaint_of_its_own, 0),
           (more_of_an_indicator, 1), (rejected_order, -1), (one_more_order, 1), (unpaid_item, -1))


def rank(graded):
    return grading.LEVELS.index(graded["earned"]), grading.LEVELS.index(graded["effective"])


def goes_the_right_way(before, after, way):
    """Whether better records never lower a score or a level, nor worse ones raise it, whatever data come or go."""
    pairs = [(before["score"] or 0, after["score"] or 0), *zip(rank(before), rank(after))]
    if way == 0:
        return all(a == b for a, b in pairs)
    return all((b - a) * way >= 0 for a, b in pairs)


def text(value):
    return str(value).lower() if isinstance(value, bool) else format(value, "f") if not isinstance(value, str) else value


def expectations(graded):
    """What the engine must give, as values of a test."""
    named = [("rated", graded["rated"]), ("band", graded["band"]), ("level_before", graded["level_before"]),
             ("earned", graded["earned"]), ("effective", graded["effective"]),
             ("points_lacking", graded["points_lacking"]), ("score", graded["score"] or grading.Decimal(0))]
    yield from (("period." + name, value) for name, value in named)
    yield "size(period.confirmed) == 0", graded["proposal"]
    yield "quotient(period.data_weight, period.weight, 4)", graded["coverage"]
    yield "period.rated ? period.card.reasons.join(' ') : ''", " ".join(graded["reasons"])
    yield "period.with_data.join(' ')", " ".join(n for n in grading.CHARACTERISTICS if n in graded["measures"])
    for name in graded["measures"]:
        yield "period." + name, graded["measures"][name]
        yield "period.%s_row.partial_score" % name, graded["points"][name]
        yield "period.%s_lost" % name, graded["points_lost"][name]
        yield "period.%s_alone" % name, graded["alone_at"][name]


def case(name, period, partners, graded):
    return {"name": name, "only": ["GRD-SYS-01"], "now": graded_partners.NOW, "input": period, "datasets": {"partners": partners},
            "values": [{"expression": expression, "value": text(value)} for expression, value in expectations(graded)]}


@unittest.skipUnless(COMMAND.exists(), "no assay command")
class GradingOracleTest(unittest.TestCase):

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        for file in STANDARD.glob("*.yaml"):
            shutil.copy(file, self.folder)

    def run_cases(self, cases):
        for first in range(0, len(cases), CASES_PER_FILE):
            path = self.folder / "cases.json"
            path.write_text(json.dumps({"name": "test.cases", "imports": ["partner_grading.yaml"],
                                        "tests": cases[first:first + CASES_PER_FILE]}))
            run = subprocess.run([str(COMMAND), "test", str(path)], capture_output=True, text=True, check=False)
            self.assertEqual(run.returncode, 0, (run.stderr + run.stdout)[:4000])

    def test_the_engine_grades_partners_as_the_oracle_does_and_better_records_never_lower_them(self):
        partners = graded_partners.Partners(SEED)
        cases, changed, moved = [], 0, 0
        for number in range(COUNT):
            period, rows = partners.draw(number)
            by_id = {row["id"]: row for row in rows}
            graded = grading.grade(period, rows[0], by_id, graded_partners.TODAY)
            cases.append(case("%s %d" % (period["partner_id"], SEED), period, rows, graded))
            moved += graded["earned"] != graded["level_before"]
            change, way = CHANGES[number % len(CHANGES)]
            other = change(period)
            if other == period:
                continue
            after = grading.grade(other, rows[0], by_id, graded_partners.TODAY)
            changed += 1
            with self.subTest(partner=number, seed=SEED, change=change.__name__):
                self.assertTrue(goes_the_right_way(graded, after, way), (graded, after))
            cases.append(case("%s %s" % (period["partner_id"], change.__name__), other, rows, after))
        self.run_cases(cases)
        self.assertGreater(changed, COUNT // 3)
        self.assertGreater(moved, COUNT // 20)

    def test_the_value_that_alone_lifts_a_partner_does(self):
        """What `alone` says is tried: with 6+1 completed so far, the score reaches the next level's floor and margin."""
        partners = graded_partners.Partners(SEED + 1)
        cases = []
        for number in range(COUNT * 2):
            period, rows = partners.draw(number)
            by_id = {row["id"]: row for row in rows}
            graded = grading.grade(period, rows[0], by_id, graded_partners.TODAY)
            wanted = graded["alone_at"].get("six_plus_one", "-")
            if wanted == "-":
                continue
            period["results"] = [{"indicator": "X", "month": period["period_to"][:7], "target": "10000",
                                  "actual": text(wanted * 10000)}]
            lifted = grading.grade(period, rows[0], by_id, graded_partners.TODAY)
            self.assertEqual(lifted["points_lacking"], 0, (number, SEED, wanted, lifted["score"]))
            cases.append(case("%s %d" % (period["partner_id"], SEED + 1), period, rows, lifted))
        self.run_cases(cases)
        self.assertGreater(len(cases), COUNT // 40)


if __name__ == "__main__":
    unittest.main()
