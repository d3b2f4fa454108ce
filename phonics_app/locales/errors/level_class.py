"""Messages of level classes."""

from __future__ import annotations

from phonics_app.locales import N_

MESSAGES: dict[str, str] = {
    "level_class.none": N_("No level class with pupils was given."),
    "level_class.name_empty": N_("A level class needs a name."),
    "level_class.name_twice": N_("Another level class has this name already: {value}"),
    "level_class.pupil_twice": N_("A pupil stands in two level classes: {value}"),
    "level_class.pupil_unknown": N_("There is no such pupil in the class lists of this school: {value}"),
    "level_class.other_school": N_("This pupil is not at the school of the level class."),
    "level_class.over": N_("The level class {name} goes on no more."),
    "level_class.unknown": N_("There is no such level class."),
}
