"""Parallel forms: every constraint, what lacks, and how alike the forms are, against plain counting."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import combinations, pairwise

import pytest

from phonics_app.domain.bank import Correspondence, Item, ItemStatus, Option
from phonics_app.domain.codec import decode, encode
from phonics_app.domain.errors import ProblemsFound
from phonics_app.domain.form import Form, FormBlueprint, FormKind, FormPart, FormSet
from phonics_app.domain.passage import Passage
from phonics_app.domain.spelling import GraphemeTable
from phonics_app.domain.strand import TASK_STRAND, Strand, Task
from phonics_app.domain.text import Text
from phonics_app.engine.forms import assemble_forms
from phonics_app.locales.messages import render_all
from tests.engine import synthetic

T = Text("ข้อความ", "text")
LEVEL = 3
CENTRE = LEVEL * synthetic.STEP


def item(item_id: str, task: Task = Task.READ_WORD, difficulty: float = 0.0, **fields: object) -> Item:
    """An item of the level; `difficulty` in logits from its middle."""
    template = synthetic.items(LEVEL, Strand.WORD_READING, 1)[0]
    changed = {
        "id": item_id,
        "task": task,
        "strand": TASK_STRAND[task],
        "stimulus": "" if task is Task.SPELL_WORD else item_id.lower(),
        "key": item_id.lower(),
        "graphemes": (),
        "phonemes": (),
        "difficulty": replace(template.difficulty, value=CENTRE + difficulty, standard_error=0.4),
        "guessing": 0.0,
        "transfer": (),
        "options": (),
    }
    return replace(template, **{**changed, **fields})


def named(n: int) -> str:
    """Letters only, since words are."""
    return "W" + chr(ord("a") + n // 26) + chr(ord("a") + n % 26)


def bank_of(*items: Item, correspondences: tuple[Correspondence, ...] = ()):
    """The synthetic bank with these items alone at the level."""
    bank = synthetic.bank()
    others = tuple(i for i in bank.items if i.level != LEVEL)
    return replace(
        bank, items=(*others, *items), table=GraphemeTable(correspondences) if correspondences else bank.table
    )


WORDS = FormPart(Strand.WORD_READING, 0, 20, (Task.READ_WORD,))
PLAIN = FormBlueprint("check", 1, T, FormKind.LEVEL_CHECK, 3, 4, 600, 4, (), (WORDS,))


def assemble(blueprint: FormBlueprint, *items: Item, levels=(LEVEL,), passages=(), **fields) -> FormSet:
    return assemble_forms(blueprint, levels, bank_of(*items, **fields), passages, 0.8)


def refused(blueprint: FormBlueprint, *items: Item, **fields) -> list[str]:
    with pytest.raises(ProblemsFound) as found:
        assemble(blueprint, *items, **fields)
    assert found.value.code == "forms.too_thin"
    assert all(any("ก" <= sign <= "๛" for sign in line) for line in render_all(found.value.problems, "th"))
    return render_all(found.value.problems, "en")


def spread(count: int, width: float = 1.6) -> list[Item]:
    """Words with difficulties that are no round multiples of each other."""
    return [item(named(n), difficulty=width * ((n * 0.618034) % 1 - 0.5)) for n in range(count)]


def expected_score(form: Form, items: dict[str, Item], slope: float, theta: float) -> float:
    """By the textbook's formula, apart from the engine's."""
    total = 0.0
    for item_id in form.items:
        b = items[item_id].difficulty
        a = slope / math.sqrt(1 + math.pi / 8 * (slope * b.standard_error) ** 2)
        total += items[item_id].guessing + (1 - items[item_id].guessing) / (1 + math.exp(-a * (theta - b.value)))
    return total


def test_forms_are_apart_equally_long_and_alike_at_every_ability():
    words = spread(40)
    made = assemble(replace(PLAIN, length=10), *words)
    used = [set(form.items) for form in made.forms]
    assert [len(form) for form in used] == [10, 10, 10]
    assert all(not a & b for a, b in combinations(used, 2))
    by_id = {word.id: word for word in words}
    apart = 0.0
    for slope in synthetic.SLOPES:
        for step in range(-360, 361):
            scores = [expected_score(form, by_id, slope, step / 40) for form in made.forms]
            apart = max(apart, max(scores) - min(scores))
    assert made.difference == pytest.approx(apart / 10, abs=2e-4)
    assert made.difference < 0.02
    assert made.maximum == 10
    middle = synthetic.SLOPES[1]
    for theta, told in zip(made.thetas, made.forms[0].expected, strict=True):
        assert told == pytest.approx(expected_score(made.forms[0], by_id, middle, theta), abs=1e-3)


def test_the_optimum_of_a_small_bank_is_found():
    """All ways to deal six words to two forms, at the abilities of the solver and between: none is much more alike."""
    words = [item(named(n), difficulty=d) for n, d in enumerate((-0.8, -0.5, -0.3, 0.2, 0.45, 0.9))]
    blueprint = replace(PLAIN, forms=2, length=3, tolerance=0.001)
    made = assemble(blueprint, *words)
    by_id = {word.id: word for word in words}

    def apart(ids: tuple[str, ...]) -> float:
        rest = tuple(i for i in by_id if i not in ids)
        forms = [Form("", "", chosen, ()) for chosen in (ids, rest)]
        grid = [(s, t / 20) for s in synthetic.SLOPES for t in range(40, 160)]
        a, b = ([expected_score(form, by_id, s, t) for s, t in grid] for form in forms)
        return max(abs(x - y) for x, y in zip(a, b, strict=True))

    best = min(apart(ids) for ids in combinations(by_id, 3))
    assert made.difference * 3 == pytest.approx(best, rel=0.15)
    assert [problem.code for problem in made.notes] == ["forms.unlike"]


def test_the_same_bank_gives_the_same_forms_in_whatever_order_it_stands():
    words = spread(20)
    made = assemble(PLAIN, *words)
    assert assemble(PLAIN, *words) == made
    shuffled = assemble(PLAIN, *reversed(words))
    assert shuffled.forms == made.forms
    assert decode(FormSet, encode(made)) == made


def test_only_active_items_of_the_level_are_taken():
    words = spread(13)
    retired = [replace(item(f"R{n}"), status=ItemStatus.RETIRED) for n in range(9)]
    used = {i for form in assemble(PLAIN, *words, *retired).forms for i in form.items}
    assert used <= {word.id for word in words}


def test_parts_and_tasks_have_equal_numbers_in_every_form_the_easiest_first():
    spell = [item(f"S{named(n)}", Task.SPELL_WORD, 0.1 * n) for n in range(8)]
    parts = (
        FormPart(Strand.SPELLING, 2, 2, (Task.SPELL_WORD,)),
        FormPart(Strand.WORD_READING, 1, 9, (Task.READ_WORD,)),
        FormPart(Strand.VOCABULARY, 1, 1, (Task.WORD_MEANING,), (LEVEL + 1,)),
    )
    items = {i.id: i for i in (*spell, *spread(15))}
    for form in assemble(replace(PLAIN, parts=parts), *items.values()).forms:
        assert [items[i].task.value for i in form.items] == ["spell_word"] * 2 + ["read_word"] * 2
        for first, second in (form.items[:2], form.items[2:]):
            assert items[first].difficulty.value <= items[second].difficulty.value


def test_enemies_never_stand_in_one_form():
    """A word read and the same dictated; one heard and its homophone; one among the wrong options of another."""
    pairs = []
    for n in range(4):
        same = named(n).lower()
        pairs += [
            (item(f"A{n}", stimulus=same, key=same), item(f"B{n}", Task.SPELL_WORD, stimulus="", key=same)),
            (
                item(f"C{n}", stimulus=f"k{same}", phonemes=("N", f"{n}")),
                item(f"D{n}", stimulus=f"n{same}", phonemes=("N", f"{n}")),
            ),
            (
                item(
                    f"E{n}",
                    Task.CHOOSE_SPELLING,
                    stimulus="",
                    key=f"e{same}",
                    options=(Option(f"e{same}"), Option(f"f{same}", "", "vowel")),
                ),
                item(f"F{n}", stimulus=f"f{same}", key=f"f{same}"),
            ),
        ]
    items = [i for pair in pairs for i in pair]
    parts = tuple(FormPart(TASK_STRAND[t], 0, 20, (t,)) for t in (Task.READ_WORD, Task.SPELL_WORD))
    parts = (*parts, FormPart(Strand.SPELLING, 0, 20, (Task.CHOOSE_SPELLING,)))
    # Twelve items of each of two forms: as many as there are pairs, so that each must be divided.
    made = assemble(replace(PLAIN, forms=2, length=12, parts=parts, tolerance=0.5), *items)
    for form in made.forms:
        assert all(len({a.id, b.id} & set(form.items)) == 1 for a, b in pairs)
    lines = refused(replace(PLAIN, forms=1, length=13, parts=parts), *items)
    assert lines == [
        "file items/*.csv, column level 3, read_word, spell_word, choose_spelling: 1 more active items of any of these "
        "tasks are needed; the forms want 13 in all."
    ]


def test_a_grapheme_is_asked_once_with_its_sound():
    sounds = [
        item(f"G{n}{case}", Task.SAY_SOUND, stimulus=letter, phonemes=(sound,))
        for n, sound in enumerate(("K", "S", "T", "P"))
        for case, letter in (("s", "cstp"[n]), ("l", "cstp"[n].upper()))
    ]
    other = item("Gx", Task.SAY_SOUND, stimulus="c", phonemes=("S",))
    part = (FormPart(Strand.GRAPHEME_SOUNDS, 0, 20, (Task.SAY_SOUND,)),)
    (form,) = assemble(replace(PLAIN, forms=1, length=5, parts=part), *sounds, other).forms
    assert "Gx" in form.items
    assert {i[:2] for i in form.items} == {"G0", "G1", "G2", "G3", "Gx"}


NEW = tuple(
    Correspondence(g, g, (s,), s.lower(), "any", LEVEL, g)
    for g, s in (("ai", "EY"), ("oa", "OW"), ("ee", "IY"), ("oi", "OY"))
)


def with_new(item_id: str, *indices: int) -> Item:
    graphemes = tuple(NEW[i].grapheme for i in indices)
    return item(item_id, graphemes=graphemes, phonemes=tuple(NEW[i].phonemes[0] for i in indices))


def test_new_correspondences_are_covered_where_the_bank_has_items_and_the_form_room():
    words = [with_new(f"N{named(n)}", n % 2) for n in range(4)] + [with_new("Only", 2)] + spread(30)
    blueprint = replace(PLAIN, forms=2, cover_new=1)
    made = assemble(blueprint, *words, correspondences=NEW)
    by_id = {word.id: word for word in words}
    for form in made.forms:
        assert {g for i in form.items for g in by_id[i].graphemes} >= {"ai", "oa"}
    assert render_all(made.notes, "en") == [
        "For the forms check-3 the bank has no item that tests: oi /oy/",
        f"The form check-3-{'AB'['Only' in made.forms[0].items]} has no room, or too few items, for: ee /iy/",
    ]
    tight = assemble(replace(blueprint, length=1), *words, correspondences=NEW)
    assert [p.code for p in tight.notes] == ["forms.no_item", "forms.left_out", "forms.left_out"]
    assert all(note.warning for note in tight.notes)


def test_transfer_neutral_share():
    loud = [replace(word, transfer=("r_as_l",)) for word in spread(20)]
    neutral = [item(f"N{named(n)}", difficulty=0.3) for n in range(6)]
    blueprint = replace(PLAIN, transfer_neutral=0.5, tolerance=0.1)
    for form in assemble(blueprint, *loud, *neutral).forms:
        assert sum(i.startswith("N") for i in form.items) >= 2
    assert refused(blueprint, *loud, *neutral[:4]) == [
        "file items/*.csv, column level 3, read_word: 2 more active items without a Thai habit of speech in them are "
        "needed; the forms want 6 in all."
    ]


def test_a_thin_bank_names_each_lack_and_how_much_is_needed():
    """Five words for dictation where twelve are wanted, and two words too few for the length."""
    spell = [item(f"S{named(n)}", Task.SPELL_WORD) for n in range(5)]
    words = spread(10)
    parts = (
        FormPart(Strand.SPELLING, 4, 4, (Task.SPELL_WORD,)),
        FormPart(Strand.WORD_READING, 0, 9, (Task.READ_WORD,)),
    )
    blueprint = replace(PLAIN, length=8, parts=parts)
    place = "file items/*.csv, column level 3, spell_word"
    assert refused(blueprint, *spell, *words) == [
        f"{place}: 7 more active items are needed; the forms want 12 of them in all.",
        f"{place}, read_word: 2 more active items of any of these tasks are needed; the forms want 24 in all.",
    ]
    # As many as were asked for are enough.
    enough = [item(f"S{named(n)}", Task.SPELL_WORD) for n in range(12)]
    assert assemble(replace(blueprint, tolerance=0.5), *enough, *words, item("Wzy"), item("Wzz")).maximum == 8


def test_no_items_at_all():
    assert refused(PLAIN) == [
        "file items/*.csv, column level 3, read_word: 12 more active items of any of these tasks are needed; "
        "the forms want 12 in all."
    ]


def test_a_grid_goes_round_and_its_forms_share_as_little_as_they_can():
    grid = replace(PLAIN, separate=False, recur=True, length=20, kind=FormKind.PROBE)
    words = spread(8)
    for form in assemble(grid, *words).forms:
        assert len(form.items) == 20
        assert sorted({form.items.count(word.id) for word in words}) == [2, 3]
        assert len(set(form.items[:8])) == 8
    orders = [form.items for form in assemble(grid, *words).forms]
    assert orders[0] != orders[1] != orders[2]
    many = assemble(replace(grid, forms=2), *spread(30))
    assert len(set(many.forms[0].items) & set(many.forms[1].items)) == 10
    assert many.difference < 0.02


def passage(number: int, words: int, level: int = LEVEL, status: ItemStatus = ItemStatus.ACTIVE) -> Passage:
    return Passage(f"P{number}", level, T, "go " * words, (), T, "Phonics Nine", status, 1, "2026-11-20", ())


def test_passages_of_like_length():
    probe = replace(
        PLAIN, kind=FormKind.PROBE, length=1, parts=(FormPart(Strand.ORAL_READING_FLUENCY, 1, 1),), tolerance=0.1
    )
    texts = [passage(1, 40), passage(2, 52), passage(3, 50), passage(4, 54), passage(5, 53, LEVEL + 1)]
    made = assemble(probe, passages=texts)
    assert {form.items for form in made.forms} == {("P2",), ("P3",), ("P4",)}
    assert (made.maximum, made.cut, made.difference) == (54, None, pytest.approx(4 / 54, abs=1e-4))
    assert refused(probe, passages=[*texts[:2], passage(6, 51, status=ItemStatus.DRAFT)]) == [
        "file passages/*.toml, column level 3, oral_reading_fluency: 1 more active items are needed; "
        "the forms want 3 of them in all."
    ]


def test_a_band_of_levels_draws_from_all_of_them():
    unlike = tuple(replace(i, phonemes=(), graphemes=(), key=i.stimulus) for i in synthetic.bank().items)
    bank, blueprint = replace(synthetic.bank(), items=unlike), replace(PLAIN, length=8, tolerance=0.1)
    made = assemble_forms(blueprint, (3, 4), bank, (), 0.8)
    assert {i[0] for form in made.forms for i in form.items} == {"3", "4"}
    assert made.levels == (3, 4)
    assert [form.id for form in made.forms] == ["check-3-4-A", "check-3-4-B", "check-3-4-C"]
    assert all(a <= b for form in made.forms for a, b in pairwise(form.expected))


def test_shared_items_that_lack_are_counted_once():
    grid = replace(PLAIN, separate=False, recur=True, length=20, parts=(replace(WORDS, minimum=9),))
    assert refused(grid, *spread(7)) == [
        "file items/*.csv, column level 3, read_word: 2 more active items are needed; the forms want 9 of them in all."
    ]
    assert assemble(grid, *spread(9)).maximum == 20
