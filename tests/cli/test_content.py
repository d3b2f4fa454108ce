"""Words and texts from the command line."""

from __future__ import annotations

import json

import pytest


def objects(run, *words):
    code, out, err = run("analyse-word", *words, "--json")
    assert (code, err) == (0, "")
    return [json.loads(line) for line in out.splitlines()]


def test_one_object_a_line(run, data):
    cake, said = objects(run, "cake", "Said")
    assert cake["graphemes"] == [
        {"grapheme": "c", "phonemes": ["K"], "level": 3, "irregular": False, "correspondence": "c-k"},
        {"grapheme": "a_e", "phonemes": ["EY"], "level": 6, "irregular": False, "correspondence": "a_e-ey"},
        {"grapheme": "k", "phonemes": ["K"], "level": 3, "irregular": False, "correspondence": "k-k"},
    ]
    assert {key: cake[key] for key in ("word", "level", "irregular", "shape", "syllables")} == {
        "word": "cake",
        "level": 6,
        "irregular": False,
        "shape": "CVC",
        "syllables": 1,
    }
    assert (said["word"], said["level"], said["irregular"]) == ("Said", None, True)
    assert [g["irregular"] for g in said["graphemes"]] == [False, True, False]


def test_silent_letters_have_no_phonemes(run, data):
    (taste,) = objects(run, "taste")
    assert taste["graphemes"][-1] == {
        "grapheme": "e",
        "phonemes": [],
        "level": 8,
        "irregular": False,
        "correspondence": "e-silent-final",
    }


@pytest.mark.either
def test_no_database_is_needed(run, data):
    assert run("analyse-word", "cat")[0] == 0
    assert list(data.iterdir()) == []


@pytest.mark.parametrize("language", ["th", "en"])
def test_for_people(run, data, language):
    code, out, _ = run("--language", language, "analyse-word", "bought")
    assert code == 0
    assert "ough" in out
    assert ("level 8" in out) is (language == "en")


def test_all_that_is_no_word_is_told_at_once(run, run_json, data):
    code, out, err = run("--language", "en", "analyse-word", "cake", "", "12", "well-known", "คำ")
    assert (code, out) == (1, "")
    assert len(err.splitlines()) == 5
    code, told = run_json("analyse-word", "12", "คำ")
    assert code == 1
    assert [problem["code"] for problem in told["error"]["problems"]] == ["analysis.not_a_word"] * 2


@pytest.fixture
def story(tmp_path):
    path = tmp_path / "เรื่อง.txt"
    path.write_text("Nid has a cat. She said it can jump.\n\nThe cat is at the station!", encoding="utf-8-sig")
    return path


def test_text(run_json, data, story):
    code, told = run_json("analyse-text", story, "--level", "5")
    assert code == 0
    assert (told["words"], told["different_words"], told["level"]) == (15, 13, 5)
    assert [share["level"] for share in told["levels"]] == list(range(1, 10))
    assert told["sentences"] == {"count": 3, "mean": 5.0, "longest": 6, "lengths": [4, 5, 6]}
    assert told["heart_words"] == [{"word": "said", "count": 1}]
    not_yet = {word["word"]: word for word in told["not_yet"]}
    assert set(not_yet) == {"a", "she", "said", "the", "station"}
    assert not_yet["station"]["reasons"] == [
        {"kind": "correspondence", "value": "a", "sound": "eɪ", "level": 6},
        {"kind": "correspondence", "value": "tion", "sound": "ʃən", "level": 9},
        {"kind": "skill", "value": "two_syllables", "sound": "", "level": 6},
    ]


def test_text_for_people(run, data, story):
    code, out, err = run("--language", "en", "analyse-text", story, "--level", "5")
    assert (code, err) == (0, "")
    assert "> Level 5" in out
    assert "tion /ʃən/ is taught at level 9" in out
    assert "said (1): ai is /ɛ/ here, by no rule: learn it by heart" in out


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "none.txt"),
        (b"", "no English words"),
        ("สวัสดี 123".encode(), "no English words"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b"cat " * 5001, "20,004 characters"),
    ],
)
def test_bad_files_are_refused(run, data, tmp_path, content, message):
    path = tmp_path / "none.txt"
    if content is not None:
        path.write_bytes(content)
    code, out, err = run("--language", "en", "analyse-text", path)
    assert (code, out) == (1, "")
    assert message in err


def test_a_level_that_there_is_not(run, data, story):
    code, _, err = run("--language", "en", "analyse-text", story, "--level", "12")
    assert code == 1
    assert "1, 2, 3" in err
    assert run("analyse-text", story, "--level", "six")[0] == 2


def test_wrong_use(run, data):
    assert run("analyse-word")[0] == 2


@pytest.mark.either
@pytest.mark.parametrize(("name", "begins"), [("words.csv", b"\xef\xbb\xbf"), ("words.pdf", b"%PDF")])
def test_export(run, data, story, tmp_path, name, begins):
    target = tmp_path / name
    code, _, err = run("export-analysis", story, "--level", "5", "--out", target)
    assert (code, err) == (0, "")
    assert target.read_bytes().startswith(begins)
    assert run("export-analysis", story, "--out", target)[0] == 1, "a file that exists is kept"
    assert list(data.iterdir()) == []
