from __future__ import annotations

from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phonics_app.web.paths import is_public, safe_next

SITE = "http://school.example"


@pytest.mark.parametrize("path", ["/", "/class", "/result?attempt=1", "/play/new?pupil=a%2Fb"])
def test_local_paths_are_followed(path):
    assert safe_next(path) == path


@pytest.mark.parametrize(
    "target",
    [None, "", "class", "//evil.example", "///evil.example", "http://evil.example", "/\\evil", "/\tevil", "/a\nb"],
)
def test_others_are_not(target):
    assert safe_next(target) == "/"


@given(st.text(alphabet="/\\.:@evil?#%\t\n ", max_size=12))
def test_nothing_leads_to_another_site(target):
    assert urlsplit(urljoin(SITE, safe_next(target))).netloc == "school.example"


@pytest.mark.parametrize("path", ["/static/js/x.js", "/play/static/main.js", "/auth/sign-in", "/_stcore/health"])
def test_public(path):
    assert is_public(path)


@pytest.mark.parametrize("path", ["/", "/play/new", "/_stcore/stream", "/media/x", "/api/v1/attempts", "/play/staticx"])
def test_not_public(path):
    assert not is_public(path)
