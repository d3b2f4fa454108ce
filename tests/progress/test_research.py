"""Nobody can be told from a research export: what an outsider may know fits five pupils or more."""

from __future__ import annotations

from collections import defaultdict

from hypothesis import given, settings
from hypothesis import strategies as st

from phonics_app.domain.calendar import Round
from phonics_app.domain.grade import Grade
from phonics_app.progress.research import (
    COLUMNS,
    FEWEST,
    Coarseness,
    Record,
    coarse_enough,
    research_rows,
    too_small,
)

ROUNDS = (Round(2568, 2), Round(2569, 1), Round(2569, 2))


def record(pupil="p", school="a", sex="male", grade=Grade.P1, round_=ROUNDS[0]):
    return Record(pupil, school, sex, grade, round_, 0.123, 0.456, 3, None, simulated=False)


records = st.builds(
    record,
    st.integers(0, 30).map(str),
    st.sampled_from("ab"),
    st.sampled_from(["male", "female"]),
    st.sampled_from([Grade.P1, Grade.P2, Grade.M1]),
    st.sampled_from(ROUNDS),
)
coarsenesses = st.builds(Coarseness, *[st.booleans()] * 5)


def alike(rows):
    """Pseudonyms by all that the published rows of a pseudonym say apart from figures."""
    of_pupil = defaultdict(list)
    for row in rows:
        of_pupil[row[0]].append(row[1:5])
    groups = defaultdict(set)
    for pupil, known in of_pupil.items():
        groups[tuple(sorted(known))].add(pupil)
    return groups.values()


@settings(max_examples=200, deadline=None)
@given(st.lists(records, max_size=60), coarsenesses)
def test_what_passes_the_check_hides_everybody_in_the_file_itself(given_out, coarse):
    if not too_small(given_out, coarse):
        assert all(len(group) >= FEWEST for group in alike(research_rows(given_out, coarse, b"k")))


@settings(max_examples=100, deadline=None)
@given(st.lists(records, max_size=60))
def test_what_is_called_coarse_enough_is_and_no_step_of_it_can_be_taken_back(given_out):
    for coarse in coarse_enough(given_out):
        assert too_small(given_out, coarse) == []
        for step in coarse.steps:
            finer = Coarseness(**{name: True for name in coarse.steps if name != step})
            assert too_small(given_out, finer)


def test_a_way_through_the_years_counts_as_a_whole():
    """In each round six look alike, but one of them alone was tested in both."""
    first = [record(str(n)) for n in range(6)]
    second = [record(str(n), round_=ROUNDS[1]) for n in range(5, 11)]
    small = too_small(first + second, Coarseness())
    assert [group.pupils for group in small] == [1]
    assert too_small(first + second, Coarseness(unlinked=True)) == []


def test_one_pupil_tested_five_times_is_one_pupil():
    assert too_small([record() for _ in range(5)], Coarseness(unlinked=True))[0].pupils == 1


def test_pseudonyms_are_those_of_one_export_and_link_only_if_asked():
    both = [record("p"), record("p", round_=ROUNDS[1])]
    linked = {row[0] for row in research_rows(both, Coarseness(), b"one")}
    assert len(linked) == 1
    assert linked != {row[0] for row in research_rows(both, Coarseness(), b"two")}
    assert len({row[0] for row in research_rows(both, Coarseness(unlinked=True), b"one")}) == 2
    assert len(COLUMNS) == len(next(research_rows(both, Coarseness(), b"one")))
