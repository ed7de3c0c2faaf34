"""Reference data of a generated day: partners, products, prices, campaigns, papers. Hostile but valid: every state
that a row may have turns up, and every limit is met exactly somewhere.

Entry point: reference(random). Quantities on hand, limits and prepayments are set by day_scarcity.py, once it is
known what is ordered.
"""

from datetime import date, datetime, timedelta
from fractions import Fraction

NOW = "2026-11-20T09:30:00+08:00"
MOMENT = datetime.fromisoformat(NOW)
TODAY = date(2026, 11, 20)
REGIONS = ["R1", "R2", "R3", "R4"]
LINES = [("SKIN", "LAN", "COSMETICS"), ("HAIR", "LAN", "COSMETICS"), ("ORAL", "QING", "CARE"), ("BABY", "QING", "FOOD")]
WAREHOUSES = ["W1", "W2"]
ELSEWHERE = [f"V{number}" for number in range(9)]  # nobody orders from these first
LIMITS = {"MARKET_MANAGER": {"authority_limits": [{"rule": "ORD-PRC-03", "bound": "0.25"}]},
          "SERVICE_MANAGER": {"authority_limits": [{"amount": "8000", "currency": "CNY"}, {"rule": "ORD-DOC-04"}]}}
CURRENCIES = ["CNY", "CNY", "CNY", "CNY", "USD", "JPY", "KWD"]
CAMPAIGNS = ["K-PRICE", "K-PRICE", "K-PRICE", "K-OLD", "K-LAST", "K-NEW", "K-VIP", "K-R1", "K-SHOP", "K-SKIN", "K-WHO",
             "K-QUOTA", "K-QUOTA", "K-WORTH",
             "K-QTY", "K-QTY", "K-QTY", "K-FIX", "K-FIX", "K-CHO", "K-CHO", "K-AMT", "K-TWO",  "K-AMT", "K-TWO",
             "K-MANY", "K-MANY", "K-UNCLEAR", "K-ALONG", "K-ALONG", "K-ALONG", "K-MIX", "D-S1", "D-E1", "D-OWN"]
DISCOUNTS = [["D-S1", "D-S2", "D-S3", "D-S4", "D-WIDE"], ["D-E1", "D-E2", "D-E3"], ["D-X", "D-Y", "D-LAST"],
             ["D-CAP", "D-LOW", "D-S1", "D-S2"],
             ["D-OWN", "D-OLD", "D-NEW", "D-VIP", "D-SKIN", "K-PRICE", "D-S1", "D-E1"]]


def text(value):
    """A decimal as rows write it."""
    value = Fraction(value)
    digits = 0
    while (value * 10 ** digits).denominator != 1:
        digits += 1
        assert digits <= 8, value
    whole = abs(int(value * 10 ** digits))
    sign = "-" if value < 0 else ""
    if digits == 0:
        return f"{sign}{whole}"
    return f"{sign}{whole // 10 ** digits}.{whole % 10 ** digits:0{digits}}"


def on(days):
    return str(TODAY + timedelta(days=days))


def _period(rng, row, begins="valid_from", ends="valid_to"):
    """A period around today, at times with an edge on just these days, at times open."""
    begin, end = rng.choice([(-300, 300), (-300, 300), (-300, 300), (0, 300), (-300, 0), (-300, 3), (-300, 4),
                             (1, 300), (-300, -1),
                             (None, 300), (-300, None), (None, None)])
    if begin is not None:
        row[begins] = on(begin)
    if end is not None:
        row[ends] = on(end)
    return row


def _some(rng, values, chance):
    return rng.sample(values, rng.randrange(1, len(values) + 1)) if rng.random() < chance else []


