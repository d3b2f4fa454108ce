"""The placement test of a bank, sat by simulated pupils: how good it is, and whether it says so honestly."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from phonics_app.calibration.placement_check import Band, PlacementFigures, placement_figures, sit
from phonics_app.calibration.worlds import MISSPECIFIED, MODEL, WORLDS
from phonics_app.content import Content, load_content
from phonics_app.content.bank import load_bank
from phonics_app.content.rubrics import check_levels
from phonics_app.domain.account import Actor
from phonics_app.domain.errors import ProblemsFound
from phonics_app.engine.assembly import plan_for
from phonics_app.workflows.context import Phonics
from phonics_app.workflows.permissions import Action, require

__all__ = ["MODEL", "WORLDS", "Band", "PlacementFigures", "Simulation", "simulate"]


@dataclass(frozen=True, slots=True)
class Simulation:
    """`worlds`: by name; "model" is the one in which pupils answer as the test expects. None of them are real."""

    bank: str
    """Version, as `blueprint` and `engine`."""
    blueprint: str
    engine: str
    items: int
    seed: int
    worlds: dict[str, PlacementFigures]


def simulate(
    phonics: Phonics,
    actor: Actor,
    pupils: int,
    seed: int,
    *,
    folder: Path | None = None,
    misspecified: bool = False,
    progress: Callable[[float], None] = lambda share: None,
) -> Simulation:
    """The first blueprint's plan given to `pupils` in each world; equal arguments give equal figures. MANAGE_SITE.

    `folder` holds another bank (`item_bank/` with `rubrics/`, or a bank's files alone: then with the rubrics in
    force). `misspecified`: also pupils who answer otherwise than the model thinks.
    """
    require(actor, Action.MANAGE_SITE)
    content = phonics.content if folder is None else _content_of(folder, phonics.content)
    blueprint = content.bank.placement
    plan = plan_for(content.bank, content.rubrics, blueprint.id, 0)
    names = [MODEL, *MISSPECIFIED] if misspecified else [MODEL]
    worlds: dict[str, PlacementFigures] = {}
    for done, name in enumerate(names, start=1):
        worlds[name] = placement_figures(plan, sit(plan, blueprint, WORLDS[name], pupils, seed))
        progress(done / len(names))
    version = f"{plan.blueprint_id} {plan.blueprint_version}"
    return Simulation(plan.bank_version, version, plan.engine_version, len(plan.items), seed, worlds)


def _content_of(folder: Path, present: Content) -> Content:
    if (folder / "item_bank").is_dir():
        return load_content(folder)
    bank = load_bank(folder)
    if unlike := check_levels(present.rubrics, (level.number for level in bank.levels)):
        raise ProblemsFound(unlike, "content.problems")
    return replace(present, bank=bank)
