"""Messages of errors that no single room owns."""

from __future__ import annotations

from phonics_app.locales import N_

MESSAGES: dict[str, str] = {
    "input.problems": N_("Nothing was stored. Problems found: {count}"),
    "json.unexpected": N_("{value} does not fit here; expected {expected}"),
    "permission.denied": N_("Your account is not permitted to do this."),
}
