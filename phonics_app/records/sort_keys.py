"""Keys by which lists are sorted in the database: made of what a person reads, stored beside it."""

from __future__ import annotations

from sqlalchemy.engine.default import DefaultExecutionContext

from phonics_app.domain.grade import Grade
from phonics_app.records.writing import natural_sort_key, thai_sort_key


def name_key(first_name: str, last_name: str) -> str:
    """Sorts pupils as a Thai list of names does: by first name, then last name; the prefix does not count."""
    return f"{thai_sort_key(first_name)}\x01{thai_sort_key(last_name)}"


def class_key(grade: Grade, room: str) -> str:
    """Sorts classes by grade in school order, then room: room 2 before 10."""
    return f"{grade.order:02d}{natural_sort_key(room)}"


def _inserted(context: DefaultExecutionContext) -> dict[str, str]:
    return context.get_current_parameters()  # type: ignore[no-untyped-call,no-any-return]


def of_name(context: DefaultExecutionContext) -> str:
    """Default of a column, from the row that is inserted."""
    row = _inserted(context)
    return name_key(row["first_name"], row["last_name"])


def of_number(context: DefaultExecutionContext) -> str:
    return natural_sort_key(_inserted(context)["number"])


def of_class(context: DefaultExecutionContext) -> str:
    row = _inserted(context)
    return class_key(Grade(row["grade"]), row["room"])
