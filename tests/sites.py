"""Sites made for tests: an empty database, or one with schools and an account of every role, in milliseconds."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count
from pathlib import Path

from sqlalchemy import select

from phonics_app.content import Content, load_content
from phonics_app.domain.account import Account, Actor, Grant, Role
from phonics_app.domain.school import School, SchoolDraft, SchoolKind
from phonics_app.domain.text import Text
from phonics_app.records import Store, open_store
from phonics_app.records.accounts import insert_account
from phonics_app.records.passwords import hash_password
from phonics_app.records.schema import metadata
from phonics_app.records.schools import insert_school
from phonics_app.records.settings import set_setting
from phonics_app.workflows.context import Phonics, Settings
from phonics_app.workflows.setup import MUNICIPAL_SCHOOLS, SITE_SETTING, SiteState
from tests.databases import copy, url_of

ROOT = Path(__file__).resolve().parents[1]
PASSWORD = "มะม่วง-7-ต้น"
"""Of every account that these sites have."""
START = datetime(2026, 6, 15, 2, 0, tzinfo=UTC)
"""15 June 2569, nine in the morning in Thailand: term 1 of 2569."""
YEAR = 2569


@dataclass
class Clock:
    """A clock that goes on only when told."""

    time: datetime = START

    def __call__(self) -> datetime:
        return self.time

    def advance(self, **units: float) -> None:
        """`advance(minutes=3)`: what `timedelta` takes."""
        self.time += timedelta(**units)


@dataclass
class Ids:
    """Ids that are the same in every run."""

    number: count[int] = field(default_factory=lambda: count(1))

    def __call__(self) -> str:
        return f"{next(self.number):032x}"


@dataclass(frozen=True)
class People:
    """Actors of every role; `teacher` and `director` are of the first school, `other_*` of the second."""

    administrator: Actor
    teacher: Actor
    director: Actor
    other_teacher: Actor
    other_director: Actor
    trainer: Actor
    municipal_director: Actor
    auditor: Actor


NETWORK_SCHOOLS = (
    SchoolDraft(Text("โรงเรียนเครือข่ายบ้านดอย", "Ban Doi Network School"), SchoolKind.NETWORK),
    SchoolDraft(Text("โรงเรียนเครือข่ายริมกวง", "Rim Kuang Network School"), SchoolKind.NETWORK),
)
SCHOOLS = tuple(
    School(f"5c{n:030x}", d.name, d.kind, d.code, d.highest_grade)
    for n, d in enumerate((*MUNICIPAL_SCHOOLS, *NETWORK_SCHOOLS), start=1)
)
GRANTS = {
    "administrator": Grant(Role.ADMINISTRATOR),
    "teacher": Grant(Role.TEACHER, SCHOOLS[0].id),
    "director": Grant(Role.DIRECTOR, SCHOOLS[0].id),
    "other_teacher": Grant(Role.TEACHER, SCHOOLS[1].id),
    "other_director": Grant(Role.DIRECTOR, SCHOOLS[1].id),
    "trainer": Grant(Role.TRAINER),
    "municipal_director": Grant(Role.MUNICIPAL_DIRECTOR),
    "auditor": Grant(Role.AUDITOR),
}
"""Username → its grant; the username is also the account's id."""
PEOPLE = People(**{name: Actor(name, name, (grant,)) for name, grant in GRANTS.items()})


@cache
def content() -> Content:
    """The product's content, loaded once."""
    return load_content(ROOT)


def make_empty(folder: Path) -> Path:
    """A fresh database in `folder`; returns its file."""
    path = folder / "phonics.db"
    open_store(url_of(path)).close()
    return path


def make_own(folder: Path) -> Path:
    """A database of an OWN site with `SCHOOLS` and an account of each name in `GRANTS`; returns its file."""
    store = open_store(url_of(folder / "phonics.db"))
    # One hash for all: hashing is slow by design.
    password_hash = hash_password(PASSWORD)
    with store.write() as connection:
        set_setting(connection, SITE_SETTING, SiteState.OWN.value)
        for school in SCHOOLS:
            insert_school(connection, school)
        for name, grant in GRANTS.items():
            insert_account(connection, Account(name, name, name, (grant,), created_at=START), password_hash)
    store.close()
    return folder / "phonics.db"


def path_of(phonics: Phonics) -> Path:
    """What names its database here (`tests.databases`)."""
    return phonics.settings.data_dir / "phonics.db"


def dump(store: Store) -> tuple[str, ...]:
    """All that is stored, a line for each row; of a store that was closed as well."""
    with store.read() as connection:
        return tuple(
            f"{table.name} {line}"
            for table in metadata.sorted_tables
            for line in sorted(repr(tuple(row)) for row in connection.execute(select(table)))
        )


def open_copy(template: Path, data_dir: Path, clock: Clock | None = None, like: Phonics | None = None) -> Phonics:
    """A Phonics on a copy of the database `template` in `data_dir`, with a fixed clock and countable ids.

    `like`: one on the same rows, whose content in force need not be made once more, which takes a part of a second.
    """
    data_dir.mkdir(parents=True, exist_ok=True)
    path = copy(template, data_dir / "phonics.db")
    settings = Settings(data_dir, url_of(path), ROOT)
    phonics = Phonics(settings, open_store(settings.database_url), content(), clock or Clock(), Ids())
    if like is not None:
        phonics._in_force._kept = like._in_force._kept
    return phonics


def reopened(phonics: Phonics) -> Phonics:
    """The same site as another process has it: nothing of it in common but the database and the folder."""
    store = open_store(phonics.settings.database_url)
    return Phonics(phonics.settings, store, phonics.shipped, phonics.now, phonics.new_id)
