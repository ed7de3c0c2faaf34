"""docs/mapping.md names fields of ours that exist: each in a column headed `ours`, and each anywhere else on the page."""

import pathlib
import re
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "mapping.md"
_OPENING = re.compile(r"\s*(message|enum|oneof|extend) ([\w.]+) \{")
_FIELD = re.compile(r"\s*(?:optional |repeated )?(?:map<[^>]*>|[\w.]+) (\w+) = \d+")
_VALUE = re.compile(r"\s*([A-Z][A-Z0-9_]*) = \d+;")


def declared():
    """Messages with their fields, and the values of all enums."""
    messages, values = {}, set()
    for path in sorted((ROOT / "proto" / "assay" / "v1").glob("*.proto")):
        blocks = []
        for line in path.read_text(encoding="utf-8").splitlines():
            opening, field, value = _OPENING.match(line), _FIELD.match(line), _VALUE.match(line)
            if opening:
                blocks.append(opening.groups())
            elif line.strip() == "}":
                blocks.pop()
            elif blocks and blocks[-1][0] == "enum" and value:
                values.add(value[1])
            elif field and blocks and blocks[-1][0] != "extend":
                owner = next(name for kind, name in reversed(blocks) if kind == "message")
                messages.setdefault(owner, set()).add(field[1])
    return messages, values


def spans(text):
    return re.findall(r"`([^`]+)`", text)


def tables():
    """Each table of the page as its header and rows, of cells."""
    block = []
    for line in [*PAGE.read_text(encoding="utf-8").splitlines(), ""]:
        if line.startswith("|"):
            block.append([cell.strip() for cell in line.strip("|").split(" | ")])
        elif block:
            yield block[0], block[2:]
            block = []


class MappingTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.messages, cls.values = declared()

    def is_field(self, name):
        message, _, field = name.partition(".")
        return field in self.messages.get(message, ())

    def test_the_protos_are_read(self):
        self.assertLessEqual({"id", "lines", "fallback_warehouses"}, self.messages["Order"])
        self.assertIn("kind", self.messages["LinePart"])
        self.assertIn("ORDER_KIND_RETURN", self.values)

    def test_every_row_names_fields_of_ours(self):
        rows = 0
        for header, body in tables():
            column = header.index("ours")
            for cells in body:
                self.assertEqual(len(cells), len(header), cells)
                names = spans(cells[column])
                self.assertTrue(names, cells)
                self.assertEqual(re.sub(r"`[^`]+`|[, ]", "", cells[column]), "", cells)
                self.assertEqual([name for name in names if not self.is_field(name)], [], cells)
                rows += 1
        self.assertGreater(rows, 150)

    def test_what_else_is_named_of_ours_exists(self):
        text = PAGE.read_text(encoding="utf-8")
        enums = {value.rpartition("_UNSPECIFIED")[0] for value in self.values if value.endswith("_UNSPECIFIED")}
        for name in spans(text):
            message, _, field = name.partition(".")
            if message in self.messages and re.fullmatch("[a-z_]+", field):
                self.assertTrue(self.is_field(name), name)
            if any(name.startswith(enum + "_") for enum in enums):
                self.assertIn(name, self.values)

    def test_no_row_stands_twice(self):
        for header, body in tables():
            named = [tuple(cells[:2]) for cells in body]
            self.assertEqual(len(set(named)), len(named), header)

    def test_the_page_leads_to_each_of_its_parts(self):
        text = PAGE.read_text(encoding="utf-8")
        anchors = {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")
                   for title in re.findall(r"^## (.*)$", text, re.MULTILINE)}
        self.assertEqual(set(re.findall(r"\]\(#([^)]+)\)", text)), anchors)


if __name__ == "__main__":
    unittest.main()
