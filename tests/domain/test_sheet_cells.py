"""No text of ours is run by a program that opens a spreadsheet, and none is lost by being guarded."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phonics_app.domain.sheet_cells import guarded, is_dangerous, unguarded, write_csv

FORMULAS = (
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "\u00a0=1",
    "\ufeff=1",
    "\u200b=1",
    "\u202e=1",
    "\x00=1",
    "＝1+1",
    "＋1+1",
    "－1-x",
    "＠SUM(A1)",
    "'=1",
    '=HYPERLINK("http://a")',
)
PLAIN = ("", "ใจดี", "a=b", "3/2", "-5.20", "+1", "-1e-07", "007", "'tis", "e-mail", "ก-ข")


@pytest.mark.parametrize("text", FORMULAS)
def test_what_could_be_run_begins_with_an_apostrophe(text):
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", PLAIN)
def test_what_is_harmless_stays_as_it_is(text):
    assert guarded(text) == text


@given(st.one_of(st.text(), st.sampled_from(FORMULAS).map(lambda text: f"''{text}")))
def test_guarding_is_taken_back(text):
    assert not is_dangerous(guarded(text))
    assert unguarded(guarded(text)) == text


def test_numbers_stay_numbers_in_csv():
    text = io.StringIO(newline="")
    write_csv(text, [(-1, -2.5, None, "=1"), ("a,b", "-3", "-x", "")])
    assert list(csv.reader(io.StringIO(text.getvalue(), newline=""))) == [
        ["-1", "-2.5", "", "'=1"],
        ["a,b", "-3", "'-x", ""],
    ]
