"""`assay doc`: what it writes, that its pages hold all and load nothing, and that a browser has nothing to complain of."""

import html.parser
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
ASSAY = os.path.join(os.environ.get("ASSAY_BUILD", ROOT / "build" / "dev"), "bin", "assay")
STANDARD = ROOT / "rules/standard"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
HOSTILE = """name: "</title><script>document.title='owned'</script>"
version: "1"
description: {en: "<img src=x onerror=alert(1)>", zh: "<img src=x onerror=alert(1)>"}
input: {name: order, type: assay.v1.Order}
rules:
  - id: "A\\"><script>document.title='owned'</script>"
    condition: order.id == '</code><script>document.title="owned"</script>'
    outcome: NOTE
    message: {en: "<script>document.title='owned'</script>", zh: "</style><script>document.title='owned'</script>"}
    values: {x: "'</bdi><iframe src=//example.com>'"}
"""


def doc(*words):
    return subprocess.run([ASSAY, "doc", *map(str, words)], capture_output=True, text=True, check=False, encoding="utf-8")


class Page(html.parser.HTMLParser):
    """The elements, attributes and words of a page."""

    VOID = {"meta", "wbr"}

    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes, self.open, self.text = set(), [], [], ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += attrs
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            raise AssertionError(f"</{tag}> closes nothing at {self.getpos()}")

    def handle_data(self, data):
        self.text += data

    def values(self, name):
        return [value for attribute, value in self.attributes if attribute == name]


class DocFolder(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def pages(self, *words):
        done = doc(*words, "-o", self.folder / "out")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return [pathlib.Path(line).read_text(encoding="utf-8") for line in done.stdout.splitlines()]

    def hostile(self):
        book = self.folder / "hostile.yaml"
        book.write_text(HOSTILE, encoding="utf-8")
        return self.pages(book)[0]


class DocTest(DocFolder):
    def test_writes_a_page_for_each_rulebook(self):
        done = doc(STANDARD / "order_review.yaml", ROOT / "examples/review.yaml", "--out", self.folder / "a/b")
        self.assertEqual(done.stdout, f"{self.folder}/a/b/order_review.html\n{self.folder}/a/b/review.html\n")

    def test_the_page_of_the_standard_rulebook_has_every_rule_and_test(self):
        text = self.pages(STANDARD / "order_review_tests.yaml")[0]
        page = Page(text)
        self.assertEqual(page.open, [])
        book = (STANDARD / "order_review.yaml").read_text(encoding="utf-8")
        rules = re.findall(r"^  - id: (ORD-\S+)", book, re.MULTILINE)
        tests = re.findall(r"^  - name: '(.*)'$", (STANDARD / "order_review_tests.yaml").read_text(encoding="utf-8"), re.MULTILINE)
        self.assertGreater(len(rules), 30)
        self.assertGreater(len(tests), 60)
        ids = page.values("id")
        for rule in rules:
            self.assertIn(f"rules-{rule}", ids)
        for words in [*(name.replace("''", "'") for name in tests), "Mandatory fields", "必填项", "order.missing_fields != ''"]:
            self.assertIn(words, page.text)
        self.assertEqual(len(ids), len(set(ids)))
        self.assertEqual({link for link in page.values("href") if not link.startswith("#") or link[1:] not in ids}, set())

    def test_the_page_loads_nothing_and_allows_no_script_but_its_own(self):
        page = Page(self.pages(STANDARD / "order_review.yaml")[0])
        self.assertEqual(page.tags & {"link", "img", "iframe", "object", "embed", "form", "base"}, set())
        self.assertEqual([name for name, _ in page.attributes if name in ("src", "srcset", "style") or name.startswith("on")], [])
        policy = next(value for value in page.values("content") if "default-src" in value)
        self.assertRegex(policy, r"^default-src 'none'; style-src 'sha256-\S+'; script-src 'sha256-\S+'$")

    def test_texts_of_a_hostile_rulebook_are_texts(self):
        text = self.hostile()
        page = Page(text)
        self.assertEqual((text.count("<script"), text.count("<style")), (1, 1))
        self.assertEqual(page.tags & {"img", "iframe"}, set())
        self.assertIn("<script>document.title='owned'</script>", page.text)

    def test_the_language_is_the_one_that_is_asked_for(self):
        for language, root in (("zh", '<html lang="zh-CN" data-show="zh">'), ("en", '<html lang="en" data-show="en">')):
            self.assertIn(root, self.pages(ROOT / "examples/review.yaml", "--lang", language)[0])

    def test_a_rulebook_that_does_not_load_has_no_page(self):
        book = self.folder / "bad.yaml"
        book.write_text("name: bad\nrulez: []\n", encoding="utf-8")
        done = doc(book, ROOT / "examples/review.yaml", "-o", self.folder / "out")
        self.assertEqual(done.returncode, 1)
        self.assertIn("bad.yaml:2:1: error: 'rulez' is not a key", done.stderr)
        self.assertEqual([path.name for path in (self.folder / "out").iterdir()], ["review.html"])

    def test_a_wrong_call_says_what_is_wrong(self):
        book = ROOT / "examples/review.yaml"
        for words, message in [((), "usage: assay doc"), ((book,), "usage: assay doc"), (("-o", "x"), "usage: assay doc"),
                               ((book, "-o"), "this option needs a value"),
                               ((book, "-o", "x", "--lang", "de"), "--lang is en, zh or both: 'de'"),
                               ((book, book, "-o", "x"), "two rulebooks would be written to one page: review.html")]:
            done = doc(*words)
            self.assertEqual(done.returncode, 2)
            self.assertIn(message, done.stderr)


@unittest.skipUnless(CHROMIUM, "needs the Debian package chromium; no browser looks at the page")
class BrowserTest(DocFolder):
    def browse(self, text, *options):
        """(the page as its script leaves it, what the console says)"""
        page = self.folder / "page.html"
        page.write_text(text, encoding="utf-8")
        done = subprocess.run(
            [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={self.folder}/profile",
             "--enable-logging=stderr", "--virtual-time-budget=5000", *options, "--dump-dom", page.as_uri()],
            capture_output=True, check=True, timeout=120)
        console = [line for line in done.stderr.decode("utf-8", "replace").splitlines() if "CONSOLE" in line]
        return done.stdout.decode("utf-8"), console

    def test_a_browser_sees_what_a_console_says(self):
        _, console = self.browse("<!DOCTYPE html><script>nothing()</script>")
        self.assertEqual(len(console), 1)

    def test_the_standard_rulebook_opens_without_a_word_on_the_console(self):
        seen, console = self.browse(self.pages(STANDARD / "order_review.yaml", "--lang", "zh")[0])
        self.assertEqual(console, [])
        self.assertIn('data-choose="zh" aria-pressed="true"', seen)
        self.assertIn('data-choose="en" aria-pressed="false"', seen)

    def test_no_script_of_a_hostile_rulebook_runs(self):
        seen, console = self.browse(self.hostile())
        self.assertEqual(console, [])
        self.assertNotIn("<title>owned", seen)

    def test_a_script_that_is_not_the_pages_own_is_refused(self):
        text = self.hostile().replace("</main>", "<script>document.title = 'owned'</script></main>")
        seen, console = self.browse(text)
        self.assertNotIn("<title>owned", seen)
        self.assertEqual(len(console), 1)


if __name__ == "__main__":
    unittest.main()
