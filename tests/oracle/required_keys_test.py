"""Generated days under the standard rulebook, decided on only the rows that sessions ask for, orders coming by and by.

What was brought for the orders before stays, by whatever fields; the decisions are those on all the data, to the byte.
ASSAY_KEYS_DAYS says how many days (3), ASSAY_KEYS_SEED which.
"""

import os
import sys
import unittest
from pathlib import Path

import day_orders
import day_rows

ROOT = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ.get("ASSAY_BUILD", ROOT / "build" / "dev")).resolve()
sys.path.insert(0, str(ROOT / "bindings" / "python"))
os.environ.setdefault("ASSAY_LIBRARY", str(BUILD / "lib" / "libassay.so"))

import assay  # noqa: E402 (after its path and its library are set)

DAYS = int(os.environ.get("ASSAY_KEYS_DAYS", "3"))
SEED = int(os.environ.get("ASSAY_KEYS_SEED", "1"))
ORDERS = 60
STEPS = 6
READ_WHOLE = ("releases", "exemptions", "staff")
MOST_ROUNDS = 6


def has(row, key):
    return all(str(row.get(part["field"], "")) == part.get("value", "") for part in key["key"])


class Host:
    def __init__(self, rulebook, datasets):
        self.rulebook = rulebook
        self.datasets = datasets
        self.brought = assay.Snapshot(rulebook, {name: datasets[name] for name in READ_WHOLE if name in datasets})
        self.asked = set()
        self.rounds = 0  # of the last time

    def session(self, snapshot, orders):
        session = assay.Session(self.rulebook, snapshot, now=day_rows.MOMENT)
        for order in orders:
            session.add(order)
        return session

    def bring(self, keys):
        laid = {}
        for name in {key["dataset"] for key in keys}:
            wanted = [key for key in keys if key["dataset"] == name]
            laid[name] = [row for row in self.datasets.get(name, []) if any(has(row, key) for key in wanted)]
        self.brought = self.brought.over(laid, cleared=keys)

    def decide(self, orders):
        for self.rounds in range(MOST_ROUNDS + 1):
            with self.session(self.brought, orders) as session:
                keys = session.required_keys()
                if not keys:
                    return decisions(session.run())
            names = {repr(key) for key in keys}
            assert not names & self.asked, f"asked again: {names & self.asked}"
            self.asked |= names
            self.bring(keys)
        raise AssertionError(f"still asked for: {keys}")


def decisions(result):
    """Their bytes, but for the names of the snapshots."""
    return [repr({**vars(decision), "provenance": None}) for decision in result.decisions]


@unittest.skipUnless(Path(os.environ["ASSAY_LIBRARY"]).exists(), "needs lib/libassay.so in the build folder")
class RequiredKeysTest(unittest.TestCase):
    def test_orders_that_come_by_and_by_are_decided_as_on_all_the_data(self):
        rulebook = assay.Rulebook.load(ROOT / "rules" / "standard" / "order_review.yaml")
        most = elsewhere = 0
        for seed in range(SEED, SEED + DAYS):
            datasets, orders = day_orders.day(seed, ORDERS)
            # Those with fallback warehouses last: the stock of others was brought by then.
            orders.sort(key=lambda order: bool(order.get("fallback_warehouses")))
            elsewhere += sum(bool(order.get("fallback_warehouses")) for order in orders)
            host = Host(rulebook, datasets)
            whole = assay.Snapshot(rulebook, datasets)
            for step in range(1, STEPS + 1):
                come = orders[:len(orders) * step // STEPS]
                found = host.decide(come)
                with host.session(whole, come) as session:
                    expected = decisions(session.run())
                self.assertEqual(len(found), len(expected))
                for mine, theirs in zip(found, expected):
                    self.assertEqual(mine, theirs, f"day {seed}, step {step}")
                most = max(most, host.rounds)
        self.assertGreater(most, 1)
        self.assertGreater(elsewhere, 0)


if __name__ == "__main__":
    unittest.main()
