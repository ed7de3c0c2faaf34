"""In a run of the standard rulebook no order is refused a unit that it could have used and that an order after it got.

Read from what the engine decides of generated days (day_orders.py): orders of several lines and products, in packs and
other units, from one warehouse and from up to ten others, of lots near their expiry and of receipts. What a line could
have used is told as domain page 3.5 does, in products.py and sheet.py. Rules that have to do with neither goods nor gifts are
off, so that most orders go. ASSAY_ORACLE_SEED says which days.
"""

import json
import os
import re
import shutil
import tempfile
import unittest
from collections import Counter
from pathlib import Path
from typing import NamedTuple, Optional

import compare
import day_orders
import day_rows
from products import eligible
from rows import Data, date, day
from sheet import Line, Sheet

ROOT = Path(__file__).resolve().parents[2]
COMMAND = Path(os.environ.get("ASSAY_BUILD", ROOT / "build" / "dev")).resolve() / "bin" / "assay"
STANDARD = ROOT / "rules" / "standard"
SEED = int(os.environ.get("ASSAY_ORACLE_SEED", "1"))
DAYS = 6
PER_DAY = 300


class Taken(NamedTuple):
    """A part that an order got."""
    place: int
    order: str
    product: str
    warehouse: str
    lot: str
    day: date


class Refused(NamedTuple):
    """A part that an order did not get, or gets on a later day."""
    place: int
    line: Line
    day: Optional[date]


def shares(decisions, sheets):
    """What the orders that go took of stock, and what they were refused. One that is delivered whole or not at all could
    have used a unit only with all others, and is passed by."""
    taken, refused = [], []
    for decision in decisions.values():
        sheet, place = sheets[decision["order_id"]], int(decision["priority"])
        if decision["disposition"][12:] not in ("CONFIRMED", "PARTIAL") or sheet.kind == "RETURN":
            continue
        lines = {line.id: line for line in sheet.lines}
        for told in decision["lines"]:
            line = lines[told["line_id"]]
            for part in told.get("parts", []):
                when = day(part, "date")
                if part["kind"] != "KIND_CUT" and when is not None:
                    taken.append(Taken(place, sheet.id, line.row["product_id"],
                                       part.get("warehouse", sheet.warehouses[0]), part.get("lot", ""), when))
                is_whole = sheet.row.get("delivery_policy") in ("COMPLETE", "COMPLETE_LINE")
                if part.get("reason", "").startswith("STOCK_") and not is_whole:
                    refused.append(Refused(place, line, when))
    return taken, refused


def could_have_used(want, got, lots):
    """Whether the refused line might have had the part, by 3.5: from its warehouses by its day, from its own also later
    where it waits."""
    line, sheet = want.line, want.line.sheet
    if got.lot:
        return eligible(line, lots[got.warehouse, got.product, got.lot])
    if line.row.get("requested_lot"):
        return False
    if got.day <= line.delivery_day:
        return True
    policy, until = sheet.row.get("backorder_policy"), day(sheet.row, "backorder_until")
    waits = policy == "KEEP" or policy == "UNTIL" and (until is None or got.day <= until)
    return waits and got.warehouse == sheet.warehouses[0] and (want.day is None or got.day < want.day)


def passed_over(decisions, datasets, orders, seen):
    """One text for each unit that was refused to one order and given to one after it."""
    data = Data(datasets)
    sheets = {order["id"]: Sheet(order, data, day_rows.MOMENT, [], {}) for order in orders}
    lots = {(row["warehouse"], row["product_id"], row["lot"]): row for row in datasets["lots"]}
    taken, refused = shares(decisions, sheets)
    seen["elsewhere"] += sum(got.warehouse != sheets[got.order].warehouses[0] for got in taken)
    for want in refused:
        sheet, product = want.line.sheet, want.line.row["product_id"]
        for got in taken:
            if got.place <= want.place or got.product != product or got.warehouse not in sheet.warehouses:
                continue
            if could_have_used(want, got, lots):
                yield f"{sheet.id}/{want.line.id} was refused what {got.order} got: {got}"
            seen["compared"] += 1
            seen["of several lines"] += len(sheet.lines) > 1
            seen["in packs"] += want.line.row["unit"] != want.line.product["base_unit"]
            seen["too near expiry"] += bool(got.lot) and not want.line.row.get("requested_lot")


@unittest.skipUnless(COMMAND.exists(), "needs bin/assay in the build folder")
class QueueTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        shutil.copytree(STANDARD, Path(folder.name) / "standard")
        rules = re.findall(r"^  - id: (ORD-\S+)$", (STANDARD / "order_review.yaml").read_text(encoding="utf-8"), re.MULTILINE)
        off = [rule for rule in rules if not rule.startswith(("ORD-PRD-", "ORD-STK-01", "ORD-PRM-02-", "ORD-SYS-"))]
        cls.rulebook = Path(folder.name) / "goods.json"
        cls.rulebook.write_text(json.dumps({"name": "site.goods", "imports": ["standard/order_review.yaml"],
                                            "overrides": [{"rule": rule, "mode": "MODE_OFF"} for rule in off]}))

    def decide(self, seed):
        datasets, orders = day_orders.day(seed, PER_DAY)
        return compare.engine(COMMAND, self.rulebook, datasets, orders, day_rows.NOW), datasets, orders

    def test_no_order_is_refused_a_unit_that_one_after_it_got(self):
        seen = Counter()
        for seed in range(SEED, SEED + DAYS):
            self.assertEqual(list(passed_over(*self.decide(seed), seen)), [], f"day {seed}")
        for name in ("compared", "of several lines", "in packs", "elsewhere", "too near expiry"):
            self.assertGreater(seen[name], 5 * DAYS, seen)

    def test_a_queue_the_wrong_way_round_is_noticed(self):
        decisions, datasets, orders = self.decide(SEED)
        for decision in decisions.values():
            decision["priority"] = -int(decision["priority"])
        self.assertGreater(len(list(passed_over(decisions, datasets, orders, Counter()))), 100)


if __name__ == "__main__":
    unittest.main()
