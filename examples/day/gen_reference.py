"""Reference data of the sample day: staff, partners, products, prices, campaigns, stock.

Entry point: reference(random), which gives {dataset: rows}. Names are made of a district and a number, so that they
are nobody's. Partners P-031 to P-040 and products SKU-0281 to SKU-0300 have something wrong; the rest is in order.
"""

from decimal import Decimal

from gen_money import text

DISTRICTS = {
    "CD": {"name": "成都", "regions": ["510104", "510105", "510106", "510107"], "warehouse": "WH-CD"},
    "MY": {"name": "绵阳", "regions": ["510703", "510704", "510705"], "warehouse": "WH-MY"},
    "DY": {"name": "德阳", "regions": ["510603", "510604", "510681"], "warehouse": "WH-CD"},
}
CODES = list(DISTRICTS)
LINES = [("SKIN", "LAN", "COSMETICS"), ("HAIR", "LAN", "COSMETICS"), ("ORAL", "QING", "CARE"), ("BABY", "QING", "CARE")]
CARTONS = [6, 12, 24]


def staff():
    roles = ["ORDER_REVIEWER", "FOLLOW_UP_CLERK", "ARCHIVE_CLERK", "FINANCE_CLERK", "SALES_SUPERVISOR",
             "MARKET_MANAGER", "SERVICE_MANAGER", "KASP_CLERK"]
    rows = [{"id": f"S-{i + 1:02}", "name": f"员工{i + 1:02}", "role": role, "area": "SW"} for i, role in enumerate(roles)]
    for i, code in enumerate(CODES):
        rows.append({"id": f"S-{i + 11}", "name": f"客服{i + 1:02}", "role": "SERVICE_AGENT", "area": "SW",
                     "district": code, "reports_to": "S-07"})
    rows[5]["authority_limits"] = [{"rule": "ORD-PRC-03", "bound": "0.4"}]
    return rows


def contract(number, regions, **extra):
    row = {"id": f"HT-{number:03}", "brands": ["LAN", "QING"], "product_lines": [line[0] for line in LINES],
           "regions": regions, "valid_from": "2026-01-01", "valid_to": "2026-12-31", "signed": "2025-12-15"}
    row.update(extra)
    return row


def credit(terms, **extra):
    row = {"terms": terms, "has_limit": True, "limit": "800000", "currency": "CNY", "risk_class": "A",
           "receivables": "50000", "other_receivables": "0", "delivered_not_invoiced": "12000",
           "confirmed_not_delivered": "8000", "overdue_amount": "0", "as_of": "2026-11-19T22:00:00Z"}
    if terms == "PREPAID":
        row.update({"has_limit": False, "receivables": "0", "delivered_not_invoiced": "0", "confirmed_not_delivered": "0"})
        del row["limit"]
    row.update(extra)
    return row


def prepayment(number, amount, **extra):
    row = {"id": f"YS-{number:03}", "amount": amount, "unapplied": amount, "currency": "CNY", "purpose": "FREE",
           "received_date": "2026-11-10", "cleared": True}
    row.update(extra)
    return row


def partner(i, rng):
    code = CODES[i % 3]
    district = DISTRICTS[code]
    store = 25 <= i <= 30
    terms = "PREPAID" if i % 5 == 0 else "MIXED" if i % 7 == 0 else "CREDIT"
    regions = district["regions"]
    row = {
        "id": f"P-{i:03}", "name": f"{district['name']}{'卖场' if store else '合作商'}{i:02}号",
        "channel": "SECOND" if store else "FIRST", "area": "SW", "district": code, "regions": regions,
        "owner_agent": f"S-{CODES.index(code) + 11}", "level": rng.choice(["VIP", "A", "A", "B", "B", "B", "C"]),
        "status": "ACTIVE", "contracts": [contract(i, regions)],
        "deposit": {"required": "20000", "paid": "20000", "currency": "CNY"},
        "licences": [{"kind": "BUSINESS", "number": f"XK-{i:03}", "valid_from": "2024-01-01", "valid_to": "2028-12-31"}],
        "authorisation_letters": [{"id": f"SQ-{i:03}", "kind": "DISTRIBUTION", "brands": ["LAN", "QING"],
                                   "valid_from": "2026-01-01", "valid_to": "2026-12-31"}],
        "credit": credit(terms, risk_class=rng.choice("AABBC")), "price_group": "G1" if not store else "",
        "ship_to_addresses": [
            {"id": f"P-{i:03}-{n + 1}", "region": region, "district": code} for n, region in enumerate(regions[:2])],
        "tax_invoice_profile": {"kind": "ELECTRONIC", "title": f"{district['name']}合作商{i:02}号", "tax_number": f"91510000TEST{i:06}"},
    }
    if terms == "PREPAID":
        row["prepayments"] = [prepayment(i, "600000")]
    if store:
        row["parent_id"] = f"P-{i - 24:03}"
        row["contracts"] = []
        for address in row["ship_to_addresses"]:
            address["store_id"] = row["id"]
    return row


