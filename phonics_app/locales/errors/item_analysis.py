"""Messages of what keeps items from being analysed."""

from __future__ import annotations

from phonics_app.locales import N_

MESSAGES: dict[str, str] = {
    "item_analysis.no_spread": N_(
        "Nearly every item was answered rightly by everybody, or wrongly by everybody: there is nothing to compare."
    ),
    "item_analysis.few_tests": N_("At least {expected} finished tests are needed before items can be analysed."),
    "item_analysis.no_answers": N_("There are no answers to item {id} that count: nobody met it, or it was changed."),
}
