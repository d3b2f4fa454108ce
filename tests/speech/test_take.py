"""What is found in a take: the voice, and what is wrong with it."""

from __future__ import annotations

import numpy as np
import pytest

from phonics_app.speech.take import TakeFault, faults_of, measure
from tests.speech.signals import RATE, take

CASES = {
    "good": ({}, set()),
    "a soft sound": ({"level": 0.06}, set()),
    "full scale": ({"level": 1.6}, {TakeFault.CLIPPED}),
    "far away": ({"level": 0.02}, {TakeFault.TOO_QUIET}),
    "a noisy room": ({"noise": 0.05}, {TakeFault.NOISY}),
    "begun too late": ({"lead": 0.0}, {TakeFault.CUT_OFF}),
    "ended too early": ({"tail": 0.0}, {TakeFault.CUT_OFF}),
    "far away in a noisy room": ({"level": 0.02, "noise": 0.003}, {TakeFault.TOO_QUIET, TakeFault.NOISY}),
}


@pytest.mark.parametrize("rate", [16_000, 44_100, 48_000])
@pytest.mark.parametrize(("options", "faults"), CASES.values(), ids=CASES)
def test_faults(options, faults, rate):
    measured = measure(take(rate=rate, **options), rate)
    assert set(faults_of(measured)) == faults
    assert not measured.silent


def test_the_voice_is_found():
    measured = measure(take(lead=0.7, voice=0.4, tail=0.6), RATE)
    assert measured.seconds == pytest.approx(1.7)
    assert (measured.first, measured.last) == (pytest.approx(0.7, abs=0.03), pytest.approx(1.1, abs=0.03))
    assert measured.peak_db == pytest.approx(20 * np.log10(0.3), abs=0.2)
    assert measured.noise_db == pytest.approx(20 * np.log10(0.0003), abs=1.5)


@pytest.mark.parametrize("noise", [0.0, 0.0003, 0.002])
def test_an_empty_room_is_silent(noise):
    assert measure(take(level=0.0, noise=noise), RATE).silent


@pytest.mark.parametrize("count", [1, 2, 100, 479, 481])
def test_a_take_of_a_moment(count):
    assert measure(np.zeros(count), RATE).silent