def _contract(rng, number):
    row = {"id": f"C{number}", "brands": _some(rng, ["LAN", "QING"], 0.07),
           "product_lines": _some(rng, [x[0] for x in LINES], 0.05),
           "regions": _some(rng, REGIONS, 0.07), "stores": _some(rng, ["P-19", "P-20", "P-21"], 0.1)}
    if rng.random() < 0.97:
        row["signed"] = on(rng.choice([-300] * 8 + [-1, 0]))
    if rng.random() < 0.06:
        row["ended"] = on(rng.choice([-1, 0, 1, 3, 60]))
    return _period(rng, row) if rng.random() < 0.12 else {**row, "valid_from": on(-300), "valid_to": on(300)}


def _letter(rng, number):
    row = {"id": f"L{number}", "kind": "SALE", "categories": _some(rng, ["COSMETICS", "CARE", "FOOD"], 0.04),
           "brands": _some(rng, ["LAN", "QING"], 0.04), "product_lines": _some(rng, [x[0] for x in LINES], 0.03),
           "regions": _some(rng, REGIONS, 0.04), "stores": _some(rng, ["P-19", "P-20"], 0.05)}
    if rng.random() < 0.04:
        row["revoked"] = on(rng.choice([-1, 0, 2, 60]))
    return _period(rng, row) if rng.random() < 0.06 else {**row, "valid_from": on(-300)}


def _licence(rng, number):
    row = {"kind": "BUSINESS", "number": f"N{number}", "categories": _some(rng, ["COSMETICS", "CARE", "FOOD"], 0.05)}
    return _period(rng, row) if rng.random() < 0.06 else row


def _credit(rng):
    terms = rng.choice(["PREPAID", "CREDIT", "CREDIT", "CREDIT", "MIXED", "MIXED"])
    row = {"terms": terms, "has_limit": rng.random() < 0.85, "limit": "100000",
           "currency": rng.choice(["CNY"] * 9 + ["USD"]),
           "risk_class": rng.choice("AABC"), "receivables": text(rng.randrange(0, 3000)),
           "other_receivables": text(Fraction(rng.randrange(0, 9999), 100)),
           "delivered_not_invoiced": text(rng.randrange(0, 500)),
           "confirmed_not_delivered": text(rng.randrange(0, 500)), "overdue_amount": "0",
           "as_of": rng.choice(["2026-11-20T00:30:00Z"] * 30 + ["2026-11-19T01:30:00Z", "2026-11-19T01:29:59Z",
                                                                "2026-11-20T01:30:00Z"])}
    if rng.random() < 0.06:
        row["overdue_amount"] = rng.choice(["0.01", "5000"])
        row["oldest_overdue_date"] = on(rng.choice([-90, -1, 0]))
    if rng.random() < 0.02:
        row.pop("as_of")
    if rng.random() < 0.02:
        row.pop("has_limit")
    if rng.random() < 0.01:
        row.pop("terms")
    return row


def _prepayments(rng, number, credit):
    rows = []
    for i in range(rng.choice([0, 0, 1, 2, 3])):
        purpose = rng.choice(["FREE", "FREE", "CAMPAIGN", "ORDER"])
        row = {"id": f"V{number}-{i}", "amount": "9000", "unapplied": text(rng.randrange(0, 900000) / Fraction(100)),
               "currency": credit["currency"] if rng.random() < 0.9 else rng.choice(["CNY", "USD", "JPY", "EUR"]),
               "purpose": purpose, "cleared": rng.random() < 0.85}
        if rng.random() < 0.25:
            row["store_id"] = rng.choice([f"P-{max(number, 19):02}", "P-19", "P-20"])
        if purpose == "CAMPAIGN":
            row["campaign_id"] = rng.choice(["K-QTY", "K-PRICE", "K-QUOTA"])
        rows.append(row)
    return rows


def _exemption(rng, number):
    """One kept with its partner: of any of its orders, or of a product or product line alone."""
    row = {"id": f"TP{number}", "rule": rng.choice(["ORD-PTR-05", "ORD-PRC-03", "ORD-PRC-02", "ORD-PRM-01", "ORD-FIN-03",
                                                    "ORD-PRD-01"])}
    row.update(rng.choice([{}, {}, {"product_line": rng.choice(LINES)[0]}, {"product_id": f"S-{rng.randrange(1, 31):02}"}]))
    return _period(rng, row, "valid_from", "valid_until")


