"""What the front pages show is what runs: every block of code stands word for word in the example of its language."""

import re
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = {"cpp": "review.cc", "c": "review.c", "python": "review.py", "yaml": "review.yaml"}


def blocks(page):
    return re.findall(r"^```(\w+)\n(.*?)^```$", (ROOT / page).read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


class ReadmeTest(unittest.TestCase):
    def test_snippets_are_the_examples_and_short(self):
        for page in ("README.md", "README.zh-CN.md"):
            shown = {language: code for language, code in blocks(page) if language in EXAMPLES}
            self.assertEqual(set(shown), set(EXAMPLES), page)
            for language, code in shown.items():
                example = (ROOT / "examples" / EXAMPLES[language]).read_text(encoding="utf-8")
                self.assertIn(code, example, (page, language))
                if language != "yaml":
                    self.assertLessEqual(code.count("\n"), 20, (page, language))


if __name__ == "__main__":
    unittest.main()
