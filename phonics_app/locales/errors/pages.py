"""Messages of errors that the pages find themselves."""

from __future__ import annotations

from phonics_app.locales import N_

MESSAGES: dict[str, str] = {
    "page.column_twice": N_("This column was chosen twice; the second time for “{value}”. Choose one."),
    "page.passwords_differ": N_("The two passwords are not the same."),
}
