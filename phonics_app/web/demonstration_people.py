"""The people whom the sign-in page of a demonstration site offers, with their role and school in words."""

from __future__ import annotations

from dataclasses import dataclass

from phonics_app.domain.account import ROLES_OF_ONE_SCHOOL, Account, Actor, Role
from phonics_app.domain.school import School, SchoolKind
from phonics_app.locales import translator
from phonics_app.locales.labels import label
from phonics_app.workflows.accounts import demonstration_accounts
from phonics_app.workflows.context import Phonics
from phonics_app.workflows.schools import list_schools

_ORDER = (Role.TEACHER, Role.DIRECTOR, Role.MUNICIPAL_DIRECTOR, Role.TRAINER, Role.AUDITOR, Role.ADMINISTRATOR)
"""Who tries the product first comes first."""


@dataclass(frozen=True, slots=True)
class Person:
    account_id: str
    roles: str
    name: str
    schools: str
    """Names of the schools of his roles; empty for roles of the whole site."""


def people(phonics: Phonics, language: str) -> tuple[Person, ...]:
    """Teachers first, municipal schools before the network's; empty on a site that is no demonstration."""
    accounts = [account for account in demonstration_accounts(phonics) if account.grants]
    known = [(account, _own_schools(phonics, account)) for account in accounts]
    return tuple(_person(account, own, language) for account, own in sorted(known, key=_rank))


def _own_schools(phonics: Phonics, account: Account) -> tuple[School, ...]:
    if any(grant.role not in ROLES_OF_ONE_SCHOOL for grant in account.grants):
        return ()
    return list_schools(phonics, Actor(account.id, account.display_name, account.grants))


def _rank(known: tuple[Account, tuple[School, ...]]) -> tuple[int, bool]:
    account, own = known
    return min(_ORDER.index(grant.role) for grant in account.grants), any(s.kind is SchoolKind.NETWORK for s in own)


def _person(account: Account, own: tuple[School, ...], language: str) -> Person:
    _ = translator(language)
    roles = ", ".join(dict.fromkeys(label(_, grant.role) for grant in account.grants))
    return Person(account.id, roles, account.display_name, ", ".join(s.name.in_language(language) for s in own))
