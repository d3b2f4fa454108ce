"""The recording studio in Chromium, with a microphone that hears a file: nothing that was recorded is lost."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing

import numpy as np
import pytest

from phonics_app.speech.audio_files import read_mp3
from phonics_app.speech.take import measure
from tests.browser.server import Server
from tests.browser.settling import PATIENCE_MS
from tests.browser.studio import Studio
from tests.speech import signals

pytestmark = pytest.mark.browser
UPLOAD = "**/api/v1/recordings"
COUNT_PLAYED = """() => {
  window.played = 0;
  const play = HTMLMediaElement.prototype.play;
  HTMLMediaElement.prototype.play = function () {
    this.addEventListener("ended", () => window.played++);
    return play.call(this);
  };
}"""


@pytest.fixture(scope="module")
def one_server(tmp_path_factory, school_template):
    data = tmp_path_factory.mktemp("studio") / "data"
    data.mkdir()
    shutil.copy(school_template, data / "phonics.db")
    server = Server(data)
    yield server
    server.kill()


@pytest.fixture
def server(one_server):
    """One for all tests, running and without any take: takes are counted."""
    if one_server.process is None:
        one_server.start()
    with closing(sqlite3.connect(one_server.database)) as connection, connection:
        connection.execute("delete from recording")
    return one_server


@pytest.fixture(scope="module")
def browser_that_hears(browser_type, browser_type_launch_args, tmp_path_factory):
    """`browser_that_hears(samples, *flags)` → a Chromium whose microphone hears these over and over, one for each
    such microphone."""
    started = {}

    def get(samples, *flags):
        wav = signals.as_wav(samples)
        if (wav, flags) not in started:
            file = tmp_path_factory.mktemp("heard") / "microphone.wav"
            file.write_bytes(wav)
            heard = ["--use-fake-device-for-media-stream", f"--use-file-for-fake-audio-capture={file}", *flags]
            options = {**browser_type_launch_args, "args": [*browser_type_launch_args["args"], *heard]}
            started[wav, flags] = browser_type.launch(**options)
        return started[wav, flags]

    yield get
    for browser in started.values():
        browser.close()


@pytest.fixture
def visit(browser_that_hears, sign_in, server):
    """`visit(samples)` → the studio in a browser of somebody who has not been there before."""
    contexts, faults = [], []

    def start(samples, *flags, language="th", width=820, height=1180, url="", granted=True):
        browser = browser_that_hears(samples, *flags, *(["--use-fake-ui-for-media-stream"] * granted))
        viewport = {"width": width, "height": height}
        contexts.append(browser.new_context(base_url=url or server.url, viewport=viewport, locale=language))
        contexts[-1].add_cookies([{"name": "phonics_language", "value": language, "url": url or server.url}])
        page = contexts[-1].new_page()
        page.on("pageerror", lambda error: pytest.fail(f"script error: {error}"))
        page.on("console", lambda said: faults.append(said.text) if "TypeError: " in said.text else None)
        sign_in(page, "teacher")
        return Studio(page, server)

    yield start
    for context in contexts:
        context.close()
    assert faults == []


def syllables():
    """A voice that speaks again and again, so that every take hears some of it."""
    return np.concatenate([signals.take(lead=0.25, voice=0.3, tail=0.25)] * 3)


def test_two_sounds_and_a_page_that_closes_in_mid_upload(visit, server):
    studio = visit(syllables()).open().switch_on()
    assert studio.face == "/æ/"
    studio.record().wait_until_stored()
    assert "เก็บที่เครื่องแม่ข่ายแล้ว" in studio.page.inner_text("#verdict")
    studio.keep()
    assert studio.face == "/d/"
    assert studio.states()[:2] == ["kept", "missing"]

    # The second take is on its way when the page closes: the server never hears of it.
    studio.page.route(UPLOAD, lambda route: None)
    studio.record()
    studio.page.locator("#connection.sending").wait_for(timeout=PATIENCE_MS)
    assert "เก็บไว้ในเบราว์เซอร์นี้แล้ว" in studio.page.inner_text("#verdict")
    (waiting,) = studio.shelf()
    assert waiting["bytes"] > 50_000
    context = studio.page.context
    studio.page.close()
    assert [row[0] for row in studio.stored()] == ["AE"]

    # The next visit sends it before anything is touched, and asks for the decision that was still to come.
    again = Studio(context.new_page(), server).open()
    again.page.locator("#connection.sent").wait_for(timeout=PATIENCE_MS)
    assert [row[0] for row in again.stored()] == ["AE", "D"]
    assert again.shelf() == []
    again.switch_on().wait_until_stored()
    assert again.face == "/d/"
    assert again.keep().states()[:3] == ["kept", "kept", "missing"]
    assert again.page.inner_text("#progress") == "อัดแล้ว 2 จาก 44 รายการ"
    for phonemes, speaker, consent, kept, audio in again.stored():
        assert (speaker, consent, kept) == ("ครูสมศรี", 1, 1), phonemes
        samples, rate = read_mp3(audio)
        assert measure(samples, rate).voice_db == pytest.approx(-20, abs=1)
        assert 0.3 < len(samples) / rate < 3


def test_the_server_dies_between_a_take_and_its_decision(visit, server):
    studio = visit(syllables()).open().switch_on()
    studio.page.locator("#record.ready").wait_for(timeout=PATIENCE_MS)
    server.kill()
    studio.record()
    studio.page.locator("#connection.waiting").wait_for(timeout=PATIENCE_MS)
    studio.page.click("#keep")
    studio.page.locator("#record.ready").wait_for(timeout=PATIENCE_MS)
    assert studio.face == "/d/"
    assert studio.states()[:2] == ["waiting", "missing"]
    server.start()
    studio.page.locator("#connection.sent").wait_for(timeout=60_000)
    assert studio.states()[:2] == ["kept", "missing"]
    assert [(row[0], row[3]) for row in studio.stored()] == [("AE", 1)]
    assert studio.shelf() == []


def test_again_and_skip_and_where_it_was_left(visit):
    studio = visit(syllables()).open().switch_on()
    studio.record().wait_until_stored()
    first = studio.stored()
    studio.page.click("#again")
    studio.record().wait_until_stored()
    assert len(studio.stored()) == 1
    assert studio.stored() != first
    studio.keep()
    studio.page.click("#skip")
    assert studio.face == "/ɪ/"
    studio.open().switch_on()
    studio.page.locator("#record.ready").wait_for(timeout=PATIENCE_MS)
    assert studio.face == "/ɪ/"
    # The recorded one can be gone back to, heard, and recorded anew.
    studio.page.locator(".cell").first.click()
    with studio.page.expect_response("**/files/audio/takes/*") as heard:
        studio.page.click("#listen-kept")
    assert heard.value.status in (200, 206)


def test_an_answer_that_comes_under_the_finger_loses_no_tap(visit):
    studio = visit(syllables()).open().switch_on()
    held = []
    studio.page.route(UPLOAD, lambda route: held.append(route))
    studio.record()
    studio.page.click("#keep")
    studio.page.locator("#record.ready").wait_for(timeout=PATIENCE_MS)
    # To its middle, once it stands still: the rest of the screen may still be on its way.
    studio.page.locator("#record").hover()
    studio.page.mouse.down()
    held[0].continue_()
    studio.page.locator("#connection.sent").wait_for(timeout=PATIENCE_MS)
    studio.page.mouse.up()
    studio.page.locator("#record.recording").wait_for(timeout=PATIENCE_MS)
    assert studio.states()[0] == "kept"


def test_listening_plays(visit):
    studio = visit(syllables()).open().switch_on()
    studio.record().wait_until_stored()
    studio.page.evaluate(COUNT_PLAYED)
    studio.page.click("#listen")
    studio.page.wait_for_function("() => window.played === 1", timeout=PATIENCE_MS)


def test_a_take_that_failed_is_made_again_or_gone_back_to(visit):
    studio = visit(np.clip(5 * syllables(), -1, 1)).open().switch_on()
    studio.record().wait_until_stored()
    assert studio.page.locator("[data-fault=clipped]").count() == 1
    # The fault makes another take the main thing to do.
    assert studio.page.evaluate("document.activeElement.id") == "again"
    studio.page.click("#again")
    studio.page.click("#back-to-take")
    studio.wait_until_stored()
    assert len(studio.stored()) == 1


def test_a_recording_in_use_is_deleted_after_asking(visit):
    studio = visit(syllables()).open().switch_on()
    studio.record().wait_until_stored().keep()
    studio.page.locator(".cell").first.click()
    studio.page.click("#delete")
    studio.page.click("#delete-not")
    assert len(studio.stored()) == 1
    studio.page.click("#delete")
    studio.page.click("#delete-really")
    studio.page.locator(".cell:first-child[data-state=missing]").wait_for(timeout=PATIENCE_MS)
    assert studio.stored() == []
    # So is a take that nobody has decided on.
    studio.record().wait_until_stored()
    studio.page.click("#delete")
    studio.page.click("#delete-really")
    studio.page.locator(".cell:first-child[data-state=missing]").wait_for(timeout=PATIENCE_MS)
    assert studio.stored() == []


def test_everything_with_the_keyboard(visit):
    studio = visit(syllables()).open()
    press = studio.page.keyboard.press
    studio.page.focus("#consent")
    press("Space")
    press("Tab")
    press("Enter")
    for _ in range(2):
        studio.page.locator("#record.ready").wait_for(timeout=PATIENCE_MS)
        press("Space")
        studio.page.locator("#record.recording").wait_for(timeout=PATIENCE_MS)
        studio.page.wait_for_timeout(1200)
        press("Space")
        studio.wait_until_stored()
        studio.page.focus("#keep")
        press("Enter")
        studio.page.locator("#keep").wait_for(state="detached", timeout=PATIENCE_MS)
    studio.page.locator("#connection.sent").wait_for(timeout=PATIENCE_MS)
    assert studio.states()[:3] == ["kept", "kept", "missing"]


def test_without_a_server_what_was_chosen_can_be_heard_and_the_list_stays(visit, server):
    studio = visit(syllables()).open().switch_on()
    studio.record().wait_until_stored()
    server.kill()
    studio.page.click("#listen")
    told = studio.page.locator(".notice.warn[role=alert]")
    told.wait_for(timeout=PATIENCE_MS)
    assert "เล่นเสียงไม่ได้" in told.inner_text()
    studio.page.click("#skip")
    studio.record()
    studio.page.click("#keep")
    studio.page.locator(".cell").nth(1).click()
    assert "เลือกใช้เสียงนี้แล้ว" in studio.page.inner_text(".in-use")
    studio.page.evaluate(COUNT_PLAYED)
    studio.page.click("#listen-kept")
    studio.page.wait_for_function("() => window.played === 1", timeout=PATIENCE_MS)
    # Another list can't be loaded: this one goes on, and later the other is opened from here.
    studio.page.select_option("#set", "2")
    studio.page.locator("#problem[data-reason=load]").wait_for(timeout=PATIENCE_MS)
    studio.page.click("#stay")
    assert studio.face == "/d/"
    studio.page.select_option("#set", "2")
    studio.page.locator("#problem[data-reason=load]").wait_for(timeout=PATIENCE_MS)
    server.start()
    studio.page.click("#retry")
    studio.page.wait_for_function("() => document.getElementById('set').value === '2'", timeout=PATIENCE_MS)
    assert studio.page.locator("#problem").count() == 0


def test_a_microphone_that_comes_back(visit):
    studio = visit(syllables()).open()
    studio.page.evaluate("""() => {
      const { mediaDevices } = navigator;
      const given = mediaDevices.getUserMedia.bind(mediaDevices);
      let tries = 0;
      mediaDevices.getUserMedia = async (wanted) => {
        if (tries++ === 0) throw new DOMException("none", "NotFoundError");
        window.stream = await given(wanted);
        return window.stream;
      };
    }""")
    studio.switch_on()
    studio.page.locator("#problem[data-reason=missing]").wait_for(timeout=PATIENCE_MS)
    studio.page.click("#retry")
    studio.record().wait_until_stored()
    # Unplugged in the moment before speaking: nothing hangs, and plugged in again it goes on without a new page.
    studio.page.click("#again")
    studio.page.click("#record.ready")
    studio.page.evaluate("() => window.stream.getTracks()[0].dispatchEvent(new Event('ended'))")
    studio.page.locator("#problem[data-reason=lost]").wait_for(timeout=PATIENCE_MS)
    # The take can be heard and kept meanwhile.
    studio.page.evaluate(COUNT_PLAYED)
    studio.page.click("#listen")
    studio.page.wait_for_function("() => window.played === 1", timeout=PATIENCE_MS)
    studio.page.click("#retry")
    studio.wait_until_stored()
    assert studio.keep().states()[0] == "kept"


@pytest.mark.parametrize(("language", "words"), [("th", "อ้าปากกว้าง"), ("en", "Mouth wide open")])
def test_what_the_mouth_does(visit, language, words):
    studio = visit(syllables(), language=language).open().switch_on()
    assert words in studio.page.inner_text("#hint")
    # A sound with a vowel in it is not to be said "without a vowel".
    studio.open("6").switch_on()
    studio.page.locator(".cell", has_text="/ju/").first.click()
    advice = studio.page.inner_text(".advice")
    assert "without a vowel" not in advice
    assert "ไม่เติมสระ" not in advice


def test_a_take_that_another_device_has_replaced(visit):
    studio = visit(syllables()).open().switch_on()
    studio.record().wait_until_stored()
    other = Studio(studio.page.context.new_page(), studio.server).open().switch_on()
    other.page.click("#again")
    other.record().wait_until_stored()
    studio.page.bring_to_front()
    studio.page.click("#keep")
    # It is told, and the next take is sent all the same.
    studio.page.locator("#record.ready").wait_for(timeout=PATIENCE_MS)
    studio.record().wait_until_stored()
    studio.page.locator("#connection.sent").wait_for(timeout=PATIENCE_MS)
    studio.page.locator(".cell").first.click()
    assert "ไม่พบเสียง" in studio.page.inner_text(".notice.bad")


def test_silence_is_told_and_not_kept(visit):
    studio = visit(np.zeros(signals.RATE)).open().switch_on()
    studio.record()
    alert = studio.page.locator(".notice.bad")
    alert.wait_for(timeout=PATIENCE_MS)
    assert "ไม่ได้ยินเสียงพูด" in alert.inner_text()
    studio.page.locator("#record.ready").wait_for(timeout=PATIENCE_MS)
    assert (studio.stored(), studio.shelf()) == ([], [])


def test_the_meter_moves(visit):
    studio = visit(syllables()).open().switch_on()
    heard = "() => Number(document.getElementById('meter')?.getAttribute('aria-valuenow') ?? -60) > -20"
    studio.page.wait_for_function(heard, timeout=PATIENCE_MS)


@pytest.mark.parametrize(
    ("language", "words"), [("th", "ที่อยู่นี้ใช้ไมโครโฟนไม่ได้"), ("en", "This address gets no microphone")]
)
def test_a_plain_address_of_the_network(visit, server, language, words):
    url = f"http://school.test:{server.port}"
    studio = visit(syllables(), "--host-resolver-rules=MAP school.test 127.0.0.1", url=url, language=language)
    studio.page.goto("/studio")
    card = studio.page.locator("#problem[data-reason=insecure]")
    card.wait_for(timeout=PATIENCE_MS)
    assert words in card.inner_text()
    assert f"http://localhost:{server.port}/studio" in card.inner_text()
    assert "https" in card.inner_text()


def test_a_microphone_that_is_refused(visit):
    studio = visit(syllables(), "--deny-permission-prompts", granted=False).open().switch_on()
    studio.page.locator("#problem[data-reason=refused]").wait_for(timeout=PATIENCE_MS)


@pytest.mark.parametrize(("width", "height"), [(820, 1180), (1366, 768), (390, 844)])
@pytest.mark.parametrize("language", ["th", "en"])
def test_it_fits(visit, language, width, height):
    studio = visit(syllables(), language=language, width=width, height=height).open("3")
    fits = "document.documentElement.scrollWidth <= window.innerWidth"
    assert studio.page.evaluate(fits)
    studio.switch_on().record().wait_until_stored()
    assert studio.page.evaluate(fits)
    keep = studio.page.locator("#keep").bounding_box()
    assert keep["y"] + keep["height"] <= height
