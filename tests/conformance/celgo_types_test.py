"""The types that our checker gives the conformance suite's expressions are those of cel-go's checker.

cel-go's are published with the npm package @bufbuild/cel-spec. Without npm, without the package or without the suite the
test is skipped: it is a comparison with a peer, which the suite itself (cel_conformance) does not need.
"""

import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

PACKAGE = "@bufbuild/cel-spec@0.6.1"
DUMP = """
import {tests} from "%s";
const out = {};
function walk(suite, path) {
  for (const below of suite.suites || []) walk(below, path.concat(below.name));
  for (const test of suite.tests || []) if (test.type) out[path.concat(test.original.name).join("/")] = test.type;
}
walk(tests, []);
console.log(JSON.stringify(out));
"""

# Where the environments differ.
OTHER_ENVIRONMENT = {
    r"network_ext/|enums/strong": "not part of the language",
    r"block_ext/": "their cel.block gives its values the type dyn, ours their own",
    r"macros/filter/list_empty$": "they infer the elements of [] from how the macro uses them",
}


def _suite():
    shared = os.environ.get("ASSAY_SHARED_DIR") or pathlib.Path(__file__).parents[2] / ".." / "shared"
    return pathlib.Path(shared) / "cel-spec"


def _celgo_types(folder):
    subprocess.run(["npm", "pack", "--silent", PACKAGE], cwd=folder, check=True, capture_output=True, timeout=60)
    archive = next(pathlib.Path(folder).glob("*.tgz"))
    subprocess.run(["tar", "xzf", archive.name], cwd=folder, check=True)
    script = pathlib.Path(folder) / "dump.mjs"
    data = pathlib.Path(folder) / "package" / "dist" / "esm" / "testdata" / "conformance.js"
    script.write_text(DUMP % data.as_posix(), encoding="utf-8")
    return json.loads(subprocess.run(["node", script.name], cwd=folder, check=True, capture_output=True).stdout)


def _normal(name):
    """One spelling for a type that both name in their own way."""
    name = name.replace("google.protobuf.Timestamp", "timestamp").replace("google.protobuf.Duration", "duration")
    name = name.replace("google.protobuf.Any", "dyn").replace("any", "dyn")
    name = re.sub(r"^type\(.*\)$", "type", name)
    return re.sub(r"wrapper\((\w+)\)", r"wrapper(\1)", name).replace(" ", "")


class CelGoTypesTest(unittest.TestCase):
    def test_types_are_those_of_cel_go(self):
        if not (_suite() / "descriptors.binpb").is_file():
            self.skipTest(f"no conformance suite at {_suite()}")
        if shutil.which("npm") is None or shutil.which("node") is None:
            self.skipTest("npm and node are not installed")
        with tempfile.TemporaryDirectory() as folder:
            try:
                theirs = _celgo_types(folder)
            except (subprocess.SubprocessError, StopIteration):
                self.skipTest(f"npm has no {PACKAGE}")
        program = pathlib.Path(os.environ["ASSAY_BUILD"]) / "bin" / "cel_conformance"
        lines = subprocess.run([program, _suite(), "--types"], check=True, capture_output=True, text=True).stdout
        ours = dict(line.split("\t") for line in lines.splitlines())
        other = re.compile("|".join(OTHER_ENVIRONMENT))
        compared = [name for name in theirs if ours.get(name) and not other.match(name)]
        wrong = [f"{name}: {ours[name]}, cel-go says {theirs[name]}" for name in compared
                 if _normal(ours[name]) != _normal(theirs[name])]
        print(f"compared the types of {len(compared)} of {len(theirs)} expressions")
        self.assertEqual(wrong, [], "\n".join(wrong))
        self.assertGreater(len(compared), 1900)


if __name__ == "__main__":
    unittest.main()
