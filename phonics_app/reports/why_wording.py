"""How sure a test is, and why, in sentences for a teacher: no statistics, words and counts that can be checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from phonics_app.domain.attempt import PriorSource
from phonics_app.domain.explanation import Allowance, Change, Explanation, Oddness, PersonFit, StrandStanding
from phonics_app.domain.form import FormKind
from phonics_app.domain.plan import Plan, PlannedItem
from phonics_app.domain.result import Result
from phonics_app.domain.strand import Strand
from phonics_app.locales import N_, Translate
from phonics_app.locales.labels import label
from phonics_app.reports.self_run_wording import self_run_notes
from phonics_app.reports.wording import hundredths, likely_levels

MOST_WORDS = 4
"""In a sentence; the details name them all."""
FAR = 8
"""As many answers as this are no longer counted out: the proposal does not hang on them."""

_PRIORS = {
    PriorSource.GRADE: N_("what is usual in this grade"),
    PriorSource.EARLIER_RESULT: N_("the earlier result"),
    PriorSource.TEACHER: N_("the level at which the teacher began"),
}
_ACTIONS = {
    Strand.PHONEMIC_AWARENESS: N_(
        "Make sure that the pupil hears well and understood the task; practise blending and taking words apart by ear."
    ),
    Strand.GRAPHEME_SOUNDS: N_("Ask the single letters' sounds once more, and teach those that are missing first."),
    Strand.WORD_READING: N_("The sounds are known; practise blending them into words, and reading words aloud."),
    Strand.PSEUDO_WORD_READING: N_(
        "Words may be known by sight as wholes. Have some made-up words of this level read once more, and teach "
        "blending sounds into words."
    ),
    Strand.VOCABULARY: N_(
        "The pupil reads better than he or she understands: teach what the words mean; reading need not wait for it."
    ),
}
_PROBE = N_(
    "This is a one-minute probe: it tells rate and accuracy. One minute of one task can't tell the level by itself; "
    "give the level test or a level check before you decide."
)
_ACTION = N_("Teach this strand on its own, beginning one level lower.")


@dataclass(frozen=True, slots=True)
class Shown:
    """What the sentences are made of."""

    result: Result
    plan: Plan
    explanation: Explanation
    language: str

    def items(self, ids: Iterable[str]) -> list[PlannedItem]:
        known = {item.id: item for item in self.plan.items}
        return [known[item_id] for item_id in ids]


def why_sentences(_: Translate, shown: Shown) -> list[str]:
    """Three to five: how sure, by which answers, what would change it, what the answers say by themselves."""
    sentences = [_of_a_hundred(_, shown), _by_level(_, shown), _would_change(_, shown), _alone(_, shown)]
    if not warnings(_, shown) and shown.explanation.fit and shown.explanation.strands:
        sentences.append(
            _("Nothing out of the ordinary was found in the answers, and no strand was seen to lag behind the others.")
        )
    return [sentence for sentence in sentences if sentence]


def warnings(_: Translate, shown: Shown) -> list[str]:
    """What a teacher should look at before he decides; most often nothing."""
    explanation = shown.explanation
    form = shown.plan.form
    found = [_(_PROBE)] if form is not None and form.kind is FormKind.PROBE else []
    found += self_run_notes(_, shown.result, shown.plan)
    found += [strand_sentence(_, standing) for standing in explanation.behind]
    if explanation.allowance and explanation.allowance.matters:
        found.append(_accent(_, shown))
    if explanation.fit and explanation.fit.oddness is not Oddness.USUAL:
        found.append(_odd(_, shown, explanation.fit))
    return found


def _of_a_hundred(_: Translate, shown: Shown) -> str:
    parts = [
        _("about {n} at level {level}").format(n=hundredths(p.probability), level=p.level)
        for p in likely_levels(shown.result)
    ]
    return _("Of 100 pupils who answer like this: {parts}.").format(parts=" · ".join(parts))


def _by_level(_: Translate, shown: Shown) -> str:
    """Right of attempted at the level below, which counts as mastered, and at the level proposed."""
    numbers = [level.number for level in shown.plan.levels]
    here = numbers.index(shown.result.proposed_level)
    counts = [_count(_, shown, number) for number in numbers[max(0, here - 1) : here + 1]]
    words = _("{counts}; a level counts as mastered from {share:.0%} of its questions on.").format(
        counts=" · ".join(counts), share=shown.plan.mastery
    )
    return words[:1].upper() + words[1:]


def _count(_: Translate, shown: Shown, level: int) -> str:
    of_level = [e for e in shown.result.evidence if e.level == level]
    asked = sum(e.attempted for e in of_level)
    if not asked:
        return _("level {level}: nothing asked").format(level=level)
    right = sum(e.correct for e in of_level)
    return _("level {level}: {right} of {asked} right").format(level=level, right=right, asked=asked)


def _would_change(_: Translate, shown: Shown) -> str:
    up, down = shown.explanation.higher, shown.explanation.lower
    parts = []
    if up and len(up.items) < FAR:
        parts.append(_change(_, shown, up, _("{n} more right would have made it level {level}")))
    if down and len(down.items) < FAR:
        parts.append(_change(_, shown, down, _("{n} fewer right would have made it level {level}")))
    if not parts:
        return _("The level does not hang on a few answers: fewer than {n} would not change it.").format(n=FAR)
    return _("What would change it: {parts}.").format(parts="; ".join(parts))


def _change(_: Translate, shown: Shown, change: Change, sentence: str) -> str:
    text = sentence.format(n=len(change.items), level=change.level)
    return _("{sentence} (such as {words})").format(sentence=text, words=named(_, shown.items(change.items)))


def _alone(_: Translate, shown: Shown) -> str:
    """What was known beforehand, and whether the proposal owes anything to it."""
    explanation = shown.explanation
    if explanation.answers_alone is None or explanation.prior not in _PRIORS:
        return ""
    beforehand = _(_PRIORS[explanation.prior])
    if explanation.answers_alone == explanation.level:
        return _("The answers alone say the same level, without {beforehand}.").format(beforehand=beforehand)
    return _("The answers alone say level {alone}; {beforehand} tips the balance to level {level}.").format(
        alone=explanation.answers_alone, beforehand=beforehand, level=explanation.level
    )


def strand_sentence(_: Translate, standing: StrandStanding) -> str:
    """ "Pseudo-word reading lags behind: 2 of 12 right, where the other answers lead one to expect about 9. …" """
    counts = _("{strand} lags behind: {right} of {asked} right, where the other answers lead one to expect about {n}.")
    text = counts.format(
        strand=label(_, standing.strand),
        right=standing.right,
        asked=standing.attempted,
        n=round(standing.expected),
    )
    return f"{text} {_(_ACTIONS.get(standing.strand, _ACTION))}"


def _accent(_: Translate, shown: Shown) -> str:
    found = shown.explanation.allowance
    assert found is not None
    told = {"strict": found.strict, "allowed": found.allowed}
    if found.heard:
        text = _(
            "By strict marking it is level {strict}; with allowance for a Thai accent, level {allowed}. The teacher "
            "noted of {n} wrong answers that they were read rightly and spoken with Thai sounds: {words}."
        )
        return text.format(n=len(found.heard), words=named(_, shown.items(found.heard)), **told)
    text = _(
        "By strict marking it is level {strict}; with allowance for a Thai accent, level {allowed}. Words with sounds "
        "that Thai speakers say otherwise were missed more often than other words, so this may be accent alone. How "
        "they were said is not recorded: listen to them once more, such as {words}."
    )
    return text.format(words=named(_, shown.items(found.mistakes)), **told)


def _odd(_: Translate, shown: Shown, fit: PersonFit) -> str:
    often = _("fewer than 1 pupil in 100") if fit.oddness is Oddness.VERY_UNUSUAL else _("fewer than 1 pupil in 20")
    text = _("The answers form an unusual pattern ({often} at this ability answers so).").format(often=often)
    return " ".join([text, *_odd_words(_, shown, fit), _("Look at these once more before you decide.")])


def _odd_words(_: Translate, shown: Shown, fit: PersonFit) -> Iterator[str]:
    if missed := named(_, shown.items(a.item_id for a in fit.missed)):
        yield _("Easy ones were missed: {words}.").format(words=missed)
    if known := named(_, shown.items(a.item_id for a in fit.known)):
        yield _("Hard ones were right: {words}.").format(words=known)


def named(_: Translate, items: Iterable[PlannedItem]) -> str:
    """Words and letters that were read, the first few; questions by ear are long, so they are counted by strand."""
    items = list(items)
    words = [item.stimulus for item in items if item.stimulus]
    by_ear = Counter(item.strand for item in items if not item.stimulus)
    shown = words[:MOST_WORDS] + (["…"] if words[MOST_WORDS:] else [])
    counted = (_("{strand} ({n})").format(strand=label(_, strand), n=n) for strand, n in by_ear.items())
    return ", ".join([*shown, *counted])


def not_asked_sentence(_: Translate, shown: Shown) -> str:
    """What stays unknown; "" where everything was asked."""
    missing = shown.explanation.not_asked
    if not missing:
        return ""
    names = ", ".join(label(_, strand) for strand in missing)
    text = _("Not asked at this level or the one below, so not known: {strands}.").format(strands=names)
    if Strand.PSEUDO_WORD_READING in missing and Strand.WORD_READING not in missing:
        by_sight = _("Whether words are read by sight or by their sounds can't be told without made-up words.")
        return f"{text} {by_sight}"
    return text


def allowance_sentence(_: Translate, shown: Shown) -> str:
    """The level strictly and with the allowance, and what speaks for accent or against it."""
    found = shown.explanation.allowance
    if found is None:
        return _("No mistake was made in a word with sounds that Thai speakers say otherwise.")
    missed, right = len(found.mistakes) + len(found.misread), found.right
    text = _(
        "Words with sounds that Thai speakers say otherwise: {right} of {asked} right; words without: {other} of "
        "{others}. Strictly level {strict}, with allowance for the accent level {allowed}; if every one of these "
        "mistakes were accent alone, level {at_most} at most."
    )
    told = text.format(
        right=right,
        asked=right + missed,
        other=found.others[0],
        others=found.others[1],
        strict=found.strict,
        allowed=found.allowed,
        at_most=found.at_most,
    )
    return " ".join([told, *_noted(_, found)])


def _noted(_: Translate, found: Allowance) -> Iterator[str]:
    """What the allowance makes of the teacher's notes."""
    if found.heard:
        yield _("Noted by the teacher as Thai sounds, so allowed: {n}.").format(n=len(found.heard))
    if found.misread:
        yield _("Noted as read wrongly or not answered, so not allowed: {n}.").format(n=len(found.misread))
