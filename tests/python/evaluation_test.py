"""Evaluations through the Python package: typed values, tasks, explanations, and what calls that fail leave behind.

It uses libassay of the build in ASSAY_BUILD (else build/dev) and is skipped where that has none.
"""

import os
import re
import sys
import unittest
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ.get("ASSAY_BUILD", ROOT / "build" / "dev")).resolve()
sys.path.insert(0, str(ROOT / "bindings" / "python"))
os.environ.setdefault("ASSAY_LIBRARY", str(BUILD / "lib" / "libassay.so"))

import assay  # noqa: E402 (after its path and its library are set)

NOW = datetime(2026, 11, 20, 1, tzinfo=timezone.utc)
BOOK = """name: test.values
version: 3
time_zone: Asia/Shanghai
input: {name: order, type: assay.v1.Order}
levels: [{name: line, of: order.lines}]
evaluation: {id: order.id, row_ids: {line: line.id}}
rules:
  - id: R-1
    title: {en: Count again, zh: 重新点数}
    each: line
    condition: line.quantity > 5.0
    outcome: HOLD
    message: {en: "{actual}", zh: "{actual}"}
    actual: line.quantity
    task: {owner: order.sold_to, due: now, priority: line.quantity, subject: line.product_id}
outputs:
  - {name: flag, expression: order.tax_included}
  - {name: whole, expression: order.lines.size()}
  - {name: part, expression: "double(order.lines.size()) / 4.0"}
  - {name: text, expression: order.sold_to}
  - {name: bytes, expression: "b'a\\\\xff'"}
  - {name: exact, expression: "sum(order.lines.map(l, l.quantity))"}
  - {name: day, expression: date(order.submitted_at)}
  - {name: moment, expression: order.submitted_at}
  - {name: span, expression: now - order.submitted_at}
  - {name: many, expression: "order.lines.map(l, l.quantity)"}
  - {name: by_name, expression: "{'a': order.lines.size(), 'b': 7}"}
  - {name: kind, expression: order.kind}
  - {name: none, expression: optional.none()}
  - {name: twice, each: line, expression: line.quantity * 2}
"""
ORDER = {"id": "O-1", "sold_to": "P-1", "kind": "ORDER_KIND_STANDARD", "tax_included": True,
         "submitted_at": "2026-11-19T20:00:00.5Z",
         "lines": [{"id": "1", "quantity": Decimal("2.5"), "product_id": "X"}, {"id": "2", "quantity": "7", "product_id": "Y"}]}


class EvaluationTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        if not Path(os.environ["ASSAY_LIBRARY"]).exists():
            raise unittest.SkipTest("needs lib/libassay.so in the build folder")
        cls.rulebook = assay.Rulebook.from_text("values.yaml", BOOK)
        cls.snapshot = assay.Snapshot(cls.rulebook, {})

    def evaluate(self, *rows, **options):
        return assay.evaluate(self.rulebook, self.snapshot, rows, now=NOW, **options)

    def test_outputs_are_values_of_python(self):
        row, = self.evaluate(ORDER).rows
        self.assertEqual(row.outputs, {
            "flag": True, "whole": 2, "part": 0.5, "text": "P-1", "bytes": b"a\xff", "exact": Decimal("9.500000"),
            "day": date(2026, 11, 20), "moment": datetime(2026, 11, 19, 20, 0, 0, 500000, tzinfo=timezone.utc),
            "span": timedelta(hours=4, minutes=59, seconds=59.5), "many": (Decimal("2.5"), Decimal("7")),
            "by_name": {"a": 2, "b": 7}, "kind": "STANDARD", "none": None})
        self.assertIsInstance(row.outputs["exact"], Decimal)
        self.assertEqual([(below.level, below.id, below.outputs) for below in row.level_rows],
                         [("line", "1", {"twice": Decimal(5)}), ("line", "2", {"twice": Decimal(14)})])

    def test_rows_have_verdicts_findings_and_tasks(self):
        result = self.evaluate(ORDER)
        row, = result.rows
        self.assertEqual((row.id, row.verdict, row.worst), ("O-1", "HOLD", "HOLD"))
        self.assertEqual([(f.rule, f.line_id, f.outcome, f.actual) for f in row.findings],
                         [("R-1", "2", "HOLD", "7.000000")])
        task, = result.worklist
        self.assertEqual((task.owner, task.what.zh, task.due, task.priority, task.line_id, task.subject, task.outcome),
                         ("P-1", "重新点数", "2026-11-20T01:00:00Z", Decimal(7), "2", "Y", "HOLD"))
        self.assertEqual(result.verdict_counts, {"HOLD": 1})
        self.assertEqual(result.finding_counts, {"R-1": 1})
        self.assertEqual((result.provenance.version, result.provenance.now), ("3", NOW))
        self.assertEqual([column.name for column in result.outputs][-2:], ["none", "twice"])
        self.assertEqual(result.outputs[-1].level, "line")
        self.assertGreater(len(result.wire), 100)

    def test_rows_are_dicts_json_or_wire_and_come_once(self):
        text = '{"id": "O-2", "lines": [{"id": "1", "quantity": 1}]}'
        result = self.evaluate({"id": "O-2", "lines": [{"id": "1", "quantity": Decimal(1)}]}, text, b"\x0a\x03O-1",
                               threads=2)
        self.assertEqual([row.id for row in result.rows], ["O-1", "O-2"])
        self.assertEqual(result.repeated_rows, 1)

    def test_tables_have_the_same_as_texts(self):
        result = self.evaluate(ORDER)
        self.assertEqual(list(result.tables), ["outputs", "outputs_line", "findings", "worklist"])
        self.assertEqual(result.tables["outputs_line"].rows, (("O-1", "1", "5.000000"), ("O-1", "2", "14.000000")))
        self.assertEqual(result.tables_csv["outputs_line"], "id,line,twice\r\nO-1,1,5.000000\r\nO-1,2,14.000000\r\n")
        self.assertEqual(result.tables["worklist"].rows[0][:2], ("P-1", "Count again"))

    def test_sensitive_values_are_masked(self):
        rulebook = assay.Rulebook.from_text("p.yaml", "name: t\ninput: {name: partner, type: assay.v1.Partner}\n"
                                            "evaluation: {id: partner.id}\n"
                                            "outputs: [{name: phone, expression: partner.phone}]\n")
        row, = assay.evaluate(rulebook, assay.Snapshot(rulebook, {}), [{"id": "P", "phone": "123"}], now=NOW).rows
        self.assertIs(row.outputs["phone"], assay.MASKED)

    def test_a_row_is_explained(self):
        why = assay.explain_row(self.rulebook, self.snapshot, [ORDER], "O-1", now=NOW)
        self.assertEqual(why.row, self.evaluate(ORDER).rows[0])
        self.assertEqual([(v.line_id, v.verdict) for v in why.verdicts], [("1", "NOT_FIRED"), ("2", "FIRED")])
        self.assertEqual(len(why.tasks), 1)

    def test_what_cannot_be_done_is_refused(self):
        review = assay.Rulebook.load(ROOT / "examples" / "review.yaml")
        for code, function in (
                (assay.Status.FAILED_PRECONDITION,
                 lambda: assay.evaluate(review, assay.Snapshot(review, {}), [ORDER], now=NOW)),
                (assay.Status.FAILED_PRECONDITION, lambda: assay.evaluate(review, self.snapshot, [ORDER], now=NOW)),
                (assay.Status.INVALID_ARGUMENT, lambda: self.evaluate({"no": "such field"})),
                (assay.Status.INVALID_ARGUMENT, lambda: self.evaluate(ORDER, threads=65)),
                (assay.Status.NOT_FOUND,
                 lambda: assay.explain_row(self.rulebook, self.snapshot, [ORDER], "O-9", now=NOW))):
            with self.assertRaises(assay.AssayError) as caught:
                function()
            self.assertEqual(caught.exception.code, code)
        with self.assertRaises(TypeError):
            assay.evaluate("rulebook", self.snapshot, [], now=NOW)
        with self.assertRaises(ValueError):
            assay.evaluate(self.rulebook, self.snapshot, [], now=datetime(2026, 11, 20))
        with self.assertRaisesRegex(assay.AssayError, r"^rows\[1\]: "):
            self.evaluate(ORDER, "{")

    def test_the_page_shows_what_runs(self):
        page = (ROOT / "docs" / "evaluate.md").read_text(encoding="utf-8")
        code = re.search(r"^```python\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)[1]
        shown = []
        names = {"assay": assay, "datetime": datetime, "timezone": timezone, "print": lambda *words: shown.append(words)}
        here = os.getcwd()
        os.chdir(ROOT)
        try:
            exec(compile(code, "docs/evaluate.md", "exec"), names)  # pylint: disable=exec-used
        finally:
            os.chdir(here)
        self.assertEqual(shown, [("L-1", "HELD", 30), ("2026-11-21", "ARCHIVE_CLERK", "Confirm the letter"),
                                 ("id,verdict,valid_for\r\nL-1,HELD,30\r\n",)])


if __name__ == "__main__":
    unittest.main()
