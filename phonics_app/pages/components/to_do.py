"""What is due in the classes of a school, as a table with a link to each class."""

from __future__ import annotations

from collections import Counter

from phonics_app.domain.grade import Grade
from phonics_app.domain.school import School
from phonics_app.pages.components.html import Cell, Column, link, note, section, show, table
from phonics_app.pages.components.messages import no_pupils
from phonics_app.pages.components.session import Session
from phonics_app.reports.labels import class_label
from phonics_app.workflows.classes import Due, class_page
from phonics_app.workflows.transfers import count_requests


def classes_due(session: Session, school: School) -> None:
    """The classes of a school, with how many pupils wait for what."""
    shown = class_page(session.phonics, session.actor, school.id, session.round.year)
    section(school.name.in_language(session.language))
    if not shown.rows:
        no_pupils(session, school)
        return
    by_class: dict[tuple[Grade, str], Counter[Due]] = {}
    for row in shown.rows:
        by_class.setdefault((row.pupil.grade, row.pupil.room), Counter())[row.due] += 1
    table(_columns(session), [_cells(session, school, *key, counts) for key, counts in by_class.items()])


def remind_of_requests(session: Session, school: School) -> None:
    """Pupils whom other schools ask for: nothing goes on there before somebody here decides."""
    _ = session.translate
    count = count_requests(session.phonics, session.actor, school.id)
    if count:
        note(
            _("Other schools ask for {n} pupils of {school}").format(
                n=count, school=school.name.in_language(session.language)
            ),
            "warn",
        )
        show(link(_("Decide on the requests"), f"/transfers?school={school.id}", "secondary"))


def _columns(session: Session) -> list[Column]:
    _ = session.translate
    numbers = [_("Pupils"), _("To be tested"), _("Unfinished tests"), _("Level to be decided")]
    return [Column(_("Class")), *(Column(label, "number") for label in numbers), Column("", "actions")]


def _cells(session: Session, school: School, grade: Grade, room: str, counts: Counter[Due]) -> list[Cell]:
    to_test = counts[Due.FIRST_TEST] + counts[Due.TEST_THIS_ROUND]
    numbers = (counts.total(), to_test, counts[Due.RESUME_TEST], counts[Due.DECIDE])
    href = f"/class?school={school.id}&class={grade.value}-{room}"
    open_class = link(session.translate("Open class"), href, "secondary")
    return [class_label(grade, room, session.language), *(str(n) if n else "–" for n in numbers), open_class]
