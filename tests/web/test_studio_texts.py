"""Every text that the studio's script asks for is there, and none that it never asks for."""

from __future__ import annotations

import re

from phonics_app.domain.sound import Licence, SoundKind
from phonics_app.speech.take import TakeFault
from phonics_app.web.studio_texts import TEXTS, studio_texts
from tests import sites

SCRIPTS = (sites.ROOT / "phonics_app" / "web" / "studio").glob("*.js")
SOURCE = "\n".join(script.read_text(encoding="utf-8") for script in SCRIPTS)
LOOKED_UP = {
    *(f"kind_{kind.value}" for kind in SoundKind),
    *(f"say_{kind.value}" for kind in SoundKind),
    *(f"fault_{fault.value}" for fault in TakeFault),
    *(f"licence_{licence.value}" for licence in Licence),
    *(f"state_{state}" for state in ("kept", "waiting", "missing")),
    *(f"connection_{state}" for state in ("sent", "sending", "waiting", "signed_out", "refused")),
    "say_vowel",
}
OF_THE_PLAYER = {"sign_in_again", "try_again"}
"""Asked for by the player's modules that the studio uses."""


def test_every_text_is_there():
    asked = set(re.findall(r'get\("(\w+)"', SOURCE)) | LOOKED_UP
    assert asked - {"other_language"} <= set(TEXTS)


def test_no_text_is_left_over():
    quoted = set(re.findall(r'"([\w-]+)"', SOURCE))
    problems = {key for key in TEXTS if key.startswith("problem_") and key.split("_")[1] in quoted}
    assert set(TEXTS) - quoted - LOOKED_UP - OF_THE_PLAYER - problems == set()


def test_both_languages_have_all_of_them():
    texts = studio_texts()
    assert texts["th"].keys() == texts["en"].keys()
    assert texts["th"]["record"] == "อัดเสียง"
