"""What the two README files show of the examples is what the examples say, and is short."""

import re
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = {"python": "review.py", "c": "review.c", "cpp": "review.cc"}


class ReadmeTest(unittest.TestCase):
    def test_each_snippet_is_part_of_its_example(self):
        for name in ("README.md", "README.zh-CN.md"):
            text = (ROOT / name).read_text(encoding="utf-8")
            snippets = dict(re.findall(r"^```(\w+)\n(.*?)^```$", text, re.DOTALL | re.MULTILINE))
            for language, example in EXAMPLES.items():
                source = (ROOT / "examples" / example).read_text(encoding="utf-8")
                self.assertIn(snippets[language], source, f"{name}: {example}")
                self.assertLessEqual(len(snippets[language].splitlines()), 22, f"{name}: {example}")


if __name__ == "__main__":
    unittest.main()
