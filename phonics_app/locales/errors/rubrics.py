"""Messages of faults in `rubrics/`."""

from __future__ import annotations

from phonics_app.locales import N_

MESSAGES: dict[str, str] = {
    "rubrics.not_thai": N_("This should be Thai: “{value}”"),
    "rubrics.thai_in_english": N_("This should be English, without Thai letters: “{value}”"),
    "rubrics.repeated": N_("“{value}” is there already; it must be unique."),
    "rubrics.out_of_order": N_("“{value}” is out of order; expected {expected}"),
    "rubrics.band_missing": N_("Descriptors are missing for: {expected}"),
    "rubrics.level_missing": N_("Level {value} is missing."),
    "rubrics.level_unknown": N_("Level {value} does not exist in the item bank."),
}
