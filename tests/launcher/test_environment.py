"""What is installed: exact versions of everything asked for, and nothing large that only few need."""

from __future__ import annotations

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from phonics_app.launcher.checks import ON_CI, REQUIREMENTS
from phonics_app.launcher.environment import MEGABYTES, files_of, fingerprint
from tests.sites import ROOT

FILES = sorted(path.name for path in ROOT.glob("requirements*.txt"))


def asked_for(name: str) -> list[Requirement]:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    return [Requirement(line) for line in lines if line and not line.startswith(("#", "-r "))]


@pytest.fixture(scope="module")
def pins() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("==") for line in lines if not line.startswith("#"))
    return {canonicalize_name(name): version for name, version in pairs}


@pytest.mark.parametrize("name", FILES)
def test_everything_asked_for_has_a_version_that_fits(name, pins):
    for wanted in asked_for(name):
        assert wanted.specifier.contains(pins[canonicalize_name(wanted.name)]), f"{name}: {wanted}"


def test_spark_is_installed_on_ci_alone():
    everywhere = [file for name in REQUIREMENTS for file in files_of(ROOT, name)]
    assert set(everywhere) == set(FILES) - set(ON_CI)
    assert not any(wanted.name == "pyspark" for file in everywhere for wanted in asked_for(file))


def test_the_space_of_every_installation_is_known():
    assert set(MEGABYTES) == {"requirements.txt", *REQUIREMENTS, *ON_CI}


def test_a_change_of_an_included_file_is_seen(tmp_path):
    for name, text in (("a.txt", "# a\n-r b.txt\n"), ("b.txt", "x\n"), ("constraints.txt", "")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert files_of(tmp_path, "a.txt") == ["a.txt", "b.txt"]
    before = fingerprint(tmp_path, "a.txt")
    (tmp_path / "b.txt").write_text("y\n", encoding="utf-8")
    assert fingerprint(tmp_path, "a.txt") != before
