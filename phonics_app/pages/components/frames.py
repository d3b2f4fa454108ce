"""Data frames of codes and numbers as tables with labels: the last step before the screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from phonics_app.domain.grade import Grade
from phonics_app.pages.components.html import Cell, Column, table
from phonics_app.pages.components.session import Session
from phonics_app.reports.labels import school_names
from phonics_app.workflows.schools import list_schools

Show = Callable[[Any], Cell]
_NAMES = ("school_id", "group")
"""Long enough to need two lines on a tablet."""
_TEXT = ("grade", "room", "level", "round")


def number(value: Any, places: int = 0) -> str:
    """A figure with its places, "–" where it is not known."""
    return "–" if pd.isna(value) else f"{float(value):,.{places}f}"


def signed(value: Any, places: int = 2) -> str:
    """With its sign, a true minus, and "0" without one."""
    if pd.isna(value):
        return "–"
    text = f"{float(value):+,.{places}f}".replace("-", "\N{MINUS SIGN}")
    return text.lstrip("+\N{MINUS SIGN}") if not float(value) else text


def percent(value: Any) -> str:
    return "–" if pd.isna(value) else f"{float(value):.1%}"


def school_labels(session: Session) -> dict[str, str]:
    """School id → name short enough for a column."""
    return school_names(list_schools(session.phonics, session.actor), session.language)


def shows(session: Session) -> dict[str, Show]:
    """How the columns that several frames share are shown."""
    _ = session.translate
    schools = school_labels(session)
    return {
        "school_id": lambda v: schools.get(str(v), str(v)),
        "grade": lambda v: Grade(str(v)).label(session.language),
        "room": lambda v: str(v) or "–",
        "level": lambda v: _("not placed") if pd.isna(v) else number(v),
        "year": lambda v: str(v),
        "term": lambda v: str(v),
        "share": percent,
        "moved": lambda v: signed(v, 0),
        "mean_level": lambda v: number(v, 2),
    }


def _kind(name: str) -> str:
    """Columns of levels are named by their number, and narrow."""
    if name == "source":
        return "wide"
    if name in _NAMES:
        return "text"
    return "nowrap" if name in _TEXT else "count" if name.isdigit() else "number"


def frame_table(
    session: Session, frame: pd.DataFrame, columns: Mapping[str, str], own: Mapping[str, Show] | None = None
) -> None:
    """`columns`: name in the frame → label, in the order shown. `own` adds to or replaces `shows`."""
    how = {**shows(session), **(own or {})}
    heads = [Column(label, _kind(name)) for name, label in columns.items()]
    chosen = frame[list(columns)]
    rows = [
        [how.get(name, number)(value) for name, value in zip(columns, row, strict=True)]
        for row in chosen.itertuples(index=False)
    ]
    table(heads, rows, height=460)
