"""An open Phonics on a temporary folder, with a clock that stands still."""

from __future__ import annotations

import pytest

from tests import sites


@pytest.fixture
def clock():
    return sites.Clock()


@pytest.fixture(scope="session")
def empty_template(tmp_path_factory):
    return sites.make_empty(tmp_path_factory.mktemp("empty"))


@pytest.fixture(scope="session")
def own_template(tmp_path_factory):
    return sites.make_own(tmp_path_factory.mktemp("own"))


@pytest.fixture
def empty(empty_template, tmp_path, clock):
    """A Phonics where nothing is set up yet."""
    phonics = sites.open_copy(empty_template, tmp_path / "data", clock)
    yield phonics
    phonics.store.close()


@pytest.fixture
def phonics(own_template, tmp_path, clock):
    """A Phonics with the schools and accounts of `tests.sites`."""
    phonics = sites.open_copy(own_template, tmp_path / "data", clock)
    yield phonics
    phonics.store.close()


@pytest.fixture
def schools():
    """Four municipal schools and two of the network."""
    return sites.SCHOOLS


@pytest.fixture
def people():
    """An actor of every role: `people.teacher`, …"""
    return sites.PEOPLE
