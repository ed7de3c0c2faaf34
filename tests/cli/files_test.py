"""Files the command reads and writes: what cannot be read or written is told with its reason, results are written all or
not at all, and what they hold does no harm in a spreadsheet.

It runs the `assay` command of the build in ASSAY_BUILD (else build/dev) and is skipped where that has none.
"""

import csv
import json
import os
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COMMAND = Path(os.environ.get("ASSAY_BUILD", ROOT / "build" / "dev")).resolve() / "bin" / "assay"
BOOK = """name: t.files
version: "1"
input: {name: order, type: assay.v1.Order}
levels: [{name: line, of: order.lines}]
datasets: [{name: partners, type: assay.v1.Partner, key: [id]}]
joins: [{name: partner, dataset: partners, on: [order.sold_to]}]
review:
  id: order.id
  revision: order.revision
  lines: line
  line_id: line.id
  quantity: line.quantity
"""


def order(number, revision, *line_ids):
    return {"id": number, "revision": revision, "sold_to": "P-1",
            "lines": [{"id": line, "quantity": "1"} for line in line_ids]}


@unittest.skipUnless(COMMAND.exists(), "needs bin/assay in the build folder")
class FilesTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.book = self.folder / "book.yaml"
        self.book.write_text(BOOK, encoding="utf-8")
        self.data = self.folder / "data"
        self.data.mkdir()
        (self.data / "partners.jsonl").write_text('{"id": "P-1"}\n', encoding="utf-8")
        self.orders = self.folder / "orders.jsonl"
        self.write_orders(order("O-1", 1, "1"))
        self.out = self.folder / "out"

    def write_orders(self, *orders):
        self.orders.write_text("".join(json.dumps(row) + "\n" for row in orders), encoding="utf-8")

    def run_assay(self, *words):
        return subprocess.run([COMMAND, *words], check=False, capture_output=True, text=True)

    def review(self, *words, data=None, orders=None):
        return self.run_assay("review", "--rulebook", self.book, "--data", data or self.data, "--orders",
                              orders or self.orders, "--now", "2026-11-20T09:00:00+08:00", *words)

    def assert_refused(self, done, message):
        self.assertEqual((done.returncode, done.stdout, done.stderr), (1, "", f"assay: {message}\n"))

    def test_a_directory_is_no_file_of_rows(self):
        self.assert_refused(self.review(orders=self.data), f"cannot be read: it is a directory: '{self.data}'")
        rows = self.data / "partners.jsonl"
        rows.unlink()
        rows.mkdir()
        self.assert_refused(self.review(), f"cannot be read: it is a directory: '{rows}'")
        self.assert_refused(self.run_assay("check", "--data", self.data, self.book),
                            f"cannot be read: it is a directory: '{rows}'")
        self.assert_refused(self.run_assay("fmt", self.data), f"cannot be read: it is a directory: '{self.data}'")

    def test_what_is_not_there_is_told(self):
        nowhere, dangling = self.folder / "nope", self.data / "partners.jsonl"
        missing = "cannot be read: there is no such file or folder: "
        self.assert_refused(self.review(data=nowhere), f"{missing}'{nowhere}'")
        self.assert_refused(self.review(orders=nowhere), f"{missing}'{nowhere}'")
        self.assert_refused(self.run_assay("fmt", nowhere), f"{missing}'{nowhere}'")
        self.assert_refused(self.review(data=self.book), f"cannot be read: it is no directory: '{self.book}'")
        dangling.unlink()
        dangling.symlink_to(nowhere)
        self.assert_refused(self.review(), f"{missing}'{dangling}'")

    def test_what_the_system_says_is_told(self):
        long = self.folder / ("x" * 300)
        self.assert_refused(self.review(orders=long), f"cannot be read: File name too long: '{long}'")

    def test_a_result_is_decisions_and_tables_and_nothing_else(self):
        for _ in range(2):  # over an earlier one too
            done = self.review("--out", self.out)
            self.assertEqual((done.returncode, done.stderr), (0, ""))
            names = set(os.listdir(self.out))
            self.assertLessEqual({"decisions.jsonl", "superseded.jsonl", "orders.csv", "holds.csv"}, names)
            self.assertEqual({name for name in names if not name.endswith(".csv")},
                             {"decisions.jsonl", "superseded.jsonl", "tables.jsonl", "tables.binpb"})

    def test_a_result_is_written_whole_or_not_at_all(self):
        self.assertEqual(self.review("--out", self.out).returncode, 0)
        before = {path.name: path.read_bytes() for path in self.out.iterdir()}
        (self.out / "holds.csv").unlink()
        (self.out / "holds.csv").mkdir()
        self.write_orders(order("O-2", 1, "1"))
        self.assert_refused(self.review("--out", self.out),
                            f"cannot be written: it is a directory: '{self.out}/holds.csv'")
        del before["holds.csv"]
        self.assertEqual({path.name: path.read_bytes() for path in self.out.iterdir() if path.is_file()}, before)
        self.assert_refused(self.review("--out", self.book), f"cannot be made: it is no directory: '{self.book}'")

    def test_a_pipe_is_not_replaced_by_a_file(self):
        self.out.mkdir()
        os.mkfifo(self.out / "holds.csv")
        self.assert_refused(self.review("--out", self.out),
                            f"cannot be written: it is no regular file: '{self.out}/holds.csv'")
        self.assertEqual(os.listdir(self.out), ["holds.csv"])
        self.assertTrue((self.out / "holds.csv").is_fifo())

    def test_cells_that_a_spreadsheet_would_compute_become_texts(self):
        cells = ["=1+2", "+A1", "-A1", "@SUM(A1)", "\t=1", '=HYPERLINK("x"),"y"', "-5", "-5.20", "a=1", "plain"]
        self.write_orders(*(order(cell, 1, "1") for cell in cells))
        self.assertEqual(self.review("--out", self.out).returncode, 0)
        with open(self.out / "orders.csv", encoding="utf-8", newline="") as file:
            written = [row[0] for row in csv.reader(file)][1:]
        self.assertEqual(sorted(written), sorted(["'" + cell for cell in cells[:6]] + cells[6:]))

    def test_superseded_revisions_are_told_apart(self):
        self.write_orders(order("O-1", 1, "1"), order("O-2", 1, "1"), order("O-1", 2, "1", "2"))
        done = self.review("--out", self.out)
        self.assertEqual(done.stdout.splitlines()[:2],
                         ["t.files 1, orders: 2", "Superseded by a higher revision: 1"])
        self.assertIn("被更高修订取代的修订 1\n", self.review("--lang", "zh").stdout)

        def lines(text):
            decisions = [json.loads(line) for line in text.splitlines()]
            return sorted((d["order_id"], d["revision"], d.get("superseded_by", "")) for d in decisions)

        decided, superseded = [("O-1", "2", ""), ("O-2", "1", "")], [("O-1", "1", "2")]
        self.assertEqual(lines((self.out / "decisions.jsonl").read_text(encoding="utf-8")), decided)
        self.assertEqual(lines((self.out / "superseded.jsonl").read_text(encoding="utf-8")), superseded)
        self.assertEqual(lines(self.review("--format", "json").stdout), sorted(decided + superseded))


if __name__ == "__main__":
    unittest.main()
