"""Records for research: checked so that nobody can be told from them, and written down who gets them and why."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from phonics_app.domain.account import Actor
from phonics_app.domain.calendar import Round
from phonics_app.domain.errors import Place, Problem, ProblemsFound
from phonics_app.domain.grade import Grade
from phonics_app.progress.research import (
    FEWEST,
    Coarseness,
    Record,
    SmallGroup,
    coarse_enough,
    research_rows,
    too_small,
)
from phonics_app.records import audit
from phonics_app.records.research import research_records
from phonics_app.records.writing import squeezed
from phonics_app.reports.research_files import research_zip
from phonics_app.workflows.context import Phonics
from phonics_app.workflows.permissions import Action, require
from phonics_app.workflows.rounds import today

__all__ = ["Coarseness", "ResearchCheck", "check_research", "export_research"]

_SHORTEST, _LONGEST = 3, 500
_TOLD = 20


@dataclass(frozen=True, slots=True)
class ResearchCheck:
    """Whether records that coarse may go out: when `small` is empty. `enough`: what would be coarse enough."""

    records: int
    pupils: int
    small: tuple[SmallGroup, ...]
    enough: tuple[Coarseness, ...]


def check_research(phonics: Phonics, actor: Actor, coarse: Coarseness) -> ResearchCheck:
    """Looks for groups of fewer than five pupils who look alike; gives nothing out. EXPORT_RESEARCH."""
    require(actor, Action.EXPORT_RESEARCH)
    records = _records(phonics)
    small = tuple(too_small(records, coarse))
    enough = tuple(coarse_enough(records)) if small else ()
    return ResearchCheck(len(records), len({record.pupil_id for record in records}), small, enough)


def export_research(phonics: Phonics, actor: Actor, coarse: Coarseness, purpose: str, receiver: str) -> bytes:
    """A ZIP file with data, dictionary and what was agreed. EXPORT_RESEARCH.

    `ProblemsFound` where purpose or receiver are missing, where there is nothing to give, and with each group that is
    too small (the first twenty): nothing goes out then.
    """
    require(actor, Action.EXPORT_RESEARCH)
    purpose, receiver = squeezed(purpose), squeezed(receiver)
    records = _records(phonics)
    problems = [*_text_problems("purpose", purpose), *_text_problems("receiver", receiver)]
    problems += [] if records else [Problem("research.nothing")]
    for group in too_small(records, coarse)[:_TOLD]:
        known = "; ".join(", ".join(filter(None, one)) for one in group.known)
        problems.append(Problem("research.too_few", value=f"{known}: {group.pupils}", expected=str(FEWEST)))
    if problems:
        raise ProblemsFound(problems)
    # Made here, used here, kept nowhere: nobody can make the pseudonyms again.
    rows = list(research_rows(records, coarse, secrets.token_bytes(32)))
    about = {"purpose": purpose, "receiver": receiver, "coarser": list(coarse.steps), "records": len(rows)}
    made = research_zip(rows, {"made_on": today(phonics).isoformat(), **about})
    with phonics.store.write() as connection:
        audit.record(connection, phonics.now(), actor.account_id, "export.research", "", **about)
    return made


def _text_problems(field: str, text: str) -> list[Problem]:
    if _SHORTEST <= len(text) <= _LONGEST:
        return []
    return [Problem("research.say_it", Place(column=field), text[:80], f"{_SHORTEST}–{_LONGEST}")]


def _records(phonics: Phonics) -> list[Record]:
    with phonics.store.read() as connection:
        return [
            Record(pupil, school, sex, Grade(grade), Round(year, term), ability, error, proposed, level, simulated)
            for (
                pupil,
                school,
                sex,
                grade,
                year,
                term,
                ability,
                error,
                proposed,
                level,
                simulated,
            ) in research_records(connection)
        ]
