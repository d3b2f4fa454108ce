"""Item analysis from the command line: from a file of answers to what is wrong with which item."""

from __future__ import annotations

import csv

import numpy as np
import pytest


@pytest.fixture
def files(tmp_path):
    """200 pupils of two schools, 16 items: i00 has the wrong key, i01 everybody knows; the second school finds skill k1
    easier by more than a logit; the items of block b0 hang together."""
    random = np.random.default_rng(41)
    ability, school = random.normal(0, 1.2, 200), np.arange(200) % 2
    item = np.arange(16)
    chance = random.normal(0, 1.2, 200)
    odds = ability[:, None] - np.linspace(-1.5, 1.5, 16) + 1.2 * np.outer(school, (item >= 4) & (item < 8))
    odds += np.outer(chance, item >= 12)
    score = random.random(odds.shape) < 1 / (1 + np.exp(-odds))
    score[:, 0], score[:, 1] = ~(score[:, 0] | score[:, 2] & score[:, 3]), True
    rows = [
        [f"p{p:03}", f"i{j:02}", int(score[p, j]), f"S{school[p]}", "AB"[int(not score[p, j])], p % 7]
        for p in range(200)
        for j in item
    ]
    write(tmp_path / "answers.csv", ["person", "item", "score", "school", "option", "seconds"], rows)
    write(tmp_path / "skills.csv", ["item", "skill"], [[f"i{j:02}", f"k{j // 4}"] for j in item])
    write(tmp_path / "blocks.csv", ["item", "block"], [[f"i{j:02}", "b0"] for j in item[12:]])
    write(tmp_path / "levels.csv", ["item", "level"], [[f"i{j:02}", 1] for j in item])
    return tmp_path


def write(path, header, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])


def everything(folder):
    options = [part for name in ("skills", "blocks", "levels") for part in (f"--{name}", folder / f"{name}.csv")]
    return ["analyse-items", folder / "answers.csv", "--groups", "school", *options]


def test_what_is_wrong_is_told(run_json, files):
    code, told = run_json(*everything(files), "--out", files / "items.csv")
    assert code == 0
    assert (told["persons"], told["answers"], len(told["items"])) == (200, 3_200, 16)
    items = {item["item"]: item for item in told["items"]}
    assert items["i00"]["findings"][0]["flag"] == "check_key"
    assert [f["flag"] for f in items["i01"]["findings"]] == ["all_right"]
    assert (items["i01"]["difficulty"], items["i01"]["share_right"]) == (None, 1.0)
    assert items["i05"]["median_seconds"] == 3.0
    assert {option["option"] for option in items["i05"]["options"]} == {"A", "B"}
    shifted = [(s["group"], s["bundle"]) for s in told["differences"]["skills"] if s["verdict"] == "shifted"]
    assert shifted == [("S0", "k1")]
    assert [block["block"] for block in told["blocks"]] == ["b0"]
    assert told["blocks"][0]["variance"] > 2 * told["blocks"][0]["standard_error"]
    assert told["reliability_corrected"]["value"] < told["reliability"][0]["value"]
    assert told["block_errors"][0]["corrected"] > told["block_errors"][0]["independent"]
    assert told["decisions"] is None
    assert told["thresholds"]["too_few"]["grade"] == "expert"
    with (files / "items.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["item"]: row for row in csv.DictReader(file)}
    assert rows["i00"]["findings"].startswith("check_key")
    assert rows["i01"]["difficulty"] == ""
    assert float(rows["i05"]["difficulty"]) == pytest.approx(items["i05"]["difficulty"], abs=1e-6)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("check the key", "Everybody was right", "S0 finds k1 harder", "hang together", "Reliability")),
        ("th", ("โปรดตรวจเฉลย", "ทุกคนตอบถูก", "S0 เห็นว่า k1 ยากกว่า", "เกี่ยวเนื่องกัน", "ความเที่ยง")),
    ],
)
def test_in_plain_words(run, files, language, words):
    code, out, _ = run("--language", language, *everything(files))
    assert code == 0
    assert [word for word in words if word not in out] == []


def test_levels_at_which_pupils_were_tested_go_beside_the_groups(run_json, files):
    table = (files / "answers.csv").read_text(encoding="utf-8").splitlines()
    lines = [f"{table[0]},at", *(f"{line},{int(line[1:4]) // 2 % 2}" for line in table[1:])]
    (files / "answers.csv").write_text("\n".join(lines), encoding="utf-8")
    code, told = run_json(*everything(files), "--tested-at", "at")
    assert code == 0
    assert [one["group"] for one in told["reliability"]] == ["", "S0", "S1"]


def test_decisions_between_cuts(run_json, run, files):
    command = ("analyse-items", files / "answers.csv")
    told = run_json(*command, "--cuts=-0.5,0.5")[1]["decisions"]
    assert 0.5 < told["consistency"] < told["accuracy"] < 1
    assert [band["persons"] > 10 for band in told["bands"]] == [True, True, True]
    assert sum(band["persons"] for band in told["bands"]) == 200
    assert (
        f"{told['accuracy']:.0%} are put where they truly are"
        in run("--language", "en", *command, "--cuts=-0.5,0.5")[1]
    )


@pytest.mark.parametrize("cuts", ["1,0", "a", "", "1,1", "nan"])
def test_cuts_that_are_none(run, files, cuts):
    code, _, err = run("--language", "en", "analyse-items", files / "answers.csv", f"--cuts={cuts}")
    assert code == 2
    assert "--cuts" in err


def test_answers_alone_are_enough(run_json, files):
    code, told = run_json("analyse-items", files / "answers.csv")
    assert code == 0
    assert (told["differences"], told["blocks"], told["reliability_corrected"]) == (None, [], None)
    assert [one["group"] for one in told["reliability"]] == [""]


def test_faults_of_every_file_are_told(run, files):
    write(files / "skills.csv", ["item", "skill"], [["i00", ""], ["i01", "k"], ["i01", "k"]])
    code, _, err = run("--language", "en", *everything(files))
    assert code == 1
    assert "line 2" in err or "row 2" in err
    assert "i01 stands in line 3 already" in err
    write(files / "answers.csv", ["person", "item", "score", "seconds"], [["p", "i", 1, "soon"], ["q", "i", 0, ""]])
    code, _, err = run("--language", "en", "analyse-items", files / "answers.csv")
    assert code == 1
    assert err


def test_nothing_to_compare(run, files):
    write(files / "answers.csv", ["person", "item", "score"], [[p, i, 1] for p in "ab" for i in "xyz"])
    code, _, err = run("--language", "en", "analyse-items", files / "answers.csv")
    assert code == 1
    assert "nothing to compare" in err
