"""Passages for reading aloud: look for one, see what a teacher needs to use it, print it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from phonics_app.content.forms import load_form_blueprints
from phonics_app.content.passage_check import levels_by
from phonics_app.domain.account import Actor
from phonics_app.domain.analysis import WordAnalysis
from phonics_app.domain.bank import ItemStatus
from phonics_app.domain.errors import NotFound
from phonics_app.domain.form import FormBlueprint, FormKind
from phonics_app.domain.passage import Decodability, Passage, decodability
from phonics_app.domain.strand import Strand
from phonics_app.reports.administration import rule_sentences
from phonics_app.reports.passage_sheets import PassageSheets, passage_pdf
from phonics_app.reports.passage_wording import as_written
from phonics_app.workflows.analysis import analyser_of
from phonics_app.workflows.context import Phonics
from phonics_app.workflows.permissions import Action, require
from phonics_app.workflows.rounds import today


@dataclass(frozen=True, slots=True)
class NewGrapheme:
    """A grapheme that is taught at the passage's level, and the words of the passage that have it."""

    grapheme: str
    ipa: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PassageView:
    """A passage, and how its words stand to its level."""

    passage: Passage
    decodability: Decodability
    heart_words: tuple[WordAnalysis, ...]
    """The words to practise before, in the order in which the passage's file names them."""
    later: tuple[WordAnalysis, ...]
    """Other words that can't be decoded yet, once each."""
    new: tuple[NewGrapheme, ...]
    """What the passage practises: in the order of the text."""


def list_passages(
    phonics: Phonics, actor: Actor, level: int | None = None, status: ItemStatus | None = None
) -> tuple[Passage, ...]:
    """Passages of a level and a status (None: of all), by level and id. SEE_BANK."""
    require(actor, Action.SEE_BANK)
    found = (
        passage
        for passage in phonics.content.passages
        if level in (None, passage.level) and status in (None, passage.status)
    )
    return tuple(sorted(found, key=lambda passage: (passage.level, passage.id)))


def view_passage(phonics: Phonics, actor: Actor, passage_id: str) -> PassageView:
    """One passage with the analysis of its words. SEE_BANK. `NotFound` "passages.unknown"."""
    passage = _find(list_passages(phonics, actor), passage_id)
    analyser = analyser_of(phonics.settings.content_dir)
    found = decodability(passage, levels_by(analyser))

    def words(texts: Iterable[str]) -> tuple[WordAnalysis, ...]:
        whole = as_written(passage, dict.fromkeys(texts))
        return tuple(analyser.analyse(part) for part in dict.fromkeys("-".join(whole).split("-")) if part)

    running = tuple(word.lower() for word in passage.words)
    heart = [word for word in passage.heart_words if word in running]
    return PassageView(passage, found, words(heart), words(found.later), _new_graphemes(words(running), passage.level))


def _find(passages: Sequence[Passage], passage_id: str) -> Passage:
    for passage in passages:
        if passage.id == passage_id.strip().upper():
            return passage
    raise NotFound("passages.unknown", {"id": passage_id})


def _new_graphemes(words: Sequence[WordAnalysis], level: int) -> tuple[NewGrapheme, ...]:
    found: dict[tuple[str, str], dict[str, None]] = {}
    for word in words:
        for part in word.parts if word.level is not None and word.level <= level else ():
            if part.level == level:
                found.setdefault((part.grapheme, part.ipa), {})[word.word] = None
    return tuple(NewGrapheme(grapheme, ipa, tuple(having)) for (grapheme, ipa), having in found.items())


def export_passages(
    phonics: Phonics, actor: Actor, passage_id: str = "", level: int | None = None, *, language: str
) -> bytes:
    """PDF: for each passage a sheet for the pupil and one for the teacher. SEE_BANK.

    One passage, whatever its status; without an id, those in use of `level` or of all levels. `NotFound`
    "passages.unknown" or "passages.none".
    """
    everything = list_passages(phonics, actor)
    if passage_id:
        chosen: tuple[Passage, ...] = (_find(everything, passage_id),)
    else:
        chosen = list_passages(phonics, actor, level, ItemStatus.ACTIVE)
    if not chosen:
        known = sorted({passage.level for passage in everything})
        raise NotFound("passages.none", {"expected": ", ".join(map(str, known))})
    sheets = tuple(_sheets(phonics, actor, passage, language) for passage in chosen)
    return passage_pdf(sheets, phonics.content.bank.version, today(phonics), language)


def _sheets(phonics: Phonics, actor: Actor, passage: Passage, language: str) -> PassageSheets:
    probe = _probe(phonics, passage.level)
    rules, seconds = (probe.rules, probe.seconds) if probe else ((), 0)
    sentences = rule_sentences(rules, phonics.content.rubrics, seconds, language)
    alike = list_passages(phonics, actor, passage.level, ItemStatus.ACTIVE)
    return PassageSheets(passage, alike, dict(zip(rules, sentences, strict=True)))


def _probe(phonics: Phonics, level: int) -> FormBlueprint | None:
    """The one-minute reading of `forms.toml` that takes passages of the level."""
    ladder = tuple(one.number for one in phonics.content.bank.levels)
    blueprints = load_form_blueprints(phonics.settings.content_dir / "item_bank")
    probes = (b for b in blueprints if b.kind is FormKind.PROBE and any(level in of for of in b.level_sets(ladder)))
    return next((b for b in probes if any(p.strand is Strand.ORAL_READING_FLUENCY for p in b.parts)), None)