def partners(rng):
    rows = [partner(i, rng) for i in range(1, 41)]
    by_id = {row["id"]: row for row in rows}
    for i in range(25, 31):  # a store delivers where its distributor does
        parent = by_id[f"P-{i - 24:03}"]
        row = by_id[f"P-{i:03}"]
        row.update(regions=parent["regions"], district=parent["district"])
        for address, region in zip(row["ship_to_addresses"], parent["regions"]):
            address.update(region=region, district=parent["district"])
    for number in range(31, 41):
        by_id[f"P-{number:03}"].update(level="B", credit=credit("CREDIT"), prepayments=[])
    by_id["P-001"].update(level="VIP", credit=credit("CREDIT"))
    by_id["P-002"].update(level="A", credit=credit("CREDIT"))
    by_id["P-003"].update(level="B", credit=credit("CREDIT"))
    by_id["P-008"]["level"] = "A"  # draws the quota before P-009
    by_id["P-009"]["level"] = "C"
    by_id["P-031"]["status"] = "TERMINATED"
    by_id["P-032"]["status"] = "SUSPENDED"
    by_id["P-033"]["contracts"][0]["valid_to"] = "2026-10-31"
    by_id["P-034"]["contracts"][0]["product_lines"] = ["SKIN"]
    by_id["P-035"]["deposit"]["paid"] = "15000"
    by_id["P-036"].update(credit=credit("PREPAID"), prepayments=[
        prepayment(36, "1000"), prepayment(37, "5000", cleared=False),
        prepayment(38, "20000", purpose="CAMPAIGN", campaign_id="C-1111")])
    by_id["P-037"]["credit"].update(limit="71000")
    by_id["P-038"]["credit"].update(oldest_overdue_date="2026-10-20", overdue_amount="3200")
    by_id["P-039"]["credit"].update(as_of="2026-11-18T00:59:00Z")
    del by_id["P-040"]["credit"]
    by_id["P-024"]["tax_invoice_profile"]["tax_number"] = ""
    return rows


def product(i, rng):
    line, brand, category = LINES[i % 4]
    row = {"id": f"SKU-{i:04}", "name": f"{line} {i:04}", "product_line": line, "brand": brand, "category": category,
           "lifecycle": "ACTIVE", "base_unit": "PIECE",
           "units": [{"unit": "CARTON", "numerator": CARTONS[i % 3], "denominator": 1}],
           "safety_stock": "20", "shelf_life_days": 720, "count_unit": True, "kind": "GOODS", "tax_rate": "0.13",
           "minimum_remaining_life": [{"days": 90}, {"channel": "SECOND", "days": 180}]}
    if i % 10 == 0:
        row.update(order_multiple=str(CARTONS[i % 3]), minimum_quantity=str(CARTONS[i % 3]))
    return row


def products(rng):
    rows = [product(i, rng) for i in range(1, 301)]
    rows[280].update(lifecycle="DISCONTINUED", successor_id="SKU-0001")
    rows[281].update(listing_required=True)
    return rows


def prices(rng):
    rows, list_prices = [], {}
    for i in range(1, 301):
        price = Decimal(rng.randrange(600, 20000)) / 100
        sku = f"SKU-{i:04}"
        list_prices[sku] = price
        if i == 283:
            continue  # has no price
        per = 100 if i % 50 == 49 else 1
        floor = Decimal("0.95") if i == 284 else Decimal("0.65")
        for group, factor in (("", Decimal(1)), ("G1", Decimal("0.9"))):
            listed = (price * factor).quantize(Decimal("0.01")) * per
            row = {"price_group": group, "product_id": sku, "currency": "CNY", "tax_included": True,
                   "valid_from": "2026-07-01", "list_price": text(listed),
                   "floor_price": text((listed * floor).quantize(Decimal("0.0001")))}
            if per != 1:
                row["price_quantity"] = str(per)
            rows.append(row)
            if i <= 20:
                rows.append({**row, "scale_from": "100", "list_price": text((listed * Decimal("0.97")).quantize(Decimal("0.01")))})
    for i in range(1, 6):
        rows.append({"price_group": "", "product_id": f"SKU-{i:04}", "currency": "USD", "tax_included": False,
                     "list_price": text((list_prices[f"SKU-{i:04}"] / 7).quantize(Decimal("0.01")))})
    rows.append({"price_group": "", "product_id": "SKU-0006", "currency": "JPY", "tax_included": True, "list_price": "900"})
    return rows


