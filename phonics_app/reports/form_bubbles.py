"""The marking grid of a form given one to one: a bubble for each mark, always at the same place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from phonics_app.locales import N_, Translate, translator
from phonics_app.reports import typesetting as ts
from phonics_app.reports.bubble_grid import RADIUS, Bubble, BubbleGrid
from phonics_app.reports.form_mark import SheetKind, form_mark
from phonics_app.reports.form_paper import FormPaper
from phonics_app.reports.form_wording import form_name

CLASS_ROWS = 40
"""Pupils on the sheet of a class."""
_BEFORE_BUBBLES = 23.0
"""Of the width of an item's cell what its number and its bubbles take, mm."""
_SIGNS = {"x": "×", "s": "S", "t": "T"}
_HOW = N_(
    "Fill a bubble in whole, with a dark pen. Of each item mark only what was not simply right: "
    "× wrong, S corrected by the pupil, T right but with Thai sounds. Nothing: right."
)
_HOW_TIMED = N_("After one minute: the number of the last item read, and the seconds left (00 if time was up).")


@dataclass(frozen=True, slots=True)
class BubbleSheet:
    """One page for each pupil, and one for the class."""

    paper: FormPaper
    language: str

    @property
    def _(self) -> Translate:
        return translator(self.language)

    @property
    def asked(self) -> tuple[str, ...]:
        """What stands beside each bubble, in the order of the plan: what the pupil reads, or the answer to expect;
        Q1, Q2 … for the questions about a passage."""
        read: list[str] = []
        for passage in self.paper.passages:
            read += [*passage.words, *(f"Q{number}" for number in range(1, len(passage.questions) + 1))]
        return (*read, *(item.stimulus or item.key for item in self.paper.items))

    @property
    def grid(self) -> BubbleGrid:
        return BubbleGrid(len(self.asked), timed=self.paper.timed)

    def pages(self, foot: Sequence[str]) -> Iterator[ts.Markup]:
        marks = f"mark: {form_mark(self.paper, SheetKind.MARKS)}"
        yield ts.call("bubble-page", *foot, ts.content(ts.Markup("\n".join(self._grid()))), marks)
        of_class = f"mark: {form_mark(self.paper, SheetKind.CLASS)}"
        yield ts.call("teacher-page", *foot, ts.content(ts.Markup("\n".join(self._class()))), of_class)

    def _grid(self) -> Iterator[ts.Markup]:
        _ = self._
        yield _at(16, 12, ts.bold(form_name(_, self.paper, self.language)), 160)
        names = [ts.call("fill-in", ts.content(f"{name}:")) for name in (_("Name"), _("Class"), _("Date"))]
        yield _at(16, 21, ts.columns(names, ["2fr", "1fr", "1fr"], "4mm"), 165)
        told = [_(_HOW), *([_(_HOW_TIMED)] if self.paper.timed else [])]
        yield _at(124, 37, ts.stacked(told), 68)
        yield _at(18, 33, ts.bold(_("Pupil’s number")), 40)
        if self.paper.timed:
            yield _at(60, 33, ts.bold(_("Last item")), 30)
            yield _at(90, 33, ts.bold(_("Seconds left")), 34)
        for place, asked in zip(self.grid.places(), self.asked, strict=True):
            yield _at(place.x, place.y - 1.6, ts.muted(str(place.number)), 8)
            room = place.width - _BEFORE_BUBBLES
            word = ts.call("word-in", f"{room:.2f}mm", ts.escape(asked), "10pt")
            yield _at(place.x + 6.5, place.y - 1.9, word, room)
        yield from map(_bubble, self.grid.bubbles())

    def _class(self) -> Iterator[ts.Markup]:
        """One line for each pupil: what is counted on his sheet."""
        _ = self._
        yield ts.heading(_("Class sheet"))
        yield ts.paragraph(ts.muted(form_name(_, self.paper, self.language)))
        fields = [
            ts.call("fill-in", ts.content(f"{name}:")) for name in (_("School"), _("Class"), _("Date"), _("Tester"))
        ]
        yield ts.columns(fields, ["2fr", "1fr", "1fr", "1fr"], "4mm")
        counted = [_("Last item"), _("Wrong"), _("Seconds left")] if self.paper.timed else [_("Last item"), _("Right")]
        heads = ts.array(ts.content(head) for head in (_("No."), _("Name"), *counted, _("Remarks")))
        yield ts.call("class-lines", str(CLASS_ROWS), heads)


def _at(x: float, y: float, body: str, width: float) -> ts.Markup:
    return ts.call("at-place", f"{x:.2f}mm", f"{y:.2f}mm", f"{width:.2f}mm", ts.content(body))


def _bubble(bubble: Bubble) -> ts.Markup:
    label = _SIGNS.get(bubble.value, bubble.value)
    return ts.call("bubble", f"{bubble.x:.2f}mm", f"{bubble.y:.2f}mm", f"{RADIUS}mm", ts.escape(label))
