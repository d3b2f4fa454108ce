from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import phonics_app.web
from phonics_app.web.player_texts import player_texts
from tests.browser.school import P1_PUPIL

PLAYER = Path(phonics_app.web.__file__).parent / "player"
SCRIPTS = sorted(PLAYER.glob("*.js"))
ID = "d" * 32


def page_data(html):
    return json.loads(re.search(r'id="page-data">(.*?)</script>', html, re.S)[1])


def test_start_screen_proposes_a_level_and_says_why(client_of):
    html = client_of("teacher").get(f"/play/new?pupil={P1_PUPIL.id}").text
    assert "ต้นกล้า สมมุติสกุล" in html
    assert '<option value="4" selected>' in html
    assert "expected in P1" in html
    assert page_data(html)["start_level"] == 4


def test_start_screen_offers_to_resume(client_of):
    client = client_of("teacher")
    client.post("/api/v1/attempts", json={"id": ID, "pupil_id": P1_PUPIL.id})
    assert f'href="/play/{ID}"' in client.get(f"/play/new?pupil={P1_PUPIL.id}").text


@pytest.mark.parametrize(("who", "status"), [("other_teacher", 403), ("director", 403), ("trainer", 403)])
def test_start_screen_is_for_those_who_give_tests(client_of, who, status):
    answer = client_of(who).get(f"/play/new?pupil={P1_PUPIL.id}")
    assert answer.status_code == status
    assert "ต้นกล้า" not in answer.text


@pytest.mark.parametrize("query", ["", "?pupil=nobody"])
def test_an_unknown_pupil(client_of, query):
    assert client_of("teacher").get(f"/play/new{query}").status_code == 404


def test_player_page_brings_both_languages(client_of):
    data = page_data(client_of("teacher").get(f"/play/{ID}").text)
    assert data["attempt_id"] == ID
    assert data["texts"]["th"].keys() == data["texts"]["en"].keys()


def test_every_text_that_a_script_asks_for_exists():
    asked = {key for script in SCRIPTS for key in re.findall(r'texts\.get\("(\w+)"', script.read_text("utf-8"))}
    assert len(asked) > 20
    assert asked <= player_texts()["th"].keys()


def test_every_text_is_translated_with_its_placeholders():
    texts = player_texts()
    for key, english in texts["en"].items():
        thai = texts["th"][key]
        assert thai != english or key == "other_language", key
        assert set(re.findall(r"\{\w+\}", thai)) == set(re.findall(r"\{\w+\}", english)), key


def test_no_text_holds_the_name_of_a_rule():
    texts = [text for catalogue in player_texts().values() for text in catalogue.values()]
    assert not [text for text in texts if re.search("[A-Z]{3,}-[A-Z0-9]", text)]


def test_a_saved_test_can_be_handed_over_from_the_start_screen(client_of):
    assert 'href="/play/deliver"' in client_of("teacher").get(f"/play/new?pupil={P1_PUPIL.id}").text


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda p: p.name)
def test_scripts_hold_no_thai_and_reach_no_other_site(script):
    text = script.read_text("utf-8")
    assert not re.search("[\u0e00-\u0e7f]", text)
    assert "//" not in re.sub(r"^\s*(//|\*|/\*).*$|\s// .*$", "", text, flags=re.M)


def test_a_fixed_form_can_be_chosen_and_started(client_of):
    client = client_of("teacher")
    page = client.get(f"/play/new?pupil={P1_PUPIL.id}&form=probe-words&level=3&letter=B").text
    assert re.search(r'<option value="probe-words" selected>', page)
    data = page_data(page)
    assert set(data["forms"]) >= {"level-check", "probe-words", "probe-passage"}
    assert not {"class-listening", "paper"} & set(data["forms"])
    assert data["chosen"] == {"level": "3", "letter": "B"}
    assert data["forms"]["probe-words"]["next"]["3"] == "A"
    wanted = {"id": ID, "pupil_id": P1_PUPIL.id, "blueprint": "probe-words", "level": 3, "letter": "A"}
    answer = client.post("/api/v1/forms/attempts", json=wanted)
    assert answer.status_code == 201
    assert answer.json()["plan"]["form"]["letter"] == "A"
    again = page_data(client.get(f"/play/new?pupil={P1_PUPIL.id}").text)["forms"]["probe-words"]
    assert again["next"]["3"] == "B"
    assert again["letters"]["3"][0][1].startswith("A (")
    unknown = client.post("/api/v1/forms/attempts", json=wanted | {"id": "e" * 32, "letter": "Z"})
    assert unknown.json()["error"]["code"] == "forms.no_letter"


@pytest.mark.parametrize(("who", "status"), [("other_teacher", 403), ("director", 403), ("trainer", 403)])
def test_forms_are_given_by_those_who_give_tests(client_of, who, status):
    wanted = {"id": ID, "pupil_id": P1_PUPIL.id, "blueprint": "probe-words", "level": 3, "letter": "A"}
    assert client_of(who).post("/api/v1/forms/attempts", json=wanted).status_code == status
