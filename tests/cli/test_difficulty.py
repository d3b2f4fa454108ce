"""Predicted difficulty from the command line."""

from __future__ import annotations

import json

import pytest


def test_words_at_the_level_of_their_letters_and_at_another(run_json, data):
    code, told = run_json("predict-difficulty", "--word", "cake", "--word", "ship")
    assert code == 0
    assert [(i["key"], i["level"], i["source"], i["bank"]) for i in told["items"]] == [
        ("cake", 6, "predicted", None),
        ("ship", 4, "predicted", None),
    ]
    _, later = run_json("predict-difficulty", "--word", "ship", "--level", "6")
    assert later["items"][0]["value"] > told["items"][1]["value"] + 1


def test_writing_a_word_is_harder_than_reading_it(run_json, data):
    values = [
        run_json("predict-difficulty", "--word", "cake", "--task", task)[1]["items"][0]["value"]
        for task in ("read_word", "spell_word")
    ]
    assert values[1] > values[0] + 0.1


def test_an_item_stands_beside_its_difficulty_in_the_bank(run_json, data):
    code, told = run_json("predict-difficulty", "--item", "WR-0223")
    assert code == 0
    (item,) = told["items"]
    assert item["bank"]["source"] == "expert"
    assert item["value"] == pytest.approx(item["bank"]["value"], abs=0.3)


@pytest.mark.parametrize(
    ("language", "words"), [("en", ("items rated by experts", "logits")), ("th", ("ผู้เชี่ยวชาญประเมิน", "โลจิต"))]
)
def test_it_says_what_it_rests_on(run, data, language, words):
    code, out, _ = run("--language", language, "predict-difficulty", "--word", "cake")
    assert code == 0
    assert all(word in out.splitlines()[-1] for word in words)


def test_everything_that_cannot_be_predicted_is_told(run, data):
    code, out, err = run("--language", "en", "predict-difficulty", "--word", "said", "--word", "a b", "--word", "cake")
    assert (code, out) == (1, "")
    assert "“said” follows no rule" in err
    assert "“a b” is not an English word" in err
    assert run("predict-difficulty", "--word", "said", "--level", "3")[0] == 0
    assert "nope" in run("predict-difficulty", "--item", "nope")[2]
    assert "99" in run("predict-difficulty", "--word", "cake", "--level", "99")[2]


def test_words_or_items_are_needed_and_not_both(run, data):
    assert run("predict-difficulty")[0] == 2
    assert run("predict-difficulty", "--word", "cake", "--item", "WR-0223")[0] == 2


def test_training_says_both_figures_and_writes_the_model(run, data, tmp_path):
    path = tmp_path / "model.json"
    code, out, _ = run("--language", "en", "train-difficulty", "--out", path, "--quick")
    assert code == 0
    assert "within levels" in out
    assert "against experts' ratings" in out
    assert json.loads(path.read_text(encoding="utf-8"))["coefficients"]
    assert run("train-difficulty", "--out", path, "--quick")[0] == 1
