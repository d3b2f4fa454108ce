"""Demonstration data: simulated schools, pupils and tests that ran through the real engine.

Everything is stored as a real site would have stored it — events, results, decisions — so that every figure
can be traced. The site is marked as DEMONSTRATION, every pupil, attempt and placement as simulated.
"""

from __future__ import annotations

import gc
import itertools
import random
import statistics
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from sqlalchemy import Connection, insert

from phonics_app.calibration.simulation import SimulatedAttempt, simulate_attempts
from phonics_app.domain.account import SYSTEM, Account, Grant, Role
from phonics_app.domain.attempt import Attempt, AttemptSpec, AttemptStatus
from phonics_app.domain.calendar import THAI_TIME, Round
from phonics_app.domain.errors import Conflict
from phonics_app.domain.event import Event
from phonics_app.domain.grade import Grade
from phonics_app.domain.onet import OnetResult
from phonics_app.domain.plan import Plan
from phonics_app.domain.result import Placement, Result
from phonics_app.domain.school import School
from phonics_app.engine import priors
from phonics_app.engine.assembly import plan_for, plan_hash
from phonics_app.levelling.placement import make_result
from phonics_app.records import attempts as stored_attempts
from phonics_app.records import audit, onet, passwords, results, schema
from phonics_app.records.accounts import insert_account
from phonics_app.records.schools import insert_school
from phonics_app.records.settings import get_setting, set_setting
from phonics_app.workflows.context import Phonics
from phonics_app.workflows.demonstration_school import SCHOOLS, YEARS, SimulatedPupil, simulated_pupils
from phonics_app.workflows.rounds import current_round
from phonics_app.workflows.setup import SITE_SETTING, SiteState
from phonics_app.workflows.sittings import SEEN_TESTS, spec_after, variant_of

_SEED = 9
_TESTED = 0.94
"""Share of pupils tested in a finished round."""
_TESTED_NOW = 0.7
"""The same for the round of today, which is still under way."""
_OVERRIDDEN = 0.04
_UNDECIDED_NOW = 0.05
_LEFT_OPEN = 3
"""Tests of today's round that stopped half-way, to be resumed."""
_GROWTH_IN_YEAR = 0.25
"""Levels below (term 1) and above (term 2) what is expected at mid-year."""
_NOISE = 0.25
"""Levels: how a pupil's course strays from a straight line."""
_REASON = "ข้อมูลจำลอง: ครูพิจารณาจากการอ่านในชั้นเรียน"
_FIRST_ONET_YEAR = 2558


@dataclass(slots=True)
class _Course:
    """A pupil while the rounds go by."""

    id: str
    school: School
    pupil: SimulatedPupil
    last: list[tuple[Round, Result]] = field(default_factory=list)
    """His last `SEEN_TESTS` results, newest first."""

    def tested_in(self, round_: Round) -> bool:
        return bool(self.last) and self.last[0][0] == round_


@dataclass(frozen=True, slots=True)
class _Sitting:
    course: _Course
    grade: Grade
    attempt_id: str
    theta: float
    starts: datetime


