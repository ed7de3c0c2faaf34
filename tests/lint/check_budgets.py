"""Checks the size budgets: lines of a file, lines of a function, lines of all CMake together.

Entry points: problems, functions. Functions are found by matching braces outside of comments and literals; a
table's initializer is no function, and a lambda counts as part of the function around it.
"""

import re

import sources

SOURCE_LINES, HEADER_LINES, C_HEADER_LINES = 400, 250, 600
FUNCTION_LINES = 60
CMAKE_LINES = 300

_PREPROCESSOR = re.compile(r"^[ \t]*#(?:\\\n|[^\n])*", re.MULTILINE)
_TEMPLATE = re.compile(r"^template\s*<[^{}();]*?>\s*(?=[A-Za-z_\[:])(?!>)")
_ACCESS = re.compile(r"\s*(public|private|protected)$")
_INIT_LIST = re.compile(r"\)[^()]*?(?<!:):(?!:)")
_QUALIFIERS = {"const", "noexcept", "override", "final", "mutable", "try"}


def _kind(statement):
    """What an opening brace after `statement` begins: scope, function, initializer, or member of a longer statement."""
    text = _TEMPLATE.sub("", statement.strip())
    if text.count("(") > text.count(")"):
        return "member"
    if re.search(r"\bnamespace\b", text) or re.search(r'\bextern\s*""\s*$', text):
        return "scope"
    if "(" in text and not re.search(r"\boperator\b", text) and re.search(r"(?<![=!<>])=(?!=)", _outside_brackets(text)):
        return "initializer"
    if "(" not in text:
        return "scope" if re.search(r"\b(class|struct|union|enum)\b", text) and "=" not in text else "initializer"
    if re.match(r"(class|struct|union|enum)\b", text) and not text.endswith(")"):
        return "scope"
    last = re.search(r"(\w+|>)\s*$", text)
    if last and last.group(1) not in _QUALIFIERS and _INIT_LIST.search(text):
        return "member"
    return "function"


def _outside_brackets(text):
    """The text without what stands in parentheses or template brackets, where a = is a default."""
    previous = None
    while previous != text:
        previous = text
        text = re.sub(r"\([^()]*\)|<[^<>()=]*>", "", text)
    return text


def functions(text):
    """[(first line, last line)] of every function body, its signature included."""
    code = sources.blank_comments_and_literals(text)
    code = _PREPROCESSOR.sub(lambda match: "\n" * match.group(0).count("\n"), code)
    found, scopes, line = [], [], 1
    statement, begins = "", 1
    for character in code:
        inside = next((scope for scope in scopes if scope[0] != "scope"), None)
        if character == "{":
            scopes.append((_kind(statement) if inside is None else "nested", begins))
            if scopes[-1][0] == "scope":
                statement = ""
        elif character == "}" and scopes:
            kind, first = scopes.pop()
            if kind == "function":
                found.append((first, line))
            if kind in ("function", "scope"):
                statement = ""
            elif kind == "member":
                statement += "()"
        elif inside is None and (character == ";" or character == ":" and _ACCESS.match(statement)):
            statement = ""
        elif inside is None:
            if not statement.strip():
                statement, begins = "", line
            statement += character
        line += character == "\n"
    return found


def _line_limit(name):
    if name == "include/assay/assay.h":
        return C_HEADER_LINES
    return HEADER_LINES if name.endswith(".h") else SOURCE_LINES


def problems(root):
    found = []
    for name in sources.tracked(root, "*.cc", "*.c", "*.h"):
        text = (root / name).read_text(encoding="utf-8")
        lines = text.count("\n")
        if lines > _line_limit(name):
            found.append(f"{name}: {lines} lines, at most {_line_limit(name)}: it has two concepts in it, split it")
        for first, last in functions(text):
            if last - first + 1 > FUNCTION_LINES:
                length = last - first + 1
                found.append(f"{name}:{first}: a function of {length} lines, at most {FUNCTION_LINES}: name its steps")
    scripts = sources.tracked(root, "CMakeLists.txt", "*/CMakeLists.txt", "*.cmake", "*.cmake.in")
    total = sum((root / name).read_text(encoding="utf-8").count("\n") for name in scripts)
    if total > CMAKE_LINES:
        found.append(f"CMakeLists.txt: {total} lines of CMake in all, at most {CMAKE_LINES}")
    return found


if __name__ == "__main__":
    sources.main("check_budgets", problems)
