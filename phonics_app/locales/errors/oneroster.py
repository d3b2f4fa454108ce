"""Messages of OneRoster packages."""

from __future__ import annotations

from phonics_app.locales import N_

MESSAGES: dict[str, str] = {
    "oneroster.too_large": N_("The package is too large; at most {expected}"),
    "oneroster.unreadable": N_("The file is damaged or no OneRoster package (.zip)."),
    "oneroster.no_manifest": N_("This is no OneRoster package: manifest.csv is missing in it."),
    "oneroster.file_missing": N_("The file {value} is missing in the package."),
    "oneroster.file_unreadable": N_("The file {value} of the package can't be read, or has too many rows."),
    "oneroster.version": N_("The package is of OneRoster version {value}; only {expected} can be read."),
    "oneroster.delta": N_("{value}: the package holds changes only (delta). Export it as a whole (bulk)."),
    "oneroster.column_missing": N_("The column {value} is missing."),
    "oneroster.id_missing": N_("The sourcedId is missing."),
    "oneroster.id_repeated": N_("The sourcedId {value} stands twice in this file."),
    "oneroster.unknown_id": N_("{value} does not stand in {expected}"),
    "oneroster.same_school": N_("{value} is here under another id already: its pupils come to that school."),
    "oneroster.no_year": N_("No class names a term whose start date can be read."),
    "oneroster.several_years": N_("The classes are of several academic years: {value}. Export one year at a time."),
    "oneroster.no_class": N_("Pupil {value} is in no class and is left out."),
    "oneroster.several_classes": N_("Pupil {value} is in several grades or rooms, and none is the homeroom."),
    "oneroster.grade_unknown": N_("{value} is not a grade of OneRoster (PR, PK, KG, 01–12)."),
    "oneroster.known_otherwise": N_(
        "The pupil with number {value} is known already, under the number {expected} or at another school. "
        "Correct that first."
    ),
}
