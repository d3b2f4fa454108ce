"""The O-NET table behind the plot: own mean, the nation's, difference, +/−, n, and the band of each mean."""

from __future__ import annotations

from typing import Any

import pandas as pd

from phonics_app.pages.components.frames import frame_table, number, signed
from phonics_app.pages.components.html import Cell, badge
from phonics_app.pages.components.session import Session
from phonics_app.workflows.onet import OnetPage, band_of

_TONES = {1: "warn", 2: "wait"}


def onet_table(session: Session, page: OnetPage, several: bool) -> None:
    """Newest year first; `several` schools show their names."""
    _ = session.translate
    frame = page.table.sort_values(["year", "school_id"], ascending=[False, True]).assign(band=page.table["mean"])
    columns = {"school_id": _("School")} if several else {}
    columns |= {"year": _("Year"), "n": _("Examinees"), "mean": _("Mean"), "band": _("Band"), "national": _("Nation")}
    columns |= {"difference": _("Difference"), "change": _("+/− on the year before"), "sd": _("S.D.")}
    columns |= {"maximum": _("Highest"), "minimum": _("Lowest"), "share_50": _("50 or more"), "target": _("Target")}

    def year(value: Any) -> str:
        voluntary = bool(frame.loc[frame["year"] == value, "voluntary"].iloc[0])
        return f"{value} *" if voluntary else str(value)

    def band(value: Any) -> Cell:
        found = band_of(float(value))
        return badge(found.name.in_language(session.language), _TONES.get(found.number, "good"))

    def points(value: Any) -> str:
        return number(value, 2)

    own = dict.fromkeys(("mean", "national", "sd", "maximum", "minimum", "target"), points)
    frame_table(session, frame, columns, {**own, "year": year, "band": band, "difference": signed, "change": signed})


def national_table(session: Session, page: OnetPage) -> None:
    """The national means as they were seen, each with its source."""
    _ = session.translate
    rows = [(m.year, pd.NA if m.n is None else m.n, m.mean, m.source) for m in reversed(page.national)]
    frame = pd.DataFrame(rows, columns=["year", "n", "mean", "source"])
    columns = {"year": _("Year"), "n": _("Examinees"), "mean": _("Mean"), "source": _("Source")}
    frame_table(session, frame, columns, {"mean": lambda v: number(v, 2), "source": lambda v: str(v)})
