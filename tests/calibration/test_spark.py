"""The same calibration in Spark's partitions: held to the result in this process on the same data."""

from __future__ import annotations

import csv
import importlib.util
import json

import numpy as np
import pandas as pd
import pytest

from phonics_app.calibration import spark_session as parts
from phonics_app.calibration.estimation import Settings, calibrate, estimate
from phonics_app.calibration.expectation import PERSONS_TOGETHER
from phonics_app.calibration.fit import fit_of, item_fit
from phonics_app.calibration.item_model import Model
from phonics_app.calibration.maximisation import ItemPriors
from phonics_app.calibration.response_file import read_responses
from phonics_app.calibration.spark_session import spark_session
from phonics_app.calibration.standard_errors import errors_of, standard_errors
from phonics_app.cli.main import main
from phonics_app.domain.errors import PhonicsError, ProblemsFound
from phonics_app.locales.messages import render, render_all
from tests.calibration.answers import random_world
from tests.calibration.parquet import table_of, written

spark = pytest.mark.spark
_NEARLY = 0.05
"""A tolerance with fewer steps than usual: each is the same here and there, however many follow."""


@spark
def test_the_command_as_in_this_process(tmp_path, capsys):
    """Here and not beside the other commands, and first: the session that it starts and ends warms Java up."""
    path = written(table_of(random_world(35, persons=900, items=20, each=12)), tmp_path / "answers")
    tables, told = [], []
    for engine in ("local", "spark"):
        out = tmp_path / f"{engine}.csv"
        options = ["--out", str(out), "--engine", engine, "--master", "local[2]", "--json"]
        assert main(["calibrate", str(path), *options]) == 0
        told.append(json.loads(capsys.readouterr().out))
        with out.open(encoding="utf-8", newline="") as file:
            tables.append(list(csv.DictReader(file)))
    assert told[1].pop("log_likelihood") == pytest.approx(told[0].pop("log_likelihood"), abs=1e-6)
    assert told[1].pop("groups")[0]["persons"] == told[0].pop("groups")[0]["persons"] == 900
    assert told[0] == told[1]
    for here, there in zip(*tables, strict=True):
        assert here.pop("item") == there.pop("item")
        assert [float(v) for v in there.values()] == pytest.approx([float(v) for v in here.values()], abs=2e-6)


@pytest.fixture(scope="module")
def session():
    if parts.missing_part():
        yield None  # The marker has a word to say about it.
        return
    with spark_session("local[2]") as started:
        yield started


def found_by_both(session, path, settings, group=""):
    from phonics_app.calibration.spark_file import spark_answers

    here = calibrate(read_responses(path, group), settings)
    answers = spark_answers(session, path, group)
    there, arranged = estimate(answers, settings)
    assert (answers.items, answers.groups) == (here.responses.items, here.responses.groups)
    return here, there, arranged


def assert_same(here, there, apart=1e-6):
    assert there.converged
    assert there.log_likelihood == pytest.approx(here.log_likelihood, abs=10 * apart)
    for name in ("slope", "intercept", "difficulty"):
        np.testing.assert_allclose(getattr(there.items, name), getattr(here.items, name), rtol=0, atol=apart)
    for name in ("mean", "deviation"):
        np.testing.assert_allclose(getattr(there.groups, name), getattr(here.groups, name), rtol=0, atol=apart)
    np.testing.assert_allclose(there.theta, here.theta, rtol=0, atol=apart)


def settings_of(kind: str, world) -> Settings:
    items, count = [f"i{j:03}" for j in range(len(world.slope))], len(world.slope)
    if kind == "anchors":
        held = {items[j]: (world.slope[j], world.difficulty[j]) for j in range(0, count, 3)}
        return Settings(anchors=held, tolerance=_NEARLY)
    if kind == "guessing and priors":
        wide = ItemPriors(np.zeros(count), np.full(count, 2.0), np.zeros(count), np.full(count, 0.3))
        return Settings(guessing=dict.fromkeys(items[::2], 0.25), priors=wide)
    return Settings(Model.RASCH) if kind == "rasch" else Settings(tolerance=_NEARLY)


