"""Changed names become the translation units that read them; clang-tidy is given commands that clang knows."""

import unittest

import run_tidy

TEXTS = {
    "src/base/decimal.cc": '#include "base/decimal.h"\n#include "base/macros.h"\n',
    "tests/base/decimal_test.cc": '#include "base/decimal.h"\n',
}


class TranslationUnitsTest(unittest.TestCase):
    def units_of(self, *changed):
        return run_tidy.translation_units(changed, sorted(TEXTS), TEXTS.get)

    def test_a_changed_source_is_its_own_unit_and_other_files_are_none(self):
        self.assertEqual(self.units_of("tests/base/decimal_test.cc", "README.md"), ["tests/base/decimal_test.cc"])

    def test_a_changed_header_is_read_through_the_source_beside_it(self):
        self.assertEqual(self.units_of("src/base/decimal.h"), ["src/base/decimal.cc"])

    def test_a_header_without_a_source_is_read_through_its_first_includer(self):
        self.assertEqual(self.units_of("src/base/macros.h"), ["src/base/decimal.cc"])

    def test_a_header_nobody_includes_is_read_by_nobody(self):
        self.assertEqual(self.units_of("src/base/unused.h"), [])


class CommandsTest(unittest.TestCase):
    def test_what_is_said_to_gcc_alone_is_left_out(self):
        words = "'-DA=a b' -c a.cc"
        self.assertEqual(run_tidy.known_to_clang("c++ -O1 -fvect-cost-model=dynamic " + words), "c++ -O1 " + words)


if __name__ == "__main__":
    unittest.main()
