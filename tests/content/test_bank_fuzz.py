"""Whatever a teacher types into a cell, the check answers with places; it never breaks down."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from phonics_app.content.bank import load_bank
from phonics_app.content.bank_check import check_bank
from phonics_app.content.bank_items import COLUMNS
from phonics_app.domain.errors import Problem, ProblemsFound
from tests.content.small_bank import SmallBank

_TYPED = st.one_of(
    st.text(max_size=12),
    st.text(alphabet="+-_|/ .0eEnaSTAæʃ", max_size=8),
    st.sampled_from(["S AE Q", "+", "_", "a_", "_e", "a_e", "-", "nan", "1e999", "٣", "²", "\x00", "\r", '"']),
)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(["PA-1", "WR-20", "WR-30", "PW-20"]), st.sampled_from(COLUMNS), _TYPED)
def test_any_text_in_any_cell(item, column, typed):
    bank = SmallBank()
    bank.change(item, **{column: typed})
    with tempfile.TemporaryDirectory() as folder:
        path = bank.write(Path(folder))
        assert _refusals(path) <= set(check_bank(path))


def _refusals(path: Path) -> set[Problem]:
    try:
        load_bank(path)
    except ProblemsFound as refused:
        return set(refused.problems)
    return set()


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(["levels.toml", "graphemes.csv", "items/items.csv", "blocked_words.csv"]), st.binary(max_size=60)
)
def test_any_bytes_in_any_file(name, content):
    with tempfile.TemporaryDirectory() as folder:
        path = SmallBank().write(Path(folder))
        (path / name).write_bytes(content)
        assert check_bank(path)
