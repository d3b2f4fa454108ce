"""Messages of the year turn."""

from __future__ import annotations

from phonics_app.locales import N_

MESSAGES: dict[str, str] = {
    "turn.stale": N_("Class lists were changed meanwhile. Please look at the preview once more."),
    "turn.nobody": N_("There is nobody in the classes of {value} who is not in a class of the next year already."),
    "turn.none": N_("There is no year turn that could be taken back."),
    "turn.used": N_("The year turn can't be taken back: tests or pupils were added to {year} since then."),
    "turn.too_early": N_("The academic year {value} has not begun yet; a year turn can be stored from {expected} on."),
    "turn.downwards": N_("A class can't go down a grade: {expected} to {value}"),
}
