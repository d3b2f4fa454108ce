"""Addresses at which nothing is."""

from __future__ import annotations

import pytest

from phonics_app.workflows.addresses import PAGE_ADDRESSES

DOCUMENT = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.mark.parametrize("path", ["/clas", "/class/p1", "/dashboard.html", "/auth/nonsense", "/play/1/2", "/files/x"])
@pytest.mark.parametrize(("language", "says"), [("th", "ไม่มีหน้านี้ในระบบ"), ("en", "There is no page at this address")])
def test_unknown_addresses_show_a_way_back(client_of, path, language, says):
    answer = client_of("teacher", language=language).get(path, headers=DOCUMENT)
    assert answer.status_code == 404
    assert says in answer.text
    assert 'href="/"' in answer.text


@pytest.mark.parametrize("path", ["/play/new?pupil=%00", "/api/v1/attempts/%00"])
def test_a_nul_in_an_address_is_found_nowhere(client_of, path):
    assert client_of("teacher").get(path).status_code == 404


@pytest.mark.parametrize("address", sorted(PAGE_ADDRESSES))
def test_pages_are_left_to_the_pages(client_of, address):
    """Nothing stands behind this room in these tests: the answer is the bare one of the framework."""
    for path in (f"/{address}", f"/{address}?school=1"):
        assert client_of("teacher").get(path, headers=DOCUMENT).text == "Not Found"


def test_the_pages_own_requests_pass(client_of):
    assert client_of("teacher").get("/class/_stcore/health").text == "Not Found"


def test_programs_get_no_page(client_of):
    answer = client_of("teacher").get("/api/v1/nothing")
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "address.unknown")


def test_nobody_learns_what_there_is(client_of):
    assert client_of(None).get("/clas", headers=DOCUMENT).headers["location"] == "/auth/sign-in?next=%2Fclas"
