"""Messages of lawful bases, notices and retention."""

from __future__ import annotations

from phonics_app.locales import N_

MESSAGES: dict[str, str] = {
    "basis.nobody": N_("Choose at least one pupil."),
    "basis.day": N_("The day {value} can't be: {expected}."),
    "basis.no_form": N_("What parents have said stands on a form: choose the paper or the electronic form."),
    "basis.pupil_elsewhere": N_("The pupil {value} is not of this school."),
    "privacy.controller_missing": N_("Who answers for the data has to be named, in Thai."),
    "privacy.contact_missing": N_("Say how parents reach those who answer for the data."),
    "privacy.years": N_("{value} is no number of years: {expected}."),
    "retention.days": N_("{value} is no number of days: {expected}."),
    "retention.elsewhere": N_("This kind is not cleared here: tests go with their pupil, accounts are disabled."),
    "retention.other": N_("What is due is not what was confirmed: now {rows} rows. Please look again."),
    "audit.archive_differs": N_(
        "The file {path} does not hold the record: entry {key} differs. Nothing was taken out."
    ),
    "privacy.incomplete": N_(
        "A notice has to name who answers for the data and how to reach them. An administrator sets that under Privacy."
    ),
}
