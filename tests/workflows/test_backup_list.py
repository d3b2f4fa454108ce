"""Which backups there are, which of them can be used, and who may have them."""

from __future__ import annotations

import os
import shutil

import pytest

from phonics_app.domain.account import SYSTEM
from phonics_app.domain.errors import NotAllowed, PhonicsError
from phonics_app.records.settings import set_setting
from phonics_app.workflows.backups import (
    BackupKind,
    back_up,
    carry_away,
    find_backup,
    last_good_backup,
    list_backups,
    put_back,
    take_in,
)
from phonics_app.workflows.setup import SITE_SETTING, SiteState
from tests.sites import START
from tests.workflows.test_backups import PASSPHRASE, cut


def dated(made, seconds):
    """`made`, as if written so many seconds after the others."""
    moment = START.timestamp() + seconds
    os.utime(made, (moment, moment))
    return made


def test_the_list_tells_which_backups_can_be_used(phonics, clock):
    assert list_backups(phonics, SYSTEM) == ()
    assert last_good_backup(phonics, SYSTEM) is None
    good = dated(back_up(phonics, SYSTEM), 0)
    with phonics.store.write() as connection:
        set_setting(connection, SITE_SETTING, SiteState.DEMONSTRATION.value)
    clock.advance(seconds=1)
    simulated = dated(back_up(phonics, SYSTEM, passphrase=PASSPHRASE), 1)
    clock.advance(seconds=1)
    changed = back_up(phonics, SYSTEM)
    with changed.open("ab") as file:
        file.write(b"x")
    dated(changed, 2)
    rubbish = changed.with_name("rubbish.p9backup")
    rubbish.write_bytes(b"no backup")
    dated(rubbish, 3)
    found = list_backups(phonics, SYSTEM)
    assert [(b.path, b.verified) for b in found] == [
        (rubbish, False),
        (changed, False),
        (simulated, True),
        (good, True),
    ]
    assert [(b.simulated, b.encrypted) for b in found[2:]] == [(True, True), (False, False)]
    assert found[3].size == good.stat().st_size
    assert found[3].made_at == START
    assert [b.kind for b in found] == [BackupKind.OTHER, BackupKind.ASKED, BackupKind.ASKED, BackupKind.ASKED]
    assert last_good_backup(phonics, SYSTEM) == found[2]
    assert list_backups(phonics, SYSTEM, limit=1) == found[:1]
    assert carry_away(phonics, SYSTEM, good.name) == good


@pytest.mark.parametrize("name", ["../phonics.db", "phonics.db", "", "/etc/passwd", "backups/../phonics.db"])
def test_only_a_name_of_the_list_is_a_backup(phonics, name):
    back_up(phonics, SYSTEM)
    with pytest.raises(PhonicsError, match=r"backup\.missing"):
        find_backup(phonics, SYSTEM, name)


def test_one_is_taken_in_when_it_is_whole(phonics, people, tmp_path):
    arrived = back_up(phonics, SYSTEM, tmp_path / "arrived.p9backup")
    copied = shutil.copy(arrived, tmp_path / "second.p9backup")
    made = take_in(phonics, people.administrator, arrived)
    assert find_backup(phonics, SYSTEM, made.name).kind is BackupKind.UPLOADED
    cut(tmp_path / "second.p9backup")
    with pytest.raises(PhonicsError, match=r"backup\.changed"):
        take_in(phonics, people.administrator, tmp_path / "second.p9backup")
    assert len(list_backups(phonics, SYSTEM)) == 1
    assert copied


@pytest.mark.parametrize("who", ["teacher", "director", "trainer", "municipal_director", "auditor"])
def test_backups_are_for_administrators(phonics, people, who):
    made = back_up(phonics, SYSTEM)
    for refused in (
        lambda actor: back_up(phonics, actor),
        lambda actor: list_backups(phonics, actor),
        lambda actor: carry_away(phonics, actor, made.name),
        lambda actor: put_back(phonics, actor, made.name),
    ):
        with pytest.raises(NotAllowed):
            refused(getattr(people, who))
