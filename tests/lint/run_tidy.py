"""Runs clang-tidy over the C++ files that changed, or over all, as many at once as there are processors.

usage: run_tidy.py BUILD_FOLDER [--all]

A file is read again only when its preprocessed text or .clang-tidy differs from the last time it was clean.
"Changed" is against the point where this branch left main, or the last commit when on main itself.
"""

import concurrent.futures
import hashlib
import json
import os
import pathlib
import shlex
import subprocess
import sys

import sources

TIDY = "clang-tidy-19"
ONLY_GCC = ("-fvect-cost-model=",)  # clang stops at what it does not know


def _git(*arguments):
    result = subprocess.run(["git", "-C", str(sources.ROOT), *arguments], capture_output=True, text=True, check=False)
    return result.stdout.split() if result.returncode == 0 else []


def changed_files():
    """Paths that differ from the base, in commits or in the working tree; all of them when there is no base."""
    head = _git("rev-parse", "HEAD")
    for branch in ("origin/main", "main"):
        base = _git("merge-base", branch, "HEAD")
        if base and base != head:
            break
    else:
        base = _git("rev-parse", "--verify", "--quiet", "HEAD~1")
    if not base:
        return sources.tracked(sources.ROOT)
    return _git("diff", "--name-only", base[0]) + _git("ls-files", "--others", "--exclude-standard")


def translation_units(names, compiled, text_of):
    """The compiled files to read for changed `names`: a header stands in the unit beside it, or its first includer."""
    units = {name for name in names if name in compiled}
    for header in (name for name in names if name.endswith(".h")):
        beside = header[:-2] + ".cc"
        spelled = '#include "' + header.split("/", 1)[1] + '"'
        includers = [beside] if beside in compiled else [name for name in compiled if spelled in text_of(name)]
        units.update(includers[:1])
    return sorted(units)


def _commands(build):
    """{path relative to the root: (folder, command words)} of our own compiled C++ files."""
    commands = {}
    for entry in json.loads((build / "compile_commands.json").read_text(encoding="utf-8")):
        path = pathlib.Path(entry["file"])
        if path.suffix == ".cc" and sources.ROOT in path.parents and build not in path.parents:
            commands[path.relative_to(sources.ROOT).as_posix()] = (entry["directory"], shlex.split(entry["command"]))
    return commands


def known_to_clang(command):
    """A compiler's command without what is said to GCC alone."""
    return shlex.join(word for word in shlex.split(command) if not word.startswith(ONLY_GCC))


def _write_commands(build):
    """The folder of a compilation database that clang-tidy can read."""
    entries = json.loads((build / "compile_commands.json").read_text(encoding="utf-8"))
    for entry in entries:
        entry["command"] = known_to_clang(entry["command"])
    folder = build / "tidy"
    folder.mkdir(exist_ok=True)
    (folder / "compile_commands.json").write_text(json.dumps(entries), encoding="utf-8")
    return folder


def _digest(folder, words):
    """What a verdict depends on: the preprocessed unit and the configuration. None if it does not preprocess."""
    words = words[: words.index("-o")] + words[words.index("-o") + 2 :]
    result = subprocess.run([*words, "-E"], cwd=folder, capture_output=True, check=False)
    if result.returncode != 0:
        return None
    return hashlib.sha256((sources.ROOT / ".clang-tidy").read_bytes() + result.stdout).hexdigest()


def tidy(name, folder, command):
    """(name, what clang-tidy says), the second empty when the file is clean."""
    stamp = folder / (name.replace("/", "@") + ".clean")
    digest = _digest(*command)
    if digest and stamp.is_file() and stamp.read_text(encoding="utf-8") == digest:
        return name, ""
    arguments = [TIDY, "-p", str(folder), "--quiet", "--warnings-as-errors=*", name]
    result = subprocess.run(arguments, cwd=sources.ROOT, capture_output=True, text=True, check=False)
    if result.returncode == 0 and digest:
        stamp.write_text(digest, encoding="utf-8")
    return name, "" if result.returncode == 0 else result.stdout or result.stderr


def main(argv):
    build = pathlib.Path(argv[1]).resolve()
    commands = _commands(build)
    names = sorted(commands)
    if "--all" not in argv:
        text_of = lambda name: (sources.ROOT / name).read_text(encoding="utf-8")
        names = translation_units(changed_files(), names, text_of)
    print(f"clang-tidy: {len(names)} of {len(commands)} files")
    folder = _write_commands(build)
    with concurrent.futures.ThreadPoolExecutor(int(os.environ.get("JOBS") or os.cpu_count())) as pool:
        results = list(pool.map(lambda name: tidy(name, folder, commands[name]), names))
    return sources.report("run_tidy", [said.rstrip() for _, said in results if said])


if __name__ == "__main__":
    sys.exit(main(sys.argv))
