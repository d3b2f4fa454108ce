"""All that is held on a pupil as one ZIP file: PDFs and tables in words to read, JSON and CSV for programs."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from phonics_app.domain.calendar import THAI_TIME
from phonics_app.domain.pupil_data import PupilData
from phonics_app.domain.sheet_cells import write_csv
from phonics_app.locales import LANGUAGES
from phonics_app.reports.pupil_data_report import pupil_data_pdf
from phonics_app.reports.pupil_data_rows import (
    Readable,
    readable_acts,
    readable_folder,
    readable_table,
    readable_tests,
)
from phonics_app.reports.tables import BOM
from phonics_app.reports.wording import asked

FORMAT = "phonics-nine/pupil-data/1"
_ACTS = ("at", "account_id", "action", "subject", "data")


def pupil_data_zip(data: PupilData) -> bytes:
    """pupil-th.pdf, pupil-en.pdf, pupil.json, and CSV files (UTF-8 with a mark), one for each table with rows.

    tables/*.csv have the database's names and values; tables-th/ and tables-en/ titles and values in words.
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for language in LANGUAGES:
            _add(archive, data, f"pupil-{language}.pdf", pupil_data_pdf(data, language))
            for name, shown in _in_words(data, language):
                path = f"{readable_folder(language)}/{name}.csv"
                _add(archive, data, path, _as_csv(shown.titles, shown.rows))
        _add(archive, data, "pupil.json", _as_json(data))
        for table in data.tables:
            if table.rows:
                _add(archive, data, f"tables/{table.name}.csv", _as_csv(table.columns, table.rows))
        acts = [[getattr(act, name) for name in _ACTS] for act in data.acts]
        _add(archive, data, "tables/audit.csv", _as_csv(_ACTS, acts))
    return packed.getvalue()


def _in_words(data: PupilData, language: str) -> Iterator[tuple[str, Readable]]:
    """Name of the file and what stands in it."""
    for table in data.tables:
        if table.rows and table.name != "event":
            yield table.name, readable_table(data, table, language)
    if any(test.events for test in data.tests):
        yield "event", readable_tests(data.tests, language)
    yield "audit", readable_acts(data, data.acts, language)


def _add(archive: zipfile.ZipFile, data: PupilData, name: str, content: bytes) -> None:
    """Dated by the day of the copy, not by the clock of the machine: the same data give the same bytes."""
    entry = zipfile.ZipInfo(name, data.made_at.astimezone(THAI_TIME).timetuple()[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, content)


def _as_json(data: PupilData) -> bytes:
    whole = {
        "format": FORMAT,
        "made_at": data.made_at,
        "pupil_id": data.pupil_id,
        "simulated": data.simulated,
        "tables": {t.name: [dict(zip(t.columns, row, strict=True)) for row in t.rows] for t in data.tables},
        "audit": [{name: getattr(act, name) for name in _ACTS} for act in data.acts],
        "items": {item.id: asked(item, "en") for test in data.tests for item in test.plan.items},
        "accounts": dict(data.accounts),
        "schools": {id: {"th": name.th, "en": name.en} for id, name in data.schools.items()},
    }
    return json.dumps(whole, ensure_ascii=False, indent=1, default=_plain).encode("utf-8")


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _as_csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    text = io.StringIO()
    write_csv(text, [columns, *([_cell(value) for value in row] for row in rows)])
    return (BOM + text.getvalue()).encode("utf-8")


def _cell(value: object) -> str | int | None:
    if value is None or isinstance(value, bool | int):
        return None if value is None else int(value)
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return repr(value) if isinstance(value, float) else _plain(value)
