"""What a pupil's data must satisfy, typed or imported."""

from __future__ import annotations

from dataclasses import replace

from phonics_app.domain.errors import Place, Problem
from phonics_app.domain.grade import Grade
from phonics_app.domain.school import PupilDraft, Sex
from phonics_app.records.citizen_number import looks_like_one
from phonics_app.records.roster_names import sex_of_prefix, standard_prefix
from phonics_app.records.writing import plain_digits, squeezed

LENGTHS = {"number": 50, "prefix": 50, "first_name": 300, "last_name": 300, "room": 20}
"""Longest text of each field, as the tables hold it."""
CLASS_NUMBERS = range(1, 100)
YEARS = range(2500, 2700)
"""Academic years (Buddhist) that are no slip of the pen."""


def tidy(draft: PupilDraft) -> PupilDraft:
    """The draft without stray spaces; number and room in Arabic digits."""
    return replace(
        draft,
        number=plain_digits(squeezed(draft.number)),
        prefix=squeezed(draft.prefix),
        first_name=squeezed(draft.first_name),
        last_name=squeezed(draft.last_name),
        room=plain_digits(squeezed(draft.room)),
    )


def with_sex_of_prefix(draft: PupilDraft) -> PupilDraft:
    """A tidy draft; where no sex is told, the one that the prefix tells, however it is written."""
    if draft.sex is not Sex.UNKNOWN:
        return draft
    return replace(draft, sex=sex_of_prefix(standard_prefix(draft.prefix)))


def draft_problems(draft: PupilDraft, highest_grade: Grade, place: Place | None = None) -> list[Problem]:
    """For a tidy draft; the place's column is filled in with the field."""
    place = place or Place()
    problems = []
    if not draft.number:
        problems.append(Problem("pupil.number_empty", replace(place, column="number")))
    if not draft.first_name:
        problems.append(Problem("pupil.first_name_empty", replace(place, column="first_name")))
    if looks_like_one(draft.number):
        # The value is not repeated: an error message must not spread it either.
        problems.append(Problem("pupil.citizen_number", replace(place, column="number")))
    if draft.class_number is not None and draft.class_number not in CLASS_NUMBERS:
        expected = f"{CLASS_NUMBERS.start}–{CLASS_NUMBERS.stop - 1}"
        where = replace(place, column="class_number")
        problems.append(Problem("pupil.class_number_bad", where, str(draft.class_number), expected))
    for field, longest in LENGTHS.items():
        value = getattr(draft, field)
        if len(value) > longest:
            problems.append(Problem("input.too_long", replace(place, column=field), value[:50], str(longest)))
    return problems + grade_warnings(draft, highest_grade, place) + name_warnings(draft, place)


def grade_warnings(draft: PupilDraft, highest_grade: Grade, place: Place) -> list[Problem]:
    if draft.grade.order <= highest_grade.order:
        return []
    highest = highest_grade.label("th")
    where = replace(place, column="grade")
    return [Problem("pupil.grade_too_high", where, draft.grade.label("th"), highest, warning=True)]


def name_warnings(draft: PupilDraft, place: Place) -> list[Problem]:
    if draft.last_name or not draft.first_name:
        return []
    return [Problem("pupil.last_name_empty", replace(place, column="last_name"), draft.first_name, warning=True)]
