"""Texts of a pupil's screen, and of what the player says about it."""

from __future__ import annotations

from phonics_app.locales import LANGUAGES, N_, translator
from phonics_app.web.language import LANGUAGE_NAMES, other_language
from phonics_app.web.look_texts import LOOK_TEXTS

TEXTS: dict[str, str] = {
    "title": N_("The pupil’s screen"),
    "enter_title": N_("Type the code"),
    "enter_hint": N_("Six digits stand on the teacher’s device."),
    "code_label": N_("Code from the teacher’s device, six digits"),
    "digit": N_("Digit {digit}"),
    "erase": N_("Erase the last digit"),
    "enter": N_("Go in"),
    "waiting": N_("Wait for your teacher"),
    "teacher_away": N_("The teacher’s device is not answering just now."),
    "link_lost": N_("The connection is lost. It comes back by itself."),
    "no_connection": N_("There is no connection to the server. Try again."),
    "over": N_("That was all. Thank you!"),
    "another": N_("Type another code"),
}
"""Of the page that the pupil's device opens."""

# Keys that end in a code (sees_…, sees_hint_…, portion_…, pair_…) are looked up by it.
PLAYER_TEXTS: dict[str, str] = {
    "sees_title": N_("Where the pupil sees the words"),
    "sees_between": N_("On this screen, between you"),
    "sees_hint_between": N_("You and the pupil look at the same screen."),
    "sees_turned": N_("On this device, turned round"),
    "sees_hint_turned": N_(
        "One touch shows the words in large letters to the pupil who sits opposite, one brings the marks back."
    ),
    "sees_second": N_("On a second device"),
    "sees_hint_second": N_("A tablet or a phone shows the words alone; you mark here."),
    "sees_paper": N_("On paper"),
    "sees_hint_paper": N_(
        "You hold the printed pupil’s sheet or cards of your own; nothing is shown here to the pupil."
    ),
    "portion_title": N_("How much at once"),
    "portion_block": N_("Everything"),
    "portion_line": N_("Line by line"),
    "portion_item": N_("One by one"),
    "pupil_options": N_("For the pupil…"),
    "sees_done": N_("Done"),
    "turn_round": N_("Show the pupil"),
    "marks_again": N_("Back to the marks"),
    "turned_way": N_("Turn the words"),
    "bigger_step": N_("Next"),
    "smaller_step": N_("Previous"),
    "step_of": N_("{at} of {all}"),
    "show_words": N_("Show the pupil"),
    "hide_words": N_("Hide from the pupil"),
    "from_paper": N_("The pupil reads from paper"),
    "pair_waiting": N_("No screen has joined yet"),
    "pair_connected": N_("The pupil’s screen is connected"),
    "pair_lost": N_("The pupil’s screen does not answer"),
    "pair_offline": N_("No connection: the pupil’s screen does not follow"),
    "pair_closed": N_("No screen is connected"),
    "pair_how": N_("Open this address on the second device, or scan the code:"),
    "pair_code": N_("and type these digits"),
    "pair_code_label": N_("Code for the second device: {digits}"),
    "pair_qr": N_("QR code with the address and the digits"),
    "pair_renew": N_("Connect another device"),
    "pair_local": N_(
        "Other devices reach this address only if the app was started for the network (see README); "
        "this page was opened on the computer itself."
    ),
}
"""Of the player: `player_texts` takes them in."""


_WAYS = ("between", "turned", "second", "paper")


def ways_of_seeing(language: str) -> list[tuple[str, str, str]]:
    """For the start page: each way by which a pupil sees the words, its name and what it is like."""
    _ = translator(language)
    return [(way, _(PLAYER_TEXTS[f"sees_{way}"]), _(PLAYER_TEXTS[f"sees_hint_{way}"])) for way in _WAYS]


def screen_texts() -> dict[str, dict[str, str]]:
    """Language → key → text; placeholders stay in braces for the page to fill."""
    return {language: _catalogue(language) for language in LANGUAGES}


def _catalogue(language: str) -> dict[str, str]:
    _ = translator(language)
    switch = {"other_language": LANGUAGE_NAMES[other_language(language)]}
    return {key: _(text) for key, text in (TEXTS | LOOK_TEXTS).items()} | switch
