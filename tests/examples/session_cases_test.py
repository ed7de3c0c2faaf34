"""Cases of the standard order review that take several orders and steps: what a commit leaves to those who come later,
an order that comes again, money kept for one purpose, yesterday's open order; and amounts of currencies that have no
minor unit, or three digits of it.

Each partner, product, price and lot is of the case alone (case_day.OwnOrder). It uses libassay of the build in
ASSAY_BUILD (else build/dev) and is skipped where that has none.
"""

import json
import os
import sys
import unittest
from datetime import datetime, timedelta, timezone
from decimal import Decimal

from case_day import COMMAND, ROOT, STANDARD, Day, OwnOrder, generate

LIBRARY = COMMAND.parents[1] / "lib" / "libassay.so"
sys.path.insert(0, str(ROOT / "bindings" / "python"))
os.environ.setdefault("ASSAY_LIBRARY", str(LIBRARY))

import assay  # noqa: E402 (after its path and its library are set)

NOW = datetime(2026, 11, 20, 9, tzinfo=timezone(timedelta(hours=8)))


@unittest.skipUnless(LIBRARY.exists(), "needs lib/libassay.so in the build folder")
class SessionCasesTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.rulebook = assay.Rulebook.load(STANDARD / "order_review.yaml")

    def setUp(self):
        self.day = Day()
        self.own = OwnOrder(self.day)

    def open(self):
        data = {name: [json.dumps(generate.spelled(name, row)) for row in rows] for name, rows in self.day.data.items()
                if name in self.rulebook.datasets}
        session = assay.Session(self.rulebook, assay.Snapshot(self.rulebook, data), now=NOW)
        self.addCleanup(session.close)
        return session

    def add(self, session, *orders):
        for order in orders:
            session.add(json.dumps(generate.spelled("orders", order)))

    def run_of(self, session):
        """What a run decides: disposition, and the rules that decided it, by order."""
        self.decisions = {decision.order_id: decision for decision in session.run().decisions}
        return {order: (decision.disposition, [finding.rule for finding in decision.findings])
                for order, decision in self.decisions.items()}

    def shelf(self, available):
        """So much beside the safety stock of 20."""
        self.own.lot["on_hand"] = str(available + 20)

    def vip(self):
        """A partner of level VIP, otherwise as the case's own, and its order of the same product, sent in later."""
        partner = json.loads(json.dumps(self.own.partner).replace(self.own.id, "Q-VIP"))
        partner["level"] = "VIP"
        self.own.row("partners", partner)
        self.day.partners["Q-VIP"] = partner
        return self.day.desk.settle(self.day.desk.order(900, "Q-VIP", 60, [(self.own.sku, 1)]))

    # -- What a commit leaves ----------------------------------------------------------
    def test_of_orders_in_one_run_the_vip_comes_first_however_late_it_is(self):
        self.shelf(12)
        self.own.settle()
        vip = self.vip()
        with self.open() as session:
            self.add(session, self.own.order, vip)
            self.assertEqual(self.run_of(session), {vip["id"]: ("CONFIRMED", []),
                                                    self.own.order["id"]: ("REJECTED", ["ORD-STK-01"])})

    def test_a_vip_added_after_the_commit_takes_nothing_that_is_firm(self):
        self.shelf(12)
        self.own.settle()
        vip = self.vip()
        with self.open() as session:
            self.add(session, self.own.order)
            firm = self.run_of(session)
            self.assertEqual(firm, {self.own.order["id"]: ("CONFIRMED", [])})
            session.commit()
            self.add(session, vip)
            for _ in range(2):
                self.assertEqual(self.run_of(session), {**firm, vip["id"]: ("REJECTED", ["ORD-STK-01"])})
                session.redistribute()

    def test_a_vip_added_after_the_commit_takes_what_is_left(self):
        self.shelf(17)
        self.own.settle()
        vip = self.vip()
        with self.open() as session:
            self.add(session, self.own.order)
            self.run_of(session)
            session.commit()
            self.add(session, vip)
            self.run_of(session)
        self.assertEqual(self.decisions[self.own.order["id"]].lines[0].confirmed, 12)
        self.assertEqual((self.decisions[vip["id"]].lines[0].confirmed, self.decisions[vip["id"]].lines[0].cut), (5, 7))

    # -- An order that comes again -----------------------------------------------------
    def test_the_same_revision_draws_once_before_a_run_after_it_and_after_the_commit(self):
        self.shelf(24)
        other = self.own.another(submitted_at="2026-11-18T01:00:00Z")
        other["lines"][0].update(quantity="12", unit="PIECE")
        self.own.settle()
        with self.open() as session:
            self.add(session, self.own.order, self.own.order)
            alone = self.run_of(session)
            self.assertEqual(alone, {self.own.order["id"]: ("CONFIRMED", [])})
            self.add(session, self.own.order)
            self.assertEqual(self.run_of(session), alone)
            session.commit()
            self.add(session, self.own.order)
            self.assertEqual(self.run_of(session), alone)
            self.add(session, other)  # what is left is just enough for it
            self.run_of(session)
            self.assertEqual(self.decisions[other["id"]].lines[0].confirmed, 12)
            third = self.own.another(submitted_at="2026-11-17T01:00:00Z")
            third["lines"][0].update(quantity="1", unit="PIECE")
            self.add(session, self.day.desk.settle(third))
            self.run_of(session)
        confirmed = {order: decision.lines[0].confirmed for order, decision in self.decisions.items()}
        self.assertEqual(sum(confirmed.values()), 24, confirmed)

    # -- Money for one purpose ---------------------------------------------------------
    def earmarked(self, amount):
        """A payer who pays before delivery and has left money for one campaign, and an order of each of two partners
        that are to be paid by it."""
        self.own.row("campaigns", id="C-1", currency="CNY", valid_from="2026-11-01", valid_to="2026-11-30")
        second = json.loads(json.dumps(self.own.partner).replace(self.own.id, "Q-2ND"))
        self.own.row("partners", second)
        self.day.partners["Q-2ND"] = second
        payer = json.loads(json.dumps(self.own.partner).replace(self.own.id, "Q-PAY"))
        payer["credit"].update(terms="PREPAID", has_limit=False, receivables="0", delivered_not_invoiced="0",
                               confirmed_not_delivered="0")
        payer["prepayments"] = [{"id": "YS-1", "amount": amount, "unapplied": amount, "currency": "CNY",
                                 "purpose": "CAMPAIGN", "campaign_id": "C-1", "cleared": True}]
        self.own.row("partners", payer)
        first = self.own.order
        other = self.day.desk.order(901, "Q-2ND", 90, [(self.own.sku, 1)])
        for order in (first, other):
            order.update(payer="Q-PAY")
            order["lines"][0]["campaign_id"] = "C-1"
            self.day.desk.settle(order)
        return first, other

    def test_of_two_partners_one_draws_the_earmarked_prepayment_of_their_payer(self):
        first, other = self.earmarked("1200")
        with self.open() as session:
            self.add(session, other, first)
            self.assertEqual(self.run_of(session), {first["id"]: ("CONFIRMED", []),
                                                    other["id"]: ("REJECTED", ["ORD-FIN-01"])})
            session.withdraw(first["id"])
            self.assertEqual(self.run_of(session), {other["id"]: ("CONFIRMED", [])})

    def test_an_earmarked_prepayment_that_covers_two_partners_is_drawn_by_both(self):
        for amount, last in (("2400", ("CONFIRMED", [])), ("2399.99", ("REJECTED", ["ORD-FIN-01"]))):
            self.setUp()
            first, other = self.earmarked(amount)
            with self.open() as session:
                self.add(session, first, other)
                self.assertEqual(self.run_of(session), {first["id"]: ("CONFIRMED", []), other["id"]: last}, amount)

    def test_an_earmarked_prepayment_pays_nothing_else(self):
        first, other = self.earmarked("2400")
        del other["lines"][0]["campaign_id"]
        with self.open() as session:
            self.add(session, first, other)
            self.assertEqual(self.run_of(session), {first["id"]: ("CONFIRMED", []),
                                                    other["id"]: ("REJECTED", ["ORD-FIN-01"])})

    # -- Yesterday's open order --------------------------------------------------------
    def test_what_is_confirmed_and_not_delivered_yet_uses_the_limit(self):
        """50,000 receivable, 12,000 not invoiced, 8,000 of days before, and 1,200 of yesterday's open order."""
        self.own.credit["confirmed_not_delivered"] = "9200"
        self.own.settle()
        for limit, expected in (("72400", ("CONFIRMED", [])), ("72399.99", ("HELD", ["ORD-FIN-03"]))):
            self.own.credit["limit"] = limit
            with self.open() as session:
                self.add(session, self.own.order)
                self.assertEqual(self.run_of(session), {self.own.order["id"]: expected}, limit)

    def test_yesterdays_open_order_in_the_run_counts_once_and_leads(self):
        """It is in the run, and so no longer in what was confirmed before it; the limit is enough for one."""
        self.own.credit["limit"] = "71200"
        yesterday = self.own.another(submitted_at="2026-11-19T09:00:00Z", first_submitted_at="2026-11-18T01:00:00Z",
                                     carried_over=True, ship_to=f"{self.own.id}-2")
        self.own.settle()
        self.own.order["submitted_at"] = "2026-11-17T01:00:00Z"  # before it, and yet after it in the queue
        with self.open() as session:
            self.add(session, self.own.order, yesterday)
            self.assertEqual(self.run_of(session), {yesterday["id"]: ("CONFIRMED", []),
                                                    self.own.order["id"]: ("HELD", ["ORD-FIN-03"])})

    # -- Minor units -------------------------------------------------------------------
    def priced(self, currency, price, net):
        """The case's order in a currency, 10 % off, with the net amount as stated."""
        self.own.price.update(currency=currency, list_price=price)
        self.own.price.pop("floor_price")
        self.own.row("exchange_rates", from_currency=currency, to_currency="CNY", rate="1", valid_from="2026-01-01")
        self.own.order.update(currency=currency, total=net)
        self.own.line.update(unit_price=price, discount_rate="0.1", net_amount=net)

    def test_amounts_are_rounded_half_up_to_the_minor_unit_of_the_currency(self):
        half_up = {"JPY": ("99.583", "1075", "1076"),  # 1075.4964
                   "KWD": ("1.0009", "10.810", "10.811"),  # 10.80972
                   "CNY": ("1.0009", "10.81", "10.82")}
        for currency, (price, right, wrong) in half_up.items():
            for net, rules in ((right, []), (wrong, ["ORD-DOC-02", "ORD-DOC-02-LINE"])):
                self.setUp()
                self.priced(currency, price, net)
                with self.open() as session:
                    self.add(session, self.own.order)
                    found = self.run_of(session)[self.own.order["id"]][1]
                self.assertEqual(sorted(found), rules, (currency, net))
                if not rules:
                    confirmed = self.decisions[self.own.order["id"]].confirmed_amount
                    self.assertEqual(confirmed, Decimal(right), currency)


if __name__ == "__main__":
    unittest.main()
