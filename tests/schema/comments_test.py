"""Whatever proto/assay/v1 declares says what it means, in a comment on the line before it."""

import re
import unittest
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "proto" / "assay" / "v1"
# A message, an enum, a value of one, or a field.
DECLARATION = re.compile(r"(?:message|enum|oneof) \w+ \{|(?:(?:optional|repeated) )?[\w.]+(?:<[\w., ]+>)? \w+ = \d+|\w+ = \d+")


def uncommented(text):
    lines = [line.strip() for line in text.splitlines()]
    return [line for before, line in zip(lines, lines[1:])
            if DECLARATION.match(line) and not before.startswith("//")]


class CommentsTest(unittest.TestCase):
    def test_every_message_field_enum_and_value_has_a_comment(self):
        for file in sorted(FOLDER.glob("*.proto")):
            with self.subTest(file.name):
                self.assertEqual(uncommented(file.read_text(encoding="utf-8")), [])

    def test_what_has_none_is_found(self):
        self.assertEqual(uncommented("// A.\nmessage A {\n  // B.\n  string b = 1;\n  repeated int32 c = 2;\n}\nenum D {\n  E = 0;\n"),
                         ["repeated int32 c = 2;", "enum D {", "E = 0;"])


if __name__ == "__main__":
    unittest.main()
