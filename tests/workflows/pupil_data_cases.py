"""The lines of `use_cases` that are about pupils' data: handing them out, erasing them, research."""

from __future__ import annotations

from contextlib import suppress

from phonics_app.domain.account import Actor
from phonics_app.domain.errors import NotFound
from phonics_app.workflows import erasure, merging, pupil_data, research
from phonics_app.workflows.context import Phonics
from phonics_app.workflows.research import Coarseness

_OWN_DATA = "all - own - - -"
_ERASE = "all - - - - -"


def merge_undone(phonics: Phonics, actor: Actor, pupil: str) -> None:
    """No record was put together with the pupil's of the table."""
    with suppress(NotFound):
        merging.undo_merge(phonics, actor, pupil)


PUPIL_DATA_CASES = {
    merging.find_doubles: (_OWN_DATA, lambda p, a, w: merging.find_doubles(p, a, w.school)),
    merging.preview_merge: (_OWN_DATA, lambda p, a, w: merging.preview_merge(p, a, w.pupil, w.pupil)),
    merging.merge_pupils: (_OWN_DATA, lambda p, a, w: merging.merge_pupils(p, a, w.pupil, w.pupil, "")),
    merging.list_merges: (_OWN_DATA, lambda p, a, w: merging.list_merges(p, a, w.school)),
    merging.undo_merge: (_OWN_DATA, lambda p, a, w: merge_undone(p, a, w.pupil)),
    pupil_data.pupil_holdings: (_OWN_DATA, lambda p, a, w: pupil_data.pupil_holdings(p, a, w.pupil)),
    pupil_data.export_pupil_data: (_OWN_DATA, lambda p, a, w: pupil_data.export_pupil_data(p, a, w.pupil)),
    erasure.preview_erasure: (_ERASE, lambda p, a, w: erasure.preview_erasure(p, a, [w.pupil])),
    erasure.erase_pupils: (_ERASE, lambda p, a, w: erasure.erase_pupils(p, a, [w.pupil], "0")),
    research.check_research: (_ERASE, lambda p, a, w: research.check_research(p, a, Coarseness())),
    research.export_research: (
        _ERASE,
        lambda p, a, w: research.export_research(p, a, Coarseness(), "วิทยานิพนธ์", "มหาวิทยาลัย"),
    ),
}
