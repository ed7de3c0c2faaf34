"""The standard grading against an oracle, on random partners, and monotone where the domain says so.

The oracle (grading.py) says what each partner should get, and the outputs of rules/standard/partner_grading.yaml must be the
same. A partner is drawn with a copy of itself in which one record is better or worse: what the oracle says of both, and so
what the engine gives, must not go the other way.

ASSAY_GRADED_PARTNERS chooses how many partners (else 5,000), ASSAY_ORACLE_SEED which. The library comes from the build in
ASSAY_BUILD (else build/dev), without which the test is skipped.
"""

import copy
import os
import sys
import unittest
from datetime import datetime
from pathlib import Path

import graded_partners
import grading

ROOT = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ.get("ASSAY_BUILD", ROOT / "build" / "dev")).resolve()
sys.path.insert(0, str(ROOT / "bindings" / "python"))
os.environ.setdefault("ASSAY_LIBRARY", str(BUILD / "lib" / "libassay.so"))

import assay  # noqa: E402 (after its path and its library are set)

COUNT = int(os.environ.get("ASSAY_GRADED_PARTNERS", 5000))
SEED = int(os.environ.get("ASSAY_ORACLE_SEED", 20261127))
NOW = datetime.fromisoformat(graded_partners.NOW)


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


def number(text):
    """The value that alone would lift a partner; '-' where none would."""
    return text if text == "-" else grading.Decimal(text)


class Cases:
    """Partners to be graded in one run, with what the oracle says of each."""

    def __init__(self):
        self.periods, self.partners, self.graded = [], {}, {}

    def add(self, period, partners, graded):
        self.periods.append(period)
        self.partners.update((row["id"], row) for row in partners)
        self.graded[period["partner_id"]] = graded


@unittest.skipUnless(Path(os.environ["ASSAY_LIBRARY"]).exists(), "needs lib/libassay.so in the build folder")
class GradingOracleTest(unittest.TestCase):
    maxDiff = None

    def compare(self, rulebook, cases):
        snapshot = assay.Snapshot(rulebook, {"partners": list(cases.partners.values())})
        rows = assay.evaluate(rulebook, snapshot, cases.periods, now=NOW).rows
        self.assertEqual(len(rows), len(cases.graded))
        for row in rows:
            where = f"{row.id} of seed {SEED}"
            self.assertNotIn("GRD-SYS-01", [finding.rule for finding in row.findings], where)
            wanted = cases.graded[row.id]
            got = {name: row.outputs[name] for name in wanted}
            got["reasons"] = list(got["reasons"])
            got["alone_at"] = {name: number(value) for name, value in got["alone_at"].items()}
            self.assertEqual(got, wanted, where)

    def test_the_engine_grades_partners_as_the_oracle_does_and_better_records_never_lower_them(self):
        rulebook = assay.Rulebook.load(str(ROOT / "rules" / "standard" / "partner_grading.yaml"))
        partners = graded_partners.Partners(SEED)
        cases, others, moved = Cases(), Cases(), 0
        for number in range(COUNT):
            period, rows = partners.draw(number)
            by_id = {row["id"]: row for row in rows}
            graded = grading.grade(period, rows[0], by_id, graded_partners.TODAY)
            cases.add(period, rows, graded)
            moved += graded["earned"] != graded["level_before"]
            change, way = CHANGES[number % len(CHANGES)]
            other = change(period)
            if other == period:
                continue
            after = grading.grade(other, rows[0], by_id, graded_partners.TODAY)
            with self.subTest(partner=number, seed=SEED, change=change.__name__):
                self.assertTrue(goes_the_right_way(graded, after, way), (graded, after))
            others.add(other, rows, after)
        self.compare(rulebook, cases)
        self.compare(rulebook, others)
        self.assertGreater(len(others.graded), COUNT // 3)
        self.assertGreater(moved, COUNT // 20)

    def test_the_value_that_alone_lifts_a_partner_does(self):
        """What `alone` says is tried: with 6+1 completed so far, the score reaches the next level's floor and margin."""
        rulebook = assay.Rulebook.load(str(ROOT / "rules" / "standard" / "partner_grading.yaml"))
        partners = graded_partners.Partners(SEED + 1)
        cases = Cases()
        for number in range(COUNT * 2):
            period, rows = partners.draw(number)
            by_id = {row["id"]: row for row in rows}
            graded = grading.grade(period, rows[0], by_id, graded_partners.TODAY)
            wanted = graded["alone_at"].get("six_plus_one", "-")
            if wanted == "-":
                continue
            period["results"] = [{"indicator": "X", "month": period["period_to"][:7], "target": "10000",
                                  "actual": format(wanted * 10000, "f")}]
            lifted = grading.grade(period, rows[0], by_id, graded_partners.TODAY)
            self.assertEqual(lifted["points_lacking"], 0, (number, SEED, wanted, lifted["score"]))
            cases.add(period, rows, lifted)
        self.compare(rulebook, cases)
        self.assertGreater(len(cases.graded), COUNT // 40)


if __name__ == "__main__":
    unittest.main()
