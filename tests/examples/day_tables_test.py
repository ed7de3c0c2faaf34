"""The sample day's decisions and tables against its files: quantities, amounts and stock worked out a second time; and
the same of days on which stock is scarce.

Which orders are held or rejected is taken from the decisions, whose findings day_review_test.py holds against what was
planted; every figure is computed by day_figures.py. It runs the `assay` command of the build in ASSAY_BUILD (else
build/dev) and is skipped where that has none.
"""

import csv
import json
import os
import subprocess
import sys
import tempfile
import unittest
from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path

sys.dont_write_bytecode = True

import scarce_day  # noqa: E402
from day_figures import TODAY, Day, Shelf  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
COMMAND = Path(os.environ.get("ASSAY_BUILD", ROOT / "build" / "dev")).resolve() / "bin" / "assay"


def short(name):
    """DISPOSITION_HELD: HELD."""
    return name.split("_", 1)[1]


def part_of(line, kind):
    return sum(Decimal(part["quantity"]) for part in line.get("parts", []) if short(part["kind"]) == kind)


def finds(decision, outcome):
    return [f for f in decision.get("findings", []) if short(f["outcome"]) == outcome and not f.get("observed")]


@unittest.skipUnless(COMMAND.exists(), "needs bin/assay in the build folder")
class DayTablesTest(unittest.TestCase):
    seed = None  # of the scarce day; none: the sample day itself

    @classmethod
    def setUpClass(cls):
        with tempfile.TemporaryDirectory() as folder:
            files, out = scarce_day.DAY, Path(folder) / "out"
            if cls.seed is not None:
                files = Path(folder)
                scarce_day.write(files, cls.seed)
            subprocess.run(
                [COMMAND, "review", "--rulebook", ROOT / "rules" / "standard" / "order_review.yaml",
                 "--data", files / "data", "--orders", files / "orders.jsonl", "--now", f"{TODAY}T09:00:00+08:00",
                 "--out", out], check=True, capture_output=True)
            cls.day = Day(files)
            lines = (out / "decisions.jsonl").read_text(encoding="utf-8").splitlines()
            cls.tables = {}
            for path in out.glob("*.csv"):
                with path.open(encoding="utf-8", newline="") as file:
                    cls.tables[path.stem] = list(csv.DictReader(file))
        cls.decisions = {decision["order_id"]: decision for decision in map(json.loads, lines)}
        cls.readable = {name: order for name, order in cls.day.orders.items() if cls.day.is_readable(order)}
        cls.queue = sorted((order for order in cls.readable.values() if order["sold_to"] in cls.day.partners),
                           key=cls.day.place)

    @classmethod
    def disposition(cls, order_id):
        return short(cls.decisions[order_id]["disposition"])

    @classmethod
    def delivers(cls, order_id):
        return cls.disposition(order_id) in ("CONFIRMED", "PARTIAL")

    def comes_back(self, order_id):
        return self.day.orders[order_id]["kind"] == "ORDER_KIND_RETURN"

    def parts(self, kind):
        """Order, line and part of the orders that go out, and of those rejected because nothing of them is left."""
        emptied = {order_id for order_id, decision in self.decisions.items()
                   if self.disposition(order_id) == "REJECTED" and not finds(decision, "REJECT")}
        return [(order_id, line, part) for order_id, decision in self.decisions.items()
                if self.delivers(order_id) or order_id in emptied
                for line in decision["lines"] for part in line.get("parts", []) if short(part["kind"]) == kind]

    def assert_same_rows(self, table, expected):
        """Whatever their order, each as often as expected."""
        columns = list(self.tables[table][0])
        found = Counter(tuple(row[column] for column in columns) for row in self.tables[table])
        self.assertEqual(found, Counter(tuple(row[column] for column in columns) for row in expected))


