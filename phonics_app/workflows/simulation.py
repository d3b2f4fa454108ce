"""The placement test of a bank, sat by simulated pupils: how good it is, and whether it says so honestly."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from phonics_app.calibration.bank_strength import items_at_cuts
from phonics_app.calibration.placement_check import placement_figures, sit_variants
from phonics_app.calibration.worlds import MISSPECIFIED, MODEL, WORLDS
from phonics_app.content import Content, load_content
from phonics_app.content.bank import load_bank
from phonics_app.content.rubrics import check_levels
from phonics_app.domain.account import Actor
from phonics_app.domain.errors import ProblemsFound
from phonics_app.domain.simulation import Simulation
from phonics_app.engine.assembly import plan_for
from phonics_app.records import audit
from phonics_app.reports.simulation_report import simulation_report
from phonics_app.reports.tables import to_csv
from phonics_app.workflows.context import Phonics
from phonics_app.workflows.exports import ExportFormat
from phonics_app.workflows.permissions import Action, require
from phonics_app.workflows.rounds import today

__all__ = ["MODEL", "WORLDS", "Simulation", "export_simulation", "simulate"]


def simulate(
    phonics: Phonics,
    actor: Actor,
    pupils: int,
    seed: int,
    *,
    world: str = MODEL,
    misspecified: bool = False,
    folder: Path | None = None,
    progress: Callable[[float], None] = lambda share: None,
) -> Simulation:
    """The first blueprint's test given to `pupils` in a world, who share its variants; equal arguments give equal
    figures. PROPOSE_ITEMS.

    `misspecified`: also in the worlds where pupils answer otherwise than the model thinks. `folder` holds another
    bank (`item_bank/` with `rubrics/`, or a bank's files alone: then with the rubrics in force).
    """
    require(actor, Action.PROPOSE_ITEMS)
    content = phonics.content if folder is None else _content_of(folder, phonics.content)
    blueprint = content.bank.placement
    variant = partial(plan_for, content.bank, content.rubrics, blueprint.id)
    plan = variant(0)
    names = list(dict.fromkeys([world, *(MISSPECIFIED if misspecified else ())]))
    figures = {}
    for done, name in enumerate(names):
        tell = _part(progress, done, len(names))
        out = sit_variants(variant, blueprint, WORLDS[name], pupils, seed, progress=tell)
        figures[name] = placement_figures(plan, out)
    return Simulation(
        bank=plan.bank_version,
        blueprint=f"{plan.blueprint_id} {plan.blueprint_version}",
        engine=plan.engine_version,
        items=len(plan.items),
        seed=seed,
        world=world,
        figures=figures[world],
        cuts=items_at_cuts(plan),
        misspecified={name: figures[name] for name in MISSPECIFIED} if misspecified else {},
    )


def _part(progress: Callable[[float], None], done: int, of: int) -> Callable[[float], None]:
    return lambda share: progress((done + share) / of)


def _content_of(folder: Path, present: Content) -> Content:
    if (folder / "item_bank").is_dir():
        return load_content(folder)
    bank = load_bank(folder)
    if unlike := check_levels(present.rubrics, (level.number for level in bank.levels)):
        raise ProblemsFound(unlike, "content.problems")
    return replace(present, bank=bank)


def export_simulation(
    phonics: Phonics, actor: Actor, made: Simulation, *, format: ExportFormat, language: str
) -> bytes:
    """A simulation as Excel (a sheet for each table) or CSV (one long table). PROPOSE_ITEMS."""
    require(actor, Action.PROPOSE_ITEMS)
    report = simulation_report(made, language, today(phonics))
    with phonics.store.write() as connection:
        told = {"format": format.value, "world": made.world, "pupils": made.figures.pupils}
        audit.record(connection, phonics.now(), actor.account_id, "export.simulation", "", **told)
    if format is not ExportFormat.EXCEL:
        return to_csv(report)
    # Imported when needed: it is slow to import and seldom wanted.
    from phonics_app.reports.workbook import to_excel

    return to_excel(report)
