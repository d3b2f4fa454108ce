"""A simulation in plain words: how true the test's word is, and where the bank is weak."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from phonics_app.domain.simulation import Band, Simulation
from phonics_app.locales import N_, Translate
from phonics_app.reports.labels import percent

CLOSE = 0.02
"""When 90 in 100 is said, 88 to 92 is as good as true."""
_WEAK = 0.05
"""A share by which a level must be found less often than the levels together for it to be worth a word."""


class Word(Enum):
    """Whether what the test says of itself is true."""

    TRUE = "true"
    SAYS_TOO_MUCH = "says_too_much"
    SAYS_TOO_LITTLE = "says_too_little"
    UNCLEAR = "unclear"


_WORDS = {
    Word.TRUE: N_("That is true: when the test says “{said} sure”, {right} are right ({n} simulated pupils)."),
    Word.SAYS_TOO_MUCH: N_(
        "The test is surer than it should be: when it says “{said} sure”, only {right} are right"
        " ({n} simulated pupils). If real pupils are like these, look at the class work before you decide."
    ),
    Word.SAYS_TOO_LITTLE: N_(
        "The test is more careful than it need be: when it says “{said} sure”, {right} are right"
        " ({n} simulated pupils)."
    ),
    Word.UNCLEAR: N_("Too few pupils were told “90% sure” to judge whether it is true. Try with more pupils."),
}
TONES = {Word.TRUE: "good", Word.SAYS_TOO_MUCH: "bad", Word.SAYS_TOO_LITTLE: "info", Word.UNCLEAR: "warn"}


def word_of(band: Band | None) -> Word:
    """Blamed only where chance does not explain it, praised only where chance would hardly hide a fault."""
    if band is None:
        return Word.UNCLEAR
    away = round(band.right - band.stated, 9)  # 0.9 - 0.88 is a little more than 0.02
    if abs(away) > max(CLOSE, band.doubt):
        return Word.SAYS_TOO_LITTLE if away > 0 else Word.SAYS_TOO_MUCH
    return Word.TRUE if abs(away) <= CLOSE and band.doubt <= 2 * CLOSE else Word.UNCLEAR


def word_text(_: Translate, band: Band | None) -> str:
    said = {} if band is None else {"said": percent(band.stated), "right": percent(band.right), "n": band.pupils}
    return _(_WORDS[word_of(band)]).format(**said)


def weak_spots(_: Translate, made: Simulation) -> Iterator[str]:
    """Levels found less often than the others, and cuts with few items: one sentence each."""
    of = made.figures
    for level in of.levels:
        doubt = 3 * (of.exact * (1 - of.exact) / level.pupils) ** 0.5  # one of nine is easily off by two errors
        if of.exact - level.exact > max(_WEAK, doubt):
            told = _("Level {level} is found less often than the others: {share}; too high {high}, too low {low}.")
            yield told.format(
                level=level.level,
                share=percent(level.exact),
                high=percent(level.too_high),
                low=percent(level.too_low),
            )
    for cut in made.cuts:
        if cut.few:
            told = _(
                "Few items tell level {lower} from level {upper}: {n}. Write some that only pupils at the end of level"
                " {lower} can do."
            )
            yield told.format(lower=cut.lower, upper=cut.upper, n=cut.items)
