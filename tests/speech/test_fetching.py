"""Many texts: every outcome told, politely, and an end when the service is away."""

from __future__ import annotations

import pytest

from phonics_app.domain.sound import Sound, SoundKind
from phonics_app.speech.audio_files import read_mp3
from phonics_app.speech.fetching import GIVE_UP_AFTER, Manners, fetch
from phonics_app.speech.google import Google
from phonics_app.speech.take import measure
from tests.speech.fake_google import Answer, fake_google, unused_address
from tests.speech.signals import as_mp3, take

AT_ONCE = Manners(pause=0.0, back_off=(0.0, 0.0))
WORDS = [Sound(SoundKind.WORD, text) for text in ("cat", "dog", "sun", "pin", "red", "leg")]


def test_every_word_is_fetched_once_and_in_order():
    with fake_google() as fake:
        outcomes = list(fetch(WORDS, fake.client(), AT_ONCE))
        assert fake.asked == [sound.text for sound in WORDS]
    assert [outcome.sound for outcome in outcomes] == WORDS
    assert not any(outcome.failure for outcome in outcomes)


def test_what_was_fetched_is_treated_as_a_take_is():
    with fake_google() as fake:
        (outcome,) = fetch(WORDS[:1], fake.client(), AT_ONCE)
    samples, rate = read_mp3(outcome.audio)
    assert rate == 24_000
    assert measure(samples, rate).voice_db == pytest.approx(-20, abs=0.5)
    assert outcome.seconds == pytest.approx(len(samples) / rate)


def test_a_bad_word_does_not_stop_the_others():
    with fake_google(lambda text: Answer(audio=None) if text == "dog" else Answer()) as fake:
        outcomes = list(fetch(WORDS, fake.client(), AT_ONCE))
    assert [o.failure for o in outcomes] == ["", "fetch.no_audio", "", "", "", ""]


@pytest.mark.parametrize("audio", [b"<html>blocked</html>" * 50, as_mp3(take(level=0.0))], ids=["a page", "silence"])
def test_what_is_no_speech_is_not_taken_for_it(audio):
    with fake_google(lambda text: Answer(audio=audio)) as fake:
        assert [o.failure for o in fetch(WORDS[:1], fake.client(), AT_ONCE)] == ["fetch.no_audio"]


def test_a_service_that_is_away_is_left_alone():
    outcomes = list(fetch(WORDS, Google(unused_address()), AT_ONCE))
    assert [o.failure for o in outcomes] == ["fetch.unreachable"] * GIVE_UP_AFTER


def test_failures_that_do_not_follow_each_other_do_not_end_it():
    with fake_google(lambda text: Answer(503) if text in ("cat", "dog", "pin", "red") else Answer()) as fake:
        outcomes = list(fetch(WORDS, fake.client(), AT_ONCE))
    assert [bool(o.failure) for o in outcomes] == [True, True, False, True, True, False]


def test_too_many_requests_are_tried_again_after_a_while():
    answers = iter([Answer(429), Answer(429), Answer()])
    with fake_google(lambda text: next(answers)) as fake:
        assert [o.failure for o in fetch(WORDS[:1], fake.client(), AT_ONCE)] == [""]
        assert fake.asked == ["cat"] * 3


def test_too_many_requests_again_and_again_end_it():
    with fake_google(lambda text: Answer(429)) as fake:
        assert [o.failure for o in fetch(WORDS, fake.client(), AT_ONCE)] == ["fetch.too_many"]
        assert len(fake.asked) == 1 + len(AT_ONCE.back_off)


def test_a_service_that_asks_for_a_long_pause_is_not_waited_for():
    with fake_google(lambda text: Answer(429, headers={"Retry-After": "3600"})) as fake:
        assert [o.failure for o in fetch(WORDS, fake.client(), AT_ONCE)] == ["fetch.too_many"]
        assert fake.asked == ["cat"]


def test_there_is_a_pause_between_two_requests(monkeypatch):
    pauses = []
    monkeypatch.setattr("phonics_app.speech.fetching.sleep", pauses.append)
    with fake_google() as fake:
        list(fetch(WORDS[:3], fake.client(), Manners()))
    assert pauses == [Manners().pause] * 2


def test_the_waits_grow_and_heed_what_the_service_asks_for(monkeypatch):
    pauses = []
    monkeypatch.setattr("phonics_app.speech.fetching.sleep", pauses.append)
    with fake_google(lambda text: Answer(429, headers={"Retry-After": "20"})) as fake:
        list(fetch(WORDS[:1], fake.client(), Manners()))
    assert pauses == [20.0, 20.0, 45.0]
