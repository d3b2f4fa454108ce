"""Messages of fixed forms: faults of `forms.toml`, and what the bank lacks for them."""

from __future__ import annotations

from phonics_app.locales import N_

MESSAGES: dict[str, str] = {
    "forms.id_form": N_("The id “{value}” has other signs than small letters and hyphens; write it like {expected}"),
    "forms.levels_order": N_("Levels stand in order and once each: {expected}, not {value}"),
    "forms.band": N_("This set of levels is empty or stands there twice: {value}"),
    "forms.kind_tasks": N_("A whole class can't answer “{value}” at once; tasks that it can: {expected}"),
    "forms.no_part": N_("No part is meant for forms of level {value}."),
    "forms.passages_alone": N_("Passages can't stand in one form with items (level {value})."),
    "forms.task_repeated": N_("Two parts of a form ask for the same task: {value}"),
    "forms.length": N_("A form should have {expected} items, but its parts allow: {value}"),
    "forms.too_thin": N_("The bank has too few items for these forms."),
    "forms.lack_minimum": N_("{value} more active items are needed; the forms want {expected} of them in all."),
    "forms.lack_length": N_(
        "{value} more active items of any of these tasks are needed; the forms want {expected} in all."
    ),
    "forms.lack_neutral": N_(
        "{value} more active items without a Thai habit of speech in them are needed; the forms want {expected} in all."
    ),
    "forms.no_item": N_("For the forms {expected} the bank has no item that tests: {value}"),
    "forms.left_out": N_("The form {expected} has no room, or too few items, for: {value}"),
    "forms.unlike": N_(
        "The forms’ expected scores differ by {value} of the highest score; at most {expected} are allowed."
    ),
    "forms.no_solution": N_("No forms were found within {seconds} seconds. Try again when the computer is less busy."),
    "forms.no_letter": N_("There is no form with this letter; there are: {expected}"),
    "forms.unknown": N_("There is no such form; there are: {expected}"),
}
