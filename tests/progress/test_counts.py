"""What the database counts, against a plain recount of the rows in Python."""

from collections import Counter, defaultdict

import pytest

from phonics_app.domain.calendar import Round
from phonics_app.domain.grade import Grade
from phonics_app.domain.school import SchoolKind
from phonics_app.records import figures, open_store
from phonics_app.records.figures import Scope
from tests import databases
from tests.progress.builder import Builder, moment, random_schools

EXPECTED = {grade: min(9, 1 + index) for index, grade in enumerate(list(Grade)[1:])}
ROUND = Round(2569, 1)


@pytest.fixture
def store(tmp_path):
    opened = open_store(databases.url_of(tmp_path / "phonics.db"))
    yield opened
    opened.close()


def filled(store, built):
    with store.write() as connection:
        built.insert(connection)
    return store


class Recount:
    """The same figures counted one pupil at a time."""

    def __init__(self, built):
        rows = built.rows
        self.pupils = {p["id"]: p for p in rows["pupil"]}
        self.enrolments = rows["enrolment"]
        self.attempts = {a["key"]: a for a in rows["attempt"]}
        self.results = [r for r in rows["result"] if self.attempts[r["attempt_key"]]["status"] != "discarded"]
        placements = [p for p in rows["placement"] if self.attempts[p["attempt_key"]]["status"] != "discarded"]
        self.levels = {}
        for p in sorted(placements, key=lambda p: (p["decided_at"], p["key"])):
            self.levels[p["pupil_id"], Round(p["year"], p["term"])] = p["level"]

    def tested(self, pupil_id, round_):
        return any(r["pupil_id"] == pupil_id and Round(r["year"], r["term"]) == round_ for r in self.results)

    def members(self, scope, year):
        for e in self.enrolments:
            inside = e["school_id"] in scope.school_ids and scope.room in (None, e["room"])
            if e["year"] == year and inside and (not scope.grades or Grade(e["grade"]) in scope.grades):
                yield e

    def level_counts(self, scope, round_):
        counts = Counter()
        for e in self.members(scope, round_.year):
            tested = self.tested(e["pupil_id"], round_)
            if tested or not self.pupils[e["pupil_id"]]["archived"]:
                level = self.levels.get((e["pupil_id"], round_))
                counts[e["school_id"], Grade(e["grade"]), e["room"], level, tested] += 1
        return counts


SCOPES = [
    Scope(("s0", "s1")),
    Scope(("s1",)),
    Scope(("s0", "s1"), (Grade.P1, Grade.P2, Grade.P3)),
    Scope(("s0",), (), "2"),
    Scope(()),
]


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("scope", SCOPES, ids=str)
def test_levels_and_coverage(store, seed, scope):
    built = random_schools(seed)
    filled(store, built)
    wanted = Recount(built).level_counts(scope, ROUND)
    with store.read() as connection:
        found = figures.levels_in_round(connection, scope, ROUND)
    pupils, tested = Counter(), Counter()
    for (school, grade, room, level, was_tested), n in wanted.items():
        pupils[school, grade, room, level] += n
        tested[school, grade, room, level] += n * was_tested
    assert {(c.school_id, c.grade, c.room, c.level): (c.pupils, c.tested) for c in found} == {
        key: (n, tested[key]) for key, n in pupils.items()
    }


@pytest.mark.parametrize("scope", SCOPES, ids=str)
def test_moves_are_of_pupils_placed_in_both_rounds(store, scope):
    built = random_schools(3)
    filled(store, built)
    recount = Recount(built)
    wanted = Counter()
    for e in recount.members(scope, ROUND.year):
        old = recount.levels.get((e["pupil_id"], ROUND.previous))
        new = recount.levels.get((e["pupil_id"], ROUND))
        if old is not None and new is not None:
            wanted[e["school_id"], Grade(e["grade"]), new - old] += 1
    with store.read() as connection:
        found = figures.moves_between(connection, scope, ROUND.previous, ROUND)
    assert {(s, g, m): n for s, g, m, n in found} == wanted


