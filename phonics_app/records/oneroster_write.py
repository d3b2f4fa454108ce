"""Schools, classes and pupils of one academic year as a OneRoster 1.2 package."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from phonics_app.domain.calendar import BUDDHIST_OFFSET, Round
from phonics_app.domain.oneroster import ABSENT, EXTRA, FILES, GRADES, SEXES
from phonics_app.domain.school import Pupil, School
from phonics_app.domain.sheet_cells import write_csv

Record = Mapping[str, str]
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""Of every file, so that equal content makes an equal package."""


def oneroster_zip(year: int, schools: Sequence[School], pupils: Sequence[Pupil]) -> bytes:
    """A zip with `manifest.csv` and the files of `FILES`. Ids are those of this site: the same in every export."""
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in _texts(year, schools, pupils).items():
            archive.writestr(zipfile.ZipInfo(f"{name}.csv", _EPOCH), text, zipfile.ZIP_DEFLATED)
    return result.getvalue()


def _texts(year: int, schools: Sequence[School], pupils: Sequence[Pupil]) -> dict[str, str]:
    records: dict[str, Iterable[Record]] = {
        "academicSessions": _sessions(year),
        "orgs": map(_org, schools),
        "courses": (_course(year, school) for school in schools),
        "classes": _classes(year, pupils),
        "users": map(_user, pupils),
        "roles": map(_role, pupils),
        "enrollments": map(_enrolment, pupils),
        "demographics": (
            {"sourcedId": p.id, "sex": p.sex.value if p.sex.value in SEXES else "unspecified"} for p in pupils
        ),
    }
    return {"manifest": _manifest()} | {name: _text(name, found) for name, found in records.items()}


def _text(name: str, records: Iterable[Record]) -> str:
    columns = (*FILES[name], *EXTRA.get(name, ()))
    text = io.StringIO(newline="")
    write_csv(text, [columns, *([record.get(column, "") for column in columns] for record in records)])
    return text.getvalue()


def _manifest() -> str:
    known = dict.fromkeys(FILES, "bulk") | dict.fromkeys(ABSENT, "absent")
    rows = [("propertyName", "value"), ("manifest.version", "1.0"), ("oneroster.version", "1.2")]
    rows += [(f"file.{name}", known[name]) for name in sorted(known)]
    rows += [("source.systemName", "Phonics Nine"), ("source.systemCode", "phonics-nine")]
    text = io.StringIO(newline="")
    write_csv(text, rows)
    return text.getvalue()


def _sessions(year: int) -> list[Record]:
    first, second, after = Round(year, 1).starts, Round(year, 2).starts, Round(year + 1, 1).starts
    ends = after - timedelta(days=1)
    school_year = str(year - BUDDHIST_OFFSET + 1)
    whole = _session(f"year-{year}", f"{year}", "schoolYear", first, ends, "", school_year)
    terms = [(1, first, second - timedelta(days=1)), (2, second, ends)]
    return [
        whole,
        *(_session(f"term-{year}-{n}", f"{n}/{year}", "term", a, b, f"year-{year}", school_year) for n, a, b in terms),
    ]


def _session(id: str, title: str, kind: str, first: date, last: date, parent: str, school_year: str) -> Record:
    days = {"startDate": first.isoformat(), "endDate": last.isoformat()}
    return {"sourcedId": id, "title": title, "type": kind, "parentSourcedId": parent, "schoolYear": school_year, **days}


def _org(school: School) -> Record:
    return {
        "sourcedId": school.id,
        "name": school.name.th,
        "type": "school",
        "identifier": school.code,
        "metadata.nameEn": school.name.en,
        "metadata.kind": school.kind.value,
        "metadata.highestGrade": school.highest_grade.value,
    }


def _course(year: int, school: School) -> Record:
    about = {"schoolYearSourcedId": f"year-{year}", "title": "Homeroom", "orgSourcedId": school.id}
    return {"sourcedId": _course_id(year, school.id), **about}


def _course_id(year: int, school_id: str) -> str:
    return f"homeroom-{year}-{school_id}"


def class_id(pupil: Pupil) -> str:
    return f"class-{pupil.year}-{pupil.school_id}-{pupil.grade.value}-{pupil.room}"


def _classes(year: int, pupils: Sequence[Pupil]) -> Iterable[Record]:
    for id, pupil in {class_id(pupil): pupil for pupil in pupils}.items():
        room = f"/{pupil.room}" if pupil.room else ""
        yield {
            "sourcedId": id,
            "title": f"{pupil.grade.label('th')}{room}",
            "grades": GRADES[pupil.grade],
            "courseSourcedId": _course_id(year, pupil.school_id),
            "classType": "homeroom",
            "schoolSourcedId": pupil.school_id,
            "termSourcedIds": f"term-{year}-1,term-{year}-2",
            "metadata.room": pupil.room,
        }


def _user(pupil: Pupil) -> Record:
    return {
        "sourcedId": pupil.id,
        "enabledUser": "true",
        "username": pupil.id,
        "givenName": pupil.first_name,
        "familyName": pupil.last_name,
        "identifier": pupil.number,
        "grades": GRADES[pupil.grade],
        "primaryOrgSourcedId": pupil.school_id,
        "metadata.prefix": pupil.prefix,
    }


def _role(pupil: Pupil) -> Record:
    org = {"orgSourcedId": pupil.school_id}
    return {
        "sourcedId": f"role-{pupil.id}",
        "userSourcedId": pupil.id,
        "roleType": "primary",
        "role": "student",
        **org,
    }


def _enrolment(pupil: Pupil) -> Record:
    return {
        "sourcedId": f"enrolment-{pupil.year}-{pupil.id}",
        "classSourcedId": class_id(pupil),
        "schoolSourcedId": pupil.school_id,
        "userSourcedId": pupil.id,
        "role": "student",
    }
