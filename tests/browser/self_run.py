"""Driving a class test: a teacher's page and pupils' devices, and looking into the database behind them."""

from __future__ import annotations

import shutil
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from phonics_app.domain.calendar import Round
from phonics_app.workflows.context import utc_now
from tests import classroom, sites
from tests.browser.record import events_on_device, events_stored
from tests.browser.school import make_school
from tests.browser.server import Server
from tests.browser.settling import PATIENCE_MS

ITEM = """() => {
  const shown = document.querySelector('[data-item]');
  return shown && [shown.dataset.item, shown.querySelector('.options').innerText].join();
}"""
ANOTHER = f"(before) => ({ITEM})() !== before"
# The group of the question before, beside the screen, may still show which answer was meant.
MEANT = ".options .this-one"
SCREEN = "() => document.querySelector('[data-screen]')?.dataset.screen ?? ''"


def class_site(folder: Path, pupils: int) -> Server:
    """The server of a site whose class P3/2 can take the test: every question can be heard."""
    phonics = sites.open_copy(make_school(folder / "template"), folder / "data", utc_now)
    classroom.enrol(phonics, Round.of(date.today()).year, pupils)
    classroom.record_everything(phonics)
    phonics.store.close()
    shutil.rmtree(folder / "template")
    return Server(folder / "data").start()


@dataclass
class Teacher:
    """The page on which the class is watched."""

    page: object

    def open(self) -> str:
        """Opens a class test; its code."""
        self.page.goto(f"/sitting/new?school={sites.SCHOOLS[0].id}&class={classroom.GRADE.value}-{classroom.ROOM}")
        self.page.click("#open")
        return self.code()

    def code(self) -> str:
        return self.page.inner_text("#code").replace(" ", "")

    def admit_all(self) -> None:
        self.page.locator("#admit-all:enabled").click()

    def row(self, number: int):
        return self.page.locator(f'tr[data-number="{number}"]')

    def wait_for(self, number: int, status: str) -> None:
        self.page.locator(f'tr[data-number="{number}"].{status}').wait_for(timeout=PATIENCE_MS)


@dataclass
class Pupil:
    """A pupil's device. Every pupil here chooses the first answer, and the right one where `knows` says so."""

    page: object
    server: Server

    def join(self, code: str, number: int) -> Pupil:
        self.enter(code)
        self.page.click(f'[data-number="{number}"]')
        self.page.click("#yes")
        return self

    def enter(self, code: str) -> None:
        self.page.goto("/join")
        for digit in code:
            self.page.click(f'[data-digit="{digit}"]')
        self.page.click("#enter")

    def screen(self) -> str:
        return self.page.evaluate(SCREEN)

    def wait_for(self, screen: str) -> None:
        self.page.locator(f'[data-screen="{screen}"]').wait_for(timeout=PATIENCE_MS)

    def start(self) -> Pupil:
        """Headphones, and the practice to its end."""
        self.page.locator("#listen").click()
        self.page.locator("#start:enabled").click()
        self.page.locator('[data-screen^="item"]').wait_for(timeout=PATIENCE_MS)
        return self

    def practise(self) -> Pupil:
        while (title := self.page.inner_text("#heading")) in ("Let's practise", "ลองทำดูก่อน"):
            before = self.item()
            self.page.locator(".options .option").first.click()
            self.page.click("#next")
            self.wait_until_practised(before)
            if self.page.locator(MEANT).count():
                self.page.locator(MEANT).click()
                self.page.click("#next")
            self.wait_for_another(before)
        assert title
        return self

    def wait_until_practised(self, before: str) -> None:
        """Until the next question is there, or which answer was meant."""
        told = f"(before) => document.querySelector('{MEANT}') || ({ANOTHER})(before)"
        self.page.wait_for_function(told, arg=before, timeout=PATIENCE_MS)

    def item(self) -> str:
        """The question on screen: its id and its answers."""
        return self.page.evaluate(ITEM)

    def wait_for_another(self, before: str) -> None:
        self.page.wait_for_function(ANOTHER, arg=before, timeout=PATIENCE_MS)

    def answer(self, place: int = 0) -> None:
        """One answer, and a rest where one is offered."""
        before = self.item()
        self.page.locator(".options .option").nth(place).click()
        self.page.click("#next")
        self.wait_for_another(before)
        if self.screen() == "rest":
            self.page.click("#go-on")
            self.page.locator('[data-screen^="item"]').wait_for(timeout=PATIENCE_MS)

    def finish(self) -> int:
        """Answers to the end of the test, each time at another place; how many."""
        count = 0
        while self.screen().startswith("item"):
            self.answer((count * 7 + count // 3) % 4)
            count += 1
        return count

    @property
    def attempt(self) -> str:
        return self.page.url.rsplit("/", 1)[1]

    def on_device(self) -> list[dict]:
        return events_on_device(self.page, self.attempt)

    def wait_until_heard(self) -> list[dict]:
        """What the device has once the sound of the question on screen has begun, by itself and an event as well."""
        began = time.monotonic()
        while (events := self.on_device())[-1]["kind"] != "audio_played":
            assert time.monotonic() - began < PATIENCE_MS / 1000, f"the last event is {events[-1]['kind']}"
            time.sleep(0.05)
        return events

    def stored(self, attempt: str | None = None) -> list[dict]:
        return events_stored(self.server, attempt or self.attempt)

    def wait_until_stored(self) -> list[dict]:
        """Until the database has, event by event, what the device has."""
        began = time.monotonic()
        while (stored := self.stored()) != (device := self.on_device()):
            assert time.monotonic() - began < PATIENCE_MS / 1000, f"{len(stored)} of {len(device)} events stored"
            time.sleep(0.05)
        return stored
