"""Texts of a pupil's own device. Few and short: what counts is heard and seen; texts are for who helps, and for screen
readers."""

from __future__ import annotations

from phonics_app.locales import LANGUAGES, N_, translator
from phonics_app.web.language import LANGUAGE_NAMES, other_language
from phonics_app.web.look_texts import LOOK_TEXTS

# Keys that end in a code (task_…, cheer_…, connection_…) are looked up by it.
TEXTS: dict[str, str] = {
    "title": N_("Listen and choose"),
    "enter_title": N_("Type the code"),
    "code_label": N_("Code of the class, six digits"),
    "digit": N_("Digit {digit}"),
    "erase": N_("Erase the last digit"),
    "enter": N_("Go in"),
    "number_title": N_("What is your number?"),
    "number": N_("Number {number}"),
    "number_gone": N_("Number {number}, taken"),
    "name_title": N_("Is this you?"),
    "yes": N_("Yes, this is me"),
    "no": N_("No"),
    "waiting_title": N_("Wait a moment"),
    "waiting": N_("Your teacher will let you in."),
    "loading": N_("Getting the sounds: {done} of {all}"),
    "loading_failed": N_("Some sounds are missing. Check the connection; it tries again by itself."),
    "ready_title": N_("Put on your headphones"),
    "ready": N_("Press the ear. Can you hear it?"),
    "ready_go": N_("I can hear it. Start"),
    "practice": N_("Let's practise"),
    "practice_again": N_("Listen once more"),
    "listen": N_("Listen again"),
    "task_choose_grapheme": N_("Which letters make this sound?"),
    "task_choose_spelling": N_("Which word do you hear?"),
    "task_choose_picture": N_("Which picture do you hear?"),
    "option": N_("Answer {place}: {value}"),
    "picture": N_("Picture {place}"),
    "next": N_("Next"),
    "progress": N_("{n} questions answered"),
    "rest_title": N_("Well done, you are working hard!"),
    "rest": N_("Take a breath. Stretch. Go on when you are ready."),
    "go_on": N_("Carry on"),
    "cheer_1": N_("You are listening well"),
    "cheer_2": N_("Keep going"),
    "cheer_3": N_("You are trying hard"),
    "help": N_("Ask the teacher"),
    "help_asked": N_("The teacher is coming"),
    "stop_today": N_("Stop for today"),
    "stop_title": N_("Stop for today?"),
    "stop": N_("Everything is kept. You can go on another day."),
    "paused_title": N_("Pause"),
    "paused": N_("Your teacher has paused the test."),
    "ended_title": N_("That's all for today"),
    "ended": N_("Everything is kept. You can go on another day."),
    "done_title": N_("Finished! Thank you"),
    "done": N_("You have listened to {n} questions. You may take off your headphones."),
    "sending": N_("Don't close the page yet: {n} answers are still on the way."),
    "connection_sent": N_("All answers are with the teacher"),
    "connection_sending": N_("Answers are on the way"),
    "connection_waiting": N_("No connection; {n} answers are kept on this device"),
    "connection_signed_out": N_("This device was taken off the class; {n} answers are kept here"),
    "connection_refused": N_("The server does not take the answers; {n} are kept on this device"),
    "save_file": N_("Save as a file for the teacher"),
    "try_again": N_("Try again"),
    "other_tab_title": N_("The test is open in another window"),
    "continue_here": N_("Continue here"),
    "lost_title": N_("Ask your teacher"),
    "lost": N_(
        "This device has no room for the last answer. Those before are kept. Make room, then load the page again."
    ),
    "not_kept": N_("This browser keeps no answers on the device (a private window?). Open an ordinary window."),
    "not_kept_go_on": N_("Go on all the same"),
    "conflict": N_("The test went on at another device. Ask your teacher."),
    "adopt": N_("Go on from the other device's answers"),
    "not_here": N_("This device has no test. Enter the code again."),
    "no_connection": N_("There is no connection. It tries again by itself."),
    "to_code": N_("Enter the code"),
    "load_again": N_("Load again"),
    "simulated": N_("Simulated pupil"),
}


def self_run_texts() -> dict[str, dict[str, str]]:
    """Language → key → text; placeholders stay in braces."""
    return {language: _catalogue(language) for language in LANGUAGES}


def _catalogue(language: str) -> dict[str, str]:
    _ = translator(language)
    switch = {"other_language": LANGUAGE_NAMES[other_language(language)]}
    return {key: _(text) for key, text in (TEXTS | LOOK_TEXTS).items()} | switch
