"""Orders of a generated day.

Entry points: day(seed, count), which gives (datasets, orders); tax_rounding(seed), where the company of that day rounds
tax. Most orders are right but for one or two things; what is written on them comes from the oracle's own prices and
sums, which the engine then checks.
"""

import copy
import random
from fractions import Fraction

import amounts
import day_faults
import discounts
import free_goods
import prices
from day_returns import add_references, add_returns
from day_rows import CAMPAIGNS, CURRENCIES, DISCOUNTS, ELSEWHERE, MOMENT, WAREHOUSES, on, reference, text
from day_scarcity import add_rows
from rows import Data, Unknown
from sheet import Sheet


def _submitted(rng):
    """Times around the turn of the day in Shanghai, and in the hours before the review."""
    return rng.choice(["2026-11-19T15:59:59Z",
                       "2026-11-19T16:00:00Z"] + [f"2026-11-19T{hour:02}:{rng.randrange(60):02}:00Z"
                                                  for hour in range(2, 24)])


class Desk:
    """Writes the orders of one day."""

    def __init__(self, rng, datasets, rounding):
        self.rng = rng
        self.datasets = datasets
        self.data = Data(datasets, rounding)
        self.turned = rounding == "RATE"
        self.goods = [row for row in datasets["products"] if row["id"].startswith("S-")]
        self.orders = []

    def order(self, number):
        rng = self.rng
        partner = rng.choice(self.datasets["partners"])
        kind = rng.choice(["STANDARD"] * 16 + ["CAMPAIGN"] * 12 + ["GIFT_ONLY", "REPLACEMENT", "MATERIAL"])
        order = {"id": f"O-{number:04}", "revision": 1, "source_document_id": f"D-{number}", "sold_to": partner["id"],
                 "ship_to": rng.choice(partner["ship_to_addresses"])["id"], "district": "D1", "submitted_by": "E-6",
                 "submitted_at": _submitted(rng), "kind": kind, "warehouse": rng.choice(WAREHOUSES),
                 "stage": "SUBMITTED",
                 "currency": rng.choice(CURRENCIES) if rng.random() < 0.2 else "CNY",
                 "delivery_policy": rng.choice(["PARTIAL"] * 8 + ["COMPLETE_LINE", "COMPLETE_LINE", "COMPLETE"]),
                 "backorder_policy": rng.choice(["KEEP", "CANCEL", "CANCEL", "UNTIL"]), "lines": []}
        order["tax_included"] = (order["currency"] != "USD") is not self.turned
        if rng.random() < 0.85:
            order["requested_date"] = on(rng.choice([-2, 0, 1, 1, 3, 3, 3, 4, 4, 4, 10]))
        if order["backorder_policy"] == "UNTIL":
            order["backorder_until"] = on(rng.choice([3, 5, 9, 10, 20]))
        if rng.random() < 0.4:  # at most ten, the order's own and none among them
            order["fallback_warehouses"] = rng.sample(WAREHOUSES + ELSEWHERE + [""], rng.choice([1, 1, 2, 3, 5, 10]))
        if kind in ("REPLACEMENT", "MATERIAL"):
            order["reference_document"] = rng.choice(["Q-1", "Q-1", "Q-2", "Q-3", "Q-9"])
        if rng.random() < 0.15:
            order["carried_over"] = True
            order["first_submitted_at"] = rng.choice(["2026-11-12T01:29:59Z", "2026-11-13T01:30:00Z",
                                                      "2026-11-18T01:00:00Z"])
        self.lines(order)
        return order

    def lines(self, order):
        rng = self.rng
        if order["kind"] == "MATERIAL":
            for i in range(rng.choice([1, 2])):
                self.line(order, rng.choice(["M-01", "M-02"]), rng.choice([1, 5, 6, 10]), "PIECE", unit_price="0",
                          net_amount="0", free_goods=True)
            return
        campaign = rng.choice(CAMPAIGNS) if order["kind"] in ("CAMPAIGN", "GIFT_ONLY") else ""
        if order["kind"] == "GIFT_ONLY":
            self.line(order, rng.choice(["G-01", "G-02", "S-02"]), rng.choice([1, 2, 3]), "PIECE", free_goods=True,
                      campaign_id=rng.choice(["K-FIX", "K-CHO", "K-QTY", "K-TWO", "K-MANY"]))
            return
        for row in rng.sample(self.goods, rng.choice([1, 1, 2, 2, 3, 5])):
            weighed = row["base_unit"] == "KG"
            unit = rng.choice(["KG"] * 10 + ["BAG"] * 10 + ["THIRD"]
                              if weighed else ["CARTON"] * 30 + ["PIECE"] * 15 + ["HALF"])
            amount = rng.choice([12, 24, 36, 48]) if unit in ("PIECE", "HALF") else rng.choice([2, 2, 2, 3, 4, 6])
            self.line(order, row["id"], amount, unit, **({"campaign_id": campaign} if campaign
                                                         and rng.random() < 0.85 else {}))

    def line(self, order, product, quantity, unit, **extra):
        rng = self.rng
        line = {"id": str(len(order["lines"]) + 1), "product_id": product, "quantity": text(quantity), "unit": unit,
                **extra}
        if not line.get("free_goods"):
            base = self.data.one("products", product)["base_unit"]
            if unit != base and rng.random() < 0.98:
                line["price_unit"] = base
            if order["kind"] in ("STANDARD", "CAMPAIGN") and rng.random() < 0.12:
                line["further_campaigns"] = [{"campaign_id": each} for each in self.claimed()
                                             if each != extra.get("campaign_id")]
            if rng.random() < 0.15:
                line["discount_rate"] = rng.choice(["0.02", "0.05", "0.05", "0.05", "0.1", "0.1", "0.15", "0.2"])
            if rng.random() < 0.05:
                line["discount_amount"] = rng.choice(["1", "3", "0.5"]) if order["currency"] != "JPY" else "3"
            if rng.random() < 0.9:
                line["tax_rate"] = self.data.one("products", product)["tax_rate"]
            if rng.random() < 0.05:
                line["requested_date"] = on(rng.choice([0, 2, 5]))
            if rng.random() < 0.03:
                line["price_date"] = rng.choice([on(-1), on(0), on(1)])
            if rng.random() < 0.02:
                line["requested_lot"] = rng.choice(["L1", "L2", "L3", "L9"])
            if rng.random() < 0.06:
                line["accepts_near_expiry"] = True
        else:
            line["unit_price"] = "0"
        order["lines"].append(line)
        return line

    def claimed(self):
        """Campaigns that have to do with each other, at times with others besides; at most five."""
        group, others = self.rng.sample(DISCOUNTS, 2)
        some = self.rng.sample(group, self.rng.randrange(1, len(group[:5]) + 1))
        return list(dict.fromkeys(some + self.rng.sample(others, self.rng.choice([0, 0, 1, 2]))))[:5]

    def sheet(self, order):
        return Sheet(order, self.data, MOMENT, [], {})

    # -- Amounts --------------------------------------------------------------------------

    def settle(self, order):
        """Prices in force, net amounts and total as they should be."""
        rng = self.rng
        for line in self.sheet(order).lines:
            if "unit_price" in line.row:
                continue
            try:
                price = prices.price_in_force(line)
            except Unknown:
                price = None
            if price is None:
                line.row["unit_price"] = "10"
                continue
            line.row["unit_price"] = text(price.amount)
            if line.row.get("further_campaigns") and rng.random() < 0.8:
                self.granted(line)
            if price.per != 1:
                line.row["price_quantity"] = text(price.per)
                if rng.random() < 0.3 and (price.amount / price.per * 10000).denominator == 1:
                    line.row.update(unit_price=text(price.amount / price.per), price_quantity="1")
        if rng.random() < 0.15:
            order["order_discount"] = rng.choice(["1", "7", "10"])
        if rng.random() < 0.2:
            order["charges"] = [{"code": "FREIGHT", "amount": rng.choice(["35", "12", "-3"]),
                                 **({"tax_rate": "0.13" if self.turned else "0.06"} if rng.random() < 0.5 else {})}]
        if rng.random() < 0.06:
            cents = ["-1", "1", "-2"] if order["currency"] == "JPY" else ["-0.5", "-1", "1", "-0.37", "-1.01"]
            order["rounding"] = rng.choice(cents)
        self.sums(order)

    def granted(self, line):
        """A discount at the cap of what the campaigns of a line grant, or by the last digit beyond it."""
        try:
            cap, _ = discounts.cap(line)
        except Unknown:
            return
        line.row.pop("discount_amount", None)
        line.row["discount_rate"] = text(min(Fraction(1), cap + Fraction(self.rng.choice([0, 0, 0, 1]), 10 ** 6)))
        if self.rng.random() < 0.3:
            line.row["discount_amount"] = text(Fraction(1, 10 ** amounts.DIGITS[line.sheet.currency]))

    def sums(self, order):
        taxed = "tax" in order or self.rng.random() < 0.2
        try:
            for line in self.sheet(order).lines:
                line.row["net_amount"] = text(line.net)
            sheet = self.sheet(order)
            order["total"] = text(sheet.total_due)
            if taxed:
                order["tax"] = text(sheet.tax_sum)
        except Unknown:  # a product that does not exist
            order["total"] = "100"
            for line in order["lines"]:
                line.setdefault("net_amount", "10")

    def gifts(self, order):
        """Gift lines for what the campaigns of the order give, at times one more or one less."""
        rng = self.rng
        if order["kind"] in ("STANDARD", "CAMPAIGN") and rng.random() < 0.02:  # of no campaign
            self.line(order, rng.choice(["G-01", "S-02"]), rng.choice([1, 2]), "PIECE", free_goods=True)
        for line in list(self.sheet(order).lines):
            if line.free or line.campaign is None or rng.random() < 0.2:
                continue
            terms = [each for each in line.campaign.get("free_goods", []) if free_goods._counts(each, line)]
            if line.campaign.get("allotment_ratios") and rng.random() < 0.7:
                self.line(order, rng.choice(["G-01", "G-02"]), rng.choice([1, 2, 5, 20]), "PIECE", free_goods=True,
                          main_line_id=line.id)
            for each in terms:
                given = free_goods.entitlement(each, line.base_quantity
                                               if each.get("basis") != "AMOUNT" else Fraction(1200))
                given = int(given) + rng.choice([0, 0, 0, 0, 1, -1])
                for product in (each["reward_products"]
                                if each["reward"] == "FIXED" else [each.get("reward_products",
                                                                            [line.row["product_id"]])[0]]):
                    if given > 0 and rng.random() < 0.9:
                        self.line(order, product, given, self.data.one("products", product)["base_unit"],
                                  free_goods=True, main_line_id=line.id)

    # -- What is wrong ------------------------------------------------------------------------

    def break_first(self, order):
        """Wrong before amounts are written, so that they still add up."""
        rng, line = self.rng, self.rng.choice(order["lines"])
        def twin():
            order["lines"].append({**line, "id": str(len(order["lines"]) + 1)})
        rng.choice([
            lambda: line.update(unit=rng.choice(["BOX", "CARTON"])),
            lambda: line.update(quantity=rng.choice(["0", "1", "13", "7"])),
            twin, lambda: line.update(unit_price="0"), lambda: line.update(tax_rate="0.06"),
            lambda: line.update(product_id="S-99"),
            lambda: order.update(sold_to="P-99"), lambda: order.update(currency=rng.choice(["USD", "JPY", "EUR"])),
            lambda: order.update(tax_included=not order["tax_included"]),
            lambda: line.update(accepts_near_expiry=True), lambda: order.update(ship_to="nowhere"),
            lambda: order.update(payer=f"P-{rng.randrange(1, 23):02}"),
            lambda: line.update(discount_rate=rng.choice(["0.5", "0.31", "1"])),
            lambda: order.update(price_date=rng.choice([on(-2), on(-1), on(0)])),
            lambda: line.update(campaign_id=rng.choice(CAMPAIGNS + ["K-99"])),
            lambda: line.update(further_campaigns=[{"campaign_id": each} for each in rng.choice([
                ["K-99", "D-S1"], ["D-S1", "D-S1"], [line.get("campaign_id", "")], ["", "D-E1"]])]),
            lambda: order.update(bill_to="P-99", invoice_wanted=True), lambda: order.update(payer="P-98"),
        ])()

    def break_last(self, order):
        """Wrong in what is written down."""
        rng, line = self.rng, self.rng.choice(order["lines"])
        field = rng.choice(["source_document_id", "ship_to", "warehouse", "total", "tax_included", "submitted_at"])
        rng.choice([
            lambda: order.update(total=text(Fraction(order["total"]) + 1)),
            lambda: line.update(net_amount=text(Fraction(line["net_amount"]) + 1)),
            lambda: order.update(tax=text(Fraction(order.get("tax", "0")) + 1)), lambda: order.pop(field, None),
            lambda: line.pop(rng.choice(["unit_price", "net_amount", "quantity"]), None),
            lambda: line.update(unit_price="1234.5"),
            lambda: order.update(customer_document_number=rng.choice(["KD-1", "KD-2"])),
            lambda: order.update(invoice_wanted=True),
            lambda: line.update(discount_rate="1.5"),
        ])()

    def payments(self, order):
        rng = self.rng
        total = Fraction(order["total"])
        kind = rng.choice(["all", "all", "less", "uncleared", "two", "foreign"])
        whole = {"id": "Y1", "method": "TRANSFER", "amount": text(total), "cleared": True}
        order["payments"] = {"all": [whole], "less": [{**whole, "amount": text(total - 1)}],
                             "uncleared": [{**whole, "cleared": False}],
                             "foreign": [{**whole, "currency": rng.choice(["USD", "CNY", "JPY", "EUR"])}],
                             "two": [{**whole, "amount": "1"}, {**whole, "id": "Y2", "amount": text(total - 1),
                                                                "currency": order["currency"]}]}[kind]

    def change(self, order):
        rng = self.rng
        order["stage"] = rng.choice(["SUBMITTED", "REVIEWED", "PRINTED", "PACKED", "SHIPPED"])
        row = {"id": "B1", "kind": rng.choice(["MODIFY", "CANCEL"]), "requested_at": "2026-11-19T01:00:00Z"}
        for field in ("customer_confirmed_at", "warehouse_told_at", "papers_recalled_at", "parcel_recalled_at",
                      "papers_corrected_at",
                      "void_confirmed_at", "refunded_at", "papers_destroyed_at", "restocked_at"):
            if rng.random() < 0.5:
                row[field] = f"2026-11-19T0{rng.randrange(2, 9)}:00:00Z"
        if rng.random() < 0.2:
            row["after_sales_case_id"] = "Z1"
        if rng.random() < 0.15:
            row["closed_at"] = "2026-11-19T20:00:00Z"
        order["change_requests"] = [row]

    def again(self, number):
        """An order once more, as it was or with a little changed."""
        rng = self.rng
        order = copy.deepcopy(rng.choice(self.orders))
        order["id"] = f"O-{number:04}"
        order["submitted_at"] = _submitted(rng)
        most = max(order["lines"], key=lambda line: Fraction(line.get("quantity", "0")))
        if rng.random() < 0.3 and len(order["lines"]) > 1 and not any(line.get("main_line_id")
                                                                      for line in order["lines"]):
            order["lines"].pop()
            self.sums(order)
        elif rng.random() < 0.3 and Fraction(most.get("quantity", "0")) >= 24:  # a near repeat
            most["quantity"] = text(Fraction(most["quantity"]) + 1)
            self.sums(order)
        return order

    def write(self, number):
        rng = self.rng
        if self.orders and rng.random() < 0.04:
            return self.again(number)
        order = self.order(number)
        broken = rng.random()
        self.gifts(order)
        if broken < 0.12:
            self.break_first(order)
        self.settle(order)
        if rng.random() < 0.12:
            self.payments(order)
        if rng.random() < 0.04:
            self.change(order)
        if rng.random() < 0.1:
            order["invoice_wanted"] = True
        if rng.random() < 0.03:
            order["customer_document_number"] = rng.choice(["KD-1", "KD-2", "KD-3"])
        if 0.1 < broken < 0.17:
            self.break_last(order)
        return order

    def spoil(self):
        """Texts that are none, once all that is computed from them is."""
        for order in self.orders:
            if self.rng.random() < 0.06:
                day_faults.spoil_order(self.rng, order)


def tax_rounding(seed):
    return "LINE" if seed % 2 else "RATE"


def turn_tax(datasets):
    """Prices in dollars alone include tax, instead of all others."""
    for name in ("prices", "price_contracts", "campaign_prices"):
        for row in datasets[name]:
            if "tax_included" in row:
                row["tax_included"] = not row["tax_included"]


def day(seed, count):
    """Where tax is rounded by rates most prices exclude it."""
    rng = random.Random(seed)
    datasets = reference(rng)
    if tax_rounding(seed) == "RATE":
        turn_tax(datasets)
    desk = Desk(rng, datasets, tax_rounding(seed))
    for number in range(1, count + 1):
        desk.orders.append(desk.write(number))
    add_returns(rng, datasets, desk.orders, count + 1)
    add_rows(rng, datasets, desk.orders)
    add_references(datasets, desk.orders)
    desk.spoil()
    day_faults.spoil_rows(rng, datasets)
    return datasets, desk.orders
