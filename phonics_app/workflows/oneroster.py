"""OneRoster 1.2 CSV: schools, classes and pupils out to other systems, and in from them."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection

from phonics_app.domain.account import Actor
from phonics_app.domain.errors import Conflict, NotFound, Place, Problem, ProblemsFound
from phonics_app.domain.oneroster import OneRosterPreview
from phonics_app.domain.roster import Change, RosterPreview
from phonics_app.domain.school import PupilDraft, SchoolDraft
from phonics_app.records import accounts, audit, pupils, roster_compare, schools
from phonics_app.records.erasure import listed_as_erased
from phonics_app.records.oneroster_pupils import Told, number_problems, same_schools, told_by
from phonics_app.records.oneroster_read import Package, read_package
from phonics_app.records.oneroster_write import oneroster_zip
from phonics_app.records.past import Change as Recorded
from phonics_app.records.pupil_rules import YEARS
from phonics_app.workflows.context import Phonics
from phonics_app.workflows.permissions import Action, require

__all__ = ["OneRosterPreview", "commit_oneroster", "export_oneroster", "preview_oneroster"]

Drafts = list[tuple[int, str, PupilDraft]]


def export_oneroster(phonics: Phonics, actor: Actor, year: int, school_id: str | None = None) -> bytes:
    """A zip of one school, or of all where `school_id` is None, with those who teach there.

    SEE_PUPILS (for all: at every school).
    """
    require(actor, Action.SEE_PUPILS, school_id)
    with phonics.store.read() as connection:
        chosen = [s for s in schools.list_schools(connection) if school_id in (None, s.id)]
        people = accounts.list_accounts(connection)
        found = [pupil for s in chosen for pupil in pupils.list_pupils(connection, s.id, year)]
    if school_id is not None and not chosen:
        raise NotFound("school.unknown", {"id": school_id})
    document = oneroster_zip(year, chosen, found, people)
    with phonics.store.write() as connection:
        data = {"year": year, "rows": len(found)}
        audit.record(connection, phonics.now(), actor.account_id, "export.oneroster", school_id or "", **data)
    return document


def preview_oneroster(phonics: Phonics, actor: Actor, filename: str, content: bytes) -> OneRosterPreview:
    """Compares a package with what is stored; stores nothing. MANAGE_SITE.

    `ProblemsFound` "oneroster.…" where the file is no package; what is wrong in one stands in the preview, all at once.
    """
    require(actor, Action.MANAGE_SITE)
    package, problems = read_package(filename, content)
    if any(not problem.warning for problem in problems):
        return OneRosterPreview(filename, 0, (), (), (), 0, tuple(problems))
    told = told_by(package)
    problems += told.problems + number_problems(package, told)
    if told.year and told.year not in YEARS:
        problems.append(Problem("input.year_bad", package.place("academicSessions"), str(told.year)))
    if not told.pupils and not problems:
        problems.append(Problem("roster.no_pupils", package.place("users")))
    with phonics.store.read() as connection:
        return _compared(connection, package, told, problems)


def _compared(connection: Connection, package: Package, told: Told, problems: list[Problem]) -> OneRosterPreview:
    stored = {school.id: school for school in schools.list_schools(connection, include_archived=True)}
    problems += told.take_as(same_schools(told, stored.values()), package.place("orgs"))
    # Only schools with pupils are taken in; what a school here is called stays as it is.
    new = [told.schools[id] for id in told.pupils if id not in stored and id in told.schools]
    drafts = [SchoolDraft(s.name, s.kind, s.code, s.highest_grade) for s in new]
    at = package.place("orgs")
    problems += [replace(p, place=at) for p in schools.school_problems(drafts, stored.values())]
    rosters, new_ids = [], []
    for school_id, found in told.pupils.items():
        roster, problems_here = _roster(connection, package, told.year, school_id, found)
        problems += problems_here
        rosters.append(roster)
        ids = {draft.number: id for _, id, draft in found}
        new_ids += [(school_id, r.draft.number, ids[r.draft.number]) for r in roster.rows if r.change is Change.NEW]
    return OneRosterPreview(
        package.file, told.year, tuple(new), tuple(rosters), tuple(new_ids), told.teachers, tuple(problems)
    )


def _roster(
    connection: Connection, package: Package, year: int, school_id: str, found: Drafts
) -> tuple[RosterPreview, list[Problem]]:
    stored = roster_compare.load_stored(connection, school_id, year)
    rows = roster_compare.compare(stored, [(row, draft) for row, _, draft in found])
    known = pupils.schools_and_numbers(connection, [id for _, id, _ in found])
    problems = []
    for row, id, draft in found:
        if id in known and known[id] != (school_id, draft.number):
            place = Place(package.file, "users.csv", row, "identifier")
            problems.append(Problem("oneroster.known_otherwise", place, draft.number, known[id][1]))
    problems += roster_compare.merged_problems(connection, school_id, rows, Place(package.file, "users.csv"))
    return RosterPreview(school_id, year, package.file, {}, rows, (), ()), problems


def commit_oneroster(phonics: Phonics, actor: Actor, preview: OneRosterPreview, shown: str | None = None) -> int:
    """Stores the preview whole, returns how many pupils were added or changed. MANAGE_SITE.

    `shown`: digest of what the person has seen. `ProblemsFound` if it is not ready; `Conflict` "roster.stale" if the
    store has changed since, or if it is not what was shown.
    """
    require(actor, Action.MANAGE_SITE)
    if not preview.ready:
        raise ProblemsFound([p for p in preview.problems if not p.warning])
    if shown is not None and shown != preview.digest:
        raise Conflict("roster.stale")
    erased = set(listed_as_erased(phonics.settings.data_dir, [id for *_, id in preview.new_ids]))
    # Who was erased and has come back is new: under the old id an older copy that is put back would erase him again.
    ids = {(school, number): phonics.new_id() if id in erased else id for school, number, id in preview.new_ids}
    with phonics.store.write() as connection:
        present = {school.id for school in schools.list_schools(connection, include_archived=True)}
        if present & {school.id for school in preview.new_schools}:
            raise Conflict("roster.stale")
        for school in preview.new_schools:
            schools.insert_school(connection, school)
        change = Recorded(phonics.now(), actor.account_id)
        count = sum(_store(connection, roster, ids, change) for roster in preview.rosters)
        data = {"year": preview.year, "schools": len(preview.new_schools), "rows": count}
        audit.record(connection, phonics.now(), actor.account_id, "roster.oneroster", "", **data)
    return count


def _store(connection: Connection, roster: RosterPreview, ids: dict[tuple[str, str], str], change: Recorded) -> int:
    stored = roster_compare.load_stored(connection, roster.school_id, roster.year)
    drafts = [(row.row, row.draft) for row in roster.rows if row.change is not Change.MISSING]
    if roster_compare.compare(stored, drafts) != roster.rows:
        raise Conflict("roster.stale")
    new = [(ids[roster.school_id, r.draft.number], r.draft) for r in roster.rows if r.change is Change.NEW]
    changed = [(row.pupil_id, row.draft) for row in roster.rows if row.change is Change.CHANGED and row.pupil_id]
    pupils.insert_pupils(connection, roster.school_id, roster.year, new, since=change.since_in(roster.year))
    pupils.update_pupils(connection, roster.school_id, roster.year, changed, change)
    return len(new) + len(changed)
