"""What an O-NET result must be to be possible."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from phonics_app.domain.errors import Place, Problem
from phonics_app.domain.grade import Grade
from phonics_app.domain.onet import OnetResult, OnetTarget
from phonics_app.progress.onet import ONET_GRADES

FIRST_YEAR = 2548
"""The academic year of the first O-NET."""
HIGHEST_SCORE = 100.0


def result_problems(
    result: OnetResult, highest_grade: Grade, this_year: int, places: Mapping[str, Place] | None = None
) -> tuple[Problem, ...]:
    """Every fault of a result; `places` says where each field stands (else its name is the column)."""
    found = (*_scope(result, highest_grade, this_year), *_ranges(result), *_contradictions(result))
    return tuple(
        Problem(code, (places or {}).get(field, Place(column=field)), value, expected)
        for code, field, value, expected in found
    )


Fault = tuple[str, str, str, str]
"""Code, field, value, what was expected."""


def _scope(result: OnetResult, highest_grade: Grade, this_year: int) -> Iterator[Fault]:
    if not FIRST_YEAR <= result.year <= this_year:
        yield "onet.year_bad", "year", str(result.year), f"{FIRST_YEAR}–{this_year}"
    if result.grade not in ONET_GRADES:
        yield "onet.grade_bad", "grade", result.grade.label("th"), grades_text()
    elif result.grade.order > highest_grade.order:
        yield "onet.grade_not_taught", "grade", result.grade.label("th"), highest_grade.label("th")


def _ranges(result: OnetResult) -> Iterator[Fault]:
    if result.n < 1:
        yield "onet.n_bad", "n", str(result.n), "1"
    for field in ("mean", "sd", "maximum", "minimum"):
        value = getattr(result, field)
        if value is not None and not 0 <= value <= HIGHEST_SCORE:
            yield "onet.out_of_range", field, f"{value:g}", "0–100"
    if result.share_50 is not None and not 0 <= result.share_50 <= 1:
        yield "onet.out_of_range", "share_50", f"{result.share_50 * 100:g}", "0–100"


def _contradictions(result: OnetResult) -> Iterator[Fault]:
    """Figures that can't be true together. Means are rounded to two places in reports."""
    slack = 0.005
    if result.maximum is not None and result.mean > result.maximum + slack:
        yield "onet.mean_above_maximum", "mean", f"{result.mean:g}", f"{result.maximum:g}"
    if result.minimum is not None and result.mean < result.minimum - slack:
        yield "onet.mean_below_minimum", "mean", f"{result.mean:g}", f"{result.minimum:g}"
    if result.share_50 is not None and result.maximum is not None and result.maximum < 50 and result.share_50 > 0:
        yield "onet.share_contradicts", "share_50", f"{result.share_50 * 100:g}", "0"
    if result.share_50 is not None and result.minimum is not None and result.minimum >= 50 and result.share_50 < 1:
        yield "onet.share_contradicts", "share_50", f"{result.share_50 * 100:g}", "100"


def target_problems(target: OnetTarget) -> tuple[Problem, ...]:
    """An absolute target is a mean, a relative one a gain of at most 100 %."""
    if target.relative and not -1 <= target.value <= 1:
        return (Problem("onet.out_of_range", Place(column="target"), f"{target.value * 100:g}", "−100–100"),)
    if not target.relative and not 0 <= target.value <= HIGHEST_SCORE:
        return (Problem("onet.out_of_range", Place(column="target"), f"{target.value:g}", "0–100"),)
    return ()


def grades_text() -> str:
    """The grades in which O-NET is sat, as schools write them."""
    return " ".join(grade.label("th") for grade in ONET_GRADES)
