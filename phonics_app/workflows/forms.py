"""Parallel fixed forms: level checks, one-minute probes, class listening, paper."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from phonics_app.content import Content
from phonics_app.content.forms import load_form_blueprints
from phonics_app.domain.account import Actor
from phonics_app.domain.errors import NotFound, Problem, ProblemsFound
from phonics_app.domain.form import FormBlueprint, FormSet
from phonics_app.engine.forms import assemble_forms as assemble
from phonics_app.workflows.context import Phonics
from phonics_app.workflows.permissions import Action, require


@dataclass(frozen=True, slots=True)
class Assembly:
    """The forms of one blueprint for one set of levels, or what the bank lacks for them."""

    blueprint: FormBlueprint
    levels: tuple[int, ...]
    forms: FormSet | None
    problems: tuple[Problem, ...] = ()


def form_blueprints(phonics: Phonics, actor: Actor) -> tuple[FormBlueprint, ...]:
    """What forms there can be. SEE_BANK. `ProblemsFound` where `forms.toml` is faulty."""
    require(actor, Action.SEE_BANK)
    return load_form_blueprints(phonics.settings.content_dir / "item_bank")


def assemble_forms(
    phonics: Phonics, actor: Actor, blueprint_id: str = "", levels: Collection[int] = ()
) -> tuple[Assembly, ...]:
    """Forms of one blueprint (or of all), of the sets whose highest level is one of `levels` (or of all).

    SEE_BANK. `NotFound` "forms.unknown" where there are no such forms. Takes seconds for each set.
    """
    blueprints = form_blueprints(phonics, actor)
    content = phonics.content
    ladder = tuple(level.number for level in content.bank.levels)
    chosen = [b for b in blueprints if blueprint_id in ("", b.id)]
    wanted = [(b, of) for b in chosen for of in b.level_sets(ladder) if not levels or of[-1] in levels]
    if not wanted:
        raise NotFound("forms.unknown", {"expected": ", ".join(_known(chosen or blueprints, ladder))})
    return tuple(_assembly(content, blueprint, of) for blueprint, of in wanted)


def _known(blueprints: Collection[FormBlueprint], ladder: tuple[int, ...]) -> Iterator[str]:
    for blueprint in blueprints:
        highest = sorted({levels[-1] for levels in blueprint.level_sets(ladder)})
        yield f"{blueprint.id} ({', '.join(str(number) for number in highest)})"


def _assembly(content: Content, blueprint: FormBlueprint, levels: tuple[int, ...]) -> Assembly:
    try:
        made = assemble(blueprint, levels, content.bank, content.passages, content.rubrics.mastery)
    except ProblemsFound as found:
        return Assembly(blueprint, levels, None, found.problems)
    return Assembly(blueprint, levels, made)
