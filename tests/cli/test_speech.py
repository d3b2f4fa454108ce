"""Audio from the command line: what there is, fetching, voice packs."""

from __future__ import annotations

import json
import os
import signal
from functools import partial

import pytest

from phonics_app.domain.account import SYSTEM
from phonics_app.records.recordings import insert_recordings
from phonics_app.speech.google import Google
from phonics_app.speech.voice_pack import write_pack
from phonics_app.workflows import speech
from phonics_app.workflows.context import open_phonics
from tests.speech.fake_google import Answer, fake_google
from tests.speech.packs import M, recording, three


def store(*rows):
    phonics = open_phonics()
    with phonics.store.write() as connection:
        insert_recordings(connection, rows)
    phonics.store.close()


def fetched():
    phonics = open_phonics()
    found = [s for s in speech.list_audio(phonics, SYSTEM) if s.recording is not None]
    phonics.store.close()
    return len(found)


def test_list_audio(run, run_json, site):
    store(recording(1, M))
    code, told = run_json("list-audio")
    (m,) = [sound for sound in told["sounds"] if sound["phonemes"] == ["M"] and sound["kind"] == "phoneme"]
    assert (m["source"], m["synthetic"], m["speaker"], m["licence"]) == ("person", False, "ครูสมศรี", "CC-BY-4.0")
    assert m["key"] == M.key
    assert (code, sum(told["counts"].values())) == (0, len(told["sounds"]))
    assert told["counts"]["person"] == 1
    only = run_json("list-audio", "--source", "person", "--level", "2")[1]["sounds"]
    assert only == [m]
    out = run("list-audio", "--level", "2")[1]
    assert "m /m/" in out
    assert "เสียงคนจริง: 1" in out


def test_a_voice_pack_goes_out_and_in(run, run_json, site, tmp_path):
    assert run("export-voice-pack", "--out", tmp_path / "none.zip")[0] == 1
    store(*three())
    code, told = run_json("export-voice-pack", "--out", tmp_path / "a.zip")
    assert (code, told["bytes"]) == (0, (tmp_path / "a.zip").stat().st_size)
    assert run_json("import-voice-pack", tmp_path / "a.zip") == (0, {"added": 0, "present": 3})
    (tmp_path / "b.zip").write_bytes(write_pack([recording(9, M, 500.0)]))
    assert run_json("import-voice-pack", tmp_path / "b.zip") == (0, {"added": 1, "present": 0})


def test_a_faulty_pack(run, site, tmp_path):
    (tmp_path / "bad.zip").write_bytes(b"no zip")
    code, _, err = run("import-voice-pack", tmp_path / "bad.zip")
    assert code == 1
    assert "ไฟล์ bad.zip: ไม่ใช่ไฟล์ zip" in err


@pytest.fixture
def ask(monkeypatch):
    """Points the command at another host; nothing else is changed."""
    return lambda fake: monkeypatch.setattr(speech, "Google", partial(Google, address=fake.address))


def test_fetching_until_the_service_is_away(run, run_json, site, ask):
    answers = iter([Answer()] * 4 + [Answer(503)] * 3)
    with fake_google(lambda text: next(answers)) as fake:
        ask(fake)
        code, told = run_json("fetch-audio", "--pause", "0")
        texts = fake.asked
    assert (code, told["fetched"], len(told["failed"])) == (1, 4, 3)
    assert told["left"] > 100
    assert [problem["value"] for problem in told["failed"]] == texts[4:]
    assert fetched() == 4


@pytest.fixture
def heeds_interrupts():
    """A suite started in the background by a shell ignores Ctrl-C; the command's own process would not."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("heeds_interrupts")
def test_breaking_a_fetch_off_loses_nothing(run, site, ask):
    def answer(text):
        if len(fake.asked) == 4:
            os.kill(os.getpid(), signal.SIGINT)
        return Answer()

    with fake_google(answer) as fake:
        ask(fake)
        code, out, _ = run("fetch-audio", "--pause", "0")
    assert code == 1
    assert "ทำต่อ" in out
    assert fetched() == 3


@pytest.mark.parametrize("pause", ["-1", "nan", "soon"])
def test_a_pause_that_is_none(run, site, pause):
    assert run("fetch-audio", f"--pause={pause}")[0] == 2


def test_output_is_one_document(run, site):
    json.loads(run("list-audio", "--json")[1])
