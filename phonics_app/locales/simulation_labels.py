"""Worlds of simulated pupils and reasons to stop, in plain words."""

from __future__ import annotations

from phonics_app.locales import N_

WORLDS = {
    "model": N_("They answer as the test expects"),
    "item_slopes": N_("Some items tell twice as much as thought, others half as much"),
    "guessing": N_("Everyone guesses: of what they don't know, one in four comes out right"),
    "difficulties": N_("Items are easier or harder than thought, by a quarter of a level"),
    "two_abilities": N_("Hearing and reading differ: good at one does not mean good at the other"),
    "all_four": N_("These four at once: items, guessing, difficulty, hearing and reading"),
    "careless": N_("Careless: of what they know, one in twenty goes wrong"),
    "no_guessing": N_("Nobody guesses"),
    "much_guessing": N_("Everyone guesses much: of what they don't know, 35 in 100 come out right"),
    "flat_2": N_("Levels blur: they know a part of what comes later, and miss a part of what came before"),
    "flat_1": N_("Levels blur far: they know something of everything"),
    "steep_8": N_("Levels are clear-cut: hardly anything of the next level is known"),
    "all_or_nothing": N_("They know a level wholly or not at all"),
    "ladder": N_("Of earlier levels they know 95 in 100, of their own 40, of later ones 5"),
    "careless_ladder": N_("Of earlier levels they know 88 in 100, of their own 35, of later ones 10"),
}
STOPS = {
    "sure": N_("sure"),
    "between": N_("between two levels"),
    "item_limit": N_("item limit"),
    "time_limit": N_("time limit"),
    "bank_exhausted": N_("no block left"),
}
