"""Orders as a desk would key them right: prices of the source in force, nets and totals that add up.

Entry points: Desk.order and Desk.settle. A planted case takes such an order and breaks one thing.
"""

from decimal import Decimal

from gen_money import line_net, order_total, text
from gen_reference import CODES, DISTRICTS

NOW = "2026-11-20T01:00:00Z"  # 09:00 in Shanghai


def stamp(minute):
    """A time `minute` minutes after 10:00 in Shanghai on the day before the run; 0 to 1379."""
    hour, rest = divmod(2 * 60 + minute, 60)
    return f"2026-11-{19 + hour // 24}T{hour % 24:02}:{rest:02}:00Z"


class Desk:
    """Keys orders against the reference data; one of them per run of the generator."""

    def __init__(self, data, rng):
        self.data = data
        self.rng = rng
        self.partners = {row["id"]: row for row in data["partners"]}
        self.products = {row["id"]: row for row in data["products"]}

    # -- Prices ----------------------------------------------------------------------

    def price_row(self, partner, sku, base_quantity, currency, campaign):
        def scaled(rows):
            reached = [row for row in rows if row["product_id"] == sku and row["currency"] == currency
                       and Decimal(row.get("scale_from", "0")) <= base_quantity]
            return max(reached, key=lambda row: Decimal(row.get("scale_from", "0")), default=None)

        sources = [[row for row in self.data["campaign_prices"] if row["campaign_id"] == campaign],
                   [row for row in self.data["price_contracts"] if row["partner_id"] == partner["id"]],
                   [row for row in self.data["prices"] if row["price_group"] == partner["price_group"]],
                   [row for row in self.data["prices"] if row["price_group"] == ""]]
        for rows in sources:
            row = scaled(rows)
            if row is not None:
                return row
        return {"list_price": "10"}

    def ratio(self, line):
        """Price units in one unit: prices are per piece, whatever the unit."""
        if line.get("price_unit", line["unit"]) == line["unit"]:
            return 1, 1
        units = {unit["unit"]: unit for unit in self.products[line["product_id"]]["units"]}
        unit = units.get(line["unit"], {"numerator": 1, "denominator": 1})
        return unit["numerator"], unit["denominator"]

    # -- Lines and orders ------------------------------------------------------------

    def line(self, order, sku, cartons, **extra):
        product = self.products.get(sku, {"units": [{"unit": "CARTON", "numerator": 12, "denominator": 1}]})
        partner = self.partners.get(order["sold_to"], {"id": "", "price_group": ""})
        base = Decimal(cartons) * product["units"][0]["numerator"]
        row = self.price_row(partner, sku, base, order["currency"], extra.get("campaign_id", ""))
        line = {"id": str(len(order["lines"]) + 1), "product_id": sku, "quantity": text(Decimal(cartons)), "unit": "CARTON",
                "unit_price": row.get("price") or row["list_price"], "price_unit": "PIECE", "tax_rate": "0.13"}
        if row.get("price_quantity", "1") != "1":
            line["price_quantity"] = row["price_quantity"]
        line.update(extra)
        if sku not in self.products:
            line.update(unit="PIECE", quantity=text(base))
        order["lines"].append(line)
        return line

    def gift(self, order, main, sku, pieces):
        return self.line(order, sku, 1, quantity=str(pieces), unit="PIECE", unit_price="0", free_goods=True,
                         main_line_id=main["id"])

    def order(self, number, partner_id, minute, lines=()):
        partner = self.partners.get(partner_id) or self.partners["P-001"]
        district = DISTRICTS[partner["district"]]
        order = {
            "id": f"SO-1120-{number:03}", "revision": 1, "source_document_id": f"YS-1120-{number:03}", "sales_org": "1000",
            "sold_to": partner_id, "ship_to": partner["ship_to_addresses"][0]["id"], "district": partner["district"],
            "submitted_by": f"S-{CODES.index(partner['district']) + 11}", "submitted_at": stamp(minute), "kind": "STANDARD",
            "warehouse": district["warehouse"], "currency": "CNY", "tax_included": True, "requested_date": "2026-11-23",
            "stage": "SUBMITTED", "delivery_policy": "PARTIAL", "backorder_policy": "CANCEL", "lines": []}
        for sku, cartons in lines:
            self.line(order, sku, cartons)
        return order

    def settle(self, order):
        """Fills in net amounts and total. Returns the order."""
        for line in order["lines"]:
            line["net_amount"] = text(line_net(line, self.ratio(line), order["currency"]))
        order["total"] = text(order_total(order))
        return order

    # -- Ordinary orders -------------------------------------------------------------

    def ordinary(self, number, minute):
        """An order with nothing wrong, of a partner in good standing."""
        rng = self.rng
        order = self.order(number, f"P-{rng.randrange(1, 31):03}", minute)
        order["customer_document_number"] = f"KH-{number:04}"
        order["requested_date"] = f"2026-11-{rng.randrange(21, 27)}"
        level = self.partners[order["sold_to"]]["level"]
        for sku in rng.sample(range(1, 280), rng.choice([1, 2, 3, 3, 4, 5])):
            self.line(order, f"SKU-{sku:04}", rng.randrange(1, 4))
        if rng.random() < 0.3:
            order["lines"][0]["discount_rate"] = rng.choice(["0.02", "0.03", "0.05"])
        if rng.random() < 0.1 and order["lines"][0].get("discount_rate") is None:
            order["order_discount"] = "1.23"
        if rng.random() < 0.15:
            order["charges"] = [{"code": "FREIGHT", "amount": "35"}]
        if level in ("VIP", "A") and rng.random() < 0.4:
            order["lines"][-1]["discount_rate"] = "0.1"
        if rng.random() < 0.2:
            order["lines"][0].update(unit="PIECE", quantity="24")
            order["lines"][0].pop("price_unit")
            self.reprice(order, order["lines"][0])
        order["invoice_wanted"] = rng.random() < 0.2 and order["sold_to"] != "P-024"
        return self.settle(order)

    def reprice(self, order, line):
        """The unit price again, after the quantity has changed."""
        numerator, denominator = self.ratio(line)
        partner = self.partners[order["sold_to"]]
        base = Decimal(line["quantity"]) * numerator / denominator
        row = self.price_row(partner, line["product_id"], base, order["currency"], line.get("campaign_id", ""))
        line["unit_price"] = row.get("price") or row["list_price"]
