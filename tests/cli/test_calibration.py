"""Calibrating and scoring from the command line."""

from __future__ import annotations

import csv

import numpy as np
import pytest

from tests.calibration.answers import levelled_world, random_world


@pytest.fixture
def answers(tmp_path):
    def write(world, grouped=False):
        path = tmp_path / "answers.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["person", "item", "score", "level"])
            rows = zip(world.person, world.item, world.score, world.group[world.person], strict=True)
            writer.writerows([f"p{p}", f"i{i:03}", int(score), g] for p, i, score, g in rows)
        return path

    return write


def table(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_from_answers_to_parameters_to_abilities(run_json, answers, tmp_path):
    world = random_world(21, persons=800, items=30, each=20)
    file, parameters, people = answers(world), tmp_path / "parameters.csv", tmp_path / "people.csv"
    code, told = run_json("calibrate", str(file), "--out", str(parameters), "--model", "rasch")
    assert (code, told["converged"]) == (0, True)
    assert set(told) == {"log_likelihood", "iterations", "converged", "groups"}
    assert told["log_likelihood"] < 0 < told["iterations"]
    assert [(g["group"], g["persons"], g["mean"]) for g in told["groups"]] == [("", 800, 0.0)]
    rows = table(parameters)
    assert list(rows[0]) == ["item", "a", "b", "se_a", "se_b", "n", "infit", "outfit"]
    assert [(row["item"], row["a"], row["se_a"]) for row in rows] == [(f"i{j:03}", "1.000000", "") for j in range(30)]
    assert [int(row["n"]) for row in rows] == np.bincount(world.item).tolist()
    code, told = run_json("score", str(file), "--params", str(parameters), "--out", str(people))
    assert (code, told["persons"]) == (0, 800)
    found = {row["person"]: row for row in table(people)}
    theta = [float(found[f"p{p}"]["theta"]) for p in range(800)]
    assert np.corrcoef(theta, world.ability)[0, 1] > 0.85
    assert {row["n"] for row in found.values()} == {"20"}


def test_groups_and_anchors(run_json, answers, tmp_path):
    world = levelled_world(22, persons=600, items=80, each=12, levels=3)
    anchors = tmp_path / "anchors.csv"
    lines = [f"i{j:03},{world.slope[j]},{world.difficulty[j]}" for j in range(0, 80, 2)]
    anchors.write_text("\n".join(["item,a,b", *lines]), encoding="utf-8")
    out = tmp_path / "out.csv"
    code, told = run_json(
        "calibrate", str(answers(world)), "--out", str(out), "--groups", "level", "--anchors", str(anchors)
    )
    assert code == 0
    true = [world.ability[world.group == g].mean() for g in range(3)]
    assert [g["mean"] for g in told["groups"]] == pytest.approx(true, abs=0.3)
    found = {row["item"]: float(row["b"]) for row in table(out)}
    held = [j for j in np.unique(world.item) if j % 2 == 0]
    assert [found[f"i{j:03}"] for j in held] == pytest.approx(world.difficulty[held], abs=1e-5)


def test_an_item_that_everybody_gets_right_is_refused_unless_there_are_priors(run_json, answers, tmp_path):
    world = random_world(23, persons=60, items=6, each=5)
    world.score[world.item == 2] = 1
    file, out = answers(world), tmp_path / "out.csv"
    code, told = run_json("calibrate", str(file), "--out", str(out))
    assert code == 1
    assert [p["value"] for p in told["error"]["problems"]] == ["i002"]
    assert not out.exists()
    code, told = run_json(
        "calibrate", str(file), "--out", str(out), "--difficulty-prior", "0", "2", "--slope-prior", "0.3"
    )
    assert (code, told["converged"]) == (0, True)


def test_groups_without_items_in_common_are_refused_unless_anchors_join_them(run_json, answers, tmp_path):
    world = levelled_world(27, persons=300, items=60, each=8, levels=3)  # Their items lie too far apart.
    file, out, anchors = answers(world), tmp_path / "out.csv", tmp_path / "anchors.csv"
    arguments = ("calibrate", str(file), "--out", str(out), "--groups", "level", "--model", "rasch")
    code, told = run_json(*arguments)
    assert code == 1
    assert [(p["code"], p["value"]) for p in told["error"]["problems"]] == [
        ("calibration.not_linked", "1"),
        ("calibration.not_linked", "2"),
    ]
    met = [int(world.item[world.group[world.person] == group][0]) for group in range(3)]
    lines = [f"i{item:03},1,{world.difficulty[item]}" for item in met]
    anchors.write_text("\n".join(["item,a,b", *lines]), encoding="utf-8")
    code, told = run_json(*arguments, "--anchors", str(anchors))
    assert code == 0


def test_an_item_without_parameters_is_told(run_json, answers, tmp_path):
    parameters = tmp_path / "parameters.csv"
    parameters.write_text("item,a,b\ni000,1,0\n", encoding="utf-8")
    file, out = answers(random_world(24, persons=5, items=3, each=3)), tmp_path / "out.csv"
    code, told = run_json("score", str(file), "--params", str(parameters), "--out", str(out))
    assert code == 1
    assert [p["value"] for p in told["error"]["problems"]] == ["i001", "i002"]
    assert not out.exists()


def test_for_people(run, answers, tmp_path):
    out = tmp_path / "out.csv"
    code, text, _ = run("calibrate", str(answers(random_world(25, 200, 10, 8))), "--out", str(out), "--model", "rasch")
    assert code == 0
    assert "คำนวณได้ค่าที่นิ่งแล้ว" in text
    assert "200 คน" in text


def test_a_terminal_sees_how_far_it_has_come(run, answers, tmp_path, monkeypatch):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    _, _, told = run("calibrate", str(answers(random_world(26, 200, 10, 8))), "--out", str(tmp_path / "out.csv"))
    shares = [int(part.strip(" %\n")) for part in told.split("\r")[1:]]
    assert shares == sorted(shares)
    assert shares[-1] == 100
    assert len(set(shares)) > 4
