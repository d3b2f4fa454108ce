"""What is wrong with a command line, in the reader's language."""

from __future__ import annotations

import re

import pytest

WRONG = {
    "required": ["place"],
    "one of several": ["set-onet-target", "--school", "x", "--grade", "P6"],
    "unknown option": ["init", "--bogus"],
    "ambiguous": ["export-class", "--o", "x"],
    "choice": ["export-rubrics", "--format", "odt"],
    "number": ["serve", "--port", "x"],
    "figure": ["enter-onet", "--mean", "x"],
    "no value": ["list-pupils", "--school"],
    "together": ["place", "x", "--accept", "--level", "3"],
    "too much": ["init", "--json=yes"],
}


@pytest.mark.parametrize("arguments", WRONG.values(), ids=WRONG)
def test_in_thai_and_english(run, arguments):
    code, _, thai = run(*arguments)
    assert code == 2
    words = re.sub(r"--?[a-z]+(-[a-z0-9]+)*|'[^']*'|\b(attempt|yes|pdf|docx|xlsx|x)\b", "", thai)
    assert re.search("[ก-๙]", words)
    assert not re.search("[a-z]{3}", words), words
    code, _, english = run("--language", "en", *arguments)
    assert code == 2
    assert not re.search("[ก-๙]", english)
