"""The text the lint scripts read: the repository's files, and C++ with comments and literals blanked out.

Entry points: tracked, blank_comments_and_literals, report. Nothing here changes a file.
"""

import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]

# A comment, a raw string, a string or a character, whichever begins first.
_SKIPPED = re.compile(
    r"//(?:\\\n|[^\n])*"
    r"|/\*.*?\*/"
    r'|R"(?P<delimiter>[^()\\\s]{0,16})\(.*?\)(?P=delimiter)"'
    r'|"(?:\\.|[^"\\\n])*"'
    r"|(?<![0-9A-Fa-f])'(?:\\.|[^'\\\n])+'",
    re.DOTALL,
)


def tracked(root, *patterns):
    """Paths relative to `root` of the files git knows or would add, matching any of the patterns, sorted."""
    command = ["git", "-C", str(root), "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *patterns]
    names = subprocess.run(command, check=True, capture_output=True).stdout.decode().split("\0")
    return sorted(name for name in set(names) if name and (root / name).is_file())


def blank_comments_and_literals(text):
    """The same text, line for line, with the inside of comments gone and every literal reduced to ""."""

    def blank(match):
        token = match.group(0)
        replacement = " " if token.startswith("/") else '""'
        return replacement + "\n" * token.count("\n")

    return _SKIPPED.sub(blank, text)


def report(name, problems):
    """Prints one line for each problem and a closing line; returns the exit code."""
    for problem in problems:
        print(problem)
    print(f"{name}: {len(problems)} problem{'' if len(problems) == 1 else 's'}")
    return 1 if problems else 0


def main(name, check):
    """Runs check(root) over this repository, or over the folder named on the command line."""
    root = pathlib.Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else ROOT
    sys.exit(report(name, check(root)))
