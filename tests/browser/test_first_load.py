"""How much a tablet fetches before the first block stands there: forty of them share a school's Wi-Fi."""

from __future__ import annotations

import pytest

from tests.browser.player import Player
from tests.browser.school import P4_PUPIL

pytestmark = pytest.mark.browser
LIMIT_KILOBYTES = 300
LATER_MS = 1500
"""What is fetched after that is not needed for the first block."""


def weighed(page):
    """What comes over the network to this page, headers too: a list that grows."""
    came = []
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    network.on("Network.loadingFinished", lambda told: came.append(told["encodedDataLength"]))
    return came


def test_the_player_is_light(school_server, make_context, sign_in, tell):
    first = Player(make_context(school_server).new_page(), school_server)
    sign_in(first.page, "teacher")
    first.start(P4_PUPIL.id)
    # Another tablet, which has nothing of it yet.
    fresh = make_context(school_server)
    fresh.add_cookies(first.page.context.cookies())
    page = fresh.new_page()
    came = weighed(page)
    page.goto(first.page.url)
    page.locator("#take-over, #block-title").first.wait_for()
    page.wait_for_timeout(LATER_MS)
    kilobytes = sum(came) / 1000
    tell(f"player: first load {kilobytes:.0f} KB in {len(came)} requests, the plan and the fonts too")
    assert kilobytes < LIMIT_KILOBYTES


@pytest.mark.parametrize(
    ("name", "address", "shown"), [("pupil's screen", "/show", "#code"), ("self-run", "/join", "#enter")]
)
def test_a_pupil_s_device_loads_little(school_server, make_context, tell, name, address, shown):
    """Before the sounds."""
    page = make_context(school_server).new_page()
    came = weighed(page)
    page.goto(address)
    page.locator(shown).wait_for()
    page.wait_for_timeout(LATER_MS)
    tell(f"{name}: first load {sum(came) / 1000:.0f} KB in {len(came)} requests")
    assert sum(came) / 1000 < LIMIT_KILOBYTES
