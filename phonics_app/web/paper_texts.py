"""Texts of the page where marking sheets are keyed in: both languages, so that the switch needs no server."""

from __future__ import annotations

from phonics_app.domain.strand import Task
from phonics_app.locales import LANGUAGES, N_, translator
from phonics_app.locales.item_labels import TASKS
from phonics_app.web.language import LANGUAGE_NAMES, other_language
from phonics_app.web.player_texts import TEXTS as PLAYER_TEXTS

_SHARED = tuple(
    key
    for key in PLAYER_TEXTS
    if key.startswith(
        ("simulated", "connection_", "storage_failed", "load_again", "load_failed", "try_again", "sign_in_again")
    )
)
"""What the player says in the same case."""
# Keys that end in a code (state_…, lack_…, kind_…, task_…) are looked up by it.
TEXTS: dict[str, str] = {
    "back": N_("Another class or form"),
    "progress": N_("{done} of {all} entered"),
    "pupils": N_("Pupils"),
    "no_pupils": N_("There are no pupils in this class."),
    "form": N_("{name} · form {letter} · code {code}"),
    "number": N_("No. {number}"),
    "status_none": N_("not entered"),
    "status_begun": N_("begun on this device"),
    "status_waiting": N_("waits to be sent"),
    "status_done": N_("entered"),
    "status_open": N_("begun elsewhere"),
    "status_refused": N_("refused"),
    "cell_label": N_("Item {number}, {item}: {mark}"),
    "state_right": N_("right"),
    "state_wrong": N_("wrong"),
    "state_corrected": N_("self-corrected"),
    "state_missing": N_("answer missing"),
    "state_beyond": N_("not tried"),
    "line_right": N_("{n} right"),
    "line_wrong": N_("{n} wrong"),
    "kind_passage": N_("Reading passage"),
    "kind_questions": N_("Questions about the passage"),
    "last_item": N_("Last item"),
    "seconds_left": N_("Seconds left"),
    "total_right": N_("Right, as counted on the sheet"),
    "total_wrong": N_("Wrong, as counted on the sheet"),
    "next_pupil": N_("Store, next pupil"),
    "undo": N_("Undo"),
    "give_on_screen": N_("Give on this screen"),
    "see_result": N_("See the result"),
    "is_entered": N_("This pupil’s sheet is entered."),
    "is_begun": N_("A test of this pupil on this form was begun on this day and is not finished."),
    "is_corrected": N_("The stored sheet is being corrected. It counts as it was until you store it anew."),
    "correct": N_("Correct this sheet"),
    "withdraw": N_("Take it back"),
    "withdraw_question": N_(
        "Take this sheet back? It counts no more; if it was a correction, the entry before it counts again. On its "
        "result page it can be taken in again."
    ),
    "withdraw_sure": N_("Yes, take it back"),
    "withdraw_not": N_("No, leave it"),
    "leave_as_it_was": N_("Leave it as it was"),
    "is_waiting": N_("This sheet is complete and is being sent."),
    "is_refused": N_("The server refused this sheet: {why}"),
    "all_done": N_("All {all} sheets are entered"),
    "lack_missing": N_("An answer is missing at item {number}."),
    "lack_beyond": N_("Item {number} has a mark, but stands behind the last item."),
    "lack_last": N_("Which item was the last one? Type its number (0: this part was not given)."),
    "lack_seconds": N_("Seconds left: a whole number from 0 to {most}."),
    "lack_total": N_("Type the total as it stands on the sheet."),
    "lack_differs": N_(
        "The sheet says {typed}, keyed were {keyed}. Compare line by line; the counts stand at the right."
    ),
    "agree": N_("The sheet is miscounted: take {keyed}"),
    "keys_title": N_("Keys"),
    "keys_move": N_("Arrow keys: move · Space: on · Enter: to the numbers, then store"),
    "keys_marks": N_(
        "X wrong · S self-corrected · D decoding error · T Thai accent · A unclear which · N no answer · "
        "Backspace: clear"
    ),
    "keys_options": N_("Where pupils chose: the number of the option, 0 for none · X wrong, unreadable"),
    "keys_last": N_("L: this was the last item · Ctrl+Z: undo · Page down, Page up: another pupil"),
    "other_tab": N_("This class is open in another tab of this browser. Go on there, or load this page again."),
    "load_class_failed": N_("There is no connection to the server. What was keyed in is safe on this device."),
}


IMPORT_TEXTS: dict[str, str] = {
    "looking": N_("The file is being looked at…"),
    "nothing_new": N_("There is nothing new in this file."),
    "rows_new": N_("{new} sheets would be stored, {same} are stored already. Nothing is stored before you confirm."),
    "faults": N_(
        "{n} places need mending. Nothing is stored as long as there is one; mend them and choose the file again."
    ),
    "sheet": N_("Sheet"),
    "row": N_("Row"),
    "column": N_("Column"),
    "value": N_("Value"),
    "told": N_("What is wrong"),
    "store": N_("Store {new} sheets"),
    "stored": N_("Stored: {n} sheets."),
    "no_answer": N_("There is no connection to the server. Nothing was stored. Try again."),
}


def import_texts() -> dict[str, dict[str, str]]:
    """The same for the part of the page where a spreadsheet is brought in."""
    return {language: {key: translator(language)(text) for key, text in IMPORT_TEXTS.items()} for language in LANGUAGES}


def paper_texts() -> dict[str, dict[str, str]]:
    """Language → key → text; placeholders stay in braces for the page to fill."""
    return {language: _catalogue(language) for language in LANGUAGES}


def _catalogue(language: str) -> dict[str, str]:
    _ = translator(language)
    tasks = {f"task_{task.value}": _(TASKS[task]) for task in Task}
    shared = {key: _(PLAYER_TEXTS[key]) for key in _SHARED}
    switch = {"other_language": LANGUAGE_NAMES[other_language(language)]}
    return {key: _(text) for key, text in TEXTS.items()} | tasks | shared | switch