def _profile(rng):
    row = {"kind": rng.choice(["ORDINARY", "SPECIAL"]), "title": "T", "tax_number": "91510000TEST000001",
           "address": "1 First Road", "phone": "028-1", "bank": "B", "bank_account": "6222"}
    return {field: value for field, value in row.items() if field == "kind" or rng.random() < 0.93}


def partner(rng, i):
    store = i >= 19
    status = rng.choice(["ACTIVE"] * 60 + ["TERMINATED", "PROSPECT", "ABNORMAL", "SUSPENDED"])
    regions = rng.sample(REGIONS, rng.choice([1, 2, 2, 3]))
    row = {"id": f"P-{i:02}", "name": f"Partner {i}", "channel": "SECOND" if store else "FIRST", "district": "D1",
           "regions": regions,
           "level": rng.choice(["VIP", "A", "A", "B", "B", "C", "D"]), "status": status,
           "price_group": rng.choice(["G1", "G1", "G2", ""]), "contracts": [_contract(rng, f"{i}-{n}")
                                                                            for n in range(rng.choice([1, 1, 1, 2]))],
           "licences": [_licence(rng, f"{i}-{n}") for n in range(rng.choice([1, 1, 1, 2]))],
           "authorisation_letters": [_letter(rng, f"{i}-{n}") for n in range(rng.choice([1, 1, 1, 2]))]}
    if store:
        row["parent_id"] = f"P-{i - 18:02}"
        row["contracts"] = row["contracts"] if rng.random() < 0.3 else []
        row["authorisation_letters"] = row["authorisation_letters"] if rng.random() < 0.7 else []
    places = regions[:2] + ([rng.choice(REGIONS)] if rng.random() < 0.15 else [])
    row["ship_to_addresses"] = [{"id": f"P-{i:02}/{n}", "region": region, "district": "D1",
                                 **({"store_id": row["id"]} if store else
                                    {"store_id": rng.choice(["P-19", "P-20"])} if rng.random() < 0.15 else {}),
                                 **({"closed": True} if rng.random() < 0.03 else {})}
                                for n, region in enumerate(places)]
    if rng.random() < 0.7:
        row["deposit"] = {"required": "20000", "paid": rng.choice(["20000"] * 12 + ["19999.99", "30000"]),
                          "currency": "CNY"}
        if rng.random() < 0.2:
            row["deposit"]["due_date"] = on(rng.choice([-1, 0, 1]))
    if rng.random() < 0.97:
        row["credit"] = _credit(rng)
        row["prepayments"] = _prepayments(rng, i, row["credit"])
    if rng.random() < 0.9:
        row["tax_invoice_profile"] = _profile(rng)
    if rng.random() < 0.3:
        row["exemptions"] = [_exemption(rng, f"{i}-{n}") for n in range(2)]
    return row


