"""assay.h stands alone: as C and as C++ of every standard from C11 and C++11 on, it gives no warning.

The compilers are those of the build in ASSAY_BUILD (else build/dev).
"""

import os
import pathlib
import re
import subprocess
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("ASSAY_BUILD", ROOT / "build/dev"))
CACHE = BUILD / "CMakeCache.txt"
STRICT = ["-Wall", "-Wextra", "-pedantic", "-Werror", "-fsyntax-only", f"-I{ROOT / 'include'}"]


@unittest.skipUnless(CACHE.exists(), "needs a configured build folder")
class HeaderTest(unittest.TestCase):
    def compile(self, language, standards):
        variable = {"c": "CMAKE_C_COMPILER", "c++": "CMAKE_CXX_COMPILER"}[language]
        compiler = re.search(rf"^{variable}:\w+=(.+)$", CACHE.read_text(encoding="utf-8"), re.MULTILINE).group(1)
        for standard in standards:
            with self.subTest(standard):
                result = subprocess.run(
                    [compiler, f"-std={standard}", "-x", language, *STRICT, "-"], input="#include <assay/assay.h>\n",
                    check=False, capture_output=True, text=True)
                self.assertEqual((result.returncode, result.stderr), (0, ""))

    def test_it_is_c(self):
        self.compile("c", ["c11", "c17"])

    def test_it_is_cpp(self):
        self.compile("c++", ["c++11", "c++17", "c++20"])


if __name__ == "__main__":
    unittest.main()
