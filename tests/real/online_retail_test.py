"""Real invoices: what the rules find in ten days of Online Retail, held against a count of the rows themselves.

Under online_retail_lines.yaml, and under the standard rulebook at once and day by day. The library is that of the build
in ASSAY_BUILD (else build/dev); the test is skipped where it or the days are absent.
"""

import datetime as dt
import os
import shutil
import sys
import tempfile
import unittest
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import online_retail

ROOT = online_retail.ROOT
BUILD = Path(os.environ.get("ASSAY_BUILD", ROOT / "build" / "dev")).resolve()
LIBRARY = BUILD / "lib" / "libassay.so"
sys.path.insert(0, str(ROOT / "bindings" / "python"))
os.environ.setdefault("ASSAY_LIBRARY", str(LIBRARY))

import assay  # noqa: E402 (after its path and its library are set)

# The standard rulebook for a desk in London, of whose holidays the standard calendar knows nothing, and which keeps
# neither licences nor letters.
SITE = """
name: online_retail.order_review
imports: [standard/order_review.yaml]
time_zone: Europe/London
calendars:
  - {id: ALWAYS, time_zone: Europe/London, hours: [{opens: 00:00, closes: 24:00}]}
overrides:
  - {parameter: calendar, default: "'ALWAYS'"}
  - {rule: ORD-PTR-06, mode: OFF}
  - {rule: ORD-PTR-06-LETTER, mode: OFF}
"""


class Count:
    """What a plain pass over the rows finds. Lines are (invoice, number from 1), as the orders number them."""

    def __init__(self, rows):
        self.lines = []  # of each row
        self.surplus = set()  # all but the first of rows that are equal in every column
        last, seen = Counter(), set()
        for row in rows:
            last[row["InvoiceNo"]] += 1
            self.lines.append((row["InvoiceNo"], str(last[row["InvoiceNo"]])))
            if tuple(row.values()) in seen:
                self.surplus.add(self.lines[-1])
            seen.add(tuple(row.values()))
        self.rows = dict(zip(self.lines, rows))
        self.invoices = online_retail.invoices(rows)
        self.cancelled = {invoice for invoice in self.invoices if invoice[0] == "C"}
        self.sent = {invoice: online_retail.sent(rows) for invoice, rows in self.invoices.items()}

    def where(self, condition):
        return {line for line, row in self.rows.items() if condition(row)}

    def _earlier(self, invoice):
        """Invoices that the customer was sent within the day before this one, none that is cancelled, in the order of
        time; of one moment the lower number is the earlier."""
        customer = self.invoices[invoice][0]["CustomerID"]
        for other in sorted(self.invoices, key=lambda other: (self.sent[other], other)):
            rows = self.invoices[other]
            if (rows[0]["CustomerID"] == customer != "" and other not in self.cancelled and
                    (self.sent[other], other) < (self.sent[invoice], invoice) and
                    self.sent[invoice] - self.sent[other] <= dt.timedelta(hours=24)):
                yield other

    def repeats(self):
        """Earlier invoices by the invoice that sends the same products, in the same quantities, to the same country."""
        asked = {invoice: (rows[0]["Country"], sorted((row["StockCode"], int(row["Quantity"])) for row in rows))
                 for invoice, rows in self.invoices.items()}
        found = {invoice: [other for other in self._earlier(invoice) if asked[other] == asked[invoice]]
                 for invoice in self.invoices}
        return {invoice: others for invoice, others in found.items() if others}

    def near_repeats(self):
        """Of what repeats nothing: earlier invoices with four fifths of all products in common and a total that is
        within a twentieth."""
        products = {invoice: {row["StockCode"] for row in rows} for invoice, rows in self.invoices.items()}
        totals = {invoice: sum(map(online_retail.net, rows)) for invoice, rows in self.invoices.items()}
        found, repeats = {}, self.repeats()
        for invoice in self.invoices:
            found[invoice] = [
                other for other in self._earlier(invoice) if invoice not in repeats and
                5 * len(products[invoice] & products[other]) >= 4 * len(products[invoice] | products[other]) and
                20 * abs(totals[invoice] - totals[other]) <= totals[invoice]]
        return {invoice: others for invoice, others in found.items() if others}


@unittest.skipUnless(online_retail.FOLDER.exists(), online_retail.MISSING)
class OnlineRetailTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.rows = online_retail.rows()
        cls.count = Count(cls.rows)

    def lines(self, rule, decisions=None):
        """Lines on which the rule was found; none twice."""
        found = [(decision.order_id, finding.line_id) for decision in decisions or self.decisions
                 for finding in decision.findings if finding.rule == rule]
        self.assertEqual(len(set(found)), len(found))
        return set(found)

    def named(self, rule, decisions=None):
        """What the rule names, by the order it was found on."""
        return {decision.order_id: finding.actual.split(", ") for decision in decisions or self.decisions
                for finding in decision.findings if finding.rule == rule}


