"""The board that `assay evaluate` prints, and the words that people read in place of a rulebook's own."""

import csv
import json
import os
import subprocess
import tempfile
import unicodedata
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ASSAY = Path(os.environ.get("ASSAY_BUILD", ROOT / "build" / "dev")) / "bin" / "assay"
NOW = "2026-11-20T09:00:00+08:00"
BOOK = """name: t.board
time_zone: Asia/Shanghai
input: {name: complaint, type: assay.v1.Complaint}
evaluation:
  id: complaint.id
  verdicts: {NONE: FINE, HOLD: LATE}
  words:
    FINE: {en: In time, zh: 按时}
    NEW: {en: New, zh: 新收到}
    OLD: {en: "Old: wait", zh: 旧}
  board:
    title: {en: Open complaints, zh: 未结案投诉}
    columns: [state, due, left, late, acts]
    listed: open
    order: due
roles:
  - {name: MANAGER, title: {en: Manager, zh: 经理}}
rules:
  - id: R
    title: {en: Answer, zh: 答复}
    condition: has(complaint.received_at) && complaint.received_at < now
    outcome: HOLD
    message: {en: "Since {since}", zh: "自 {since}"}
    values: {since: complaint.received_at}
    task: {owner: "'MANAGER'", due: complaint.received_at}
outputs:
  - {name: state, expression: complaint.lot, description: {en: State, zh: 状态}}
  - {name: open, expression: complaint.product_id == ''}
  - name: due
    description: {en: Due, zh: 期限}
    expression: "has(complaint.received_at) ? optional.of(complaint.received_at) : optional.none()"
  - name: left
    description: {en: Left, zh: 剩余}
    expression: "has(complaint.received_at) ? optional.of(complaint.received_at - now) : optional.none()"
  - {name: late, expression: has(complaint.received_at) && complaint.received_at < now, description: {en: Late, zh: 超时}}
  - {name: acts, expression: complaint.handler, description: {en: Acts, zh: 责任人}}
  - {name: states, expression: "[complaint.lot, 'OLD']"}
  - {name: by_state, expression: "{complaint.lot: now}"}
  - {name: none, expression: "complaint.compensations.map(c, c.kind)"}
"""
ROWS = [
    {"id": "C-1", "lot": "OLD", "received_at": "2026-11-19T23:55:00Z", "handler": "MANAGER"},
    {"id": "C-20", "lot": "NEW", "received_at": "2026-11-20T13:30:05Z", "handler": "小王"},
    {"id": "C-3", "lot": "OTHER"},
    {"id": "C-4", "lot": "NEW", "product_id": "X"},
    {"id": "C\n5", "lot": "NEW", "received_at": "2026-11-20T01:00:00Z", "handler": "a\tb"},
]
ENGLISH = """Open complaints: 4
  Id    State      Due                        Left      Late  Acts
  C-1   Old: wait  2026-11-20 07:55 +08:00    -1h5m     yes   Manager
  C 5   New        2026-11-20 09:00 +08:00    0m        no    a b
  C-20  New        2026-11-20 21:30:05 +08:00  12h30m5s  no    小王
  C-3   OTHER      -                          -         no    -
"""


def width(text):
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


@unittest.skipUnless(ASSAY.exists(), "the command is not built")
class BoardTest(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        (self.folder / "book.yaml").write_text(BOOK, encoding="utf-8")
        (self.folder / "complaint.jsonl").write_text("".join(json.dumps(row) + "\n" for row in ROWS), encoding="utf-8")

    def run_book(self, *words, command="evaluate"):
        done = subprocess.run([ASSAY, command, "--rulebook", self.folder / "book.yaml", "--data", self.folder, "--now", NOW,
                               *words], check=False, capture_output=True, text=True)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return done.stdout

    def board(self, report):
        lines = report.splitlines()
        begin = next(i for i, line in enumerate(lines) if line.startswith(("Open complaints", "未结案投诉")))
        end = next(i for i in range(begin + 1, len(lines) + 1) if i == len(lines) or not lines[i].startswith("  "))
        return lines[begin:end]

    def test_each_row_is_a_line_in_the_order_of_what_is_due(self):
        self.assertEqual([" ".join(line.split()) for line in self.board(self.run_book())],
                         [" ".join(line.split()) for line in ENGLISH.splitlines()])

    def test_cells_are_aligned_in_both_languages(self):
        for words in ((), ("--lang", "zh")):
            heading, *rows = self.board(self.run_book(*words))[1:]
            names = heading.split()
            self.assertEqual(len(names), 6)
            for name in names[1:]:
                begin = width(heading[:heading.index(name)])
                for row in rows:
                    before = next(i for i in range(len(row) + 1) if width(row[:i]) >= begin)
                    self.assertEqual((width(row[:before]), row[before - 2:before]), (begin, "  "), row)
                    self.assertNotEqual(row[before], " ", row)

    def test_the_report_is_in_the_words_of_its_language(self):
        english, chinese = self.run_book(), self.run_book("--lang", "zh")
        self.assertIn("  In time       4\n  LATE          1\n", english)
        self.assertIn("按时", chinese)
        self.assertIn("LATE", chinese)  # a word without words of its own
        self.assertIn("未结案投诉 4\n", chinese)
        self.assertIn("C-1   旧      2026-11-20 07:55 +08:00     -1小时5分      是    经理\n", chinese)
        self.assertIn("  2026-11-20 07:55 +08:00  经理：答复 [C-1] 自 2026-11-20 07:55 +08:00\n", chinese)

    def test_an_explanation_is_too(self):
        text = self.run_book("--row", "C-20", "--lang", "zh", command="explain")
        self.assertIn("complaint C-20：按时\n", text)
        self.assertIn("  state = 新收到\n  open = 是\n  due = 2026-11-20 21:30:05 +08:00\n", text)
        self.assertIn("  states = 新收到、旧\n  by_state = 新收到 2026-11-20 09:00 +08:00\n  none = -\n", text)
        self.assertIn("complaint.received_at = 2026-11-20 21:30:05 +08:00\n", text)

    def test_csv_and_json_keep_the_words_of_the_rulebook_and_utc(self):
        out = self.folder / "out"
        whole = json.loads(self.run_book("--out", str(out), "--format", "json", "--lang", "zh"))
        with open(out / "board.csv", encoding="utf-8", newline="") as file:
            table = list(csv.DictReader(file))
        self.assertEqual(table[0], {"id": "C-1", "state": "OLD", "due": "2026-11-19T23:55:00Z", "left": "-3900s",
                                    "late": "true", "acts": "MANAGER"})
        self.assertEqual([row["id"] for row in table], [whole["rows"][place]["id"] for place in whole["board"]["rows"]])
        self.assertEqual({row["verdict"] for row in whole["rows"]}, {"FINE", "LATE"})
        self.assertEqual(whole["worklist"][0]["due"], "2026-11-19T23:55:00Z")
        self.assertNotIn("board", json.loads((out / "run.json").read_text(encoding="utf-8")))

    def test_no_row_is_a_count_of_none(self):
        (self.folder / "complaint.jsonl").write_text('{"id": "C-4", "product_id": "X"}\n', encoding="utf-8")
        self.assertEqual(self.board(self.run_book()), ["Open complaints: 0"])


if __name__ == "__main__":
    unittest.main()
