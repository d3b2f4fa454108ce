"""Grades of the Thai school system (อ.1–ม.6) and the programme's three stages."""

from __future__ import annotations

from enum import Enum


class Stage(Enum):
    """The programme's three stages of content."""

    KINDERGARTEN = "kindergarten"
    PRIMARY = "primary"
    SECONDARY = "secondary"


_STAGES = {"K": Stage.KINDERGARTEN, "P": Stage.PRIMARY, "M": Stage.SECONDARY}
_THAI = {"K": "อ.", "P": "ป.", "M": "ม."}


class Grade(Enum):
    """A grade, in school order. The value is the code kept in files and the database."""

    K1 = "K1"
    K2 = "K2"
    K3 = "K3"
    P1 = "P1"
    P2 = "P2"
    P3 = "P3"
    P4 = "P4"
    P5 = "P5"
    P6 = "P6"
    M1 = "M1"
    M2 = "M2"
    M3 = "M3"
    M4 = "M4"
    M5 = "M5"
    M6 = "M6"

    @property
    def stage(self) -> Stage:
        return _STAGES[self.value[0]]

    @property
    def order(self) -> int:
        """Position in school order, from 0."""
        return list(Grade).index(self)

    def label(self, language: str) -> str:
        """The usual short name: "ป.3" in Thai, "P3" in English."""
        return self.value if language == "en" else _THAI[self.value[0]] + self.value[1]
