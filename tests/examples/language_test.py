"""The reference of the rule language says what is: every example of docs/language.md runs with both engines, its types
are the rows of the function table, no function, macro, kind of error or limit is missing.

It runs the `assay` command of the build in ASSAY_BUILD (else build/dev); the examples are skipped where that has none.
"""

import itertools
import json
import os
import re
import subprocess
import unittest
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COMMAND = Path(os.environ.get("ASSAY_BUILD", ROOT / "build" / "dev")).resolve() / "bin" / "assay"
PAGE = (ROOT / "docs" / "language.md").read_text(encoding="utf-8")
ENGINES = ("interp", "columns")
KINDS = ("cel", "cel order", "cel calendar")

# Operators by their names in the function table: how the page writes them, with the operands in place of {0}, {1}, {2}.
OPERATORS = {"_[_]": "{0}[{1}]", "_?_:_": "{0} ? {1} : {2}", "!_": "!{0}", "-_": "-{0}", "@in": "{0} in {1}"}
for symbol in "&& || == != < <= > >= + - * / %".split():
    OPERATORS[f"_{symbol}_"] = "{0} " + symbol + " {1}"
# How an example shows those that do not stand between two blanks.
UNUSUAL = {"_[_]": r"[\w)\]}]\[", "_?_:_": r" \? .* : ", "!_": r"![\w(]", "-_": r"(?:^|[(,] ?)-[\w(]"}


def source(path):
    return (ROOT / "src" / path).read_text(encoding="utf-8")


