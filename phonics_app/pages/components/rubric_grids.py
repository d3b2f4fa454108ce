"""Rubrics on screen: one grid for each level or framework, bands from left to right."""

from __future__ import annotations

from markupsafe import Markup

from phonics_app.domain.rubric import Band, PromotionRule, Rubrics
from phonics_app.domain.strand import Strand
from phonics_app.locales.labels import label
from phonics_app.pages.components.html import Cell, Column, section, table, text
from phonics_app.pages.components.session import Session
from phonics_app.reports.labels import evidence_label, threshold_label


def performance_grids(session: Session, rubrics: Rubrics) -> None:
    """For each level: strands down, bands across."""
    _ = session.translate
    language = session.language
    for number in sorted({c.level for c in rubrics.performance}):
        level = session.phonics.content.bank.level(number)
        section(_("Level {n}: {name}").format(n=number, name=level.name.in_language(language)))
        text(level.focus.in_language(language))
        cells = {
            (c.strand, c.band): c.descriptor.in_language(language) for c in rubrics.performance if c.level == number
        }
        strands = [s for s in Strand if any(strand is s for strand, _band in cells)]
        rows = [[label(_, s), *(cells.get((s, b.number), "–") for b in rubrics.bands)] for s in strands]
        table([Column(_("Strand"), "side"), *_band_columns(session, rubrics.bands)], rows)


def _band_columns(session: Session, bands: tuple[Band, ...]) -> list[Column]:
    """As on paper: the lowest band by where it ends, the others by where they begin."""
    _ = session.translate
    names = [band.name.in_language(session.language) for band in bands]
    lowest = [_("{band} (below {share:.0%})").format(band=names[0], share=bands[1].minimum)] if bands[1:] else names[:1]
    others = zip(names[1:], bands[1:], strict=True)
    labels = [*lowest, *(_("{band} (from {share:.0%})").format(band=n, share=b.minimum) for n, b in others)]
    return [Column(words, "top") for words in labels]


def promotion_table(session: Session, rules: tuple[PromotionRule, ...]) -> None:
    _ = session.translate
    titles = (_("Rule"), _("Threshold"), _("Source"), _("Grade of evidence"))
    table([Column(title, "top") for title in titles], [_rule(session, rule) for rule in rules])


def _rule(session: Session, rule: PromotionRule) -> list[Cell]:
    _, language = session.translate, session.language
    source = rule.source.in_language(language)
    return [rule.statement.in_language(language), threshold_label(_, rule), source, evidence_label(_, rule)]


def framework_grids(session: Session, rubrics: Rubrics) -> None:
    """For each framework: criteria down, bands across, and what an assessor may look at."""
    _ = session.translate
    language = session.language
    for framework in rubrics.frameworks:
        criteria = [c for c in rubrics.framework_criteria if c.framework == framework.number]
        section(f"{framework.number}. {framework.name.in_language(language)}")
        text(framework.aim.in_language(language))
        names = list(dict.fromkeys(c.criterion for c in criteria))
        rows: list[list[Cell]] = []
        for name in names:
            of = {c.band: c for c in criteria if c.criterion == name}
            bands = [of[b.number].descriptor.in_language(language) if b.number in of else "–" for b in rubrics.bands]
            evidence = "; ".join(dict.fromkeys(c.evidence.in_language(language) for c in of.values()))
            rows.append([_with_evidence(name.in_language(language), f"{_('What to look at')}: {evidence}"), *bands])
        columns = [Column(b.name.in_language(language), "top") for b in rubrics.bands]
        table([Column(_("Criterion"), "side"), *columns], rows)


def _with_evidence(name: str, evidence: str) -> Markup:
    return Markup('{}<div class="pn-under">{}</div>').format(name, evidence)