def five(named):
    """As the standard rulebook names orders: five of the last six, and how many there are if there are more."""
    return {order: others if len(others) <= 5 else others[-6:][:5] + [f"… ({len(others)})"]
            for order, others in named.items()}


class DataTest(OnlineRetailTest):
    def test_the_rows_are_those_that_others_counted(self):
        counts = (len(self.rows), len(self.count.invoices), len(self.count.cancelled),
                  len(self.count.where(lambda row: Decimal(row["UnitPrice"]) == 0)), len(self.count.surplus),
                  len(self.count.where(lambda row: not row["CustomerID"])))
        self.assertEqual(counts, (26732, 1230, 150, 185, 408, 9032))

    def test_an_order_has_every_row_of_its_invoice(self):
        stated = {(order["id"], line["id"]): (line["product_id"], line["quantity"], line["unit_price"])
                  for order in online_retail.orders(self.rows) for line in order["lines"]}
        self.assertEqual(stated, {line: (row["StockCode"], row["Quantity"], row["UnitPrice"])
                                  for line, row in self.count.rows.items()})


@unittest.skipUnless(LIBRARY.exists(), "needs lib/libassay.so in the build folder")
class LinesAloneTest(OnlineRetailTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with assay.Rulebook.load(ROOT / "tests" / "real" / "online_retail_lines.yaml") as rulebook, \
                assay.Snapshot(rulebook, {}) as snapshot, \
                assay.Session(rulebook, snapshot, now=online_retail.NOW, threads=2) as session:
            for order in online_retail.orders(cls.rows):
                session.add(order)
            cls.decisions = session.run().decisions

    def test_every_invoice_and_row_is_decided(self):
        decided = [(decision.order_id, line.line_id) for decision in self.decisions for line in decision.lines]
        self.assertEqual(sorted(decided), sorted(self.count.lines))

    def test_cancelled_invoices(self):
        self.assertEqual(self.lines("CANCELLED"), {(invoice, "") for invoice in self.count.cancelled})

    def test_lines_at_a_price_of_zero(self):
        self.assertEqual(self.lines("ZERO-PRICE"), self.count.where(lambda row: Decimal(row["UnitPrice"]) == 0))

    def test_surplus_lines(self):
        self.assertEqual(self.lines("SURPLUS"), self.count.surplus)

    def test_lines_without_a_customer(self):
        self.assertEqual(self.lines("NO-CUSTOMER"), self.count.where(lambda row: not row["CustomerID"]))

    def test_repeats_within_a_day(self):
        self.assertEqual(self.named("REPEATED"), self.count.repeats())
        self.assertEqual(len(self.named("REPEATED")), 17)


@unittest.skipUnless(LIBRARY.exists(), "needs lib/libassay.so in the build folder")
class StandardReviewTest(OnlineRetailTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with tempfile.TemporaryDirectory() as folder:
            shutil.copytree(ROOT / "rules" / "standard", Path(folder) / "standard")
            site = Path(folder) / "site.yaml"
            site.write_text(SITE, encoding="utf-8")
            cls.rulebook = assay.Rulebook.load(site)
        cls.snapshot = assay.Snapshot(cls.rulebook, online_retail.reference(cls.rows))
        cls.decisions = cls.review(cls.snapshot, cls.rows, online_retail.NOW)

    @classmethod
    def review(cls, snapshot, rows, now):
        with assay.Session(cls.rulebook, snapshot, now=now, threads=2) as session:
            for order in online_retail.orders(rows):
                session.add(order)
            return session.run().decisions

    def fields(self, reason):
        """Fields that ORD-DOC-01 names under a reason, by order."""
        return {decision.order_id: finding.actual for decision in self.decisions for finding in decision.findings
                if (finding.rule, finding.reason) == ("ORD-DOC-01", reason)}

    def test_nothing_is_found_but_what_the_rows_show(self):
        rules = {finding.rule for decision in self.decisions for finding in decision.findings}
        self.assertEqual(rules, {"ORD-DOC-01", "ORD-DOC-01-LINE", "ORD-DOC-03", "ORD-DOC-04", "ORD-DOC-04-NEAR",
                                 "ORD-DOC-06", "ORD-PRC-01", "ORD-PRC-03", "ORD-PRM-04", "ORD-SYS-01"})

    def test_lines_and_totals_add_up(self):
        for rule in ("ORD-DOC-02", "ORD-DOC-02-LINE"):
            self.assertEqual(self.lines(rule), set())
        for decision in self.decisions:
            self.assertEqual(decision.amount, sum(map(online_retail.net, self.count.invoices[decision.order_id])))

    def test_a_total_that_is_a_penny_off_is_found(self):
        order, = online_retail.orders(self.count.invoices["536365"])
        order["total"] = str(Decimal(order["total"]) + Decimal("0.01"))
        with assay.Session(self.rulebook, self.snapshot, now=online_retail.NOW) as session:
            session.add(order)
            decision, = session.run().decisions
        wrong, = (finding for finding in decision.findings if finding.rule == "ORD-DOC-02")
        self.assertEqual((Decimal(wrong.expected), Decimal(wrong.actual)), (Decimal("139.12"), Decimal("139.13")))

    def test_cancelled_invoices_are_at_a_stage_that_is_not_reviewed(self):
        at_stage = {order for order, fields in {**self.fields("FIELD_INVALID"), **self.fields("FIELD_MISSING")}.items()
                    if "stage: CANCELLED" in fields.split("; ")}
        self.assertEqual(at_stage, self.count.cancelled)

    def test_invoices_without_a_customer_lack_a_field_and_no_partner_is_judged(self):
        without = {invoice for invoice, _ in self.count.where(lambda row: not row["CustomerID"])}
        missing = self.fields("FIELD_MISSING")
        self.assertEqual({order for order, fields in missing.items() if fields.split("; ")[0] == "sold_to"}, without)
        self.assertEqual(set(missing), without)
        unevaluable = {decision.order_id: finding.dependents for decision in self.decisions
                       for finding in decision.findings if finding.rule == "ORD-SYS-01"}
        self.assertEqual(set(unevaluable), without)
        self.assertTrue(all("ORD-PTR-01" in rules for rules in unevaluable.values()))
        lines = sum(len(self.count.invoices[invoice]) for invoice in without)
        self.assertEqual(lines, 9032)

    def test_quantities_below_zero_cannot_be_ordered(self):
        below = self.count.where(lambda row: int(row["Quantity"]) < 0)
        self.assertEqual(self.lines("ORD-DOC-03"), below)
        self.assertEqual(self.lines("ORD-DOC-01-LINE"), self.count.where(lambda row: online_retail.net(row) < 0))
        self.assertLess({line for line in below if line[0] in self.count.cancelled}, below)

    def test_lines_at_a_price_of_zero(self):
        self.assertEqual(self.lines("ORD-PRM-04"), self.count.where(lambda row: Decimal(row["UnitPrice"]) == 0))

    def test_lines_off_the_list_price(self):
        prices = dict(online_retail.list_prices(self.rows))
        self.assertEqual(self.lines("ORD-PRC-01"), self.count.where(
            lambda row: row["CustomerID"] and Decimal(row["UnitPrice"]) not in (0, prices.get(row["StockCode"]))))

    def test_lines_more_than_15_percent_under_the_list_price(self):
        prices = dict(online_retail.list_prices(self.rows))

        def is_under(row):
            if not row["CustomerID"] or Decimal(row["UnitPrice"]) == 0 or int(row["Quantity"]) < 0:
                return False
            least = int(row["Quantity"]) * prices[row["StockCode"]] * Decimal("0.85")
            return online_retail.net(row) < least.quantize(Decimal("0.01"), ROUND_HALF_UP)

        self.assertEqual(self.lines("ORD-PRC-03"), self.count.where(is_under))

    def test_surplus_lines(self):
        self.assertEqual(self.lines("ORD-DOC-06"), self.count.surplus)

    def test_repeats_within_a_day(self):
        self.assertEqual(self.named("ORD-DOC-04"), five(self.count.repeats()))
        self.assertEqual(self.named("ORD-DOC-04-NEAR"), five(self.count.near_repeats()))

    def test_an_invoice_without_any_of_these_is_confirmed(self):
        found = {decision.order_id: {finding.rule for finding in decision.findings} - {"ORD-DOC-04-NEAR"}
                 for decision in self.decisions}
        holds = {"ORD-DOC-04", "ORD-DOC-06", "ORD-PRC-03"}
        expected = {order: "CONFIRMED" if not rules else "HELD" if rules <= holds else "REJECTED"
                    for order, rules in found.items()}
        self.assertEqual({decision.order_id: decision.disposition for decision in self.decisions}, expected)
        self.assertEqual(set(expected.values()), {"CONFIRMED", "HELD", "REJECTED"})

    def test_day_by_day_the_repeats_are_the_same(self):
        days = {}
        for row in self.rows:
            days.setdefault(row["InvoiceDate"][:10], []).append(row)
        self.assertEqual(len(days), 10)
        before, repeats, near, surplus = [], {}, {}, set()
        for day, rows in days.items():
            evening = dt.datetime.fromisoformat(f"{day}T21:00:00+00:00")
            decisions = self.review(self.snapshot.over({"recent_orders": online_retail.recent(before)}), rows, evening)
            repeats.update(self.named("ORD-DOC-04", decisions))
            near.update(self.named("ORD-DOC-04-NEAR", decisions))
            surplus |= self.lines("ORD-DOC-06", decisions)
            before += rows
        self.assertEqual((repeats, near, surplus),
                         (five(self.count.repeats()), five(self.count.near_repeats()), self.count.surplus))


if __name__ == "__main__":
    unittest.main()
