"""A result explained: everything that the answers can say about the level proposed."""

from __future__ import annotations

from collections.abc import Mapping

from phonics_app.domain.attempt import PriorSource
from phonics_app.domain.explanation import Explanation
from phonics_app.engine.state import AttemptState
from phonics_app.levelling.allowance import allowance
from phonics_app.levelling.answers import Answers, answers_of
from phonics_app.levelling.person_fit import person_fit
from phonics_app.levelling.strand_profile import strand_standings, strands_not_asked
from phonics_app.levelling.would_change import answers_alone, higher, lower


def explain(state: AttemptState, transfer: Mapping[str, tuple[str, ...]]) -> Explanation:
    """Equal states are explained alike. `transfer`: item id → codes of the patterns that touch what it tests."""
    return explain_answers(answers_of(state), state.proposed_level, state.spec.prior.source, transfer)


def explain_answers(
    answers: Answers, level: int, prior: PriorSource, transfer: Mapping[str, tuple[str, ...]]
) -> Explanation:
    """The same for answers however they were given."""
    return Explanation(
        level=level,
        fit=person_fit(answers),
        allowance=allowance(answers, transfer),
        higher=higher(answers),
        lower=lower(answers),
        answers_alone=answers_alone(answers),
        prior=prior,
        strands=strand_standings(answers),
        not_asked=strands_not_asked(answers, answers.tables, level),
    )