@spark
@pytest.mark.parametrize("kind", ["2pl", "rasch", "anchors", "guessing and priors"])
def test_as_in_this_process(session, tmp_path, kind, tell):
    world = random_world(31, persons=2 * PERSONS_TOGETHER + 700, items=40, each=15)
    world.group[:] = np.digitize(world.ability, [-0.5, 0.5])
    path = written(table_of(world), tmp_path / "answers")
    here, there, arranged = found_by_both(session, path, settings_of(kind, world), "level")
    # The longer climb: the last digits, which depend on the order of sums, send it to the same top by another way.
    far = kind == "guessing and priors"
    assert_same(here, there, 1e-4 if far else 1e-6)
    apart = there.log_likelihood - here.log_likelihood, abs(there.items.difficulty - here.items.difficulty).max()
    tell(f"spark and local, {kind}: log likelihood {apart[0]:.1e}, difficulties {apart[1]:.1e}")
    own, errors = standard_errors(here), errors_of(there, arranged)
    for name in ("slope", "difficulty", "group_mean", "group_deviation"):
        # Products of single precision, added up in another order.
        np.testing.assert_allclose(getattr(errors, name), getattr(own, name), rtol=1e-3 if far else 1e-4)
    own, fit = item_fit(here), fit_of(there, arranged)
    for name in ("infit", "outfit", "answers"):
        np.testing.assert_allclose(getattr(fit, name), getattr(own, name), rtol=1e-3 if far else 1e-6)


@spark
def test_csv_in_files_with_blanks_and_marks(session, tmp_path):
    world = random_world(32, persons=300, items=12, each=8)
    folder = tmp_path / "answers"
    folder.mkdir()
    for k in range(2):
        text = table_of(world).iloc[k::2].to_csv(index=False).replace("p00007,", '" p00007 ",')
        (folder / f"{k}.csv").write_text(text, encoding="utf-8-sig")
    here, there, _ = found_by_both(session, folder, Settings(Model.RASCH))
    assert len(here.responses.persons) == 300
    assert_same(here, there)


@spark
def test_more_partitions_than_persons(session, tmp_path):
    """Empty ones have nothing to add."""
    from phonics_app.calibration import spark_file

    world = random_world(41, persons=5, items=4, each=4)
    path = written(table_of(world), tmp_path / "answers")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spark_file, "ANSWERS_TOGETHER", 3)
        here, there, _ = found_by_both(session, path, Settings(Model.RASCH))
    assert_same(here, there, 1e-5)  # Few persons: which nodes a block leaves out is seen in the sixth digit.


@spark
def test_blocks_are_made_once(session, tmp_path):
    """What a step needs is kept: with the file gone, the work goes on."""
    from phonics_app.calibration.spark_file import spark_answers

    path = written(table_of(random_world(34, persons=200, items=10, each=8)), tmp_path / "answers")
    answers = spark_answers(session, path)
    for file in path.iterdir():
        file.unlink()
    assert estimate(answers, Settings(Model.RASCH))[0].converged


@spark
def test_faults_are_told_with_examples(session, tmp_path):
    from phonics_app.calibration.spark_file import spark_answers

    rows = [
        ("a", "x", "1", "ก"),
        ("a", "x", "0", "ก"),
        ("b", "x", "2", "ก"),
        ("b", "y", "1", "ข"),
        ("", "y", "1", "ก"),
        ("c", None, "0", "ก"),
    ]
    path = tmp_path / "answers.parquet"
    pd.DataFrame(rows, columns=["person", "item", "score", "g"]).to_parquet(path)
    with pytest.raises(ProblemsFound) as found:
        spark_answers(session, path, "g")
    assert list(render_all(found.value.problems, "en")) == [
        "file answers.parquet, column person: 1 cells are empty here.",
        "file answers.parquet, column item: 1 cells are empty here.",
        "file answers.parquet, column score: “2” is no score; expected: 0, 1",
        "file answers.parquet, column item: a · x stands there more than once.",
        "file answers.parquet, column g: b stands in more than one group.",
    ]


@spark
def test_what_is_no_table_of_answers(session, tmp_path):
    from phonics_app.calibration.spark_file import spark_answers

    def told(path):
        with pytest.raises(ProblemsFound) as found:
            spark_answers(session, path)
        return " ".join(render_all(found.value.problems, "en"))

    broken = tmp_path / "broken.parquet"
    broken.write_bytes(b"this is no Parquet")
    assert told(broken).startswith("file broken.parquet: This can't be read: ")
    other = tmp_path / "other.csv"
    other.write_text("person,question,score\na,b,1\n", encoding="utf-8")
    assert told(other) == "file other.csv: There is no column “item”."
    empty = tmp_path / "empty.csv"
    empty.write_text("person,item,score\n", encoding="utf-8")
    assert told(empty) == "file empty.csv: The file has no answers."
    with pytest.raises(FileNotFoundError):
        spark_answers(session, tmp_path / "nowhere.csv")


def test_without_pyspark(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert "requirements-spark.txt" in one_line()


def test_without_java(monkeypatch, tmp_path):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: object())
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "Java 17" in one_line()
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "moved"))
    assert "Java 17" in one_line()


def one_line() -> str:
    with pytest.raises(PhonicsError) as found, spark_session():
        pass
    thai, english = (render(found.value, language) for language in ("th", "en"))
    assert "\n" not in thai + english
    assert thai != english
    return english
