"""Rules of passages: how much of a text can be decoded at its level, its length, and what is asked about it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date

from phonics_app.content.passages import RULES_FILE, LevelRule, PassageRules, PassageSource, repeated_ids
from phonics_app.domain.bank import ItemStatus
from phonics_app.domain.errors import Place, Problem
from phonics_app.domain.passage import Decodability, LevelOf, Passage, Question, QuestionKind, decodability, words_of
from phonics_app.domain.text import Text

_ID = re.compile(r"PS-\d{4}")
_ID_EXAMPLE = "PS-0401"
_SIGNS = ". , ! ? : ; ' \" – —"
_STRANGE = re.compile(r"[^A-Za-z\s.,!?:;'’‘\"“”–—-]+")
_THAI = re.compile("[\u0e00-\u0e7f]")
_LATIN = re.compile("[A-Za-z]")


def passage_problems(
    source: PassageSource, levels: Collection[int], level_of: LevelOf, blocked: Collection[str]
) -> tuple[Problem, ...]:
    """Every fault of `source`. `levels` are those of the ladder, `blocked` words are in lower case."""
    problems = [*source.problems, *repeated_ids(source)]
    rules = source.rules
    if rules is None:
        return tuple(problems)
    problems.extend(_level_problems(rules, source, levels))
    for file, passage in source.passages:
        faults = [*_head(passage), *_questions(passage, rules), *_text(passage, rules, level_of, blocked)]
        problems.extend(replace(fault, place=replace(fault.place, file=file)) for fault in faults)
    return tuple(problems)


def _level_problems(rules: PassageRules, source: PassageSource, levels: Collection[int]) -> Iterator[Problem]:
    """Levels of `rules.toml` that the ladder lacks, and levels with too few passages."""
    for index, rule in enumerate(rules.levels):
        if rule.level not in levels:
            place = Place(file=RULES_FILE, column=f"levels[{index}].level")
            yield Problem("content.level_unknown", place, str(rule.level), _listed(sorted(levels)))
        active = sum(1 for _, p in source.passages if p.level == rule.level and p.status is ItemStatus.ACTIVE)
        if active < rules.active_passages:
            place = Place(file="passages/*.toml", column=f"level {rule.level}")
            yield Problem("content.passage_count", place, str(active), str(rules.active_passages))


def _listed(numbers: Iterable[int]) -> str:
    return ", ".join(str(number) for number in numbers)


def _fault(code: str, column: str, value: object = "", expected: object = "") -> Problem:
    """A problem whose file the caller fills in."""
    return Problem(code, Place(column=column), str(value), str(expected))


# ---- what stands above the text -------------------------------------------------------------------------------------


def _head(passage: Passage) -> Iterator[Problem]:
    if not _ID.fullmatch(passage.id):
        yield _fault("content.id_form", "id", passage.id, _ID_EXAMPLE)
    if not passage.author.strip():
        yield _fault("content.empty", "author")
    if passage.version < 1:
        yield _fault("content.number", "version", passage.version, "1, 2, 3 …")
    yield from _both("title", passage.title)
    yield from _both("note", passage.note)
    try:
        date.fromisoformat(passage.since)
    except ValueError:
        yield _fault("content.date", "since", passage.since, "2026-11-20")


def _both(path: str, text: Text) -> Iterator[Problem]:
    """A text is there in both languages, each in its own letters."""
    for language, value in (("th", text.th), ("en", text.en)):
        if not value.strip():
            yield _fault("content.empty", f"{path}.{language}")
    yield from _thai(f"{path}.th", text.th)
    yield from _english(f"{path}.en", text.en)


def _thai(column: str, value: str) -> Iterator[Problem]:
    if _LATIN.search(value) and not _THAI.search(value):  # a number alone is right in every language
        yield _fault("rubrics.not_thai", column, value)


def _english(column: str, value: str) -> Iterator[Problem]:
    if _THAI.search(value):
        yield _fault("rubrics.thai_in_english", column, value)


# ---- the text -------------------------------------------------------------------------------------------------------


def _text(passage: Passage, rules: PassageRules, level_of: LevelOf, blocked: Collection[str]) -> Iterator[Problem]:
    if passage.status is ItemStatus.RETIRED:
        return  # What is wrong with a text is a reason to retire it, and its file stays.
    yield from _signs(passage)
    yield from _blocked(passage, blocked)
    rule = rules.level(passage.level)
    if rule is None:
        yield _fault("content.level_unknown", "level", passage.level, _listed(r.level for r in rules.levels))
        return
    yield from _lengths(passage, rule)
    yield from _inferential(passage, rule)
    yield from _heart_words(passage)
    yield from _shares(decodability(passage, level_of), rules.decodable_share, rule.heart_share)


def _signs(passage: Passage) -> Iterator[Problem]:
    """Numbers and signs have no correspondences: they are written as words."""
    for strange in _STRANGE.findall(passage.text):
        yield _fault("content.passage_sign", "text", strange, _SIGNS)


def _blocked(passage: Passage, blocked: Collection[str]) -> Iterator[Problem]:
    texts = [("text", passage.text), ("title.en", passage.title.en)]
    for index, question in enumerate(passage.questions):
        path = f"questions[{index}]"
        texts += [(f"{path}.question.en", question.question.en), (f"{path}.key.en", question.key.en)]
        texts += [(f"{path}.accepted.en", answer) for answer in question.accepted.en]
    for column, text in texts:
        for word in words_of(text):
            if word.lower() in blocked:
                yield _fault("content.blocked", column, word)


def _lengths(passage: Passage, rule: LevelRule) -> Iterator[Problem]:
    least, most = rule.words
    if not least <= len(passage.words) <= most:
        yield _fault("content.passage_words", "text", len(passage.words), f"{least}–{most}")
    for sentence in passage.sentences:
        if len(words_of(sentence)) > rule.sentence_words:
            yield _fault("content.passage_sentence", "text", sentence, rule.sentence_words)
    for line in passage.lines:
        if not 1 <= len(line.words) <= rule.line_words:
            yield _fault("content.passage_line", f"text, {line.number}", line.text, rule.line_words)


def _heart_words(passage: Passage) -> Iterator[Problem]:
    written = {word.lower() for word in passage.words}
    for word in passage.heart_words:
        if word not in written:
            yield _fault("content.heart_unused", "heart_words", word)


def _shares(found: Decodability, least: float, most_heart: float) -> Iterator[Problem]:
    if found.share < least:
        later = ", ".join(dict.fromkeys(found.later))
        yield _fault("content.passage_share", "text", f"{found.share:.1%} ({later})", f"{least:.0%}")
    if found.heart_share > most_heart:
        yield _fault("content.heart_share", "heart_words", f"{found.heart_share:.1%}", f"{most_heart:.0%}")


# ---- the questions --------------------------------------------------------------------------------------------------


def _questions(passage: Passage, rules: PassageRules) -> Iterator[Problem]:
    if len(passage.questions) != rules.questions:
        yield _fault("content.questions_count", "questions", len(passage.questions), rules.questions)
    for index, question in enumerate(passage.questions):
        yield from _question(f"questions[{index}]", question, passage)


def _question(path: str, question: Question, passage: Passage) -> Iterator[Problem]:
    if not re.fullmatch(rf"{re.escape(passage.id)}-Q\d+", question.id):
        yield _fault("content.id_form", f"{path}.id", question.id, f"{passage.id}-Q1")
    yield from _both(f"{path}.question", question.question)
    yield from _both(f"{path}.key", question.key)
    for answer in question.accepted.th:
        yield from _thai(f"{path}.accepted.th", answer)
    for answer in question.accepted.en:
        yield from _english(f"{path}.accepted.en", answer)
    yield from _evidence(f"{path}.evidence", question, len(passage.lines))


def _evidence(column: str, question: Question, lines: int) -> Iterator[Problem]:
    if not question.evidence:
        yield _fault("content.empty", column)
    for number in question.evidence:
        if not 1 <= number <= lines:
            yield _fault("content.evidence", column, number, f"1–{lines}")


def _inferential(passage: Passage, rule: LevelRule) -> Iterator[Problem]:
    """Both kinds are asked: what stands there, and what follows from it."""
    kinds = [question.kind for question in passage.questions]
    for kind, least in ((QuestionKind.LITERAL, 1), (QuestionKind.INFERENTIAL, rule.inferential)):
        if kinds.count(kind) < least:
            yield _fault("content.questions_kind", f"questions, {kind.value}", kinds.count(kind), least)
