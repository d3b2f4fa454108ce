"""What is stored of a sound, and which of it is played."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from phonics_app.domain.sound import AudioSource
from phonics_app.records import open_store, recordings
from tests import sites
from tests.databases import url_of
from tests.speech.packs import CAT, M, recording

LATER = sites.START + timedelta(hours=1)


@pytest.fixture
def connection(tmp_path):
    store = open_store(url_of(tmp_path / "phonics.db"))
    with store.write() as connection:
        yield connection
    store.close()


def test_what_is_stored_comes_back(connection):
    made, audio = recording(1, CAT, faults=("noisy", "cut_off"), origin="a.zip")
    recordings.insert_recordings(connection, [(made, audio)])
    assert recordings.get_recording(connection, made.id) == made
    assert recordings.get_audio(connection, made.id) == audio
    assert recordings.get_recording(connection, "0" * 32) is None


def test_the_last_that_was_kept_is_played(connection):
    rows = [recording(1, CAT), recording(2, CAT, kept_at=LATER), recording(3, M), recording(4, CAT, kept_at=None)]
    recordings.insert_recordings(connection, rows)
    assert recordings.in_force(connection, CAT.key) == rows[1][0]
    assert recordings.all_in_force(connection) == {CAT.key: rows[1][0], M.key: rows[2][0]}
    assert recordings.in_force(connection, "0" * 32) is None


def test_a_person_s_voice_goes_before_what_was_fetched_later(connection):
    person, fetched = recording(1, CAT), recording(2, CAT, source=AudioSource.GTTS, kept_at=LATER)
    recordings.insert_recordings(connection, [fetched])
    assert recordings.in_force(connection, CAT.key) == fetched[0]
    recordings.insert_recordings(connection, [person])
    assert recordings.in_force(connection, CAT.key) == person[0]
    assert recordings.all_in_force(connection)[CAT.key] == person[0]


def test_a_new_take_replaces_the_undecided_one_of_the_same_person_and_sound_alone(connection):
    undecided = [
        recording(1, CAT, kept_at=None),
        recording(2, M, kept_at=None),
        recording(3, CAT, kept_at=None, recorded_by="other_teacher"),
        recording(4, CAT),
    ]
    recordings.insert_recordings(connection, undecided)
    recordings.insert_take(connection, *recording(5, CAT, kept_at=None))
    left = [number for number in range(1, 6) if recordings.get_recording(connection, f"{number:032x}")]
    assert left == [2, 3, 4, 5]
    assert {t.id[-1] for t in recordings.undecided(connection, "teacher").values()} == {"5", "2"}


def test_keeping(connection):
    take, audio = recording(1, CAT, kept_at=None)
    recordings.insert_take(connection, take, audio)
    assert recordings.in_force(connection, CAT.key) is None
    recordings.keep(connection, take.id, LATER)
    assert recordings.in_force(connection, CAT.key) == replace(take, kept_at=LATER)
    assert recordings.undecided(connection, "teacher") == {}


def test_which_are_known(connection):
    rows = [recording(1, CAT), recording(2, M)]
    recordings.insert_recordings(connection, rows)
    assert recordings.known_digests(connection, [f"{2:032x}", f"{9:032x}"]) == {f"{2:032x}": rows[1][0].digest}
