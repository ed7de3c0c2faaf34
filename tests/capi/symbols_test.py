"""What the shared library gives to its host and takes from it: it exports the functions of assay.h and nothing else, and
our own objects import nothing that prints, ends the process, or reads the environment or the clock.

It reads the library and the objects of the build in ASSAY_BUILD (else build/dev) with nm.
"""

import os
import pathlib
import re
import subprocess
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("ASSAY_BUILD", ROOT / "build/dev"))
LIBRARY = BUILD / "lib/libassay.so"

# The functions of C and C++ behind each promise; operators and members of a class count by its name.
FORBIDDEN = re.compile(
    r"_?abort|_?_?exit|_Exit|quick_exit|atexit|raise|kill|"
    r"stdout|stderr|printf|vprintf|puts|putchar|fprintf|vfprintf|fputs|fputc|fwrite|perror|write|syslog|"
    r"std::(cout|cerr|clog|wcout|wcerr|wclog)|"
    r"(secure_)?getenv|environ|setenv|putenv|setlocale|uselocale|std::locale::global.*|"
    r"time|clock|clock_gettime|gettimeofday|localtime(_r)?|mktime|tzset|"
    r"std::chrono::_V2::\w+::now.*|absl(::debian\w+)?::(Now|GetCurrentTimeNanos|LocalTimeZone|LoadTimeZone).*|"
    r"s?rand(_r)?|random|std::random_device.*|__printf_chk|__fprintf_chk|__vfprintf_chk")


def nm(path, *options):
    """The names nm lists, demangled, without symbol versions."""
    result = subprocess.run(["nm", "-C", "--format=posix", *options, path], check=True, capture_output=True, text=True)
    for line in result.stdout.splitlines():
        match = re.match(r"(.+?)(?:@+\S+)? [A-Za-z?](?: |$)", line)
        if match:
            yield match.group(1)


def own_objects():
    """The object files of src/, without the command's, which may print."""
    for target in ("assay_core", "assay_shared"):
        yield from sorted((BUILD / f"CMakeFiles/{target}.dir/src").rglob("*.o"))


@unittest.skipUnless(LIBRARY.exists(), "needs lib/libassay.so in the build folder")
class SymbolsTest(unittest.TestCase):
    def test_the_library_exports_the_functions_of_its_header_and_nothing_else(self):
        header = (ROOT / "include/assay/assay.h").read_text(encoding="utf-8")
        declared = set(re.findall(r"^ASSAY_API [^;(]*?\b(assay_\w+)\(", header, re.MULTILINE))
        self.assertGreater(len(declared), 20)
        exported = set(nm(LIBRARY, "-D", "--defined-only")) - {"ASSAY_1"}  # the version's own name
        self.assertEqual(exported, declared)

    def test_our_objects_print_nothing_end_nothing_and_read_no_environment_or_clock(self):
        objects = list(own_objects())
        self.assertGreater(len(objects), 100)
        found = [f"{path.name}: {name}" for path in objects for name in nm(path, "-u") if FORBIDDEN.fullmatch(name)]
        self.assertEqual(found, [])

    def test_the_command_which_prints_would_be_found(self):
        objects = (BUILD / "CMakeFiles/assay_command.dir/src/cli").rglob("*.o")
        self.assertTrue(any(FORBIDDEN.fullmatch(name) for path in objects for name in nm(path, "-u")))


if __name__ == "__main__":
    unittest.main()
