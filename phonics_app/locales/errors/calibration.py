"""Messages of what keeps items from being calibrated, or pupils from being scored."""

from __future__ import annotations

from phonics_app.locales import N_

MESSAGES: dict[str, str] = {
    "calibration.refused": N_("Nothing was calculated. Correct what is wrong in the file ({count}) and try again."),
    "calibration.not_csv": N_("This is no CSV file in UTF-8: {value}"),
    "calibration.column_missing": N_("There is no column “{value}”."),
    "calibration.no_rows": N_("The file has no answers."),
    "calibration.empty": N_("This cell must not be empty."),
    "calibration.score": N_("“{value}” is no score; expected: {expected}"),
    "calibration.number": N_("“{value}” is no number that fits here; expected: {expected}"),
    "calibration.repeated": N_("{value} stands in line {expected} already."),
    "calibration.two_groups": N_("This person is in another group in an earlier line, not in “{value}”."),
    "calibration.no_spread": N_(
        "Everybody who answered {value} was right, or everybody wrong: its difficulty can't be told. Leave it out, or"
        " give priors."
    ),
    "calibration.item_unknown": N_("There are no parameters for {value}."),
}
