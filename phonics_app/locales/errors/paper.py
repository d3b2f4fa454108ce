"""Messages of tests on paper: codes of forms, sheets that are keyed in, spreadsheets that are brought in."""

from __future__ import annotations

from phonics_app.locales import N_

MESSAGES: dict[str, str] = {
    "paper.no_form": N_(
        "No form with the code “{code}” was printed here, and no other form either. Print one on the page of fixed "
        "forms first; its code stands at the foot of each sheet."
    ),
    "paper.code_unknown": N_(
        "No form with the code “{code}” was printed here. Look at the foot of the sheet once more. Known codes, the "
        "nearest first: {expected}"
    ),
    "paper.class": N_("There is no class “{value}”."),
    "paper.no_date": N_("“{value}” is no day; write it like {expected}"),
    "paper.date": N_("The day of the test can’t be {value}; expected is a day in {expected}"),
    "paper.block_unknown": N_("The form has no part “{value}”."),
    "paper.block_missing": N_("This part of the form is missing: {expected}"),
    "paper.last_item": N_("The last item can’t be {value}; expected: {expected}"),
    "paper.items": N_("There are {value} answers; the form has {expected} items here"),
    "paper.no_time_limit": N_("This part has no time limit, so seconds left ({value}) can’t be."),
    "paper.seconds_left": N_("Seconds left: “{value}”; expected is a whole number, {expected}"),
    "paper.beyond_last": N_("“{value}” stands behind the last item tried ({expected})"),
    "paper.key": N_("“{value}” says nothing here; expected is one of: {expected}"),
    "paper.key_missing": N_("The answer is missing; expected is one of: {expected}"),
    "paper.entered_otherwise": N_(
        "The sheet of {name} ({number}) is stored already, with other marks. Load the page again and choose “Correct "
        "this sheet”."
    ),
    "paper.not_read": N_(
        "Question {value} is about a part that the pupil did not read; as far as he read, {expected} questions are "
        "asked."
    ),
    "paper.other_entry": N_(
        "The sheet of {name} ({number}) was changed elsewhere in the meantime. Load the page again and look at it once "
        "more."
    ),
    "paper.entered_twice": N_(
        "Another entry of the same sheet counts in its place. Take that one back first; a sheet counts once."
    ),
    "paper.no_sheet": N_("This test was not keyed in from a sheet of paper."),
    "paper.no_template": N_("No sheet of this file was made from the template for marking sheets."),
    "paper.sheet_code": N_(
        "The form {value} is not known here: it was printed elsewhere. Known codes, the nearest first: {expected}"
    ),
    "paper.columns": N_("There are {value} columns; the template of this form has {expected}"),
    "paper.pupil_unknown": N_("No pupil of the class has the number “{value}”; expected: {expected}"),
    "paper.pupil_other": N_("“{value}” is not the pupil with this number; expected: {expected}"),
    "paper.pupil_twice": N_("The pupil with the number “{value}” stands here twice."),
    "paper.last_missing": N_("The last item is missing; expected: {expected}"),
    "paper.number": N_("“{value}” is no number that can stand here; expected: {expected}"),
    "paper.total_missing": N_("The total of the sheet is missing; typed in were {expected}"),
    "paper.total_differs": N_("The sheet’s total is {value}, typed in were {expected}"),
    "paper.other_marks": N_(
        "The sheet of {value} is stored already, with other marks. Correct it where sheets are keyed in, or take the "
        "row out."
    ),
    "paper.other_preview": N_("Something has changed since the file was looked at. Look at it once more, then store."),
}
