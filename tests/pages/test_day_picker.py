"""A day that is picked stands there with its Thai month and Buddhist year too."""

from __future__ import annotations

from datetime import date

import pytest

from tests import sites
from tests.pages import reading

SOURCES = sites.ROOT / "phonics_app" / "pages"


def test_every_page_picks_days_by_the_one_part_that_tells_the_buddhist_year():
    users = {path.name for path in SOURCES.rglob("*.py") if ".date_input(" in path.read_text(encoding="utf-8")}
    assert users == {"day_picker.py"}


@pytest.mark.parametrize(("page", "who"), [("transfers.py", "director"), ("lawful_basis.py", "teacher")])
def test_the_day_of_today_in_words(look, page, who):
    app = look(page, who)
    assert "20 พฤศจิกายน 2569" in reading.texts(app)
    # Outside the form: inside, the words would stay behind what is chosen.
    (day,) = app.date_input
    assert not day.form_id
    day.set_value(date(2026, 6, 1)).run()
    assert "1 มิถุนายน 2569" in reading.texts(app)


def test_the_days_between_which_the_record_of_use_is_looked_at(look):
    app = look("audit.py", "auditor")
    app.date_input(key="audit_since").set_value(date(2026, 6, 1)).run()
    assert "1 มิถุนายน 2569" in reading.texts(app)
