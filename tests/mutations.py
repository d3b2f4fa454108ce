"""Spreadsheets that went wrong in every way a seed can think of, and what an import must do with each of them.

Bytes are flipped, cut, doubled and put in; parts of .xlsx files are changed inside and packed again; cells, rows and
columns are changed before a file is written. `attempt` imports one: it is taken as a whole or refused with a place.
"""

from __future__ import annotations

import csv
import io
import random
import warnings
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, func, select

from phonics_app.domain.account import SYSTEM, Account, Grant, Role
from phonics_app.domain.errors import PhonicsError, Problem, ProblemsFound
from phonics_app.domain.grade import Grade
from phonics_app.domain.school import Pupil, Sex
from phonics_app.records import schema
from phonics_app.records.oneroster_write import oneroster_zip
from phonics_app.workflows import oneroster, roster
from phonics_app.workflows.context import Phonics
from phonics_app.workflows.roster import Change
from tests import rosters, sites

SCHOOL = sites.SCHOOLS[0].id
PUPILS = rosters.fictitious_pupils(8)
ROWS = rosters.dmc_rows(PUPILS)
NASTY: tuple[object, ...] = (
    *(
        "",
        " ",
        "-",
        "=1+1",
        "=HYPERLINK(1)",
        "'",
        '"',
        "\t",
        "\u202e\u0e01",
        "🐘" * 40,
        "ก" * 400,
        "0" * 60,
        "ป.99",
        "ป.3/2",
    ),
    *("3/2", "2-Mar", "๓/๒", "รวม", "จำนวนทั้งหมด", "เลขประจำตัวนักเรียน", "ชื่อ", "ห้อง", "<script>", "\\", "NULL", "#N/A"),
    *(0, -1, 1e308, 3.5, 10**12, True, False, None, date(2026, 2, 3), datetime(1900, 1, 1), "1234567890121", "5401"),
)


@dataclass(frozen=True)
class Outcome:
    """`stored`: how many pupils were taken; `codes`: why it was refused."""

    stored: int
    codes: tuple[str, ...]


def mutated_bytes(content: bytes, rng: random.Random) -> bytes:
    data = bytearray(content)
    for _ in range(rng.choice((1, 1, 2, 8, 64))):
        place, length = rng.randrange(len(data) + 1), rng.choice((1, 2, 4, 16, 200))
        how = rng.randrange(6)
        if how == 0:
            data[place : place + 1] = bytes([rng.randrange(256)])
        elif how == 1:
            data[place : place + length] = b""
        elif how == 2:
            data[place:place] = rng.randbytes(length)
        elif how == 3:
            data[place:place] = data[place : place + length]
        elif how == 4:
            data[place : place + length] = rng.choice((b"\0", b"\xff")) * length
        elif len(data) > 1:
            data = data[: max(1, place)]
        data = data or bytearray(b"x")
    return bytes(data)


def mutated_parts(content: bytes, rng: random.Random) -> bytes:
    """A zip whose parts are changed inside, left out, doubled or renamed, and whose checksums are right again."""
    result = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as archive,
        zipfile.ZipFile(result, "w") as changed,
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")
        chosen = rng.choice(archive.namelist())
        for name in archive.namelist():
            part = archive.read(name)
            how = rng.randrange(6) if name == chosen else 9
            if how == 0:
                continue
            if how == 1:
                changed.writestr(name, part)
            changed.writestr(rng.choice(("../x", "X" + name, name)) if how == 2 else name, _spoilt(part, rng, how))
    return result.getvalue()


def _spoilt(part: bytes, rng: random.Random, how: int) -> bytes:
    if how == 9:
        return part
    if how == 3:
        bomb = b'<!DOCTYPE a [<!ENTITY b "%s">]>' % (b"x" * rng.choice((10, 5000)))
        return part.replace(b"?>", b"?>" + bomb, 1)
    if how == 4:
        old, new = rng.choice(
            ((b'r="', b'r="ZZZ'), (b"<v>", b"<v>9e999"), (b't="s"', b't="d"'), (b"<row", b"<row r='9999999'"))
        )
        return part.replace(old, new, rng.choice((1, 1000)))
    return mutated_bytes(part, rng)


def mutated_rows(rng: random.Random, given: Sequence[Sequence[object]] = ROWS) -> list[list[object]]:
    rows = [list(row) for row in given]
    for _ in range(rng.choice((1, 2, 5, 20))):
        row, how = rng.randrange(len(rows)), rng.randrange(9)
        column = rng.randrange(max(1, len(rows[row])))
        if how <= 2:
            rows[row][column : column + 1] = [rng.choice(NASTY)]
        elif how == 3:
            rows.insert(row, rng.choice(([], ["รวม", 8], [rng.choice(NASTY)] * 28, list(rows[row]))))
        elif how == 4 and len(rows) > 1:
            del rows[row]
        elif how == 5:
            for each in rows:
                del each[column : column + 1]
        elif how == 6:
            for each in rows:
                each.insert(min(column, len(each)), rng.choice(NASTY))
        elif how == 7:
            rng.shuffle(rows[row])
        else:
            rows[row] += [rng.choice(NASTY)] * rng.choice((1, 200))
    return rows


def _plain(cell: object) -> object:
    """What the writers of the tests take: a workbook holds no control characters."""
    return cell if not isinstance(cell, str) else "".join(c for c in cell if c >= " ")


