"""The planted cases that bring reference rows of their own: partners P-041 and on, lots, requests, shipped lines.

Entry point: ROW_CASES, which follow those of gen_planted.py in the order of the order numbers.
"""

import json


def copied_partner(desk, data, old, new, **fields):
    """A partner like another, under its own number."""
    row = json.loads(json.dumps(desk.partners[old]).replace(old, new))
    row.update(fields)
    data["partners"].append(row)
    desk.partners[new] = row
    return row


def release_lots(order, data):
    """The sales supervisor lets lots go that have at least 30 days left."""
    data["releases"].append({
        "id": f"FX-{order['id'][-3:]}", "order_id": order["id"], "revision": 1, "rule": "ORD-PRD-02", "line_id": "1",
        "actor": "S-05", "role": "SALES_SUPERVISOR", "at": "2026-11-20T00:10:00Z", "reason": "客户接受", "granted_bound": "30"})


def paper_cases(desk, number, minute, data):
    """Lines, papers and lots: SO-1120-219 to 227."""
    orders = []

    def start(partner, lines, **first_line):
        order = desk.order(number + len(orders), partner, minute + 10 * len(orders))
        for place, (sku, cartons) in enumerate(lines):
            desk.line(order, sku, cartons, **(first_line if place == 0 else {}))
        orders.append(desk.settle(order))
        return order

    start("P-001", [("SKU-0125", 1), ("SKU-0126", 2), ("SKU-0125", 1)])
    start("P-002", [("SKU-0127", 1), ("SKU-0127", 2)])
    for partner, papers, last in (("P-041", "licences", "2026-11-22"), ("P-042", "authorisation_letters", "2026-11-22"),
                                  ("P-043", "licences", "2026-11-23")):
        row = copied_partner(desk, data, "P-003", partner)
        row[papers][0]["valid_to"] = last
        start(partner, [("SKU-0128", 1)])
    start("P-003", [("SKU-0160", 1)], requested_lot="L2501")
    start("P-006", [("SKU-0160", 1)], requested_lot="L2501")
    release_lots(orders[-1], data)
    start("P-007", [("SKU-0160", 1)], requested_lot="L2605")
    for lot in data["lots"]:
        if lot["product_id"] == "SKU-0291":
            lot["on_hand"] = "50"
    for warehouse in ("WH-CD", "WH-MY"):
        data["lots"].append({"warehouse": warehouse, "product_id": "SKU-0291", "lot": "L2501", "on_hand": "80",
                             "expiry": "2026-12-31", "received": "2025-03-01", "status": "UNRESTRICTED"})
    start("P-006", [("SKU-0291", 20)])
    return orders


def demand_cases(desk, number, minute, data):
    """What partners can sell: SO-1120-228 to 232."""
    orders = []

    def start(partner, sku, pieces):
        order = desk.order(number + len(orders), partner, minute + 10 * len(orders))
        line = desk.line(order, sku, 1, unit="PIECE", quantity=str(pieces))
        line.pop("price_unit")
        desk.reprice(order, line)
        orders.append(desk.settle(order))

    def knows(partner, sku, in_store):
        data["sales_history"].append({
            "partner_id": partner, "product_id": sku, "average_daily_sales": "2.5", "history_days": 180,
            "visit_cycle_days": 7, "lead_days": 3, "season_factor": "1.2", "promotion_factor": "1"})
        data["partner_stock"].append({
            "partner_id": partner, "product_id": sku, "in_store": str(in_store), "in_transit": "0", "open_orders": "0",
            "safety_stock": "10", "as_of": "2026-11-19T22:00:00Z"})

    knows("P-002", "SKU-0129", 10)  # needs 30, and may have 33
    knows("P-003", "SKU-0129", 10)
    knows("P-004", "SKU-0131", 2)
    start("P-002", "SKU-0129", 34)
    start("P-003", "SKU-0129", 33)
    start("P-004", "SKU-0131", 7)
    desk.products["SKU-0293"].update(lifecycle="NEW", launched_date="2026-11-10", launch_allotment="24")
    start("P-006", "SKU-0293", 25)
    start("P-007", "SKU-0293", 24)
    return orders


def material_cases(desk, number, minute, data):
    """Material against requests: SO-1120-233 to 236."""
    orders = []
    desk.products["SKU-0292"].update(kind="MATERIAL", category="MATERIAL")
    for request, status in (("BC-01", "APPROVED"), ("BC-02", "SUBMITTED")):
        data["material_requests"].append({
            "id": request, "partner_id": "P-008", "requested_by": "S-12", "requested_at": "2026-11-12T02:00:00Z",
            "status": status, "valid_to": "2026-12-31",
            "lines": [{"product_id": "SKU-0292", "quantity": "30", "ordered_quantity": "10"}]})
    for request, pieces in (("BC-01", 15), ("BC-01", 6), ("BC-02", 1), ("BC-03", 2)):
        order = desk.order(number + len(orders), "P-008", minute + 10 * len(orders))
        order.update(kind="MATERIAL", reference_document=request)
        desk.line(order, "SKU-0292", 1, unit="PIECE", quantity=str(pieces), price_unit="PIECE")
        orders.append(desk.settle(order))
    return orders


