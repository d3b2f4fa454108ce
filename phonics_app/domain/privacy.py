"""Lawful bases of keeping a pupil's data (PDPA B.E. 2562), and what a site tells about itself in its notices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from phonics_app.domain.school import Pupil

NOTICE_VERSION = "2569-11"
"""Of the notice's text: raised whenever its meaning changes, and noted with each basis."""


class Basis(Enum):
    """Sections of the act beside each. What needs none of them is not kept at all."""

    PUBLIC_TASK = "public_task"
    """s.24 (4): the school's public task of teaching."""
    LEGAL_DUTY = "legal_duty"
    """s.24 (6)."""
    CONSENT = "consent"
    """s.19; of those under ten by a parent alone (s.20)."""
    VITAL = "vital"
    """s.24 (2)."""
    LEGITIMATE = "legitimate"
    """s.24 (5)."""
    WITHDRAWN = "withdrawn"
    """Consent was taken back: from then on there is no basis."""


class BasisSource(Enum):
    """Where it stands on paper or otherwise."""

    PAPER = "paper"
    E_FORM = "e_form"
    DECISION = "decision"
    """A decision of the school or the municipality."""


@dataclass(frozen=True, slots=True)
class LawfulBasis:
    """One record. `notice`: version of the notice in force when it was noted."""

    pupil_id: str
    basis: Basis
    given_on: date
    source: BasisSource
    notice: str
    noted_by: str
    noted_at: datetime


@dataclass(frozen=True, slots=True)
class PupilBasis:
    """A pupil with what counts now, None where nothing was ever noted."""

    pupil: Pupil
    latest: LawfulBasis | None

    @property
    def without(self) -> bool:
        return self.latest is None or self.latest.basis is Basis.WITHDRAWN


@dataclass(frozen=True, slots=True)
class PrivacySettings:
    """Who answers for the data, as notices say it."""

    controller_th: str = ""
    controller_en: str = ""
    contact: str = ""
    """Address, telephone, e-mail."""
    officer: str = ""
    """Name or office of the data protection officer, and how to reach him."""
    basis: Basis = Basis.PUBLIC_TASK
    """What notices state as the ground."""
    kept_years: int = 5
    """Years for which a pupil's results are kept after he has left."""

    @property
    def complete(self) -> bool:
        return bool(self.controller_th and self.contact)
