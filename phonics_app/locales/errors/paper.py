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
        "The sheet of {name} ({number}) is stored already, with other marks. Discard that test on its result page "
        "before you enter the sheet anew."
    ),
}
