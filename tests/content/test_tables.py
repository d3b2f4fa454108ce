"""Tables as spreadsheets write them: headers, cells and encodings."""

from __future__ import annotations

import pytest

from phonics_app.content.tables import read_table, read_toml
from phonics_app.domain.errors import Problem

COLUMNS = ("id", "word")


def read(tmp_path, content: bytes) -> tuple[list[dict[str, str]], list[Problem]]:
    (tmp_path / "t.csv").write_bytes(content)
    problems: list[Problem] = []
    rows = read_table(tmp_path / "t.csv", "t.csv", COLUMNS, problems)
    return [row.cells for row in rows], problems


def test_columns_may_stand_in_any_order_and_rows_keep_their_numbers(tmp_path):
    (tmp_path / "t.csv").write_text('word,id\n"a, b",1\n,\n c ,2\n', encoding="utf-8")
    problems: list[Problem] = []
    rows = read_table(tmp_path / "t.csv", "t.csv", COLUMNS, problems)
    assert [(row.number, row.cells) for row in rows] == [
        (2, {"word": "a, b", "id": "1"}),
        (4, {"word": "c", "id": "2"}),
    ]
    assert problems == []


@pytest.mark.parametrize(
    ("content", "code", "row", "column"),
    [
        (b"id\n1\n", "content.column_missing", 1, "word"),
        (b"id,word,more\n1,a,b\n", "content.column_unknown", 1, "more"),
        (b"id,word,word\n1,a,b\n", "content.column_repeated", 1, "word"),
        (b"id,word\n1,a,b\n", "content.cells", 2, ""),
        (b"id,word\n1\n", "content.cells", 2, ""),
        (b"", "content.column_missing", 1, "id"),
        (b'id,word\n1,"' + b"a" * 200_000, "content.csv", None, ""),
        ("id,word\n1,ครู\n".encode("cp874"), "content.file_unreadable", None, ""),
    ],
)
def test_a_broken_table_is_named(tmp_path, content, code, row, column):
    rows, problems = read(tmp_path, content)
    assert rows == []
    assert (problems[0].code, problems[0].place.row, problems[0].place.column) == (code, row, column)


def test_broken_toml_tells_the_line(tmp_path):
    (tmp_path / "t.toml").write_text("a = 1\nb = \n", encoding="utf-8")
    problems: list[Problem] = []
    assert read_toml(tmp_path / "t.toml", "t.toml", problems) == {}
    assert problems[0].code == "content.toml"
    assert "line 2" in problems[0].value
