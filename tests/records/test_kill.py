"""Writers killed in the middle of it: a small run of `benchmarks/kill.py`, and that it would see a loss."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing

import pytest

from benchmarks.kill import BATCH, Killer

pytestmark = [pytest.mark.sqlite, pytest.mark.skipif(sys.platform == "win32", reason="forks")]


@pytest.fixture(scope="module")
def killer(tmp_path_factory):
    made = Killer(tmp_path_factory.mktemp("kill"))
    for _ in range(10):
        made.kill_once()
    return made


def test_nothing_acknowledged_is_lost_and_nothing_is_there_in_part(killer, tell):
    found = killer.figures
    with closing(sqlite3.connect(killer.path)) as connection:
        killer.check_file(connection)
    assert found.kills == 10
    assert found.events > 10 * BATCH
    assert found.whole, found
    tell(f"kill -9: {found.kills} kills, {found.events} events acknowledged, {found.missing} missing")


def test_a_loss_would_be_seen(killer, tmp_path):
    with closing(sqlite3.connect(killer.path)) as connection:
        connection.isolation_level = None
        query = "select attempt_key, max(seq) from event group by 1 having max(seq) > 1 limit 1"
        key, seq = connection.execute(query).fetchone()
        attempt = connection.execute("select id from attempt where key = ?", (key,)).fetchone()[0]
        connection.execute("begin")
        connection.execute("delete from event where attempt_key = ? and seq = ?", (key, seq))
        before, kills = killer.figures, killer.figures.kills
        killer.figures.kills = int(attempt[:8], 16) + 1
        missing, halves = before.missing, before.halves
        killer._compare(connection, {attempt: seq})
        connection.execute("rollback")
    killer.figures.kills = kills
    assert (killer.figures.missing, killer.figures.halves) != (missing, halves)
    assert killer.figures.missing == missing + 1
