"""Real orders: what the rules find in the Northwind database, held against SQL over that database.

Each line alone under northwind_lines.yaml through the Python package, and the whole under the standard rulebook through
the `assay` command. Both come from the build in ASSAY_BUILD (else build/dev); the test is skipped where these or the
database are absent.
"""

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import unittest
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import northwind

ROOT = northwind.ROOT
BUILD = Path(os.environ.get("ASSAY_BUILD", ROOT / "build" / "dev")).resolve()
COMMAND, LIBRARY = BUILD / "bin" / "assay", BUILD / "lib" / "libassay.so"
sys.path.insert(0, str(ROOT / "bindings" / "python"))
os.environ.setdefault("ASSAY_LIBRARY", str(LIBRARY))

import assay  # noqa: E402 (after its path and its library are set)

# The standard rulebook for a desk of 1998, of whose holidays the standard calendar knows nothing, and which keeps neither
# licences nor letters.
SITE = """
name: northwind.order_review
imports: [standard/order_review.yaml]
calendars:
  - {id: ALWAYS, time_zone: Asia/Shanghai, hours: [{opens: 00:00, closes: 24:00}]}
overrides:
  - {parameter: calendar, default: "'ALWAYS'"}
  - {rule: ORD-PTR-06, mode: OFF}
  - {rule: ORD-PTR-06-LETTER, mode: OFF}
"""

# Where nothing else stops an order, a line gets what the lines before it in the order of priority leave. That order:
# level (a backorder older than a week rises one), open backorders first, risk class, first submission, order.
QUEUE = """
with queue as (
  select line.*, row_number() over (order by
      case level when 'VIP' then 1 when 'A' then 2 when 'B' then 3 else 4 end -
          (carried_over and julianday(:today) - julianday(ordered) > 7),
      not carried_over, risk_class, ordered, order_id) as place
  from line join customer on customer.id = customer_id
), running as (
  select *, coalesce(sum(quantity) over (partition by product_id order by place
                     rows between unbounded preceding and 1 preceding), 0) as earlier
  from queue where :sells_discontinued or not discontinued
)"""

FROM_SHELF = QUEUE + """
select order_id, product_id, quantity, max(0, min(quantity, :times * stock - earlier)) as confirmed
from running"""

# The shelf less what must stay on it comes first, then what is on order: in time for the line, or a backorder.
FROM_SHELF_AND_ORDER = QUEUE + """, shares as (
  select *, max(0, min(quantity, max(0, :times * stock - reserve) - earlier)) as from_shelf,
         max(0, min(quantity, max(0, :times * stock - reserve) + :times * on_order - earlier)) as promised
  from running
)
select order_id, product_id, quantity, wanted >= :due as in_time, from_shelf, promised - from_shelf as from_order
from shares"""


@unittest.skipUnless(northwind.FILE.exists(), northwind.MISSING)
class NorthwindTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.db = northwind.database()
        cls.addClassCleanup(cls.db.close)

    def keyed(self, sql, **parameters):
        """Rows by order and product, as the decisions name them."""
        rows = self.db.execute(sql, parameters).fetchall()
        return {(str(row["order_id"]), str(row["product_id"])): row for row in rows}


