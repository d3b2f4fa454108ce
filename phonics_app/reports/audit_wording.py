"""The record of use in words: what an entry tells beside its sentence, what a check of the chain has found."""

from __future__ import annotations

from collections.abc import Mapping

from phonics_app.locales import N_, Translate
from phonics_app.locales.privacy_labels import BASES
from phonics_app.reports.export_columns import TITLES
from phonics_app.reports.labels import NONE, day_text

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


FIELDS: dict[str, str] = {
    "number": N_("Pupil number"),
    "prefix": N_("Name prefix"),
    "first_name": N_("First name"),
    "last_name": N_("Last name"),
    "sex": N_("Sex"),
    "grade": N_("Grade"),
    "room": N_("Room"),
    "class_number": N_("Class number"),
}
_TABLES = {kind.value: text for kind, text in TITLES.items()}
_BASES = {basis.value: text for basis, text in BASES.items()}


class EntryWords(dict[str, str]):
    """The data of an entry in the reader's words, by name; what an entry does not tell is a dash."""

    def __init__(self, _: Translate, data: Mapping[str, object], language: str, **more: str) -> None:
        super().__init__({name: _word(_, name, value, language) for name, value in data.items()} | more)

    def __missing__(self, name: str) -> str:
        return NONE


def _word(_: Translate, name: str, value: object, language: str) -> str:
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    if name == "fields" and isinstance(value, list):
        return ", ".join(_(FIELDS.get(str(each), str(each))) for each in value)
    if name == "format":
        return text.upper()
    if name == "basis":
        return _(_BASES.get(text, text))
    if name == "table":
        return _(_TABLES.get(text, text))
    return day_text(text, language) if name == "given_on" else text
