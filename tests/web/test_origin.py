from __future__ import annotations

import pytest
from starlette.datastructures import Headers

from phonics_app.web.origin import is_same_origin

HOST = {"host": "192.168.1.20:8501"}


@pytest.mark.parametrize(
    ("headers", "same"),
    [
        ({"sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "same-origin", "origin": "https://behind-a-proxy.example"}, True),
        ({"sec-fetch-site": "cross-site", "origin": "http://192.168.1.20:8501"}, False),
        ({"sec-fetch-site": "same-site"}, False),
        ({"sec-fetch-site": "none"}, False),
        ({"origin": "http://192.168.1.20:8501"}, True),
        ({"origin": "http://192.168.1.20:9999"}, False),
        ({"origin": "http://evil.example"}, False),
        ({"origin": "null"}, False),
        ({}, False),
    ],
)
def test_same_origin(headers, same):
    assert is_same_origin(Headers({**HOST, **headers})) is same


@pytest.mark.parametrize("path", ["/auth/sign-in", "/auth/sign-out", "/auth/setup", "/api/v1/attempts"])
def test_post_from_elsewhere_is_refused(client_of, path):
    answer = client_of("teacher").post(path, headers={"Origin": "http://evil.example"})
    assert answer.status_code == 403
    assert answer.json()["error"]["code"] == "request.cross_site"
