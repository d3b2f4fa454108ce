"""The lines of `use_cases` that are about pupils' data: handing them out, erasing them, research."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from phonics_app.domain.account import Actor
from phonics_app.domain.errors import Conflict, NotFound
from phonics_app.domain.grade import Grade
from phonics_app.workflows import erasure, merging, pupil_data, research, transfers
from phonics_app.workflows.context import Phonics
from phonics_app.workflows.research import Coarseness
from tests import sites

_OWN_DATA = "all - own - - -"
_ERASE = "all - - - - -"


def merge_undone(phonics: Phonics, actor: Actor, pupil: str) -> None:
    """No record was put together with the pupil's of the table."""
    with suppress(NotFound):
        merging.undo_merge(phonics, actor, pupil)


def asked_for(phonics: Phonics, actor: Actor, school: str) -> None:
    """Nobody at another school is called so, and that stands in the record of use."""
    with suppress(Conflict):
        transfers.ask_for_pupil(phonics, actor, school, NOBODY)


def unless_unknown(call: Callable[[], object]) -> None:
    """There is no such request at the school of the table."""
    with suppress(NotFound):
        call()


NOBODY = transfers.TransferDraft("0", "ไม่มี", "ผู้ใด", Grade.P1, "1", "4711", sites.START.date())
PUPIL_DATA_CASES = {
    transfers.ask_for_pupil: (_OWN_DATA, lambda p, a, w: asked_for(p, a, w.school)),
    transfers.list_transfers: (_OWN_DATA, lambda p, a, w: transfers.list_transfers(p, a, w.school)),
    transfers.count_requests: (_OWN_DATA, lambda p, a, w: transfers.count_requests(p, a, w.school)),
    transfers.decide_transfer: (
        _OWN_DATA,
        lambda p, a, w: unless_unknown(lambda: transfers.decide_transfer(p, a, w.school, "0", True)),
    ),
    transfers.withdraw_transfer: (
        _OWN_DATA,
        lambda p, a, w: unless_unknown(lambda: transfers.withdraw_transfer(p, a, w.school, "0")),
    ),
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
