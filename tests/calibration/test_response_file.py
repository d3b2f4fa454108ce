"""Files of answers and of parameters: every fault with its line, and nothing read by halves."""

from __future__ import annotations

import pytest

from phonics_app.calibration.response_file import read_parameters, read_responses
from phonics_app.domain.errors import ProblemsFound
from phonics_app.locales.messages import render_all


@pytest.fixture
def file(tmp_path):
    def write(text: str, encoding: str = "utf-8"):
        path = tmp_path / "answers.csv"
        path.write_text(text, encoding=encoding)
        return path

    return write


def problems(read, *arguments):
    with pytest.raises(ProblemsFound) as found:
        read(*arguments)
    return list(render_all(found.value.problems, "en"))


def test_answers_in_any_order_of_columns_with_others_beside(file):
    path = file("score, item ,note,person\n1,x,null,b\n0,y,,b\n1.0,x,007,a\n", "utf-8-sig")
    found = read_responses(path)
    assert (found.persons, found.items, found.groups) == (("a", "b"), ("x", "y"), ("",))
    assert found.right.toarray().tolist() == [[1, 0], [1, 0]]
    assert found.answered.toarray().tolist() == [[1, 0], [1, 1]]


def test_names_that_look_like_missing_values_are_names(file):
    found = read_responses(file("person,item,score\nnull,NA,1\nNone,nan,0\n"))
    assert (found.persons, found.items) == (("None", "null"), ("NA", "nan"))


def test_groups(file):
    found = read_responses(file("person,item,score,school\na,x,1,ข\nb,x,0,ก\na,y,1,ข\n"), "school")
    assert (found.groups, found.group.tolist()) == (("ก", "ข"), [1, 0])


def test_every_fault_is_told_with_its_line(file):
    path = file("person,item,score,g\na,x,1,1\n,x,0,1\nb,,2,1\na,x,0,1\nb,y,yes,1\na,y,1,2\n")
    assert problems(read_responses, path, "g") == [
        "file answers.csv, row 3, column person: This cell must not be empty.",
        "file answers.csv, row 4, column item: This cell must not be empty.",
        "file answers.csv, row 4, column score: “2” is no score; expected: 0, 1",
        "file answers.csv, row 5, column item: a · x stands in line 2 already.",
        "file answers.csv, row 6, column score: “yes” is no score; expected: 0, 1",
        "file answers.csv, row 7, column g: This person is in another group in an earlier line, not in “2”.",
    ]


def test_a_short_line_lacks_its_cells(file):
    assert problems(read_responses, file("person,item,score\na,x,1\nb\n")) == [
        "file answers.csv, row 3, column item: This cell must not be empty.",
        "file answers.csv, row 3, column score: “” is no score; expected: 0, 1",
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("item,score\nx,1\n", ["file answers.csv, row 1, column person: There is no column “person”."]),
        ("person,item,score\n", ["file answers.csv: The file has no answers."]),
    ],
)
def test_no_answers_at_all(file, text, told):
    assert problems(read_responses, file(text)) == told


@pytest.mark.parametrize("text", ["", "person,item,score\na,x,1\nb,x,1,7,8\n"])
def test_what_is_no_table(file, text):
    (told,) = problems(read_responses, file(text))
    assert told.startswith("file answers.csv: This is no CSV file in UTF-8: ")


def test_another_encoding_is_told(file):
    (told,) = problems(read_responses, file("person,item,score\nสมชาย,x,1\n", "cp874"))
    assert told.startswith("file answers.csv: This is no CSV file in UTF-8: ")


def test_parameters(file):
    assert read_parameters(file("item,a,b,se_b\nx,1.5,-2,\ny,1,0.25,.1\n")) == {"x": (1.5, -2.0), "y": (1.0, 0.25)}


def test_faults_of_parameters(file):
    path = file("item,a,b\nx,0,1\nx,1,99\n,1,nan\ny,inf,\n")
    assert problems(read_parameters, path) == [
        "file answers.csv, row 2, column a: “0” is no number that fits here; expected: > 0",
        "file answers.csv, row 3, column b: “99” is no number that fits here; expected: -20 … 20",
        "file answers.csv, row 3, column item: x stands in line 2 already.",
        "file answers.csv, row 4, column b: “nan” is no number that fits here; expected: -20 … 20",
        "file answers.csv, row 4, column item: This cell must not be empty.",
        "file answers.csv, row 5, column a: “inf” is no number that fits here; expected: > 0",
        "file answers.csv, row 5, column b: “” is no number that fits here; expected: -20 … 20",
    ]
