"""Coded errors become sentences, and no code is without one."""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from pathlib import Path

import pytest

from phonics_app.domain import errors
from phonics_app.domain.errors import NotAllowed, Place, Problem, ProblemsFound
from phonics_app.locales import translator
from phonics_app.locales.errors import all_messages
from phonics_app.locales.messages import render, render_all

ROOT = Path(__file__).resolve().parents[2]
MODULES = [p for p in sorted((ROOT / "phonics_app").rglob("*.py")) if "locales" not in p.parts]


def test_place_in_words():
    problem = Problem("json.unexpected", Place("ป3.xlsx", "ห้อง 2", 12, "ชั้น"), "ป.9", "ป.1–ป.6")
    assert render(problem, "th") == ("ไฟล์ ป3.xlsx, แผ่นงาน ห้อง 2, แถว 12, คอลัมน์ ชั้น: ค่า ป.9 ไม่ถูกต้อง ค่าที่ต้องการคือ ป.1–ป.6")
    assert render(problem, "en").startswith("file ป3.xlsx, sheet ห้อง 2, row 12, column ชั้น: ป.9 does not fit here")


def test_no_place_no_colon():
    assert render(NotAllowed("permission.denied"), "en") == "Your account is not permitted to do this."


def test_values_with_braces_are_shown_as_they_are():
    assert "{count} {0}" in render(Problem("json.unexpected", value="{count} {0}", expected="x"), "th")


def test_missing_data_leaves_a_gap():
    assert render(errors.PhonicsError("input.problems"), "en").endswith("…")


def test_unknown_code_shows_the_code():
    assert render(Problem("no.such_code"), "th") == "เกิดข้อผิดพลาด (รหัส no.such_code)"


def test_all_problems_in_order():
    found = ProblemsFound([Problem("a.a", Place(row=1)), Problem("b.b", Place(row=2))])
    assert [line.split(":")[0] for line in render_all(found.problems, "en")] == ["row 1", "row 2"]
    assert "2" in render(found, "th")


RAISERS = {
    name: 1 if name == "ProblemsFound" else 0
    for name, kind in vars(errors).items()
    if isinstance(kind, type) and (issubclass(kind, errors.PhonicsError) or kind is Problem)
}
"""Callable → position of its argument `code`."""


def literals(node: ast.expr | None) -> set[str]:
    """Codes that an expression may give: the literal, or those of both sides of a conditional."""
    if isinstance(node, ast.IfExp):
        return literals(node.body) | literals(node.orelse)
    return {node.value} if isinstance(node, ast.Constant) and isinstance(node.value, str) else set()


def code_argument(call: ast.Call, position: int) -> ast.expr | None:
    named = [k.value for k in call.keywords if k.arg == "code"]
    return named[0] if named else (call.args[position] if len(call.args) > position else None)


def codes_in(tree: ast.AST) -> set[str]:
    """Codes given to errors and problems, also through functions of the module that pass their argument on."""
    raisers, codes = dict(RAISERS), set()
    for _round in range(4):
        for function in [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)]:
            parameters = [a.arg for a in function.args.args if a.arg not in ("self", "cls")]
            for call in [n for n in ast.walk(function) if isinstance(n, ast.Call)]:
                name = getattr(call.func, "id", getattr(call.func, "attr", ""))
                passed = code_argument(call, raisers[name]) if name in raisers else None
                if isinstance(passed, ast.Name) and passed.id in parameters:
                    raisers[function.name] = parameters.index(passed.id)
    for call in [n for n in ast.walk(tree) if isinstance(n, ast.Call)]:
        name = getattr(call.func, "id", getattr(call.func, "attr", ""))
        if name in raisers:
            codes |= literals(code_argument(call, raisers[name]))
    return codes


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_every_code_has_a_message(path):
    used = codes_in(ast.parse(path.read_text(encoding="utf-8")))
    assert used <= set(all_messages()), f"add to phonics_app/locales/errors/: {sorted(used - set(all_messages()))}"


def test_every_message_is_used():
    source = "\n".join(path.read_text(encoding="utf-8") for path in MODULES)
    unused = [code for code in all_messages() if f'"{code}"' not in source]
    assert not unused


def test_codes_are_found_through_helpers():
    tree = ast.parse(
        "def fault(row, code): problems.append(Problem(code, Place(row=row)))\n"
        "fault(3, 'a.b')\nraise NotFound('c.d' if x else 'e.f')\nraise ProblemsFound(p, code='g.h')\n"
    )
    assert codes_in(tree) == {"a.b", "c.d", "e.f", "g.h"}


def test_a_word_of_the_bank_is_not_translated_where_the_interface_has_the_same_word():
    assert translator("th")("wrong") != "wrong"
    problem = Problem("content.options_right_too", Place(), value="rong", expected="wrong")
    assert "wrong" in render(problem, "th")


def test_a_field_of_a_form_is_no_column():
    problem = Problem("account.password_common", Place(column="password"))
    assert render(problem, "th").startswith("รหัสผ่าน: ")
    assert render(replace(problem, place=Place(row=2, column="password")), "th").startswith("แถว 2, คอลัมน์ รหัสผ่าน: ")


def test_days_are_thai_to_a_thai_reader():
    problem = Problem("turn.too_early", Place(), "2570", "2027-05-16")
    assert "16/5/2570" in render(problem, "th")
    assert "2027" not in render(problem, "th")
    assert "2027-05-16" in render(problem, "en")


def test_every_field_of_a_form_has_a_thai_name():
    """`Place(column="…")` without a row: what stands on the screen before the message."""
    found = {
        match
        for folder in ("records", "workflows", "web")
        for path in (ROOT / "phonics_app" / folder).rglob("*.py")
        for match in re.findall(r'Place\(column="([a-z_]+)"', path.read_text(encoding="utf-8"))
    }
    never_seen = {"wav", "id", "head", "start_level"}
    # These are headers of the item bank's files as well, where they stay as they are written there.
    never_seen |= {"level", "reason", "source"}
    _ = translator("th")
    assert sorted(name for name in found - never_seen if _(name) == name) == []
