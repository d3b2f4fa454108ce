"""The privacy notice for parents and pupils (PDPA s. 23), with room for a signature where consent is the ground."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from phonics_app.domain.privacy import NOTICE_VERSION, Basis, PrivacySettings
from phonics_app.domain.school import Pupil, School
from phonics_app.locales import Translate, translator
from phonics_app.locales.privacy_labels import BASES
from phonics_app.reports import typesetting as ts
from phonics_app.reports.labels import class_label


@dataclass(frozen=True, slots=True)
class Notice:
    """For each of the pupils one; without pupils one, to be filled in by hand."""

    settings: PrivacySettings
    school: School
    pupils: tuple[Pupil, ...]


def notice_pdf(notice: Notice, made_on: date, language: str) -> bytes:
    """A4, one notice after the other, each beginning on a new page."""
    _ = translator(language)
    title = _("Privacy notice: the English reading test (phonics)")
    blocks: list[ts.Markup] = []
    for pupil in notice.pupils or (None,):
        blocks += [ts.page_break()] if blocks else []
        blocks += [ts.heading(title), *_whom(notice, pupil, language), *_sections(notice, _, language)]
        blocks += _signature(_) if notice.settings.basis is Basis.CONSENT else []
        blocks.append(ts.paragraph(ts.muted(_("Text of the notice: version {version}").format(version=NOTICE_VERSION))))
    return ts.pdf(blocks, ts.Page(title, language, made_on, notice.school.name.in_language(language)))


def _whom(notice: Notice, pupil: Pupil | None, language: str) -> list[ts.Markup]:
    _ = translator(language)
    name = f"{pupil.name} ({pupil.number})" if pupil else _DOTS
    room = class_label(pupil.grade, pupil.room, language) if pupil else _SHORT_DOTS
    school = notice.school.name.in_language(language)
    facts = ((_("Pupil"), name), (_("Class"), room), (_("School"), school))
    return [ts.paragraph(ts.joined((ts.bold(f"{label}:"), value))) for label, value in facts]


_DOTS, _SHORT_DOTS = "." * 60, "." * 16


def _sections(notice: Notice, _: Translate, language: str) -> list[ts.Markup]:
    return [
        block
        for title, lines in _texts(notice.settings, _, language)
        for block in (ts.heading(title, 2), ts.stacked(lines))
    ]


Section = tuple[str, list[str]]


def _texts(settings: PrivacySettings, _: Translate, language: str) -> list[Section]:
    return [_who(settings, _, language), _why(settings, _), *_what(settings, _), *_whose(_)]


def _who(settings: PrivacySettings, _: Translate, language: str) -> Section:
    controller = settings.controller_en if language == "en" and settings.controller_en else settings.controller_th
    told = _("{controller} answers for these data. Contact: {contact}")
    lines = [told.format(controller=controller, contact=settings.contact)]
    if settings.officer:
        lines.append(_("Data protection officer: {officer}").format(officer=settings.officer))
    return _("Who answers for the data"), lines


def _why(settings: PrivacySettings, _: Translate) -> Section:
    aim = _("To find out which sounds and spellings of English the pupil can read, and to teach at the right level.")
    ground = _("Ground in the Personal Data Protection Act B.E. 2562: {basis}").format(basis=_(BASES[settings.basis]))
    free = _(
        "Consent is free. Without it, or when it is taken back, the pupil takes no test here and has no disadvantage."
    )
    duty = _("Without these data the school can't place the pupil at the level of teaching that fits.")
    return _("Why, and on what ground"), [aim, ground, free if settings.basis is Basis.CONSENT else duty]


def _what(settings: PrivacySettings, _: Translate) -> list[Section]:
    kept = _(
        "School, pupil number, name, sex, class and room; what the pupil answers in tests and how long it takes; "
        "levels, and who decided them."
    )
    never = _("No citizen number, birth date, religion, ethnicity, health or voice of the pupil is kept.")
    years = _("As long as the pupil is at school and {years} years after; then they are erased or made anonymous.")
    return [(_("Which data"), [kept, never]), (_("How long"), [years.format(years=settings.kept_years)])]


def _whose(_: Translate) -> list[Section]:
    readers = _(
        "Teachers and the director of the school, and the administrators of the system. Others see numbers of groups "
        "only, none of fewer than five pupils. Nothing is sold or sent abroad."
    )
    rights = _(
        "Parents and pupils may ask for a copy, have data corrected or erased, object or restrict use, and take "
        "consent back at any time. The copy comes within 30 days."
    )
    office = _("Complaints go to the Office of the Personal Data Protection Committee.")
    return [(_("To whom"), [readers]), (_("Rights"), [rights, office])]


def _signature(_: Translate) -> list[ts.Markup]:
    line = "." * 44
    rows = [
        _("I have read this notice."),
        _("(     ) I consent      (     ) I do not consent"),
        _("Signature of parent or guardian {line} Date {day}").format(line=line, day="." * 20),
        _("Signature of the pupil, from ten years on {line} Date {day}").format(line=line, day="." * 20),
    ]
    return [ts.together([ts.heading(_("Consent"), 2), *(ts.paragraph(row) for row in rows)])]
