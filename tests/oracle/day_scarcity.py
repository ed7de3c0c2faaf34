"""The rows that a generated day's orders meet: stock, limits and quotas that are scarce, exactly enough, or one unit
short; the past; what partners sell, have and were answered.

Entry point: add_rows(random, datasets, orders).
"""

from fractions import Fraction

import funds
from day_rows import CAMPAIGNS, MOMENT, on, text
from rows import Data, Unknown
from sheet import Sheet


def _demand(datasets, orders):
    """Base quantities asked for by (warehouse, product)."""
    data, found = Data(datasets), {}
    for order in (each for each in orders if each["kind"] != "RETURN"):
        for line in Sheet(order, data, MOMENT, [], {}).lines:
            try:
                for warehouse in line.sheet.warehouses:
                    key = warehouse, line.row["product_id"]
                    part = line.base_quantity / (1 if warehouse == order.get("warehouse", "") else 6)
                    found[key] = found.get(key, 0) + part
            except Unknown:
                continue
    return found


def _stock(rng, datasets, orders):
    lots, receipts, reservations = [], [], []
    for (warehouse, product), quantity in sorted(_demand(datasets, orders).items()):
        key = {"warehouse": warehouse, "product_id": product}
        left = max(Fraction(1), quantity * rng.choice([0, Fraction(1, 6), Fraction(1, 4), Fraction(1, 3),
                                                       Fraction(1, 2), Fraction(3, 4), 1, 2]))
        for i in range(rng.choice([1, 1, 2, 3])):
            lot = {**key, "lot": f"L{i + 1}", "on_hand": text(left.numerator // left.denominator),
                   "status": rng.choice(["UNRESTRICTED"] * 8 + ["BLOCKED", "INSPECTION"]),
                   "received": on(-rng.randrange(1, 90))}
            if rng.random() < 0.7:
                lot["expiry"] = on(rng.choice([-1, 0, 3, 30, 90, 93, 94, 180, 300, 400, 700]))
            lots.append(lot)
            left = left / 2
        for i in range(rng.choice([0, 0, 1, 2])):
            receipts.append({**key, "id": f"N-{warehouse}-{product}-{i}",
                             "quantity": text(rng.choice([6, 12, 48, 100])),
                             "due_date": on(rng.choice([-1, 0, 3, 5, 9, 10, 25])),
                             "status": rng.choice(["CONFIRMED", "CONFIRMED", "PLANNED"])})
        if rng.random() < 0.3:
            row = {**key, "order_id": rng.choice(["X-1", "X-2", rng.choice(orders)["id"]]),
                   "line_id": f"{warehouse}{product}", "quantity": text(rng.choice([1, 6, 24]))}
            if rng.random() < 0.4:
                row["lot"] = rng.choice(["L1", "L1", "L2", "L9"])
            if rng.random() < 0.7:
                row["due_date"] = on(rng.choice([-2, 0, 1, 4, 12]))
            reservations.append(row)
    datasets.update(lots=lots, planned_receipts=receipts, reservations=reservations)


def _limits(rng, datasets, orders):
    """Credit limits and prepayments that just cover the first orders of a partner, or one cent less."""
    data = Data(datasets)
    for partner in datasets["partners"]:
        credit = partner.get("credit")
        sums = []
        for order in orders:
            pays = order["kind"] != "RETURN" and order.get("payer", order["sold_to"]) == partner["id"]
            if pays and "total" in order and order["currency"] == "CNY":
                sums.append(Fraction(order["total"]))
        if not credit or not sums or credit["currency"] != "CNY":
            continue
        room = sum(sums[:rng.randrange(1, len(sums) + 1)]) + rng.choice([0, 0, Fraction(-1, 100), 500])
        if rng.random() < 0.4:
            room += 100000
        if credit.get("terms") == "PREPAID":
            owed = sum(Fraction(credit[part]) for part in ("receivables", "other_receivables",
                                                           "delivered_not_invoiced", "confirmed_not_delivered"))
            partner.setdefault("prepayments", []).append({"id": f"V{partner['id']}", "amount": "1",
                                                          "unapplied": text(max(0, room + owed)),
                                                          "currency": "CNY", "purpose": "FREE", "cleared": True})
        else:
            sheet = Sheet({"id": "-", "sold_to": partner["id"], "currency": "CNY"}, data, MOMENT, [], {})
            try:
                credit["limit"] = text(max(0, room + funds.exposure(sheet)))
            except Unknown:  # a prepayment in a currency without a rate
                credit["limit"] = text(max(0, room))
        for row in partner.get("prepayments", []):
            if row["purpose"] == "ORDER":
                row["order_id"] = rng.choice(orders)["id"]


def _past(rng, datasets, orders):
    rows = []
    for i, order in enumerate(rng.sample(orders, min(len(orders), 12))):
        sheet = Sheet(order, Data(datasets), MOMENT, [], {})
        try:
            lines = [{"product_id": line.row["product_id"], "base_quantity": text(line.base_quantity),
                      "free_goods": line.free} for line in sheet.lines]
        except Unknown:
            continue
        row = {"order_id": rng.choice([f"X-{i}", f"X-{i}", order["id"]]), "revision": rng.choice([0, 1, 2]),
               "sold_to": order["sold_to"],
               "ship_to": order.get("ship_to", ""), "kind": order["kind"],
               "submitted_at": rng.choice(["2026-11-18T16:00:00Z", "2026-11-19T01:00:00Z"]),
               "customer_document_number": rng.choice(["KD-1", "KD-3", ""]), "lines": lines,
               "total": order.get("total", "1"),
               "currency": order["currency"]}
        if rng.random() < 0.2:
            row[rng.choice(["rejected", "cancelled"])] = True
        rows.append(row)
    datasets["recent_orders"] = list({row["order_id"]: row for row in rows}.values())


def _others(rng, datasets, orders):
    """Sales, partners' stock, material requests, answers of the finance clerk, usage, exemptions."""
    sales, stock = [], []
    for partner in datasets["partners"]:
        for product in rng.sample(datasets["products"], 3):
            key = {"partner_id": partner["id"], "product_id": product["id"]}
            sales.append({**key, "warehouse": "", "average_daily_sales": rng.choice(["0", "1", "2.5", "8", "20"]),
                          "history_days": rng.choice([29, 30, 90]),
                          "visit_cycle_days": 7, "lead_days": rng.choice([0, 3]),
                          **({"season_factor": "1.5"} if rng.random() < 0.3 else {})})
            if rng.random() < 0.95:
                stock.append({**key, "in_store": rng.choice(["0", "3", "40"]), "in_transit": rng.choice(["0", "6"]),
                              "open_orders": "0",
                              "safety_stock": rng.choice(["0", "10", "90"])})
    answers = []
    for i in range(10):
        order = rng.choice(orders)
        row = {"id": f"F{i}", "partner_id": order["sold_to"], "status": rng.choice(["FUNDED", "FUNDED", "FUNDED",
                                                                                    "NONE", "OWING"]),
               "currency": order["currency"],
               "confirmed_at": rng.choice(["2026-11-20T01:00:00Z", "2026-11-19T01:30:00Z", "2026-11-19T01:29:59Z"])}
        if rng.random() < 0.8:
            row["order_ids"] = [order["id"]]
        if row["status"] == "FUNDED" and rng.random() < 0.6:
            row["amount"] = text(max(1, Fraction(order.get("total", "1")) + rng.choice([0, -1, 500])))
        answers.append(row)
    usage = [{"campaign_id": campaign, "partner_id": partner["id"], "paid_quantity": rng.choice(["0", "24", "100"]),
              "paid_amount": rng.choice(["0", "4000", "5000"]),
              "free_quantity": rng.choice(["0", "1", "3"]),
              **({"terms": [{"terms_id": str(n), "paid_quantity": rng.choice(["0", "24", "100"]),
                             "paid_amount": rng.choice(["0", "4000"]), "free_quantity": rng.choice(["0", "1", "3", "5"])}
                            for n in rng.choice([[1], [2], [1, 2]])]} if rng.random() < 0.5 else {})} for partner in datasets["partners"]
             for campaign in rng.sample(CAMPAIGNS, 5)]
    datasets.update(
        sales_history=list({(row["partner_id"], row["product_id"]): row for row in sales}.values()),
        partner_stock=stock, funds_confirmations=answers,
        campaign_usage=list({(row["campaign_id"], row["partner_id"]): row for row in usage}.values()),
        material_requests=[{"id": f"Q-{i}", "partner_id": rng.choice(orders)["sold_to"],
                            "status": rng.choice(["APPROVED", "APPROVED", "SUBMITTED"]),
                            "valid_to": on(rng.choice([-1, 0, 9])), "lines": [{"product_id": "M-01", "quantity": "10",
                                                                               "ordered_quantity": "4"},
                                                                              {"product_id": "M-02", "quantity": "6"}]}
                           for i in range(1, 4)],
        exemptions=[{"id": "T1", "rule": "ORD-PTR-05", "partner_id": "P-02", "valid_until": on(0)},
                    {"id": "T2", "rule": "ORD-PTR-06", "partner_id": "P-03"},
                    {"id": "T3", "rule": "ORD-PRC-03", "product_line": "SKIN", "valid_until": on(-1)},
                    {"id": "T5", "rule": "ORD-PRC-02", "product_line": "HAIR", "valid_until": on(0)},
                    {"id": "T6", "rule": "ORD-PRM-01", "product_line": "GIFT"},
                    {"id": "T4", "rule": "ORD-DOC-06", "product_id": "S-02"}])


def add_rows(rng, datasets, orders):
    _stock(rng, datasets, orders)
    _limits(rng, datasets, orders)
    _past(rng, datasets, orders)
    _others(rng, datasets, orders)