@unittest.skipUnless(LIBRARY.exists(), "needs lib/libassay.so in the build folder")
class LinesAloneTest(NorthwindTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        reference = northwind.reference(cls.db)
        datasets = {"products": reference["products"], "lots": reference["lots"],
                    "prices": northwind.list_prices(cls.db)}
        with assay.Rulebook.load(ROOT / "tests" / "real" / "northwind_lines.yaml") as rulebook, \
                assay.Snapshot(rulebook, datasets) as snapshot, \
                assay.Session(rulebook, snapshot, now=northwind.NOW) as session:
            for order in northwind.orders(cls.db, "CANCEL"):
                session.add(order)
            cls.decisions = session.run().decisions

    def found(self, rule):
        """Expected and actual by order and product; no line twice."""
        found = [((decision.order_id, finding.line_id), (finding.expected, finding.actual))
                 for decision in self.decisions for finding in decision.findings if finding.rule == rule]
        self.assertEqual(len(dict(found)), len(found))
        return dict(found)

    def check(self, rule, condition, expected, actual, count):
        """That the rule finds the lines of the condition, all and no other, and reads what SQL reads."""
        stated = self.keyed(f"select *, {expected} as expected, {actual} as actual from line where {condition}")
        found = self.found(rule)
        self.assertEqual(set(found), set(stated))
        self.assertEqual(len(found), count)
        for key, row in stated.items():
            texts = (row["expected"], row["actual"])
            self.assertEqual(tuple(map(Decimal, found[key])), tuple(map(northwind.exact, texts)), key)

    def test_every_order_and_line_is_decided(self):
        lines = [(decision.order_id, line.line_id) for decision in self.decisions for line in decision.lines]
        self.assertEqual((len(self.decisions), len(lines)), (830, 2155))
        self.assertEqual(set(lines), set(self.keyed("select * from line")))

    def test_nothing_is_found_but_by_the_three_rules(self):
        rules = {finding.rule for decision in self.decisions for finding in decision.findings}
        self.assertEqual(rules, {"OFF-LIST", "OVER-STOCK", "DISCONTINUED"})

    def test_lines_off_the_list_price(self):
        self.check("OFF-LIST", "unit_price <> list_price", "list_price", "unit_price", 658)

    def test_lines_over_the_stock(self):
        self.check("OVER-STOCK", "quantity > stock", "stock", "quantity", 790)

    def test_lines_of_discontinued_products(self):
        found = self.found("DISCONTINUED")
        self.assertEqual(set(found), set(self.keyed("select * from line where discontinued")))
        self.assertEqual(len(found), 228)


@unittest.skipUnless(COMMAND.exists(), "needs bin/assay in the build folder")
class StandardReviewTest(NorthwindTest):
    def review(self, backorder_policy, threads=1, shuffled=False, **options):
        """Decisions by order; their very text is kept as well."""
        with tempfile.TemporaryDirectory() as folder:
            folder = Path(folder)
            (folder / "data").mkdir()
            orders = list(northwind.orders(self.db, backorder_policy))
            if shuffled:
                random.Random(threads).shuffle(orders)
            northwind.write(folder / "orders.jsonl", orders)
            for name, rows in northwind.reference(self.db, **options).items():
                northwind.write(folder / "data" / f"{name}.jsonl", rows)
            shutil.copytree(ROOT / "rules" / "standard", folder / "standard")
            (folder / "site.yaml").write_text(SITE, encoding="utf-8")
            subprocess.run(
                [COMMAND, "review", "--rulebook", folder / "site.yaml",
                 "--data", folder / "data", "--orders", folder / "orders.jsonl", "--now", northwind.NOW.isoformat(),
                 "--threads", str(threads), "--out", folder / "out"], check=True, capture_output=True)
            self.text = (folder / "out" / "decisions.jsonl").read_text(encoding="utf-8")
        return {decision["order_id"]: decision for decision in map(json.loads, self.text.splitlines())}

    def shares(self, decisions):
        """Parts of each line as (kind, reason, date): quantity."""
        shares = {}
        for order, decision in decisions.items():
            for line in decision["lines"]:
                parts = defaultdict(int)
                for part in line["parts"]:
                    kind = (part["kind"][len("KIND_"):], part.get("reason", ""), part.get("date", ""))
                    parts[kind] += int(part["quantity"])
                shares[order, line["line_id"]] = dict(parts)
        return shares

    def check_findings(self, decisions, rules):
        """That nothing but `rules` and near repeats, which only tell, was found."""
        found = {finding["rule"] for decision in decisions.values() for finding in decision.get("findings", [])}
        self.assertEqual(found - {"ORD-DOC-04-NEAR"}, rules)

    def check_shares(self, decisions, expected):
        shares = self.shares(decisions)
        self.assertEqual(len(shares), 2155)
        self.assertEqual(set(shares), set(expected))
        for key, parts in expected.items():
            self.assertEqual(shares[key], {kind: quantity for kind, quantity in parts.items() if quantity}, key)

    def check_running_sum(self, times):
        decisions = self.review("CANCEL", times=times)
        rows = self.keyed(FROM_SHELF, times=times, today=str(northwind.NOW.date()), sells_discontinued=False)
        expected = {key: {("CUT", "PRODUCT_DISCONTINUED", ""): row["quantity"]}
                    for key, row in self.keyed("select * from line where discontinued").items()}
        for key, row in rows.items():
            expected[key] = {("CONFIRMED", "", str(northwind.NOW.date())): row["confirmed"],
                             ("CUT", "STOCK_SHORT", ""): row["quantity"] - row["confirmed"]}
        self.check_findings(decisions, {"ORD-PRD-01", "ORD-STK-01"})
        self.check_shares(decisions, expected)
        self.check_orders(decisions, {key: row["confirmed"] for key, row in rows.items()})

    def check_orders(self, decisions, confirmed):
        """Dispositions and values that follow from the confirmed quantities."""
        lines = defaultdict(list)
        for key, row in self.keyed("select * from line").items():
            lines[key[0]].append((row, confirmed.get(key, 0)))
        freight = dict(self.db.execute("select OrderID, Freight from Orders"))
        for order, shares in lines.items():
            decision = decisions[order]
            whole = all(row["quantity"] == part for row, part in shares)
            disposition = "CONFIRMED" if whole else "PARTIAL" if any(part for _, part in shares) else "REJECTED"
            self.assertEqual(decision["disposition"], f"DISPOSITION_{disposition}", order)
            value = sum((northwind.net(row) * part / row["quantity"]).quantize(Decimal("0.01"), ROUND_HALF_UP)
                        for row, part in shares) + northwind.exact(freight[int(order)])
            stated = decision.get("confirmed_amount", "")
            self.assertEqual(Decimal(stated) if stated else None, None if disposition == "REJECTED" else value, order)

    def check_running_sum_with_receipts(self, times):
        decisions = self.review("KEEP", times=times, sells_discontinued=True, keeps_reserve=True, with_receipts=True)
        today, due = str(northwind.NOW.date()), northwind.ON_ORDER_DUE
        rest, promised = {}, {}
        for key, row in self.keyed(
                FROM_SHELF_AND_ORDER, times=times, today=today, due=due, sells_discontinued=True).items():
            coming = ("CONFIRMED", "", due) if row["in_time"] else ("BACKORDERED", "STOCK_BACKORDERED", due)
            promised[key] = {("CONFIRMED", "", today): row["from_shelf"], coming: row["from_order"]}
            rest[key] = row["quantity"] - row["from_shelf"] - row["from_order"]
        self.check_findings(decisions, {"ORD-STK-01"})
        shares = self.shares(decisions)
        self.assertEqual(set(shares), set(promised))
        for key, parts in promised.items():  # with a day; what has none is the rest
            dated = {kind: quantity for kind, quantity in shares[key].items() if kind[2]}
            self.assertEqual(dated, {kind: quantity for kind, quantity in parts.items() if quantity}, key)
            self.assertEqual(sum(shares[key].values()) - sum(dated.values()), rest[key], key)
        kinds = {kind[:1] + kind[2:] for parts in shares.values() for kind in parts if kind[2]}
        self.assertEqual(kinds, {("CONFIRMED", today), ("CONFIRMED", due), ("BACKORDERED", due)})

    def test_short_stock_is_the_running_sum_in_the_order_of_priority(self):
        self.check_running_sum(1)

    def test_with_ten_times_the_stock_it_still_is(self):
        self.check_running_sum(10)

    def test_what_is_on_order_comes_in_time_or_waits_and_the_reserve_stays(self):
        self.check_running_sum_with_receipts(1)

    def test_with_ten_times_on_order_it_still_does(self):
        self.check_running_sum_with_receipts(10)

    def test_threads_and_the_sequence_of_orders_change_no_byte(self):
        self.review("KEEP", times=10, with_receipts=True)
        text = self.text
        for threads in (2, 4):
            self.review("KEEP", threads=threads, shuffled=True, times=10, with_receipts=True)
            self.assertEqual(self.text, text, threads)


if __name__ == "__main__":
    unittest.main()
