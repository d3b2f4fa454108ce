"""The list of a level class: who is taught together, since when, in which classroom."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from phonics_app.domain.level_class import LevelClass, Member
from phonics_app.locales import translator
from phonics_app.reports.history_wording import day_label
from phonics_app.reports.labels import class_label, n_label, round_label
from phonics_app.reports.tables import Column, Kind, Report, Table


def level_class_report(of: LevelClass, members: Sequence[Member], school: str, made_on: date, language: str) -> Report:
    _ = translator(language)
    columns = (
        Column(_("Number in list"), Kind.COUNT),
        Column(_("Number")),
        Column(_("Name"), width="1fr"),
        Column(_("Class")),
        Column(_("Since")),
    )
    rows = tuple(
        (
            place,
            member.pupil.number,
            member.pupil.name,
            class_label(member.pupil.grade, member.pupil.room, language),
            day_label(_, member.since, "", language),
        )
        for place, member in enumerate(members, start=1)
    )
    facts = (
        (_("School"), school),
        (_("Level class"), of.name),
        (_("Level"), str(of.level)),
        (_("Teacher of the class"), of.teacher or "–"),
        (_("Room"), of.room or "–"),
        (_("Formed in"), round_label(_, of.round)),
        (_("Pupils"), n_label(_, len(rows))),
    )
    title = _("List of a level class")
    return Report(title, language, made_on, facts, (Table(title, columns, rows),))
