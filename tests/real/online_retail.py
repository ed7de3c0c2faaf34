"""Ten days of the Online Retail invoices as messages of assay.v1, and where those days are.

Entry points: rows, orders, reference, recent. A row of the data is a line of an order, in the sequence of the data,
with the quantity and the price that stand there; net amounts and totals are their products and sums. It judges no order.
"""

import csv
import datetime as dt
import os
from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDER = Path(os.environ.get("ASSAY_SHARED_DIR", ROOT.parent / "shared")) / "data" / "online-retail"
MISSING = f"no Online Retail days (set ASSAY_SHARED_DIR to the folder above data/online-retail): {FOLDER}"

WAREHOUSE, CURRENCY = "WH-1", "GBP"
NOW = dt.datetime(2010, 12, 13, 9, tzinfo=dt.timezone.utc)  # the morning after the last invoice


def rows():
    """All rows, each a dict of texts."""
    found = []
    for path in sorted(FOLDER.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            found += csv.DictReader(file)
    return found


def invoices(data):
    """Rows by invoice, in the sequence of the data."""
    found = defaultdict(list)
    for row in data:
        found[row["InvoiceNo"]].append(row)
    return dict(found)


def is_cancelled(invoice):
    return invoice.startswith("C")


def sent(own):
    """When an invoice was made: the first time on its rows. Without an offset, and London's winter has none."""
    return min(dt.datetime.fromisoformat(row["InvoiceDate"]) for row in own)


def net(row):
    """Exact: quantities are whole and prices have two digits."""
    return int(row["Quantity"]) * Decimal(row["UnitPrice"])


def _line(number, row):
    return {"id": str(number), "product_id": row["StockCode"], "quantity": row["Quantity"], "unit": "EA",
            "unit_price": row["UnitPrice"], "net_amount": str(net(row))}


def orders(data):
    """An order for each invoice: a cancelled one is at the stage CANCELLED, its quantities negative as they stand."""
    for invoice, own in invoices(data).items():
        yield {
            "id": invoice, "revision": 1, "source_document_id": invoice, "sold_to": own[0]["CustomerID"],
            "ship_to": own[0]["Country"], "submitted_at": f"{sent(own).isoformat()}Z", "kind": "ORDER_KIND_STANDARD",
            "warehouse": WAREHOUSE, "currency": CURRENCY, "tax_included": True,
            "stage": "ORDER_STAGE_CANCELLED" if is_cancelled(invoice) else "ORDER_STAGE_SUBMITTED",
            "lines": [_line(number, row) for number, row in enumerate(own, 1)],
            "total": str(sum(map(net, own)))}


def recent(data):
    """The same invoices as a later day knows them."""
    for invoice, own in invoices(data).items():
        yield {
            "order_id": invoice, "revision": 1, "sold_to": own[0]["CustomerID"], "ship_to": own[0]["Country"],
            "kind": "ORDER_KIND_STANDARD", "submitted_at": f"{sent(own).isoformat()}Z", "currency": CURRENCY,
            "cancelled": is_cancelled(invoice), "total": str(sum(map(net, own))),
            "lines": [{"product_id": row["StockCode"], "base_quantity": row["Quantity"]} for row in own]}


def list_prices(data):
    """What most rows of a product charge, if anything; of several prices that as many charge, the lowest."""
    charged = defaultdict(Counter)
    for row in data:
        charged[row["StockCode"]][Decimal(row["UnitPrice"])] += 1
    for product, prices in charged.items():
        del prices[Decimal(0)]
        if prices:
            yield product, min(prices, key=lambda price: (-prices[price], price))


def _partners(data):
    countries = defaultdict(set)
    for row in data:
        if row["CustomerID"]:
            countries[row["CustomerID"]].add(row["Country"])
    for customer, own in countries.items():
        yield {
            "id": customer, "channel": "PARTNER_CHANNEL_FIRST", "level": "A", "status": "PARTNER_STATUS_ACTIVE",
            "regions": sorted(own), "contracts": [{"id": f"CT-{customer}", "signed": "2010-01-01"}],
            "ship_to_addresses": [{"id": country, "region": country} for country in sorted(own)],
            "credit": {"terms": "CREDIT_TERMS_CREDIT", "has_limit": False, "currency": CURRENCY, "risk_class": "1",
                       "receivables": "0", "other_receivables": "0", "delivered_not_invoiced": "0",
                       "confirmed_not_delivered": "0", "overdue_amount": "0", "as_of": NOW.isoformat()}}


def reference(data):
    """Rows by dataset of the standard rulebook. The data tell neither stock nor credit: there is enough of both."""
    names = {row["StockCode"]: row["Description"] for row in reversed(data)}
    return {
        "partners": list(_partners(data)),
        "products": [{"id": product, "name": name, "base_unit": "EA", "count_unit": True,
                      "lifecycle": "PRODUCT_LIFECYCLE_ACTIVE"} for product, name in names.items()],
        "prices": [{"product_id": product, "currency": CURRENCY, "tax_included": True, "list_price": str(price)}
                   for product, price in list_prices(data)],
        "lots": [{"warehouse": WAREHOUSE, "product_id": product, "lot": "1", "on_hand": "1000000",
                  "status": "STOCK_STATUS_UNRESTRICTED"} for product in names],
    }
