"""The workers that keep the player's files: what they name is there, and is nobody's."""

from __future__ import annotations

import json

import pytest


def kept_by(answer):
    return json.loads(answer.text.split("\n", 1)[0].removeprefix("const KEPT = ").removesuffix(";"))


@pytest.mark.parametrize("scope", ["/play/", "/self/"])
def test_every_file_that_is_kept_is_served_to_anybody(client_of, scope):
    nobody = client_of(None)
    answer = nobody.get(f"{scope}worker.js")
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-cache")
    assert answer.headers["content-type"].startswith("text/javascript")
    kept = kept_by(answer)
    assert kept["scope"] == scope
    assert f"{scope}static/main.js" in kept["files"]
    assert [path for path in kept["files"] if nobody.get(path).status_code != 200] == []
    assert all("/static/" in path or path.startswith("/files/fonts/") for path in kept["files"])


def test_a_page_s_own_styles_and_scripts_are_kept(client_of):
    nobody = client_of(None)
    kept = kept_by(nobody.get("/self/worker.js"))["files"]
    page = nobody.get(f"/self/{'0' * 32}").text
    named = [part.split('"')[0] for tag in ('href="', 'src="') for part in page.split(tag)[1:]]
    assert set(named) <= set(kept)
