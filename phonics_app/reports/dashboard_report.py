"""The dashboard and the network's summary as documents."""

from __future__ import annotations

from datetime import date

import pandas as pd

from phonics_app.domain.calendar import Round
from phonics_app.domain.grade import Grade
from phonics_app.locales import Translate
from phonics_app.progress.dashboard import Dashboard, NetworkPage, summed
from phonics_app.reports.figures import Look
from phonics_app.reports.labels import class_label, level_label, n_label, round_label, stage_label
from phonics_app.reports.tables import Cell, Column, Kind, Report, Table, cells


def dashboard_report(shown: Dashboard, look: Look, made_on: date) -> Report:
    """All that the page shows; school by school, stage by stage, grade by grade, and for one school class by class."""
    tables = (
        *(_levels_table(shown, look, by) for by in _groupings(shown)),
        _change_table(shown, look),
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
    return Table(titles[by], tuple(columns), tuple(rows))


def _group_column(by: str, _: Translate) -> Column:
    titles = {"school_id": _("School"), "stage": _("Stage"), "grade": _("Grade"), "room": _("Class")}
    return Column(titles[by], width="1fr" if by == "school_id" else "")


def _place(row: tuple[Cell, ...], look: Look) -> tuple[Cell, ...]:
    """School and grade of a frame's row as labels."""
    return look.group("school_id", str(row[0])), Grade(str(row[1])).label(look.language)


def _change_table(shown: Dashboard, look: Look) -> Table:
    _ = look.translate
    columns = (Column(_("School"), width="1fr"), Column(_("Grade")), Column(_("Levels up or down"), Kind.COUNT))
    rows = [(*_place(r, look), *r[2:]) for r in cells(shown.change, ("school_id", "grade", "moved", "pupils"))]
    note = _rounds_compared(shown.previous, shown.round, _)
    return Table(_("Change since the round before"), (*columns, Column(_("Pupils"), Kind.COUNT)), tuple(rows), note)


def _rounds_compared(before: Round | None, after: Round | None, _: Translate) -> str:
    if before is None or after is None:
        return _("There is no earlier round to compare with.")
    rounds = {"before": round_label(_, before), "after": round_label(_, after)}
    return _("{before} → {after}, pupils placed in both rounds").format(**rounds)


def _expected_table(shown: Dashboard, look: Look) -> Table:
    _ = look.translate
    columns = (
        Column(_("School"), width="1fr"),
        Column(_("Grade")),
        Column(_("Expected level"), Kind.COUNT),
        Column(_("Placed"), Kind.COUNT),
        Column(_("At or above"), Kind.COUNT),
        Column(_("Share at or above"), Kind.SHARE),
    )
    names = ("school_id", "grade", "expected_level", "placed", "at_or_above", "share")
    rows = tuple((*_place(r, look), *r[2:]) for r in cells(shown.expected, names))
    return Table(_("At or above the level expected of the grade"), columns, rows)


def _coverage_table(shown: Dashboard, look: Look) -> Table:
    _ = look.translate
    columns = (
        Column(_("School"), width="1fr"),
        Column(_("Class")),
        Column(_("Enrolled"), Kind.COUNT),
        Column(_("Tested"), Kind.COUNT),
        Column(_("Share tested"), Kind.SHARE),
    )
    rows = tuple(
        (look.group("school_id", str(s)), class_label(Grade(str(g)), str(room), look.language), *rest)
        for s, g, room, *rest in cells(shown.coverage, ("school_id", "grade", "room", "enrolled", "tested", "share"))
    )
    return Table(_("Pupils tested in the round"), columns, rows)


def _history_table(shown: Dashboard, look: Look) -> Table:
    _ = look.translate
    columns = (
        Column(_("School"), width="1fr"),
        Column(_("Term and year")),
        Column(_("Placed"), Kind.COUNT),
        Column(_("Mean level"), Kind.SCORE),
        Column(_("At or above"), Kind.COUNT),
        Column(_("Share at or above"), Kind.SHARE),
    )
    names = ("school_id", "year", "term", "placed", "mean_level", "at_or_above", "share")
    rows = tuple(
        (look.group("school_id", str(s)), f"{term}/{year}", *rest)
        for s, year, term, *rest in cells(shown.history, names)
    )
    return Table(_("Course over all rounds"), columns, rows)


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
