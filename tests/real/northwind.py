"""The orders of the Northwind sample database as messages of assay.v1, and where that database is.

Entry points: database, orders, reference, write. Every amount is the decimal that the database states; nothing is
rounded here but the net amounts, as an order's own papers would. It judges no order.
"""

import datetime as dt
import itertools
import json
import os
import sqlite3
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FILE = Path(os.environ.get("ASSAY_SHARED_DIR", ROOT.parent / "shared")) / "data" / "northwind" / "northwind.sqlite"
MISSING = f"no Northwind database (set ASSAY_SHARED_DIR to the folder above data/northwind): {FILE}"

WAREHOUSE, CURRENCY, CAMPAIGN = "WH-1", "USD", "DISCOUNTS"
NOW = dt.datetime(1998, 5, 7, 9, tzinfo=dt.timezone(dt.timedelta(hours=8)))  # the morning after the last order
ON_ORDER_DUE = "1998-06-02"  # some of the last orders are wanted before it, some on it, some after it

# What the database does not have: levels by how much a customer orders, a risk class by where it is, and that
# orders not shipped yet are carried over from an earlier review.
_VIEWS = """
create temp view customer as
select CustomerID as id, CompanyName as name, Country as country,
       case when orders >= 20 then 'VIP' when orders >= 15 then 'A' when orders >= 10 then 'B' else 'C' end as level,
       case when Country in ('USA', 'UK', 'Canada') then '1' else '2' end as risk_class
from Customers left join (select CustomerID, count(*) as orders from Orders group by CustomerID) using (CustomerID);

create temp view line as
select OrderID as order_id, ProductID as product_id, CustomerID as customer_id, substr(OrderDate, 1, 10) as ordered,
       substr(RequiredDate, 1, 10) as wanted, ShippedDate is null as carried_over, Quantity as quantity,
       d.UnitPrice as unit_price, Discount as discount, p.UnitPrice as list_price, UnitsInStock as stock,
       UnitsOnOrder as on_order, ReorderLevel as reserve, Discontinued + 0 as discontinued
from "Order Details" d join Orders using (OrderID) join Products p using (ProductID);
"""


