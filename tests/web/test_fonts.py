from __future__ import annotations

import re
from pathlib import Path

import pytest

import phonics_app.web
from phonics_app.web.fonts import font_files

STYLE = Path(phonics_app.web.__file__).parent / "style" / "fonts.css"


def test_fonts_of_the_style_sheet_are_served(client_of):
    client = client_of(None)
    urls = re.findall(r'url\("([^"]+)"\)', STYLE.read_text())
    assert len(urls) >= 5
    for url in urls:
        answer = client.get(url)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]


@pytest.mark.parametrize("name", ["nothing.ttf", "..%2f..%2fREADME.md", "ABeeZee-Regular.ttf%00"])
def test_nothing_else_is(client_of, name):
    assert client_of(None).get(f"/files/fonts/{name}").status_code == 404


def test_thai_and_pupils_fonts_are_there():
    assert {"Sarabun-Regular.ttf", "Sarabun-Bold.ttf", "ABeeZee-Regular.ttf"} <= font_files().keys()
