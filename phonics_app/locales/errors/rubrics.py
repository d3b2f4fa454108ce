"""Messages of faults in `rubrics/`."""

from __future__ import annotations

from phonics_app.locales import N_

MESSAGES: dict[str, str] = {
    "rubrics.file_missing": N_("The file {value} is missing or can't be opened."),
    "rubrics.not_utf8": N_("The file is not saved as UTF-8. In Excel choose “CSV UTF-8”."),
    "rubrics.broken_file": N_("The file can't be read: {value}"),
    "rubrics.column_missing": N_("The column {expected} is missing."),
    "rubrics.empty": N_("This cell is empty; a text is needed."),
    "rubrics.not_thai": N_("This should be Thai: “{value}”"),
    "rubrics.thai_in_english": N_("This should be English, without Thai letters: “{value}”"),
    "rubrics.not_a_number": N_("“{value}” does not fit here; expected a number: {expected}"),
    "rubrics.unknown": N_("“{value}” is not known; expected one of: {expected}"),
    "rubrics.repeated": N_("“{value}” is there already; it must be unique."),
    "rubrics.out_of_order": N_("“{value}” is out of order; expected {expected}"),
    "rubrics.band_missing": N_("Descriptors are missing for: {expected}"),
    "rubrics.level_missing": N_("Level {value} is missing."),
    "rubrics.level_unknown": N_("Level {value} does not exist in the item bank."),
}