def database():
    """The database, opened for reading, with the views `customer` and `line` added for this connection."""
    connection = sqlite3.connect(f"{FILE.as_uri()}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    connection.executescript(_VIEWS)
    return connection


def exact(number):
    """The decimal that the database was given: the shortest text of its number, which has at most four digits."""
    value = Decimal(str(number))
    if value != round(value, 4):
        raise ValueError(f"more than four digits: {number!r}")
    return value


def net(row):
    """Quantity times price less discount, rounded once to cents."""
    value = row["quantity"] * exact(row["unit_price"]) * (1 - exact(row["discount"]))
    return value.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def _line(row):
    line = {"id": str(row["product_id"]), "product_id": str(row["product_id"]), "quantity": str(row["quantity"]),
            "unit": "EA", "unit_price": str(exact(row["unit_price"])), "net_amount": str(net(row))}
    if row["discount"]:
        line.update(discount_rate=str(exact(row["discount"])), campaign_id=CAMPAIGN)
    return line


def orders(db, backorder_policy):
    """All orders, each line under the id of its product (an order has a product once)."""
    lines = {order: list(rows) for order, rows in itertools.groupby(
        db.execute("select * from line order by order_id, product_id"), key=lambda row: row["order_id"])}
    for row in db.execute("select * from Orders order by OrderID"):
        own = lines[row["OrderID"]]
        freight = exact(row["Freight"])
        yield {
            "id": str(row["OrderID"]), "revision": 1, "source_document_id": f"NW-{row['OrderID']}",
            "customer_document_number": f"PO-{row['OrderID']}", "sold_to": row["CustomerID"],
            "ship_to": row["ShipAddress"], "district": row["ShipCountry"], "submitted_by": f"E-{row['EmployeeID']}",
            "submitted_at": f"{row['OrderDate'][:10]}T00:00:00+08:00", "kind": "ORDER_KIND_STANDARD",
            "warehouse": WAREHOUSE, "currency": CURRENCY, "tax_included": True,
            "requested_date": row["RequiredDate"][:10], "stage": "ORDER_STAGE_SUBMITTED",
            "delivery_policy": "DELIVERY_POLICY_PARTIAL",
            "backorder_policy": f"BACKORDER_POLICY_{backorder_policy}",
            "carried_over": row["ShippedDate"] is None, "lines": [_line(line) for line in own],
            "charges": [{"code": "FREIGHT", "amount": str(freight)}],
            "total": str(sum(net(line) for line in own) + freight)}


def _partners(db):
    addresses = {}
    for customer, address, country in db.execute(
            "select distinct CustomerID, ShipAddress, ShipCountry from Orders order by 1, 2"):
        addresses.setdefault(customer, []).append({"id": address, "region": country})
    for row in db.execute("select * from customer order by id"):
        own = addresses.get(row["id"], [])
        yield {
            "id": row["id"], "name": row["name"], "channel": "PARTNER_CHANNEL_FIRST", "level": row["level"],
            "status": "PARTNER_STATUS_ACTIVE", "regions": sorted({address["region"] for address in own}),
            "contracts": [{"id": f"CT-{row['id']}", "signed": "1996-01-01"}], "ship_to_addresses": own,
            "credit": {"terms": "CREDIT_TERMS_CREDIT", "has_limit": False, "currency": CURRENCY,
                       "risk_class": row["risk_class"], "receivables": "0", "other_receivables": "0",
                       "delivered_not_invoiced": "0", "confirmed_not_delivered": "0", "overdue_amount": "0",
                       "as_of": NOW.isoformat()}}


def _products(db, sells_discontinued, keeps_reserve):
    for row in db.execute("select * from Products order by ProductID"):
        discontinued = row["Discontinued"] == "1" and not sells_discontinued
        yield {
            "id": str(row["ProductID"]), "name": row["ProductName"], "base_unit": "EA", "count_unit": True,
            "lifecycle": "PRODUCT_LIFECYCLE_DISCONTINUED" if discontinued else "PRODUCT_LIFECYCLE_ACTIVE",
            "safety_stock": str(row["ReorderLevel"] if keeps_reserve else 0)}


def _prices(db):
    """Today's list and the ones before it: a price holds from the first day it was charged until the next one."""
    for product, rows in itertools.groupby(
            db.execute("select product_id, unit_price, list_price, ordered from line order by 1, 4"),
            key=lambda row: row["product_id"]):
        spans = [list(span) for _, span in itertools.groupby(rows, key=lambda row: row["unit_price"])]
        if spans[-1][0]["unit_price"] != spans[-1][0]["list_price"]:
            raise ValueError(f"the last price charged is not the list price of product {product}")
        for span, following in zip(spans, spans[1:] + [None]):
            entry = {"product_id": str(product), "currency": CURRENCY, "tax_included": True,
                     "list_price": str(exact(span[0]["unit_price"]))}
            if span is not spans[0]:
                entry["valid_from"] = span[0]["ordered"]
            if following is not None:
                entry["valid_to"] = str(dt.date.fromisoformat(following[0]["ordered"]) - dt.timedelta(days=1))
            yield entry


def list_prices(db):
    """Today's list alone."""
    for row in db.execute("select ProductID, UnitPrice from Products order by ProductID"):
        yield {"product_id": str(row["ProductID"]), "currency": CURRENCY, "list_price": str(exact(row["UnitPrice"]))}


def _lots(db, times):
    """One lot of each product; none of those the database has none of."""
    for row in db.execute("select ProductID, UnitsInStock from Products where UnitsInStock > 0 order by ProductID"):
        yield {"warehouse": WAREHOUSE, "product_id": str(row["ProductID"]), "lot": "1",
               "on_hand": str(row["UnitsInStock"] * times), "status": "STOCK_STATUS_UNRESTRICTED"}


def _receipts(db, times):
    for row in db.execute("select ProductID, UnitsOnOrder from Products where UnitsOnOrder > 0 order by ProductID"):
        yield {"id": f"PO-{row['ProductID']}", "warehouse": WAREHOUSE, "product_id": str(row["ProductID"]),
               "quantity": str(row["UnitsOnOrder"] * times), "due_date": ON_ORDER_DUE,
               "status": "RECEIPT_STATUS_CONFIRMED"}


def reference(db, times=1, sells_discontinued=False, keeps_reserve=False, with_receipts=False):
    """Rows by dataset of the standard rulebook, under which nothing but stock and products can stop an order. `times`
    multiplies what is in stock and on order: two years of orders ask for far more than the database has."""
    return {
        "partners": list(_partners(db)),
        "products": list(_products(db, sells_discontinued, keeps_reserve)),
        "prices": list(_prices(db)),
        "lots": list(_lots(db, times)),
        "planned_receipts": list(_receipts(db, times)) if with_receipts else [],
        "campaigns": [{"id": CAMPAIGN, "currency": CURRENCY, "discount_cap": "0.25"}],
    }


def write(path, rows):
    """One message a line."""
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
