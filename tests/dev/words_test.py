"""`./dev` refuses words that a command does not take, before it installs or builds anything."""

import pathlib
import subprocess
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]


class WordsTest(unittest.TestCase):
    def test_a_word_that_a_command_does_not_take_is_named(self):
        for words in (["demo", "extra"], ["test", "extra"], ["test", "-D"], ["full", "--all"], ["lint", "--al"],
                      ["fuzz", "long"], ["bench", "one", "two"], ["package", "extra"]):
            done = subprocess.run([ROOT / "dev", *words], check=False, capture_output=True, text=True)
            self.assertEqual((done.returncode, done.stdout), (1, ""), words)
            self.assertIn(words[-1], done.stderr)
            self.assertEqual(len(done.stderr.splitlines()), 1, done.stderr)


if __name__ == "__main__":
    unittest.main()
