"""Messages of handing out and erasing pupils' data, and of research."""

from phonics_app.locales import N_

MESSAGES: dict[str, str] = {
    "erasure.not_confirmed": N_("Nothing was erased: type {expected} exactly to confirm."),
    "research.too_few": N_("Fewer than {expected} pupils look like this: {value}"),
    "research.say_it": N_("Say what the records are for and who gets them ({expected} letters)."),
    "research.nothing": N_("There are no tests to give out."),
}
