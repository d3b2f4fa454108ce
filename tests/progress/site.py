"""The site of `tests.sites` with pupils, tests and decisions, written straight into its tables."""

from __future__ import annotations

from datetime import timedelta

from phonics_app.domain.calendar import Round
from phonics_app.domain.grade import Grade
from tests import sites
from tests.progress.builder import Builder, moment

NOW = Round(2569, 1)
BEFORE = Round(2568, 2)
FIRST, SECOND, _THIRD, _FOURTH, NETWORK, OTHER_NETWORK = (school.id for school in sites.SCHOOLS)


def due_class(school_id: str = FIRST) -> Builder:
    """A class of ป.3/2 with one pupil for each thing that can be due, and one archived."""
    built = Builder()
    names = {}
    for number, name in enumerate(("resume", "decide", "first", "again", "nothing", "spoiled"), start=8):
        names[name] = built.pupil(school_id, Grade.P3, "2", number=str(number))
    built.pupil(school_id, Grade.P3, "2", number="1", archived=True)
    built.tested(names["resume"], school_id, moment(BEFORE), 3)
    built.attempt(names["resume"], school_id, moment(NOW, 5), "open")
    built.tested(names["decide"], school_id, moment(BEFORE), 2)
    built.result(built.attempt(names["decide"], school_id, moment(NOW, 5)), 4)
    built.tested(names["again"], school_id, moment(BEFORE), 5)
    built.tested(names["nothing"], school_id, moment(BEFORE), 5)
    key = built.tested(names["nothing"], school_id, moment(NOW, 5), 6)
    built.placement(key, 7, proposed=6, minutes=60)
    built.tested(names["spoiled"], school_id, moment(NOW, 5), 9, "discarded")
    return built


def two_rounds(simulated: bool = False) -> Builder:
    """Two municipal schools and two of the network, tested in two rounds; in all, 3 × 8 pupils a school."""
    built = Builder(simulated=simulated)
    for offset, school_id in enumerate((FIRST, SECOND, NETWORK, OTHER_NETWORK)):
        for number in range(24):
            grade = (Grade.P1, Grade.P3, Grade.P6)[number % 3]
            pupil = built.pupil(school_id, grade, str(1 + number % 2), 2568)
            built.enrol(pupil, school_id, list(Grade)[grade.order + 1], str(1 + number % 2), 2569)
            level = 1 + (number + offset) % 5
            if number % 6:
                built.tested(pupil, school_id, moment(BEFORE, number), level)
            if number % 8:
                built.tested(pupil, school_id, moment(NOW, number), min(level + number % 3, 9))
    return built


def fill(phonics, built: Builder):
    """Inserts what was built; the clock goes on to July, past all tests of term 1."""
    with phonics.store.write() as connection:
        built.insert(connection)
    return phonics


def at_year_end(clock) -> None:
    """Past every test of `two_rounds`."""
    clock.time = moment(NOW, 75) + timedelta(hours=1)
