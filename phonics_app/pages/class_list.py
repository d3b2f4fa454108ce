"""The class page: every pupil's level, last test and what is due, with the buttons that do it."""

from __future__ import annotations

from collections import Counter

from markupsafe import Markup

from phonics_app.domain.school import School
from phonics_app.pages.components.choose import choose, choose_school
from phonics_app.pages.components.downloads import downloads
from phonics_app.pages.components.frame import header
from phonics_app.pages.components.html import Cell, Column, link, link_row, show, stacked, table
from phonics_app.pages.components.labels import day, due_badge, level_badge
from phonics_app.pages.components.messages import no_pupils
from phonics_app.pages.components.pupil_links import pupil_actions
from phonics_app.pages.components.session import Session, current
from phonics_app.reports.labels import class_label
from phonics_app.workflows.classes import ClassPage, ClassRow, Due, class_page, list_classes
from phonics_app.workflows.exports import ExportFormat, export_class
from phonics_app.workflows.permissions import Action


def page(session: Session) -> None:
    _ = session.translate
    header(_("My class"), _("Academic year {year}, term {term}").format(**_round(session)))
    school = choose_school(session)
    classes = list_classes(session.phonics, session.actor, school.id, session.round.year) if school else ()
    if school is None or not classes:
        no_pupils(session, school)
        return
    grade, room = choose(
        "class", _("Class"), classes, lambda c: f"{c[0].value}-{c[1]}", lambda c: class_label(*c, session.language)
    )
    shown = class_page(session.phonics, session.actor, school.id, session.round.year, grade, room)
    summary(session, shown)
    if session.may(Action.GIVE_TESTS, school.id):
        address = f"/sitting/new?school={school.id}&class={grade.value}-{room}"
        sheets = f"/paper?class={school.id}:{grade.value}-{room}"
        link_row(
            link(_("The whole class takes a listening test"), address, "secondary"),
            link(_("Enter marking sheets"), sheets, "quiet"),
        )
    pupils(session, shown, school)
    name = f"class-{grade.value}-{room}-{session.round.year}"
    downloads(session, name, lambda kind: _file(session, shown, kind))


def _file(session: Session, shown: ClassPage, format: ExportFormat) -> bytes:
    scope = (shown.school_id, shown.year, shown.grade, shown.room)
    return export_class(session.phonics, session.actor, *scope, format=format, language=session.language)


def _round(session: Session) -> dict[str, int]:
    return {"year": session.round.year, "term": session.round.term}


def summary(session: Session, shown: ClassPage) -> None:
    _ = session.translate
    counts = Counter(row.due for row in shown.rows)
    parts = [due_badge(_, due, counts[due]) for due in Due if counts[due]]
    pupils_text = _("{n} pupils").format(n=len(shown.rows))
    show(Markup('<div class="pn-row"><strong>{}</strong>{}</div>').format(pupils_text, Markup("").join(parts)))


def pupils(session: Session, shown: ClassPage, school: School) -> None:
    _ = session.translate
    columns = [Column(_("Name")), Column(_("Level"), "middle"), Column(_("To do"))]
    tests = session.may(Action.GIVE_TESTS, school.id)
    table([*columns, Column("", "actions")], [_cells(session, row, tests) for row in shown.rows])


def _cells(session: Session, row: ClassRow, tests: bool) -> list[Cell]:
    _ = session.translate
    last = _("Last test {day}").format(day=day(row.last_test, session.language)) if row.last_test else ""
    to_do = stacked(due_badge(_, row.due), last)
    # Only where the school has told numbers in class.
    called = f"{_('Class number')} {row.pupil.class_number} · " if row.pupil.class_number else ""
    name = stacked(row.pupil.name, f"{called}{row.pupil.number}")
    return [name, level_badge(row.level), to_do, pupil_actions(session, row, tests)]


page(current())
