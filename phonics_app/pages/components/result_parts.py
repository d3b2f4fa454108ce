"""The parts of a result: what is proposed, how sure it is, the evidence, the wrong words, what to teach next."""

from __future__ import annotations

from markupsafe import Markup

from phonics_app.domain.plan import Plan
from phonics_app.domain.result import Result
from phonics_app.locales.labels import label
from phonics_app.pages.components.html import Column, note, section, show, stats, table, text
from phonics_app.pages.components.session import Session
from phonics_app.workflows.rubrics import teaching_steps


def proposal(session: Session, result: Result, plan: Plan) -> None:
    _ = session.translate
    names = {level.number: level.name.in_language(session.language) for level in plan.levels}
    probability = next((p.probability for p in result.probabilities if p.level == result.proposed_level), 0.0)
    minutes = _("{minutes} min {seconds} s").format(minutes=int(result.seconds // 60), seconds=int(result.seconds % 60))
    right = sum(score.score for score in result.scores)
    stats(
        [
            (_("Level proposed"), str(result.proposed_level), names.get(result.proposed_level, "")),
            (_("Probability of this level"), f"{probability:.0%}", _between(session, result)),
            (_("Items read"), str(len(result.scores)), _("{n} of them right").format(n=right)),
            (_("Time"), minutes, ""),
        ]
    )
    if result.stop_reason is not None:
        note(_("Why the test ended: {reason}").format(reason=label(_, result.stop_reason)))


def _between(session: Session, result: Result) -> str:
    _ = session.translate
    if result.between is None:
        return ""
    return _("between level {low} and level {high}").format(low=result.between[0], high=result.between[1])


def wrong_words(session: Session, result: Result, plan: Plan) -> None:
    """What was read or answered wrongly, by strand; words corrected by the pupil himself are named too."""
    _ = session.translate
    items = {item.id: item for item in plan.items}
    wrong: dict[str, list[str]] = {}
    for score in result.scores:
        item = items[score.item_id]
        if not score.score:
            wrong.setdefault(label(_, item.strand), []).append(item.stimulus or item.key)
    section(_("What was wrong"))
    if not wrong:
        text(_("Nothing was marked wrong."))
        return
    words = [[strand, _words(found)] for strand, found in wrong.items()]
    table([Column(_("Strand"), "nowrap"), Column(_("Words and sounds"))], words)


def _words(words: list[str]) -> Markup:
    return Markup("").join(Markup('<span class="pn-word">{}</span>').format(word) for word in words)


def next_steps(session: Session, level: int) -> None:
    _ = session.translate
    steps = teaching_steps(session.phonics, session.actor, level)
    section(_("What to teach next, for level {n}").format(n=level))
    rows = Markup("").join(
        Markup("<li><strong>{}</strong> {}</li>").format(label(_, step.strand), step.step.in_language(session.language))
        for step in steps
    )
    show(Markup('<ol class="pn-steps">{}</ol>').format(rows))
