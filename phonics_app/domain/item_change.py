"""How an item of the bank changes at a site: proposed by one person, put in force by another, and never deleted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from phonics_app.domain.bank import Item

_SITE_ID = re.compile(r"X-[0-9a-f]{8}-[0-9]{4,}")


class ChangeKind(Enum):
    PROPOSED = "proposed"
    """A new item, a new version of one, or a proposal improved."""
    SENT_BACK = "sent_back"
    WITHDRAWN = "withdrawn"
    ACTIVATED = "activated"
    RETIRED = "retired"
    RESTORED = "restored"


IN_FORCE = frozenset({ChangeKind.ACTIVATED, ChangeKind.RETIRED, ChangeKind.RESTORED})
"""Kinds that change the bank in force; the others are talk about it."""


@dataclass(frozen=True, slots=True)
class ItemChange:
    """One step in the life of an item. Steps are only ever added."""

    id: str
    kind: ChangeKind
    item: Item
    """As it is after this step: a draft while it is proposed."""
    reason: str
    by: str
    """Id of the account."""
    at: datetime

    @property
    def item_id(self) -> str:
        return self.item.id


@dataclass(frozen=True, slots=True)
class Proposal:
    """What waits to be reviewed, or was sent back."""

    last: ItemChange
    authors: frozenset[str]
    """Accounts that wrote any of it: none of them may put it in force."""

    @property
    def item(self) -> Item:
        return self.last.item

    @property
    def sent_back(self) -> bool:
        return self.last.kind is ChangeKind.SENT_BACK


def open_proposal(changes: Sequence[ItemChange]) -> Proposal | None:
    """The proposal among the changes of one item, oldest first, that is not decided; None where there is none."""
    closed = IN_FORCE | {ChangeKind.WITHDRAWN}
    ends = [place for place, change in enumerate(changes, start=1) if change.kind in closed]
    undecided = changes[ends[-1] if ends else 0 :]
    if not undecided:
        return None
    return Proposal(undecided[-1], frozenset(c.by for c in undecided if c.kind is ChangeKind.PROPOSED))


def put_in_force(changes: Sequence[ItemChange]) -> Item | None:
    """What this site has put in force of one item, from its changes, oldest first."""
    return next((change.item for change in reversed(changes) if change.kind in IN_FORCE), None)


def site_item_id(site: str, number: int) -> str:
    """An id that no shipped item and no other site has. `site`: eight hex digits."""
    return f"X-{site}-{number:04d}"


def is_site_item_id(item_id: str) -> bool:
    """Whether some site, this one or another, has made the id."""
    return _SITE_ID.fullmatch(item_id) is not None
