"""Checks every #include of src/ and include/ against the arrows written in src/README.md.

Entry point: problems. The arrows stand in one block fenced with ```arrows, a line per folder, lowest first:

    schema: base

A folder may include its own headers and those of the folders behind its colon, which must stand above it.
"""

import re

import sources

_BLOCK = re.compile(r"^```arrows\n(.*?)^```", re.DOTALL | re.MULTILINE)
_INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*"([^"]+)"', re.MULTILINE)
# The only generated classes that exist in the core; entities are read by reflection.
_CORE_CLASSES = {"assay/v1/rulebook.pb.h", "assay/v1/decision.pb.h", "assay/v1/diff.pb.h",
                 "assay/v1/evaluation.pb.h"}
# Libraries whose headers are written in quotes.
_LIBRARIES = {"absl", "google", "re2", "yaml-cpp"}


def read_arrows(readme):
    """({folder: set of folders it may include}, problems), from the text of src/README.md."""
    block = _BLOCK.search(readme)
    if not block:
        return {}, ["src/README.md: no block fenced with ```arrows"]
    arrows, found = {}, []
    for line in block.group(1).splitlines():
        folder, _, allowed = line.partition(":")
        for target in allowed.split():
            if target not in arrows:
                found.append(f"src/README.md: {folder} may include only folders listed above it, not {target}")
        arrows[folder.strip()] = set(allowed.split())
    return arrows, found


def _includes(root, name):
    """(line number, included path) for every quoted include of a file."""
    text = (root / name).read_text(encoding="utf-8")
    return [(text.count("\n", 0, match.start()) + 1, match.group(1)) for match in _INCLUDE.finditer(text)]


def _why_not(owner, target, arrows):
    """Why `owner` (a folder of src, or None for include/) may not include `target`; None if it may."""
    folder = target.split("/")[0] if "/" in target else None
    if folder is None:
        return "write the path from src/, as in folder/file.h"
    if target.startswith("assay/v1/") and target not in _CORE_CLASSES:
        return "the core reads entities by reflection and links no generated entity class"
    if folder in _LIBRARIES or folder == "assay" or folder == owner:
        return None
    if owner is None:
        return "public headers stand alone: they include assay/ and libraries only"
    if folder not in arrows:
        return "no such folder in src/README.md"
    if folder not in arrows[owner]:
        return f"src/README.md has no arrow from {owner} to {folder}"
    return None


def problems(root):
    arrows, found = read_arrows((root / "src/README.md").read_text(encoding="utf-8"))
    if not arrows:
        return found
    for name in sources.tracked(root, "src/*.cc", "src/*.h", "include/*.h"):
        owner = name.split("/")[1] if name.startswith("src/") else None
        if owner is not None and owner not in arrows:
            found.append(f"{name}: the folder {owner} has no line in src/README.md")
            continue
        for line, target in _includes(root, name):
            reason = _why_not(owner, target, arrows)
            if reason:
                found.append(f"{name}:{line}: {reason}: {target}")
    return found


if __name__ == "__main__":
    sources.main("check_includes", problems)
