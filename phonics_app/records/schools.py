"""Schools: stored, listed, and the rules for their names and codes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from phonics_app.domain.errors import Place, Problem
from phonics_app.domain.grade import Grade
from phonics_app.domain.school import School, SchoolDraft, SchoolKind
from phonics_app.domain.text import Text
from phonics_app.records import schema
from phonics_app.records.writing import plain_digits, squeezed, thai_sort_key

CODE_LENGTH = 10
NAME_LENGTH = 300


def tidy(draft: SchoolDraft) -> SchoolDraft:
    """The draft without stray spaces, its code in Arabic digits."""
    name = Text(squeezed(draft.name.th), squeezed(draft.name.en))
    return SchoolDraft(name, draft.kind, plain_digits(draft.code).strip(), draft.highest_grade)


def school_problems(drafts: Sequence[SchoolDraft], others: Iterable[School] = ()) -> list[Problem]:
    """What is wrong with tidy `drafts`; `others` are the schools that exist beside them. Rows count from 1."""
    problems: list[Problem] = []
    names = {school.name.th for school in others}
    codes = {school.code for school in others if school.code}
    for number, draft in enumerate(drafts, start=1):
        problems += _problems_of(draft, number, names, codes)
        names.add(draft.name.th)
        codes |= {draft.code} - {""}
    return problems


def _problems_of(draft: SchoolDraft, row: int, names: set[str], codes: set[str]) -> list[Problem]:
    problems = []
    in_thai, in_english, code = (Place(row=row, column=c) for c in ("name_th", "name_en", "code"))
    if not draft.name.th:
        problems.append(Problem("school.name_empty", in_thai))
    if draft.name.th and draft.name.th in names:
        problems.append(Problem("school.name_taken", in_thai, draft.name.th))
    for place, name in ((in_thai, draft.name.th), (in_english, draft.name.en)):
        if len(name) > NAME_LENGTH:
            problems.append(Problem("input.too_long", place, name[:50], str(NAME_LENGTH)))
    if draft.code and not (draft.code.isascii() and draft.code.isdigit() and len(draft.code) == CODE_LENGTH):
        problems.append(Problem("school.code_bad", code, draft.code, str(CODE_LENGTH)))
    if draft.code in codes:
        problems.append(Problem("school.code_taken", code, draft.code))
    return problems


def school_names(connection: Connection) -> tuple[Text, ...]:
    """Of every school, archived ones too."""
    return tuple(school.name for school in list_schools(connection, include_archived=True))


def list_schools(connection: Connection, include_archived: bool = False) -> tuple[School, ...]:
    """Municipal schools first, each kind in the order of the Thai dictionary."""
    query = select(schema.school)
    if not include_archived:
        query = query.where(schema.school.c.archived.is_(False))
    return tuple(sorted(map(_school, connection.execute(query)), key=_order))


def _order(school: School) -> tuple[bool, str, str]:
    return school.kind is not SchoolKind.MUNICIPAL, thai_sort_key(school.name.th), school.id


def find_school(connection: Connection, school_id: str) -> School | None:
    row = connection.execute(select(schema.school).where(schema.school.c.id == school_id)).one_or_none()
    return None if row is None else _school(row)


def _school(row: Row[Any]) -> School:
    name = Text(row.name_th, row.name_en)
    return School(row.id, name, SchoolKind(row.kind), row.code, Grade(row.highest_grade), row.archived)


def _values(school: School) -> dict[str, object]:
    return {
        "id": school.id,
        "name_th": school.name.th,
        "name_en": school.name.en,
        "kind": school.kind.value,
        "code": school.code,
        "highest_grade": school.highest_grade.value,
        "archived": school.archived,
    }


def insert_school(connection: Connection, school: School) -> None:
    connection.execute(insert(schema.school).values(_values(school)))


def update_school(connection: Connection, school: School) -> None:
    connection.execute(update(schema.school).where(schema.school.c.id == school.id).values(_values(school)))
