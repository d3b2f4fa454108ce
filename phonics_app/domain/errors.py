"""Errors that carry a code and data; the screen turns the code into Thai or English.

`Problem` is one thing wrong in somebody's input, with its place. All problems of an input are
collected and raised (or returned) together, so that a person can mend them in one go.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: any part may be unknown (empty or None)."""

    file: str = ""
    sheet: str = ""
    row: int | None = None
    """1-based, as the person sees it in the spreadsheet or text editor."""
    column: str = ""
    """Header text of the column, or a field's name."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: its code (see `locales.messages`), place, offending value and what was expected."""

    code: str
    place: Place = field(default_factory=Place)
    value: str = ""
    expected: str = ""
    warning: bool = False
    """A warning is shown but does not stop the work."""


class PhonicsError(Exception):
    """Base of every error that a user may meet. `code` names the message, `data` fills it."""

    def __init__(self, code: str, data: Mapping[str, object] | None = None) -> None:
        super().__init__(code if not data else f"{code} {dict(data)}")
        self.code = code
        self.data: dict[str, object] = dict(data or {})


class ProblemsFound(PhonicsError):
    """The input was refused; nothing was stored. `problems` lists every fault."""

    def __init__(self, problems: Iterable[Problem], code: str = "input.problems") -> None:
        self.problems = tuple(problems)
        super().__init__(code, {"count": len(self.problems)})
        # For logs and tracebacks alone: what people read is made of each problem, in their language.
        self.args = (f"{code}: " + "; ".join(f"{p.code} {p.place} {p.value!r}" for p in self.problems[:3]),)


class NotAllowed(PhonicsError):
    """The actor's roles do not permit the action on that school."""


class NotFound(PhonicsError):
    """No such thing (or none that the actor may know of)."""


class Conflict(PhonicsError):
    """The request contradicts what is stored already."""