def product(rng, i):
    line, brand, category = LINES[i % 4]
    weighed = i % 9 == 4
    row = {"id": f"S-{i:02}", "name": f"Product {i}", "product_line": line, "brand": brand, "category": category,
           "kind": "GOODS",
           "lifecycle": rng.choice(["ACTIVE"] * 20 + ["NEW", "PHASING_OUT", "DISCONTINUED"]), "base_unit": "KG"
           if weighed else "PIECE",
           "count_unit": not weighed, "tax_rate": rng.choice(["0.13", "0.13", "0.09"]),
           "units": [{"unit": "BAG", "numerator": 5, "denominator": 2},
                     {"unit": "THIRD", "numerator": 1, "denominator": 3}] if weighed else
                    [{"unit": "CARTON", "numerator": rng.choice([6, 12, 24]), "denominator": 1},
                     {"unit": "HALF", "numerator": 1, "denominator": 2}]}
    if row["lifecycle"] == "DISCONTINUED" and rng.random() < 0.5:
        row["successor_id"] = "S-01"
    if rng.random() < 0.12:
        row["order_multiple"] = rng.choice(["6", "12"])
    if rng.random() < 0.06:
        row["minimum_quantity"] = rng.choice(["12", "24"])
    if rng.random() < 0.4:
        row["safety_stock"] = rng.choice(["5", "20"])
    if rng.random() < 0.5:
        row["minimum_remaining_life"] = [{"days": 90}] + ([{"channel": "SECOND", "days": 180}]
                                                          if rng.random() < 0.5 else [])
    if rng.random() < 0.05:
        row["launch_allotment"] = rng.choice(["24", "60"])
    if rng.random() < 0.06:
        row["listing_required"] = True
    if rng.random() < 0.02:
        row.pop("lifecycle")
    return row


def gift(i):
    return {"id": f"G-{i:02}", "name": f"Gift {i}", "product_line": "GIFT", "brand": "LAN", "category": "COSMETICS",
            "kind": "GIFT",
            "lifecycle": "ACTIVE", "base_unit": "PIECE", "count_unit": True, "tax_rate": "0.13"}


def material(i):
    return {"id": f"M-{i:02}", "name": f"Material {i}", "product_line": "GIFT", "brand": "LAN", "category": "COSMETICS",
            "kind": "MATERIAL", "lifecycle": "ACTIVE", "base_unit": "PIECE", "count_unit": True, "tax_rate": "0.13"}


# -- Prices ----------------------------------------------------------------------------------

def _price_row(rng, value, currency, floor):
    per = rng.choice([1, 1, 1, 1, 10, 100])
    listed = value * per
    row = {"currency": currency, "tax_included": currency != "USD", "list_price": text(listed)}
    if per != 1:
        row["price_quantity"] = str(per)
    if floor:
        row["floor_price"] = text(Fraction(int(listed * floor * 10000), 10000))
    return row


def prices(rng, products):
    rows = []
    for row in products:
        for currency in dict.fromkeys(CURRENCIES):
            if currency != "CNY" and rng.random() < 0.1:
                continue
            base = Fraction(rng.randrange(100, 20000), 1 if currency == "JPY" else 1000 if currency == "KWD" else 100)
            for group in ("", "G1", "G2"):
                if group and rng.random() < 0.5:
                    continue
                value = base if not group else Fraction(int(base * 10000 * Fraction(9, 10)), 10000)
                entry = {"price_group": group, "product_id": row["id"],
                         **_price_row(rng, value, currency, rng.choice([0, Fraction(13, 20), Fraction(13, 20),
                                                                        Fraction(19, 20)]))}
                if rng.random() < 0.15:
                    rows.append({**entry, "valid_to": on(-2), "list_price": text(Fraction(entry["list_price"]) * 2)})
                    entry["valid_from"] = on(-1)
                rows.append(entry)
                if rng.random() < 0.3:
                    rows.append({**entry, "scale_from": rng.choice(["24", "48"]),
                                 "list_price": text(Fraction(int(Fraction(entry["list_price"]) * 9700), 10000))})
                if rng.random() < 0.01:
                    rows.append({**entry, "valid_from": on(-1)})
                if rng.random() < 0.01:
                    entry.pop("tax_included")
    return rows


def price_contracts(rng, products):
    rows = []
    for i in range(30):
        row = rng.choice(products)
        entry = {"id": f"A{i}", "partner_id": f"P-{rng.randrange(1, 23):02}", "product_id": row["id"],
                 **_price_row(rng, Fraction(rng.randrange(100, 20000), 100), "CNY", rng.choice([0, Fraction(9, 10)]))}
        entry["price"] = entry.pop("list_price")
        if rng.random() < 0.3:
            entry["scale_from"] = "24"
        rows.append(_period(rng, entry) if rng.random() < 0.4 else entry)
    unique = {(row["partner_id"], row["product_id"]): row for row in rows}
    return list(unique.values())


