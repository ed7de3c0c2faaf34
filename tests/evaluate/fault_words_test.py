"""Whatever the engine says of a value that cannot be had, it says in Chinese too: the literals of its sources are rows of
the table in src/evaluate/fault_words.cc. Details with a variable part (tables, keys, types) name things and stay as they are.
"""

import re
import unittest
from collections import defaultdict
from pathlib import Path

SRC = Path(__file__).resolve().parents[2] / "src"
FOLDERS = ("calendar", "column", "evaluate", "exec", "ingest", "interp", "review")
LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"')
CONSTANT = re.compile(r"(?:constexpr|const) [\w:]+(?: const)?[ *]+(k\w+)(?:\[\])? =\s*((?:\"(?:[^\"\\]|\\.)*\"\s*)+);")
# What stands before a detail: the kind of the fault, or the interpreter's own word for an argument that is refused.
LEADS = re.compile(r"ErrorKind::k\w+,|(?<!Value )\bRefused\(")
WITH_A_VARIABLE_PART = {"takes no "}


def rest_of_call(text, at):
    """From behind a lead to the bracket that closes what it stands in; brackets within literals do not count."""
    depth, end = 0, at
    while end < len(text) and depth >= 0:
        literal = LITERAL.match(text, end)
        if literal:
            end = literal.end()
            continue
        depth += {"(": 1, "{": 1, "[": 1, ")": -1, "}": -1, "]": -1}.get(text[end], 0)
        end += 1
    return text[at:end]


def details():
    """Every detail that is written out or named, and where."""
    texts = {path: path.read_text(encoding="utf-8") for path in sorted(SRC.rglob("*")) if path.suffix in (".cc", ".h")}
    constants = defaultdict(set)
    for text in texts.values():
        for name, value in CONSTANT.findall(text):
            constants[name].add("".join(LITERAL.findall(value)))
    for path, text in texts.items():
        if path.relative_to(SRC).parts[0] not in FOLDERS:
            continue
        for lead in LEADS.finditer(text):
            rest = rest_of_call(text, lead.end())
            for literal in LITERAL.findall(rest):
                yield path, literal
            for name in re.findall(r"(?<![:\w])k[A-Z]\w*", LITERAL.sub("", rest)):
                yield from ((path, detail) for detail in constants.get(name, {name}))


class FaultWordsTest(unittest.TestCase):
    def test_every_fault_that_the_sources_name_has_chinese_words(self):
        table = (SRC / "evaluate" / "fault_words.cc").read_text(encoding="utf-8")
        known = {en for en, zh in re.findall(r'\{"((?:[^"\\]|\\.)*)",\s*"((?:[^"\\]|\\.)*)"\}', table) if zh}
        found = {detail: path for path, detail in details()}
        lacking = {detail: path.name for detail, path in found.items()
                   if detail not in known and detail != "" and detail not in WITH_A_VARIABLE_PART}
        self.assertEqual(lacking, {})
        self.assertGreater(len(found), 50)

    def test_a_constant_and_a_literal_are_seen(self):
        found = {detail for _, detail in details()}
        self.assertIn("avg of nothing", found)  # a literal of a kernel
        self.assertIn("the list has no element there", found)  # a constant of another file


if __name__ == "__main__":
    unittest.main()