class QuantitiesTest(DayTablesTest):
    def test_lines_are_those_of_the_order_in_base_units(self):
        for order_id, order in self.readable.items():
            stated = [(line["id"], line["product_id"], self.day.base_quantity(line)) for line in order["lines"]]
            lines = self.decisions[order_id]["lines"]
            self.assertEqual([(l["line_id"], l["product"], Decimal(l["requested"])) for l in lines], stated, order_id)

    def test_parts_add_up_and_each_short_part_has_a_reason(self):
        for order_id, decision in self.decisions.items():
            for line in decision["lines"]:
                sums = [part_of(line, kind) for kind in ("CONFIRMED", "BACKORDERED", "CUT")]
                self.assertEqual([Decimal(line[name]) for name in ("confirmed", "backordered", "cut")], sums, order_id)
                self.assertEqual(Decimal(line["requested"]), sum(sums), order_id)
                for part in line.get("parts", []):
                    self.assertNotEqual(bool(part.get("reason")), short(part["kind"]) == "CONFIRMED", order_id)

    def test_dispositions_follow_from_findings_and_quantities(self):
        for order_id, decision in self.decisions.items():
            kept = sum(part_of(line, "CONFIRMED") + part_of(line, "BACKORDERED") for line in decision["lines"])
            whole = all(part_of(line, "CONFIRMED") == Decimal(line["requested"]) for line in decision["lines"])
            expected = ("REJECTED" if finds(decision, "REJECT") else "HELD" if finds(decision, "HOLD") else
                        "CONFIRMED" if whole else "PARTIAL" if kept else "REJECTED")
            self.assertEqual(self.disposition(order_id), expected, order_id)

    def test_the_queue_is_level_risk_class_first_submission_and_id(self):
        queue = sorted(self.queue, key=lambda order: int(self.decisions[order["id"]]["priority"]))
        self.assertEqual([order["id"] for order in queue], [order["id"] for order in self.queue])
        places = sorted(int(decision["priority"]) for decision in self.decisions.values())
        self.assertEqual(places, list(range(1, len(self.decisions) + 1)))


