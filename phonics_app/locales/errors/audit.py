"""Messages of the record of use."""

from __future__ import annotations

from phonics_app.locales import N_

MESSAGES: dict[str, str] = {
    "audit.headless": N_(
        "The record of use has lost the row that knows its newest entry, so nothing can be recorded. Restore a backup."
    ),
    "audit.no_hash": N_("This is no fingerprint: 64 letters and digits 0–9, a–f."),
}