def written(kind: str, rows: list[list[object]], rng: random.Random) -> bytes:
    rows = [[_plain(cell) for cell in row] for row in rows]
    if kind == "xlsx":
        return rosters.xlsx(rows)
    if kind == "xls":
        return rosters.xls({"Sheet1": [row[:250] for row in rows]})
    encoding = rng.choice(("utf-8", "utf-8-sig", "utf-16", "cp874"))
    text = rosters.csv_bytes(rows, "utf-8", rng.choice(",;\t")).decode()
    return text.encode(encoding, errors="replace")


WHOLE: dict[str, Callable[[], bytes]] = {
    "xlsx": lambda: rosters.xlsx(ROWS),
    "xls": lambda: rosters.xls({"Sheet1": ROWS}),
    "csv": lambda: rosters.csv_bytes(ROWS),
}


def package() -> bytes:
    """A OneRoster package of two schools, with a teacher."""
    here = sites.SCHOOLS[:2]
    pupils = [
        Pupil(
            f"{n:032x}", here[n % 2].id, p.number, "", p.first_name, p.last_name, Sex.MALE, sites.YEAR, Grade.P3, p.room
        )
        for n, p in enumerate(PUPILS, start=1)
    ]
    teacher = Account("f" * 32, "teacher", "สมศรี ใจดี", (Grant(Role.TEACHER, SCHOOL, (pupils[0].classroom,)),))
    return oneroster_zip(sites.YEAR, here, pupils, [teacher])


def mutated_package(rng: random.Random) -> bytes:
    """One of its tables with other cells, rows and columns."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package())) as archive, zipfile.ZipFile(result, "w") as changed:
        names = archive.namelist()
        chosen = rng.choice(names)
        for name in names:
            part = archive.read(name)
            if name == chosen:
                rows = list(csv.reader(io.StringIO(part.decode("utf-8-sig"), newline="")))
                part = rosters.csv_bytes([[_plain(cell) for cell in row] for row in mutated_rows(rng, rows)])
            changed.writestr(name, part)
    return result.getvalue()


WHOLE["zip"] = package
KINDS = tuple(WHOLE)
"""A "zip" is a OneRoster package."""


def mutant(kind: str, seed: int) -> bytes:
    """The same file for the same seed."""
    rng = random.Random(f"{kind} {seed}")
    how = rng.randrange(3)
    if how == 0:
        return mutated_package(rng) if kind == "zip" else written(kind, mutated_rows(rng), rng)
    if how == 1 and kind in ("xlsx", "zip"):
        return mutated_parts(WHOLE[kind](), rng)
    return mutated_bytes(WHOLE[kind](), rng)


def stored_now(phonics: Phonics) -> tuple[int, int]:
    with phonics.store.read() as connection:
        tables = (schema.pupil, schema.enrolment)
        return tuple(connection.scalar(select(func.count()).select_from(table)) or 0 for table in tables)


def attempt(phonics: Phonics, kind: str, seed: int) -> Outcome:
    """Imports the mutant into an empty school and empties it again. Any other error than a coded one comes out."""
    if kind == "zip":
        return attempt_package(phonics, mutant(kind, seed))
    try:
        sheet = roster.read_roster(phonics, SYSTEM, SCHOOL, f"a.{kind}", mutant(kind, seed))
        preview = roster.preview_roster(phonics, SYSTEM, SCHOOL, sites.YEAR, sheet, sheet.mapping)
        told(problem for problem in preview.problems)
        count = roster.commit_roster(phonics, SYSTEM, preview, (), preview.digest)
    except ProblemsFound as refused:
        assert stored_now(phonics) == (0, 0), "a refused file left something behind"
        return Outcome(0, told(refused.problems))
    except PhonicsError as refused:
        raise AssertionError(f"refused without a place: {refused.code}") from refused
    new = sum(row.change is Change.NEW for row in preview.rows)
    assert stored_now(phonics) == (count, count) == (new, new), "what was stored is not what was shown"
    emptied(phonics)
    return Outcome(count, ())


def attempt_package(phonics: Phonics, content: bytes) -> Outcome:
    """The same of a OneRoster package."""
    try:
        preview = oneroster.preview_oneroster(phonics, SYSTEM, "a.zip", content)
        told(preview.problems)
        count = oneroster.commit_oneroster(phonics, SYSTEM, preview, preview.digest)
    except ProblemsFound as refused:
        assert stored_now(phonics) == (0, 0), "a refused file left something behind"
        return Outcome(0, told(refused.problems))
    except PhonicsError as refused:
        raise AssertionError(f"refused without a place: {refused.code}") from refused
    new = sum(row.change is Change.NEW for one in preview.rosters for row in one.rows)
    assert stored_now(phonics) == (count, count) == (new, new), "what was stored is not what was shown"
    emptied(phonics, [school.id for school in preview.new_schools])
    return Outcome(count, ())


def emptied(phonics: Phonics, schools: Sequence[str] = ()) -> None:
    with phonics.store.write() as connection:
        for table in (schema.enrolment, schema.pupil, schema.column_mapping):
            connection.execute(delete(table))
        connection.execute(delete(schema.school).where(schema.school.c.id.in_(schools)))


def told(problems) -> tuple[str, ...]:
    """The codes; every problem names a place."""
    found: list[Problem] = list(problems)
    assert all(problem.place.file for problem in found), "a problem without a place"
    return tuple(sorted({problem.code for problem in found if not problem.warning}))
