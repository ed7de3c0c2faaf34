"""A day built in a test: the reference data of the sample day, and orders with what each must give.

Entry points: Day, the orders of one run; OwnOrder, an order whose partner, product, price and stock are its own, so
that a case may break one thing without touching another case.
"""

import copy
import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STANDARD = ROOT / "rules" / "standard"
COMMAND = Path(os.environ.get("ASSAY_BUILD", ROOT / "build" / "dev")).resolve() / "bin" / "assay"
sys.path.insert(0, str(ROOT / "examples" / "day"))
sys.dont_write_bytecode = True

import generate  # noqa: E402
from gen_orders import Desk  # noqa: E402


class Day:
    """Reference data and orders of one run, and what each order must give."""

    def __init__(self):
        rng = random.Random(1)
        self.data = generate.reference(rng)
        self.desk = Desk(self.data, rng)
        self.partners = self.desk.partners
        self.orders, self.expected = [], {}

    def add(self, partner, lines, expected, change=None, **fields):
        """An order that `change` and `fields` alter before its amounts are computed."""
        number = 500 + len(self.orders)
        order = self.desk.order(number, partner, len(self.orders) * 5, lines)
        order.update(fields)
        if change is not None:
            change(order)
        self.orders.append(self.desk.settle(order))
        self.expected[order["id"]] = expected
        return order

    def review(self, *options, rulebook=STANDARD / "order_review.yaml"):
        """The decisions by order."""
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder) / "out"
            (Path(folder) / "data").mkdir()
            for name, rows in [("orders", self.orders)] + [(f"data/{name}", rows) for name, rows in self.data.items()]:
                text = "".join(json.dumps(generate.spelled(name.split("/")[-1], row)) + "\n" for row in rows)
                (Path(folder) / f"{name}.jsonl").write_text(text, encoding="utf-8")
            subprocess.run(
                [COMMAND, "review", "--rulebook", rulebook, "--data", Path(folder) / "data",
                 "--orders", Path(folder) / "orders.jsonl", "--now", "2026-11-20T09:00:00+08:00", "--out", out,
                 *options],
                check=True, capture_output=True)
            lines = (out / "decisions.jsonl").read_text(encoding="utf-8").splitlines()
        return {decision["order_id"]: decision for decision in map(json.loads, lines)}


class OwnOrder:
    """One carton of 12 pieces at 100 the piece, submitted on the 19th, wanted on the 23rd, reviewed on the 20th.

    The partner is of level B and buys on credit, with 730,000 left; 1,000 pieces are in stock, 20 of them kept back.
    """

    def __init__(self, day):
        self.day, self.data = day, day.data
        number = len(day.orders)
        self.id, self.sku = f"Q-{number:03}", f"X-{number:03}"
        self.partner = json.loads(json.dumps(day.partners["P-003"]).replace("P-003", self.id))
        self.contract, self.deposit = self.partner["contracts"][0], self.partner["deposit"]
        self.credit = self.partner["credit"]
        self.product = self.new_product(self.sku)
        self.price = self.row("prices", price_group="G1", product_id=self.sku, currency="CNY", tax_included=True,
                              valid_from="2026-07-01", list_price="100", floor_price="65")
        self.lot = self.row("lots", warehouse="WH-CD", product_id=self.sku, lot="L1", on_hand="1020",
                            expiry="2028-03-31",
                            received="2026-09-01", status="UNRESTRICTED")
        self.row("partners", self.partner)
        day.partners[self.id] = self.partner
        self.order = self.new_order()
        self.line = self.order["lines"][0]
        self.others = []

    def row(self, dataset, row=None, **fields):
        """A row added to the reference data."""
        row = fields if row is None else row
        self.data[dataset].append(row)
        return row

    def new_product(self, sku):
        product = copy.deepcopy(self.day.desk.products["SKU-0001"])
        product.update(id=sku, brand="LAN", product_line="SKIN")
        self.day.desk.products[sku] = product
        return self.row("products", product)

    def new_order(self, **fields):
        """An order of the same partner and product."""
        order = self.day.desk.order(100 + len(self.day.orders), self.id, len(self.day.orders), [(self.sku, 1)])
        order.update(fields)
        self.day.orders.append(order)
        return order

    def another(self, found=(), **fields):
        """A further order of the run, which must give `found`."""
        order = self.new_order(**fields)
        self.others.append((order, list(found)))
        return order

    def recent(self, **fields):
        """The same order, seen before under another number."""
        order = self.order
        row = {"order_id": "SO-1118-" + self.id, "revision": 1, "sold_to": self.id, "ship_to": order["ship_to"],
               "kind": "STANDARD", "submitted_at": "2026-11-19T00:00:00Z", "total": "1200", "currency": "CNY",
               "lines": [{"product_id": self.sku, "base_quantity": "12"}]}
        return self.row("recent_orders", {**row, **fields})

    def answer(self, status, **fields):
        """What the finance clerk answers for all of the partner's orders."""
        return self.row("funds_confirmations", {
            "id": "CK-" + self.id, "partner_id": self.id, "status": status, "confirmed_by": "S-04",
            "confirmed_at": "2026-11-20T00:30:00Z", **fields})

    def release(self, **fields):
        """The market manager's release of a discount up to 20 %."""
        return self.row("releases", {
            "id": "FX-" + self.id, "order_id": self.order["id"], "revision": 1, "rule": "ORD-PRC-03", "line_id": "1",
            "actor": "S-06", "role": "MARKET_MANAGER", "at": "2026-11-20T00:10:00Z", "reason": "r",
            "granted_bound": "0.2",
            **fields})

    def prepaid(self, amount):
        """The partner pays before delivery and has paid `amount`."""
        self.credit.update(terms="PREPAID", has_limit=False, receivables="0", delivered_not_invoiced="0",
                           confirmed_not_delivered="0")
        self.partner["prepayments"] = [{"id": "YS-1", "amount": amount, "unapplied": amount, "currency": "CNY",
                                        "purpose": "FREE", "cleared": True}]

    def settle(self):
        for order in [self.order] + [order for order, _ in self.others]:
            self.day.desk.settle(order)
