"""What `assay check` and `assay eval` print about a text that is wrong: file:line:col: error: message, the line, and
^~~~ below the part that is meant, also behind wide characters and tabs and in every kind of YAML scalar.

It runs the `assay` command of the build in ASSAY_BUILD (else build/dev) and is skipped where that has none.
"""

import os
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COMMAND = Path(os.environ.get("ASSAY_BUILD", ROOT / "build" / "dev")).resolve() / "bin" / "assay"
BOOK = """name: bad
version: "1"
input: {name: order, type: assay.v1.Order}
levels: [{name: line, of: order.lines}]
rules:
"""


@unittest.skipUnless(COMMAND.exists(), "needs bin/assay in the build folder")
class DiagnosticsTest(unittest.TestCase):
    def run_assay(self, *words):
        return subprocess.run([COMMAND, *words], check=False, capture_output=True, text=True, encoding="utf-8")

    def check(self, rules):
        """What `assay check` prints about a rulebook of those rules, without the folder of the file."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "bad.yaml"
            path.write_text(BOOK + rules, encoding="utf-8")
            done = self.run_assay("check", path)
            self.assertEqual((done.returncode, done.stdout), (1, ""))
            return done.stderr.replace(folder + "/", "")

    def eval_error(self, expression):
        for engine in ("columns", "interp"):
            done = self.run_assay("eval", expression, "--engine", engine)
            self.assertEqual((done.returncode, done.stdout), (1, ""))
        return done.stderr

    def test_eval_draws_the_place_in_the_expression(self):
        self.assertEqual(self.eval_error("1 + siz([2])"),
                         "expression:1:5: error: no such function: 'siz'; did you mean 'size'?\n"
                         "1 + siz([2])\n"
                         "    ^~~\n")

    def test_eval_of_a_row_is_told_as_any_other_mistake(self):
        done = self.run_assay("eval", "order", "--type", "assay.v1.Order")
        self.assertEqual((done.returncode, done.stderr),
                         (1, "expression:1:1: error: a result is a value, not a row of assay.v1.Order\norder\n^~~~~\n"))
        self.assertIn("error: an int has no fields: '.b'", self.run_assay("eval", "1.b + (1).b").stderr)

    def test_ten_different_mistakes_are_told_in_one_pass(self):
        conditions = [
            "order.idd == 'x'",
            "siz(order.id) > 0",
            "order.kind == 'STANDRD'",
            "order.total + double(1) > 0",
            "order.total / 2 > 1",
            "order.id + 1 == 'x'",
            "order.id",
            "date(order.submitted_at) == order.requested_date",
            "round(order.total, 'CNY', 'NEAR') > 0",
            "order.id ==",
        ]
        rules = "".join(f'  - {{id: R{i}, condition: "{text}", outcome: HOLD}}\n' for i, text in enumerate(conditions))
        lines = [line for line in self.check(rules).splitlines() if line.startswith("bad.yaml")]
        self.assertEqual(sorted(lines, key=lambda line: int(line.split(":")[1])), [
            "bad.yaml:6:32: error: 'order.idd' is not a field of order; did you mean 'order.id'?",
            "bad.yaml:7:26: error: no such function: 'siz'; did you mean 'size'?",
            "bad.yaml:8:40: error: not a value of assay.v1.OrderKind: 'STANDRD'; did you mean 'STANDARD'?",
            "bad.yaml:9:38: error: double and decimal do not mix: '+' of decimal and double; "
            "did you mean 'decimal(string(double(1)), 4)'?",
            "bad.yaml:10:38: error: '/' on decimals would round silently: write quotient(a, b, scale) or "
            "quotient(a, b, 'CNY')",
            "bad.yaml:11:35: error: '+' does not take (string, int); did you mean 'string(1)'?",
            "bad.yaml:12:26: error: this must be a bool, it is a string",
            "bad.yaml:13:26: error: a timestamp has a date only in a zone: state time_zone, or write "
            "date(t, 'Asia/Shanghai')",
            "bad.yaml:14:52: error: a rounding mode is written out: 'HALF_UP', 'HALF_EVEN', 'UP', 'DOWN', 'CEILING' or "
            "'FLOOR'",
            "bad.yaml:15:37: error: expected a value, found the end of the expression",
        ])

    def test_one_expression_may_have_many_mistakes(self):
        self.assertEqual([line for line in self.eval_error("siz(1) + 1.25 * 2 + ('a' - 'b') + name(2)").splitlines()
                          if line.startswith("expression")], [
            "expression:1:1: error: no such function: 'siz'; did you mean 'size'?",
            "expression:1:26: error: '-' does not take (string, string)",
            "expression:1:40: error: name() takes an enum, this is a plain int",
            "expression:1:15: error: '*' does not take (double, int); did you mean 'double(2)'?",
        ])

    def test_wide_characters_take_two_columns(self):
        self.assertEqual(self.eval_error("'审单折扣' + siz('é')"),
                         "expression:1:10: error: no such function: 'siz'; did you mean 'size'?\n"
                         "'审单折扣' + siz('é')\n"
                         "             ^~~\n")

    def test_tabs_are_kept(self):
        self.assertEqual(self.eval_error("'a' +\n\t'b' +\tsiz(1)"),
                         "expression:2:8: error: no such function: 'siz'; did you mean 'size'?\n"
                         "\t'b' +\tsiz(1)\n"
                         "\t     \t^~~\n")

    def test_of_a_long_line_the_part_around_the_place_is_shown(self):
        lines = self.eval_error("1" + " + 1" * 100 + " + siz(1)" + " + 1" * 100).splitlines()
        self.assertEqual(lines[0], "expression:1:405: error: no such function: 'siz'; did you mean 'size'?")
        self.assertEqual((len(lines[1]), lines[1][0], lines[1][-1]), (160, "…", "…"))
        self.assertEqual(lines[2], " " * 60 + "^~~")
        self.assertEqual(lines[1][60:63], "siz")

    def test_what_ends_too_soon_is_marked_behind_its_end(self):
        self.assertEqual(self.eval_error("[1, 2"),
                         "expression:1:6: error: expected ',' or ']' to close '[1, 2', found the end of the expression\n"
                         "[1, 2\n"
                         "     ^\n")

    def test_check_draws_the_line_of_the_rulebook(self):
        self.assertEqual(self.check("  - {id: A, condition: order.idd == 'x', outcome: HOLD}\n"),
                         "bad.yaml:6:30: error: 'order.idd' is not a field of order; did you mean 'order.id'?\n"
                         "  - {id: A, condition: order.idd == 'x', outcome: HOLD}\n"
                         "                             ^~~\n")

    def test_in_a_block_scalar_the_line_is_that_of_the_file(self):
        rules = ("  - id: A\n"
                 "    condition: |\n"
                 "      order.id == '折扣上限' &&\n"
                 "        '客户' == order.custmer\n"
                 "    outcome: HOLD\n")
        self.assertIn("bad.yaml:9:23: error: 'order.custmer' is not a field of order", self.check(rules))
        self.assertIn("        '客户' == order.custmer\n" + " " * 24 + "^~~~~~~\n", self.check(rules))

    def test_in_quotes_and_folded_lines_escapes_are_counted(self):
        rules = ('  - id: A\n'
                 '    condition: "order.id == \\"\\u6298\\" && order.idd == \'x\'"\n'
                 '    outcome: HOLD\n'
                 '  - id: B\n'
                 "    condition: 'order.id == ''折'' && order.idd == ''x'''\n"
                 '    outcome: HOLD\n'
                 '  - id: C\n'
                 '    condition: >-\n'
                 "      order.id == '折'\n"
                 "      && order.idd == 'x'\n"
                 '    outcome: HOLD\n')
        lines = self.check(rules).splitlines()
        self.assertEqual(len(lines), 9, lines)
        for message, line, caret in zip(lines[::3], lines[1::3], lines[2::3]):
            self.assertRegex(message, r"^bad\.yaml:\d+:\d+: error: 'order\.idd' is not a field of order")
            width = sum(2 if character == "折" else 1 for character in line[:line.index("idd")])
            self.assertEqual(caret, " " * width + "^~~")

    def test_an_unknown_key_is_marked_with_the_one_that_was_meant(self):
        self.assertEqual(self.check("  - {id: A, condtion: 'true', outcome: HOLD}\n").splitlines(),
                         ["bad.yaml:6:13: error: 'condtion' is not a key of a rule; did you mean 'condition'?",
                          "  - {id: A, condtion: 'true', outcome: HOLD}",
                          "            ^~~~~~~~"])

    def test_many_errors_are_told_in_one_go(self):
        rules = "".join(f"  - {{id: R{i}, condition: order.no{i}, outcome: HOLD}}\n" for i in range(5))
        places = [line.split(": ")[0] for line in self.check(rules).splitlines() if "error:" in line]
        self.assertEqual(places, [f"bad.yaml:{6 + i}:31" for i in range(5)])


if __name__ == "__main__":
    unittest.main()
