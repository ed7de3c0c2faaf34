"""What the front pages show is what runs: every block of code stands word for word in the example of its language, and
every line of the shell does what it says."""

import os
import re
import subprocess
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = {"cpp": "examples/review.cc", "c": "examples/review.c", "python": "examples/review.py",
            "yaml": "examples/review.yaml", "cmake": "tests/package/cpp_host/CMakeLists.txt"}
BUILD = ROOT / "build" / "dev"
IS_BUILT = (BUILD / "lib" / "libassay.so").exists() and Path(os.environ.get("ASSAY_BUILD", BUILD)).resolve() == BUILD


def blocks(page):
    return re.findall(r"^```(\w+)\n(.*?)^```$", (ROOT / page).read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


class ReadmeTest(unittest.TestCase):
    def test_snippets_are_the_examples_and_short(self):
        for page in ("README.md", "README.zh-CN.md"):
            shown = {language: code for language, code in blocks(page) if language in EXAMPLES}
            self.assertEqual(set(shown), set(EXAMPLES), page)
            for language, code in shown.items():
                example = (ROOT / EXAMPLES[language]).read_text(encoding="utf-8")
                self.assertIn(code, example, (page, language))
                if language != "yaml":
                    self.assertLessEqual(code.count("\n"), 20, (page, language))

    @unittest.skipUnless(IS_BUILT, "the pages speak of build/dev")
    def test_lines_of_the_shell_decide_the_order_and_are_the_same_on_both_pages(self):
        lines = {page: [code for language, code in blocks(page) if language == "sh"]
                 for page in ("README.md", "README.zh-CN.md")}
        self.assertEqual(lines["README.md"], lines["README.zh-CN.md"])
        self.assertEqual(len(lines["README.md"]), 2)
        for code in lines["README.md"]:
            done = subprocess.run(["bash", "-euc", code], cwd=ROOT, check=False, capture_output=True, text=True)
            self.assertEqual((done.returncode, done.stderr), (0, ""), code)
            self.assertIn("HELD", done.stdout, code)

    @unittest.skipUnless(IS_BUILT, "the pages speak of build/dev")
    def test_the_command_of_the_sample_day_runs(self):
        text = (ROOT / "examples" / "day" / "README.md").read_text(encoding="utf-8")
        command, = re.findall(r"^```\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
        done = subprocess.run(["bash", "-euc", command], cwd=ROOT, check=False, capture_output=True, text=True)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertIn("orders: ", done.stdout)


if __name__ == "__main__":
    unittest.main()
