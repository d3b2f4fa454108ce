"""What was done at this site, and whether its content keeps the rules."""

from __future__ import annotations

from pathlib import Path

from phonics_app.content.check import check_content
from phonics_app.domain.account import Actor
from phonics_app.domain.errors import Problem
from phonics_app.records import audit
from phonics_app.records.audit import EVERYTHING, AuditEntry, AuditFilter
from phonics_app.workflows.context import Phonics
from phonics_app.workflows.permissions import Action, require

__all__ = ["AuditEntry", "AuditFilter", "audit_trail", "check_bank"]


def audit_trail(
    phonics: Phonics, actor: Actor, limit: int = 200, wanted: AuditFilter = EVERYTHING
) -> tuple[AuditEntry, ...]:
    """Who did what and when, newest first: at most `limit` of the entries wanted. MANAGE_SITE."""
    require(actor, Action.MANAGE_SITE)
    with phonics.store.read() as connection:
        return audit.entries(connection, limit, wanted)


def check_bank(content_dir: Path) -> tuple[Problem, ...]:
    """Every rule of the item bank and the rubrics; empty when all holds."""
    return check_content(content_dir)
