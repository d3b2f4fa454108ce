"""Schools, classes and pupils of a OneRoster package in our own terms."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from phonics_app.domain.calendar import Round
from phonics_app.domain.errors import Place, Problem
from phonics_app.domain.grade import Grade
from phonics_app.domain.oneroster import GRADE_OF, SEXES, plain_id
from phonics_app.domain.school import PupilDraft, School, SchoolDraft, SchoolKind, Sex
from phonics_app.domain.text import Text
from phonics_app.records.oneroster_read import Package, Record, day_of
from phonics_app.records.pupil_rules import draft_problems, tidy
from phonics_app.records.roster_cells import parse_class
from phonics_app.records.roster_names import sex_of_prefix, split_prefix
from phonics_app.records.schools import tidy as tidy_school

_TEACHERS = ("teacher", "aide", "proctor", "principal", "administrator")


@dataclass
class Told:
    """What a package says. `pupils`: by school, row of the user, id and pupil."""

    year: int = 0
    schools: dict[str, School] = field(default_factory=dict)
    pupils: dict[str, list[tuple[int, str, PupilDraft]]] = field(default_factory=dict)
    teachers: int = 0
    problems: list[Problem] = field(default_factory=list)

    def take_as(self, same: Mapping[str, str], place: Place) -> list[Problem]:
        """Gives the pupils of these schools to those that they are here; a warning for each."""
        self.pupils = {same.get(id, id): found for id, found in self.pupils.items()}
        return [Problem("oneroster.same_school", place, self.schools[id].name.th, warning=True) for id in same]


def same_schools(told: Told, stored: Collection[School]) -> dict[str, str]:
    """Schools with pupils that stand here under another id → that id: with the same code, else with the same name.

    Two systems that were set up apart call one school by two ids. Two codes that differ are two schools.
    """
    free = [school for school in stored if school.id not in told.schools and not school.archived]
    here = {school.id for school in stored}
    same: dict[str, str] = {}
    for id in told.pupils:
        school = told.schools.get(id)
        if school is None or id in here:
            continue
        by_code = [s.id for s in free if s.code and s.code == school.code]
        by_name = [s.id for s in free if s.name.th == school.name.th and not (s.code and school.code)]
        found = [one for one in by_code or by_name if one not in same.values()]
        same |= {id: found[0]} if found else {}
    return same


def told_by(package: Package) -> Told:
    """Everything that could be understood, and every problem with its file, row and column."""
    told = Told()
    told.schools = {plain_id(org["sourcedId"]): _school(org) for org in package.files["orgs"] if _is_school(org)}
    years = {_year_of(record) for record in _sessions_of_classes(package)}
    if len(years) == 1 and None not in years:
        told.year = next(iter(years)) or 0
    else:
        code = "oneroster.several_years" if len(years) > 1 else "oneroster.no_year"
        place = package.place("academicSessions")
        told.problems.append(Problem(code, place, ", ".join(sorted(str(year) for year in years if year))))
    teachers = {role["userSourcedId"] for role in package.files["roles"] if role["role"] in _TEACHERS}
    told.teachers = len(teachers)
    _add_pupils(package, told)
    return told


def _is_school(org: Record) -> bool:
    return org["type"] == "school"


def _school(org: Record) -> School:
    kind, highest = org["metadata.kind"], org["metadata.highestGrade"]
    draft = tidy_school(
        SchoolDraft(
            Text(org["name"], org["metadata.nameEn"]),
            SchoolKind(kind) if kind in {k.value for k in SchoolKind} else SchoolKind.MUNICIPAL,
            org["identifier"] if len(org["identifier"]) == 10 and org["identifier"].isdecimal() else "",
            Grade(highest) if highest in {g.value for g in Grade} else Grade.M6,
        )
    )
    return School(plain_id(org["sourcedId"]), draft.name, draft.kind, draft.code, draft.highest_grade)


def _sessions_of_classes(package: Package) -> list[Record]:
    sessions = package.by_id("academicSessions")
    named = {id.strip() for c in package.files["classes"] for id in c["termSourcedIds"].split(",")}
    return [sessions[id] for id in named if id in sessions]


def _year_of(session: Record) -> int | None:
    begins = day_of(session["startDate"])
    return None if begins is None else Round.of(begins).year


def _add_pupils(package: Package, told: Told) -> None:
    users, sexes = package.by_id("users"), {d["sourcedId"]: d["sex"] for d in package.files.get("demographics", [])}
    classes, of_pupil = package.by_id("classes"), _classes_of_pupils(package)
    for role in package.files["roles"]:
        user = users.get(role["userSourcedId"])
        if role["role"] == "student" and user is not None and user["sourcedId"] not in of_pupil:
            place = package.place("users", user.row)
            told.problems.append(Problem("oneroster.no_class", place, user["sourcedId"], warning=True))
    for id, chosen in of_pupil.items():
        user = users.get(id)
        if user is None:
            continue
        placed = _placed(package, user, [classes[c] for c in chosen if c in classes], told)
        if placed is not None:
            _add_pupil(package, user, sexes.get(id, ""), *placed, told)


def _classes_of_pupils(package: Package) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for record in package.files["enrollments"]:
        if record["role"] == "student":
            found.setdefault(record["userSourcedId"], []).append(record["classSourcedId"])
    return found


def _placed(package: Package, user: Record, classes: Sequence[Record], told: Told) -> tuple[str, Grade, str] | None:
    """School, grade and room: of the homeroom where there is one, else of what all classes agree in."""
    homerooms = [c for c in classes if c["classType"] == "homeroom"] or classes
    found = {(c["schoolSourcedId"], *_grade_and_room(c, user)): c for c in homerooms}
    place = package.place("users", user.row)
    if len(found) > 1:
        told.problems.append(Problem("oneroster.several_classes", place, user["sourcedId"]))
    for (school, grade, room), record in found.items():
        if grade is None:
            where = package.place("classes", record.row, "grades")
            problem = Problem("oneroster.grade_unknown", where, record["grades"] or record["title"])
            told.problems += [] if problem in told.problems else [problem]
        elif len(found) == 1:
            return plain_id(school), grade, room
    return None


def _grade_and_room(record: Record, user: Record) -> tuple[Grade | None, str]:
    """A room that we wrote ourselves; else what the title says (ป.3/2)."""
    titled = parse_class(record["title"])
    code = record["grades"] or user["grades"]
    grade = GRADE_OF.get(code) or (titled[0] if titled else None)
    if "metadata.room" in record.cells:
        return grade, record["metadata.room"]
    return grade, titled[1] if titled else record["location"]


def _add_pupil(package: Package, user: Record, sex: str, school: str, grade: Grade, room: str, told: Told) -> None:
    prefix, first = split_prefix(user["givenName"])
    prefix = user["metadata.prefix"] or prefix
    known = Sex(sex) if sex in SEXES else sex_of_prefix(prefix)
    draft = tidy(PupilDraft(user["identifier"], prefix, first, user["familyName"], known, grade, room))
    highest = told.schools[school].highest_grade if school in told.schools else Grade.M6
    found = draft_problems(draft, highest, package.place("users", user.row))
    told.problems += [replace(p, place=replace(p.place, column=_COLUMNS.get(p.place.column, ""))) for p in found]
    if any(not problem.warning for problem in found):
        return
    told.pupils.setdefault(school, []).append((user.row, plain_id(user["sourcedId"]), draft))


_COLUMNS: Mapping[str, str] = {
    **{"number": "identifier", "first_name": "givenName", "last_name": "familyName"},
    **{"prefix": "metadata.prefix", "grade": "grades", "room": "grades"},
}


def number_problems(package: Package, told: Told) -> list[Problem]:
    """Pupil numbers that two pupils of a school have."""
    problems = []
    for pupils in told.pupils.values():
        first: dict[str, int] = {}
        for row, _, draft in pupils:
            before = first.setdefault(draft.number, row)
            if before != row:
                place = Place(package.file, "users.csv", row, "identifier")
                problems.append(Problem("roster.number_repeated", place, draft.number, str(before)))
    return problems
