"""The player's interface texts: the page carries both languages, so that the switch needs no server."""

from __future__ import annotations

from phonics_app.locales import LANGUAGES, N_, translator

TEXTS: dict[str, str] = {"finish_block": N_("Finish this block")}


def player_texts() -> dict[str, dict[str, str]]:
    """Language → key → text; placeholders stay in braces for the player to fill."""
    return {language: {key: translator(language)(text) for key, text in TEXTS.items()} for language in LANGUAGES}
