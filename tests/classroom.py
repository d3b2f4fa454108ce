"""A class that can take a self-run test: every choice item of the bank can be heard."""

from __future__ import annotations

from collections.abc import Callable

from phonics_app.domain.event import Event
from phonics_app.domain.grade import Grade
from phonics_app.domain.school import PupilDraft, Sex
from phonics_app.domain.strand import CHOICE_TASKS
from phonics_app.records.pupils import insert_pupils
from phonics_app.records.recordings import insert_recordings
from phonics_app.speech.sounds import sound_of
from phonics_app.workflows.context import Phonics
from phonics_app.workflows.self_run import SelfTest
from tests import sites
from tests.engine.listening import Device
from tests.speech import packs

GRADE, ROOM = Grade.P3, "2"
NAMES = ("ใบข้าว", "ต้นกล้า", "ฟ้าใส", "ภูผา", "น้ำใส")


def record_everything(phonics: Phonics, levels: range = range(1, 10)) -> None:
    """One and the same sound for all: that there is one is what matters."""
    items = [i for i in phonics.content.bank.active() if i.task in CHOICE_TASKS and i.level in levels]
    sounds = dict.fromkeys(sound for item in items if (sound := sound_of(item)) is not None)
    with phonics.store.write() as connection:
        insert_recordings(connection, [packs.recording(10_000 + n, sound) for n, sound in enumerate(sounds)])


def enrol(phonics: Phonics, year: int = sites.YEAR, count: int = len(NAMES)) -> list[str]:
    """The class; returns the ids of its pupils, in the order of their numbers."""
    drafts = [
        (
            f"c1a55{n:027x}",
            PupilDraft(f"{2001 + n}", "ด.ช.", NAMES[n % len(NAMES)], f"สมมุติ{n}", Sex.MALE, GRADE, ROOM),
        )
        for n in range(count)
    ]
    with phonics.store.write() as connection:
        insert_pupils(connection, sites.SCHOOLS[0].id, year, drafts)
    return [pupil for pupil, _ in drafts]


def whole_test(test: SelfTest, knows: Callable[[float], bool] = lambda difficulty: difficulty < 0) -> list[Event]:
    """The events of such a test, to its end."""
    device = Device(test.ready, test.attempt.spec, test.attempt.id)
    device.sit(knows)
    return device.events
