"""Passwords: argon2id hashes, and which passwords are too easy to guess."""

from __future__ import annotations

import secrets
import threading
import unicodedata
from collections.abc import Iterable
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from phonics_app.domain.errors import Place, Problem
from phonics_app.domain.text import Text
from phonics_app.records.common_passwords import is_common

MINIMUM_LENGTH = 10
MAXIMUM_LENGTH = 200
NO_PASSWORD = ""
"""Stored for accounts that nobody can sign in to with a password."""

_HASHER = PasswordHasher()
# Each hash takes 64 MB by design: no more at a time than a small computer bears.
_AT_A_TIME = threading.BoundedSemaphore(4)


def _normal(password: str) -> str:
    # A Thai password typed on another keyboard may come in another Unicode form.
    return unicodedata.normalize("NFC", password)


def hash_password(password: str) -> str:
    """An argon2id hash with its salt and parameters in it."""
    with _AT_A_TIME:
        return _HASHER.hash(_normal(password))


def needs_new_hash(stored: str) -> bool:
    """Whether the hash was made with weaker parameters than today's."""
    return _HASHER.check_needs_rehash(stored)


@cache
def _nobodys_hash() -> str:
    return hash_password(secrets.token_hex())


def is_right_password(stored: str | None, password: str) -> bool:
    """Whether `password` fits. Without a stored hash it takes as long, so that time tells no usernames."""
    nobodys = _nobodys_hash()
    if len(password) > MAXIMUM_LENGTH:
        password, stored = "", None
    try:
        with _AT_A_TIME:
            return _HASHER.verify(stored or nobodys, _normal(password)) and bool(stored)
    except (VerificationError, InvalidHashError):
        return False


def password_problems(password: str, *names: str, schools: Iterable[Text] = ()) -> list[Problem]:
    """What is wrong with a new password; `names` are words it may not merely repeat (username, own name)."""
    names += tuple(name for school in schools for name in (school.th, school.en))
    place = Place(column="password")
    if len(password) < MINIMUM_LENGTH:
        return [Problem("account.password_short", place, expected=str(MINIMUM_LENGTH))]
    if len(password) > MAXIMUM_LENGTH:
        return [Problem("account.password_long", place, expected=str(MAXIMUM_LENGTH))]
    if is_common(_normal(password), *names):
        return [Problem("account.password_common", place)]
    return []
