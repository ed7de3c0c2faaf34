"""The Python package: the sample day under the standard rulebook, and what calls that fail leave behind.

It uses libassay of the build in ASSAY_BUILD (else build/dev) and is skipped where that has none.
"""

import csv
import gc
import io
import json
import os
import pickle
import subprocess
import sys
import tempfile
import unittest
from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ.get("ASSAY_BUILD", ROOT / "build" / "dev")).resolve()
LIBRARY = BUILD / "lib" / "libassay.so"
sys.path.insert(0, str(ROOT / "bindings" / "python"))
os.environ.setdefault("ASSAY_LIBRARY", str(LIBRARY))

import assay  # noqa: E402 (after its path and its library are set)

DAY = ROOT / "examples" / "day"
MONTH = DAY / "month"
NOW = datetime(2026, 11, 20, 9, tzinfo=timezone(timedelta(hours=8)))
PARTNER = {"id": "P-1", "level": "A"}


def order(number, rate="0.35"):
    lines = [{"id": "1", "quantity": Decimal("2"), "discount_rate": rate}]
    return {"id": number, "sold_to": "P-1", "lines": lines}


def rows(path):
    return path.read_text(encoding="utf-8").splitlines()


def small_session():
    rulebook = assay.Rulebook.load(ROOT / "examples" / "review.yaml")
    return assay.Session(rulebook, assay.Snapshot(rulebook, {"partners": [PARTNER]}), now=NOW)


class BindingTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        if not Path(os.environ["ASSAY_LIBRARY"]).exists():
            raise unittest.SkipTest("needs lib/libassay.so in the build folder")

    def assert_refused(self, code, function, *arguments):
        with self.assertRaises(assay.AssayError) as caught:
            function(*arguments)
        self.assertEqual(caught.exception.code, code)
        self.assertTrue(caught.exception.message)
        return caught.exception


class ExplainTest(BindingTest):
    def test_every_rule_says_why(self):
        with small_session() as session:
            session.add(order("O-1"))
            session.add(order("O-2", "0.3"))
            fired, passed = session.explain("O-1"), session.explain("O-2")
            self.assertEqual(fired.decision, session.run().decisions[0])
        self.assertEqual([v.verdict for v in fired.verdicts], ["FIRED"])
        self.assertEqual([v.verdict for v in passed.verdicts], ["NOT_FIRED"])
        test = passed.verdicts[0].tests[0]
        self.assertEqual((test.expression, test.result), ("line.discount_rate > order.discount_cap", "false"))
        self.assertEqual({read.expression: Decimal(read.value) for read in test.reads},
                         {"line.discount_rate": Decimal("0.3"), "order.discount_cap": Decimal("0.3")})
        self.assertEqual([variable.name for variable in passed.variables], ["order.discount_cap"])
        self.assertEqual(Decimal(passed.variables[0].value), Decimal("0.3"))

    def test_an_order_nobody_added_is_not_found(self):
        with small_session() as session:
            self.assert_refused(assay.Status.NOT_FOUND, session.explain, "O-9")


