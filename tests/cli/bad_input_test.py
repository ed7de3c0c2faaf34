"""Bad input by its kind: what is wrong with a call is one clear line and nothing is written; what is wrong with a row
holds that row, with one finding, while the rest of the day goes on.

It runs the `assay` command of the build in ASSAY_BUILD (else build/dev) and is skipped where that has none.
"""

import json
import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COMMAND = Path(os.environ.get("ASSAY_BUILD", ROOT / "build" / "dev")).resolve() / "bin" / "assay"
DAY = ROOT / "examples" / "day"
BOOK = """name: bad
version: "1"
input: {name: order, type: assay.v1.Order}
levels: [{name: line, of: order.lines}]
"""


@unittest.skipUnless(COMMAND.exists(), "needs bin/assay in the build folder")
class BadInputTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def run_assay(self, *words):
        return subprocess.run([COMMAND, *words], check=False, capture_output=True, text=True)

    def review(self, orders, data):
        return self.run_assay("review", "--rulebook", ROOT / "rules" / "standard" / "order_review.yaml", "--data", data,
                              "--orders", orders, "--now", "2026-11-20T09:00:00+08:00", "--out", self.folder / "out")

    def check(self, text):
        """The lines that say what is wrong, without the excerpts of the text below them."""
        path = self.folder / "bad.yaml"
        path.write_text(text, encoding="utf-8")
        done = self.run_assay("check", path)
        self.assertEqual((done.returncode, done.stdout), (1, ""))
        return [line[len(str(path)) + 1:] for line in done.stderr.splitlines() if line.startswith(str(path))]

    def test_what_is_wrong_with_a_rulebook_is_one_line_at_its_place(self):
        cases = {
            "variables:\n  - {name: a, expression: order.b + 1}\n  - {name: b, expression: order.a + 1}\n": "6:",
            "variables:\n  - {name: a, expression: variables.b + 1}\n  - {name: b, expression: variables.a + 1}\n": "6:",
            "variables:\n  - {name: a, expression: order.id + 1}\n": "6:",
            "variables:\n  - {name: a, expression: order.idd}\n": "6:",
            "levels: []\n": "5:1",
            "joins:\n  - {name: p, dataset: partners, on: [order.sold_to]}\n": "6:",
        }
        for more, place in cases.items():
            lines = self.check(BOOK + more)
            self.assertTrue(lines[0].startswith(place) and " error: " in lines[0], lines)
            self.assertEqual(len(lines), 1, lines)

    def test_a_file_no_dataset_is_called_is_named_with_the_nearest(self):
        data = self.folder / "data"
        shutil.copytree(DAY / "data", data)
        (data / "partners.jsonl").rename(data / "partner.jsonl")
        done = self.review(DAY / "orders.jsonl", data)
        self.assertEqual((done.returncode, done.stdout), (1, ""))
        self.assertEqual(done.stderr, f"assay: {data}/partner.jsonl: the rulebook has no such dataset: 'partner'; "
                                      "did you mean 'partners'?\n")
        self.assertFalse((self.folder / "out").exists())

    def test_a_row_of_reference_data_that_is_no_message_is_named(self):
        data = self.folder / "data"
        shutil.copytree(DAY / "data", data)
        with open(data / "products.jsonl", "a", encoding="utf-8") as file:
            file.write('{"idd": "SKU-1"}\n')
        done = self.review(DAY / "orders.jsonl", data)
        lines = len((DAY / "data" / "products.jsonl").read_text(encoding="utf-8").splitlines()) + 1
        self.assertEqual(done.stderr, f"assay: {data}/products.jsonl:{lines}:2: 'assay.v1.Product' has no field named "
                                      "'idd'; did you mean 'id'?\n")

    def test_a_message_names_only_values_the_rule_has(self):
        lines = self.check(BOOK + "rules:\n  - {id: R, condition: order.id == '', outcome: NOTE, "
                                  "message: {en: \"{expectd}\", zh: \"{line} {\"}}\n")
        self.assertEqual(len(lines), 1, lines)
        self.assertIn("the rule has no value for '{expectd}'; did you mean 'expected'?", lines[0])

    def test_a_dataset_without_a_file_is_told(self):
        data = self.folder / "data"
        shutil.copytree(DAY / "data", data)
        (data / "recalls.jsonl").unlink()
        done = self.review(DAY / "orders.jsonl", data)
        self.assertEqual((done.returncode, done.stderr),
                         (0, f"assay: {data} has no file of dataset 'recalls': it has no rows\n"))

    @unittest.skipUnless(Path("/dev/full").exists(), "needs /dev/full")
    def test_output_that_cannot_be_written_is_no_success(self):
        with open("/dev/full", "w", encoding="utf-8") as full:
            done = subprocess.run([COMMAND, "eval", "1"], check=False, stdout=full, stderr=subprocess.PIPE, text=True)
        self.assertEqual((done.returncode, done.stderr), (1, "assay: the output cannot be written\n"))

    def test_missing_files_and_folders_are_named(self):
        self.assertIn("nowhere", self.review(DAY / "orders.jsonl", self.folder / "nowhere").stderr)
        self.assertIn("nothing.jsonl", self.review(self.folder / "nothing.jsonl", DAY / "data").stderr)

    def test_a_bad_row_is_held_by_one_finding_and_the_day_goes_on(self):
        rows = (DAY / "orders.jsonl").read_text(encoding="utf-8").splitlines()
        partners = list({order["sold_to"]: order for order in map(json.loads, rows[:100])}.values())
        good = partners[0]
        changes = {
            "malformed": lambda order: order["lines"][0].update(quantity="1x"),
            "more digits": lambda order: order["lines"][0].update(quantity="1.0000001"),
            "partner": lambda order: order.update(sold_to="P-999"),
            "overflow": lambda order: order["lines"][0].update(quantity="999999999999", unit_price="99999999999999"),
        }
        orders = [json.dumps(good)]
        for number, (name, change) in enumerate(changes.items()):
            # Of a partner each, or it would be asked whether they repeat an order whose lines cannot be read.
            order = partners[number + 1]
            order.update(id=name, source_document_id=f"X-{number}")
            change(order)
            orders.append(json.dumps(order))
        path = self.folder / "orders.jsonl"
        path.write_text("\n".join(orders), encoding="utf-8")
        done = self.review(path, DAY / "data")
        self.assertEqual(done.returncode, 0, done.stderr)
        text = (self.folder / "out" / "decisions.jsonl").read_text(encoding="utf-8")
        decisions = {decision["order_id"]: decision for decision in map(json.loads, text.splitlines())}
        self.assertEqual(decisions[good["id"]]["disposition"], "DISPOSITION_CONFIRMED")
        words = {"malformed": "quantity is malformed", "more digits": "quantity is malformed",
                 "partner": "partners[P-999] is missing", "overflow": "more than 38 digits"}
        for name, word in words.items():
            found = [finding for finding in decisions[name]["findings"] if finding["rule"] == "ORD-SYS-01"]
            self.assertEqual(len(found), 1, (name, found))
            self.assertIn(word, found[0]["actual"])
            self.assertGreater(len(found[0]["dependents"]), 3)
            self.assertIn(decisions[name]["disposition"], ("DISPOSITION_HELD", "DISPOSITION_REJECTED"))


    def test_a_row_that_is_cut_off_in_its_frame_is_held_and_the_day_goes_on(self):
        row = b"\x0a\x04SO-1\x1a\x03P-1"
        whole, cut = row, row[:-1]
        path = self.folder / "orders.binpb"
        path.write_bytes(b"".join(bytes([len(message)]) + message for message in (cut, whole)))
        done = self.review(path, DAY / "data")
        self.assertEqual(done.returncode, 0, done.stderr)
        text = (self.folder / "out" / "decisions.jsonl").read_text(encoding="utf-8")
        decisions = {decision.get("order_id", ""): decision for decision in map(json.loads, text.splitlines())}
        self.assertEqual(set(decisions), {"", "SO-1"})
        finding, = decisions[""]["findings"]
        self.assertEqual((decisions[""]["disposition"], finding["rule"]), ("DISPOSITION_HELD", "ORD-SYS-01"))
        self.assertGreater(len(decisions["SO-1"]["findings"]), 1)


if __name__ == "__main__":
    unittest.main()