def set_up_demonstration(
    phonics: Phonics, progress: Callable[[float], None] = lambda done: None, share: float = 1.0
) -> None:
    """Fills an EMPTY site with simulated schools, pupils, tests and results, through the real engine.

    `progress` receives the share done, 0–1; `share` is that of the usual number of about 2,000 pupils. All or
    nothing; `Conflict` "setup.done" on any other site.
    """
    with phonics.store.write() as connection:
        if get_setting(connection, SITE_SETTING) is not None:
            raise Conflict("setup.done")
        set_setting(connection, SITE_SETTING, SiteState.DEMONSTRATION.value)
        with _no_collecting():
            _Demonstration(phonics, connection, share).make(progress)
        audit.record(connection, phonics.now(), SYSTEM.account_id, "site.demonstration", "")


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Spares a seventh of the time: nothing made here is cyclic, and the collector would walk all of it over again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class _Demonstration:
    """One run: what it is made of, and where it goes."""

    def __init__(self, phonics: Phonics, connection: Connection, share: float) -> None:
        self.phonics = phonics
        self.connection = connection
        self.share = share
        self.random = random.Random(_SEED)
        self.blueprint = phonics.content.bank.placement
        self.now = current_round(phonics)
        self.school_days: dict[Round, list[datetime]] = {}

    def make(self, progress: Callable[[float], None]) -> None:
        schools = self._make_schools()
        self._make_accounts(schools)
        courses = self._make_pupils(schools)
        self._make_onet(schools)
        rounds = [Round(year, term) for year in range(self.now.year - YEARS + 1, self.now.year + 1) for term in (1, 2)]
        rounds = [round_ for round_ in rounds if round_ <= self.now]
        for number, round_ in enumerate(rounds):
            progress((number + 0.1) / len(rounds))
            self._make_round(round_, courses)
        self._leave_open(courses)
        progress(1.0)

    def _make_schools(self) -> list[School]:
        new_id = self.phonics.new_id
        schools = [School(new_id(), draft.name, draft.kind, draft.code, draft.highest_grade) for draft in SCHOOLS]
        for school in schools:
            insert_school(self.connection, school)
        return schools

    def _make_accounts(self, schools: Sequence[School]) -> None:
        own, other = schools[0].id, schools[-1].id
        for username, name, grant in (
            ("teacher", "ครูตัวอย่าง", Grant(Role.TEACHER, own)),
            ("director", "ผู้อำนวยการตัวอย่าง", Grant(Role.DIRECTOR, own)),
            ("municipal", "ผู้บริหารการศึกษาเทศบาลตัวอย่าง", Grant(Role.MUNICIPAL_DIRECTOR)),
            ("trainer", "วิทยากรเครือข่ายตัวอย่าง", Grant(Role.TRAINER)),
            ("network.teacher", "ครูเครือข่ายตัวอย่าง", Grant(Role.TEACHER, other)),
            ("auditor", "ผู้ตรวจสอบตัวอย่าง", Grant(Role.AUDITOR)),
            ("admin", "ผู้ดูแลระบบตัวอย่าง", Grant(Role.ADMINISTRATOR)),
        ):
            account = Account(self.phonics.new_id(), username, name, (grant,), created_at=self.phonics.now())
            insert_account(self.connection, account, passwords.NO_PASSWORD)

    def _make_pupils(self, schools: Sequence[School]) -> list[_Course]:
        courses = [
            _Course(self.phonics.new_id(), schools[pupil.school], pupil)
            for pupil in simulated_pupils(self.now.year, self.random, self.share)
        ]
        self.connection.execute(insert(schema.pupil), [_pupil_row(course, self.now.year) for course in courses])
        years = range(self.now.year - YEARS + 1, self.now.year + 1)
        rows = [row for course in courses for year in years if (row := _enrolment_row(course, year))]
        self.connection.execute(insert(schema.enrolment), rows)
        return courses

    def _make_onet(self, schools: Sequence[School]) -> None:
        for school in schools:
            for grade in (Grade.P6, Grade.M3):
                if grade.order <= school.highest_grade.order:
                    for year in range(_FIRST_ONET_YEAR, self.now.year):
                        onet.save_result(self.connection, _onet_result(school.id, year, grade, self.random))

    def _make_round(self, round_: Round, courses: Iterable[_Course]) -> None:
        by_variant: dict[int, list[_Sitting]] = defaultdict(list)
        for course in courses:
            grade = course.pupil.grade_in(round_.year, course.school.highest_grade)
            if grade is not None and self.random.random() < (_TESTED_NOW if round_ == self.now else _TESTED):
                sitting = self._sitting(round_, course, grade)
                by_variant[variant_of(course.id, self.blueprint.variants)].append(sitting)
        for variant, sittings in sorted(by_variant.items()):
            self._give(round_, self._plan(variant), sittings)

    def _plan(self, variant: int) -> Plan:
        content = self.phonics.content
        return plan_for(content.bank, content.rubrics, self.blueprint.id, variant)

    def _sitting(self, round_: Round, course: _Course, grade: Grade) -> _Sitting:
        levels = self._plan(0).levels
        width = statistics.fmean(b.cut - a.cut for a, b in itertools.pairwise(levels))
        in_year = _GROWTH_IN_YEAR if round_.term == 2 else -_GROWTH_IN_YEAR
        ahead = course.pupil.ahead + in_year + self.random.gauss(0, _NOISE)
        theta = priors.level_centre(levels, self.blueprint.expected_level[grade]) + ahead * width
        return _Sitting(course, grade, self.phonics.new_id(), theta, self._moment(round_))

    def _moment(self, round_: Round) -> datetime:
        """Some school morning of the round."""
        if round_ not in self.school_days:
            self.school_days[round_] = self._school_days(round_)
        return self.random.choice(self.school_days[round_]) + timedelta(minutes=self.random.randint(0, 300))

    def _school_days(self, round_: Round) -> list[datetime]:
        """Mornings, none after now."""
        first = datetime.combine(round_.starts, time(8, 30), THAI_TIME)
        latest = min(first + timedelta(days=60), self.phonics.now().astimezone(THAI_TIME) - timedelta(hours=1))
        days = [first + timedelta(days=n) for n in range(max((latest - first).days, 0) + 1)]
        return [day for day in days if day.weekday() < 5] or days[:1]

    def _give(self, round_: Round, plan: Plan, sittings: Sequence[_Sitting]) -> None:
        attempts, done = self._simulate(round_, plan, sittings, AttemptStatus.FINISHED)
        keys = self._store_attempts(attempts, [d.events for d in done])
        made = self._store_results(round_, attempts, done, keys)
        for sitting, result in zip(sittings, made, strict=True):
            sitting.course.last = [(round_, result), *sitting.course.last][:SEEN_TESTS]

    def _leave_open(self, courses: Sequence[_Course]) -> None:
        """Tests of pupils not yet tested in today's round, broken off half-way."""
        waiting = (c for c in courses if c.school == courses[0].school and not c.tested_in(self.now))
        enrolled = ((c, c.pupil.grade_in(self.now.year, c.school.highest_grade)) for c in waiting)
        sittings = [self._sitting(self.now, c, grade) for c, grade in enrolled if grade is not None][:_LEFT_OPEN]
        plan = self._plan(0)
        if sittings:
            attempts, done = self._simulate(self.now, plan, sittings, AttemptStatus.OPEN)
            self._store_attempts(attempts, [d.events[: len(d.events) // 2] for d in done])

    def _simulate(
        self, round_: Round, plan: Plan, sittings: Sequence[_Sitting], status: AttemptStatus
    ) -> tuple[list[Attempt], list[SimulatedAttempt]]:
        specs = [self._spec(plan, round_, sitting) for sitting in sittings]
        digest = plan_hash(plan)
        stored_attempts.save_plan(self.connection, digest, plan)
        attempts = [
            Attempt(
                id=s.attempt_id,
                pupil_id=s.course.id,
                school_id=s.course.school.id,
                plan_hash=digest,
                spec=spec,
                status=status,
                created_at=s.starts,
                created_by=SYSTEM.account_id,
                simulated=True,
            )
            for s, spec in zip(sittings, specs, strict=True)
        ]
        thetas, starts = [s.theta for s in sittings], [s.starts for s in sittings]
        return attempts, simulate_attempts(plan, specs, thetas, self.random.getrandbits(32), starts=starts)

    def _spec(self, plan: Plan, round_: Round, sitting: _Sitting) -> AttemptSpec:
        return spec_after(plan, self.blueprint, sitting.grade, sitting.course.last, round_)

    def _store_attempts(self, attempts: Sequence[Attempt], events: Sequence[Sequence[Event]]) -> dict[str, int]:
        keys = stored_attempts.insert_attempts(self.connection, attempts)
        of_keys = ((keys[a.id], e) for a, e in zip(attempts, events, strict=True))
        stored_attempts.insert_events(self.connection, of_keys, self.phonics.now())
        return keys

    def _store_results(
        self, round_: Round, attempts: Sequence[Attempt], done: Sequence[SimulatedAttempt], keys: Mapping[str, int]
    ) -> list[Result]:
        version = self.phonics.content.rubrics.version
        made = [make_result(a.id, d.state, version) for a, d in zip(attempts, done, strict=True)]
        rows, placements = [], []
        for attempt, result in zip(attempts, made, strict=True):
            finished = attempt.created_at + timedelta(seconds=result.seconds)
            rows.append((keys[attempt.id], attempt, results.StoredResult(round_, finished, result)))
            if round_ != self.now or self.random.random() >= _UNDECIDED_NOW:
                placements.append((keys[attempt.id], round_, self._decide(attempt, result, finished)))
        results.save_results(self.connection, rows)
        results.insert_placements(self.connection, placements)
        return made

    def _decide(self, attempt: Attempt, result: Result, at: datetime) -> Placement:
        level, reason = result.proposed_level, ""
        if self.random.random() < _OVERRIDDEN:
            numbers = [each.number for each in self.phonics.content.bank.levels]
            near = [n for n in numbers if abs(n - level) == 1]
            level, reason = self.random.choice(near), _REASON
        return Placement(
            id=self.phonics.new_id(),
            pupil_id=attempt.pupil_id,
            school_id=attempt.school_id,
            attempt_id=attempt.id,
            level=level,
            proposed_level=result.proposed_level,
            reason=reason,
            decided_by=SYSTEM.account_id,
            decided_at=at,
            simulated=True,
        )


def _pupil_row(course: _Course, year: int) -> dict[str, object]:
    pupil = course.pupil
    return {
        "id": course.id,
        "school_id": course.school.id,
        "number": pupil.number,
        "prefix": pupil.prefix,
        "first_name": pupil.first_name,
        "last_name": pupil.last_name,
        "sex": pupil.sex.value,
        "archived": pupil.grade_in(year, course.school.highest_grade) is None,
        "simulated": True,
    }


def _enrolment_row(course: _Course, year: int) -> dict[str, object] | None:
    grade = course.pupil.grade_in(year, course.school.highest_grade)
    if grade is None:
        return None
    where = {"pupil_id": course.id, "year": year, "school_id": course.school.id}
    return where | {"grade": grade.value, "room": course.pupil.room}


def _onet_result(school_id: str, year: int, grade: Grade, generator: random.Random) -> OnetResult:
    """Scores of a made-up class; the level of the figures is ours, not a statistic."""
    centre = (36 if grade is Grade.P6 else 30) + 0.6 * (year - _FIRST_ONET_YEAR) + generator.gauss(0, 2)
    scores = [min(100.0, max(0.0, generator.gauss(centre, 13))) for _ in range(generator.randint(24, 40))]
    return OnetResult(
        school_id=school_id,
        year=year,
        grade=grade,
        n=len(scores),
        mean=round(statistics.fmean(scores), 2),
        sd=round(statistics.pstdev(scores), 2),
        maximum=round(max(scores), 2),
        minimum=round(min(scores), 2),
        share_50=round(sum(s >= 50 for s in scores) / len(scores), 4),
    )