class SampleDayTest(BindingTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rulebook = assay.Rulebook.load(ROOT / "rules" / "standard" / "order_review.yaml")
        datasets = {name: rows(DAY / "data" / f"{name}.jsonl") for name in cls.rulebook.datasets
                    if (DAY / "data" / f"{name}.jsonl").exists()}
        cls.snapshot = assay.Snapshot(cls.rulebook, datasets)
        cls.orders = rows(DAY / "orders.jsonl")
        with assay.Session(cls.rulebook, cls.snapshot, now=NOW) as session:
            for text in cls.orders:
                session.add(text)
            cls.result = session.run()

    def test_a_rulebook_says_what_it_is(self):
        self.assertEqual(self.rulebook.name, "standard.order_review")
        self.assertEqual(self.rulebook.version, "2026.11")
        self.assertRegex(self.rulebook.fingerprint, "^[0-9a-f]{64}$")
        self.assertIn("partners", self.rulebook.datasets)
        self.assertGreater(self.rulebook.rule_count, 20)

    def test_every_order_is_decided_once_and_in_the_order_of_priority(self):
        decided = [decision.order_id for decision in self.result.decisions]
        self.assertEqual(sorted(decided), sorted(json.loads(text)["id"] for text in self.orders))
        self.assertEqual([d.priority for d in self.result.decisions], list(range(1, len(self.orders) + 1)))

    def test_the_day_has_every_disposition(self):
        counts = Counter(decision.disposition for decision in self.result.decisions)
        self.assertEqual(set(counts), {"CONFIRMED", "PARTIAL", "HELD", "REJECTED"})
        self.assertGreater(counts["CONFIRMED"], 100)

    def test_the_findings_are_those_planted_in_the_day(self):
        planted = json.loads((DAY / "planted.json").read_text(encoding="utf-8"))
        for decision in self.result.decisions:
            found = sorted({finding.rule for finding in decision.findings})
            self.assertEqual(found, sorted(planted.get(decision.order_id, [])), decision.order_id)

    def test_requested_is_confirmed_and_backordered_and_cut(self):
        lines = [line for decision in self.result.decisions for line in decision.lines]
        self.assertGreater(sum(line.requested for line in lines), 0)
        for line in lines:
            self.assertEqual(line.requested, line.confirmed + line.backordered + line.cut, line)
            self.assertEqual(line.requested, sum(part.quantity for part in line.parts), line)

    def test_values_have_their_types(self):
        confirmed = next(d for d in self.result.decisions if d.disposition == "CONFIRMED")
        self.assertIsInstance(confirmed.amount, Decimal)
        self.assertEqual(confirmed.provenance.now, NOW)
        self.assertEqual(confirmed.provenance.checkpoint, "REVIEW")
        self.assertEqual(confirmed.provenance.snapshot, self.snapshot.id)
        self.assertRegex(confirmed.provenance.zones, r"^20\d\d[a-z]+$")
        held = next(d for d in self.result.decisions if d.holds)
        self.assertEqual(held.holds[0].opened, NOW)
        dates = [part.date for d in self.result.decisions for line in d.lines for part in line.parts if part.date]
        self.assertTrue(dates and all(isinstance(day, date) for day in dates))

    def test_tables_have_a_cell_for_each_column(self):
        self.assertTrue(self.result.tables)
        for name, table in self.result.tables.items():
            self.assertEqual(table.name, name)
            self.assertTrue(all(len(row) == len(table.columns) for row in table.rows), name)

    def tables_of_the_wire(self):
        """Field 2 of the assay.v1.RunResult, each message behind its length."""
        wire, at, found = self.result.wire, 0, b""
        while at < len(wire):
            tag, begin, size, shift = wire[at], at + 1, 0, 0
            at = begin
            while True:
                size |= (wire[at] & 0x7F) << shift
                at, shift = at + 1, shift + 7
                if wire[at - 1] < 0x80:
                    break
            at += size
            found += wire[begin:at] if tag == 0x12 else b""
        return found

    @unittest.skipUnless((BUILD / "bin" / "assay").exists(), "needs bin/assay in the build folder")
    def test_tables_are_those_that_the_command_writes(self):
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run(
                [BUILD / "bin" / "assay", "review", "--rulebook", ROOT / "rules" / "standard" / "order_review.yaml",
                 "--data", DAY / "data", "--orders", DAY / "orders.jsonl", "--now", NOW.isoformat(), "--out", folder],
                check=True, capture_output=True)
            written = {path.stem: path.read_bytes().decode() for path in Path(folder).glob("*.csv")}
            lines = [json.loads(line) for line in (Path(folder) / "tables.jsonl").read_text(encoding="utf-8").splitlines()]
            messages = (Path(folder) / "tables.binpb").read_bytes()
        self.assertEqual(self.result.tables_csv, written)
        self.assertEqual([(table["name"], tuple(table["columns"])) for table in lines],
                         [(name, table.columns) for name, table in self.result.tables.items()])
        self.assertEqual([[tuple(row.get("cells", ())) for row in table.get("rows", ())] for table in lines],
                         [[tuple(row) for row in table.rows] for table in self.result.tables.values()])
        self.assertEqual(messages, self.tables_of_the_wire())
        for name, text in written.items():
            columns, *cells = csv.reader(io.StringIO(text, newline=""))
            self.assertEqual(tuple(columns), self.result.tables[name].columns)
            self.assertEqual(len(cells), len(self.result.tables[name].rows))

    def test_four_threads_and_another_sequence_give_the_same_bytes(self):
        with assay.Session(self.rulebook, self.snapshot, now=NOW, threads=4) as session:
            for text in reversed(self.orders):
                session.add(text)
            self.assertEqual(session.run().wire, self.result.wire)

    def test_a_day_is_decided_alike_on_only_the_rows_that_its_keys_ask_for(self):
        data = {path.stem: [json.loads(row) for row in rows(path)] for path in (DAY / "data").glob("*.jsonl")}
        whole = {name: data[name] for name in ("releases", "exemptions", "staff")}  # read whole, not by key
        orders = rows(DAY / "orders.jsonl")
        snapshot = assay.Snapshot(self.rulebook, whole)
        rounds = 0
        while True:
            with assay.Session(self.rulebook, snapshot, now=NOW) as session:
                for line in orders:
                    session.add(line)
                keys = session.required_keys()
                if not keys:
                    found = session.run()
                    break
            asked = {}
            for key in keys:
                wanted = {part["field"]: part.get("value", "") for part in key["key"]}
                for row in data[key["dataset"]]:
                    if all(str(row.get(field, "")) == value for field, value in wanted.items()):
                        asked.setdefault(key["dataset"], {})[json.dumps(row)] = row
            rounds += 1
            self.assertLess(rounds, 8)
            snapshot = snapshot.over({name: list(found.values()) for name, found in asked.items()}, cleared=keys)
        self.assertGreater(rounds, 1)
        self.assertEqual([replace(decision, provenance=None) for decision in found.decisions],
                         [replace(decision, provenance=None) for decision in self.result.decisions])
        tables, expected = dict(found.tables), dict(self.result.tables)
        stock, whole_stock = tables.pop("stock").rows, expected.pop("stock").rows
        self.assertEqual(tables, expected)
        self.assertLess(len(stock), len(whole_stock))  # of goods that nobody ordered there are no rows
        self.assertLessEqual(set(stock), set(whole_stock))


class SampleMonthTest(BindingTest):
    """Evaluations of the month: each face gives the bytes that the command writes."""

    RUNS = {  # by the command, its standard rulebook and the file of its rows
        "complaints": ("complaints.yaml", "complaint"),
        "grade": ("partner_grading.yaml", "period"),
        "projects": ("projects.yaml", "projects"),
        "worklist": ("worklists.yaml", "partners"),
    }

    def by_the_command(self, command, rows_file):
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run([BUILD / "bin" / "assay", command, "--data", MONTH, "--rows", rows_file, "--now", NOW.isoformat(),
                            "--out", folder], check=True, capture_output=True)
            return {path.name: path.read_bytes().decode() for path in Path(folder).iterdir()}

    def by_a_program(self, name, rulebook, rows_file):
        done = subprocess.run([BUILD / "bin" / name, rulebook, MONTH, rows_file], check=True, capture_output=True, cwd=ROOT)
        return done.stdout.decode()

    @unittest.skipUnless((BUILD / "bin" / "example_evaluate_c").exists(), "needs bin/example_evaluate_c in the build folder")
    def test_tables_are_those_that_the_command_writes(self):
        for command, (book, name) in self.RUNS.items():
            with self.subTest(command):
                path, rows_file = ROOT / "rules" / "standard" / book, MONTH / f"{name}.jsonl"
                rulebook = assay.Rulebook.load(path)
                data = {name: rows(MONTH / f"{name}.jsonl") for name in rulebook.datasets
                        if (MONTH / f"{name}.jsonl").exists()}
                result = assay.evaluate(rulebook, assay.Snapshot(rulebook, data), rows(rows_file), now=NOW)
                written = self.by_the_command(command, rows_file)
                csv_files = {Path(name).stem: text for name, text in written.items() if name.endswith(".csv")}
                self.assertEqual(result.tables_csv, csv_files)
                self.assertEqual("board" in csv_files, command == "complaints")
                lines = ["".join(f"{text}\n" for text in texts) for texts in (result.rows_json, result.worklist_json)]
                self.assertEqual(lines, [written["rows.jsonl"], written["worklist.jsonl"]])
                tables = "".join(csv_files[name] for name in result.tables)
                self.assertEqual(self.by_a_program("example_evaluate_c", path, rows_file), tables + "".join(lines))
                self.assertEqual(self.by_a_program("example_evaluate_cc", path, rows_file), tables)
                for name, text in csv_files.items():
                    columns, *cells = csv.reader(io.StringIO(text, newline=""))
                    self.assertEqual(tuple(columns), result.tables[name].columns)
                    self.assertEqual(len(cells), len(result.tables[name].rows))


class SessionTest(BindingTest):
    def test_dict_json_and_wire_are_the_same_order(self):
        wire = b"\x0a\x01A"  # {"id": "A"}: field 1, a string of one byte
        results = []
        for form in ({"id": "A"}, '{"id": "A"}', wire):
            with small_session() as session:
                session.add(form)
                results.append(session.run().wire)
        self.assertEqual(results, [results[0]] * 3)
        self.assertIn(b"A", results[0])

    def test_a_result_outlives_everything_it_came_from(self):
        session = small_session()
        session.add(order("O-1"))
        result = session.run()
        session.close()
        del session
        gc.collect()
        decision, = result.decisions
        self.assertEqual(decision.disposition, "HELD")
        self.assertEqual(decision.findings[0].message.en, "0.350000 is over 0.3")

    def test_a_release_lifts_a_hold(self):
        with small_session() as session:
            session.add(order("O-1"))
            decision, = session.run().decisions
            finding = decision.findings[0]
            session.release({"id": "R-1", "order_id": "O-1", "rule": finding.rule,
                             "line_id": finding.line_id, "values_digest": finding.values_digest, "role": "CLERK",
                             "actor": "S-1", "at": NOW, "reason": "a good customer"})
            decision, = session.run().decisions
        self.assertEqual(decision.disposition, "CONFIRMED")
        self.assertEqual((decision.findings[0].outcome, decision.findings[0].lifted_from), ("NOTE", "HOLD"))

    def test_a_committed_order_is_decided_for_good(self):
        with small_session() as session:
            session.add(order("O-1", "0.3"))
            decided, = session.run().decisions
            session.commit()
            session.add(order("O-0", "0.3"))
            first, second = session.run().decisions
            self.assert_refused(assay.Status.FAILED_PRECONDITION, session.withdraw, "O-1")
        self.assertEqual(first, decided)
        self.assertEqual(second.order_id, "O-0")

    def test_other_content_of_an_order_without_revisions_is_refused(self):
        with small_session() as session:
            session.add(order("O-1"))
            session.run()
            session.add(order("O-1", "0.1"))
            result = session.run()
        # The rulebook knows no revisions: other content of the same order is refused.
        self.assertEqual(sorted(d.disposition for d in result.decisions), ["HELD", "REJECTED"])
        self.assertEqual(result.superseded, ())

    def test_a_run_moves_the_clock(self):
        later = NOW + timedelta(hours=1)
        with small_session() as session:
            session.add(order("O-1"))
            self.assertEqual(session.run(now=later).decisions[0].provenance.now, later)
            self.assertEqual(session.redistribute().decisions[0].provenance.now, later)
            with self.assertRaises(ValueError):
                session.run(now=datetime(2026, 11, 20))

    def test_a_saved_session_is_restored_where_it_was_saved(self):
        with small_session() as session, small_session() as other:
            session.add(order("O-1"))
            expected = session.run().wire
            other.restore(session.save())
            self.assertEqual(other.run().wire, expected)
            self.assert_refused(assay.Status.INVALID_ARGUMENT, other.restore, session.save()[:-1])
            rulebook = assay.Rulebook.load(ROOT / "examples" / "review.yaml")
            with assay.Session(rulebook, assay.Snapshot(rulebook, {}), now=NOW) as elsewhere:
                self.assert_refused(assay.Status.FAILED_PRECONDITION, elsewhere.restore, session.save())

    def test_a_log_is_done_again(self):
        with small_session() as session, small_session() as other:
            session.keep_log()
            session.add(order("O-1"))
            result = session.run()
            log = session.take_log()
            session.add(order("O-2"))
            log += session.take_log()
            self.assert_refused(assay.Status.INVALID_ARGUMENT, other.replay, log[:-1])
            other.replay(log)
            self.assertEqual(other.run().wire, session.run().wire)
            self.assertNotEqual(other.run().wire, result.wire)

    def test_stock_is_allocated_by_hand(self):
        rulebook = assay.Rulebook.load(ROOT / "rules" / "standard" / "order_review.yaml")
        data = {path.stem: rows(path) for path in (DAY / "data").glob("*.jsonl")}
        with assay.Session(rulebook, assay.Snapshot(rulebook, data), now=NOW) as session:
            for row in rows(DAY / "orders.jsonl"):
                session.add(row)
            chosen = next(d for d in session.run().decisions if d.disposition == "CONFIRMED" and d.lines[0].parts[0].lot)
            line = chosen.lines[0]
            given = {"order_id": chosen.order_id, "line_id": line.line_id, "quantity": line.parts[0].quantity,
                     "lot": line.parts[0].lot, "actor": "S-02", "reason": "promised by phone"}
            session.allocate(given)
            after = next(d for d in session.run().decisions if d.order_id == chosen.order_id)
            self.assertEqual(after.lines[0].confirmed, line.confirmed)
            self.assertEqual(after.lines[0].parts[0].allocated_by, "S-02")
            self.assert_refused(assay.Status.INVALID_ARGUMENT, session.allocate, {**given, "quantity": "x"})

    def test_a_withdrawn_order_is_not_reviewed(self):
        with small_session() as session:
            session.add(order("O-1"))
            session.add(order("O-2"))
            session.run()
            session.withdraw("O-1")
            self.assertEqual([d.order_id for d in session.run().decisions], ["O-2"])
            self.assert_refused(assay.Status.NOT_FOUND, session.withdraw, "O-9")

    def test_rows_laid_over_a_snapshot_replace_those_of_their_keys(self):
        rulebook = assay.Rulebook.load(ROOT / "examples" / "review.yaml")
        base = assay.Snapshot(rulebook, {"partners": [PARTNER, {"id": "P-2", "level": "VIP"}]})
        over = base.over({"partners": [{"id": "P-1", "level": "VIP"}]})
        empty = over.over({}, cleared=[{"dataset": "partners", "key": [{"field": "id", "value": "P-1"}]}])
        told = []
        for snapshot in (base, over, empty):
            with assay.Session(rulebook, snapshot, now=NOW) as session:
                session.add(order("O-1"))
                self.assertEqual(session.required_keys(), ())
                told.append([finding.rule for finding in session.run().decisions[0].findings])
        self.assertEqual(told[:2], [["DISCOUNT"], []])
        self.assertEqual(len(told[2]), 1)
        self.assertEqual(len({base.id, over.id, empty.id}), 3)
        self.assert_refused(assay.Status.INVALID_ARGUMENT, lambda: base.over(
            {}, cleared=[{"dataset": "partners", "key": [{"field": "name_", "value": "P-1"}]}]))

    def test_a_session_that_follows_changes_tells_them_and_why(self):
        rulebook = assay.Rulebook.load(ROOT / "examples" / "review.yaml")
        base = assay.Snapshot(rulebook, {"partners": [PARTNER, {"id": "P-2", "level": "VIP"}]})
        with assay.Session(rulebook, base, now=NOW) as session:
            session.follow_changes()
            session.add(order("O-1"))
            session.add({**order("O-2"), "sold_to": "P-2"})
            session.run()
            self.assertEqual([change["cause"] for change in session.changes()["orders"]], ["CAUSE_CAME"] * 2)
            session.update(base.over({"partners": [{"id": "P-1", "level": "VIP"}]}))
            session.run()
            changes = session.changes()
            self.assertEqual((changes["reviewed"], changes["kept"]), ("1", "1"))
            self.assertEqual([(change["order"]["order_id"], change["cause"], change["order"]["gone"])
                              for change in changes["orders"]], [("O-1", "CAUSE_ROWS", ["DISCOUNT"])])
            session.commit()
            session.update(base)
            self.assertEqual([decision.order_id for decision in session.run().decisions], ["O-1", "O-2"])

    def test_a_session_without_day_tables_makes_none_and_decides_the_same(self):
        rulebook = assay.Rulebook.load(ROOT / "examples" / "review.yaml")
        snapshot = assay.Snapshot(rulebook, {"partners": [PARTNER]})
        results = []
        for day_tables in (True, False):
            with assay.Session(rulebook, snapshot, now=NOW, day_tables=day_tables) as session:
                session.add(order("O-1"))
                results.append(session.run())
        self.assertEqual(results[1].decisions, results[0].decisions)
        self.assertTrue(results[0].tables)
        self.assertEqual(results[1].tables, {})

    def test_a_bad_row_is_held_by_one_finding_and_the_others_go_on(self):
        with small_session() as session:
            session.add(order("good", "0.3"))
            session.add(order("malformed", "0.3x"))
            session.add(order("overflow", "99999999999999999999"))
            session.add({**order("missing"), "sold_to": "P-9"})
            for decision in session.run().decisions:
                held = decision.order_id != "good"
                self.assertEqual(decision.disposition, "HELD" if held else "CONFIRMED")
                self.assertEqual(len(decision.findings), int(held), decision)

    def test_a_truncated_row_is_held_and_the_others_go_on(self):
        with small_session() as session:
            session.add(b"\xff\xff")
            session.add(order("O-1", "0.3"))
            dispositions = {d.order_id: d.disposition for d in session.run().decisions}
        self.assertEqual(dispositions.pop("O-1"), "CONFIRMED")
        self.assertEqual(list(dispositions.values()), ["HELD"])


class RefusalTest(BindingTest):
    def test_a_bad_rulebook_names_the_place_of_each_issue(self):
        text = (ROOT / "examples" / "review.yaml").read_text(encoding="utf-8")
        bad = text.replace("line.discount_rate > order", "line.discount_rte > order")
        error = self.assert_refused(assay.Status.INVALID_ARGUMENT, assay.Rulebook.from_text, "bad.yaml", bad)
        issue = next(issue for issue in error.issues if issue.severity == "error")
        number = next(i for i, row in enumerate(bad.splitlines(), 1) if "discount_rte" in row)
        self.assertEqual((issue.file, issue.line), ("bad.yaml", number))
        self.assertGreater(issue.column, 1)
        self.assertIn("discount_rate", str(issue) + issue.suggestion)

    def test_limits_hold_for_what_is_loaded_within_them(self):
        text = (ROOT / "examples" / "review.yaml").read_text(encoding="utf-8")
        with self.assertRaises(assay.AssayError) as caught:
            assay.Rulebook.from_text("small.yaml", text, limits={"max_nodes": 2})
        self.assertIn("it has more parts than 2", str(caught.exception))
        assay.Rulebook.from_text("small.yaml", text, limits={"max_nodes": 1000}).close()
        with self.assertRaises(TypeError):
            assay.Rulebook.from_text("small.yaml", text, limits={"max_node": 1000})

    def test_a_missing_file_is_refused(self):
        with self.assertRaises(assay.AssayError) as caught:
            assay.Rulebook.load("nowhere.yaml")
        self.assertIn("nowhere.yaml", caught.exception.message)
        self.assertEqual(caught.exception.code, assay.Status.NOT_FOUND)

    def test_an_unknown_dataset_is_refused(self):
        rulebook = assay.Rulebook.load(ROOT / "examples" / "review.yaml")
        error = self.assert_refused(assay.Status.NOT_FOUND, assay.Snapshot, rulebook, {"nothing": [PARTNER]})
        self.assertIn("nothing", error.message)

    def test_a_snapshot_of_another_rulebook_is_refused(self):
        one, other = (assay.Rulebook.load(ROOT / "examples" / "review.yaml") for _ in range(2))
        snapshot = assay.Snapshot(one, {})
        self.assert_refused(assay.Status.FAILED_PRECONDITION, lambda: assay.Session(other, snapshot, now=NOW))

    def test_broken_json_leaves_the_session_usable(self):
        with small_session() as session:
            session.add(order("O-1"))
            self.assert_refused(assay.Status.INVALID_ARGUMENT, session.add, "{")
            self.assert_refused(assay.Status.INVALID_ARGUMENT, session.add, {"no_such_field": 1})
            self.assertEqual([d.order_id for d in session.run().decisions], ["O-1"])

    def test_a_commit_before_a_run_is_refused(self):
        with small_session() as session:
            self.assert_refused(assay.Status.FAILED_PRECONDITION, session.commit)

    def test_a_closed_handle_is_refused(self):
        session = small_session()
        session.close()
        session.close()
        self.assert_refused(assay.Status.FAILED_PRECONDITION, session.run)
        rulebook = assay.Rulebook.load(ROOT / "examples" / "review.yaml")
        with rulebook:
            snapshot = assay.Snapshot(rulebook, {})
        self.assert_refused(assay.Status.FAILED_PRECONDITION, lambda: rulebook.name)
        self.assert_refused(assay.Status.FAILED_PRECONDITION, assay.Snapshot, rulebook, {})
        self.assertRegex(snapshot.id, "^[0-9a-f]{64}$")

    def test_a_session_needs_a_clock_with_an_offset_and_a_checkpoint(self):
        rulebook = assay.Rulebook.load(ROOT / "examples" / "review.yaml")
        snapshot = assay.Snapshot(rulebook, {})
        with self.assertRaises(ValueError):
            assay.Session(rulebook, snapshot, now=datetime(2026, 11, 20))
        with self.assertRaises(ValueError):
            assay.Session(rulebook, snapshot, now=NOW, checkpoint="LATER")
        self.assert_refused(assay.Status.INVALID_ARGUMENT,
                            lambda: assay.Session(rulebook, snapshot, now=NOW, threads=99))

    def test_a_library_that_is_not_there_is_told_plainly(self):
        environment = {**os.environ, "ASSAY_LIBRARY": "nowhere.so", "PYTHONPATH": str(ROOT / "bindings" / "python")}
        run = subprocess.run([sys.executable, "-c", "import assay; assay.version()"], env=environment,
                             capture_output=True, text=True, check=False)
        self.assertNotEqual(run.returncode, 0)
        self.assertIn("ASSAY_LIBRARY", run.stderr)


class ArgumentTest(BindingTest):
    """What is not of its type is a TypeError that names the argument, before anything reaches the library."""

    def assert_wrong(self, error, words, function, *arguments, **named):
        with self.assertRaises(error) as caught:
            function(*arguments, **named)
        self.assertIn(words, str(caught.exception))

    def test_handles_of_another_kind_are_no_handles(self):
        rulebook = assay.Rulebook.load(ROOT / "examples" / "review.yaml")
        snapshot = assay.Snapshot(rulebook, {})
        no_rulebook, no_snapshot = "rulebook is a Rulebook, not a Snapshot", "snapshot is a Snapshot, not a Rulebook"
        self.assert_wrong(TypeError, no_rulebook, assay.Session, snapshot, rulebook, now=NOW)
        self.assert_wrong(TypeError, no_snapshot, assay.Session, rulebook, rulebook, now=NOW)
        self.assert_wrong(TypeError, no_rulebook, assay.Session, snapshot, snapshot, now=NOW)
        self.assert_wrong(TypeError, no_rulebook, assay.Snapshot, snapshot, {})
        self.assert_wrong(TypeError, "rulebook is a Rulebook, not a NoneType", assay.Snapshot, None, {})

    def test_texts_clocks_and_bytes_are_of_their_type(self):
        rulebook = assay.Rulebook.load(ROOT / "examples" / "review.yaml")
        snapshot = assay.Snapshot(rulebook, {})
        self.assert_wrong(TypeError, "path is a str or a path, not a bytes", assay.Rulebook.load, b"review.yaml")
        self.assert_wrong(TypeError, "text is a str, not a NoneType", assay.Rulebook.from_text, "x", None)
        self.assert_wrong(TypeError, "now is a datetime, not a str", assay.Session, rulebook, snapshot, now="2026-11-20")
        with small_session() as session:
            self.assert_wrong(TypeError, "order_id is a str, not a NoneType", session.explain, None)
            self.assert_wrong(TypeError, "order_id is a str, not a int", session.withdraw, 7)
            self.assert_wrong(TypeError, "saved is bytes, not a str", session.restore, "junk")
            self.assert_wrong(TypeError, "order is a dict, JSON text or wire bytes, not a list", session.add, [])
            self.assert_wrong(TypeError, "order: a row cannot hold a set", session.add, {"id": {1}})
            self.assert_wrong(ValueError, "order: ", session.add, {"id": float("nan")})

    def test_a_row_of_a_dataset_is_named(self):
        rulebook = assay.Rulebook.load(ROOT / "examples" / "review.yaml")
        error = self.assert_refused(assay.Status.INVALID_ARGUMENT, assay.Snapshot, rulebook,
                                    {"partners": [PARTNER, {"idd": "x"}]})
        self.assertTrue(error.message.startswith("partners[1]: 1:2: 'assay.v1.Partner' has no field"), error.message)
        self.assert_wrong(TypeError, "partners[1] is a dict", assay.Snapshot, rulebook, {"partners": [PARTNER, None]})
        for rows in ('{"id": "P-1"}', PARTNER, b"", 7):
            self.assert_wrong(TypeError, "datasets['partners'] is a list of rows, not a ", assay.Snapshot, rulebook,
                              {"partners": rows})
        self.assert_wrong(TypeError, "datasets is a dict", assay.Snapshot, rulebook, [PARTNER])

    def test_numbers_are_not_cut(self):
        rulebook = assay.Rulebook.load(ROOT / "examples" / "review.yaml")
        snapshot = assay.Snapshot(rulebook, {})
        self.assert_wrong(ValueError, "threads is too large", assay.Session, rulebook, snapshot, now=NOW,
                          threads=2**32 + 1)
        self.assert_wrong(ValueError, "limits['max_nodes'] is too large", assay.Rulebook.load,
                          ROOT / "examples" / "review.yaml", limits={"max_nodes": 2**32 + 5000})
        self.assert_wrong(TypeError, "limits['max_nodes'] is an int, not a str", assay.Rulebook.load,
                          ROOT / "examples" / "review.yaml", limits={"max_nodes": "5000"})

    def test_the_clock_is_not_moved_in_silence_to_nowhere(self):
        with small_session() as session:
            self.assert_wrong(ValueError, "1970", session.run, now=datetime(1970, 1, 1, tzinfo=timezone.utc))

    def test_an_error_can_be_pickled(self):
        error = self.assert_refused(assay.Status.INVALID_ARGUMENT, assay.Rulebook.from_text, "bad.yaml", "name: x\n")
        again = pickle.loads(pickle.dumps(error))
        self.assertEqual((type(again), again.code, again.message, again.issues),
                         (assay.AssayError, error.code, error.message, error.issues))

    def test_every_value_of_a_result_is_exported(self):
        for module in (assay._decisions, assay._evaluation):
            values = {name for name, value in vars(module).items()
                      if isinstance(value, type) and value.__module__ == module.__name__ and name[0] != "_"}
            self.assertEqual(values - set(assay.__all__), set())


class ExampleTest(BindingTest):
    def test_the_example_prints_its_decision(self):
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "bindings" / "python")}
        run = subprocess.run([sys.executable, "examples/review.py"], cwd=ROOT, env=environment, capture_output=True,
                             text=True, check=True)
        self.assertEqual(run.stdout, "O-1 HELD\n  line 1: DISCOUNT 0.350000 is over 0.3\n")


if __name__ == "__main__":
    unittest.main()
