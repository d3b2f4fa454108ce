"""The dashboard and the network's summary as documents."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

import pandas as pd
import plotly.graph_objects as go

from phonics_app.domain.calendar import Round
from phonics_app.domain.grade import Grade
from phonics_app.locales import Translate
from phonics_app.progress.dashboard import Dashboard, NetworkPage, summed
from phonics_app.reports.course_figures import history_figure
from phonics_app.reports.figures import Look, change_figure, coverage_figure, expected_figure, levels_figure
from phonics_app.reports.labels import class_label, level_label, n_label, round_label, signed, stage_label
from phonics_app.reports.tables import Cell, Column, Kind, Report, Table, cells


def dashboard_report(shown: Dashboard, look: Look, made_on: date, *, for_print: bool) -> Report:
    """All that the page shows; school by school, stage by stage, grade by grade, and for one school class by class.

    Paper has the changes of a grade side by side, files one below the other.
    """
    tables = (
        *(_levels_table(shown, look, by) for by in _groupings(shown)),
        _change_table(shown, look, for_print),
        _expected_table(shown, look),
        _coverage_table(shown, look),
        _history_table(shown, look),
    )
    title = look.translate("Levels of pupils: dashboard")
    return Report(title, look.language, made_on, _facts(shown, look), tables, shown.simulated, _notes(look.translate))


def _groupings(shown: Dashboard) -> tuple[str, ...]:
    return ("school_id", "stage", "grade") if shown.filters.school_id is None else ("stage", "grade", "room")


def _facts(shown: Dashboard, look: Look) -> tuple[tuple[str, str], ...]:
    _, filters, everything = look.translate, shown.filters, look.translate("all")
    school = _("All municipal schools") if filters.school_id is None else look.group("school_id", filters.school_id)
    enrolled, tested = int(shown.coverage["enrolled"].sum()), int(shown.coverage["tested"].sum())
    return (
        (_("School"), school),
        (_("Round"), round_label(_, shown.round) if shown.round else _("No data yet")),
        (_("Stage"), stage_label(_, filters.stage) if filters.stage else everything),
        (_("Grade"), filters.grade.label(look.language) if filters.grade else everything),
        (_("Room"), filters.room or everything),
        (_("Enrolled"), n_label(_, enrolled)),
        (_("Tested"), n_label(_, tested)),
        *(((_("Erased since, and not counted"), n_label(_, shown.erased)),) if shown.erased else ()),
        *version_facts(shown.versions, _),
    )


def version_facts(versions: tuple[tuple[str, str, str], ...], _: Translate) -> tuple[tuple[str, str], ...]:
    """Versions that the results name, shortened to what tells them apart."""
    named = _("engine {engine}, item bank {bank}, rubric {rubric}")
    texts = [named.format(engine=e, bank=b[:12], rubric=r[:12]) for e, b, r in versions]
    return ((_("Versions"), "; ".join(texts)),) if texts else ()


def _notes(_: Translate) -> tuple[str, ...]:
    return (
        _("A pupil's level is the teacher's last decision on a test of this round. Discarded tests are left out."),
        _("Shares are of the pupils placed in the round; whoever was not tested is in none of them."),
    )


def _levels_table(shown: Dashboard, look: Look, by: str) -> Table:
    _ = look.translate
    numbers = sorted(int(n) for n in shown.levels["level"].dropna().unique())
    columns = [_group_column(by, _), *(Column(level_label(_, n), Kind.COUNT) for n in numbers)]
    columns += [Column(level_label(_, None), Kind.COUNT), Column(_("Total"), Kind.COUNT)]
    rows: list[tuple[Cell, ...]] = []
    if not shown.levels.empty:
        sums = summed(shown.levels, by, ["level"], ["pupils"])
        for group in dict.fromkeys(sums["group"]):
            part = sums[sums["group"] == group]
            counts = [int(part.loc[part["level"] == n, "pupils"].sum()) for n in numbers]
            unplaced = int(part.loc[part["level"].isna(), "pupils"].sum())
            rows.append((look.group(by, group), *counts, unplaced, sum(counts) + unplaced))
    titles = {
        "school_id": _("Pupils at each level, by school"),
        "stage": _("Pupils at each level, by stage"),
        "grade": _("Pupils at each level, by grade"),
        "room": _("Pupils at each level, by class"),
    }
    drawn = _drawn(shown, lambda round_: levels_figure(shown.levels, look, round_, by))
    return Table(titles[by], tuple(columns), tuple(rows), drawn=drawn)


def _group_column(by: str, _: Translate) -> Column:
    titles = {"school_id": _("School"), "stage": _("Stage"), "grade": _("Grade"), "room": _("Class")}
    return Column(titles[by], width="1fr" if by == "school_id" else "")


def _change_table(shown: Dashboard, look: Look, for_print: bool) -> Table:
    _ = look.translate
    pupils = Column(_("Pupils"), Kind.COUNT)
    changes, figures = shown.change, {"moved": Column(_("Levels up or down"), Kind.COUNT), "pupils": pupils}
    if for_print:
        changes, figures = _side_by_side(changes, pupils)
    note = _rounds_compared(shown.previous, shown.round, _)
    drawn = _drawn(shown, lambda round_: change_figure(shown.change, look, round_, shown.previous, _bars(shown)))
    return Table(_("Change since the round before"), *_sheet(changes, look, "grade", figures), note, drawn)


def _side_by_side(change: pd.DataFrame, pupils: Column) -> tuple[pd.DataFrame, dict[str, Column]]:
    """A row for each grade, a column for each number of levels up or down, and how many pupils these are."""
    steps = sorted(int(step) for step in change["moved"].unique())
    titles = {step: signed(step, 0) for step in steps}
    counts = change.assign(moved=change["moved"].map(titles))
    wide = counts.pivot_table("pupils", ["school_id", "grade"], "moved", aggfunc="sum", fill_value=0, sort=False)
    wide = wide.assign(pupils=wide.sum(axis=1)).astype("Int64").reset_index()
    return wide, {title: Column(title, Kind.COUNT) for title in titles.values()} | {"pupils": pupils}


def _rounds_compared(before: Round | None, after: Round | None, _: Translate) -> str:
    if before is None or after is None:
        return _("There is no earlier round to compare with.")
    rounds = {"before": round_label(_, before), "after": round_label(_, after)}
    return _("{before} → {after}, pupils placed in both rounds").format(**rounds)


def _expected_table(shown: Dashboard, look: Look) -> Table:
    _ = look.translate
    figures = {"expected_level": Column(_("Expected level"), Kind.COUNT), "placed": Column(_("Placed"), Kind.COUNT)}
    sheet = _sheet(shown.expected, look, "grade", figures | _reached(_))
    drawn = _drawn(shown, lambda round_: expected_figure(shown.expected, look, round_, _bars(shown)))
    return Table(_("At or above the level expected of the grade"), *sheet, drawn=drawn)


def _reached(_: Translate) -> dict[str, Column]:
    return {
        "at_or_above": Column(_("At or above"), Kind.COUNT),
        "share": Column(_("Share at or above"), Kind.SHARE),
    }


def _coverage_table(shown: Dashboard, look: Look) -> Table:
    _ = look.translate
    figures = {
        "enrolled": Column(_("Enrolled"), Kind.COUNT),
        "tested": Column(_("Tested"), Kind.COUNT),
        "share": Column(_("Share tested"), Kind.SHARE),
    }
    by = _groupings(shown)[-1 if shown.filters.school_id else 0]
    drawn = _drawn(shown, lambda round_: coverage_figure(shown.coverage, look, round_, by))
    return Table(_("Pupils tested in the round"), *_sheet(shown.coverage, look, "class", figures), drawn=drawn)


def _history_table(shown: Dashboard, look: Look) -> Table:
    _ = look.translate
    figures = {"placed": Column(_("Placed"), Kind.COUNT), "mean_level": Column(_("Mean level"), Kind.SCORE)}
    sheet = _sheet(shown.history, look, "round", figures | _reached(_))
    drawn = _drawn(shown, lambda _round: history_figure(shown.history, look))
    return Table(_("Course over all rounds"), *sheet, drawn=drawn)


def _sheet(
    data: pd.DataFrame, look: Look, second: str, figures: Mapping[str, Column]
) -> tuple[tuple[Column, ...], tuple[tuple[Cell, ...], ...]]:
    """Columns and rows: the school, its "grade", "class" or "round", then `figures` (column of the frame → ours)."""
    _ = look.translate
    titles = {"grade": _("Grade"), "class": _("Class"), "round": _("Term and year")}
    columns = (Column(_("School"), width="1fr"), Column(titles[second]), *figures.values())
    keys = {"grade": ("grade",), "class": ("grade", "room"), "round": ("term", "year")}[second]
    rows = cells(data, ("school_id", *keys, *figures))
    after = 1 + len(keys)
    return columns, tuple(
        (look.group("school_id", str(row[0])), _second(row[1:after], second, look), *row[after:]) for row in rows
    )


def _second(key: tuple[Cell, ...], second: str, look: Look) -> str:
    if second == "round":
        return "/".join(map(str, key))
    grade, *room = map(str, key)
    return class_label(Grade(grade), "".join(room), look.language)


def _bars(shown: Dashboard) -> str:
    """What the bars of change and expectation stand for: of one school its grades, because rooms change every year."""
    return "school_id" if shown.filters.school_id is None else "grade"


def _drawn(shown: Dashboard, figure: Callable[[Round], go.Figure]) -> Callable[[], go.Figure] | None:
    """The figure for the print; none before the first round."""
    return partial(figure, shown.round) if shown.round else None


def network_report(shown: NetworkPage, look: Look, made_on: date) -> Report:
    """Network schools by level; hidden cells say so."""
    _, counts, round_ = look.translate, shown.counts, shown.round
    hidden = _("hidden")
    levels = list(dict.fromkeys(cells(counts, ("level",))))
    columns = (
        Column(_("School"), width="1fr"),
        *(Column(level_label(_, None if n is None else int(n)), Kind.COUNT) for (n,) in levels),
        Column(_("Total"), Kind.COUNT),
    )
    rows: list[tuple[Cell, ...]] = []
    for school_id in dict.fromkeys(counts["school_id"]):
        part = counts[counts["school_id"] == school_id]
        figures = [*part["pupils"], part["school_total"].iloc[0]]
        rows.append((look.group("school_id", school_id), *_shown(figures, hidden)))
    if rows:
        first = counts[counts["school_id"] == counts["school_id"].iloc[0]]
        rows.append((_("All network schools"), *_shown([*first["level_total"], first["total"].iloc[0]], hidden)))
    note = _("Counts from 1 to 4 are hidden, and others with them where a total would give one away.")
    title = _("Network schools: pupils at each level")
    facts = ((_("Round"), round_label(_, round_) if round_ else _("No data yet")),)
    return Report(title, look.language, made_on, facts, (Table(title, columns, tuple(rows), note),), shown.simulated)


def _shown(figures: list[object], hidden: str) -> list[Cell]:
    return [hidden if pd.isna(n) else int(str(n)) for n in figures]  # type: ignore[call-overload]
