"""Predicted difficulty of items, and the model behind it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from phonics_app.calibration.predicted import MODEL_FILE, Model, Predictor, model_text, read_model
from phonics_app.content.analysis_source import load_analyser
from phonics_app.domain.account import Actor
from phonics_app.domain.analysis import WordAnalysis
from phonics_app.domain.bank import Difficulty, DifficultySource, Item, ItemStatus
from phonics_app.domain.errors import PhonicsError, Place, Problem, ProblemsFound
from phonics_app.domain.strand import TASK_STRAND, Task
from phonics_app.domain.text import Text
from phonics_app.workflows.context import Phonics
from phonics_app.workflows.permissions import Action, require
from phonics_app.workflows.setup import SiteState, site_state

__all__ = [
    "Model",
    "difficulty_model",
    "find_items",
    "items_of_words",
    "predict_difficulty",
    "train_difficulty",
]

_UNKNOWN = Difficulty(0.0, 0.0, DifficultySource.PREDICTED)


def difficulty_model(phonics: Phonics, actor: Actor) -> Model:
    """What predicts, with its errors. `PhonicsError` "difficulty.no_model". SEE_BANK."""
    require(actor, Action.SEE_BANK)
    return read_model(_folder(phonics))


def predict_difficulty(phonics: Phonics, actor: Actor, items: Iterable[Item]) -> tuple[Difficulty, ...]:
    """For each item, in milliseconds; its own difficulty is not looked at. "difficulty.no_model". SEE_BANK."""
    require(actor, Action.SEE_BANK)
    predictor = Predictor(_model(_folder(phonics)), phonics.content.bank.table)
    return tuple(predictor.predict(item) for item in items)


def _model(folder: Path) -> Model:
    """Read again when the file has changed: an editor asks for it at each keystroke."""
    file = folder / MODEL_FILE
    return _model_of(folder, file.stat().st_mtime_ns if file.exists() else 0)


@lru_cache(maxsize=4)
def _model_of(folder: Path, _changed: int) -> Model:
    return read_model(folder)


def find_items(phonics: Phonics, actor: Actor, ids: Iterable[str]) -> tuple[Item, ...]:
    """Items of the bank in force. `ProblemsFound` "difficulty.item" naming every unknown id. SEE_BANK."""
    require(actor, Action.SEE_BANK)
    known, wanted = {item.id: item for item in phonics.content.bank.items}, tuple(ids)
    problems = [Problem("difficulty.item", Place(column="--item"), id) for id in wanted if id not in known]
    if problems:
        raise ProblemsFound(problems, "difficulty.refused")
    return tuple(known[id] for id in wanted)


def items_of_words(
    phonics: Phonics, actor: Actor, words: Iterable[str], task: Task = Task.READ_WORD, level: int | None = None
) -> tuple[Item, ...]:
    """Items as the bank might have them, without texts; each at `level`, else at the first that can decode it.

    `ProblemsFound` naming every word that is none, or that needs a level because a part of it is irregular. SEE_BANK.
    """
    require(actor, Action.SEE_BANK)
    items, problems = [], _level_problems(phonics, level)
    analyser = load_analyser(_folder(phonics))
    for word in words:
        try:
            items.append(_item(analyser.analyse(word), task, level))
        except PhonicsError as error:
            value, expected = (str(error.data.get(key, "")) for key in ("value", "expected"))
            problems.append(Problem(error.code, Place(column="--word"), value, expected))
    if problems:
        raise ProblemsFound(problems, "difficulty.refused")
    return tuple(items)


def _level_problems(phonics: Phonics, level: int | None) -> list[Problem]:
    numbers = [known.number for known in phonics.content.bank.levels]
    if level is None or level in numbers:
        return []
    return [Problem("content.level_unknown", Place(column="--level"), str(level), ", ".join(map(str, numbers)))]


def _item(word: WordAnalysis, task: Task, wanted: int | None) -> Item:
    level = wanted if wanted is not None else word.level
    if level is None:
        raise PhonicsError("difficulty.level_needed", {"value": word.word})
    return Item(
        id=word.word,
        level=level,
        strand=TASK_STRAND[task],
        task=task,
        prompt=Text("", ""),
        stimulus="" if task is Task.SPELL_WORD else word.word,
        key=word.word,
        accepted=(),
        graphemes=tuple(part.grapheme for part in word.parts),
        phonemes=tuple("+".join(part.phonemes) or "-" for part in word.parts),
        difficulty=_UNKNOWN,
        guessing=0.0,
        skills=tuple(code for code, number in word.skills if number == level),
        transfer=tuple(sorted({p.correspondence.transfer for p in word.parts if p.correspondence} - {""})),
        status=ItemStatus.DRAFT,
        version=1,
        since="",
    )


def train_difficulty(phonics: Phonics, actor: Actor, out: Path | None = None, quick: bool = False) -> Model:
    """Fits the model anew on the bank in force and writes it to `out`, else beside the items. MANAGE_SITE.

    Half a minute; `quick`: without the comparison with boosting, seconds. Equal banks give equal models. On a
    demonstration site calibrations are left out: simulated answers foretell nothing.
    `PhonicsError` "difficulty.few_items"; `OSError` where the file can't be written.
    """
    require(actor, Action.MANAGE_SITE)
    from phonics_app.calibration.training import train  # scikit-learn is slow to import, and needed only here

    simulated = site_state(phonics) is SiteState.DEMONSTRATION
    bank = (phonics.uncalibrated if simulated else phonics.content).bank
    model = train(bank.items, bank.table, bank.version, boosting=not quick)
    target = out or _folder(phonics) / MODEL_FILE
    partial = target.with_name(f"{target.name}.partial")
    try:
        partial.write_text(model_text(model), encoding="utf-8")
        os.replace(partial, target)
    finally:
        partial.unlink(missing_ok=True)
    return model


def _folder(phonics: Phonics) -> Path:
    return phonics.settings.content_dir / "item_bank"
