"""What is chosen from a list is what was meant, though others are called the same."""

from __future__ import annotations

from phonics_app.pages.components.choose import told_apart

PUPILS = [("1", "ใบบัว สุขดอย"), ("2", "ภูผา สุขดอย"), ("3", "ใบบัว สุขดอย")]


def test_equal_names_are_told_apart_and_others_stay_as_they_are():
    """Streamlit takes the last of equal names: a pupil was moved who was not meant."""
    show = told_apart(PUPILS, lambda pupil: pupil[1])
    assert [show(pupil) for pupil in PUPILS] == ["ใบบัว สุขดอย · 1", "ภูผา สุขดอย", "ใบบัว สุขดอย · 2"]