# -- Campaigns -------------------------------------------------------------------------------

def _terms(rng, number, **extra):
    row = {"id": str(number), "mode": rng.choice(["EXCLUSIVE", "INCLUSIVE"]), "step": rng.choice(["10", "12", "100"]),
           "rounding": rng.choice(["WHOLE_STEPS", "PRO_RATA", "EXACT_MULTIPLE"]),
           "reward_quantity": rng.choice(["1", "2", "3"])}
    if rng.random() < 0.3:
        row["minimum"] = rng.choice(["24", "5"])
    if rng.random() < 0.3:
        row["cap_per_order"] = rng.choice(["2", "5"])
    if rng.random() < 0.3:
        row["cap_per_partner"] = rng.choice(["3", "6"])
    return {**row, **extra}


def _campaign(number, **extra):
    return {"id": number, "name": number, "valid_from": on(-30), "valid_to": on(30), "currency": "CNY", **extra}


def discounts(rng):
    """Campaigns that grant a discount, of two groups of one kind each, of one of both kinds, and of none."""
    def discount(number, combination="", group="", **extra):
        row = {"discount_rate": rng.choice(["0.1", "0.1", "0.05", "0.12", "0.033333", "0.000001", "0.2"]),
               "combination_order": rng.choice([0, 1, 2]), "combination_group": group}
        if combination:
            row["combination"] = combination
        return _campaign(number, **{**row, **extra})
    return [
        *(discount(f"D-S{i}", "STACK", "AUTUMN") for i in range(1, 5)),
        discount("D-E1", "EXCLUSIVE", "FAIR"), discount("D-E2", "EXCLUSIVE", "FAIR"), discount("D-E3", "", "FAIR"),
        discount("D-X", "EXCLUSIVE", "BOTH", discount_rate=rng.choice(["0.1", "0.145", "0.144999", "0.145001"])),
        discount("D-Y", "STACK", "BOTH", discount_rate="0.1"), discount("D-LAST", "STACK", "BOTH", discount_rate="0.05",
                                                                        valid_to=on(0)),
        discount("D-OWN"), discount("D-LOW", discount_cap=rng.choice(["0.05", "0.15"])),
        discount("D-CAP", "STACK", "AUTUMN", discount_cap=rng.choice(["0.1", "0.3"])),
        discount("D-OLD", "STACK", "AUTUMN", valid_to=on(-1)), discount("D-NEW", valid_from=on(1)),
        discount("D-VIP", eligible_levels=["VIP", "A"]), discount("D-SKIN", eligible_product_lines=["SKIN", "HAIR"]),
        discount("D-WIDE", "STACK", "AUTUMN", discount_rate=rng.choice(["1", "1.000001", "-0.1"])),
    ]


