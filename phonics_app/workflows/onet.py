"""O-NET English: the school's own results beside the nation's."""

from __future__ import annotations

from dataclasses import dataclass

from phonics_app.domain.account import Actor
from phonics_app.domain.errors import NotFound, Problem, ProblemsFound
from phonics_app.domain.grade import Grade
from phonics_app.domain.onet import OnetResult, OnetTarget
from phonics_app.domain.school import School
from phonics_app.progress import onet as frames
from phonics_app.progress.onet import ONET_GRADES, OnetBand, OnetPage, band_of
from phonics_app.progress.onet_import import problems_that_stop, read_results
from phonics_app.progress.onet_rules import result_problems, target_problems
from phonics_app.records import audit, schools
from phonics_app.records import onet as records
from phonics_app.records.spreadsheet import read_grids
from phonics_app.workflows.context import Phonics
from phonics_app.workflows.dashboards import schools_in_view
from phonics_app.workflows.permissions import Action, require
from phonics_app.workflows.rounds import current_round
from phonics_app.workflows.setup import SiteState, site_state

__all__ = [
    "ONET_GRADES",
    "OnetBand",
    "OnetPage",
    "OnetPreview",
    "band_of",
    "clear_target",
    "commit_onet_import",
    "delete_onet_result",
    "onet_page",
    "preview_onet_import",
    "save_onet_result",
    "set_target",
]


@dataclass(frozen=True, slots=True)
class OnetPreview:
    rows: tuple[OnetResult, ...]
    problems: tuple[Problem, ...]

    @property
    def ready(self) -> bool:
        return bool(self.rows) and not any(problems_that_stop(self.problems))


def onet_page(phonics: Phonics, actor: Actor, grade: Grade, school_id: str | None = None) -> OnetPage:
    """SEE_DASHBOARD; all municipal schools (SEE_ALL_SCHOOLS) where `school_id` is None."""
    with phonics.store.read() as connection:
        in_view = schools_in_view(connection, actor, school_id)
        results = records.list_results(connection, in_view, grade)
        targets = records.list_targets(connection, in_view, grade)
    return OnetPage(
        table=frames.onet_table(results, targets),
        national=tuple(m for m in frames.national_means() if m.grade is grade),
        targets=targets,
        baseline=frames.baseline().mean,
        simulated=site_state(phonics) is SiteState.DEMONSTRATION,
        grade=grade,
        baseline_year=frames.baseline().year,
    )


def save_onet_result(phonics: Phonics, actor: Actor, result: OnetResult) -> None:
    """Adds or replaces that school's year and grade. `ProblemsFound` for impossible figures. EDIT_ONET."""
    school = _editable_school(phonics, actor, result.school_id)
    problems = result_problems(result, school.highest_grade, current_round(phonics).year)
    if problems:
        raise ProblemsFound(problems)
    _store(phonics, actor, (result,))


def delete_onet_result(phonics: Phonics, actor: Actor, school_id: str, year: int, grade: Grade) -> None:
    """`NotFound` where there is none. EDIT_ONET."""
    require(actor, Action.EDIT_ONET, school_id)
    with phonics.store.write() as connection:
        if not records.delete_result(connection, school_id, year, grade):
            raise NotFound("onet.no_such_result", {"year": year, "grade": grade.value})
        at = phonics.now()
        audit.record(connection, at, actor.account_id, "onet.deleted", school_id, year=year, grade=grade.value)


def preview_onet_import(phonics: Phonics, actor: Actor, school_id: str, filename: str, content: bytes) -> OnetPreview:
    """Reads .xlsx or .csv with columns year, grade, n, mean, sd, maximum, minimum, share_50 (Thai headers too).

    Stores nothing. Columns of per cent hold 0–100; a column headed exactly "share_50" holds 0–1.
    """
    school = _editable_school(phonics, actor, school_id)
    first = read_grids(filename, content)[0]
    table = [(number, tuple(map(_text, row))) for number, row in enumerate(first.rows, start=1)]
    this_year = current_round(phonics).year
    reading = read_results(table, school_id, school.highest_grade, this_year, filename, first.sheet)
    return OnetPreview(reading.rows, reading.problems)


def _text(cell: object) -> str:
    if cell is None:
        return ""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def commit_onet_import(phonics: Phonics, actor: Actor, preview: OnetPreview) -> int:
    """Stores the preview's rows, all or none, and returns how many; `ProblemsFound` if it is not ready."""
    if not preview.ready:
        raise ProblemsFound(preview.problems, "onet.not_ready")
    this_year = current_round(phonics).year
    problems: list[Problem] = []
    for row in preview.rows:
        school = _editable_school(phonics, actor, row.school_id)
        problems += result_problems(row, school.highest_grade, this_year)
    if problems:
        raise ProblemsFound(problems, "onet.not_ready")
    return _store(phonics, actor, preview.rows)


def set_target(phonics: Phonics, actor: Actor, target: OnetTarget) -> None:
    """Adds or replaces that school's target for the grade. EDIT_ONET."""
    _editable_school(phonics, actor, target.school_id)
    problems = target_problems(target)
    if problems:
        raise ProblemsFound(problems)
    with phonics.store.write() as connection:
        records.save_target(connection, target)
        details = {"grade": target.grade.value, "value": target.value, "relative": target.relative}
        audit.record(connection, phonics.now(), actor.account_id, "onet.target_set", target.school_id, **details)


def clear_target(phonics: Phonics, actor: Actor, school_id: str, grade: Grade) -> None:
    """Takes the target away, if there is one. EDIT_ONET."""
    require(actor, Action.EDIT_ONET, school_id)
    with phonics.store.write() as connection:
        if records.delete_target(connection, school_id, grade):
            at = phonics.now()
            audit.record(connection, at, actor.account_id, "onet.target_cleared", school_id, grade=grade.value)


def _editable_school(phonics: Phonics, actor: Actor, school_id: str) -> School:
    require(actor, Action.EDIT_ONET, school_id)
    with phonics.store.read() as connection:
        school = schools.find_school(connection, school_id)
    if school is None:
        raise NotFound("school.unknown", {"school_id": school_id})
    return school


def _store(phonics: Phonics, actor: Actor, rows: tuple[OnetResult, ...]) -> int:
    with phonics.store.write() as connection:
        for row in rows:
            records.save_result(connection, row)
            details = {"year": row.year, "grade": row.grade.value}
            audit.record(connection, phonics.now(), actor.account_id, "onet.saved", row.school_id, **details)
    return len(rows)
