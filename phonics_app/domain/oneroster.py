"""OneRoster 1.2 as CSV (bulk): which files and columns there are, and what an import of it would do."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from phonics_app.domain.errors import Problem
from phonics_app.domain.grade import Grade
from phonics_app.domain.roster import RosterPreview
from phonics_app.domain.school import School

_HEAD = ("sourcedId", "status", "dateLastModified")
FILES: dict[str, tuple[str, ...]] = {
    "academicSessions": (*_HEAD, "title", "type", "startDate", "endDate", "parentSourcedId", "schoolYear"),
    "orgs": (*_HEAD, "name", "type", "identifier", "parentSourcedId"),
    "courses": (
        *(*_HEAD, "schoolYearSourcedId", "title", "courseCode", "grades", "orgSourcedId", "subjects", "subjectCodes"),
    ),
    "classes": (
        *(*_HEAD, "title", "grades", "courseSourcedId", "classCode", "classType", "location", "schoolSourcedId"),
        *("termSourcedIds", "subjects", "subjectCodes", "periods"),
    ),
    "users": (
        *(*_HEAD, "enabledUser", "username", "userIds", "givenName", "familyName", "middleName", "identifier"),
        *("email", "sms", "phone", "agentSourcedIds", "grades", "password", "userMasterIdentifier"),
        *("resourceSourcedIds", "preferredGivenName", "preferredMiddleName", "preferredFamilyName"),
        *("primaryOrgSourcedId", "pronouns"),
    ),
    "roles": (
        *(*_HEAD, "userSourcedId", "roleType", "role", "beginDate", "endDate", "orgSourcedId"),
        "userProfileSourcedId",
    ),
    "enrollments": (
        *(*_HEAD, "classSourcedId", "schoolSourcedId", "userSourcedId", "role", "primary", "beginDate", "endDate"),
    ),
    "demographics": (
        *(*_HEAD, "birthDate", "sex", "americanIndianOrAlaskaNative", "asian", "blackOrAfricanAmerican"),
        *("nativeHawaiianOrOtherPacificIslander", "white", "demographicRaceTwoOrMoreRaces"),
        *("hispanicOrLatinoEthnicity", "countryOfBirthCode", "stateOfBirthAbbreviation", "cityOfBirth"),
        "publicSchoolResidenceStatus",
    ),
}
"""Name of each file that we write → its columns in the order of the specification."""
ABSENT = (
    *("categories", "classResources", "courseResources", "lineItemLearningObjectiveIds", "lineItems"),
    *("lineItemScoreScales", "resources", "resultLearningObjectiveIds", "results", "resultScoreScales", "scoreScales"),
    *("userProfiles", "userResources"),
)
EXTRA = {
    "orgs": ("metadata.nameEn", "metadata.kind", "metadata.highestGrade"),
    "classes": ("metadata.room",),
    "users": ("metadata.prefix",),
}
"""What the specification has no place for: columns that it leaves to whoever writes."""
GRADES = {
    **{Grade.K1: "PR", Grade.K2: "PK", Grade.K3: "KG"},
    **{Grade(f"P{n}"): f"{n:02}" for n in range(1, 7)},
    **{Grade(f"M{n}"): f"{n + 6:02}" for n in range(1, 7)},
}
"""The codes of grades that OneRoster takes over from CEDS."""
GRADE_OF = {code: grade for grade, code in GRADES.items()}
SEXES = ("male", "female")


def plain_id(sourced_id: str) -> str:
    """Our id of what another system calls `sourced_id`: its hexadecimal digits, or a digest. The same for ever."""
    digits = sourced_id.replace("-", "").lower()
    if len(digits) == 32 and set(digits) <= set("0123456789abcdef"):
        return digits
    return hashlib.sha256(sourced_id.encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class OneRosterPreview:
    """What an import would do; the commit does exactly this or refuses."""

    file: str
    year: int
    """Academic year (Buddhist), 0 where the file does not tell one."""
    new_schools: tuple[School, ...]
    rosters: tuple[RosterPreview, ...]
    """One for each school with pupils."""
    new_ids: tuple[tuple[str, str, str], ...]
    """School, pupil number, id that a new pupil gets."""
    teachers: int
    """Told, and not made accounts."""
    problems: tuple[Problem, ...]

    @property
    def ready(self) -> bool:
        return bool(self.rosters) and all(problem.warning for problem in self.problems)

    @property
    def digest(self) -> str:
        told = (self.year, self.new_schools, [r.digest for r in self.rosters], self.new_ids, self.problems)
        return hashlib.sha256(repr(told).encode()).hexdigest()
