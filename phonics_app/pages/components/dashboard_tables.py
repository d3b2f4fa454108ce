"""The tables behind the dashboard's plots, and the figures on top."""

from __future__ import annotations

from functools import partial

import pandas as pd

from phonics_app.pages.components.dashboard_plots import look_of
from phonics_app.pages.components.frames import frame_table, percent, signed
from phonics_app.pages.components.html import stats
from phonics_app.pages.components.session import Session
from phonics_app.workflows.dashboards import Dashboard, summed


def figures(session: Session, shown: Dashboard) -> None:
    """Coverage, share at or above the expected level, mean change: each with its n."""
    _ = session.translate
    enrolled, tested = int(shown.coverage["enrolled"].sum()), int(shown.coverage["tested"].sum())
    known = shown.expected.dropna(subset=["at_or_above"])
    placed, reached = int(known["placed"].sum()), int(known["at_or_above"].sum())
    moved = int(shown.change["pupils"].sum())
    mean = (shown.change["moved"] * shown.change["pupils"]).sum() / moved if moved else pd.NA
    before = _("n = {n} pupils placed in both terms").format(n=f"{moved:,}")
    stats(
        [
            (_("Pupils"), f"{enrolled:,}", _("enrolled")),
            (
                _("Tested"),
                percent(_share(tested, enrolled)),
                _("{n} of {all}").format(n=f"{tested:,}", all=f"{enrolled:,}"),
            ),
            (
                _("At or above the expected level"),
                percent(_share(reached, placed)),
                _("n = {n} placed").format(n=f"{placed:,}"),
            ),
            (_("Mean change in levels"), signed(mean), before),
        ]
    )


def _share(part: int, whole: int) -> object:
    return part / whole if whole else pd.NA


def levels_table(session: Session, shown: Dashboard, by: str) -> None:
    """Pupils by level, one column for each level, one row for each bar of the plot."""
    _ = session.translate
    sums = summed(shown.levels, by, ["level"], ["pupils"])
    wide = sums.assign(column=sums["level"].astype("object")).fillna({"column": 0})
    table = wide.pivot_table(index="group", columns="column", values="pupils", sort=False).reset_index()
    numbers = [level.number for level in session.phonics.content.bank.levels]
    for number in (0, *numbers):
        if number not in table:
            table[number] = pd.NA
    table.columns = [str(name) for name in table.columns]
    columns = _group(session, by) | {str(n): str(n) for n in numbers} | {"0": _("not placed")}
    frame_table(session, table, columns, {"group": partial(look_of(session).group, by)})


def _group(session: Session, by: str) -> dict[str, str]:
    _ = session.translate
    names = {"school_id": _("School"), "grade": _("Grade"), "room": _("Class"), "stage": _("Stage")}
    return {"group": names[by]}


def _where(session: Session, shown: Dashboard) -> dict[str, str]:
    _ = session.translate
    columns = {"school_id": _("School")} if shown.filters.school_id is None else {}
    return columns | {"grade": _("Grade")}


def change_table(session: Session, shown: Dashboard, by: str) -> None:
    """School by school and grade by grade, whatever the grouping `by`."""
    _ = session.translate
    columns = _where(session, shown) | {"moved": _("Levels up or down"), "pupils": _("Pupils")}
    frame_table(session, shown.change, columns)


def expected_table(session: Session, shown: Dashboard, by: str) -> None:
    """School by school and grade by grade, whatever the grouping `by`."""
    _ = session.translate
    columns = _where(session, shown) | {"expected_level": _("Expected level"), "placed": _("Placed (n)")}
    frame_table(session, shown.expected, columns | {"at_or_above": _("At or above"), "share": _("Share")})


def coverage_table(session: Session, shown: Dashboard, by: str) -> None:
    """One row for each bar of the plot."""
    _ = session.translate
    sums = summed(shown.coverage, by, [], ["enrolled", "tested"])
    sums["share"] = sums["tested"] / sums["enrolled"]
    columns = _group(session, by) | {"enrolled": _("Enrolled"), "tested": _("Tested"), "share": _("Share")}
    frame_table(session, sums, columns, {"group": partial(look_of(session).group, by)})


def history_table(session: Session, shown: Dashboard, by: str) -> None:
    """Of whole schools, whatever the grouping `by`."""
    _ = session.translate
    columns = {"school_id": _("School")} if shown.filters.school_id is None else {}
    columns |= {"year": _("Year"), "term": _("Term"), "placed": _("Placed (n)"), "mean_level": _("Mean level")}
    frame_table(session, shown.history, columns | {"at_or_above": _("At or above"), "share": _("Share")})
