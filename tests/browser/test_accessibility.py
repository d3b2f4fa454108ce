"""Every screen that is not Streamlit's keeps WCAG 2.2 A and AA, as far as axe-core can tell; in both languages, on a
tablet, a laptop and a phone."""

from __future__ import annotations

import pytest

from tests.browser.axe import violations
from tests.browser.scenes import WALKS, Stage, before_the_first_school
from tests.browser.settling import settle
from tests.browser.shots import addresses
from tests.browser.test_pages import busy_server  # noqa: F401 - a fixture

pytestmark = pytest.mark.browser
SIZES = ((820, 1180), (1366, 768), (390, 844))
LANGUAGES = pytest.mark.parametrize("language", ["th", "en"])


@pytest.fixture
def stage(stage_site, make_context, tmp_path):
    """`stage(language)`: where a walk takes place."""
    server, codes = stage_site

    def make(language):
        return Stage(server, codes, lambda: make_context(server, language, *SIZES[0]).new_page(), tmp_path)

    return make


def faults_of(walk):
    """Of each screen in each size what breaks a rule."""
    faults, seen = [], 0
    for name, page in walk:
        seen += 1
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            faults += [f"{name} at {width}: {line}" for line in violations(page)]
        page.set_viewport_size({"width": SIZES[0][0], "height": SIZES[0][1]})
    return seen, faults


@LANGUAGES
@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.__name__)
def test_no_screen_breaks_a_rule(stage, walk, language, tell):
    seen, faults = faults_of(walk(stage(language)))
    assert not faults, "\n".join(["", *faults])
    tell(f"axe-core, {walk.__name__}, {language}: {seen} screens in {len(SIZES)} sizes, no violation")


@LANGUAGES
def test_the_first_start_breaks_no_rule(empty_server, make_context, tmp_path, language):
    made = Stage(empty_server, {}, lambda: make_context(empty_server, language, *SIZES[0]).new_page(), tmp_path)
    assert not (faults := faults_of(before_the_first_school(made))[1]), "\n".join(["", *faults])


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


# What Streamlit itself draws and we can't write otherwise: its navigation is a list with boxes between list and items,
# the button of its file field has no name, its captions are a little pale (4.1 : 1).
_ST = (".st-emotion-cache",)
STREAMLITS_OWN = {"list": ("ul", *_ST), "listitem": _ST, "button-name": _ST, "color-contrast": _ST}


def ours(line):
    rule, target = line.split(": ")[:2]
    return not target.startswith(STREAMLITS_OWN.get(rule, ("none of it",)))


@LANGUAGES
def test_pages_of_streamlit_break_no_rule_by_our_doing(busy_server, make_context, sign_in, language):  # noqa: F811
    server, made = busy_server
    page = make_context(server, language, *SIZES[0]).new_page()
    sign_in(page, "director", then="/")
    faults = []
    for name, address in addresses("director", made):
        page.goto(address)
        settle(page)
        faults += [f"{name}: {line}" for line in violations(page) if ours(line)]
    assert not faults, "\n".join(["", *faults])
