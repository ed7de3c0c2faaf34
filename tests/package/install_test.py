"""An installed copy serves hosts that find it by find_package(assay): in C++, in C, and with entity classes of their own."""

import os
import pathlib
import subprocess
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
BUILD = pathlib.Path(os.environ.get("ASSAY_BUILD", HERE.parents[1] / "build/dev"))


def run(*command):
    result = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False)
    if result.returncode != 0:
        raise AssertionError(f"{command[0]} failed:\n{result.stdout}{result.stderr}")


@unittest.skipUnless(BUILD.name in ("dev", "release"), "a host of a sanitized library must be sanitized too")
class InstalledPackageTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = pathlib.Path(folder.name)
        run("cmake", "--install", BUILD, "--prefix", cls.folder / "installed")

    def run_host(self, name, *programs):
        build = self.folder / name
        run("cmake", "-G", "Ninja", "-S", HERE / name, "-B", build, f"-DCMAKE_PREFIX_PATH={self.folder / 'installed'}")
        run("cmake", "--build", build)
        for program in programs:
            run(build / program)

    def test_a_host_in_cpp_builds_and_runs(self):
        self.run_host("cpp_host", "host")

    def test_a_host_in_c_builds_and_runs_without_the_libraries_of_cpp(self):
        self.run_host("c_host", "host")

    def test_a_host_with_generated_classes_of_its_own_links_or_loads_the_library_and_lives(self):
        self.run_host("entity_host", "own_linked", "own_loaded", "entities_linked")


if __name__ == "__main__":
    unittest.main()
