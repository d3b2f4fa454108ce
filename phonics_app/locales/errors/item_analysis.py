"""Messages of what keeps items from being analysed."""

from __future__ import annotations

from phonics_app.locales import N_

MESSAGES: dict[str, str] = {
    "item_analysis.no_spread": N_(
        "Nearly every item was answered rightly by everybody, or wrongly by everybody: there is nothing to compare."
    ),
}
