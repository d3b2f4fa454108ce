"""Every page, for every role, in both languages: it shows itself, or refuses — and in Thai it speaks Thai."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator

import pytest

from phonics_app.domain.account import Actor
from phonics_app.locales import translator
from phonics_app.pages.components.catalogue import PAGES, permitted
from phonics_app.pages.components.messages import FAILED
from phonics_app.progress.onet import national_means
from phonics_app.reports.passage_wording import heart_words
from tests import sites
from tests.pages import busy, reading

ROLES = ("administrator", "teacher", "director", "trainer", "municipal_director", "auditor")
PAGE_FILES = [entry.file for entry in PAGES]
PROPER = "PDF CSV ZIP JSON Excel Word DMC OneRoster xlsx xls csv zip NET English Phonics Nine"
ALLOWED = {*PROPER.split(), *sites.GRANTS}
NAMES = {school.name.en for school in sites.SCHOOLS}
PHRASE = re.compile(r"[A-Za-z]{2,}(?:[ ,;]+[A-Za-z]{2,}){3,}")
THAI = re.compile(r"[\u0e00-\u0e7f]")
WORD = re.compile(r"[A-Za-z_]{2,}")
CONTENT = (
    *("rubrics.py", "result.py", "onet.py", "item_bank.py", "decodability.py", "recording_studio.py"),
    *("item_editor.py", "passages.py", "fixed_forms.py", "calibrations.py", "levels.py", "item_analysis.py"),
    "audit.py",
)
"""Pages that show content, in which English words under test and sources stand, or letters of fingerprints."""


def query_of(page: str, busy_template) -> dict[str, str]:
    pupil = busy_template.pupils[busy.CLASSES[0]][0]
    return {"result.py": {"attempt": busy_template.finished}, "pupil_data.py": {"pupil": pupil}}.get(page, {})


@pytest.mark.parametrize("language", ["th", pytest.param("en", marks=pytest.mark.either)])
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("file", PAGE_FILES)
def test_page(look, busy_template, caplog, file, role, language):
    with caplog.at_level(logging.ERROR):
        app = look(file, role, language, **query_of(file, busy_template))
    shown = " ".join(reading.texts(app))
    assert not app.exception, app.exception
    assert translator(language)(FAILED) not in shown, caplog.text
    actor = Actor(role, role, (sites.GRANTS[role],))
    entry = next(entry for entry in PAGES if entry.file == file)
    refusal = translator(language)("Your account may not open this page. If you need it, ask the administrator.")
    may_see = permitted(entry, actor)
    assert (refusal in shown) is not may_see
    if may_see:
        assert '<div class="pn-header"' in reading.html(app)
    if language == "th":
        assert english(reading.texts(app), content=file in CONTENT) == []


def english(texts: list[str], content: bool) -> list[str]:
    """Texts that hold an English phrase, or (where no content stands) an English word that has no business there."""
    texts = [text for text in texts if text not in NAMES]
    if content:
        sources = {mean.source for mean in national_means()} | set(words_to_read())
        return [text for text in texts if PHRASE.search(text) and not THAI.search(text) and text not in sources]
    return [text for text in texts if not ALLOWED.issuperset(WORD.findall(text)) and not text.startswith("English")]


def words_to_read() -> Iterator[str]:
    """English that stands in the list of passages whatever the language."""
    for passage in sites.content().passages:
        yield passage.title.en
        yield ", ".join(heart_words(passage))


def test_nobody_signed_in(open_page):
    app = open_page("home.py", None)
    assert "/auth/sign-in" in reading.links(app)
    assert "โปรดเข้าสู่ระบบ" in reading.texts(app)


def test_expired_session(open_page, site):
    app = open_page("home.py", "teacher")
    site.now.advance(days=40)
    app.run()
    assert "โปรดเข้าสู่ระบบ" in reading.texts(app)


def test_demonstration_sites_say_so_on_every_page(open_page, site):
    from phonics_app.records.settings import set_setting
    from phonics_app.workflows.setup import SITE_SETTING, SiteState

    with site.store.write() as connection:
        set_setting(connection, SITE_SETTING, SiteState.DEMONSTRATION.value)
    for file in PAGE_FILES:
        assert "ข้อมูลจำลอง" in reading.html(open_page(file, "administrator")), file