def campaigns(rng):
    campaign = _campaign
    return [
        campaign("K-PRICE"), campaign("K-OLD", valid_to=on(-1)), campaign("K-LAST", valid_to=on(0)),
        campaign("K-NEW", valid_from=on(1)),
        campaign("K-VIP", eligible_levels=["VIP", "A"], discount_cap="0.4"),
        campaign("K-R1", eligible_regions=["R1", "R2"]),
        campaign("K-SHOP", eligible_channels=["SECOND"]), campaign("K-SKIN", eligible_product_lines=["SKIN", "HAIR"],
                                                                   eligible_brands=["LAN"]),
        campaign("K-WHO", eligible_partners=[f"P-{i:02}" for i in range(1, 12)]),
        campaign("K-QUOTA", quota_basis="QUANTITY", quota="500", quota_used="20"),
        campaign("K-WORTH", quota_basis="AMOUNT", quota="20000", quota_per_partner="5000"),
        campaign("K-QTY", free_goods=[_terms(rng, 1, reward="SAME")]),
        campaign("K-FIX", free_goods=[_terms(rng, 1, reward="FIXED", reward_products=["G-01", "G-02"])]),
        campaign("K-CHO", free_goods=[_terms(rng, 1, reward="CHOICE", reward_products=["G-01", "G-02", "G-03"])]),
        campaign("K-AMT", free_goods=[_terms(rng, 1, reward="CHOICE", reward_products=["G-03"], basis="AMOUNT",
                                             step="1000", minimum="1000")]),
        campaign("K-TWO", free_goods=[_terms(rng, 1, reward="FIXED", reward_products=["G-01"],
                                             product_lines=["SKIN", "ORAL"]),
                                      _terms(rng, 2, reward="FIXED", reward_products=["G-02"],
                                             product_lines=["HAIR", "BABY"])]),
        campaign("K-MANY", free_goods=[_terms(rng, 1, reward="CHOICE", reward_products=["G-01", "G-02"],
                                              cap_per_partner="6"),
                                       _terms(rng, 2, reward="CHOICE", reward_products=["G-02", "G-03"],
                                              cap_per_partner="4")]),
        campaign("K-UNCLEAR", free_goods=[_terms(rng, 1, reward="SAME", mode="UNSPECIFIED")]),
        campaign("K-ALONG", allotment_ratios=[{"brand": "LAN", "ratio": "0.2"}, {"ratio": "0.3"}]),
        campaign("K-MIX", mix_ratios=[{"brand": "LAN", "minimum": "0.5"}, {"product_line": "ORAL", "maximum": "0.25"}]),
    ]


def campaign_prices(rng, products):
    return [{"campaign_id": "K-PRICE", "product_id": row["id"], "currency": "CNY", "tax_included": True,
             "price": text(Fraction(rng.randrange(100, 9000), 100)), **({"price_group": "G1"}
                                                                        if rng.random() < 0.3 else {})}
            for row in rng.sample(products, 12)]


def reference(rng):
    """Rows by dataset; products first, so that orders can be written against them."""
    goods = [product(rng, i) for i in range(1, 31)]
    given = [gift(i) for i in range(1, 4)]
    partners = [partner(rng, i) for i in range(1, 23)]
    listings = [_period(rng, {"partner_id": row["id"], "product_id": item["id"]}) for row in partners for item in goods
                if item.get("listing_required") and rng.random() < 0.6]
    return {
        "partners": partners, "products": goods + given + [material(i) for i in range(1, 3)], "listings": listings,
        "prices": prices(rng, goods + given), "price_contracts": price_contracts(rng, goods),
        "campaigns": campaigns(rng) + discounts(rng),
        "campaign_prices": campaign_prices(rng, goods),
        "exchange_rates": [{"from_currency": "USD", "to_currency": "CNY", "rate": "7.1234", "valid_from": on(-3)},
                           {"from_currency": "JPY", "to_currency": "CNY", "rate": "0.04712"},
                           {"from_currency": "CNY", "to_currency": "USD", "rate": "0.14021"}],
        "recalls": [{"id": "R1", "product_id": "S-05", "opened": on(-1)},
                    {"id": "R2", "product_id": "S-06", "opened": on(-9), "closed": on(0)},
                    {"id": "R3", "product_id": "S-07", "lot": "L1", "opened": on(0)},
                    {"id": "R4", "product_id": "S-08", "opened": on(1)}],
        "staff": [{"id": f"E-{i}", "name": f"Staff {i}", "role": role, **LIMITS.get(role, {})} for i, role in enumerate(
            ["ORDER_REVIEWER", "ARCHIVE_CLERK", "FINANCE_CLERK", "SALES_SUPERVISOR", "MARKET_MANAGER",
             "SERVICE_MANAGER", "SERVICE_AGENT",
             "SERVICE_AGENT", "KASP_CLERK"])],
    }
