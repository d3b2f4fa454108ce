"""Every text of the interface in both languages, and no text beside the catalogues."""

from __future__ import annotations

import ast
import dataclasses
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from phonics_app.domain.text import Text
from phonics_app.locales import coverage
from tests import sites

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted((ROOT / "phonics_app/pages").rglob("*.py"))
TEMPLATES = sorted((ROOT / "phonics_app/web/templates").glob("*.html"))
LETTERS = re.compile("[A-Za-zก-๙]{2}")


def ids(paths):
    return [p.name for p in paths]


def test_every_text_has_thai_and_every_entry_is_used():
    faults = coverage.faults()
    assert not faults, "\n" + "\n".join(faults)


def test_there_is_something_to_translate():
    assert len(coverage.used_texts()) > 100


@pytest.mark.parametrize("path", sorted((ROOT / "phonics_app").rglob("*.py")), ids=str)
def test_no_values_inside_a_text_to_translate(path):
    """`_(f"...")` and `_("a" + b)` are never found in a catalogue."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "N_"):
            assert not any(isinstance(a, ast.JoinedStr | ast.BinOp) for a in node.args), f"{path}:{node.lineno}"


@pytest.mark.parametrize("path", PAGES, ids=ids(PAGES))
def test_pages_show_no_text_of_their_own(path):
    """A literal as the first argument of a Streamlit element would be the same in both languages."""
    silent = {"set_page_config", "switch_page", "Page", "navigation", "form"}  # names for the machine, not the reader
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
            continue
        owner, first = node.func.value, node.args[0]
        if isinstance(owner, ast.Name) and owner.id == "st" and node.func.attr not in silent:
            literal = first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else ""
            assert not LETTERS.search(literal), f"{path.relative_to(ROOT)}:{node.lineno} {literal!r}"


class Words(HTMLParser):
    """Collects what a reader would see of a template once its Jinja parts are taken out."""

    def __init__(self):
        super().__init__()
        self.found = []
        self.quiet = 0

    def handle_starttag(self, tag, attrs):
        self.quiet += tag in ("script", "style")
        shown = ("title", "placeholder", "aria-label", "alt")
        self.found += [value for name, value in attrs if name in shown and LETTERS.search(value or "")]

    def handle_endtag(self, tag):
        self.quiet -= tag in ("script", "style")

    def handle_data(self, data):
        if not self.quiet and LETTERS.search(data):
            self.found.append(data.strip())


@pytest.mark.parametrize("path", TEMPLATES, ids=ids(TEMPLATES))
def test_templates_show_no_text_of_their_own(path):
    source = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", " ", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    words = Words()
    words.feed(source)
    others = re.compile(r"Phonics Nine|English|ภาษาไทย|ไทย|[\w-]+=\"[^\"]*\"")  # names, and attributes set by macros
    assert not [text for text in words.found if LETTERS.search(others.sub("", text))]


def texts_in(value, path="content"):
    if isinstance(value, Text):
        yield path, value
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from texts_in(getattr(value, field.name), f"{path}.{field.name}")
    elif isinstance(value, tuple):
        for index, part in enumerate(value):
            yield from texts_in(part, f"{path}[{index}]")


def test_content_is_in_both_languages():
    found = list(texts_in(sites.content()))
    assert len(found) > 200
    wrong = [f"{path}: {text}" for path, text in found if not (re.search("[ก-๙]", text.th) and text.en.strip())]
    assert not wrong, "\n".join(wrong[:20])


def test_a_fault_is_found(monkeypatch):
    monkeypatch.setattr(coverage, "used_texts", lambda: {"Save {n}": ["x.py:1"], "Open": ["x.py:2"]})
    books = {"a.po": {"Save {n}": "บันทึก {m}", "Old": "เก่า"}, "b.po": {"Save {n}": "Save {n}"}}
    monkeypatch.setattr(coverage, "catalogues", lambda: books)
    kinds = {line.split(":")[0] for line in coverage.faults()}
    assert kinds == {"missing", "two translations", "unused", "placeholders differ", "not Thai"}


def test_one_thai_word_for_one_thing():
    """The choice at the start is named "example (simulated) data"; marks on pages and files say "simulated data"."""
    for name, entries in coverage.catalogues().items():
        for thai in entries.values():
            assert "ข้อมูลตัวอย่าง" not in thai.replace("ข้อมูลตัวอย่าง (จำลอง)", ""), f"{name}: {thai}"
            assert "ผู้อำนวยการสำนัก" not in thai, f"{name}: {thai}"
            assert "ผู้อำนวยการกอง" not in thai, f"{name}: {thai}"
