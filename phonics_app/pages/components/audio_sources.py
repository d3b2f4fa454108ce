"""How much of each list is recorded, synthetic or missing, with a way to record it."""

from __future__ import annotations

from collections.abc import Sequence

from phonics_app.pages.components.html import Cell, Column, link, section, table
from phonics_app.pages.components.session import Session
from phonics_app.workflows.speech import SoundState
from phonics_app.workflows.takes import PHONEMES, is_in_set, recording_sets


def show_sources(session: Session, states: Sequence[SoundState]) -> None:
    _ = session.translate
    section(_("What there is"))
    counts = [Column(name, "count") for name in (_("All"), _("Recorded"), _("Synthetic"), _("Missing"))]
    rows = [_row(session, name, states) for name in recording_sets(session.phonics)]
    # The way to the studio stands before the numbers: on a phone these are what has to be scrolled to.
    table([Column(_("List"), "wide"), Column("", "actions"), *counts], rows)


def _row(session: Session, name: str, states: Sequence[SoundState]) -> list[Cell]:
    sources = [state.source for state in states if is_in_set(state, name)]
    counts = [
        len(sources),
        sum(1 for source in sources if source is not None and not source.synthetic),
        sum(1 for source in sources if source is not None and source.synthetic),
        sources.count(None),
    ]
    to_studio = link(session.translate("Record"), f"/studio?set={name}", "secondary")
    return [_title(session, name), to_studio, *map(str, counts)]


def _title(session: Session, name: str) -> str:
    _ = session.translate
    if name == PHONEMES:
        return _("The sounds of English")
    level = session.phonics.content.bank.level(int(name))
    return _("Level {number} · {name}").format(number=name, name=level.name.in_language(session.language))
