"""A site for browser tests: the schools and accounts of `tests.sites`, and a few invented pupils."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from phonics_app.domain.calendar import Round
from phonics_app.domain.grade import Grade
from phonics_app.domain.school import PupilDraft, Sex
from phonics_app.records import open_store
from phonics_app.records.pupils import insert_pupils
from tests import databases, sites


@dataclass(frozen=True)
class SomePupil:
    id: str
    draft: PupilDraft


def _pupil(n: int, prefix: str, first: str, last: str, sex: Sex, grade: Grade) -> SomePupil:
    return SomePupil(f"90{n:030x}", PupilDraft(f"{1000 + n}", prefix, first, last, sex, grade, "1"))


K1_PUPIL = _pupil(1, "ด.ญ.", "ใบข้าว", "สมมุติวงศ์", Sex.FEMALE, Grade.K1)
P1_PUPIL = _pupil(2, "ด.ช.", "ต้นกล้า", "สมมุติสกุล", Sex.MALE, Grade.P1)
P4_PUPIL = _pupil(3, "ด.ญ.", "ฟ้าใส", "จำลองกิจ", Sex.FEMALE, Grade.P4)
M2_PUPIL = _pupil(4, "ด.ช.", "ภูผา", "ทดลองเรียน", Sex.MALE, Grade.M2)
PUPILS = (K1_PUPIL, P1_PUPIL, P4_PUPIL, M2_PUPIL)


def make_school(folder: Path) -> Path:
    """An OWN site with `PUPILS` at the first school, in this academic year; returns its database file."""
    folder.mkdir(parents=True, exist_ok=True)
    path = sites.make_own(folder)
    store = open_store(databases.url_of(path))
    with store.write() as connection:
        year = Round.of(date.today()).year
        insert_pupils(connection, sites.SCHOOLS[0].id, year, [(p.id, p.draft) for p in PUPILS])
    store.close()
    return path
