"""The sample day with its shelves nearly empty: little stock in lots of all kinds, receipts to come, promises to
others, recalled lots, and every policy of delivery and backorder.

Entry point: write. The same seed gives the same day. Reference data and orders are otherwise those of examples/day.
"""

import json
import random
import shutil
from pathlib import Path

DAY = Path(__file__).resolve().parents[2] / "examples" / "day"


def _lots(rng, lots):
    for lot in lots:
        lot.update(
            on_hand=str(int(lot["on_hand"]) // rng.choice([8, 16, 30])),
            expiry=rng.choice(["2026-12-01", "2027-03-01", "2027-06-01", "2027-09-01", "2028-01-01"]),
            received=rng.choice(["2026-05-01", "2026-06-01", "2026-07-01"]),
            status="STOCK_STATUS_" + rng.choice(["UNRESTRICTED"] * 6 + ["BLOCKED", "QUARANTINE"]))
        if rng.random() < 0.3:
            del lot["expiry"]
        yield lot


def _receipts(rng, places):
    for number, (warehouse, product) in enumerate(places):
        for part in range(rng.randint(0, 2)):
            yield {"id": f"RC-{number}-{part}", "warehouse": warehouse, "product_id": product,
                   "quantity": str(rng.randint(1, 60)),
                   "due_date": rng.choice(["2026-11-19", "2026-11-20", "2026-11-23", "2026-11-25", "2026-12-01"]),
                   "status": "RECEIPT_STATUS_" + rng.choice(["CONFIRMED"] * 3 + ["PLANNED"])}


def _reservations(rng, places):
    for warehouse, product in places:
        if rng.random() < 0.5:
            promise = {"order_id": "SO-0", "line_id": "1", "warehouse": warehouse, "product_id": product,
                       "quantity": str(rng.randint(1, 40))}
            if rng.random() < 0.8:
                promise["due_date"] = rng.choice(["2026-11-10", "2026-11-20", "2026-11-24", "2026-12-03"])
            yield promise


def _orders(rng, orders):
    for order in orders:
        order["delivery_policy"] = "DELIVERY_POLICY_" + rng.choice(["PARTIAL"] * 4 + ["COMPLETE_LINE", "COMPLETE"])
        order["backorder_policy"] = "BACKORDER_POLICY_" + rng.choice(["KEEP", "CANCEL"])
        if rng.random() < 0.3:
            order["requested_date"] = rng.choice(["2026-11-15", "2026-11-20", "2026-11-25", "2026-12-02"])
        yield order


def write(folder, seed):
    """Writes orders.jsonl and data/NAME.jsonl into the folder."""
    rng = random.Random(seed)
    shutil.copytree(DAY / "data", folder / "data")

    def read(name):
        return [json.loads(line) for line in (DAY / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]

    def put(name, rows):
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (folder / f"{name}.jsonl").write_text(text, encoding="utf-8")

    lots = list(_lots(rng, read("data/lots")))
    places = sorted({(lot["warehouse"], lot["product_id"]) for lot in lots})
    recalled = [rng.choice(lots) for _ in range(60)]
    put("data/lots", lots)
    put("data/planned_receipts", _receipts(rng, places))
    put("data/reservations", _reservations(rng, places))
    put("data/recalls", read("data/recalls") + [
        {"id": f"RE-9{number:02}", "product_id": lot["product_id"], "lot": lot["lot"], "opened": "2026-11-01"}
        for number, lot in enumerate(recalled)])
    put("orders", _orders(rng, read("orders")))
