"""Labels: complete, in both languages, with Thai years and Thai time."""

from datetime import UTC, datetime

import pytest

from phonics_app.domain.calendar import Round
from phonics_app.domain.grade import Grade, Stage
from phonics_app.domain.rubric import PromotionRule
from phonics_app.domain.school import School, SchoolKind
from phonics_app.domain.text import Text
from phonics_app.locales import translator
from phonics_app.progress.class_page import Due
from phonics_app.reports import labels

TH, EN = translator("th"), translator("en")
LATE = datetime(2026, 6, 15, 18, 30, tzinfo=UTC)
"""Half past one at night in Thailand, the 16th."""


def test_every_code_has_a_label_in_both_languages():
    for due in Due:
        assert labels.due_label(TH, due) != labels.due_label(EN, due)
    for stage in Stage:
        assert labels.stage_label(TH, stage) != labels.stage_label(EN, stage)


@pytest.mark.parametrize(
    ("unit", "value", "shown"),
    [
        ("share", 0.8, ("80%", "80%")),
        ("count", 2.0, ("2", "2")),
        ("seconds", 3.0, ("3 วินาที", "3 seconds")),
        ("weeks", 8.0, ("8 สัปดาห์", "8 weeks")),
        ("text", None, ("–", "–")),
    ],
)
def test_thresholds_have_their_unit(unit, value, shown):
    rule = PromotionRule("R", Text("ก", "a"), value, unit, Text("ก", "a"), "expert")
    assert (labels.threshold_label(TH, rule), labels.threshold_label(EN, rule)) == shown


def test_levels_and_rounds():
    assert (labels.level_label(TH, 4), labels.level_label(EN, None)) == ("ระดับ 4", "Not placed")
    assert labels.round_label(TH, Round(2569, 1)) == "ภาคเรียนที่ 1/2569"


def test_classes():
    assert labels.class_label(Grade.P3, "2", "th") == "ป.3/2"
    assert labels.class_label(Grade.P3, "", "en") == "P3"


def test_days_are_thai_days():
    assert labels.date_label(LATE, "th") == "16 มิถุนายน 2569"
    assert (labels.short_date(LATE, "th"), labels.short_date(LATE, "en")) == ("16 มิ.ย. 2569", "16 Jun 2569")
    assert labels.iso_date(LATE) == "2026-06-16"
    assert labels.moment_label(LATE, "th").endswith("2569 01:30")


@pytest.mark.parametrize(
    ("value", "text"), [(1.5, "+1.50"), (-0.304, "−0.30"), (0, "0.00"), (-0.001, "0.00"), (None, "–")]
)
def test_signed(value, text):
    assert labels.signed(value) == text


def test_unknown_figures_are_a_dash():
    assert labels.percent(None) == labels.number(None) == "–"
    assert labels.percent(0.456) == "46%"


def test_school_names_are_short_and_never_empty():
    schools = (
        School("a", Text("โรงเรียนเทศบาลจามเทวี", "Chamthewi"), SchoolKind.MUNICIPAL),
        School("b", Text("โรงเรียน", ""), SchoolKind.NETWORK),
    )
    assert labels.school_names(schools, "th") == {"a": "เทศบาลจามเทวี", "b": "โรงเรียน"}
