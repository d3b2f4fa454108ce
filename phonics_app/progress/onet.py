"""O-NET English: a school's results beside the nation's, the year before, the target and the quoted baseline."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import pandas as pd

from phonics_app.domain.grade import Grade
from phonics_app.domain.onet import FIRST_VOLUNTARY_YEAR, NationalMean, OnetResult, OnetTarget
from phonics_app.domain.text import Text

ONET_GRADES = (Grade.P6, Grade.M3, Grade.M6)
"""The grades in which O-NET is sat."""
_KINDS = {"school_id": "string", "grade": "string", "year": "Int64", "n": "Int64", "voluntary": "boolean"}
_COLUMNS = (
    "school_id",
    "year",
    "grade",
    "n",
    "mean",
    "sd",
    "maximum",
    "minimum",
    "share_50",
    "national",
    "difference",
    "change",
    "voluntary",
    "target",
)


@dataclass(frozen=True, slots=True)
class OnetPage:
    """`table`: school_id, year, grade, n, mean, sd, maximum, minimum, share_50, national, difference,
    change, voluntary, target.

    `change` is against the year before (NA where that year is missing); years are Buddhist. `target` is in points,
    also where the target set is a relative gain (then NA where the year before is missing).
    """

    table: pd.DataFrame
    national: tuple[NationalMean, ...]
    targets: tuple[OnetTarget, ...]
    baseline: float
    """The programme's quoted mean of the four schools in B.E. 2556, grade and weighting unstated."""
    simulated: bool
    grade: Grade = Grade.P6
    baseline_year: int = 2556


@dataclass(frozen=True, slots=True)
class OnetBand:
    """A band of quality; `minimum` is the least mean in it."""

    number: int
    name: Text
    minimum: float


@dataclass(frozen=True, slots=True)
class Baseline:
    year: int
    mean: float
    source: str


def _data(name: str) -> str:
    return (files("phonics_app.progress") / "data" / name).read_text("utf-8")


@cache
def national_means() -> tuple[NationalMean, ...]:
    """The means that were seen in a source, oldest first. Years not among them are unknown."""
    rows = csv.DictReader(_data("onet_english_national.csv").splitlines())
    return tuple(
        NationalMean(
            int(r["year_be"]), Grade(r["grade"]), float(r["mean"]), int(r["n"]) if r["n"] else None, r["source"]
        )
        for r in rows
    )


@cache
def onet_bands() -> tuple[OnetBand, ...]:
    """Lowest first."""
    rows = tomllib.loads(_data("onet_bands.toml"))["band"]
    return tuple(OnetBand(i, Text(**row["name"]), row["minimum"]) for i, row in enumerate(rows, start=1))


def band_source() -> Text:
    """Who set the bands."""
    return Text(**tomllib.loads(_data("onet_bands.toml"))["source"])


def band_of(mean: float) -> OnetBand:
    """The band in which a mean lies."""
    return [band for band in onet_bands() if mean >= band.minimum][-1]


@cache
def baseline() -> Baseline:
    return Baseline(**tomllib.loads(_data("onet_baseline.toml")))


def target_points(target: OnetTarget, mean_before: float | None) -> float | None:
    """The mean to be reached: an absolute target as it is, a relative one upon the mean of the year before."""
    if not target.relative:
        return target.value
    return None if mean_before is None else mean_before * (1 + target.value)


def onet_table(results: Iterable[OnetResult], targets: Iterable[OnetTarget]) -> pd.DataFrame:
    """The rows of `OnetPage.table`, by school and year."""
    stored = {(r.school_id, r.year, r.grade): r for r in results}
    means: Mapping[tuple[int, Grade], float] = {(m.year, m.grade): m.mean for m in national_means()}
    aims = {(t.school_id, t.grade): t for t in targets}
    rows = []
    for (school_id, year, grade), r in sorted(
        stored.items(), key=lambda item: (item[0][0], item[0][2].order, item[0][1])
    ):
        before = stored.get((school_id, year - 1, grade))
        rows.append(_row(r, means.get((year, grade)), before.mean if before else None, aims.get((school_id, grade))))
    made = pd.DataFrame(rows, columns=list(_COLUMNS))
    return made.astype({name: _KINDS.get(name, "Float64") for name in _COLUMNS})


def _row(
    result: OnetResult, national: float | None, before: float | None, target: OnetTarget | None
) -> tuple[object, ...]:
    return (
        result.school_id,
        result.year,
        result.grade.value,
        result.n,
        result.mean,
        result.sd,
        result.maximum,
        result.minimum,
        result.share_50,
        national,
        None if national is None else result.mean - national,
        None if before is None else result.mean - before,
        result.year >= FIRST_VOLUNTARY_YEAR,
        None if target is None else target_points(target, before),
    )
