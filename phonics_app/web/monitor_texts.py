"""Texts of the page on which a teacher watches a class that takes a test by itself."""

from __future__ import annotations

from phonics_app.locales import LANGUAGES, N_, translator
from phonics_app.web.language import LANGUAGE_NAMES, other_language

# Keys that end in a code (status_…, action_…) are looked up by it.
TEXTS: dict[str, str] = {
    "title": N_("Class test · {group}"),
    "code_title": N_("Pupils enter here"),
    "code_none": N_("The code has expired"),
    "code_ended": N_("This class test has ended"),
    "show_large": N_("Show large"),
    "show_small": N_("Show small"),
    "qr": N_("QR with the address and the code"),
    "only_here": N_(
        "This page was opened at the server's own computer. Tablets reach it only if it was started for the network:"
        " start.py --host 0.0.0.0"
    ),
    "summary": N_("{going} at work · {waiting} waiting · {finished} finished · {expected} not here yet"),
    "summary_ended": N_("{finished} finished · {ended} sent home, not finished · {absent} were not here"),
    "help_wanted": N_("Hand up: {names}"),
    "admit_all": N_("Let all in ({n})"),
    "pause_all": N_("Pause all"),
    "go_on_all": N_("Go on, all"),
    "end_sitting": N_("End the class test"),
    "end_question": N_("End the class test? Whoever is not finished can go on another day; every answer is kept."),
    "reopen": N_("Open again with a new code"),
    "admits": N_("Let pupils in by themselves"),
    "yes": N_("Yes, end it"),
    "cancel": N_("Cancel"),
    "number": N_("Class number"),
    "name": N_("Name"),
    "state": N_("State"),
    "questions": N_("Questions"),
    "actions": N_("Actions"),
    "status_expected": N_("not here yet"),
    "status_absent": N_("was not here"),
    "status_checking": N_("checks the name"),
    "status_waiting": N_("waits to be let in"),
    "status_admitted": N_("let in"),
    "status_going": N_("at work"),
    "status_paused": N_("paused"),
    "status_finished": N_("finished"),
    "status_ended": N_("sent home, not finished"),
    "connected": N_("connected"),
    "away": N_("no connection; answers are kept on the device"),
    "hand_up": N_("hand up"),
    "level": N_("level {n} proposed"),
    "action_admit": N_("Let in"),
    "action_pause": N_("Pause"),
    "action_go_on": N_("Let go on"),
    "action_helped": N_("Helped"),
    "action_end": N_("Send home"),
    "action_re_open": N_("Open again"),
    "action_take_back": N_("Free the number"),
    "action_close": N_("Count as it is"),
    "action_for": N_("{action}: {name}"),
    "close_question": N_("Count the test of {name} as it is? It can't be gone on with then."),
    "close_yes": N_("Yes, count it"),
    "take_back_question": N_("Free number {number}? The device there is logged off; what it has sent is kept."),
    "take_back_yes": N_("Yes, free it"),
    "see_result": N_("See result"),
    "result_for": N_("See result: {name}"),
    "no_connection": N_("No connection to the server. Trying again."),
    "not_done": N_("What you pressed last was not done. Press it again as soon as there is a connection."),
    "signed_out": N_("You are signed out. Sign in again; the class goes on meanwhile."),
    "sign_in_again": N_("Sign in again"),
    "to_class": N_("To the class"),
    "simulated": N_("Simulated pupils"),
}
FLAGS: dict[str, str] = {
    "rapid_guessing": N_("answers too quickly"),
    "patterned_answers": N_("answers in a pattern"),
    "long_absence": N_("was away for minutes"),
}


def monitor_texts() -> dict[str, dict[str, str]]:
    """Language → key → text; placeholders stay in braces."""
    return {
        language: {key: translator(language)(text) for key, text in TEXTS.items()}
        | {"other_language": LANGUAGE_NAMES[other_language(language)]}
        for language in LANGUAGES
    }


def flag_texts() -> dict[str, dict[str, str]]:
    """The same for what makes one doubt a test; codes that are not here mean nothing to a teacher."""
    return {language: {code: translator(language)(text) for code, text in FLAGS.items()} for language in LANGUAGES}
