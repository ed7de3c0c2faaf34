"""The brace scanner finds functions and nothing else; budgets are counted to the line."""

import pathlib
import subprocess
import tempfile
import unittest

import check_budgets


class FunctionsTest(unittest.TestCase):
    def test_a_function_counts_from_its_signature_to_its_closing_brace(self):
        text = "// Adds.\n\nint Add(int a,\n        int b) {\n  if (a) {\n    return b;\n  }\n  return a + b;\n}\n"
        self.assertEqual(check_budgets.functions(text), [(3, 9)])

    def test_methods_inside_namespaces_and_classes_are_found(self):
        text = "namespace a {\nclass B final : public C {\n public:\n  int Get() const { return 1; }\n};\n}\n"
        self.assertEqual(check_budgets.functions(text), [(4, 4)])

    def test_braces_in_literals_and_comments_do_not_count(self):
        text = 'void F() {\n  // {\n  G("}", \'{\', R"({{)", 1\'000);  /* } */\n}\nvoid H() {\n}\n'
        self.assertEqual(check_budgets.functions(text), [(1, 4), (5, 6)])

    def test_a_constructor_with_braced_members_is_one_function(self):
        text = "A::A(int b) : b_{b}, c_(b), d_{1, 2} {\n  Check();\n}\nint F() { return 1; }\n"
        self.assertEqual(check_budgets.functions(text), [(1, 3), (4, 4)])

    def test_a_table_is_no_function_and_a_lambda_belongs_to_its_function(self):
        text = "constexpr Row kRows[] = {\n  {1, F()},\n};\nint G() {\n  return [] {\n    return 1;\n  }();\n}\n"
        self.assertEqual(check_budgets.functions(text), [(4, 8)])

    def test_defaults_operators_and_trailing_types_are_functions(self):
        text = (
            "template <typename T = int>\nauto F(T a = T{}) -> absl::StatusOr<T> {\n}\n"
            "bool operator==(A a, A b) {\n}\nstruct A G() {\n}\nTEST(A, B) {\n}\n"
        )
        self.assertEqual(check_budgets.functions(text), [(1, 3), (4, 5), (6, 7), (8, 9)])


class ProblemsTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        subprocess.run(["git", "init", "--quiet", folder.name], check=True)

    def write(self, name, text):
        (self.root / name).parent.mkdir(parents=True, exist_ok=True)
        (self.root / name).write_text(text, encoding="utf-8")

    def test_a_function_at_the_limit_passes_and_one_line_more_does_not(self):
        self.write("src/a/fits.cc", "int F() {\n" + "  G();\n" * 58 + "}\n")
        self.assertEqual(check_budgets.problems(self.root), [])
        self.write("src/a/long.cc", "int F() {\n" + "  G();\n" * 59 + "}\n")
        [problem] = check_budgets.problems(self.root)
        self.assertIn("src/a/long.cc:1: a function of 61 lines", problem)

    def test_files_and_cmake_at_the_limit_pass_and_one_line_more_does_not(self):
        limits = {"src/a/a.cc": 400, "src/a/a.h": 250, "include/assay/assay.h": 600, "CMakeLists.txt": 300}
        for name, limit in limits.items():
            self.write(name, "\n" * limit)
        self.assertEqual(check_budgets.problems(self.root), [])
        for name, limit in limits.items():
            self.write(name, "\n" * (limit + 1))
        self.assertEqual(len(check_budgets.problems(self.root)), len(limits))


if __name__ == "__main__":
    unittest.main()
