"""A site in the middle of a term: classes, finished and unfinished tests, decisions, O-NET results.

Built through the real workflows; the pupils are invented, and their answers follow a rule.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from phonics_app.domain.account import SYSTEM
from phonics_app.domain.event import Event
from phonics_app.domain.event import EventKind as K
from phonics_app.domain.grade import Grade
from phonics_app.domain.onet import OnetResult
from phonics_app.domain.school import PupilDraft, Sex
from phonics_app.engine import administration
from phonics_app.engine.state import Show
from phonics_app.records.pupils import insert_pupils
from phonics_app.workflows import assess
from phonics_app.workflows.context import Phonics
from phonics_app.workflows.onet import save_onet_result
from phonics_app.workflows.rounds import current_round
from tests import sites
from tests.engine.synthetic import Diary

FIRST_NAMES = ("ใบข้าว", "ต้นกล้า", "ฟ้าใส", "ภูผา", "น้ำใส", "ข้าวหอม", "ตะวัน", "ขวัญใจ", "เมฆา", "ดาริน")
LAST_NAMES = ("สมมุติวงศ์", "จำลองกิจ", "ทดลองเรียน", "ตัวอย่างดี")
CLASSES = ((0, Grade.P1, "1"), (0, Grade.P2, "1"), (0, Grade.P2, "2"), (1, Grade.P2, "1"), (4, Grade.P2, ""))
"""Index of the school, grade, room."""
CLASS_SIZE = 8
EXPECTED = {Grade.P1: 4, Grade.P2: 5}


@dataclass(frozen=True)
class Busy:
    """`finished`: a decided test of the first class; `undecided` and `open`: tests of the same class."""

    phonics: Phonics
    pupils: dict[tuple[int, Grade, str], list[str]]
    finished: str
    undecided: str
    open: str


def sit(phonics: Phonics, attempt_id: str, pupil_id: str, level: int) -> None:
    """A whole test of a pupil who reads nearly everything below `level` and little from it on."""
    sitting = assess.start_attempt(phonics, SYSTEM, attempt_id, pupil_id)
    assess.append_events(phonics, SYSTEM, attempt_id, diary_of(sitting, level))


def diary_of(sitting: assess.Sitting, level: int) -> list[Event]:
    """The events of such a test, to its end."""
    diary, state = Diary(), administration.start(sitting.plan, sitting.attempt.spec)
    state = administration.apply(state, diary.add(K.ATTEMPT_STARTED))
    while isinstance(state.next, Show):
        block = next(b for b in sitting.plan.blocks if b.id == state.next.block_id)
        state = administration.apply(state, diary.add(K.BLOCK_SHOWN, block=block.id))
        wrong = block.items[1:] if block.level >= level else block.items[-1:]
        for item in wrong:
            state = administration.apply(state, diary.add(K.ITEM_MARKED, block=block.id, item=item, mark="incorrect"))
        state = administration.apply(state, diary.add(K.BLOCK_FINISHED, block=block.id, last_item=block.items[-1]))
    diary.add(K.ATTEMPT_FINISHED, reason=state.next.reason.value)
    return diary.events


def attempt_id(n: int) -> str:
    return f"a7{n:030x}"


def build(template: Path, data_dir: Path, now: datetime) -> Busy:
    """The site in `data_dir`, made from the database file `template` (`sites.make_own`)."""
    clock = sites.Clock(now)
    phonics = sites.open_copy(template, data_dir, clock)
    pupils = enrol(phonics)
    clock.time = now - timedelta(days=190)
    give_tests(phonics, pupils, first_id=0, level_down=1, share=0.75)
    clock.time = now - timedelta(days=2)
    give_tests(phonics, pupils, first_id=1000, level_down=0, share=0.75)
    mine = pupils[CLASSES[0]]
    sit(phonics, attempt_id(5000), mine[-2], 3)
    assess.start_attempt(phonics, SYSTEM, attempt_id(5001), mine[-1])
    clock.time = now
    onet_results(phonics)
    return Busy(replace(phonics, now=lambda: now), pupils, attempt_id(1000), attempt_id(5000), attempt_id(5001))


def enrol(phonics: Phonics) -> dict[tuple[int, Grade, str], list[str]]:
    year, n, made = current_round(phonics).year, 0, {}
    for school, grade, room in CLASSES:
        rows = []
        for _ in range(CLASS_SIZE):
            girl = n % 2 == 0
            names = FIRST_NAMES[n % len(FIRST_NAMES)], LAST_NAMES[n % len(LAST_NAMES)]
            sex = Sex.FEMALE if girl else Sex.MALE
            rows.append(
                (f"90{n:030x}", PupilDraft(f"{1001 + n}", "ด.ญ." if girl else "ด.ช.", *names, sex, grade, room))
            )
            n += 1
        with phonics.store.write() as connection:
            insert_pupils(connection, sites.SCHOOLS[school].id, year, rows)
            insert_earlier(connection, sites.SCHOOLS[school].id, year - 1, rows)
        made[school, grade, room] = [pupil_id for pupil_id, _draft in rows]
    return made


def insert_earlier(connection, school_id, year, rows) -> None:
    """The same pupils one year before, so that a test of last year has a class."""
    from sqlalchemy import insert

    from phonics_app.records.schema import enrolment

    values = [
        {"pupil_id": pupil_id, "year": year, "school_id": school_id, "grade": draft.grade.value, "room": draft.room}
        for pupil_id, draft in rows
    ]
    connection.execute(insert(enrolment), values)


def give_tests(phonics: Phonics, pupils, first_id: int, level_down: int, share: float) -> None:
    n = first_id
    for (_school, grade, _room), ids in pupils.items():
        for index, pupil_id in enumerate(ids[: round(len(ids) * share)]):
            level = max(2, EXPECTED[grade] - level_down + (index % 4) - 1)
            sit(phonics, attempt_id(n), pupil_id, level)
            proposed = assess.compute_result(phonics, SYSTEM, attempt_id(n)).proposed_level
            if index == 2:
                assess.decide_placement(phonics, SYSTEM, attempt_id(n), min(proposed + 1, 9), "อ่านในชั้นได้ดีกว่านี้")
            else:
                assess.decide_placement(phonics, SYSTEM, attempt_id(n), proposed)
            n += 1


def onet_results(phonics: Phonics) -> None:
    for school in sites.SCHOOLS[:2]:
        for i, year in enumerate(range(2562, 2568)):
            result = OnetResult(
                school.id, year, Grade.P6, 60 - 3 * i, 33.5 + 1.7 * i, 12.1, 78.0, 12.5, 0.12 + 0.02 * i
            )
            save_onet_result(phonics, SYSTEM, result)
