"""An installed copy serves hosts that find it by find_package(assay): in C++, in C, and with entity classes of their own."""

import os
import pathlib
import subprocess
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
BUILD = pathlib.Path(os.environ.get("ASSAY_BUILD", HERE.parents[1] / "build/dev"))


def run(*command, folder=None):
    result = subprocess.run([str(word) for word in command], cwd=folder, capture_output=True, text=True, check=False)
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

    def run_host(self, name):
        build = self.folder / name
        run("cmake", "-G", "Ninja", "-S", HERE / name, "-B", build, f"-DCMAKE_PREFIX_PATH={self.folder / 'installed'}")
        run("cmake", "--build", build)
        run(build / "host")

    def test_a_host_in_cpp_builds_and_runs(self):
        self.run_host("cpp_host")

    def test_a_host_in_c_builds_and_runs_without_the_libraries_of_cpp(self):
        self.run_host("c_host")

    def test_a_host_with_generated_classes_of_its_own_links_or_loads_the_library_and_lives(self):
        installed, own = self.folder / "installed", self.folder / "own"
        own.mkdir()
        protos = [f"assay/v1/{name}.proto" for name in ("annotations", "funds", "order", "review")]
        run("protoc", f"-I{installed / 'share/assay/proto'}", f"--cpp_out={own}", *protos)
        sources = [own / proto.replace(".proto", ".pb.cc") for proto in protos]
        library = ["-L", installed / "lib", f"-Wl,-rpath,{installed / 'lib'}", "-lassay"]
        compile_cpp = ["c++", "-std=c++17", f"-I{own}", f"-I{installed / 'include'}"]
        run(*compile_cpp, "-c", *sources, HERE / "entity_host/review_order.cc", folder=own)
        classes = sorted(own.glob("*.pb.o"))
        host = ["-pthread", own / "review_order.o"]

        linked, loaded, entities = own / "linked", own / "loaded", own / "entities"
        run(*compile_cpp, HERE / "entity_host/linked.cc", *host, *classes, *library, "-lprotobuf", "-o", linked)
        run(linked)
        run(*compile_cpp, HERE / "entity_host/loaded.cc", *host, *classes, "-lprotobuf", "-ldl", "-o", loaded)
        run(loaded, installed / "lib/libassay.so")
        run(*compile_cpp, HERE / "entity_host/linked.cc", *host, *library, "-lassay_entities", "-lprotobuf", "-o",
            entities)
        run(entities)


if __name__ == "__main__":
    unittest.main()
