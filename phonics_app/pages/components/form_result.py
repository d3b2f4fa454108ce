"""Parts of the result of a fixed form: which it was and how the answers came in, and what was counted."""

from __future__ import annotations

from phonics_app.domain.attempt import Source
from phonics_app.domain.plan import Block, BlockKind
from phonics_app.locales import N_, Translate
from phonics_app.locales.item_labels import TASKS
from phonics_app.pages.components.html import Column, note, section, table
from phonics_app.pages.components.session import Session
from phonics_app.workflows.assess import Sitting
from phonics_app.workflows.form_figures import form_figures

_SOURCES = {
    Source.SCREEN: N_("Given on a screen: {form}."),
    Source.PAPER: N_("On paper, keyed in by hand: {form}."),
    Source.SPREADSHEET: N_("On paper, brought in with a spreadsheet: {form}."),
}
_KINDS = {BlockKind.PASSAGE: N_("Reading passage"), BlockKind.QUESTIONS: N_("Questions about the passage")}


def tells_level(sitting: Sitting) -> bool:
    """Whether the answers say anything about the level: those to a passage do not."""
    return sitting.plan.form is None or any(item.slope for item in sitting.plan.items)


def which_form(session: Session, sitting: Sitting) -> None:
    """The form, by name and code; nothing for other tests."""
    _, form = session.translate, sitting.plan.form
    if form is None:
        return
    told = _("{name}, form {letter}, code {code}").format(
        name=form.name.in_language(session.language), letter=form.letter, code=form.code
    )
    note(_(_SOURCES[sitting.attempt.spec.source]).format(form=told))
    if not tells_level(sitting):
        note(_("Reading a passage is counted; it says nothing about the level, and changes none."))


def counted(session: Session, sitting: Sitting) -> None:
    """A line for each part of the form."""
    _ = session.translate
    found = form_figures(session.phonics, session.actor, sitting.attempt.id)
    if not found:
        return
    section(_("Counted"))
    blocks = {block.id: block for block in sitting.plan.blocks}
    titles = (
        _("Part"),
        _("Right"),
        _("Tried"),
        _("Self-corrected"),
        _("Seconds"),
        _("Right per minute"),
        _("Right, %"),
    )
    rows = [
        [
            _part(_, sitting, blocks[one.block]),
            str(one.correct),
            f"{one.attempted}/{one.items}",
            str(one.self_corrected),
            "" if one.seconds_left is None or one.seconds_used is None else f"{one.seconds_used:.0f}",
            "" if one.seconds_left is None or one.rate is None else f"{one.rate:.0f}",
            "" if one.accuracy is None else f"{one.accuracy:.0f}",
        ]
        for one in found
    ]
    table([Column(titles[0]), *(Column(title, "right") for title in titles[1:])], rows)


def _part(_: Translate, sitting: Sitting, block: Block) -> str:
    if block.kind in _KINDS:
        return _(_KINDS[block.kind])
    task = next(item.task for item in sitting.plan.items if item.id == block.items[0])
    return _(TASKS[task])
