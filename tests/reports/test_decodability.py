"""The analysis of a text as a document, and its reasons in words."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pytest

from phonics_app.content.analysis_source import load_analyser
from phonics_app.content.text_analysis import analyse_text
from phonics_app.locales import translator
from phonics_app.reports.decodability import decodability_report
from phonics_app.reports.decodability_wording import cut, reasons_text
from phonics_app.reports.tables import to_csv

ANALYSER = load_analyser(Path(__file__).resolve().parents[2] / "item_bank")
TEXT = "Nid said: “Stop!” She bought a cake, a big cake."


@pytest.mark.parametrize(
    ("word", "language", "reasons"),
    [
        ("bought", "en", "ough /ɔ/ is taught at level 8"),
        ("bought", "th", "ough ออกเสียง /ɔ/ เรียนในระดับ 8"),
        ("stop", "en", "consonants together at the beginning: taught at level 5"),
        ("said", "en", "ai is /ɛ/ here, by no rule: learn it by heart"),
        ("sword", "en", "w is silent here, by no rule: learn it by heart; or /ɔr/ is taught at level 7"),
        ("taste", "en", "a /eɪ/ is taught at level 6; silent e is taught at level 8"),
    ],
)
def test_reasons(word, language, reasons):
    assert reasons_text(translator(language), ANALYSER.analyse(word), 4).startswith(reasons)


def test_the_irregular_part_stands_in_brackets():
    assert cut(ANALYSER.analyse("said")) == "s · [ai] · d"


@pytest.mark.parametrize("language", ["th", "en"])
def test_file(language):
    found = analyse_text(ANALYSER, TEXT)
    report = decodability_report(found, 6, language, date(2026, 11, 20), for_print=False)
    rows = list(csv.reader(io.StringIO(to_csv(report).decode("utf-8-sig"))))
    assert [row[0] for row in rows[1:]] == ["nid", "big", "stop", "a", "cake", "she", "bought", "said"], "by level"
    by_word = {row[0]: row for row in rows[1:]}
    assert by_word["cake"][1:5] == ["2", {"th": "ระดับ 6", "en": "Level 6"}[language], "c · a_e · k", "/k eɪ k/"]


def test_print_has_the_shares_first():
    found = analyse_text(ANALYSER, TEXT)
    report = decodability_report(found, 6, "en", date(2026, 11, 20), for_print=True)
    shares, words = report.tables
    assert [row[0] for row in shares.rows] == [f"Level {n}" for n in range(1, 10)]
    assert shares.rows[-1][1] == pytest.approx(9 / 10)
    assert [row[0] for row in words.rows][-1] == "said", "heart words stand last"