class StockTest(DayTablesTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shelves, cls.drawn = {}, defaultdict(list)
        for order in cls.queue:
            if cls.disposition(order["id"]) == "REJECTED" or order["kind"] == "ORDER_KIND_RETURN":
                continue
            cls.draw(order)
            if not cls.delivers(order["id"]):  # held: it has seen what it could get, and leaves it
                for _, shelf, parts in cls.drawn[order["id"]]:
                    shelf.give_back(parts)

    @classmethod
    def draw(cls, order):
        """Draws line by line, and again without the gifts that what was drawn does not earn."""
        asked, before = {line["id"]: cls.day.base_quantity(line) for line in order["lines"]}, None
        while asked != before:
            for _, shelf, parts in cls.drawn.pop(order["id"], []):
                shelf.give_back(parts)
            for line in order["lines"]:
                place = order["warehouse"], line["product_id"]
                shelf = cls.shelves.setdefault(place, Shelf(cls.day, *place))
                parts = shelf.draw(order, line, asked[line["id"]]) if cls.day.is_sold(order, line) else []
                cls.drawn[order["id"]].append((line["id"], shelf, parts))
            confirmed = {line: sum(part for kind, part, _ in parts if kind == "CONFIRMED")
                         for line, _, parts in cls.drawn[order["id"]]}
            before = dict(asked)
            for line, kept in cls.day.gifts_kept(order, confirmed).items():
                asked[line] = min(asked[line], kept)

    def test_each_line_gets_what_the_queue_leaves_it(self):
        self.assertGreater(len(self.drawn), 150)
        for order_id, lines in self.drawn.items():
            for (line_id, _, parts), line in zip(lines, self.decisions[order_id]["lines"]):
                stated = [(short(part["kind"]), Decimal(part["quantity"]), part.get("lot", ""), part.get("date", ""))
                          for part in line.get("parts", []) if short(part["kind"]) != "CUT"]
                own = [(kind, part, supply.name if supply and supply.lot else "", supply.day if supply else "")
                       for kind, part, supply in parts]
                self.assertEqual(stated, own, (order_id, line_id))

    def test_the_stock_table_is_what_is_left_on_the_shelves(self):
        drawn = defaultdict(Decimal)
        for order_id, lines in self.drawn.items():
            for _, shelf, parts in lines:
                drawn[shelf] += sum(p for _, p, supply in parts if supply) if self.delivers(order_id) else 0
        table = {tuple(row["account"].split("/")): row for row in self.tables["stock"]}
        self.assertLessEqual(set(self.shelves), set(table))
        stated = set().union(*self.day.stock.values())
        self.assertEqual(set(table), stated | set(self.shelves))
        for place, shelf in self.shelves.items():
            row = table[place]
            figures = [Decimal(row[name]) for name in ("safety", "proposed", "firm", "available_today")]
            self.assertEqual(figures, [shelf.safety, drawn[shelf], 0, shelf.available(TODAY)], place)
            self.assertEqual(row["first_shortage"], shelf.first_shortage(), place)
            if len(shelf.lots) == len(shelf.stated_lots):  # with lots nobody may sell, on hand is more than this
                self.assertEqual(Decimal(row["on_hand"]), shelf.opening, place)

    def test_confirmed_parts_are_merged_for_the_warehouse(self):
        merged = defaultdict(lambda: [Decimal(0), Counter()])
        for order_id, line, part in self.parts("CONFIRMED"):
            if self.comes_back(order_id):
                continue
            sums = merged[line["warehouse"], line["product"], part.get("lot", ""), part["date"]]
            sums[0] += Decimal(part["quantity"])
            sums[1][f"{order_id}/{line['line_id']}"] += 1
        found = {(row["warehouse"], row["product"], row["lot"], row["date"]):
                 [Decimal(row["quantity"]), Counter(row["orders"].split())] for row in self.tables["consolidated"]}
        self.assertEqual(found, merged)
        self.assertEqual(len(found), len(self.tables["consolidated"]))

    def test_goods_that_come_back_are_listed_apart(self):
        self.assert_same_rows("returns", [
            {"order": order_id, "line": line["line_id"], "product": line["product"], "warehouse": line["warehouse"],
             "quantity": part["quantity"]}
            for order_id, line, part in self.parts("CONFIRMED") if self.comes_back(order_id)])
        self.assertTrue(self.tables["returns"])

    def test_cut_and_backorder_lists_hold_every_such_part(self):
        for table, kind in (("cuts", "CUT"), ("backorders", "BACKORDERED")):
            self.assert_same_rows(table, [
                {"order": order_id, "line": line["line_id"], "product": line["product"], "reason": part["reason"],
                 "warehouse": line["warehouse"], "quantity": part["quantity"], "date": part.get("date", "")}
                for order_id, line, part in self.parts(kind)])


class AmountsTest(DayTablesTest):
    def confirmed(self, order_id):
        """What the confirmed quantities come to; none where nothing goes out. Goods that come back ask for no money."""
        if not self.delivers(order_id):
            return None
        if self.comes_back(order_id):
            return Decimal(0)
        quantities = [part_of(line, "CONFIRMED") for line in self.decisions[order_id]["lines"]]
        return self.day.amount(self.day.orders[order_id], quantities)

    def test_orders_come_to_what_their_lines_charges_and_tax_do(self):
        for order_id, order in self.readable.items():
            decision = self.decisions[order_id]
            self.assertEqual(Decimal(decision["amount"]), self.day.amount(order), order_id)
            stated = decision.get("confirmed_amount") or None
            self.assertEqual(stated and Decimal(stated), self.confirmed(order_id), order_id)

    def test_the_order_table_repeats_the_decisions(self):
        self.assert_same_rows("orders", [
            {"order": order_id, "revision": str(order["revision"]), "partner": order["sold_to"],
             "district": order["district"], "currency": order["currency"], "disposition": self.disposition(order_id),
             "amount": self.decisions[order_id].get("amount", ""),
             "confirmed_amount": self.decisions[order_id].get("confirmed_amount", "")}
            for order_id, order in self.day.orders.items()])

    def test_partners_are_told_what_they_ordered_and_get(self):
        sums = defaultdict(lambda: [0, Decimal(0), Decimal(0)])
        for order_id, order in self.day.orders.items():
            own = sums[order["sold_to"], order["currency"]]
            own[0] += 1
            if order_id in self.readable:
                own[1] += self.day.amount(order)
                own[2] += self.confirmed(order_id) or 0
        found = {(row["partner"], row["currency"]): [int(row["orders"]), Decimal(row["ordered"]),
                 Decimal(row["confirmed"])] for row in self.tables["partners"]}
        unreadable = {(order["sold_to"], order["currency"]) for order_id, order in self.day.orders.items()
                      if order_id not in self.readable and self.decisions[order_id].get("amount")}
        self.assertEqual({key: found[key] for key in found if key not in unreadable},
                         {key: sums[key] for key in sums if key not in unreadable})
        self.assertEqual(set(found), set(sums))


class ExceptionsTest(DayTablesTest):
    def test_each_rejected_order_is_listed_in_its_district_with_every_reason(self):
        rejected = [order_id for order_id in self.decisions if self.disposition(order_id) == "REJECTED"]
        self.assert_same_rows("rejections", [
            {"district": self.day.orders[order_id]["district"], "order": order_id, "rule": finding["rule"],
             "partner": self.day.orders[order_id]["sold_to"], "line": finding.get("line_id", ""),
             "reason": finding["reason"], "message_en": finding["message"]["en"],
             "message_zh": finding["message"]["zh"]}
            for order_id in rejected for finding in finds(self.decisions[order_id], "REJECT")] + self.emptied_lines())
        self.assertEqual({row["order"] for row in self.tables["rejections"]}, set(rejected))
        districts = [row["district"] for row in self.tables["rejections"]]
        self.assertEqual(districts, sorted(districts))

    def emptied_lines(self):
        """The cut lines of orders of which nothing is left, with the reason's own text."""
        text = {row["reason"]: (row["message_en"], row["message_zh"]) for row in self.tables["rejections"]
                if not row["rule"]}
        self.assertTrue(all(all(words) for words in text.values()))
        return [{"district": self.day.orders[order_id]["district"], "order": order_id, "rule": "",
                 "partner": self.day.orders[order_id]["sold_to"], "line": line["line_id"], "reason": part["reason"],
                 "message_en": text.get(part["reason"], "?")[0], "message_zh": text.get(part["reason"], "??")[1]}
                for order_id, line, part in self.parts("CUT") if not self.delivers(order_id)]

    def test_each_hold_is_open_for_its_role(self):
        held = [order_id for order_id in self.decisions if self.disposition(order_id) == "HELD"]
        self.assert_same_rows("holds", [
            {"route": finding["route"], "order": order_id, "line": finding.get("line_id", ""), "rule": finding["rule"],
             "reason": finding["reason"], "partner": self.day.orders[order_id]["sold_to"],
             "amount": self.decisions[order_id].get("amount", "")}
            for order_id in held for finding in finds(self.decisions[order_id], "HOLD")])
        self.assertEqual({row["order"] for row in self.tables["holds"]}, set(held))
        routes = [row["route"] for row in self.tables["holds"]]
        self.assertEqual(routes, sorted(routes))


class ScarceQuantitiesTest(QuantitiesTest):
    seed = 2


class ScarceAmountsTest(AmountsTest):
    seed = 1  # an order with a stated rounding goes out in part


class ScarceExceptionsTest(ExceptionsTest):
    seed = 4


class ScarceStockTest(StockTest):
    seed = 3


class ScarcerStockTest(StockTest):
    seed = 4


if __name__ == "__main__":
    unittest.main()
