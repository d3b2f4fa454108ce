"""Which audio is played, and fetching it beforehand, over a real site."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from phonics_app.domain.errors import NotFound
from phonics_app.domain.sound import AudioSource, Licence, Sound, SoundKind
from phonics_app.locales.messages import render
from phonics_app.records import audit
from phonics_app.records.recordings import insert_recordings
from phonics_app.speech import espeak
from phonics_app.speech.fetching import Manners
from phonics_app.workflows import bank_editor, speech
from phonics_app.workflows.speech import fetch_audio, find_audio, find_item_audio, list_audio
from tests.speech.fake_google import VOICE, Answer, fake_google
from tests.speech.packs import M, recording
from tests.workflows.items import GOOD

AT_ONCE = Manners(pause=0.0, back_off=())
AT = Sound(SoundKind.WORD, "at")


@pytest.fixture
def no_synthesis(monkeypatch):
    monkeypatch.setattr(espeak, "_PACKAGE", "no_such_package")
    speech._made_sounds.clear()
    yield
    speech._made_sounds.clear()


def store(phonics, *rows):
    with phonics.store.write() as connection:
        insert_recordings(connection, rows)


def state_of(phonics, actor, sound):
    return next(state for state in list_audio(phonics, actor) if state.needed.sound == sound)


def test_the_sounds_of_the_shipped_bank(phonics, people):
    states = list_audio(phonics, people.teacher)
    kinds = Counter(state.needed.sound.kind for state in states)
    assert sum(state.needed.sound.elementary for state in states) == 44
    words = {item.stimulus for item in phonics.content.bank.active() if item.task.value == "read_word"}
    assert words <= {state.needed.sound.text for state in states if state.needed.sound.kind is SoundKind.WORD}
    assert kinds[SoundKind.PSEUDO_WORD] > 200
    assert all(state.needed.sound.sensible for state in states)
    assert [state.needed.sound.kind for state in states] == sorted(
        (state.needed.sound.kind for state in states), key=list(SoundKind).index
    )


def test_a_phoneme_brings_what_helps_to_say_it(phonics, people):
    needed = state_of(phonics, people.teacher, Sound(SoundKind.PHONEME, phonemes=("SH",))).needed
    assert (needed.grapheme, needed.ipa, needed.example, needed.level) == ("sh", "/ʃ/", "ship", 4)


def test_a_person_before_what_was_fetched_before_synthesis(phonics, people):
    pytest.importorskip("espeakng_loader")
    teacher = people.teacher
    synthetic = find_audio(phonics, teacher, AT.key)
    assert (synthetic.source, state_of(phonics, teacher, AT).source) == (AudioSource.ESPEAK, AudioSource.ESPEAK)
    fetched, content = recording(1, AT, source=AudioSource.GTTS)
    store(phonics, (fetched, content))
    assert find_audio(phonics, teacher, AT.key).source is AudioSource.GTTS
    spoken, voice = recording(2, AT, 300.0)
    store(phonics, (spoken, voice))
    found = find_audio(phonics, teacher, AT.key)
    assert (found.source, found.content, found.digest) == (AudioSource.PERSON, voice, spoken.digest)
    assert state_of(phonics, teacher, AT).recording == spoken


@pytest.mark.parametrize(
    ("sound", "thai", "english"),
    [
        (M, "ให้ครูออกเสียง /m/ เหมือนในคำ “map”", "Say /m/, as in “map”."),
        (AT, "ให้ครูพูดคำว่า “at”", "Say “at”."),
        (Sound(SoundKind.PSEUDO_WORD, "tep", ("T", "EH", "P")), "“tep” /tɛp/", "Say “tep”, /tɛp/."),
    ],
)
def test_without_audio_the_teacher_is_told_what_to_say(phonics, people, no_synthesis, sound, thai, english):
    with pytest.raises(NotFound) as caught:
        find_audio(phonics, people.teacher, sound.key)
    assert thai in render(caught.value, "th")
    assert render(caught.value, "en").endswith(english)
    assert state_of(phonics, people.teacher, sound).source is None


def test_a_sound_that_nobody_knows(phonics, people):
    with pytest.raises(NotFound, match=r"audio\.unknown"):
        find_audio(phonics, people.teacher, "0" * 32)


def few_words(phonics):
    """The site with a bank of five words, so that a fetch is short."""
    bank = phonics.content.bank
    words = [item for item in bank.items if item.task.value == "read_word"][:5]
    return replace(phonics, shipped=replace(phonics.content, bank=replace(bank, items=tuple(words))))


def fetch_all(phonics, actor, fake, told=None):
    return fetch_audio(phonics, actor, lambda *share: told.append(share) if told is not None else None, fake, AT_ONCE)


def test_fetching_stores_every_word_and_says_how_far_it_is(phonics, people):
    site, told = few_words(phonics), []
    with fake_google() as fake:
        report = fetch_all(site, people.administrator, fake.client(), told)
        assert len(fake.asked) == 5
        assert (report.fetched, report.failed, report.left) == (5, (), 0)
        again = fetch_all(site, people.administrator, fake.client())
        assert (again.fetched, len(fake.asked)) == (0, 5)
    assert told == [(n, 5) for n in range(6)]
    words = [s for s in list_audio(site, people.teacher) if s.needed.sound.kind is SoundKind.WORD]
    assert {state.source for state in words} == {AudioSource.GTTS}
    assert {state.recording.licence for state in words} == {Licence.SITE_ONLY}
    assert find_audio(site, people.teacher, words[0].needed.sound.key).content != VOICE


def test_a_fetch_that_was_broken_off_goes_on(phonics, people):
    site = few_words(phonics)

    class BrokenOff(Exception):
        pass

    def stop(done, of):
        if done == 2:
            raise BrokenOff

    with fake_google() as fake:
        with pytest.raises(BrokenOff):
            fetch_audio(site, people.administrator, stop, fake.client(), AT_ONCE)
        report = fetch_all(site, people.administrator, fake.client())
        assert report.fetched == 3
        assert len(fake.asked) == len(set(fake.asked)) == 5


def test_failures_are_counted_and_the_rest_is_left(phonics, people):
    site = few_words(phonics)
    with fake_google(lambda text: Answer(503)) as fake:
        report = fetch_all(site, people.administrator, fake.client())
    assert (report.fetched, [p.code for p in report.failed], report.left) == (0, ["fetch.refused"] * 3, 2)
    with phonics.store.read() as connection:
        (act,) = [entry for entry in audit.entries(connection) if entry.action == "audio.fetched"]
    assert act.data == {"fetched": 0, "failed": 3, "left": 2}


def test_words_that_a_person_recorded_are_not_fetched(phonics, people):
    site = few_words(phonics)
    words = [s.needed.sound for s in list_audio(site, people.teacher) if s.needed.sound.kind is SoundKind.WORD]
    store(site, recording(99, words[0]))
    with fake_google() as fake:
        fetch_all(site, people.administrator, fake.client())
        assert fake.asked == [word.text for word in words[1:]]


def test_hearing_never_asks_the_network(phonics, people, monkeypatch, no_synthesis):
    import socket

    def refuse(*_):
        raise AssertionError("a test must not wait for the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    for state in list_audio(phonics, people.teacher)[:100]:
        with pytest.raises(NotFound):
            find_audio(phonics, people.teacher, state.needed.sound.key)


def test_an_item_can_be_heard_before_it_is_in_the_bank(phonics, people, no_synthesis):
    item = bank_editor.check_form(phonics, people.teacher, GOOD).item
    with pytest.raises(NotFound) as found:
        find_item_audio(phonics, people.teacher, item)
    assert "“chom”, /tʃɑm/" in render(found.value, "en")
    spoken, voice = recording(1, Sound(SoundKind.PSEUDO_WORD, "chom", ("CH", "AA", "M")))
    store(phonics, (spoken, voice))
    assert find_item_audio(phonics, people.teacher, item).content == voice


def test_what_to_say_for_the_sound_of_a_shipped_item(phonics, people, no_synthesis):
    asked = next(item for item in phonics.content.bank.active(4) if item.stimulus == "sh")
    with pytest.raises(NotFound) as found:
        find_item_audio(phonics, people.director, asked)
    assert "/ʃ/" in render(found.value, "th")
    assert "ship" in render(found.value, "th")
    several = next(item for item in phonics.content.bank.active() if item.task.value == "rhyme")
    assert find_item_audio(phonics, people.director, several) is None


def test_what_was_made_beforehand_is_not_made_again(phonics, people, monkeypatch):
    """A few at a time, each once: a class must not wait for it, nor start a program for each of its pupils."""
    pytest.importorskip("espeakng_loader")
    speech._made_sounds.clear()
    started, really = [], espeak._run
    monkeypatch.setattr(espeak, "_run", lambda request: started.append(request) or really(request))
    spoken, voice = recording(1, AT)
    store(phonics, (spoken, voice))
    words = [s.needed.sound for s in list_audio(phonics, people.teacher) if s.needed.sound.kind is SoundKind.WORD][:12]
    assert speech.make_sounds(phonics, {sound.key for sound in [*words, AT]}) == len([w for w in words if w != AT])
    assert len(started) == 2
    assert all(find_audio(phonics, people.teacher, word.key).content for word in words)
    assert speech.make_sounds(phonics, {word.key for word in words}) > 0
    assert len(started) == 2
