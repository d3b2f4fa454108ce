"""What directors see: data frames made from stored results, with the rights to see them."""

from __future__ import annotations

from dataclasses import astuple

import pandas as pd
from sqlalchemy import Connection

from phonics_app.domain.account import Actor, Role
from phonics_app.domain.calendar import Round
from phonics_app.domain.errors import NotAllowed
from phonics_app.domain.school import SchoolKind
from phonics_app.progress import dashboard as frames
from phonics_app.progress.dashboard import Dashboard, Filters, NetworkPage, summed
from phonics_app.records import audit, figures
from phonics_app.records.erased_figures import gap
from phonics_app.records.figures import Scope
from phonics_app.workflows.context import Phonics
from phonics_app.workflows.permissions import Action, require

__all__ = ["Dashboard", "Filters", "NetworkPage", "dashboard", "network", "network_page", "summed", "trace"]


def dashboard(phonics: Phonics, actor: Actor, filters: Filters) -> Dashboard:
    """SEE_DASHBOARD for `filters.school_id`, SEE_ALL_SCHOOLS where it is None: then the municipal schools.

    A network school's own figures are for those who hold a role there (and for administrators); to others
    it is `NotAllowed` "dashboard.network_school": they have `network`.
    """
    with phonics.store.read() as connection:
        scope = _scope(connection, actor, filters)
        rounds = figures.rounds_with_results(connection, scope)
        chosen = filters.round or (rounds[-1] if rounds else None)
        previous = max((r for r in rounds if chosen is not None and r < chosen), default=None)
        shown = _assemble(phonics, connection, filters, scope, rounds, chosen, previous)
    audit.saw(phonics.store, phonics.now(), actor.account_id, "seen.dashboard", filters.school_id or "")
    return shown


def network(phonics: Phonics, actor: Actor, round_: Round | None = None) -> pd.DataFrame:
    """Network schools as aggregates: school_id, level, pupils, suppressed, and totals. SEE_NETWORK.

    Cells of 1–4 are NA with `suppressed` True, and a second cell with them where a total would give one away.
    The totals (school_total, level_total, total) are those of the school, of the level and of all; NA if hidden.
    `round_` None: the latest round in which a network school has results.
    """
    return network_page(phonics, actor, round_).counts


def network_page(phonics: Phonics, actor: Actor, round_: Round | None = None) -> NetworkPage:
    """`network` with what has to stand beside it. SEE_NETWORK."""
    require(actor, Action.SEE_NETWORK)
    with phonics.store.read() as connection:
        scope = Scope(figures.schools_of_kind(connection, SchoolKind.NETWORK))
        rounds = figures.rounds_with_results(connection, scope)
        chosen = round_ or (rounds[-1] if rounds else None)
        counts = frames.network_frame(_counts(connection, scope, chosen))
        return NetworkPage(chosen, rounds, counts, figures.any_simulated(connection, scope))


def trace(phonics: Phonics, actor: Actor, filters: Filters) -> pd.DataFrame:
    """The rows behind a school's figures: pupil_id, grade, room, level, attempt_id, decided_at.

    Needs SEE_PUPILS as well as SEE_DASHBOARD.
    """
    require(actor, Action.SEE_PUPILS, filters.school_id)
    with phonics.store.read() as connection:
        scope = _scope(connection, actor, filters)
        rounds = figures.rounds_with_results(connection, scope)
        chosen = filters.round or (rounds[-1] if rounds else None)
        rows = figures.placements_in_round(connection, scope, chosen) if chosen else []
    audit.saw(phonics.store, phonics.now(), actor.account_id, "seen.trace", filters.school_id or "")
    columns = ["pupil_id", "grade", "room", "level", "attempt_id", "decided_at"]
    return pd.DataFrame([(r.pupil_id, r.grade.value, *astuple(r)[2:]) for r in rows], columns=columns)


def schools_in_view(connection: Connection, actor: Actor, school_id: str | None) -> tuple[str, ...]:
    """The schools whose figures the actor may see by this choice; raises `NotAllowed` where he may not."""
    if school_id is None:
        require(actor, Action.SEE_ALL_SCHOOLS)
        return figures.schools_of_kind(connection, SchoolKind.MUNICIPAL)
    require(actor, Action.SEE_DASHBOARD, school_id)
    outsider = school_id not in actor.whole_schools and not actor.has(Role.ADMINISTRATOR)
    if outsider and figures.kind_of_school(connection, school_id) is not SchoolKind.MUNICIPAL:
        raise NotAllowed("dashboard.network_school", {"school_id": school_id})
    return (school_id,)


def _scope(connection: Connection, actor: Actor, filters: Filters) -> Scope:
    schools = schools_in_view(connection, actor, filters.school_id)
    return Scope(() if filters.impossible else schools, filters.grades, filters.room)


def _assemble(
    phonics: Phonics,
    connection: Connection,
    filters: Filters,
    scope: Scope,
    rounds: tuple[Round, ...],
    chosen: Round | None,
    previous: Round | None,
) -> Dashboard:
    expected = phonics.content.bank.placement.expected_level
    counts = _counts(connection, scope, chosen)
    moves = figures.moves_between(connection, scope, previous, chosen) if chosen and previous else []
    course = figures.course_over_rounds(connection, scope, expected)
    return Dashboard(
        filters=filters,
        round=chosen,
        previous=previous,
        rounds=rounds,
        levels=frames.levels_frame(counts),
        change=frames.change_frame(moves),
        expected=frames.expected_frame(counts, expected),
        coverage=frames.coverage_frame(counts),
        history=frames.history_frame(_flat(r) for r in course),
        simulated=figures.any_simulated(connection, scope),
        versions=figures.versions_in_round(connection, scope, chosen) if chosen else (),
        erased=gap(connection, scope.school_ids, chosen) if chosen else 0,
    )


def _counts(connection: Connection, scope: Scope, chosen: Round | None) -> list[frames.Count]:
    if chosen is None:
        return []
    found = figures.levels_in_round(connection, scope, chosen)
    return [(c.school_id, c.grade, c.room, c.level, c.pupils, c.tested) for c in found]


def _flat(count: figures.RoundCount) -> tuple[str, Round, int, float, int, int]:
    return count.school_id, count.round, count.placed, count.mean_level, count.judged, count.at_or_above
