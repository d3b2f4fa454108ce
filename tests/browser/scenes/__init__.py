"""Every screen that is not Streamlit's, one after the other, for whoever has to look at all of them: the rules of
accessibility (`test_accessibility.py`), a camera (`shots_player.py`).

A walk is a generator of screens by name: what looks at one does so before the walk goes on. `WALKS` are those over a
site with schools; `before_the_first_school` is over an empty one.
"""

from __future__ import annotations

from tests.browser.scenes.class_test import class_test
from tests.browser.scenes.one_to_one import one_to_one
from tests.browser.scenes.paper import paper
from tests.browser.scenes.site import before_the_first_school, site
from tests.browser.scenes.stage import Scene, Stage, make_stage_site
from tests.browser.scenes.trouble import trouble
from tests.browser.scenes.with_a_clock import with_a_clock

WALKS = (site, one_to_one, with_a_clock, trouble, paper, class_test)

__all__ = ("WALKS", "Scene", "Stage", "before_the_first_school", "make_stage_site")
