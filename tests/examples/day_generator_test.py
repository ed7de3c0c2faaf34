"""The sample day's generator: the same bytes every time, and amounts that a second hand computes the same.

It reads the files of examples/day and runs the generator; it never judges an order, which is the review's work.
"""

import json
import subprocess
import sys
import tempfile
import unittest
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

DAY = Path(__file__).resolve().parents[2] / "examples" / "day"
sys.path.insert(0, str(DAY))
sys.dont_write_bytecode = True

import generate  # noqa: E402

# Planted with wrong amounts, or with amounts that cannot be read.
WRONG_LINE = {"SO-1120-152", "SO-1120-155", "SO-1120-218"}
WRONG_TOTAL = {"SO-1120-154", "SO-1120-218"}
MINOR = {"CNY": "0.01", "USD": "0.01", "JPY": "1"}


def rows(name):
    return [json.loads(line) for line in (DAY / name).read_text(encoding="utf-8").splitlines()]


def net(line, units, minor):
    """quantity * unit price / price quantity * (1 - rate) - amount, exactly, then rounded once."""
    pieces = 1 if line.get("price_unit", line["unit"]) == line["unit"] else units.get(line["unit"], 1)
    value = Decimal(line["quantity"]) * pieces * Decimal(line["unit_price"]) / Decimal(line.get("price_quantity", "1"))
    value = value * (1 - Decimal(line.get("discount_rate", "0"))) - Decimal(line.get("discount_amount", "0"))
    return value.quantize(minor, rounding=ROUND_HALF_UP)


class DayGeneratorTest(unittest.TestCase):
    def test_running_it_again_gives_the_same_bytes(self):
        for name, text in generate.make_day().items():
            self.assertEqual((DAY / name).read_bytes(), text.encode("utf-8"), name)

    def test_it_says_how_it_is_called_and_writes_where_it_is_told(self):
        program = [sys.executable, DAY / "generate.py"]
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run([*program, "--help"], cwd=folder, check=True, capture_output=True, text=True)
            self.assertTrue(done.stdout.startswith("usage: "), done.stdout)
            wrong = subprocess.run([*program, "--hlep"], cwd=folder, check=False, capture_output=True, text=True)
            self.assertEqual(wrong.returncode, 2)
            self.assertEqual(list(Path(folder).iterdir()), [])
            subprocess.run([*program, "day"], cwd=folder, check=True)
            self.assertEqual((Path(folder) / "day" / "orders.jsonl").read_bytes(), (DAY / "orders.jsonl").read_bytes())

    def test_net_amounts_follow_from_their_lines(self):
        units = {p["id"]: {u["unit"]: u["numerator"] for u in p["units"]} for p in rows("data/products.jsonl")}
        for order in rows("orders.jsonl"):
            if order["id"] in WRONG_LINE:
                continue
            for line in order["lines"]:
                expected = net(line, units.get(line["product_id"], {}), Decimal(MINOR[order["currency"]]))
                self.assertEqual(Decimal(line["net_amount"]), expected, (order["id"], line["id"]))

    def test_totals_follow_from_their_nets(self):
        for order in rows("orders.jsonl"):
            if order["id"] in WRONG_TOTAL | WRONG_LINE:
                continue
            total = sum(Decimal(line["net_amount"]) for line in order["lines"])
            total += sum(Decimal(charge["amount"]) for charge in order.get("charges", []))
            total += Decimal(order.get("rounding", "0")) - Decimal(order.get("order_discount", "0"))
            if order["tax_included"]:
                self.assertEqual(Decimal(order["total"]), total, order["id"])
            else:
                self.assertGreater(Decimal(order["total"]), total, order["id"])

    def test_tax_on_top_is_taken_of_each_line_after_its_share_of_the_discount(self):
        order = next(order for order in rows("orders.jsonl") if order["id"] == "SO-1120-217")
        nets = [Decimal(line["net_amount"]) for line in order["lines"]]
        shares = [Decimal("0.05") * n / sum(nets) for n in nets]
        down = [s.quantize(Decimal("0.01"), rounding="ROUND_DOWN") for s in shares]
        down[max(range(len(nets)), key=lambda i: shares[i] - down[i])] += Decimal("0.05") - sum(down)
        tax = sum(((n - s) * Decimal("0.13")).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP) for n, s in zip(nets, down))
        self.assertEqual(Decimal(order["total"]), sum(nets) - Decimal("0.05") + tax)

    def test_planted_orders_exist_and_name_every_rule(self):
        planted = json.loads((DAY / "planted.json").read_text())
        self.assertLessEqual(set(planted), {order["id"] for order in rows("orders.jsonl")})
        rulebook = (DAY.parents[1] / "rules" / "standard" / "order_review.yaml").read_text(encoding="utf-8")
        rules = {line.split()[-1] for line in rulebook.splitlines() if line.startswith("  - id: ORD-")}
        self.assertEqual({rule for found in planted.values() for rule in found}, rules)

    def test_the_day_stays_small(self):
        self.assertLess((DAY / "orders.jsonl").stat().st_size, 300_000)


if __name__ == "__main__":
    unittest.main()
