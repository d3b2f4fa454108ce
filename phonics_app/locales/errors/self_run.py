"""Messages of tests that a class takes by itself."""

from __future__ import annotations

from phonics_app.locales import N_

MESSAGES: dict[str, str] = {
    "attempt.self_run": N_("The pupil takes this test alone, on a device of the class; no teacher marks it."),
    "self_run.code_wrong": N_("No class has this code now. Ask your teacher for the code on the board."),
    "self_run.throttled": N_("Too many wrong codes came from here. Wait {minutes} minutes, then try again."),
    "self_run.number_taken": N_(
        "Somebody else has taken number {number}. Choose your own number, or ask your teacher."
    ),
    "self_run.number_unknown": N_("There is no number {number} in this class."),
    "self_run.too_many_numbers": N_("This device has tried too many numbers. Ask your teacher."),
    "self_run.not_admitted": N_("Wait until your teacher lets you in."),
    "self_run.other_test": N_("Somebody else sits at this device now. Ask your teacher."),
    "self_run.not_joined": N_("This device has no place in a class any more. Enter the code again."),
    "self_run.sitting_over": N_("This class has ended its test. Ask your teacher."),
    "self_run.no_audio": N_(
        "Only {items} questions can be heard at this site, and a test needs at least {needed}. Record words in the"
        " recording studio, or have an administrator fetch them."
    ),
    "sitting.unknown": N_("There is no such class test."),
    "sitting.no_pupils": N_("There are no pupils in this group yet."),
}
