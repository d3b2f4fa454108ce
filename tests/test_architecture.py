"""Holds the table of docs/architecture.md: who may import whom, and how large a module may grow."""

from __future__ import annotations

import ast
import re
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "phonics_app"
MODULES = sorted(PACKAGE.rglob("*.py"))
SOURCES = [*MODULES, ROOT / "start.py", ROOT / "streamlit_app.py"]
# A migration lists the tables of its day: data, not logic.
FUNCTIONS = [p for p in SOURCES if "versions" not in p.parts]
TESTS = sorted((ROOT / "tests").rglob("*.py"))


def names(paths):
    return [str(p.relative_to(ROOT)) for p in paths]


@cache
def rooms() -> dict[str, set[str]]:
    """Room → what it may import, from the table in the document."""
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rows = [[c.strip() for c in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("| `")]
    table: dict[str, set[str]] = {}
    for cells in rows:
        if len(cells) == 3:
            allowed = set(re.findall(r"`([\w]+)`", cells[2]))
            table[cells[0].strip("`")] = set(table) if cells[2] == "all above" else allowed
    return table


def room_of(path: Path) -> str:
    part = path.relative_to(PACKAGE).parts[0]
    return part.removesuffix(".py")


def imports_of(path: Path) -> list[tuple[int, str]]:
    """Line and dotted name of everything imported, wherever it stands; relative imports made absolute."""
    found = []
    here = ("phonics_app", *path.relative_to(PACKAGE).parent.parts) if path.is_relative_to(PACKAGE) else ()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(here[: len(here) - node.level + 1]) if node.level else ""
            module = ".".join(filter(None, [base, node.module or ""]))
            found += [(node.lineno, f"{module}.{alias.name}") for alias in node.names]
    return found


def test_every_room_stands_in_the_document():
    there = {room_of(p) for p in MODULES} - {"__init__"}
    assert there <= set(rooms()), "add the room to the table of docs/architecture.md"


@pytest.mark.parametrize("path", MODULES, ids=names(MODULES))
def test_imports_go_downwards(path):
    room = room_of(path)
    if room == "__init__":
        return
    wrong = []
    for line, name in imports_of(path):
        parts = name.split(".")
        if parts[0] == "phonics_app" and len(parts) > 1 and parts[1] not in rooms()[room] | {room}:
            wrong.append(f"{path.relative_to(ROOT)}:{line} {room} imports {name}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("path", MODULES, ids=names(MODULES))
def test_only_pages_import_streamlit(path):
    lines = [line for line, name in imports_of(path) if name.split(".")[0] == "streamlit"]
    assert not lines or room_of(path) == "pages", f"{path.relative_to(ROOT)} imports Streamlit in line {lines[0]}"


@pytest.mark.parametrize("room", ["domain", "launcher"])
def test_rooms_of_the_standard_library_alone(room):
    for path in (PACKAGE / room).rglob("*.py"):
        for line, name in imports_of(path):
            top = name.split(".")[0]
            assert top == "phonics_app" or top in sys.stdlib_module_names, f"{path.relative_to(ROOT)}:{line} {name}"


@pytest.mark.parametrize("path", [*SOURCES, *TESTS], ids=names([*SOURCES, *TESTS]))
def test_no_module_over_400_lines(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400, "is there a second module inside?"


@pytest.mark.parametrize("path", FUNCTIONS, ids=names(FUNCTIONS))
def test_no_function_over_50_lines(path):
    long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name} has {node.end_lineno - node.lineno + 1} lines"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno - node.lineno + 1 > 50
    ]
    assert not long, "\n".join(long)


def test_this_test_can_fail(tmp_path):
    module = tmp_path / "module.py"
    module.write_text("import streamlit as st\nfrom phonics_app.web import session\n", encoding="utf-8")
    assert [name for _, name in imports_of(module)] == ["streamlit", "phonics_app.web.session"]
