"""Every screen that is not Streamlit's keeps WCAG 2.2 A and AA, as far as axe-core can tell, in both languages, on a
tablet, a laptop and a phone; nothing is beside a phone's screen, and fingers hit what they press.
"""

from __future__ import annotations

import pytest

from tests.browser.axe import OF_LAYOUT, violations
from tests.browser.scenes import WALKS, Stage, before_the_first_school
from tests.browser.screen_rules import ADULTS, CHILDREN, broken_rules

pytestmark = pytest.mark.browser
TABLET, LAPTOP, PHONE = (820, 1180), (1366, 768), (390, 844)
SIZES = (TABLET, LAPTOP, PHONE)
ALL_RULES = {"th": (TABLET,), "en": (LAPTOP, PHONE)}
"""Each size is held against all of axe's rules in one language, in the other against those of layout."""
LANGUAGES = pytest.mark.parametrize("language", ["th", "en"])


@pytest.fixture
def stage(stage_site, make_context, tmp_path):
    """`stage(language)`: where a walk takes place."""
    server, codes = stage_site

    def make(language):
        return Stage(server, codes, lambda: make_context(server, language, *TABLET).new_page(), tmp_path)

    return make


def faults_of(walk, language):
    """Of each screen in each size what breaks a rule."""
    whole = ALL_RULES[language]
    faults, seen = [], 0
    for name, page in walk:
        seen += 1
        for size in SIZES:
            set_size(page, size)
            found = violations(page, None if size in whole else OF_LAYOUT)
            faults += [f"{name} at {size[0]}: {line}" for line in found + broken_rules_at(page, name, size)]
        set_size(page, TABLET)
    return seen, faults


def broken_rules_at(page, name, size):
    """Children press with the same fingers on any device; grown-ups have a mouse on all but a phone."""
    if name.startswith("pupil-"):
        return broken_rules(page, CHILDREN)
    return broken_rules(page, ADULTS) if size == PHONE else []


def set_size(page, size):
    page.set_viewport_size({"width": size[0], "height": size[1]})


@LANGUAGES
@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.__name__)
def test_no_screen_breaks_a_rule(stage, walk, language, tell):
    seen, faults = faults_of(walk(stage(language)), language)
    assert not faults, "\n".join(["", *faults])
    tell(f"axe-core, {walk.__name__}, {language}: {seen} screens in {len(SIZES)} sizes, no violation")


@LANGUAGES
def test_the_first_start_breaks_no_rule(empty_server, make_context, tmp_path, language):
    made = Stage(empty_server, {}, lambda: make_context(empty_server, language, *TABLET).new_page(), tmp_path)
    assert not (faults := faults_of(before_the_first_school(made), language)[1]), "\n".join(["", *faults])


def test_a_broken_rule_is_found(empty_server, make_context):
    """The check itself: text that is too pale, a button without a name, a target that is too small."""
    page = make_context(empty_server).new_page()
    page.goto("/auth/setup")
    page.evaluate(
        "() => { const p = document.createElement('p'); p.style.color = '#ccc'; p.textContent = 'pale';"
        "const a = document.createElement('button'); a.style.cssText = 'min-height:0;height:8px;width:8px;padding:0';"
        "const b = a.cloneNode(); b.textContent = 'b'; document.querySelector('main').prepend(p, a, b); }"
    )
    found = {line.split(":")[0] for line in violations(page)}
    assert {"color-contrast", "button-name", "target-size"} <= found