def return_cases(desk, number, minute, data):
    """Goods that come back: SO-1120-237 to 244."""
    orders = []

    def shipped(sku, **fields):
        """24 pieces shipped for 10 each, on an order of a number of its own."""
        source = f"SO-1020-{number + len(orders):03}"
        data["shipped_lines"].append({
            "order_id": source, "line_id": "1", "sold_to": "P-009", "product_id": sku, "lots": ["L2605"],
            "shipped_quantity": "24", "returned_quantity": "0", "shipped_at": "2026-11-02T06:00:00Z", "currency": "CNY",
            "unit_price": "10", "tax_included": True, "tax_rate": "0.13", "net_paid": "240", **fields})
        return source

    def start(sku, pieces, source, **fields):
        order = desk.order(number + len(orders), "P-009", minute + 10 * len(orders))
        order.update(kind="RETURN", reference_document=source)
        desk.line(order, sku, 1, unit="PIECE", quantity=str(pieces), unit_price="10", price_unit="PIECE",
                  reference_line_id="1", **{"return_reason": "UNSOLD", **fields})
        orders.append(desk.settle(order))

    start("SKU-0132", 24, shipped("SKU-0132"))
    start("SKU-0133", 21, shipped("SKU-0133", returned_quantity="4"), discount_rate="0.2")
    start("SKU-0134", 1, "SO-1020-999")
    start("SKU-0135", 2, shipped("SKU-0135"), return_reason="DAMAGED")
    start("SKU-0136", 3, shipped("SKU-0136", net_paid="239.9"))
    source = shipped("SKU-0137")
    shipped("SKU-0137", line_id="2", shipped_quantity="2", net_paid="0", unit_price="0", free_goods=True, main_line_id="1")
    start("SKU-0137", 12, source)
    start("SKU-0289", 5, shipped("SKU-0289", shipped_at="2026-06-20T06:00:00Z"), requested_lot="L2605", return_reason="RECALL")
    start("SKU-0138", 6, shipped("SKU-0138", invoice_number="FP-20261103-18", invoice_date="2026-11-03"))
    return orders


def change_cases(desk, number, minute, data):
    """Changes by stage: SO-1120-245 to 248."""
    orders = []
    asked = {"id": "BG-1", "requested_by": "客户", "requested_at": "2026-11-19T23:00:00Z"}
    confirmed = {**asked, "customer_confirmed_at": "2026-11-19T23:30:00Z"}
    for place, (stage, request) in enumerate((
            ("SUBMITTED", {**asked, "kind": "MODIFY"}),
            ("REVIEWED", {**confirmed, "kind": "MODIFY", "closed_at": "2026-11-20T00:30:00Z"}),
            ("SUBMITTED", {**confirmed, "kind": "CANCEL", "refunded_at": "2026-11-20T00:10:00Z",
                           "void_confirmed_at": "2026-11-20T00:40:00Z"}),
            ("SHIPPED", {**asked, "kind": "CANCEL"}))):
        order = desk.order(number + place, "P-011", minute + 10 * place, [(f"SKU-{139 + place + (place > 0):04}", 1)])
        order.update(stage=stage, change_requests=[request])
        orders.append(desk.settle(order))
    orders[2]["payments"] = [{"id": "PZ-7002", "method": "TRANSFER", "amount": orders[2]["total"], "cleared": True}]
    return orders


