"""`assay schema`: what the loader takes the JSON Schema takes, and what is wrong in form both refuse."""

import importlib.util
import json
import os
import pathlib
import re
import subprocess
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
ASSAY = os.path.join(os.environ.get("ASSAY_BUILD", ROOT / "build" / "dev"), "bin", "assay")
MISSING = [name for name in ("jsonschema", "yaml") if importlib.util.find_spec(name) is None]
# What the loader says of a key, a kind of value or a word that the form alone shows to be wrong.
OF_FORM = re.compile(r"# expect: \d+:\d+: .*(is not a key of|' takes (?!\d)|is not one of [A-Z])")


def schema_text():
    return subprocess.run([ASSAY, "schema"], capture_output=True, text=True, check=True, encoding="utf-8").stdout


def fields(definition):
    return definition.get("properties", {}).items()


class JsonSchemaTest(unittest.TestCase):
    def test_describes_each_message_by_the_comments_of_the_proto(self):
        schema = json.loads(schema_text())
        self.assertEqual(schema["$schema"], "https://json-schema.org/draft/2020-12/schema")
        definitions = schema["$defs"]
        proto = (ROOT / "proto/assay/v1/rulebook.proto").read_text(encoding="utf-8")
        self.assertEqual({name.rpartition(".")[2] for name in definitions},
                         set(re.findall(r"^\s*(?:message|enum) (\w+)", proto, re.MULTILINE)))
        self.assertEqual(definitions["Rule"]["properties"]["condition"]["description"],
                         "A finding is made where this is true.")
        self.assertEqual(definitions["Input"]["description"],
                         "The message judged: one row of a batch, visible in expressions under `name`.")
        self.assertIn({"description": "A named role must release it.", "const": "HOLD"},
                      definitions["Outcome"]["oneOf"])

    def test_a_wrong_call_says_how_it_is_called(self):
        done = subprocess.run([ASSAY, "schema", "x"], capture_output=True, text=True, check=False)
        self.assertEqual((done.returncode, done.stderr), (2, "assay: usage: assay schema > FILE\n"))


@unittest.skipIf(MISSING, f"needs the Debian packages python3-jsonschema and python3-yaml; missing: {', '.join(MISSING)}")
class ValidationTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        import jsonschema
        import yaml

        class Loader(yaml.SafeLoader):
            """YAML 1.2's scalars, as editors read them: 09:00 and 2026-11-20 are texts, yes is no bool."""

        Loader.yaml_implicit_resolvers = {}
        for kind, pattern, first in (("bool", "true|false", "tf"), ("null", "null|~|", "n~"),
                                     ("int", "[-+]?[0-9]+", "-+0123456789"),
                                     ("float", r"[-+]?[0-9]*\.[0-9]+", "-+.0123456789")):
            expression = re.compile(f"^(?:{pattern})$")
            Loader.add_implicit_resolver(f"tag:yaml.org,2002:{kind}", expression, list(first))
        Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile("^$"), [""])
        Loader.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(node.value))
        schema = json.loads(schema_text())
        jsonschema.Draft202012Validator.check_schema(schema)
        cls.validator = jsonschema.Draft202012Validator(schema)
        cls.yaml, cls.loader = yaml, Loader

    def errors(self, text):
        return [error.message for error in self.validator.iter_errors(self.yaml.load(text, self.loader))]

    def test_takes_every_rulebook_of_the_repository(self):
        paths = [*ROOT.glob("rules/standard/*.yaml"), *ROOT.glob("examples/*.yaml")]
        self.assertGreaterEqual(len(paths), 6)
        for path in paths:
            with self.subTest(path=path.name):
                self.assertEqual(self.errors(path.read_text(encoding="utf-8")), [])

    def test_takes_every_rulebook_of_the_reference_page(self):
        examples = re.findall(r"\n```yaml\n(.*?)\n```\n", (ROOT / "docs/rulebook.md").read_text(encoding="utf-8"), re.DOTALL)
        self.assertGreaterEqual(len(examples), 12)
        for example in examples:
            with self.subTest(example=example[:40]):
                self.assertEqual(self.errors(example), [])

    def test_refuses_the_bad_rulebooks_whose_form_is_wrong_and_takes_those_whose_meaning_is(self):
        refused = taken = 0
        for path in sorted((ROOT / "tests/rulebook/bad").iterdir()):
            try:
                text = path.read_text(encoding="utf-8-sig")
                self.yaml.load(text, self.loader)
            except (UnicodeDecodeError, self.yaml.YAMLError):
                continue
            with self.subTest(path=path.name):
                if OF_FORM.search(text):
                    refused += 1
                    self.assertNotEqual(self.errors(text), [])
                elif path.name.startswith("rule_"):
                    taken += 1
                    self.assertEqual(self.errors(text), [])
        self.assertGreaterEqual(refused, 20)
        self.assertGreaterEqual(taken, 30)

    def test_takes_an_empty_value_where_the_loader_does(self):
        self.assertEqual(self.errors("rules:\nreview:\nname:\nlevels: [{name: 7, of: 1.5}]"), [])
        self.assertNotEqual(self.errors("fields: [{path: a.B.c, date:}]"), [])


if __name__ == "__main__":
    unittest.main()
