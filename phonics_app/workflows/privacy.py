"""Who answers for the data of this site, and the notice that tells parents and pupils so (PDPA s. 23)."""

from __future__ import annotations

from dataclasses import asdict, replace

from phonics_app.domain.account import Actor
from phonics_app.domain.errors import NotFound, PhonicsError, Place, Problem, ProblemsFound
from phonics_app.domain.grade import Grade
from phonics_app.domain.privacy import NOTICE_VERSION, Basis, PrivacySettings
from phonics_app.records import audit, pupils, schools
from phonics_app.records.settings import get_setting, set_setting
from phonics_app.records.writing import squeezed
from phonics_app.reports.privacy_notice import Notice, notice_pdf
from phonics_app.workflows.context import Phonics
from phonics_app.workflows.permissions import Action, require, rooms_in_view
from phonics_app.workflows.rounds import today

__all__ = ["NOTICE_VERSION", "PrivacySettings"]

SETTING = "privacy"
YEARS = range(1, 31)
_LONGEST = 500
_TEXTS = ("controller_th", "controller_en", "contact", "officer")


def privacy_settings(phonics: Phonics, actor: Actor) -> PrivacySettings:
    """What this site says of itself; notices carry it to everybody. SEE_RUBRICS, which all roles have."""
    require(actor, Action.SEE_RUBRICS)
    with phonics.store.read() as connection:
        value = get_setting(connection, SETTING)
    if not isinstance(value, dict):
        return PrivacySettings()
    plain = PrivacySettings()
    texts = {name: str(value.get(name, "")) for name in _TEXTS}
    return PrivacySettings(
        texts["controller_th"],
        texts["controller_en"],
        texts["contact"],
        texts["officer"],
        Basis(value.get("basis", plain.basis.value)),
        int(value.get("kept_years", plain.kept_years)),
    )


def save_privacy_settings(phonics: Phonics, actor: Actor, wanted: PrivacySettings) -> PrivacySettings:
    """`ProblemsFound` for a missing controller or contact, too long texts, years that can't be. MANAGE_SITE."""
    require(actor, Action.MANAGE_SITE)
    made = replace(
        wanted,
        controller_th=squeezed(wanted.controller_th),
        controller_en=squeezed(wanted.controller_en),
        contact=squeezed(wanted.contact),
        officer=squeezed(wanted.officer),
    )
    problems = []
    if not made.controller_th:
        problems.append(Problem("privacy.controller_missing", Place(column="controller_th")))
    if not made.contact:
        problems.append(Problem("privacy.contact_missing", Place(column="contact")))
    for name in _TEXTS:
        if len(each := getattr(made, name)) > _LONGEST:
            problems.append(Problem("input.too_long", Place(column=name), each[:50], str(_LONGEST)))
    if wanted.kept_years not in YEARS:
        expected = f"{YEARS.start}–{YEARS.stop - 1}"
        problems.append(Problem("privacy.years", Place(column="kept_years"), str(wanted.kept_years), expected))
    if problems:
        raise ProblemsFound(problems)
    before = privacy_settings(phonics, actor)
    changed = [name for name, each in asdict(made).items() if each != getattr(before, name)]
    with phonics.store.write() as connection:
        set_setting(connection, SETTING, {**asdict(made), "basis": made.basis.value})
        audit.record(connection, phonics.now(), actor.account_id, "privacy.changed", "", names=changed)
    return made


def print_notice(
    phonics: Phonics,
    actor: Actor,
    school_id: str,
    year: int,
    grade: Grade | None = None,
    room: str | None = None,
    *,
    language: str,
) -> bytes:
    """A PDF with the notice: of a class one for each pupil, with his name; without a class one to be filled in.

    With room for a signature where consent is the ground. SEE_PUPILS; `PhonicsError` "privacy.incomplete" while nobody
    is named who answers for the data.
    """
    rooms = rooms_in_view(actor, Action.SEE_PUPILS, school_id)
    settings = privacy_settings(phonics, actor)
    if not settings.complete:
        raise PhonicsError("privacy.incomplete")
    with phonics.store.read() as connection:
        school = schools.find_school(connection, school_id)
        if school is None:
            raise NotFound("school.unknown", {"id": school_id})
        found = pupils.list_pupils(connection, school_id, year, grade, room, classrooms=rooms) if grade else ()
    document = notice_pdf(Notice(settings, school, tuple(found)), today(phonics), language)
    told = {"year": year, "pupils": len(found), "version": NOTICE_VERSION}
    with phonics.store.write() as connection:
        subject = audit.class_subject(school_id, grade, room)
        audit.record(connection, phonics.now(), actor.account_id, "export.notice", subject, **told)
    return document