@pytest.mark.parametrize("scope", SCOPES, ids=str)
def test_course_over_rounds(store, scope):
    built = random_schools(4)
    filled(store, built)
    recount = Recount(built)
    wanted = defaultdict(list)
    for (pupil_id, round_), level in recount.levels.items():
        for e in recount.members(scope, round_.year):
            if e["pupil_id"] == pupil_id:
                wanted[e["school_id"], round_].append((Grade(e["grade"]), level))
    with store.read() as connection:
        found = figures.course_over_rounds(connection, scope, EXPECTED)
    assert {(c.school_id, c.round) for c in found} == set(wanted)
    for count in found:
        placed = wanted[count.school_id, count.round]
        judged = [(g, level) for g, level in placed if g in EXPECTED]
        assert (count.placed, count.judged) == (len(placed), len(judged))
        assert count.mean_level == pytest.approx(sum(level for _, level in placed) / len(placed))
        assert count.at_or_above == sum(level >= EXPECTED[g] for g, level in judged)


def test_rounds_with_results_are_in_order(store):
    filled(store, random_schools(5, rounds=4))
    with store.read() as connection:
        rounds = figures.rounds_with_results(connection, Scope(("s0", "s1")))
    assert rounds == (Round(2567, 2), Round(2568, 1), Round(2568, 2), Round(2569, 1))


def test_course_without_expected_levels(store):
    filled(store, random_schools(6))
    with store.read() as connection:
        found = figures.course_over_rounds(connection, Scope(("s0",)), {})
    assert found
    assert all((c.judged, c.at_or_above) == (0, 0) for c in found)


def test_trace_holds_the_rows_behind_the_levels(store):
    filled(store, random_schools(7))
    scope = Scope(("s0",), (Grade.P1, Grade.P2))
    with store.read() as connection:
        counts = figures.levels_in_round(connection, scope, ROUND)
        rows = figures.placements_in_round(connection, scope, ROUND)
    counted = {(c.grade, c.room, c.level): c.pupils for c in counts if c.level is not None}
    assert Counter((r.grade, r.room, r.level) for r in rows) == counted
    assert len({r.pupil_id for r in rows}) == len(rows)


def test_the_last_decision_on_an_attempt_counts(store):
    built = Builder()
    built.school("s0")
    pupil = built.pupil("s0", Grade.P3)
    key = built.attempt(pupil, "s0", moment(ROUND))
    built.result(key, 4)
    built.placement(key, 4)
    built.placement(key, 6, proposed=4)
    filled(store, built)
    with store.read() as connection:
        assert [c.level for c in figures.levels_in_round(connection, Scope(("s0",)), ROUND)] == [6]


def test_a_pupil_who_moved_counts_where_he_was_tested(store):
    built = Builder()
    built.school("s0")
    built.school("s1")
    pupil = built.pupil("s1", Grade.P3)
    built.tested(pupil, "s0", moment(ROUND), 5)
    filled(store, built)
    with store.read() as connection:
        assert figures.levels_in_round(connection, Scope(("s1",)), ROUND) == []
        (count,) = figures.levels_in_round(connection, Scope(("s0",)), ROUND)
    assert (count.level, count.tested) == (5, 1)


def test_simulated_pupils_are_noticed(store):
    built = Builder(simulated=True)
    built.school("s0")
    built.school("s1")
    built.pupil("s0", Grade.P3)
    filled(store, built)
    with store.read() as connection:
        assert figures.any_simulated(connection, Scope(("s0",)))
        assert not figures.any_simulated(connection, Scope(("s1",)))


def test_schools_and_versions(store):
    built = Builder()
    built.school("s0")
    built.school("n0", SchoolKind.NETWORK)
    built.tested(built.pupil("s0", Grade.P3), "s0", moment(ROUND), 5)
    filled(store, built)
    with store.read() as connection:
        assert figures.schools_of_kind(connection, SchoolKind.MUNICIPAL) == ("s0",)
        assert figures.kind_of_school(connection, "n0") is SchoolKind.NETWORK
        assert figures.kind_of_school(connection, "x") is None
        assert figures.versions_in_round(connection, Scope(("s0",)), ROUND) == (("engine-1", "bank-1", "rubric-1"),)
