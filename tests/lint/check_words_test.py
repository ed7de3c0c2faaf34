"""Paths of one machine, missing openings, wrong guards, thrown errors and empty names are found; the rest passes."""

import pathlib
import subprocess
import tempfile
import unittest

import check_words


class CheckWordsTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        subprocess.run(["git", "init", "--quiet", folder.name], check=True)

    def problems_of(self, name, text):
        (self.root / name).parent.mkdir(parents=True, exist_ok=True)
        (self.root / name).write_text(text, encoding="utf-8")
        return check_words.problems(self.root)

    def test_a_path_of_one_machine_is_found_with_its_line(self):
        path = "/".join(["", "home", "ann", "assay"])
        [problem] = self.problems_of("README.md", f"Read this.\nThen see {path}.\n")
        self.assertTrue(problem.startswith("README.md:2: a path of one machine"), problem)

    def test_relative_paths_addresses_and_system_paths_pass(self):
        text = "examples/home/day, https://example.org/home/page, /usr/share/zoneinfo, ../shared/work/x\n"
        self.assertEqual(self.problems_of("README.md", text), [])

    def test_a_source_without_an_opening_comment_is_found(self):
        self.assertIn("a file opens with", self.problems_of("src/base/a.cc", "int a;\n")[0])

    def test_the_guard_of_a_header_is_its_path(self):
        self.assertEqual(check_words.guard_of("src/base/decimal.h"), "ASSAY_BASE_DECIMAL_H_")
        self.assertEqual(check_words.guard_of("include/assay/assay.h"), "ASSAY_H_")
        self.assertEqual(check_words.guard_of("include/assay/session.h"), "ASSAY_SESSION_H_")
        self.assertEqual(check_words.guard_of("tests/interp/random_row.h"), "ASSAY_TESTS_INTERP_RANDOM_ROW_H_")
        self.assertIn("ASSAY_BASE_A_H_", self.problems_of("src/base/a.h", "// A.\n#ifndef A_H\n#define A_H\n#endif\n")[0])

    def test_a_throw_in_code_is_found_but_not_in_a_comment(self):
        [problem] = self.problems_of("src/base/a.cc", "// We throw nothing.\nvoid F() { throw 1; }\n")
        self.assertTrue(problem.startswith("src/base/a.cc:2:"), problem)

    def test_a_file_named_after_nothing_is_found(self):
        self.assertIn("named after what is in it", self.problems_of("src/base/string_util.cc", "// Strings.\n")[0])


if __name__ == "__main__":
    unittest.main()
