"""Takes from the studio: stored, treated, measured, kept — and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from phonics_app.domain.errors import Conflict, NotFound, ProblemsFound
from phonics_app.domain.sound import AudioSource, Licence, Sound, SoundKind
from phonics_app.records import audit
from phonics_app.workflows.speech import find_audio, list_audio
from phonics_app.workflows.takes import (
    PHONEMES,
    NewTake,
    add_take,
    delete_take,
    keep_take,
    recording_sets,
    take_audio,
    to_record,
)
from tests import sites
from tests.speech import signals
from tests.speech.packs import M

AT = Sound(SoundKind.WORD, "at")


def new_take(number=1, sound=M, **changes):
    take = NewTake(f"{number:032x}", sound, signals.wav(), sites.START, " ครูสมศรี ", Licence.CC_BY, consent=True)
    return replace(take, **changes)


def state_of(phonics, actor, sound):
    return next(state for state in list_audio(phonics, actor) if state.needed.sound == sound)


def test_the_sets(phonics, people):
    assert recording_sets(phonics) == (PHONEMES, *map(str, range(1, 10)))
    assert len(to_record(phonics, people.teacher, PHONEMES)) == 44
    level = to_record(phonics, people.teacher, "3")
    kinds = [state.needed.sound.kind for state in level]
    assert {state.needed.level for state in level} == {3}
    assert kinds[0] is SoundKind.PHONEME
    assert kinds == sorted(kinds, key=list(SoundKind).index)
    everything = sum(len(to_record(phonics, people.teacher, name)) for name in recording_sets(phonics)[1:])
    assert everything == len(list_audio(phonics, people.teacher))


@pytest.mark.parametrize("name", ["0", "10", "", "phoneme"])
def test_a_set_that_is_none(phonics, people, name):
    with pytest.raises(NotFound, match=r"audio\.no_set"):
        to_record(phonics, people.teacher, name)


def test_a_take_is_stored_treated_and_measured(phonics, people):
    made = add_take(phonics, people.teacher, new_take())
    assert (made.speaker, made.recorded_by, made.source, made.kept_at) == (
        "ครูสมศรี",
        "teacher",
        AudioSource.PERSON,
        None,
    )
    assert made.seconds == pytest.approx(0.88, abs=0.05)
    assert made.faults == ()
    audio = take_audio(phonics, people.teacher, made.id)
    assert (audio.digest, audio.sound) == (made.digest, M)
    assert len(audio.content) < 6_000
    assert state_of(phonics, people.teacher, M).take == made
    assert state_of(phonics, people.other_teacher, M).take is None


def test_a_take_sent_twice_is_stored_once(phonics, people):
    first = add_take(phonics, people.teacher, new_take())
    assert add_take(phonics, people.teacher, new_take()) == first
    keep_take(phonics, people.teacher, first.id)
    assert add_take(phonics, people.teacher, new_take()).kept_at is not None


@pytest.mark.parametrize("changes", [{"sound": AT}, {}])
def test_a_number_that_is_taken(phonics, people, changes):
    add_take(phonics, people.teacher, new_take())
    actor = people.teacher if changes else people.other_teacher
    with pytest.raises(Conflict, match=r"take\.id_taken"):
        add_take(phonics, actor, new_take(**changes))


REFUSED = {
    "take.no_consent": {"consent": False},
    "take.id_bad": {"id": "1"},
    "take.sound_bad": {"sound": Sound(SoundKind.WORD, "")},
    "take.no_timezone": {"recorded_at": sites.START.replace(tzinfo=None)},
    "take.speaker_long": {"speaker": "ก" * 301},
    "take.silent": {"wav": signals.wav(level=0.0)},
    "audio.not_wav": {"wav": b"no audio"},
    "audio.too_short": {"wav": signals.wav(lead=0.0, tail=0.0, voice=0.03)},
}


@pytest.mark.parametrize(("code", "changes"), REFUSED.items(), ids=REFUSED)
def test_takes_that_are_refused(phonics, people, code, changes):
    with pytest.raises(ProblemsFound) as caught:
        add_take(phonics, people.teacher, new_take(**changes))
    assert [problem.code for problem in caught.value.problems] == [code]
    assert not any(state.take for state in list_audio(phonics, people.teacher))


def test_what_is_wrong_with_a_take_is_kept_with_it(phonics, people):
    made = add_take(phonics, people.teacher, new_take(wav=signals.wav(level=1.6, lead=0.0)))
    assert made.faults == ("clipped", "cut_off")


def test_a_device_whose_clock_is_ahead(phonics, people):
    made = add_take(phonics, people.teacher, new_take(recorded_at=sites.START + timedelta(days=400)))
    assert made.recorded_at == sites.START


def test_keeping_a_take(phonics, people):
    take = add_take(phonics, people.teacher, new_take())
    kept = keep_take(phonics, people.teacher, take.id)
    assert kept.kept_at == phonics.now()
    assert keep_take(phonics, people.teacher, take.id) == kept
    assert find_audio(phonics, people.director, M.key).digest == take.digest
    with phonics.store.read() as connection:
        acts = [entry for entry in audit.entries(connection) if entry.action == "recording.kept"]
    assert [(act.account_id, act.subject) for act in acts] == [("teacher", take.id)]


def test_nobody_keeps_another_person_s_take(phonics, people):
    take = add_take(phonics, people.teacher, new_take())
    with pytest.raises(NotFound, match=r"take\.none"):
        keep_take(phonics, people.other_teacher, take.id)


def kept(phonics, actor, number):
    return keep_take(phonics, actor, add_take(phonics, actor, new_take(number)).id)


def test_a_deleted_one_is_gone_and_the_one_before_is_played(phonics, people):
    first, second = kept(phonics, people.teacher, 1), kept(phonics, people.teacher, 2)
    assert delete_take(phonics, people.teacher, second.id) == first
    assert state_of(phonics, people.teacher, M).recording == first
    with pytest.raises(NotFound, match=r"take\.none"):
        take_audio(phonics, people.teacher, second.id)
    assert delete_take(phonics, people.teacher, first.id) is None
    assert state_of(phonics, people.teacher, M).recording is None
    with phonics.store.read() as connection:
        deleted = [entry for entry in audit.entries(connection) if entry.action == "recording.deleted"]
    assert {entry.subject for entry in deleted} == {first.id, second.id}


def test_whose_recording_may_be_deleted(phonics, people):
    made = kept(phonics, people.teacher, 1)
    for actor, recording_id in ((people.other_teacher, made.id), (people.teacher, "f" * 32)):
        with pytest.raises(NotFound, match=r"take\.none"):
            delete_take(phonics, actor, recording_id)
    # The speaker may have left the school.
    assert delete_take(phonics, people.administrator, made.id) is None
