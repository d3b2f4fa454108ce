"""A piece of content in both languages of the product."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """Content (an instruction, a rubric line, a school's name) in Thai and English.

    Interface texts are not `Text`: they live in the gettext catalogues of `locales/`.
    """

    th: str
    en: str

    def in_language(self, language: str) -> str:
        """The text in `language` ("th" or "en"); the other one where this is empty."""
        first, second = (self.en, self.th) if language == "en" else (self.th, self.en)
        return first or second
