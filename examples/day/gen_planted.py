"""The planted cases: each takes a right order and gives it one thing for a rule to find, or a limit it just meets.

Entry point: CASES, in the order of the order numbers; generate.py has the table of what each must give. What needs
reference rows of its own is in gen_planted_rows.py.
"""

from decimal import Decimal

from gen_planted_rows import ROW_CASES


def plus(amount, more):
    """A stated amount, changed."""
    return str(Decimal(amount) + Decimal(more))



def doc_cases(desk, number, minute, data):
    """Documents: SO-1120-151 to 166."""
    orders = []

    def start(partner, lines):
        order = desk.order(number + len(orders), partner, minute + 10 * len(orders), lines)
        orders.append(order)
        return order

    order = desk.settle(start("P-001", [("SKU-0051", 2)]))
    order["source_document_id"] = ""
    order = desk.settle(start("P-002", [("SKU-0052", 2), ("SKU-0053", 1)]))
    del order["lines"][1]["net_amount"]
    order = desk.settle(start("P-003", [("SKU-0054", 1)]))
    order["revision"] = 2
    data["recent_orders"].append({"order_id": order["id"], "revision": 2, "sold_to": "P-003", "ship_to": "P-003-2", "kind": "STANDARD",
                                  "submitted_at": "2026-11-18T03:00:00Z", "total": "10", "currency": "CNY",
                                  "lines": [{"product_id": "SKU-0054", "base_quantity": "1"}]})
    order = desk.settle(start("P-004", [("SKU-0055", 3), ("SKU-0056", 1)]))
    order["total"] = plus(order["total"], "1")
    order = desk.settle(start("P-006", [("SKU-0057", 3), ("SKU-0058", 2)]))
    order["lines"][0]["net_amount"] = plus(order["lines"][0]["net_amount"], "0.01")
    order = start("P-007", [("SKU-0059", 2)])
    order["tax"] = "1.00"
    desk.settle(order)
    order = start("P-008", [("SKU-0060", 2)])
    order["rounding"] = "-1.01"
    desk.settle(order)
    order = start("P-009", [("SKU-0071", 2)])
    order["rounding"] = "-1"  # exactly at the limit
    desk.settle(order)
    order = start("P-011", [("SKU-0072", 2)])
    order["lines"][0]["unit"] = "BOX"
    desk.settle(order)
    order = start("P-012", [("SKU-0080", 1)])
    order["lines"][0].update(unit="PIECE", quantity="31")
    desk.settle(order)
    order = start("P-013", [("SKU-0070", 1)])
    order["lines"][0].update(unit="PIECE", quantity="0.5")
    desk.settle(order)
    first = desk.settle(start("P-014", [("SKU-0073", 2), ("SKU-0074", 1)]))
    first["customer_document_number"] = "KH-9001"
    again = desk.settle(start("P-014", [("SKU-0074", 1), ("SKU-0073", 2)]))
    again["customer_document_number"] = "KH-9002"
    order = desk.settle(start("P-016", [("SKU-0075", 2)]))
    base = str(2 * desk.products["SKU-0075"]["units"][0]["numerator"])
    data["recent_orders"].append({"order_id": "SO-1119-031", "revision": 1, "sold_to": "P-016", "ship_to": order["ship_to"],
                                  "kind": "STANDARD", "submitted_at": "2026-11-19T01:30:00Z", "total": order["total"],
                                  "currency": "CNY", "lines": [{"product_id": "SKU-0075", "base_quantity": base}]})
    order = desk.settle(start("P-014", [("SKU-0073", 2), ("SKU-0074", 1)]))
    order["ship_to"] = "P-014-2"
    order = desk.settle(start("P-014", [("SKU-0076", 2)]))
    order["customer_document_number"] = "KH-9001"
    return orders


