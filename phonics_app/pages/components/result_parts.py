"""The parts of a result: what is proposed, the evidence, the wrong words, what to teach next."""

from __future__ import annotations

from markupsafe import Markup

from phonics_app.domain.attempt import AttemptStatus
from phonics_app.domain.plan import Plan
from phonics_app.domain.result import Result
from phonics_app.locales.labels import label
from phonics_app.pages.components.frame import header
from phonics_app.pages.components.html import Column, link, link_row, note, section, show, stats, table, text
from phonics_app.pages.components.next_pupil import next_pupil
from phonics_app.pages.components.session import Session
from phonics_app.reports.labels import class_label, moment_label
from phonics_app.reports.wording import (
    asked,
    certainty,
    duration,
    evidence_sentence,
    hundredths,
    proposal_sentence,
    stop_sentence,
    wrong_answers,
)
from phonics_app.workflows.assess import Sitting
from phonics_app.workflows.permissions import Action
from phonics_app.workflows.rubrics import teaching_steps


def title(session: Session, sitting: Sitting) -> None:
    _ = session.translate
    pupil = sitting.pupil
    where = class_label(pupil.grade, pupil.room, session.language)
    when = moment_label(sitting.attempt.created_at, session.language)
    header(pupil.name, _("Class {name} · tested on {when}").format(name=where, when=when))
    back = f"/class?school={pupil.school_id}&class={pupil.grade.value}-{pupil.room}"
    links = [link(_("Back to the class"), back, "quiet")]
    if sitting.attempt.status is not AttemptStatus.OPEN and session.may(Action.GIVE_TESTS, pupil.school_id):
        links.append(link(_("Test again"), f"/play/new?pupil={pupil.id}", "quiet"))
        links += next_pupil(session, pupil)
    link_row(*links)


def proposal(session: Session, result: Result, plan: Plan) -> None:
    _ = session.translate
    names = {level.number: level.name.in_language(session.language) for level in plan.levels}
    right = sum(score.score for score in result.scores)
    certain = next((p.probability for p in result.probabilities if p.level == result.proposed_level), 0.0)
    stats(
        [
            (_("Level proposed"), str(result.proposed_level), names.get(result.proposed_level, "")),
            (_("How sure"), f"{hundredths(certain)}%", certainty(_, certain)),
            (
                _("Right answers"),
                f"{right}/{len(result.scores)}",
                duration(_, result.seconds) if result.seconds else "",
            ),
        ]
    )
    note(f"{proposal_sentence(_, result)} {stop_sentence(_, result.stop_reason)}")
    text(_("The level proposed is the one to teach at: the levels below it count as mastered."))


def evidence(session: Session, result: Result) -> None:
    """What the pupil answered rightly and what not, in plain words, from the lowest level up."""
    _ = session.translate
    section(_("Evidence from the test"))
    columns = [Column(_("Level"), "number"), Column(_("Strand"), "nowrap"), Column(_("Evidence"))]
    rows = [[str(e.level), label(_, e.strand), evidence_sentence(_, e)] for e in result.evidence]
    table(columns, rows, height=460)


def wrong_words(session: Session, result: Result, plan: Plan) -> None:
    """What was read or answered wrongly, by strand: what the pupil saw, or for a task by ear what he was asked."""
    _ = session.translate
    wrong = wrong_answers(result, plan)
    section(_("What was wrong"))
    if not wrong:
        text(_("Nothing was marked wrong."))
        return
    words = [[label(_, s), _words([asked(item, session.language) for item in items])] for s, items in wrong.items()]
    table([Column(_("Strand"), "nowrap"), Column(_("Words and sounds"))], words)


def _words(words: list[str]) -> Markup:
    return Markup("").join(Markup('<span class="pn-word">{}</span>').format(word) for word in words)


def next_steps(session: Session, level: int) -> None:
    _ = session.translate
    steps = teaching_steps(session.phonics, session.actor, level)
    if not steps:
        return
    section(_("What to teach next, for level {n}").format(n=level))
    rows = Markup("").join(
        Markup("<li><strong>{}</strong> {}</li>").format(label(_, step.strand), step.step.in_language(session.language))
        for step in steps
    )
    show(Markup('<ol class="pn-steps">{}</ol>').format(rows))