def blocks(kind):
    return re.findall(rf"^```{kind}\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)


def examples(kind):
    """(expression, what stands behind ==>) of each line of such blocks."""
    lines = [line for block in blocks(kind) for line in block.splitlines() if line.strip()]
    return [tuple(part.strip() for part in line.split(" ==> ")) for line in lines]


def parts(text):
    """"map(A, B), A" as two types: commas inside brackets divide nothing."""
    found, depth = [""], 0
    for char in text:
        depth += (char == "(") - (char == ")")
        if char == "," and depth == 0:
            found.append("")
        else:
            found[-1] += char
    return [part.strip() for part in found if part.strip()]


def function_rows():
    """(name, member, types, result) of every row, those of macros written out."""
    text = source("lang/function_rows.cc").replace("\\\n", " ")
    macros = dict(re.findall(r"#define (\w+)\(op, name\)(.*)", text))
    text = re.sub(r"#define .*", "", text)
    for macro, body in macros.items():
        text = re.sub(macro + r'\(Op::\w+, ("[^"]+")\)', lambda use, body=body: re.sub(r"\bname\b", use[1], body), text)
    rows = re.findall(r'\{\s*(?:Op::\w+|op), "([^"]+)", (true|false), "([^"]*)", "([^"]*)"\}', text)
    return [(name, member == "true", tuple(parts(types)), result) for name, member, types, result in rows]


def written(row):
    """The row as the page writes it: string.substring(int, int) → string."""
    name, member, types, result = row
    if name in OPERATORS:
        return OPERATORS[name].format(*types) + " → " + result
    head = types[0] + "." if member else ""
    return f"{head}{name}({', '.join(types[1:] if member else types)}) → {result}"


def signatures():
    """The lines of the page's blocks of types; `T: int, uint` behind one stands for one line with each."""
    lines = []
    for line in (line for block in blocks("types") for line in block.splitlines() if line.strip()):
        text, *meanings = re.split(r"\s{2,}", line.strip())
        choices = []
        for meaning in meanings:
            letters, types = meaning.split(": ", 1)
            choices += [(letter, parts(types)) for letter in parts(letters)]
        for types in itertools.product(*(types for _, types in choices)):
            chosen = dict(zip((letter for letter, _ in choices), types))
            lines.append(re.sub(r"\b[A-Z]\b", lambda letter, chosen=chosen: chosen.get(letter[0], letter[0]), text))
    return lines


def macros():
    """Rows of the table, and the names that ApplyMacro compares with; two of these serve CEL's own suite alone."""
    text = source("lang/macros.cc")
    names = set(re.findall(r'\{"(\w+)", Macro::', text)) | set(re.findall(r'call->name [!=]= "(\w+)"', text))
    return names - {"iterVar", "accuVar"}


def options(kind):
    """What the command is told beside the examples of such blocks."""
    if kind == "cel calendar":
        return ["--calendars", ROOT / "rules" / "standard" / "calendar_cn.yaml"]
    row = json.dumps(json.loads(blocks("json")[0]))
    return ["--type", "assay.v1.Order", "--row", row, "--time-zone", "Asia/Shanghai"] if kind == "cel order" else []


def evaluate(expression, engine, options):
    return subprocess.run([COMMAND, "eval", expression, "--engine", engine, *options], check=False,
                          capture_output=True, text=True, encoding="utf-8")


def outcome(done):
    """What the page writes of a result: JSON, `error: KIND` or `refused: MESSAGE`."""
    if done.returncode != 0:
        return "refused: " + done.stderr.split("\n")[0].partition(" error: ")[2]
    value = json.loads(done.stdout)
    if isinstance(value, dict) and set(value) == {"error"}:
        return "error: " + value["error"]["kind"]
    return json.dumps(value, ensure_ascii=False)


def expected(text):
    return text if text.startswith(("error: ", "refused: ")) else json.dumps(json.loads(text), ensure_ascii=False)


def agrees(engine, text, said):
    """`refused: M` stands for every message that begins so; `over rows refused: M` for columns alone."""
    if text.startswith("over rows refused: "):
        return said.startswith(text[10:]) if engine == "columns" else not said.startswith(("refused", "error"))
    return said.startswith(text) if text.startswith("refused: ") else said == expected(text)


class LanguageTest(unittest.TestCase):
    @unittest.skipUnless(COMMAND.exists(), "needs bin/assay in the build folder")
    def test_examples_give_what_the_page_says(self):
        cases = [(*example, options(kind)) for kind in KINDS for example in examples(kind)]
        self.assertGreater(len(cases), 200)
        runs = list(itertools.product(cases, ENGINES))
        with ThreadPoolExecutor(4) as pool:
            results = list(pool.map(lambda run: evaluate(run[0][0], run[1], run[0][2]), runs))
        wrong = [(expression, engine, text, outcome(done))
                 for ((expression, text, _), engine), done in zip(runs, results)
                 if not agrees(engine, text, outcome(done))]
        self.assertEqual(wrong, [])

    def test_types_are_those_of_the_function_table(self):
        rows = {written(row) for row in function_rows()}
        page = set(signatures())
        self.assertGreater(len(rows), 200)
        self.assertEqual(sorted(rows - page), [], "missing on the page")
        self.assertEqual(sorted(page - rows), [], "on the page, not in the table")

    def test_every_function_and_macro_has_an_example(self):
        texts = [expression for kind in KINDS for expression, _ in examples(kind)]
        code = "\n".join(re.sub(r"'[^'\n]*'|\"[^\"\n]*\"", "''", text) for text in texts)
        missing = set()
        for name, member, _, _ in function_rows():
            pattern = (r"\." if member else r"(?<![\w.])") + re.escape(name) + r"\("
            if name in OPERATORS:
                pattern = UNUSUAL.get(name) or re.escape(OPERATORS[name].format("", ""))
            if re.search(pattern, code, re.MULTILINE) is None:
                missing.add(name)
        missing |= {name for name in macros() if re.search(rf"\b{name}\(", code) is None}
        self.assertEqual(missing, set())

    def test_every_kind_of_error_and_every_limit_is_named(self):
        kinds = re.findall(r"case ErrorKind::\w+:\s+return \"([^\"]+)\"", source("interp/value_text.cc"))
        self.assertGreater(len(kinds), 10)
        self.assertEqual([kind for kind in kinds if f"| `{kind}` |" not in PAGE], [])
        limits = re.findall(r"int(?:32|64)_t (\w+) = ([\d']+);",
                            (ROOT / "include" / "assay" / "limits.h").read_text(encoding="utf-8"))
        self.assertGreater(len(limits), 9)
        said = [(name, figure.replace("'", ",")) for name, figure in limits]
        self.assertEqual([(name, figure) for name, figure in said
                          if re.search(rf"`{name}`[^`]*[| ]{figure}\b", PAGE) is None], [])


if __name__ == "__main__":
    unittest.main()
