"""gTTS against a service that answers, is away, hangs, or refuses: always an answer or a reason, in time."""

from __future__ import annotations

import pytest

from phonics_app.speech.google import ADDRESS, Google, SpeechServiceError
from tests.speech.fake_google import VOICE, Answer, fake_google, unused_address


def reason_of(google, text="cat"):
    with pytest.raises(SpeechServiceError) as caught:
        google.speak(text)
    return caught.value


def test_the_service_s_own_address_is_the_default():
    assert Google().address == ADDRESS == "https://translate.google.com"


def test_what_it_says_comes_back():
    with fake_google() as fake:
        assert fake.client().speak("The cat sat.") == VOICE
        assert fake.asked == ["The cat sat."]


def test_nobody_there():
    assert reason_of(Google(unused_address())).reason == "fetch.unreachable"


def test_a_silent_host():
    with fake_google(lambda text: Answer(hangs=True)) as fake:
        assert reason_of(fake.client(silence=0.2)).reason == "fetch.timeout"


def test_a_host_that_sends_a_byte_now_and_then():
    with fake_google(lambda text: Answer(drips=True)) as fake:
        assert reason_of(fake.client(silence=5.0, deadline=0.5)).reason == "fetch.timeout"


def test_too_many_requests():
    with fake_google(lambda text: Answer(429, headers={"Retry-After": "7"})) as fake:
        error = reason_of(fake.client())
    assert (error.reason, error.status, error.retry_after) == ("fetch.too_many", 429, 7.0)


def test_too_many_requests_without_a_time():
    with fake_google(lambda text: Answer(429, headers={"Retry-After": "Wed, 21 Oct 2026 07:28:00 GMT"})) as fake:
        assert reason_of(fake.client()).retry_after is None


@pytest.mark.parametrize("status", [403, 404, 500, 503])
def test_refused(status):
    with fake_google(lambda text: Answer(status)) as fake:
        error = reason_of(fake.client())
    assert (error.reason, error.status) == ("fetch.refused", status)


@pytest.mark.parametrize("audio", [None, b""])
def test_an_answer_without_audio(audio):
    with fake_google(lambda text: Answer(audio=audio)) as fake:
        assert reason_of(fake.client()).reason == "fetch.no_audio"
