"""The lines of `use_cases` that are about lawful bases, notices and who answers for the data."""

from __future__ import annotations

from contextlib import suppress

from phonics_app.domain.account import Actor
from phonics_app.domain.errors import Conflict, NotAllowed, PhonicsError
from phonics_app.domain.privacy import Basis, BasisSource, PrivacySettings
from phonics_app.domain.retention import Kept
from phonics_app.workflows import lawful_bases, privacy, retention
from phonics_app.workflows.context import Phonics
from tests import sites

_SEE, _EDIT, _MANAGE = "all own own - - -", "all own - - - -", "all - - - - -"
_EVERYBODY = "all all all all all all"
SETTINGS = PrivacySettings("เทศบาลเมืองลำพูน", "Lamphun Municipality", "053-000000", "งานนิติการ")


def noted(phonics: Phonics, actor: Actor, school: str, pupil: str) -> int:
    day = sites.START.date()
    return lawful_bases.record_bases(phonics, actor, school, sites.YEAR, [pupil], Basis.CONSENT, day, BasisSource.PAPER)


def printed(phonics: Phonics, actor: Actor, school: str) -> None:
    """Nobody has said yet who answers for the data, which whoever may print is told."""
    try:
        privacy.print_notice(phonics, actor, school, sites.YEAR, language="th")
    except NotAllowed:
        raise
    except PhonicsError as error:
        assert error.code == "privacy.incomplete"  # noqa: PT017


def cleared(phonics: Phonics, actor: Actor) -> None:
    """Nothing is due, which whoever may clear is told."""
    with suppress(Conflict):
        retention.clear_due(phonics, actor, Kept.SESSIONS, 1)


PRIVACY_CASES = {
    lawful_bases.class_bases: (_SEE, lambda p, a, w: lawful_bases.class_bases(p, a, w.school, sites.YEAR)),
    lawful_bases.basis_history: (_SEE, lambda p, a, w: lawful_bases.basis_history(p, a, w.pupil)),
    lawful_bases.count_without_basis: (
        _EDIT,
        lambda p, a, w: lawful_bases.count_without_basis(p, a, w.school, sites.YEAR),
    ),
    lawful_bases.record_bases: (_EDIT, lambda p, a, w: noted(p, a, w.school, w.pupil)),
    privacy.privacy_settings: (_EVERYBODY, lambda p, a, w: privacy.privacy_settings(p, a)),
    privacy.save_privacy_settings: (_MANAGE, lambda p, a, w: privacy.save_privacy_settings(p, a, SETTINGS)),
    retention.retention_days: (_MANAGE, lambda p, a, w: retention.retention_days(p, a)),
    retention.save_retention: (_MANAGE, lambda p, a, w: retention.save_retention(p, a, {Kept.SESSIONS: 3})),
    retention.list_due: (_MANAGE, lambda p, a, w: retention.list_due(p, a)),
    retention.pupils_left: (_MANAGE, lambda p, a, w: retention.pupils_left(p, a)),
    retention.clear_due: (_MANAGE, lambda p, a, w: cleared(p, a)),
    privacy.print_notice: (_SEE, lambda p, a, w: printed(p, a, w.school)),
}
