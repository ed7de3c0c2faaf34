"""What is written wrong in orders and rows of a generated day: texts that are no decimals or days, and enum values that no
version knows.

Entry points: spoil_order, spoil_rows. The page says of all of them that what cannot be evaluated is a finding and never
passes (9); an order's own codes are refused (ORD-DOC-01).
"""

DECIMALS = ["12,5", "1e3", "ten", "1.", ".5", "--1", "0x10", " 1", "1 000", "１２", "1.2.3", "NaN"]
DAYS = ["2026-02-30", "20261120", "2026-13-01", "tomorrow", "2026-1-5", "2026-11-20T00:00:00Z", "0000-01-01", "2025-02-29"]
NO_CODE = 99

ORDER = {"total": DECIMALS, "order_discount": DECIMALS, "rounding": DECIMALS, "tax": DECIMALS, "requested_date": DAYS,
         "price_date": DAYS, "backorder_until": DAYS, "kind": [NO_CODE], "stage": [NO_CODE],
         "delivery_policy": [NO_CODE], "backorder_policy": [NO_CODE]}
LINE = {"quantity": DECIMALS, "unit_price": DECIMALS, "price_quantity": DECIMALS, "discount_rate": DECIMALS,
        "discount_amount": DECIMALS, "tax_rate": DECIMALS, "net_amount": DECIMALS, "requested_date": DAYS, "price_date": DAYS}
# By dataset, below a list or message of the row where one is named.
PAPER = {"valid_from": DAYS, "valid_to": DAYS}
SUMS = ("receivables", "other_receivables", "delivered_not_invoiced", "confirmed_not_delivered", "limit", "overdue_amount")
ROWS = {
    "lots": {"": {"on_hand": DECIMALS, "expiry": DAYS, "status": [NO_CODE]}},
    "planned_receipts": {"": {"quantity": DECIMALS, "due_date": DAYS, "status": [NO_CODE]}},
    "reservations": {"": {"quantity": DECIMALS, "due_date": DAYS}},
    "recalls": {"": {"opened": DAYS, "closed": DAYS}},
    "products": {"": {"safety_stock": DECIMALS, "minimum_quantity": DECIMALS, "order_multiple": DECIMALS,
                      "lifecycle": [NO_CODE], "tax_rate": DECIMALS}},
    "partners": {"": {"status": [NO_CODE], "channel": [NO_CODE]}, "contracts": {**PAPER, "signed": DAYS, "ended": DAYS},
                 "authorisation_letters": {**PAPER, "revoked": DAYS}, "licences": PAPER,
                 "deposit": {"required": DECIMALS, "paid": DECIMALS, "due_date": DAYS},
                 "credit": {**{name: DECIMALS for name in SUMS}, "oldest_overdue_date": DAYS, "terms": [NO_CODE]},
                 "prepayments": {"unapplied": DECIMALS, "purpose": [NO_CODE]}},
    "prices": {"": {"list_price": DECIMALS, "floor_price": DECIMALS, "scale_from": DECIMALS, "price_quantity": DECIMALS}},
    "price_contracts": {"": {"price": DECIMALS}},
    "campaigns": {"": {"quota": DECIMALS, "quota_used": DECIMALS, "quota_per_partner": DECIMALS, "discount_cap": DECIMALS}},
    "campaign_usage": {"": {"paid_quantity": DECIMALS, "paid_amount": DECIMALS, "free_quantity": DECIMALS}},
    "sales_history": {"": {"average_daily_sales": DECIMALS, "season_factor": DECIMALS}},
    "partner_stock": {"": {"in_store": DECIMALS, "in_transit": DECIMALS, "safety_stock": DECIMALS}},
    "funds_confirmations": {"": {"amount": DECIMALS, "status": [NO_CODE]}},
    "exchange_rates": {"": {"rate": DECIMALS}},
    "exemptions": {"": {"valid_from": DAYS, "valid_until": DAYS}},
    "material_requests": {"": {"valid_to": DAYS, "status": [NO_CODE]}, "lines": {"quantity": DECIMALS}},
    "shipped_lines": {"": {"shipped_quantity": DECIMALS, "returned_quantity": DECIMALS, "net_paid": DECIMALS}},
}


def _spoil(rng, row, fields):
    """Writes one of the fields that the row has wrong."""
    names = [name for name in fields if name in row]
    if names:
        name = rng.choice(names)
        row[name] = rng.choice(fields[name])


def spoil_order(rng, order):
    if rng.random() < 0.5:
        _spoil(rng, order, ORDER)
    else:
        _spoil(rng, rng.choice(order["lines"]), LINE)


def spoil_rows(rng, datasets):
    for name, parts in ROWS.items():
        rows = datasets.get(name, [])
        for row in rng.sample(rows, min(len(rows), rng.choice([0, 0, 1]))):
            place = rng.choice(list(parts))
            part = row.get(place, row) if place else row
            _spoil(rng, rng.choice(part) if isinstance(part, list) and part else part, parts[place])
