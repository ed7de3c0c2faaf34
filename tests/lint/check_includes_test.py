"""Includes follow the arrows of src/README.md and nothing else."""

import pathlib
import subprocess
import tempfile
import unittest

import check_includes

README = "# Folders\n\n```arrows\nbase:\nlang: base\nplan: base\n```\n"


class CheckIncludesTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        subprocess.run(["git", "init", "--quiet", folder.name], check=True)
        self.write("src/README.md", README)

    def write(self, name, text):
        (self.root / name).parent.mkdir(parents=True, exist_ok=True)
        (self.root / name).write_text(text, encoding="utf-8")

    def problems_of(self, name, target):
        self.write(name, f'// A file.\n#include "{target}"\n')
        return check_includes.problems(self.root)

    def test_its_own_folder_an_allowed_one_and_libraries_pass(self):
        for target in ("lang/ast.h", "base/decimal.h", "absl/status/status.h", "assay/v1/rulebook.pb.h"):
            self.assertEqual(self.problems_of("src/lang/parser.cc", target), [])

    def test_a_folder_without_an_arrow_is_refused_with_its_line(self):
        [problem] = self.problems_of("src/plan/node.cc", "lang/ast.h")
        self.assertEqual(problem, "src/plan/node.cc:2: src/README.md has no arrow from plan to lang: lang/ast.h")

    def test_an_entity_class_is_refused_in_the_core(self):
        [problem] = self.problems_of("src/lang/parser.cc", "assay/v1/order.pb.h")
        self.assertIn("links no generated entity class", problem)

    def test_a_path_without_its_folder_is_refused(self):
        self.assertIn("write the path from src/", self.problems_of("src/lang/parser.cc", "ast.h")[0])

    def test_a_public_header_may_not_need_src(self):
        self.assertIn("public headers stand alone", self.problems_of("include/assay/api.h", "base/decimal.h")[0])

    def test_an_unlisted_folder_and_an_arrow_upwards_are_refused(self):
        self.assertIn("the folder extra has no line", self.problems_of("src/extra/x.cc", "base/decimal.h")[0])
        _, found = check_includes.read_arrows("```arrows\nbase: lang\nlang:\n```\n")
        self.assertEqual(found, ["src/README.md: base may include only folders listed above it, not lang"])


if __name__ == "__main__":
    unittest.main()
