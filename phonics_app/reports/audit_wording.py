"""What a check of the record of use has found, in words."""

from __future__ import annotations

from phonics_app.locales import N_, Translate

FAULTS = {
    "changed": N_("Entry {key} is not what was written: it was changed."),
    "missing": N_("Entries before entry {key} were taken out."),
    "cut_off": N_("The newest entries, after entry {key}, were cut off."),
    "forged": N_("Entry {key} was added from outside."),
    "head_unknown": N_(
        "The fingerprint noted earlier is of no entry: entries were cut off, the record was made anew, or an older "
        "backup was restored."
    ),
    "unguarded": N_("The entries hold, but the database no longer refuses changes to them: its guards are gone."),
}


def verification_text(_: Translate, fault: str | None, key: int, entries: int) -> str:
    """`fault`: the value of a `ChainFault`, None where all is well; `key` names the entry."""
    if fault is not None:
        return _(FAULTS[fault]).format(key=key)
    return _("The record holds: {entries} entries, none changed or missing.").format(entries=f"{entries:,}")
