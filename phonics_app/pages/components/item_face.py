"""An item as the pupil meets it: letters to read, tiles to choose from, or only a voice."""

from __future__ import annotations

from markupsafe import Markup

from phonics_app.domain.bank import Item
from phonics_app.domain.strand import CHOICE_TASKS, READING_TASKS
from phonics_app.pages.components.html import show
from phonics_app.pages.components.session import Session

_SAID = Markup(
    '<div class="pn-said"><span class="pn-label">{}</span><div lang="en">{}</div><div lang="th">{}</div></div>'
)
_FACE = Markup('<div class="pn-face">{}<div class="pn-label">{}</div>{}</div>')
_TILE = Markup('<span class="pn-tile{}" lang="en">{}</span>')


def item_face(session: Session, item: Item) -> None:
    """What the teacher says, then what the pupil sees; the right option carries no mark, as in the test."""
    _ = session.translate
    said = _SAID.format(_("The teacher says"), item.prompt.en, item.prompt.th)
    show(_FACE.format(said, _("The pupil sees"), _seen(session, item)))


def _seen(session: Session, item: Item) -> Markup:
    if item.task in READING_TASKS:
        return Markup('<div class="pn-tiles">{}</div>').format(_TILE.format(" pn-alone", item.stimulus))
    if item.task in CHOICE_TASKS:
        tiles = (_TILE.format("" if option.value.isascii() else " pn-picture", option.value) for option in item.options)
        return Markup('<div class="pn-tiles">{}</div>').format(Markup("").join(tiles))
    return Markup('<div class="pn-muted">{}</div>').format(session.translate("Nothing: this task is by ear."))
