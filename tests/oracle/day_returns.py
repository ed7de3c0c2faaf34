"""Returns of a generated day, and the deliveries they go back to.

Entry points: add_returns(random, datasets, orders, first), which appends orders and the rows they need; add_references, for
replacements. Quantities, values and days are just within what may come back, or just beyond it.
"""

from fractions import Fraction

from day_rows import on, text

RECALLED = "S-07"  # of which lot L1 is recalled
REASONS = ["DAMAGED", "WRONG_GOODS", "UNSOLD", "QUALITY", "OTHER"]


def _delivery(rng, number, partner, products):
    """Two paid lines and a gift of the first one."""
    rows, sold = [], rng.sample(products, 2)
    if rng.random() < 0.4:
        sold[0] = next(row for row in products if row["id"] == RECALLED)
    for i, product in enumerate(sold):
        quantity, price = rng.choice([12, 24]), Fraction(rng.randrange(100, 9000), 100)
        row = {"order_id": f"H-{number}", "line_id": str(i + 1), "sold_to": partner["id"], "product_id": product["id"],
               "lots": ["L1"],
               "shipped_quantity": text(quantity), "returned_quantity": rng.choice(["0", "0", "3"]), "currency": "CNY",
               "unit_price": text(price), "tax_included": rng.random() < 0.95, "tax_rate": product["tax_rate"],
               "net_paid": text(price * quantity), "shipped_at": rng.choice(["2026-11-12T02:00:00Z",
                                                                             "2026-11-11T16:00:00Z",
                                                                             "2026-10-20T02:00:00Z",
                                                                             "2026-08-20T16:00:00Z"])}
        if rng.random() < 0.3:
            row["refunded"] = text(price)
        if rng.random() < 0.3:
            row.update(invoice_number=f"I-{number}-{i}", invoice_date=on(-5))
        rows.append(row)
    rows.append({**rows[0], "line_id": "3", "product_id": "G-01", "free_goods": True, "main_line_id": "1",
                 "unit_price": "0",
                 "net_paid": "0", "shipped_quantity": rng.choice(["1", "2"]), "returned_quantity": "0",
                 "refunded": "0"})
    return rows


def _line(rng, number, row):
    left = Fraction(row["shipped_quantity"]) - Fraction(row["returned_quantity"])
    quantity = max(Fraction(1), rng.choice([left, left, left / 2, left + 1]) // 1)
    price = Fraction(row["unit_price"]) + (Fraction(1, 100) if rng.random() < 0.1 and row["unit_price"] != "0" else 0)
    line = {"id": str(number), "product_id": row["product_id"], "quantity": text(quantity), "unit": "PIECE",
            "unit_price": text(price),
            "tax_rate": row["tax_rate"], "net_amount": text(price * quantity), "reference_line_id": row["line_id"],
            "return_reason": rng.choice(REASONS)}
    if row.get("free_goods"):
        line["free_goods"] = True
    if rng.random() < 0.5:
        line["requested_lot"] = rng.choice(["L1", "L2"])
    if rng.random() < 0.05:
        line["reference_line_id"] = "9"
    return line


def _order(rng, number, rows):
    order = {"id": f"O-{number:04}", "revision": 1, "source_document_id": f"D-{number}", "sold_to": rows[0]["sold_to"],
             "ship_to": f"{rows[0]['sold_to']}/0", "district": "D1", "submitted_by": "E-6",
             "submitted_at": "2026-11-19T03:00:00Z",
             "kind": "RETURN", "reference_document": rows[0]["order_id"], "warehouse": "W1", "stage": "SUBMITTED",
             "currency": "CNY",
             "tax_included": True, "lines": []}
    for row in rng.sample(rows, rng.choice([1, 2, 3])):
        order["lines"].append(_line(rng, len(order["lines"]) + 1, row))
    order["total"] = text(sum(Fraction(line["net_amount"]) for line in order["lines"]))
    return order


def add_returns(rng, datasets, orders, first):
    counted = [row for row in datasets["products"] if row["id"].startswith("S-") and row["base_unit"] == "PIECE"]
    shipped, cases = [], []
    for i in range(6):
        rows = _delivery(rng, i, rng.choice(datasets["partners"]), counted)
        shipped += rows
        for _ in range(rng.choice([1, 2])):
            order = _order(rng, first, rows)
            orders.append(order)
            first += 1
            if rng.random() < 0.4:
                cases.append({"id": f"Z-{order['id']}", "follow_up_order_id": order["id"],
                              **({"invoice_reference": "RED-1"} if rng.random() < 0.7 else {})})
    datasets.update(shipped_lines=shipped, after_sales_cases=cases)


def add_references(datasets, orders):
    """What replacements go back to. Q-1 is a complaint, Q-2 a return of the days before by one of the partners that name
    it, Q-3 a case, or a return of this run where the partner has one; Q-9, or a return of others, is nothing they may."""
    returns = [order for order in orders if order["kind"] == "RETURN"]
    replaced = [order for order in orders if order["kind"] == "REPLACEMENT" and "reference_document" in order]
    datasets["complaints"] = [{"id": "Q-1"}]
    datasets["after_sales_cases"].append({"id": "Q-3"})
    named = [order for order in replaced if order["reference_document"] == "Q-2"]
    if named:
        datasets["recent_orders"].append({"order_id": "Q-2", "revision": 1, "sold_to": named[0]["sold_to"], "kind": "RETURN",
                                          "submitted_at": "2026-11-10T02:00:00Z",
                                          **({"cancelled": True} if len(named) > 2 else {})})
    for place, order in enumerate(replaced):
        own = [each["id"] for each in returns if each["sold_to"] == order["sold_to"]]
        if order["reference_document"] == "Q-3" and own:
            order["reference_document"] = own[0]
        elif order["reference_document"] == "Q-9" and place % 2:
            order["reference_document"] = returns[0]["id"]
