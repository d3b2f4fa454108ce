"""A research export as one ZIP file: the records, what each column means, and what was agreed."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence

from phonics_app.domain.sheet_cells import write_csv
from phonics_app.locales import N_, translator
from phonics_app.progress.research import COLUMNS, FEWEST
from phonics_app.reports.tables import BOM

MEANINGS = {
    "pupil": N_("Pseudonym: a keyed hash whose key was thrown away; the same pupil has the same one if linked"),
    "school": N_("Code of the school, given out for this export; empty if schools are left out"),
    "sex": N_("male, female or unknown; empty if left out"),
    "grade": N_("Grade (K1–M6) or stage; stands for the age, since no birth date is held"),
    "time": N_("Term and academic year of the Buddhist era, or the year alone"),
    "ability": N_("Estimate of the test in logits, to one place"),
    "standard_error": N_("Standard error of the estimate, to one place"),
    "level_proposed": N_("Level that the test proposed"),
    "level_decided": N_("Level that the teacher decided; empty: not decided"),
    "simulated": N_("1: made by computer, no real pupil"),
}


def research_zip(rows: Iterable[Sequence[object]], about: Mapping[str, object]) -> bytes:
    """data.csv, dictionary.csv (Thai and English) and about.json."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_entry("data.csv"), _csv(COLUMNS, rows))
        thai = translator("th")
        meanings = [(name, thai(MEANINGS[name]), MEANINGS[name]) for name in COLUMNS]
        archive.writestr(_entry("dictionary.csv"), _csv(("column", "th", "en"), meanings))
        told = {"format": "phonics-nine/research/1", "k": FEWEST, **about}
        archive.writestr(_entry("about.json"), json.dumps(told, ensure_ascii=False, indent=1))
    return packed.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    """Without the moment at which it was made."""
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    text = io.StringIO()
    write_csv(text, [columns, *rows])
    return (BOM + text.getvalue()).encode("utf-8")
