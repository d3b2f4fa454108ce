"""Spoilt spreadsheets are taken as a whole or refused as a whole, with a place, and never end in a traceback.

`benchmarks/mutations.py` does the same ten thousand times.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import mutations, sites


@pytest.fixture(scope="module")
def site(own_template, tmp_path_factory):
    phonics = sites.open_copy(own_template, tmp_path_factory.mktemp("mutated"))
    yield phonics
    phonics.store.close()


@pytest.mark.parametrize("kind", mutations.KINDS)
def test_a_spoilt_file_is_taken_or_refused_as_a_whole(site, kind):
    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.integers(0, 10**9))
    def spoilt(seed):
        mutations.attempt(site, kind, seed)

    spoilt()


@pytest.mark.parametrize("kind", mutations.KINDS)
def test_some_are_taken_and_some_refused(site, kind):
    """Or the mutations would show nothing."""
    outcomes = [mutations.attempt(site, kind, seed) for seed in range(25)]
    assert any(outcome.stored for outcome in outcomes)
    assert any(outcome.codes for outcome in outcomes)
