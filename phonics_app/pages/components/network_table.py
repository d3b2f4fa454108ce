"""Network schools by level, with what is hidden shown as hidden."""

from __future__ import annotations

from typing import Any

import pandas as pd

from phonics_app.pages.components.frames import school_labels
from phonics_app.pages.components.html import Cell, Column, table
from phonics_app.pages.components.session import Session
from phonics_app.reports.labels import level_label

HIDDEN = "•"


def network_table(session: Session, frame: pd.DataFrame) -> None:
    """One row for each school, one column for each level, totals at the edges."""
    _ = session.translate
    names = school_labels(session)
    levels = list(dict.fromkeys(None if pd.isna(level) else int(level) for level in frame["level"]))
    heads = [Column(level_label(_, level), "count") for level in levels]
    rows: list[list[Cell]] = []
    for school_id, part in frame.groupby("school_id", sort=False):
        counts = [_count(value) for value in part["pupils"]]
        rows.append([names.get(str(school_id), str(school_id)), *counts, _count(part["school_total"].iloc[0])])
    first = frame[frame["school_id"] == frame["school_id"].iloc[0]]
    totals = [_count(value) for value in first["level_total"]]
    rows.append([_("Total"), *totals, _count(frame["total"].iloc[0])])
    table([Column(_("School"), "wide"), *heads, Column(_("Total"), "number")], rows)


def _count(value: Any) -> str:
    return HIDDEN if pd.isna(value) else f"{int(value):,}"