def partner_cases(desk, number, minute, data):
    """Partners: SO-1120-167 to 173."""
    orders = []
    for partner, sku in (("P-031", 81), ("P-032", 82), ("P-033", 83), ("P-034", 85), ("P-017", 86), ("P-018", 87), ("P-035", 88)):
        orders.append(desk.settle(desk.order(number + len(orders), partner, minute + 10 * len(orders), [(f"SKU-{sku:04}", 2)])))
    desk.partners["P-017"]["ship_to_addresses"].append({"id": "P-017-9", "region": "530102", "district": "KM"})
    orders[4]["ship_to"] = "P-017-9"
    orders[5]["ship_to"] = "P-018-7"
    return orders


def price_cases(desk, number, minute, data):
    """Prices and campaigns: SO-1120-174 to 188."""
    orders = []

    def start(partner, lines, **first_line):
        order = desk.order(number + len(orders), partner, minute + 10 * len(orders))
        for place, (sku, cartons) in enumerate(lines):
            desk.line(order, sku, cartons, **(first_line if place == 0 else {}))
        orders.append(order)
        return order

    order = start("P-001", [("SKU-0089", 2)])
    order["lines"][0]["unit_price"] = plus(order["lines"][0]["unit_price"], "0.5")
    order = start("P-002", [("SKU-0091", 2)])
    order["price_date"] = "2026-11-18"
    start("P-001", [("SKU-0284", 4)], discount_rate="0.1")
    start("P-003", [("SKU-0092", 2)], discount_rate="0.12")
    start("P-003", [("SKU-0093", 2)], discount_rate="0.1")  # exactly at the cap of level B
    order = start("P-019", [("SKU-0283", 1)])
    order = start("P-021", [("SKU-0094", 1)])
    order["tax_included"] = False
    order = start("P-022", [("SKU-0095", 1)])
    order["lines"][0]["tax_rate"] = "0.09"
    order = start("P-023", [("SKU-0096", 1)], campaign_id="C-0901")
    order = start("P-003", [("SKU-0097", 1)], campaign_id="C-VIP")
    order = start("P-004", [("SKU-0041", 2), ("SKU-0098", 1)], campaign_id="C-1111")
    order["kind"] = "CAMPAIGN"
    order = start("P-006", [("SKU-0099", 1), ("SKU-0001", 1)])
    order["lines"][0]["unit_price"] = "0"
    data["campaigns"].append({"id": "C-GIFT", "name": "随货赠品", "valid_from": "2026-11-01", "valid_to": "2026-12-31",
                              "currency": "CNY", "allotment_ratios": [{"ratio": "0.2"}]})
    order = start("P-007", [("SKU-0002", 3)], campaign_id="C-GIFT")
    desk.gift(order, order["lines"][0], "SKU-0002", 2)
    order = start("P-008", [("SKU-0003", 1)], campaign_id="C-QUOTA", unit="PIECE", quantity="60")  # all that is left
    order = start("P-009", [("SKU-0004", 1)], campaign_id="C-QUOTA", unit="PIECE", quantity="24")
    for order in orders:
        desk.settle(order)
    return orders


def stock_cases(desk, number, minute, data):
    """Products and stock: SO-1120-189 to 196."""
    orders = []

    def start(partner, lines, **extra):
        order = desk.order(number + len(orders), partner, minute + 10 * len(orders), lines)
        order.update(extra)
        orders.append(desk.settle(order))
        return order

    start("P-004", [("SKU-0281", 1), ("SKU-0005", 1)])
    start("P-006", [("SKU-0282", 1), ("SKU-0007", 1)])
    start("P-001", [("SKU-0282", 1)])  # is listed
    start("P-007", [("SKU-0288", 1), ("SKU-0008", 1)])
    order = start("P-008", [("SKU-0289", 1), ("SKU-0009", 1)])
    order["lines"][0]["requested_lot"] = "L2605"
    start("P-009", [("SKU-0285", 9), ("SKU-0011", 1)])
    start("P-011", [("SKU-0286", 3)], backorder_policy="KEEP")
    start("P-012", [("SKU-0287", 9), ("SKU-0012", 1)], delivery_policy="COMPLETE")
    return orders


