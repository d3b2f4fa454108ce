"""`rubrics/` → `Rubrics`. Every broken row is reported, with file, row and column; nothing is loaded by halves."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from phonics_app.content.rubric_rows import Row, read_rows, unique
from phonics_app.content.tables import read_toml
from phonics_app.domain.codec import encode
from phonics_app.domain.errors import Place, Problem, ProblemsFound
from phonics_app.domain.rubric import (
    Band,
    Framework,
    FrameworkCriterion,
    PerformanceCriterion,
    PromotionRule,
    Reference,
    Rubrics,
    TeachingStep,
)
from phonics_app.domain.strand import Strand
from phonics_app.domain.text import Text

STRANDS = {strand.value: strand for strand in Strand}
UNITS = {unit: unit for unit in ("share", "count", "seconds", "weeks", "text")}
GRADES_OF_EVIDENCE = {grade: grade for grade in ("norm", "study", "expert", "provisional")}
_STRAND_ORDER = list(Strand)


def load_rubrics(folder: Path) -> Rubrics:
    """All rubrics of `folder`. Raises `ProblemsFound` with every broken row (codes `rubrics.*`)."""
    problems: list[Problem] = []
    references = _references(folder, problems)
    promotion, mastery = _promotion(folder, {r.id: r.short for r in references}, problems)
    bands = _bands(folder, problems)
    _mastery_is_a_band(mastery, bands, problems)
    numbers = [band.number for band in bands]
    performance = _performance(folder, numbers, problems)
    steps = _teaching_steps(folder, problems)
    frameworks = _frameworks(folder, problems)
    criteria = _framework_criteria(folder, numbers, {f.number for f in frameworks}, problems)
    _same_levels(performance, steps, problems)
    if problems:
        raise ProblemsFound(problems)
    rubrics = Rubrics("", bands, performance, steps, promotion, frameworks, criteria, mastery, references)
    return replace(rubrics, version=_hash(rubrics))


def check_levels(rubrics: Rubrics, levels: Iterable[int]) -> list[Problem]:
    """A problem for each level of the item bank that the rubrics lack, and for each that only they have."""
    wanted, have = set(levels), {criterion.level for criterion in rubrics.performance}
    missing = [Problem("rubrics.level_missing", Place("performance.csv"), str(n)) for n in sorted(wanted - have)]
    surplus = [Problem("rubrics.level_unknown", Place("performance.csv"), str(n)) for n in sorted(have - wanted)]
    return missing + surplus


def _hash(rubrics: Rubrics) -> str:
    text = json.dumps(encode(rubrics), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


# ---- bands and promotion --------------------------------------------------------------------------------------------


def _bands(folder: Path, problems: list[Problem]) -> tuple[Band, ...]:
    rows = read_rows(folder / "bands.csv", ("number", "name_th", "name_en", "minimum"), problems)
    bands = [Band(r.whole("number"), r.both("name_"), r.number_in("minimum", 0, 1) or 0.0) for r in rows]
    for i, row in enumerate(rows):
        if bands[i].number != i + 1:
            row.fault("rubrics.out_of_order", "number", str(i + 1))
        if bands[i].minimum <= bands[i - 1].minimum if i else bands[i].minimum != 0:
            row.fault("rubrics.out_of_order", "minimum", f"> {bands[i - 1].minimum:g}" if i else "0")
    return tuple(bands)


def _mastery_is_a_band(mastery: float, bands: tuple[Band, ...], problems: list[Problem]) -> None:
    """One rule for people and model: what counts as mastery is where a band begins."""
    minima = [band.minimum for band in bands]
    if bands and mastery and mastery not in minima:
        expected = ", ".join(f"{minimum:g}" for minimum in minima[1:])
        problems.append(Problem("content.choice", Place("promotion.toml", column="mastery"), f"{mastery:g}", expected))


def _promotion(
    folder: Path, sources: dict[str, Text], problems: list[Problem]
) -> tuple[tuple[PromotionRule, ...], float]:
    name = "promotion.toml"
    data = read_toml(folder / name, name, problems)
    if not data:
        return (), 0.0
    head = Row(name, None, {"mastery": str(data.get("mastery", ""))}, problems)
    tables = data.get("rule")
    rows = [_rule_row(name, n, t, problems) for n, t in enumerate(tables if isinstance(tables, list) else [], start=1)]
    unique(rows, "id")
    return tuple(_rule(row, sources) for row in rows), head.number_in("mastery", 0.01, 1) or 0.0


def _rule_row(file: str, number: int, table: dict[str, object], problems: list[Problem]) -> Row:
    """A [[rule]] of the file as a row, its place named like "rule[3].value"."""
    return Row(file, None, {key: str(value) for key, value in table.items()}, problems, f"rule[{number}].")


def _rule(row: Row, sources: dict[str, Text]) -> PromotionRule:
    unit = row.one_of("unit", UNITS) or ""
    value = None if unit == "text" else row.number_in("value", 0, 1 if unit == "share" else 1000)
    source = row.one_of("source", sources) or Text("", "")
    return PromotionRule(
        row.text("id"), row.both(), value, unit, source, row.one_of("evidence", GRADES_OF_EVIDENCE) or ""
    )


def _references(folder: Path, problems: list[Problem]) -> tuple[Reference, ...]:
    columns = ("id", "short_th", "short_en", "citation", "use_th", "use_en")
    rows = read_rows(folder / "references.csv", columns, problems)
    unique(rows, "id")
    return tuple(Reference(r.text("id"), r.both("short_"), r.text("citation"), r.both("use_")) for r in rows)


# ---- performance and teaching ---------------------------------------------------------------------------------------


def _performance(folder: Path, bands: list[int], problems: list[Problem]) -> tuple[PerformanceCriterion, ...]:
    rows = read_rows(folder / "performance.csv", ("id", "level", "strand", "band", "th", "en"), problems)
    unique(rows, "id")
    unique(rows, "level", "strand", "band")
    _all_bands(rows, ("level", "strand"), bands)
    criteria = [
        PerformanceCriterion(r.text("id"), r.whole("level"), _strand(r), _band(r, bands), r.both()) for r in rows
    ]
    return tuple(sorted(criteria, key=lambda c: (c.level, _STRAND_ORDER.index(c.strand), c.band)))


def _teaching_steps(folder: Path, problems: list[Problem]) -> tuple[TeachingStep, ...]:
    rows = read_rows(folder / "teaching_steps.csv", ("id", "level", "strand", "order", "th", "en"), problems)
    unique(rows, "id")
    unique(rows, "level", "order")
    steps = [TeachingStep(r.text("id"), r.whole("level"), _strand(r), r.whole("order"), r.both()) for r in rows]
    return tuple(sorted(steps, key=lambda s: (s.level, s.order)))


def _strand(row: Row) -> Strand:
    return row.one_of("strand", STRANDS) or Strand.PHONEMIC_AWARENESS


def _band(row: Row, bands: list[int]) -> int:
    return int(row.one_of("band", {str(n): str(n) for n in bands}) or 0)


def _all_bands(rows: list[Row], group: tuple[str, ...], bands: list[int]) -> None:
    """Notes, at the first row of each group, the bands that the group lacks."""
    found: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        found.setdefault(tuple(row.cells.get(column, "").strip() for column in group), []).append(row)
    for members in found.values():
        have = {row.cells.get("band", "").strip() for row in members}
        missing = [str(n) for n in bands if str(n) not in have]
        if missing:
            members[0].fault("rubrics.band_missing", "band", ", ".join(missing))


def _same_levels(
    performance: tuple[PerformanceCriterion, ...], steps: tuple[TeachingStep, ...], problems: list[Problem]
) -> None:
    described, taught = {c.level for c in performance}, {s.level for s in steps}
    for level in sorted(described ^ taught):
        file = "teaching_steps.csv" if level in described else "performance.csv"
        problems.append(Problem("rubrics.level_missing", Place(file), str(level)))


# ---- frameworks -----------------------------------------------------------------------------------------------------


def _frameworks(folder: Path, problems: list[Problem]) -> tuple[Framework, ...]:
    columns = ("number", "name_th", "name_en", "aim_th", "aim_en")
    rows = read_rows(folder / "frameworks.csv", columns, problems)
    unique(rows, "number")
    return tuple(Framework(r.whole("number"), r.both("name_"), r.both("aim_")) for r in rows)


def _framework_criteria(
    folder: Path, bands: list[int], frameworks: set[int], problems: list[Problem]
) -> tuple[FrameworkCriterion, ...]:
    columns = ("id", "framework", "criterion_th", "criterion_en", "evidence_th", "evidence_en")
    heads = read_rows(folder / "framework_criteria.csv", columns, problems)
    unique(heads, "id")
    known = {number: number for number in frameworks}
    by_id = {head.text("id"): head for head in heads}
    for head in heads:
        head.one_of("framework", {str(n): n for n in known})
    rows = read_rows(folder / "framework_descriptors.csv", ("criterion", "band", "th", "en"), problems)
    unique(rows, "criterion", "band")
    _all_bands(rows, ("criterion",), bands)
    _described(heads, rows)
    found = [_framework_criterion(by_id[c], r, bands) for r in rows if (c := r.one_of("criterion", _names(by_id)))]
    return tuple(sorted(found, key=lambda c: (c.framework, c.id)))


def _names(by_id: dict[str, Row]) -> dict[str, str]:
    return {name: name for name in by_id}


def _described(heads: list[Row], rows: list[Row]) -> None:
    described = {row.cells["criterion"].strip() for row in rows}
    for head in heads:
        if head.cells["id"].strip() not in described:
            head.fault("rubrics.band_missing", "id", "framework_descriptors.csv")


def _framework_criterion(head: Row, row: Row, bands: list[int]) -> FrameworkCriterion:
    band = _band(row, bands)
    return FrameworkCriterion(
        f"{head.text('id')}-{band}",
        head.whole("framework"),
        head.both("criterion_"),
        band,
        row.both(),
        head.both("evidence_"),
    )
