"""Fixed forms over a real site."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest

from phonics_app.domain.errors import NotFound, ProblemsFound
from phonics_app.domain.strand import Strand, Task
from phonics_app.locales.messages import render
from phonics_app.workflows.forms import assemble_forms, form_blueprints
from phonics_app.workflows.paper_entry import use_form
from tests import sites
from tests.workflows.papers import plan_of_code


@pytest.fixture
def elsewhere(phonics, tmp_path):
    """The site with blueprints of its own."""
    (tmp_path / "own" / "item_bank").mkdir(parents=True)
    for name in ("forms.toml", "levels.toml"):
        shutil.copy(sites.ROOT / "item_bank" / name, tmp_path / "own" / "item_bank" / name)
    return replace(phonics, settings=replace(phonics.settings, content_dir=tmp_path / "own"))


def test_blueprints_of_the_site(phonics, people):
    assert {b.id for b in form_blueprints(phonics, people.teacher)} >= {"level-check", "probe-words", "paper"}


def test_forms_of_one_blueprint_and_level(phonics, people):
    (made,) = assemble_forms(phonics, people.teacher, "level-check", (4,))
    assert (made.blueprint.id, made.levels, made.problems) == ("level-check", (4,), ())
    assert [form.letter for form in made.forms.forms] == ["A", "B", "C"]
    assert made.forms.bank_version == phonics.content.bank.version


def test_forms_whose_highest_level_was_asked_for(phonics, people):
    made = assemble_forms(phonics, people.trainer, "probe-sounds", (2, 3))
    assert [assembly.levels for assembly in made] == [(2,), (2, 3)]


@pytest.mark.parametrize(("blueprint", "levels"), [("exam", ()), ("level-check", (99,)), ("probe-passage", (1,))])
def test_forms_that_there_are_not(phonics, people, blueprint, levels):
    with pytest.raises(NotFound) as refused:
        assemble_forms(phonics, people.teacher, blueprint, levels)
    assert refused.value.code == "forms.unknown"
    told = render(refused.value, "en")
    assert ("probe-passage (4, 5, 6, 7, 8, 9)" in told) is (blueprint != "level-check")
    assert ("level-check (1," in told) is (blueprint != "probe-passage")


def test_a_thin_level_does_not_hide_the_others(elsewhere, people):
    """Level 2 has fewer than forty words to read; where forms may share items, one more serves them all."""
    few = sum(1 for item in elsewhere.content.bank.active(2) if item.task is Task.READ_WORD)
    path = elsewhere.settings.content_dir / "item_bank" / "forms.toml"
    text = path.read_text(encoding="utf-8")
    assert text.count("minimum = 20\nmaximum = 50") == 1
    path.write_text(text.replace("minimum = 20\nmaximum = 50", "minimum = 40\nmaximum = 50"), encoding="utf-8")
    empty, full = assemble_forms(elsewhere, people.teacher, "probe-words", (2, 3))
    assert empty.forms is None
    needed = f"{40 - few} more active items are needed; the forms want 40 of them in all."
    assert [render(p, "en") for p in empty.problems] == [f"file items/*.csv, column level 2, read_word: {needed}"]
    assert len(full.forms.forms) == 3


def test_a_faulty_file_is_named(elsewhere, people):
    (elsewhere.settings.content_dir / "item_bank" / "forms.toml").unlink()
    with pytest.raises(ProblemsFound) as refused:
        assemble_forms(elsewhere, people.teacher)
    assert [problem.place.file for problem in refused.value.problems] == ["forms.toml"]


def test_a_passage_and_its_questions_have_instructions_of_their_own(phonics, people):
    """Not those of single words, nor of words whose meaning is asked."""
    plan = plan_of_code(phonics, use_form(phonics, people.teacher, "probe-passage", 4, "A"))
    told = {guide.strand: guide for guide in plan.guides}
    assert set(told) == {Strand.ORAL_READING_FLUENCY, Strand.COMPREHENSION}
    assert "story" in told[Strand.ORAL_READING_FLUENCY].say.en
    assert "Take the text away" in told[Strand.COMPREHENSION].instruction.en
    for guide in told.values():
        assert guide.instruction.th != guide.instruction.en
