"""Further cases of the standard order review, one day of their own: limits met and passed, other kinds of order, data
that are missing or contradict each other.

Each case states the whole set of rules that must find something. Skipped where the build in ASSAY_BUILD (else
build/dev) has no assay command.
"""

import unittest
from decimal import Decimal

from case_day import COMMAND, Day


@unittest.skipUnless(COMMAND.exists(), "needs bin/assay in the build folder")
class OrderCasesTest(unittest.TestCase):
    def setUp(self):
        self.day = Day()

    def check(self, *options):
        decisions = self.day.review(*options)
        for order, rules in self.day.expected.items():
            found = sorted({finding["rule"] for finding in decisions[order].get("findings", [])})
            self.assertEqual(found, rules, decisions[order])
        return decisions

    def test_credit_is_shared_by_the_orders_of_a_run_and_exactly_the_limit_passes(self):
        order = self.day.add("P-037", [("SKU-0101", 1)], [])
        self.day.partners["P-037"]["credit"]["limit"] = str(70000 + Decimal(order["total"]))
        self.day.add("P-037", [("SKU-0102", 1)], ["ORD-FIN-03"])
        self.check()

    def test_without_a_limit_credit_is_not_checked(self):
        credit = self.day.partners["P-014"]["credit"]
        credit.update(terms="CREDIT", has_limit=False, receivables="99999999")
        credit.pop("limit", None)
        self.day.add("P-014", [("SKU-0117", 1)], [])
        self.check()

    def test_unknown_limit_and_other_payers(self):
        del self.day.partners["P-013"]["credit"]["has_limit"]
        self.day.add("P-013", [("SKU-0116", 1)], ["ORD-FIN-05"])
        self.day.add("P-012", [("SKU-0114", 1)], ["ORD-FIN-04"], payer="P-038")
        self.day.add("P-012", [("SKU-0115", 1)], ["ORD-SYS-01"], payer="P-777")
        self.check()

    def test_money_of_an_answer_is_used_up(self):
        first = self.day.add("P-036", [("SKU-0131", 5)], [])
        self.day.add("P-036", [("SKU-0132", 5)], ["ORD-FIN-01"])
        self.day.data["funds_confirmations"].append({
            "id": "CK-1", "partner_id": "P-036", "status": "FUNDED", "amount": first["total"], "currency": "CNY",
            "confirmed_by": "S-04", "confirmed_at": "2026-11-20T00:30:00Z"})
        self.check()

    def test_the_floor_counts_free_quantity(self):
        self.day.add("P-002", [("SKU-0104", 1)], ["ORD-PRC-02", "ORD-PRM-02"],
                     lambda order: self.day.desk.gift(order, order["lines"][0], "SKU-0104", 36))
        self.check()

    def test_two_prices_in_force_or_none_in_the_unit_are_refused(self):
        row = next(r for r in self.day.data["prices"] if r["product_id"] == "SKU-0105" and r["price_group"] == "G1")
        self.day.data["prices"].append({**row, "valid_from": "2026-08-01"})
        self.day.add("P-004", [("SKU-0105", 1)], ["ORD-PRC-04"])
        self.day.add("P-018", [("SKU-0123", 1)], ["ORD-PRC-04"], lambda order: order["lines"][0].pop("price_unit"))
        self.check()

    def test_discounts_of_line_and_order_add_up(self):
        order = self.day.add("P-016", [("SKU-0119", 2), ("SKU-0120", 1), ("SKU-0121", 1)], [], order_discount="1.00")
        self.day.add("P-017", [("SKU-0122", 2)], [], lambda o: o["lines"][0].update(discount_amount="0.5"))
        decisions = self.check()
        self.assertEqual(Decimal(decisions[order["id"]]["confirmed_amount"]), Decimal(order["total"]))

    def test_a_backorder_waits_until_its_day_and_is_cut_after_it(self):
        short = {"delivery_policy": "PARTIAL", "backorder_policy": "UNTIL"}
        cut = self.day.add("P-006", [("SKU-0286", 4)], ["ORD-STK-01"], backorder_until="2026-12-04", **short)
        waits = self.day.add("P-008", [("SKU-0286", 4)], ["ORD-STK-01"], backorder_until="2026-12-05", **short)
        waits["warehouse"] = "WH-CD" if cut["warehouse"] == "WH-MY" else "WH-MY"
        decisions = self.check()
        self.assertEqual(decisions[cut["id"]]["lines"][0]["backordered"], "0")
        self.assertEqual(decisions[waits["id"]]["lines"][0]["backordered"], "18")

    def test_kinds_have_their_own_rules(self):
        self.day.data["complaints"].append({"id": "TS-1"})
        self.day.add("P-007", [("SKU-0107", 1)], [], kind="REPLACEMENT", reference_document="TS-1")
        self.day.add("P-007", [("SKU-0108", 1)], ["ORD-DOC-01"], kind="REPLACEMENT")
        self.day.data["material_requests"].append({
            "id": "BC-1", "partner_id": "P-033", "status": "APPROVED", "lines": [{"product_id": "SKU-0109", "quantity": "12"}]})
        self.day.add("P-033", [("SKU-0109", 1)], [], kind="MATERIAL", reference_document="BC-1")
        self.day.data["shipped_lines"].append({
            "order_id": "SO-1", "line_id": "7", "sold_to": "P-033", "product_id": "SKU-0110", "shipped_quantity": "24",
            "shipped_at": "2026-11-01T00:00:00Z", "currency": "CNY", "tax_included": True, "net_paid": "10000"})
        back = self.day.add("P-033", [("SKU-0110", 1)], ["ORD-PTR-02"], lambda order: order["lines"][0].update(
            reference_line_id="7", return_reason="UNSOLD"), kind="RETURN", reference_document="SO-1")
        self.day.data["campaigns"].append({
            "id": "C-12", "valid_from": "2026-11-01", "valid_to": "2026-12-31", "currency": "CNY", "free_goods": [
                {"id": "1", "mode": "EXCLUSIVE", "rounding": "WHOLE_STEPS", "basis": "QUANTITY", "step": "12",
                 "reward_quantity": "1", "reward": "SAME"}]})
        for partner, gifts, rules in (("P-008", "2", []), ("P-014", "3", ["ORD-PRM-02"])):  # 5 for 60, 3 of which were given
            self.day.data["campaign_usage"].append({"campaign_id": "C-12", "partner_id": partner, "paid_quantity": "60",
                                                    "paid_amount": "900", "free_quantity": "3"})
            self.day.add(partner, [("SKU-0111", 1)], rules, lambda order, gifts=gifts: order["lines"][0].update(
                unit_price="0", free_goods=True, campaign_id="C-12", unit="PIECE", quantity=gifts), kind="GIFT_ONLY")
        decisions = self.check()
        self.assertEqual(decisions[back["id"]]["findings"][0]["outcome"], "OUTCOME_NOTE")

    def test_quantities_of_zero_and_empty_orders_are_refused(self):
        self.day.add("P-021", [("SKU-0125", 1)], ["ORD-DOC-03"], lambda order: order["lines"][0].update(quantity="0"))
        self.day.add("P-019", [], ["ORD-DOC-01"])
        self.check()

    def test_missing_data_hold_with_one_finding(self):
        del self.day.partners["P-009"]["deposit"]["required"]
        self.day.add("P-009", [("SKU-0112", 1)], ["ORD-SYS-01"])
        self.day.partners["P-025"]["parent_id"] = "P-999"
        order = self.day.add("P-025", [("SKU-0118", 1)], ["ORD-SYS-01"])
        finding = self.check()[order["id"]]["findings"][0]
        self.assertIn("partners[P-999]", finding["message"]["en"])

    def test_a_hold_is_a_note_at_entry_and_a_refusal_at_shipping(self):
        order = self.day.add("P-033", [("SKU-0133", 1)], ["ORD-PTR-02"])
        outcomes = {point: self.check("--checkpoint", point)[order["id"]]["findings"][0]["outcome"]
                    for point in ("ENTRY", "REVIEW", "SHIP")}
        self.assertEqual(outcomes, {"ENTRY": "OUTCOME_NOTE", "REVIEW": "OUTCOME_HOLD", "SHIP": "OUTCOME_REJECT"})


if __name__ == "__main__":
    unittest.main()
