"""Coded errors as sentences: the place in words, then what is wrong, in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from phonics_app.domain.calendar import BUDDHIST_OFFSET
from phonics_app.domain.errors import PhonicsError, Place, Problem
from phonics_app.locales import N_, Translate, translator
from phonics_app.locales.errors import all_messages

_ISO_DAY = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b")
_OF_FILES = "content."
"""What the item bank expected is data: the word *wrong* stays English in a Thai sentence."""
_UNKNOWN = N_("Something is wrong here (code {code}).")


class _Fields(dict[str, object]):
    """Values of a template; one that the error did not bring is shown as a gap, not as another error."""

    def __missing__(self, key: str) -> str:
        return "…"


def render(error: PhonicsError | Problem, language: str) -> str:
    """One line in `language` ("th" or "en"), place included; a code without message is shown as the code."""
    _ = translator(language)
    if isinstance(error, PhonicsError):
        return _sentence(_, error.code, error.data)
    fields = {"value": error.value, "expected": expected_text(error, language)}
    where = _place(_, error.place)
    return f"{where}: {_sentence(_, error.code, fields)}" if where else _sentence(_, error.code, fields)


def render_all(problems: Iterable[Problem], language: str) -> list[str]:
    """One line for each problem, in the order given."""
    return [render(problem, language) for problem in problems]


def expected_text(problem: Problem, language: str) -> str:
    """What was expected, in the reader's words: days are written as in Thailand, 16/5/2570."""
    if problem.code.startswith(_OF_FILES):
        return problem.expected
    text = _known(translator(language), problem.expected)
    return _ISO_DAY.sub(_thai_day, text) if language == "th" else text


def _thai_day(found: re.Match[str]) -> str:
    year, month, day = map(int, found.groups())
    return f"{day}/{month}/{year + BUDDHIST_OFFSET}"


def _sentence(_: Translate, code: str, fields: Mapping[str, object]) -> str:
    template = _(all_messages().get(code, _UNKNOWN))
    return template.format_map(_Fields({"code": code, **fields}))


def _place(_: Translate, place: Place) -> str:
    if not (place.file or place.sheet or place.row is not None):
        # A form has fields, not columns.
        return _known(_, place.column)
    parts = [
        _("file {name}").format(name=place.file) if place.file else "",
        _("sheet {name}").format(name=place.sheet) if place.sheet else "",
        _("row {number}").format(number=place.row) if place.row is not None else "",
        _("column {name}").format(name=_known(_, place.column)) if place.column else "",
    ]
    return ", ".join(part for part in parts if part)


def _known(_: Translate, text: str) -> str:
    """`text` translated if a catalogue has it (names of fields, descriptions of what was expected), else as it is."""
    return _(text) if text else ""