def funds_cases(desk, number, minute, data):
    """Funds: SO-1120-197 to 207."""
    orders = []

    def start(partner, lines, **extra):
        order = desk.order(number + len(orders), partner, minute + 10 * len(orders))
        order.update(extra)
        for sku, cartons, *more in lines:
            desk.line(order, sku, cartons, **(more[0] if more else {}))
        orders.append(desk.settle(order))
        return order

    def answer(order, status, **extra):
        data["funds_confirmations"].append({
            "id": f"CK-{order['id'][-3:]}", "partner_id": order["sold_to"], "order_ids": [order["id"]], "status": status,
            "confirmed_by": "S-04", "confirmed_at": "2026-11-20T00:30:00Z", **extra})

    start("P-036", [("SKU-0013", 30)])  # more than the 1000 prepaid
    start("P-036", [("SKU-0044", 2, {"campaign_id": "C-1111"})], kind="CAMPAIGN")  # paid by earmarked money
    answer(start("P-013", [("SKU-0014", 1)]), "NONE")
    start("P-024", [("SKU-0015", 1)], invoice_wanted=True)
    start("P-037", [("SKU-0016", 30)])
    start("P-038", [("SKU-0017", 1)])
    order = start("P-038", [("SKU-0018", 1)])
    order["payments"] = [{"id": "PZ-7001", "method": "TRANSFER", "amount": order["total"], "cleared": True}]  # prepaid: passes
    answer(start("P-016", [("SKU-0019", 1)]), "OWING")
    start("P-039", [("SKU-0020", 1)])
    start("P-040", [("SKU-0021", 1)])
    answer(start("P-040", [("SKU-0022", 1)]), "FUNDED")
    return orders


def review_cases(desk, number, minute, data):
    """Releases, exemptions, missing data: SO-1120-208 to 218."""
    orders = []

    def start(partner, sku, **line):
        order = desk.order(number + len(orders), partner, minute + 10 * len(orders))
        desk.line(order, sku, 2, **line)
        orders.append(desk.settle(order))
        return order

    def release(order, **extra):
        data["releases"].append({
            "id": f"FX-{order['id'][-3:]}", "order_id": order["id"], "revision": 1, "rule": "ORD-PRC-03", "line_id": "1",
            "actor": "S-06", "role": "MARKET_MANAGER", "at": "2026-11-20T00:10:00Z", "reason": "大客户", "granted_bound": "0.2",
            **extra})

    release(start("P-003", "SKU-0023", discount_rate="0.2"))
    release(start("P-003", "SKU-0024", discount_rate="0.18"), valid_until="2026-11-20T00:30:00Z")
    release(start("P-003", "SKU-0025", discount_rate="0.22"))
    release(start("P-003", "SKU-0026", discount_rate="0.18"), actor="S-01", role="ORDER_REVIEWER")
    order = start("P-003", "SKU-0027", discount_rate="0.18")
    order["submitted_by"] = "S-06"
    release(order)
    order = start("P-035", "SKU-0028")
    data["exemptions"].append({"id": "HM-01", "rule": "ORD-PTR-05", "partner_id": "P-035", "order_id": order["id"],
                               "valid_until": "2026-11-30", "actor": "S-06", "at": "2026-11-19T06:00:00Z", "reason": "补缴中"})
    start("P-017", "SKU-9999")
    start("P-099", "SKU-0029")
    order = desk.order(number + len(orders), "P-018", minute + 80)
    order["currency"] = "JPY"
    desk.line(order, "SKU-0006", 2)
    orders.append(desk.settle(order))
    order = desk.order(number + len(orders), "P-019", minute + 90)
    order.update(currency="USD", tax_included=False)
    desk.line(order, "SKU-0001", 2)
    desk.line(order, "SKU-0002", 1)
    order["order_discount"] = "0.05"
    orders.append(desk.settle(order))
    order = start("P-021", "SKU-0031")
    order["lines"][0]["quantity"] = "two"
    return orders


CASES = [doc_cases, partner_cases, price_cases, stock_cases, funds_cases, review_cases, *ROW_CASES]
