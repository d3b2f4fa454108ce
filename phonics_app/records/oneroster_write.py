"""Schools, classes and pupils of one academic year as a OneRoster 1.2 package."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import chain

from phonics_app.domain.account import Account, Grant, Role
from phonics_app.domain.calendar import BUDDHIST_OFFSET, Round
from phonics_app.domain.oneroster import ABSENT, EXTRA, FILES, GRADES, SEXES
from phonics_app.domain.school import Classroom, Pupil, School
from phonics_app.domain.sheet_cells import write_csv

Record = Mapping[str, str]
Teacher = tuple[Account, tuple[Grant, ...]]
"""With what he holds as a teacher at the schools of the package."""
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""Of every file, so that equal content makes an equal package."""


def oneroster_zip(
    year: int, schools: Sequence[School], pupils: Sequence[Pupil], accounts: Sequence[Account] = ()
) -> bytes:
    """A zip with `manifest.csv` and the files of `FILES`. Ids are those of this site: the same in every export.

    Of `accounts` those who teach at `schools` are told, by name and id: what they sign in by stays here.
    """
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in _texts(year, schools, pupils, _teachers(schools, accounts)).items():
            archive.writestr(zipfile.ZipInfo(f"{name}.csv", _EPOCH), text, zipfile.ZIP_DEFLATED)
    return result.getvalue()


def _texts(
    year: int, schools: Sequence[School], pupils: Sequence[Pupil], teachers: Sequence[Teacher]
) -> dict[str, str]:
    records: dict[str, Iterable[Record]] = {
        "academicSessions": _sessions(year),
        "orgs": map(_org, schools),
        "courses": (_course(year, school) for school in schools),
        "classes": _classes(year, pupils),
        "users": chain(map(_user, pupils), (_teacher(account) for account, _ in teachers)),
        "roles": chain(map(_role, pupils), *(_teaching(*teacher) for teacher in teachers)),
        "enrollments": chain(map(_enrolment, pupils), _classes_taught(year, pupils, teachers)),
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
    return _class_id(pupil.school_id, Classroom(pupil.year, pupil.grade, pupil.room))


def _class_id(school_id: str, classroom: Classroom) -> str:
    return f"class-{classroom.year}-{school_id}-{classroom.grade.value}-{classroom.room}"


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


def _teachers(schools: Sequence[School], accounts: Iterable[Account]) -> list[Teacher]:
    here = {school.id for school in schools}
    found = []
    for account in accounts:
        grants = tuple(g for g in account.grants if g.role is Role.TEACHER and g.school_id in here)
        if grants and not account.disabled:
            found.append((account, grants))
    return found


def _teacher(account: Account) -> Record:
    given, _, family = account.display_name.strip().partition(" ")
    return {
        "sourcedId": account.id,
        "enabledUser": "true",
        "username": account.id,
        "givenName": given,
        "familyName": family.strip(),
    }


def _teaching(account: Account, grants: tuple[Grant, ...]) -> Iterable[Record]:
    """One role for each school; the first is the main one."""
    for number, school_id in enumerate(dict.fromkeys(grant.school_id or "" for grant in grants)):
        yield {
            "sourcedId": f"role-{account.id}-{school_id}",
            "userSourcedId": account.id,
            "roleType": "secondary" if number else "primary",
            "role": "teacher",
            "orgSourcedId": school_id,
        }


def _classes_taught(year: int, pupils: Sequence[Pupil], teachers: Sequence[Teacher]) -> Iterable[Record]:
    """Of teachers of single rooms; who teaches at the whole school is in no class of its own."""
    there = {class_id(pupil) for pupil in pupils}
    for account, grants in teachers:
        rooms = [(g.school_id or "", room) for g in grants for room in g.classrooms or () if room.year == year]
        for school_id, id in dict.fromkeys((school, _class_id(school, room)) for school, room in rooms):
            if id in there:
                yield {
                    "sourcedId": f"enrolment-{account.id}-{id}",
                    "classSourcedId": id,
                    "schoolSourcedId": school_id,
                    "userSourcedId": account.id,
                    "role": "teacher",
                }
