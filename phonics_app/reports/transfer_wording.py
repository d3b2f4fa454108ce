"""Words for pupils who change schools, for pages and the command line."""

from __future__ import annotations

from phonics_app.domain.transfer import TransferState
from phonics_app.locales import N_, Translate

STATES = {
    TransferState.OPEN: N_("not decided"),
    TransferState.RELEASED: N_("released"),
    TransferState.REFUSED: N_("not released"),
    TransferState.WITHDRAWN: N_("request withdrawn"),
}


def state_label(_: Translate, state: TransferState) -> str:
    return _(STATES[state])
