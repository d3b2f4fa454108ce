"""What a rubric document holds, before it becomes PDF, Word or Excel: sections with a grid, in one language or two."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from phonics_app.domain.bank import Level
from phonics_app.domain.rubric import Band, Framework, PromotionRule, Rubrics
from phonics_app.domain.strand import Strand
from phonics_app.domain.text import Text
from phonics_app.locales import N_, Translate, translator
from phonics_app.locales.labels import label
from phonics_app.reports.labels import evidence_label, threshold_label

Lines = tuple[str, ...]
"""A text as it is shown: one line for each language of the document."""

BAND_TINTS = ("#fdf1e4", "#fbf8e1", "#eaf5ea", "#dcefe6")
"""From the lowest band to the highest; with more bands the last tint is used on."""


@dataclass(frozen=True, slots=True)
class GridColumn:
    """A column: heading, width relative to its neighbours', tint; whether it is centred, whether it names the row."""

    title: Lines
    weight: float
    tint: str = ""
    centred: bool = False
    names_row: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    columns: tuple[GridColumn, ...]
    rows: tuple[tuple[Lines, ...], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, a sentence or two, a grid. `group` names the kind: sections of a kind share their columns."""

    group: str
    title: Lines
    intro: Lines
    grid: Grid
    new_page: bool = False
    subordinate: bool = False
    """Set under the section before it (teaching steps under their level)."""
    whole: bool = False
    """Short enough to be kept on one page."""
    subject: Lines = ()
    """The level or framework that it is about; empty where the group has one section."""


@dataclass(frozen=True, slots=True)
class RubricDocument:
    title: Lines
    notes: tuple[Lines, ...]
    sections: tuple[Section, ...]
    groups: dict[str, Lines]
    """Group → its name, in document order."""
    languages: tuple[str, ...]
    made_on: date
    version: str


class _Writer:
    """Puts texts into the languages of the document."""

    def __init__(self, languages: tuple[str, ...]) -> None:
        self.languages = languages
        self.translators: list[Translate] = [translator(language) for language in languages]

    def text(self, text: Text) -> Lines:
        return tuple(text.in_language(language) for language in self.languages)

    def words(self, message: str, **values: object) -> Lines:
        """An interface text, translated; values that are `Text` are put in each language."""
        return tuple(
            _(message).format(**{k: v.in_language(language) if isinstance(v, Text) else v for k, v in values.items()})
            for _, language in zip(self.translators, self.languages, strict=True)
        )

    def by(self, make: Callable[[Translate], str]) -> Lines:
        return tuple(make(_) for _ in self.translators)


def rubric_document(
    rubrics: Rubrics, levels: Iterable[Level], languages: tuple[str, ...], made_on: date
) -> RubricDocument:
    """Everything in `rubrics`, level by level, then promotion, frameworks and references."""
    write = _Writer(languages)
    sections = (
        *_levels(rubrics, {level.number: level for level in levels}, write),
        *_promotion(rubrics, write),
        *_frameworks(rubrics, write),
        *_references(rubrics, write),
    )
    return RubricDocument(
        write.words(N_("Rubrics for learning to read English by phonics")),
        tuple(_notes(rubrics, write)),
        sections,
        {group: write.words(name) for group, name in GROUPS.items() if any(s.group == group for s in sections)},
        languages,
        made_on,
        rubrics.version,
    )


GROUPS = {
    "performance": N_("Performance by level"),
    "steps": N_("Next teaching steps"),
    "promotion": N_("Promotion rules"),
    "frameworks": N_("The nine frameworks"),
    "references": N_("References"),
}


def _notes(rubrics: Rubrics, write: _Writer) -> Iterable[Lines]:
    if rubrics.performance:
        yield write.words(
            N_("Bands show the share of a level's items answered rightly. From {share:.0%} the level is mastered."),
            share=rubrics.mastery,
        )
        yield write.words(
            N_("An unreleased final consonant, or r for l alone, never holds a pupil back: it is accent, not decoding.")
        )
    yield write.words(N_("Rubric version {version}"), version=rubrics.version)


# ---- performance and teaching ---------------------------------------------------------------------------------------


def _levels(rubrics: Rubrics, levels: dict[int, Level], write: _Writer) -> Iterable[Section]:
    numbers = sorted({c.level for c in rubrics.performance} | {s.level for s in rubrics.teaching_steps})
    for number in numbers:
        level = levels.get(number)
        if any(c.level == number for c in rubrics.performance):
            yield _performance(rubrics, number, level, write)
        if any(s.level == number for s in rubrics.teaching_steps):
            yield _steps(rubrics, number, level, write)


def _level_title(number: int, level: Level | None, write: _Writer) -> Lines:
    if level is None:
        return write.words(N_("Level {n}"), n=number)
    return write.words(N_("Level {n}: {name}"), n=number, name=level.name)


def _level_intro(level: Level | None, write: _Writer) -> Lines:
    if level is None:
        return ()
    grades = [", ".join(g.label(language) for g in level.entry_grades) for language in write.languages]
    focus = write.text(level.focus)
    entry = write.words(N_("Usual entry: {grades}"), grades="\x00")
    return tuple(f"{f} · {e.replace(chr(0), g)}" for f, e, g in zip(focus, entry, grades, strict=True))


def _band_columns(bands: tuple[Band, ...], write: _Writer, *, shares: bool) -> list[GridColumn]:
    titles = [_band_title(i, bands, write) if shares else write.text(band.name) for i, band in enumerate(bands)]
    last = len(BAND_TINTS) - 1
    return [GridColumn(title, 3, BAND_TINTS[min(i, last)]) for i, title in enumerate(titles)]


def _band_title(i: int, bands: tuple[Band, ...], write: _Writer) -> Lines:
    band = bands[i]
    if band.minimum == 0 and len(bands) > 1:
        return write.words(N_("{band} (below {share:.0%})"), band=band.name, share=bands[i + 1].minimum)
    return write.words(N_("{band} (from {share:.0%})"), band=band.name, share=band.minimum)


def _performance(rubrics: Rubrics, number: int, level: Level | None, write: _Writer) -> Section:
    found = {(c.strand, c.band): write.text(c.descriptor) for c in rubrics.performance if c.level == number}
    strands = [s for s in Strand if any(strand is s for strand, _band in found)]
    columns = [
        GridColumn(write.words(N_("Strand")), 1.4, names_row=True),
        *_band_columns(rubrics.bands, write, shares=True),
    ]
    rows = [
        (write.by(lambda _, s=strand: label(_, s)), *(found.get((strand, b.number), ()) for b in rubrics.bands))  # type: ignore[misc]
        for strand in strands
    ]
    grid = Grid(tuple(columns), tuple(rows))
    title = _level_title(number, level, write)
    return Section("performance", title, _level_intro(level, write), grid, new_page=True, subject=title)


def _steps(rubrics: Rubrics, number: int, level: Level | None, write: _Writer) -> Section:
    columns = (
        GridColumn(write.words(N_("No.")), 0.6, centred=True),
        GridColumn(write.words(N_("Strand")), 1.4, names_row=True),
        GridColumn(write.words(N_("What to do")), 8),
    )
    steps = [s for s in rubrics.teaching_steps if s.level == number]
    rows = tuple(
        ((str(s.order),), write.by(lambda _, s=s: label(_, s.strand)), write.text(s.step))  # type: ignore[misc]
        for s in steps
    )
    described = any(c.level == number for c in rubrics.performance)
    subject = _level_title(number, level, write)
    title = write.words(GROUPS["steps"]) if described else subject
    return Section("steps", title, (), Grid(columns, rows), subordinate=described, whole=True, subject=subject)


# ---- promotion, frameworks, references ------------------------------------------------------------------------------


def _promotion(rubrics: Rubrics, write: _Writer) -> Iterable[Section]:
    if not rubrics.promotion:
        return
    columns = (
        GridColumn(write.words(N_("Rule name")), 1.6, names_row=True),
        GridColumn(write.words(N_("Rule")), 5),
        GridColumn(write.words(N_("Value set")), 0.9),
        GridColumn(write.words(N_("Source")), 2.4),
        GridColumn(write.words(N_("Grade of evidence")), 1.3),
    )
    rows = tuple(_rule(rule, write) for rule in rubrics.promotion)
    yield Section("promotion", write.words(GROUPS["promotion"]), (), Grid(columns, rows), new_page=True)


def _rule(rule: PromotionRule, write: _Writer) -> tuple[Lines, ...]:
    value = _once(write.by(lambda _: threshold_label(_, rule)))
    grade = write.by(lambda _: evidence_label(_, rule))
    return (rule.id,), write.text(rule.statement), value, write.text(rule.source), grade


def _once(lines: Lines) -> Lines:
    """Lines that say the same in both languages, said once."""
    return tuple(dict.fromkeys(lines))


def _frameworks(rubrics: Rubrics, write: _Writer) -> Iterable[Section]:
    described = {c.framework for c in rubrics.framework_criteria}
    for i, framework in enumerate(f for f in rubrics.frameworks if f.number in described):
        yield replace(_framework(framework, rubrics, write), new_page=i == 0)


def _framework(framework: Framework, rubrics: Rubrics, write: _Writer) -> Section:
    criteria = [c for c in rubrics.framework_criteria if c.framework == framework.number]
    columns = (
        GridColumn(write.words(N_("Criterion")), 1.8, names_row=True),
        *_band_columns(rubrics.bands, write, shares=False),
        GridColumn(write.words(N_("What to look at")), 2.2),
    )
    rows = []
    for name in dict.fromkeys(c.criterion for c in criteria):
        of = {c.band: c for c in criteria if c.criterion == name}
        bands = [write.text(of[b.number].descriptor) if b.number in of else () for b in rubrics.bands]
        evidence = next(iter(of.values())).evidence
        rows.append((write.text(name), *bands, write.text(evidence)))
    title = write.words(N_("Framework {n}: {name}"), n=framework.number, name=framework.name)
    grid = Grid(tuple(columns), tuple(rows))
    return Section("frameworks", title, write.text(framework.aim), grid, whole=True, subject=title)


def _references(rubrics: Rubrics, write: _Writer) -> Iterable[Section]:
    if not (rubrics.promotion and rubrics.references):
        return
    columns = (GridColumn(write.words(N_("Work")), 5), GridColumn(write.words(N_("What it is used for")), 5))
    rows = tuple(((r.citation,), write.text(r.use)) for r in rubrics.references)
    yield Section("references", write.words(GROUPS["references"]), (), Grid(columns, rows))
