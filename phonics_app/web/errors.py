"""Coded errors as HTTP answers."""

from __future__ import annotations

from phonics_app.domain.codec import encode
from phonics_app.domain.errors import Conflict, NotAllowed, NotFound, PhonicsError, Problem, ProblemsFound
from phonics_app.locales.messages import render


class TooLarge(PhonicsError):
    """The request's body is larger than this route takes."""


class NotSignedIn(PhonicsError):
    """There is no live session."""


# Most special first: the first class that fits gives the status.
_STATUS: tuple[tuple[type[PhonicsError], int], ...] = (
    (NotSignedIn, 401),
    (NotAllowed, 403),
    (NotFound, 404),
    (Conflict, 409),
    (TooLarge, 413),
    (ProblemsFound, 422),
)


def status_of(error: PhonicsError) -> int:
    """The HTTP status that tells what kind of refusal this is; 500 where it is the server's own fault."""
    # What is wrong with a backup, or with the place that it should go to, is for the person there to mend.
    otherwise = 422 if error.code.startswith("backup.") else 500
    return next((status for kind, status in _STATUS if isinstance(error, kind)), otherwise)


def error_body(error: PhonicsError, language: str) -> dict[str, object]:
    """`{"error": {code, message, data, problems}}`, in `language`."""
    problems = error.problems if isinstance(error, ProblemsFound) else ()
    return {
        "error": {
            "code": error.code,
            "message": render(error, language),
            "data": encode(error.data),
            "problems": [_problem(problem, language) for problem in problems],
        }
    }


def _problem(problem: Problem, language: str) -> dict[str, object]:
    encoded = encode(problem)
    assert isinstance(encoded, dict)
    return {**encoded, "message": render(problem, language)}
