"""Messages of pupils who change schools."""

from phonics_app.locales import N_

MESSAGES: dict[str, str] = {
    "transfer.no_match": N_(
        "No pupil of another school has exactly this number and name. Compare them with the pupil's papers; the old"
        " school can tell the number."
    ),
    "transfer.asked_already": N_("Your school has asked for this pupil already; the request is open."),
    "transfer.unknown": N_("There is no such request."),
    "transfer.over": N_("This request has been decided or withdrawn already."),
    "transfer.gone": N_("The pupil is not at this school any more. Refuse the request."),
    "transfer.too_old": N_(
        "This request is of an earlier academic year. Refuse it; the school can ask anew for the pupil's new class."
    ),
    "transfer.day_bad": N_("The first day at the school has to lie in this academic year, up to today: {expected}"),
}
