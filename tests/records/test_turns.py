"""Writers of one process: each in his turn, and one flush of the disk for all who wait for it."""

from __future__ import annotations

import os
import threading
import time

import pytest
from sqlalchemy import func, insert, select

from phonics_app.domain.errors import PhonicsError
from phonics_app.records import open_store
from phonics_app.records import turns as turns_module
from phonics_app.records.schema import setting
from phonics_app.records.turns import Turns
from tests.databases import url_of

pytestmark = pytest.mark.sqlite


@pytest.fixture
def store(tmp_path):
    store = open_store(url_of(tmp_path / "phonics.db"))
    yield store
    store.close()


def write(store, name):
    with store.write() as connection:
        connection.execute(insert(setting).values(name=name, value=1))


def started(target, *arguments):
    thread = threading.Thread(target=target, args=arguments)
    thread.start()
    return thread


def test_writers_come_in_the_order_in_which_they_asked(store):
    came, threads = [], []

    def one(number):
        with store.write():
            came.append(number)

    with store.write():
        for number in range(12):
            threads.append(started(one, number))
            while len(store.turns._waiting) <= number:
                time.sleep(0.001)
    for thread in threads:
        thread.join()
    assert came == list(range(12))


def test_a_turn_is_not_lost_with_whoever_gave_up():
    turns = Turns()
    assert turns.take(1)
    assert not turns.take(0.01)
    turns.pass_on()
    assert turns.take(0.01)


def test_one_flush_serves_all_who_wait_for_it(store, monkeypatch):
    going, go_on, flushes = threading.Event(), threading.Event(), []
    really = os.fsync

    def slow(number):
        flushes.append(number)
        going.set()
        go_on.wait(30)
        really(number)

    monkeypatch.setattr(turns_module.os, "fsync", slow)
    threads = [started(write, store, "first")]
    assert going.wait(30)
    threads += [started(write, store, f"n{n}") for n in range(8)]
    while store.flush._asked < 9:
        time.sleep(0.001)
    # The disk has not answered the first one yet: nobody who has written goes on.
    assert all(thread.is_alive() for thread in threads)
    go_on.set()
    for thread in threads:
        thread.join()
    assert len(flushes) == 2
    with store.read() as connection:
        assert connection.scalar(select(func.count()).select_from(setting)) == 9


def test_what_the_disk_refused_is_not_acknowledged(store, monkeypatch):
    def broken(number):
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(turns_module.os, "fsync", broken)
        with pytest.raises(PhonicsError, match=r"database\.unwritable"):
            write(store, "n")
    write(store, "m")
