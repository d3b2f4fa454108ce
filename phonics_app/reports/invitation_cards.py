"""Invitations as cards to be cut out: eight on a sheet of A4, each with its code, and as QR."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from phonics_app.domain.calendar import thai_day
from phonics_app.locales import translator
from phonics_app.reports import typesetting as ts

_ACROSS = 2


@dataclass(frozen=True, slots=True)
class InvitationCard:
    name: str
    code: str
    link: str
    expires_at: datetime


def invitation_cards(cards: Sequence[InvitationCard], address: str, made_on: date, language: str) -> bytes:
    """PDF."""
    _ = translator(language)
    page = ts.Page(_("Invitations"), language, made_on)
    rows = [cards[start : start + _ACROSS] for start in range(0, len(cards), _ACROSS)]
    blocks = [ts.paragraph(_("Cut the cards out and hand each to the person named. Whoever has the code can use it."))]
    blocks += [ts.columns([_card(card, address, language) for card in row], ["1fr"] * _ACROSS) for row in rows]
    return ts.pdf(blocks, page)


def _card(card: InvitationCard, address: str, language: str) -> ts.Markup:
    _ = translator(language)
    until = _("Good until {day}, once").format(day=ts.long_date(thai_day(card.expires_at), language))
    texts = ts.stacked(
        [
            ts.bold(card.name),
            _("Invitation to Phonics Nine"),
            ts.muted(_("Scan the picture, or open")),
            address,
            ts.muted(_("and type the code")),
            ts.bold(card.code),
            ts.muted(until),
        ]
    )
    return ts.call(
        "rect", "width: 100%", "inset: 3mm", 'stroke: (dash: "dashed", paint: luma(150))', _inside(card, texts)
    )


def _inside(card: InvitationCard, texts: ts.Markup) -> str:
    return ts.content(ts.columns([ts.Markup(_qr(card.link)), texts], ["28mm", "1fr"], "3mm"))


def _qr(link: str) -> str:
    import segno

    drawing = io.BytesIO()
    segno.make(link, error="m", micro=False).save(drawing, kind="svg", border=2, xmldecl=False)
    return ts.call("image", f"bytes({ts.escape(drawing.getvalue().decode())})", 'format: "svg"', "width: 28mm")
