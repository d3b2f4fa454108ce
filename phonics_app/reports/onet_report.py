"""The O-NET page as a document."""

from __future__ import annotations

from datetime import date

from phonics_app.domain.onet import FIRST_VOLUNTARY_YEAR
from phonics_app.locales import Translate
from phonics_app.progress.onet import OnetPage, band_of, band_source, onet_bands
from phonics_app.reports.course_figures import baseline_label, target_label
from phonics_app.reports.figures import Look
from phonics_app.reports.tables import Cell, Column, Kind, Report, Table, cells

_COLUMNS = (
    "school_id",
    "year",
    "n",
    "mean",
    "sd",
    "maximum",
    "minimum",
    "share_50",
    "national",
    "difference",
    "change",
    "target",
    "voluntary",
)


def onet_report(page: OnetPage, look: Look, made_on: date) -> Report:
    """Results and national means. Gaps stay gaps, targets say of what kind they are, the baseline what it is not."""
    _ = look.translate
    grade = page.grade.label(look.language)
    facts = [
        (_("Grade"), grade),
        (_("School"), ", ".join(look.group("school_id", str(s)) for s in dict.fromkeys(page.table["school_id"]))),
        (_("Baseline"), baseline_label(_, page)),
        *((_("Target"), f"{look.group('school_id', t.school_id)}, {target_label(_, t.value, t.relative)}")
          for t in page.targets),
    ]  # fmt: skip
    return Report(
        _("O-NET English, {grade}").format(grade=grade),
        look.language,
        made_on,
        tuple((label, value or "–") for label, value in facts),
        (_results(page, look), _national(page, _)),
        page.simulated,
        _notes(look),
    )


def _notes(look: Look) -> tuple[str, ...]:
    _ = look.translate
    return (
        _("Sitting O-NET is voluntary since {year}: means before and after compare different pupils.").format(
            year=FIRST_VOLUNTARY_YEAR
        ),
        _("Years without a known national mean are left out; nothing is estimated."),
        _("Bands of quality for a mean: {bands} ({source}).").format(
            bands=_bands(look), source=band_source().in_language(look.language)
        ),
    )


def _bands(look: Look) -> str:
    """ "fair 40–45, good 45–50, very good ≥ 50"."""
    bands = onet_bands()
    tops = [f"–{band.minimum:g}" for band in bands[1:]]
    ranges = [f"{band.minimum:g}{top}" for band, top in zip(bands, tops, strict=False)]
    texts = [*ranges, f"≥ {bands[-1].minimum:g}"]
    return ", ".join(f"{b.name.in_language(look.language)} {text}" for b, text in zip(bands, texts, strict=True))


def _results(page: OnetPage, look: Look) -> Table:
    _ = look.translate
    school = (Column(_("School"), width="1.5fr"),) if _several(page) else ()
    columns = (
        *school,
        Column(_("Year (B.E.)")),
        Column(_("Pupils who sat it"), Kind.COUNT),
        Column(_("Mean"), Kind.SCORE),
        Column(_("S.D."), Kind.SCORE),
        Column(_("Highest"), Kind.SCORE),
        Column(_("Lowest"), Kind.SCORE),
        Column(_("50 or more (%)"), Kind.SCORE),
        Column(_("Nation"), Kind.SCORE),
        Column(_("Difference from the nation"), Kind.SIGNED),
        Column(_("Change since the year before"), Kind.SIGNED),
        Column(_("Target"), Kind.SCORE),
        Column(_("Voluntary")),
        Column(_("Band")),
    )
    rows = tuple(_row(row, look)[0 if school else 1 :] for row in cells(page.table, _COLUMNS))
    return Table(_("Results of the school"), columns, rows)


def _several(page: OnetPage) -> bool:
    return page.table["school_id"].nunique() > 1


def _row(row: tuple[Cell, ...], look: Look) -> tuple[Cell, ...]:
    _ = look.translate
    school_id, year, n, mean, sd, maximum, minimum, share_50, *figures, voluntary = row
    percent = None if share_50 is None else float(share_50) * 100
    band = band_of(float(mean or 0)).name.in_language(look.language)
    school = look.group("school_id", str(school_id))
    scores = (mean, sd, maximum, minimum, percent)
    return school, str(year), n, *scores, *figures, _("yes") if voluntary else _("no"), band


def _national(page: OnetPage, _: Translate) -> Table:
    columns = (
        Column(_("Year (B.E.)")),
        Column(_("Mean"), Kind.SCORE),
        Column(_("Pupils who sat it"), Kind.COUNT),
        Column(_("Source"), width="1fr"),
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple((str(m.year), m.mean, m.n, m.source) for m in page.national)
    return Table(_("National means"), columns, rows)