def gift_cases(desk, number, minute, data):
    """Free goods and shares: SO-1120-249 to 257."""
    orders = []
    until = {"valid_from": "2026-11-01", "valid_to": "2026-12-31", "currency": "CNY"}
    data["campaigns"] += [
        {"id": "C-FREE", "name": "买12赠1", **until, "free_goods": [
            {"id": "1", "mode": "EXCLUSIVE", "rounding": "WHOLE_STEPS", "basis": "QUANTITY", "step": "12",
             "reward_quantity": "1", "reward": "SAME", "cap_per_partner": "6"}]},
        {"id": "C-ALONG", "name": "配送", **until, "allotment_ratios": [{"ratio": "0.2"}],
         "mix_ratios": [{"brand": "LAN", "minimum": "0.5"}]}]
    data["campaign_usage"].append({"campaign_id": "C-FREE", "partner_id": "P-016", "paid_quantity": "64",
                                   "paid_amount": "900", "free_quantity": "5"})
    for lot in data["lots"]:
        if lot["product_id"] in ("SKU-0294", "SKU-0295"):
            lot["on_hand"] = {"SKU-0294": "50", "SKU-0295": "20"}[lot["product_id"]] if lot["lot"] == "L2605" else "0"

    def start(partner, campaign, *lines):
        order = desk.order(number + len(orders), partner, minute + 10 * len(orders))
        order["kind"] = "CAMPAIGN"
        for sku, pieces in lines:
            line = desk.line(order, sku, 1, campaign_id=campaign, unit="PIECE", quantity=str(pieces))
            line.pop("price_unit")
            desk.reprice(order, line)
        orders.append(order)
        return order

    def gives(order, sku, pieces):
        desk.gift(order, order["lines"][0], sku, pieces)

    gives(start("P-012", "C-FREE", ("SKU-0145", 24)), "SKU-0145", 2)
    gives(start("P-013", "C-FREE", ("SKU-0146", 24)), "SKU-0146", 3)
    gives(start("P-014", "C-FREE", ("SKU-0147", 24)), "SKU-0147", 1)
    gives(start("P-017", "C-FREE", ("SKU-0294", 36)), "SKU-0294", 3)
    gives(start("P-018", "C-GIFT", ("SKU-0295", 6), ("SKU-0148", 12)), "SKU-0149", 1)
    gives(start("P-016", "C-FREE", ("SKU-0151", 24)), "SKU-0151", 2)
    gives(start("P-019", "C-ALONG", ("SKU-0153", 6)), "SKU-0153", 2)
    start("P-021", "C-ALONG", ("SKU-0154", 24))
    gives(start("P-022", "C-ALONG", ("SKU-0157", 12)), "SKU-0157", 2)
    return [desk.settle(order) for order in orders]


def lot_cases(desk, number, minute, data):
    """Lots near their expiry that the customer takes: SO-1120-258 and 259."""
    orders = []
    for place, partner in enumerate(("P-023", "P-024")):
        order = desk.order(number + place, partner, minute + 10 * place)
        desk.line(order, "SKU-0200", 1, accepts_near_expiry=True)
        orders.append(desk.settle(order))
    release_lots(orders[1], data)
    return orders


def combined_cases(desk, number, minute, data):
    """Discounts of several campaigns on a line: SO-1120-260 to 262."""
    orders = []
    until = {"valid_from": "2026-11-01", "valid_to": "2026-12-31", "currency": "CNY"}
    stack = {**until, "combination": "STACK", "combination_group": "YEAR-END"}
    data["campaigns"] += [
        {"id": "C-YE-1", "name": "年终回馈", **stack, "discount_rate": "0.15", "combination_order": 1},
        {"id": "C-YE-2", "name": "首单礼", **stack, "discount_rate": "0.085", "combination_order": 2},
        {"id": "C-YE-3", "name": "满额折", **stack, "discount_rate": "0.033333", "combination_order": 3},
        {"id": "C-YE-X", "name": "一口价八折", **until, "combination": "EXCLUSIVE", "combination_group": "YEAR-END",
         "discount_rate": "0.2"}]
    # Together 0.85 * 0.915 * 0.966667 is left to pay: 0.248175 is granted, more than 0.2 for all in one.
    for partner, claimed, rate in (("P-012", ["C-YE-2", "C-YE-3"], "0.248175"), ("P-013", ["C-YE-2", "C-YE-3"], "0.25"),
                                   ("P-014", ["C-YE-2", "C-YE-3", "C-YE-X"], "0.24")):
        order = desk.order(number + len(orders), partner, minute + 10 * len(orders))
        order["kind"] = "CAMPAIGN"
        desk.line(order, f"SKU-{161 + len(orders):04}", 2, campaign_id="C-YE-1", discount_rate=rate,
                  further_campaigns=[{"campaign_id": each} for each in claimed])
        orders.append(desk.settle(order))
    return orders


def replacement_cases(desk, number, minute, data):
    """Goods sent again: SO-1120-263 and 264."""
    data["complaints"].append({"id": "TS-018", "channel": "PHONE", "complainant_id": "P-013", "partner_id": "P-013",
                               "subject": "DELIVERY", "handler": "S-12", "received_at": "2026-11-18T01:10:00Z"})
    orders = []
    for complaint in ("TS-018", "TS-081"):
        order = desk.order(number + len(orders), "P-013", minute + 10 * len(orders))
        order.update(kind="REPLACEMENT", reference_document=complaint)
        desk.line(order, f"SKU-{164 + len(orders):04}", 1)
        orders.append(desk.settle(order))
    return orders


ROW_CASES = [paper_cases, demand_cases, material_cases, return_cases, change_cases, gift_cases, lot_cases, combined_cases,
             replacement_cases]
