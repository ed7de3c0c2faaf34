"""`assay fmt`: files are laid out in place, --check only tells, and what cannot be read stays as it is."""

import os
import pathlib
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
ASSAY = os.path.join(os.environ.get("ASSAY_BUILD", ROOT / "build/dev"), "bin", "assay")
CROOKED = "name:   x\nrules:\n- id: A   # one\n"
STRAIGHT = "name: x\n\nrules:\n  - id: A  # one\n"


def fmt(*arguments, text=None):
    return subprocess.run([ASSAY, "fmt", *arguments], input=text, capture_output=True, text=True, check=False)


class FmtTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.file = pathlib.Path(folder.name) / "book.yaml"

    def test_a_file_is_laid_out_in_place_and_named_and_the_second_time_nothing_happens(self):
        self.file.write_text(CROOKED, encoding="utf-8")
        self.file.chmod(0o640)
        first = fmt(str(self.file))
        self.assertEqual((first.returncode, first.stdout), (0, f"{self.file}\n"))
        self.assertEqual(self.file.read_text(encoding="utf-8"), STRAIGHT)
        self.assertEqual(self.file.stat().st_mode & 0o777, 0o640)
        second = fmt(str(self.file))
        self.assertEqual((second.returncode, second.stdout), (0, ""))
        self.assertEqual([entry.name for entry in self.file.parent.iterdir()], ["book.yaml"])

    def test_check_names_the_file_and_leaves_it(self):
        self.file.write_text(CROOKED, encoding="utf-8")
        result = fmt("--check", str(self.file))
        self.assertEqual((result.returncode, result.stdout), (1, f"{self.file}\n"))
        self.assertEqual(self.file.read_text(encoding="utf-8"), CROOKED)
        self.file.write_text(STRAIGHT, encoding="utf-8")
        self.assertEqual(fmt("--check", str(self.file)).returncode, 0)

    def test_all_rulebooks_that_are_shipped_are_laid_out(self):
        shipped = [*(ROOT / "rules").rglob("*.yaml"), *(ROOT / "examples").rglob("*.yaml")]
        self.assertGreater(len(shipped), 20)
        result = fmt("--check", *map(str, shipped))
        self.assertEqual((result.returncode, result.stdout), (0, ""))

    def test_a_dash_reads_the_input(self):
        result = fmt("-", text=CROOKED)
        self.assertEqual((result.returncode, result.stdout), (0, STRAIGHT))

    def test_a_text_that_cannot_be_read_is_one_error_and_stays(self):
        self.file.write_text("a: [1\n", encoding="utf-8")
        result = fmt(str(self.file), str(self.file.with_name("none.yaml")))
        self.assertEqual(result.returncode, 1)
        self.assertIn("book.yaml:1:4: error:", result.stderr)
        self.assertIn("cannot be read", result.stderr)
        self.assertEqual(self.file.read_text(encoding="utf-8"), "a: [1\n")
        self.assertEqual(fmt().returncode, 2)


if __name__ == "__main__":
    unittest.main()
