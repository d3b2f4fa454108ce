"""`item_bank/forms.toml` → blueprints of fixed forms, and the rules that they keep."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from phonics_app.content.bank_source import read_levels
from phonics_app.content.tables import read_toml
from phonics_app.domain.codec import decode
from phonics_app.domain.errors import Place, Problem, ProblemsFound
from phonics_app.domain.form import FormBlueprint, FormKind, FormPart
from phonics_app.domain.strand import CHOICE_TASKS, TASK_STRAND, Strand, Task

FILE = "forms.toml"
RULES = (
    *("EGRA-TIME-60", "EGRA-HES-3S", "EGRA-SC", "EGRA-STOP-LINE1", "EGRA-STOP-N", "RATE-PM", "ORF-ACC", "CBM-OMIT"),
    *("NWF-CLS", "DORF-STOP", "PSC-ALT", "PSC-ACCENT"),
)
"""Names that `rules` may hold."""
MOST_FORMS = 26
"""Forms are named by one letter."""
_ID = re.compile(r"[a-z]+(?:-[a-z]+)*")
_TASKS_OF_KIND = {FormKind.LISTENING: CHOICE_TASKS, FormKind.PAPER: CHOICE_TASKS | {Task.SPELL_WORD}}
"""What a whole class can answer without speaking."""


def load_form_blueprints(folder: Path) -> tuple[FormBlueprint, ...]:
    """The blueprints of `folder`, in the order of the file. Raises `ProblemsFound` with every fault."""
    blueprints, problems = _read(folder)
    if problems:
        raise ProblemsFound(problems, "content.problems")
    return blueprints


def form_problems(folder: Path) -> tuple[Problem, ...]:
    """Everything wrong with the file."""
    return _read(folder)[1]


def _read(folder: Path) -> tuple[tuple[FormBlueprint, ...], tuple[Problem, ...]]:
    problems: list[Problem] = []
    file = read_toml(folder / FILE, FILE, problems)
    tables = file.get("forms")
    if not problems and not (isinstance(tables, list) and tables):
        problems.append(_field("forms", "", "[[forms]]"))
    found = [_decode(t, f"forms[{i}]", problems) for i, t in enumerate(tables if isinstance(tables, list) else ())]
    ladder = tuple(level.number for level in read_levels(folder, []))
    for index, blueprint in enumerate(found):
        if blueprint:
            problems += _blueprint(f"forms[{index}]", blueprint, ladder)
            if any(blueprint.id == other.id for other in found[:index] if other):
                problems.append(_problem("content.id_repeated", f"forms[{index}].id", blueprint.id, FILE))
    return tuple(blueprint for blueprint in found if blueprint), tuple(problems)


def _decode(table: object, path: str, problems: list[Problem]) -> FormBlueprint | None:
    try:
        return decode(FormBlueprint, table, path)
    except ProblemsFound as found:
        problems += [_field(p.place.column, p.value, p.expected) for p in found.problems]
        return None


def _problem(code: str, path: str, value: object = "", expected: object = "") -> Problem:
    return Problem(code, Place(file=FILE, column=path), str(value), str(expected))


def _field(path: str, value: str, expected: str) -> Problem:
    return _problem("content.field", path, value, expected)


def _blueprint(path: str, blueprint: FormBlueprint, ladder: tuple[int, ...]) -> Iterator[Problem]:
    if not _ID.fullmatch(blueprint.id):
        yield _problem("forms.id_form", f"{path}.id", blueprint.id, "level-check")
    for language in ("th", "en"):
        if not getattr(blueprint.name, language).strip():
            yield _problem("content.empty", f"{path}.name.{language}")
    for number, rule in enumerate(blueprint.rules):
        if rule not in RULES:
            yield _problem("content.choice", f"{path}.rules[{number}]", rule, ", ".join(RULES))
    yield from _numbers(path, blueprint)
    yield from _levels(path, blueprint, ladder)
    for number, part in enumerate(blueprint.parts):
        yield from _part(f"{path}.parts[{number}]", blueprint, part)
    for levels in filter(None, blueprint.level_sets(ladder)):
        yield from _whole(path, blueprint, levels)


def _numbers(path: str, blueprint: FormBlueprint) -> Iterator[Problem]:
    limits = (
        ("version", blueprint.version, 1, 100_000),
        ("forms", blueprint.forms, 1, MOST_FORMS),
        ("length", blueprint.length, 1, 200),
        ("seconds", blueprint.seconds, 0, 7200),
        ("line_length", blueprint.line_length, 1, blueprint.length),
        ("cover_new", blueprint.cover_new, 0, blueprint.length),
        ("transfer_neutral", blueprint.transfer_neutral, 0, 1),
        ("tolerance", blueprint.tolerance, 0.001, 1),
    )
    for name, value, low, high in limits:
        if not low <= value <= high:
            yield _problem("content.number", f"{path}.{name}", value, f"{low:g} … {high:g}")


def _levels(path: str, blueprint: FormBlueprint, ladder: tuple[int, ...]) -> Iterator[Problem]:
    named = {f"{path}.bands[{i}]": band for i, band in enumerate(blueprint.bands)}
    named |= {f"{path}.parts[{i}].levels": part.levels for i, part in enumerate(blueprint.parts)}
    for place, numbers in named.items():
        for number in numbers:
            if number not in ladder:
                yield _problem("content.level_unknown", place, number, ", ".join(map(str, ladder)))
        if list(numbers) != sorted(set(numbers)):
            yield _problem("forms.levels_order", place, _listed(numbers), _listed(sorted(set(numbers))))
    for index, band in enumerate(blueprint.bands):
        if not band or band in blueprint.bands[:index]:
            yield _problem("forms.band", f"{path}.bands[{index}]", _listed(band))


def _listed(numbers: Sequence[int]) -> str:
    return ", ".join(str(number) for number in numbers)


def _part(path: str, blueprint: FormBlueprint, part: FormPart) -> Iterator[Problem]:
    for number, task in enumerate(part.tasks):
        if TASK_STRAND[task] is not part.strand:
            fitting = ", ".join(t.value for t in Task if TASK_STRAND[t] is part.strand)
            yield _problem("content.task_strand", f"{path}.tasks[{number}]", task.value, fitting)
    if not 0 <= part.minimum <= part.maximum or not part.maximum:
        expected = "0 ≤ minimum ≤ maximum, maximum ≥ 1"
        yield _problem("content.number", f"{path}.minimum", f"{part.minimum} … {part.maximum}", expected)
    allowed = _TASKS_OF_KIND.get(blueprint.kind)
    if allowed is not None and not (part.tasks and allowed.issuperset(part.tasks)):
        shown = ", ".join(task.value for task in part.tasks) or part.strand.value
        expected = ", ".join(sorted(task.value for task in allowed))
        yield _problem("forms.kind_tasks", f"{path}.tasks", shown, expected)


def _whole(path: str, blueprint: FormBlueprint, levels: tuple[int, ...]) -> Iterator[Problem]:
    """The parts of one set of forms, against each other and the length."""
    place = f"{path}.parts"
    parts = blueprint.parts_at(levels[-1])
    if not parts:
        yield _problem("forms.no_part", place, _listed(levels))
        return
    passages = [part.strand is Strand.ORAL_READING_FLUENCY for part in parts]
    if any(passages) and not all(passages):
        yield _problem("forms.passages_alone", place, _listed(levels))
    tasks = [task.value for part in parts for task in part.tasks]
    if repeated := sorted({task for task in tasks if tasks.count(task) > 1}):
        yield _problem("forms.task_repeated", place, f"level {_listed(levels)}: {', '.join(repeated)}")
    least, most = sum(part.minimum for part in parts), sum(part.maximum for part in parts)
    too_few = least < 1 if blueprint.recur else most < blueprint.length
    if least > blueprint.length or too_few:
        yield _problem("forms.length", place, f"level {_listed(levels)}: {least} … {most}", blueprint.length)