def price_contracts(price_rows):
    group = {row["product_id"]: row for row in price_rows if row["price_group"] == "G1" and "scale_from" not in row}
    return [{"id": f"PC-{i:03}", "partner_id": f"P-{i % 24 + 1:03}", "product_id": f"SKU-{100 + i:04}", "currency": "CNY",
             "tax_included": True, "valid_from": "2026-09-01", "valid_to": "2026-12-31",
             "price_quantity": group[f"SKU-{100 + i:04}"].get("price_quantity", "1"),
             "price": text((Decimal(group[f"SKU-{100 + i:04}"]["list_price"]) * Decimal("0.98")).quantize(Decimal("0.01")))}
            for i in range(24)]


def campaigns(price_rows):
    group = {row["product_id"]: row for row in price_rows if row["price_group"] == "" and row["currency"] == "CNY"}
    rows = [
        {"id": "C-1111", "name": "双十一", "valid_from": "2026-11-01", "valid_to": "2026-11-30", "currency": "CNY",
         "discount_cap": "0.25", "eligible_product_lines": ["SKIN", "HAIR"]},
        {"id": "C-0901", "name": "九月", "valid_from": "2026-09-01", "valid_to": "2026-09-30", "currency": "CNY"},
        {"id": "C-VIP", "name": "VIP", "valid_from": "2026-11-01", "valid_to": "2026-11-30", "currency": "CNY",
         "eligible_levels": ["VIP"]},
        {"id": "C-QUOTA", "name": "限量", "valid_from": "2026-11-01", "valid_to": "2026-12-31", "currency": "CNY",
         "quota_basis": "QUANTITY", "quota": "500", "quota_used": "440"},
    ]
    special = [{"campaign_id": "C-1111", "product_id": f"SKU-{i:04}", "currency": "CNY", "tax_included": True,
                "price": text((Decimal(group[f"SKU-{i:04}"]["list_price"]) * Decimal("0.8")).quantize(Decimal("0.01")))}
               for i in (41, 44, 45, 48)]
    return rows, special


def stock(rng):
    lots, receipts = [], []
    for i in range(1, 301):
        for warehouse in ("WH-CD", "WH-MY"):
            key = {"warehouse": warehouse, "product_id": f"SKU-{i:04}"}
            if i in (285, 286, 287):
                lots.append({**key, "lot": "L2610", "on_hand": "50", "expiry": "2028-03-31", "received": "2026-09-01",
                             "status": "UNRESTRICTED"})
                if i == 286:
                    receipts.append({"id": f"RC-{i}-{warehouse}", **key, "quantity": "200", "due_date": "2026-12-05",
                                     "status": "CONFIRMED"})
                continue
            first = rng.randrange(200, 500)
            lots.append({**key, "lot": "L2605", "on_hand": str(first), "expiry": "2027-11-30", "received": "2026-06-01",
                         "status": "UNRESTRICTED"})
            if i % 2 == 0:
                lots.append({**key, "lot": "L2609", "on_hand": str(rng.randrange(300, 900)), "expiry": "2028-02-28",
                             "received": "2026-09-15", "status": "UNRESTRICTED"})
            else:
                lots[-1]["on_hand"] = str(first + 500)
            if i % 40 == 0:
                lots.append({**key, "lot": "L2501", "on_hand": "80", "expiry": "2026-12-31", "received": "2025-03-01",
                             "status": "UNRESTRICTED"})
                lots.append({**key, "lot": "L2608", "on_hand": "60", "expiry": "2028-01-31", "received": "2026-08-20",
                             "status": "INSPECTION"})
    return lots, receipts


def reference(rng):
    price_rows = prices(rng)
    campaign_rows, special = campaigns(price_rows)
    lots, receipts = stock(rng)
    return {
        "staff": staff(), "partners": partners(rng), "products": products(rng), "prices": price_rows,
        "price_contracts": price_contracts(price_rows), "campaigns": campaign_rows, "campaign_prices": special,
        "campaign_usage": [],
        "listings": [{"partner_id": "P-001", "product_id": "SKU-0282", "valid_from": "2026-01-01"}],
        "exchange_rates": [{"from_currency": "USD", "to_currency": "CNY", "rate": "7.12", "valid_from": "2026-11-01"}],
        "lots": lots, "planned_receipts": receipts,
        "reservations": [{"order_id": "SO-1112-007", "line_id": "1", "warehouse": "WH-CD", "product_id": f"SKU-{i:04}",
                          "quantity": "24", "due_date": "2026-11-21"} for i in range(61, 71)],
        "recalls": [{"id": "RE-01", "product_id": "SKU-0288", "opened": "2026-11-15", "reason": "QUALITY"},
                    {"id": "RE-02", "product_id": "SKU-0289", "lot": "L2605", "opened": "2026-11-10", "reason": "QUALITY"},
                    {"id": "RE-03", "product_id": "SKU-0001", "opened": "2026-01-10", "closed": "2026-02-01"}],
        "sales_history": [], "partner_stock": [], "material_requests": [], "shipped_lines": [], "after_sales_cases": [],
        "complaints": [],
        "recent_orders": [], "funds_confirmations": [], "releases": [], "exemptions": [],
    }
