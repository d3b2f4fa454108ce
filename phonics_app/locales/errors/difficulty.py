"""Messages of what keeps a difficulty from being predicted."""

from __future__ import annotations

from phonics_app.locales import N_

MESSAGES: dict[str, str] = {
    "difficulty.refused": N_("No difficulty was predicted: {count} of what was asked for can't be."),
    "difficulty.no_model": N_(
        "Difficulties can't be predicted: {file} in the folder of the item bank is missing or damaged. "
        "train-difficulty makes it anew."
    ),
    "difficulty.few_items": N_(
        "Only {count} items have a difficulty to learn from; at least {needed} are needed to predict others."
    ),
    "difficulty.item": N_("There is no item “{value}” in the bank."),
    "difficulty.level_needed": N_(
        "A part of “{value}” follows no rule, so no level can decode it; say for which level it is meant: --level"
    ),
}
