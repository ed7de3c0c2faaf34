"""Expressions from anyone: whatever their length, nesting or appetite, `assay eval` and `assay check` end soon, in little
memory, with one clear line and its place.

It runs the `assay` command of the build in ASSAY_BUILD (else build/dev) and is skipped where that has none.
"""

import json
import os
import resource
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COMMAND = Path(os.environ.get("ASSAY_BUILD", ROOT / "build" / "dev")).resolve() / "bin" / "assay"
MEMORY = 2 << 30
SANITIZED = any(name in str(COMMAND) for name in ("asan", "tsan"))  # their shadow memory is no sign of ours
BOOK = """name: hostile
version: "1"
input: {name: order, type: assay.v1.Order}
rules:
  - id: R
    outcome: HOLD
    condition: >-
      %s
"""
TOO_LONG = "the expression is too long: it has more characters than 100000"
TOO_DEEP = "the expression is nested deeper than 250"


def nested(before, middle, after, count):
    return before * count + middle + after * count


def loops(count, over):
    return ("".join(f"{over}.all(a{i}, " for i in range(count)) + " && ".join(f"a{i} == a{i}" for i in range(count)) +
            ")" * count)


# An expression, and what is said of it.
HOSTILE = {
    "(" * 100_000: TOO_DEEP,
    "!" * 100_000: TOO_DEEP,
    "[" * 100_000: TOO_DEEP,
    "a." * 50_000 + "a": TOO_LONG,
    "a." * 40_000 + "a": TOO_DEEP,
    "1 in " * 20_000 + "[1]": TOO_LONG,
    "1 in " * 15_000 + "[1]": TOO_DEEP,
    "[" + "1," * 49_000 + "1].all(x, x == 1)": None,
    loops(12, "order.lines.map(l, l.id)"): "an expression may go over 1000000000000000 elements for one row of the input",
    loops(17, "[1]"): "loops such as all() and map() are nested deeper than 16",
    loops(16, "[1,2,3,4,5,6,7,8,9,order.id.size()]"): "an expression may go over 1000000000000000 elements for one row of the input",
    "order.id.matches('(a{1000}){1000}')": "not a regular expression",
    "order.id.matches('(\\\\pL{500}){2}')": "the regular expression is too large",
}


@unittest.skipUnless(COMMAND.exists(), "needs bin/assay in the build folder")
class HostileExpressionsTest(unittest.TestCase):
    def run_assay(self, *words):
        def bound():
            if not SANITIZED:
                resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        return subprocess.run([COMMAND, *words], check=False, capture_output=True, text=True, timeout=120,
                              preexec_fn=bound)

    def check(self, text):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "hostile.yaml"
            path.write_text(text, encoding="utf-8")
            done = self.run_assay("check", path)
        return done.returncode, [line for line in done.stderr.splitlines() if " error: " in line]

    def test_eval_says_one_line(self):
        for text, message in HOSTILE.items():
            with self.subTest(text=text[:40]):
                done = self.run_assay("eval", "--type", "assay.v1.Order", "--", text)
                errors = [line for line in done.stderr.splitlines() if "error: " in line or line.startswith("assay: ")]
                if message is None:
                    self.assertEqual((done.returncode, done.stdout), (0, "true\n"), done.stderr[:300])
                    continue
                self.assertEqual((done.returncode, len(errors)), (1, 1), done.stderr[:300])
                self.assertIn(message, errors[0])

    def test_check_says_one_line_with_its_place(self):
        for text, message in HOSTILE.items():
            if message is None:
                continue
            with self.subTest(text=text[:40]):
                code, errors = self.check(BOOK % text)
                self.assertEqual((code, len(errors)), (1, 1), errors)
                self.assertRegex(errors[0], r"hostile\.yaml:\d+:\d+: error: ")
                self.assertIn(message, errors[0])

    def test_ten_megabytes_in_a_rulebook_are_one_line(self):
        for part in ("(", "!", "[", "a.", "x in "):
            with self.subTest(part=part):
                code, errors = self.check(BOOK % (part * (9_000_000 // len(part))))
                self.assertEqual((code, len(errors)), (1, 1), errors)
        code, errors = self.check(BOOK % ("[" + ",".join(map(str, range(1_000_000))) + "].exists(x, x == 1)"))
        self.assertEqual((code, len(errors)), (1, 1), errors)

    def test_a_row_over_its_budget_is_an_error_of_either_engine(self):
        text = "order.id"
        for i in range(40):
            text = f"cel.bind(t{i}, {text}, t{i} + t{i})"
        row = json.dumps({"id": "0123456789abcdef"})
        for engine in ("columns", "interp"):
            done = self.run_assay("eval", f"size({text})", "--type", "assay.v1.Order", "--row", row, "--engine", engine)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn("budget", done.stdout)

    def test_two_dashes_end_the_options(self):
        self.assertEqual(self.run_assay("eval", "--", "--5").stdout, "5\n")
        self.assertEqual(self.run_assay("eval", "--engine", "interp", "--", "--5").stdout, "5\n")
        self.assertIn("no such option", self.run_assay("eval", "--5").stderr)


if __name__ == "__main__":
    unittest.main()
