"""A long run tells on a terminal what it does, and wipes it away when done; in a pipe it is quiet.

It runs the `assay` command of the build in ASSAY_BUILD (else build/dev) and is skipped where that has none.
"""

import os
import pty
import subprocess
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COMMAND = Path(os.environ.get("ASSAY_BUILD", ROOT / "build" / "dev")).resolve() / "bin" / "assay"
REVIEW = ["review", "--rulebook", ROOT / "rules" / "standard" / "order_review.yaml", "--data",
          ROOT / "examples" / "day" / "data", "--orders", ROOT / "examples" / "day" / "orders.jsonl", "--now",
          "2026-11-20T09:00:00+08:00"]


@unittest.skipUnless(COMMAND.exists(), "needs bin/assay in the build folder")
class ProgressTest(unittest.TestCase):
    def test_a_terminal_is_told_and_left_clean(self):
        ours, theirs = pty.openpty()
        done = subprocess.run([COMMAND, *REVIEW], check=True, stdout=subprocess.PIPE, stderr=theirs)
        os.close(theirs)
        told = os.read(ours, 1 << 16).decode()
        os.close(ours)
        self.assertIn("reading reference data", told)
        orders = (ROOT / "examples" / "day" / "orders.jsonl").read_text(encoding="utf-8").splitlines()
        self.assertIn(f"reviewing {len(orders)} orders", told)
        self.assertTrue(told.endswith("\r\033[K"), told)
        self.assertNotIn(b"\033", done.stdout)

    def test_a_pipe_is_not(self):
        done = subprocess.run([COMMAND, *REVIEW], check=True, capture_output=True)
        self.assertEqual(done.stderr, b"")


if __name__ == "__main__":
    unittest.main()
