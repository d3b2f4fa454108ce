"""The set-up form: what was typed, and which problem belongs to which field."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from phonics_app.domain.errors import Place, Problem
from phonics_app.domain.grade import Grade
from phonics_app.domain.school import SchoolKind
from phonics_app.domain.text import Text
from phonics_app.locales.messages import render
from phonics_app.web.body import Form, first
from phonics_app.workflows.setup import MUNICIPAL_SCHOOLS, SchoolDraft

HIGHEST_GRADES = (Grade.P6, Grade.M3, Grade.M6)
MAXIMUM_SCHOOLS = 100


@dataclass(frozen=True, slots=True)
class SchoolRow:
    """One school as typed."""

    name_th: str = ""
    name_en: str = ""
    code: str = ""
    highest_grade: str = Grade.P6.value
    kind: str = SchoolKind.MUNICIPAL.value

    @property
    def empty(self) -> bool:
        return not (self.name_th.strip() or self.name_en.strip() or self.code.strip())

    def draft(self) -> SchoolDraft:
        """As the workflow takes it; an unknown choice becomes the first one offered."""
        grade = Grade(self.highest_grade) if self.highest_grade in Grade.__members__ else Grade.P6
        kind = SchoolKind.NETWORK if self.kind == SchoolKind.NETWORK.value else SchoolKind.MUNICIPAL
        return SchoolDraft(Text(self.name_th.strip(), self.name_en.strip()), kind, self.code.strip(), grade)


@dataclass(frozen=True, slots=True)
class SetupForm:
    """The whole form. Passwords are read but never shown again."""

    schools: tuple[SchoolRow, ...]
    username: str = ""
    display_name: str = ""
    password: str = field(default="", repr=False)
    password_again: str = field(default="", repr=False)

    def with_row(self) -> SetupForm:
        return replace(self, schools=(*self.schools, SchoolRow())[:MAXIMUM_SCHOOLS])

    def without_row(self, index: str) -> SetupForm:
        kept = tuple(row for i, row in enumerate(self.schools) if str(i) != index)
        return replace(self, schools=kept or (SchoolRow(),))

    def drafts(self) -> tuple[SchoolDraft, ...]:
        """The schools that were filled in; rows left empty don't count."""
        return tuple(row.draft() for row in self.schools if not row.empty)

    @property
    def passwords_agree(self) -> bool:
        return self.password == self.password_again

    def problems(self, found: Iterable[Problem]) -> tuple[Problem, ...]:
        """The workflow's problems and what only this form can know."""
        if self.passwords_agree:
            return tuple(found)
        others = (problem for problem in found if problem.place.column != "password")
        return (*others, Problem("setup.passwords_differ", Place(column="password_again")))


def offered_form() -> SetupForm:
    """The four municipal schools, ready to be corrected."""
    rows = tuple(
        SchoolRow(d.name.th, d.name.en, d.code, d.highest_grade.value, d.kind.value) for d in MUNICIPAL_SCHOOLS
    )
    return SetupForm(rows)


def read_form(form: Form) -> SetupForm:
    """The form as it was sent; columns of the school table stand in parallel lists."""
    columns = [form.get(name, []) for name in ("name_th", "name_en", "code", "highest_grade", "kind")]
    rows = tuple(SchoolRow(*cells) for cells in zip(*columns, strict=False))[:MAXIMUM_SCHOOLS]
    return SetupForm(
        rows or (SchoolRow(),),
        first(form, "username"),
        first(form, "display_name"),
        first(form, "password"),
        first(form, "password_again"),
    )


def field_messages(problems: Iterable[Problem], filled: SetupForm, language: str) -> dict[str, list[str]]:
    """Field → its messages. A school's fields are `name_th-0`, `code-0` …; what fits no field stands under ""."""
    messages: dict[str, list[str]] = {}
    for problem in problems:
        key = _field_of(problem, filled)
        shown = replace(problem, place=Place()) if key else problem
        messages.setdefault(key, []).append(render(shown, language))
    return messages


def _field_of(problem: Problem, filled: SetupForm) -> str:
    column, row = problem.place.column, problem.place.row
    if row is not None:
        # The workflow counts the schools it was given: rows left empty are not among them.
        positions = [i for i, school in enumerate(filled.schools) if not school.empty]
        where = positions[row - 1] if 0 < row <= len(positions) else 0
        return f"{column}-{where}"
    return column if column in ("schools", "username", "display_name", "password", "password_again") else ""
