"""What a command says: text for people, JSON for programs, errors in full."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from phonics_app.domain.codec import encode
from phonics_app.domain.errors import PhonicsError, Problem, ProblemsFound
from phonics_app.locales import LANGUAGES, Translate, translator
from phonics_app.locales.messages import render, render_all

if TYPE_CHECKING:
    from phonics_app.workflows.context import Phonics


@dataclass(frozen=True, slots=True)
class Output:
    """Language and form of a command's output."""

    language: str
    json: bool

    @property
    def translate(self) -> Translate:
        return translator(self.language)

    def show(self, data: object, text: Sequence[str]) -> None:
        """`data` for programs, the lines of `text` for people."""
        if self.json:
            print(json.dumps(encode(data), ensure_ascii=False, indent=2))
        else:
            print("".join(f"{line}\n" for line in text), end="")

    def problems(self, problems: Sequence[Problem]) -> None:
        """Every problem as one line on standard error."""
        for line in render_all(problems, self.language):
            print(line, file=sys.stderr)

    def error(self, error: PhonicsError) -> None:
        """The refusal with all its problems."""
        problems = error.problems if isinstance(error, ProblemsFound) else ()
        if self.json:
            self.show({"error": {"code": error.code, "message": both(error), "problems": describe(problems)}}, ())
        print(render(error, self.language), file=sys.stderr)
        self.problems(problems)

    def progress(self) -> Callable[[float], None]:
        """Shows a share (0–1) of work done on standard error, on one line where that is a terminal."""

        def show(share: float) -> None:
            if sys.stderr.isatty():
                print(f"\r{share:4.0%}", end="\n" if share >= 1 else "", file=sys.stderr, flush=True)

        return show


def both(error: PhonicsError | Problem) -> dict[str, str]:
    """The message in every language of the product."""
    return {language: render(error, language) for language in LANGUAGES}


def describe(problems: Sequence[Problem]) -> list[dict[str, object]]:
    """Problems as JSON data, messages included."""
    return [{**fields_of(problem), "message": both(problem)} for problem in problems]


def fields_of(value: object) -> dict[str, object]:
    """A dataclass as a JSON object, to which more may be added."""
    data = encode(value)
    assert isinstance(data, dict)
    return data


def open_site() -> Phonics:
    """The product as the environment configures it."""
    from phonics_app.workflows.context import open_phonics

    return open_phonics()
