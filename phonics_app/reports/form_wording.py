"""Fixed forms in plain words: what a form is, how alike forms are, what passes, what lacks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from math import ceil

from phonics_app.domain.errors import Place, Problem
from phonics_app.domain.form import FormKind, FormSet, NewCorrespondence
from phonics_app.domain.strand import Strand, Task
from phonics_app.locales import N_, Translate
from phonics_app.locales.item_labels import TASKS
from phonics_app.locales.labels import label
from phonics_app.locales.messages import render
from phonics_app.reports.form_paper import FormPaper
from phonics_app.reports.labels import level_label

_BY_EAR = N_(
    "By ear, the pupil sees nothing. Read each line slowly and clearly, once more if needed. "
    "What stands between / / is said as a sound, not as a letter name."
)
_INSTRUCTIONS = {
    Task.SAY_SOUND: N_(
        "The pupil looks at the sheet, row by row, and says the sound of each, not its name. "
        "If the name is given, ask once: “What sound does it make?”"
    ),
    Task.READ_WORD: N_(
        "The pupil reads the words row by row. Sounding out first is fine, but the whole word must be read. "
        "Do not help."
    ),
    Task.READ_PSEUDO_WORD: N_(
        "Say first that these words are made up and mean nothing. The pupil reads them row by row. Do not help."
    ),
    Task.WORD_MEANING: N_(
        "By ear. Speak English only and do not act it out. The pupil acts, points, or says it in Thai."
    ),
    Task.SPELL_WORD: N_(
        "Say the word, the sentence and the word again. Pupils write the word on the line of its number."
    ),
    Task.CHOOSE_GRAPHEME: N_("Say each sound twice. Pupils circle its letters."),
    Task.CHOOSE_SPELLING: N_("Say each word twice. Pupils circle it."),
    Task.CHOOSE_PICTURE: N_("Say each word twice. Pupils circle its picture."),
}
KINDS = {
    FormKind.LEVEL_CHECK: N_("One to one: may a pupil go on to the next level?"),
    FormKind.PROBE: N_("One to one, one minute: does a pupil grow? Repeat it every few weeks with another form."),
    FormKind.LISTENING: N_("The whole class at once: pupils listen and choose."),
    FormKind.PAPER: N_("The whole class at once, on paper: pupils listen, write and choose."),
}
COVERED, PARTLY, LEFT_OUT, NO_ITEM = (
    N_("In every form"),
    N_("In some forms only"),
    N_("Left out: no room in the forms, or too few items"),
    N_("No item in the bank for this kind of form"),
)


def instruction(_: Translate, task: Task) -> str:
    """What the teacher does and says, for all items of a section."""
    return _(_INSTRUCTIONS.get(task, _BY_EAR))


def levels_label(_: Translate, levels: Sequence[int]) -> str:
    """ "Level 3", "Levels 2–4", "Levels 4, 7"."""
    if len(levels) == 1:
        return level_label(_, levels[0])
    in_row = all(after == before + 1 for before, after in pairwise(levels))
    written = f"{levels[0]}–{levels[-1]}" if in_row else ", ".join(map(str, levels))
    return _("Levels {levels}").format(levels=written)


def form_name(_: Translate, paper: FormPaper, language: str) -> str:
    """ "Level check · Level 3 · Form A"."""
    name = paper.blueprint.name.in_language(language)
    return " · ".join((name, levels_label(_, paper.made.levels), _("Form {letter}").format(letter=paper.form.letter)))


def identity(_: Translate, paper: FormPaper) -> str:
    """By which a print is known again."""
    return f"{short_identity(_, paper)} · {_('item bank {bank}').format(bank=paper.made.bank_version[:12])}"


def short_identity(_: Translate, paper: FormPaper) -> str:
    """The same where what is read names the item bank itself."""
    told = _("{id} version {version} · level {levels} · form {letter} · code {code}")
    return told.format(
        id=paper.blueprint.id,
        version=paper.blueprint.version,
        levels="-".join(map(str, paper.made.levels)),
        letter=paper.form.letter,
        code=paper.form.code,
    )


def alike_text(_: Translate, made: FormSet) -> str:
    """How far apart the forms' expected scores are, in points."""
    points = made.difference * made.maximum
    if made.cut is None:
        told = _(
            "The passages differ by at most {points:.0f} words in length, of {maximum:.0f}. "
            "Their difficulty for readers was not measured."
        )
        return told.format(points=points, maximum=made.maximum)
    told = _(
        "Whatever a pupil can do, two forms differ by less than {points} of {maximum:.0f} points in the score "
        "to be expected ({share}). This rests on experts’ estimates of the items’ difficulty."
    )
    share = f"{made.difference:.1%}"
    return told.format(points=f"{ceil(points * 100 + 1) / 100:.2f}", maximum=made.maximum, share=share)


def pass_text(_: Translate, paper: FormPaper, mastery: float) -> str:
    """Where the cut lies, in items; "" where the form has none."""
    if paper.at_cut is None:
        return ""
    told = _(
        "Passing: about {score} of {total} right. So much is to be expected on this form of a pupil who would have "
        "{share:.0%} of the placement test’s items of level {level} right. "
        "It rests on experts’ estimates; the teacher decides."
    )
    total = len(paper.items)
    return told.format(score=round(paper.at_cut), total=total, level=paper.made.levels[-1], share=mastery)


def coverage(new: Sequence[NewCorrespondence], forms: int) -> dict[str, list[str]]:
    """The new correspondences by how far they are covered; headings without any left out."""
    found: dict[str, list[str]] = {COVERED: [], PARTLY: [], LEFT_OUT: [], NO_ITEM: []}
    for one in new:
        if not one.in_bank:
            found[NO_ITEM].append(one.name)
        elif len(one.letters) == forms:
            found[COVERED].append(one.name)
        else:
            found[PARTLY if one.letters else LEFT_OUT].append(_with_forms(one))
    return {heading: names for heading, names in found.items() if names}


def _with_forms(one: NewCorrespondence) -> str:
    return f"{one.name} ({', '.join(one.letters)})" if one.letters else one.name


def lack_text(_: Translate, problem: Problem, language: str) -> str:
    """What the bank lacks, the tasks by their names: the place of such a problem holds their codes."""
    told = render(replace(problem, place=Place()), language)
    _levels, *codes = problem.place.column.split(", ")
    named = ", ".join(_task_name(_, code) for code in codes)
    return f"{named}: {told}" if named else told


def _task_name(_: Translate, code: str) -> str:
    tasks, strands = {task.value: task for task in Task}, {strand.value: strand for strand in Strand}
    if code in tasks:
        return _(TASKS[tasks[code]])
    return label(_, strands[code]) if code in strands else code
