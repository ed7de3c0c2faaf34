"""Files of orders that are no orders: the command names the place in one line and writes nothing.

It runs the `assay` command of the build in ASSAY_BUILD (else build/dev) and is skipped where that has none.
"""

import os
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COMMAND = Path(os.environ.get("ASSAY_BUILD", ROOT / "build" / "dev")).resolve() / "bin" / "assay"
GOOD = b'{"id": "SO-1"}\n'


@unittest.skipUnless(COMMAND.exists(), "needs bin/assay in the build folder")
class OrdersFileTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def refusal(self, name, content):
        """What the command prints on a file of that content, without the file's path."""
        orders = self.folder / name
        orders.write_bytes(content)
        out = self.folder / "out"
        result = subprocess.run(
            [COMMAND, "review", "--rulebook", ROOT / "rules" / "standard" / "order_review.yaml",
             "--data", ROOT / "examples" / "day" / "data", "--orders", orders, "--now", "2026-11-20T09:00:00+08:00",
             "--out", out],
            check=False, capture_output=True, text=True)
        self.assertEqual(result.returncode, 1, result.stderr)
        self.assertEqual(result.stdout, "")
        self.assertFalse(out.exists())
        start = f"assay: {orders}:"
        self.assertTrue(result.stderr.startswith(start), result.stderr)
        return result.stderr[len(start):]

    def test_a_line_that_is_no_json_is_named_by_line_and_column(self):
        self.assertEqual(self.refusal("day.jsonl", GOOD + b'{"id": SO-2}\n'), "2:8: id: expects a string\n")

    def test_a_line_cut_off_is_named(self):
        self.assertEqual(self.refusal("day.jsonl", GOOD + b'{"id": "SO-2"'), "2:14: the text ends too early\n")

    def test_an_unknown_field_is_named_with_the_nearest_known(self):
        self.assertEqual(
            self.refusal("day.jsonl", b'{"id": "SO-1", "curency": "CNY"}\n'),
            "1:16: 'assay.v1.Order' has no field named 'curency'; did you mean 'currency'?\n")

    def test_broken_framing_of_binary_orders_is_named_by_message_and_byte(self):
        self.assertEqual(
            self.refusal("day.binpb", b"\x06\x0a\x04SO-1\x09\x0a"),
            " message 2 is cut off: it begins at byte 7 and needs 9 bytes, of which 1 are there\n")


if __name__ == "__main__":
    unittest.main()
