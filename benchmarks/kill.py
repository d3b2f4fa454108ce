"""Writers killed at random points, again and again: is every acknowledged event there, and no half record?

    python benchmarks/kill.py --kills 1000

Each time some processes open the same SQLite file, each with several threads, and give tests through the workflow in
which the player's requests end (`start_attempt`, `append_events`); what it has acknowledged is noted outside of them.
After a random moment all get SIGKILL. Then the database is opened anew, as the next start does it, and looked at.
What SIGKILL can't show is a power cut: then the system's own memory is lost as well (see `records/turns.py`).

Ends with 1 if an acknowledged event is missing, a batch or a result is there in part, or the file is not whole.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sqlite3
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from phonics_app.domain.account import SYSTEM
from phonics_app.domain.event import Event
from phonics_app.records import open_store
from phonics_app.workflows import assess
from phonics_app.workflows.context import Phonics, Settings, utc_now
from tests import sites
from tests.browser.school import P1_PUPIL, make_school
from tests.pages.busy import diary_of

BATCH = 4
"""Events of one request."""
LONGEST = 0.25
"""Seconds from the first acknowledgement to the kill, at most."""
_FULL_CHECK_EACH = 50


@dataclass
class Figures:
    """What came out, and what is wrong."""

    kills: int = 0
    tests: int = 0
    events: int = 0
    """Acknowledged."""
    beyond: int = 0
    """Stored, but killed before the acknowledgement got out: no loss."""
    missing: int = 0
    halves: int = 0
    damaged: int = 0
    slowest_opening: float = 0.0

    @property
    def whole(self) -> bool:
        return not (self.missing or self.halves or self.damaged)


@dataclass
class Killer:
    """One database, and everything acknowledged of it so far."""

    folder: Path
    writers: int = 3
    threads: int = 2
    seed: int = 1
    figures: Figures = field(default_factory=Figures)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        template = make_school(self.folder / "template")
        phonics = sites.open_copy(template, self.folder / "data", utc_now)  # type: ignore[arg-type]
        self.settings = phonics.settings
        # Made once, before the writers are forked: else each would make the plan and its events again.
        sitting = assess.start_attempt(phonics, SYSTEM, "f" * 32, P1_PUPIL.id)
        self.events = diary_of(sitting, 3)
        phonics.store.close()
        self.path = phonics.settings.data_dir / "phonics.db"

    def kill_once(self) -> None:
        """A round: write, kill, open, look."""
        reading, writing = os.pipe()
        children = [self._fork(writer, reading, writing) for writer in range(self.writers)]
        os.close(writing)
        noted = b""
        with os.fdopen(reading, "rb", buffering=0) as acknowledged:
            noted += acknowledged.read(1 << 16)  # they have begun
            time.sleep(self.chance.uniform(0.0, LONGEST))
            for child in children:
                os.kill(child, signal.SIGKILL)
            for child in children:
                os.waitpid(child, 0)
            while more := acknowledged.read(1 << 16):
                noted += more
        self.figures.kills += 1
        self._look(noted.decode().splitlines())

    def _fork(self, writer: int, reading: int, writing: int) -> int:
        child = os.fork()
        if child:
            return child
        try:
            os.close(reading)
            _write_for_ever(self.settings, f"{self.figures.kills:08x}{writer:04x}", self.threads, self.events, writing)
        finally:
            os._exit(1)

    def _look(self, lines: list[str]) -> None:
        wanted: dict[str, int] = {}
        for line in lines:
            attempt, seq = line.split()
            wanted[attempt] = max(wanted.get(attempt, 0), int(seq))
        began = time.perf_counter()
        open_store(self.settings.database_url).close()
        self.figures.slowest_opening = max(self.figures.slowest_opening, time.perf_counter() - began)
        with closing(sqlite3.connect(self.path)) as connection:
            self._compare(connection, wanted)
            if self.figures.kills % _FULL_CHECK_EACH == 0:
                self.check_file(connection)

    def _compare(self, connection: sqlite3.Connection, wanted: dict[str, int]) -> None:
        stored = dict(_stored(connection, f"{self.figures.kills - 1:08x}"))
        for attempt, seq in wanted.items():
            count, highest, result = stored.get(attempt, (0, -1, False))
            self.figures.missing += max(seq - highest, 0)
            self.figures.tests, self.figures.events = self.figures.tests + 1, self.figures.events + seq
            self.figures.beyond += max(highest - seq, 0)
        for count, highest, result in stored.values():
            ended = highest == len(self.events)
            self.figures.halves += count != highest or (highest % BATCH != 0 and not ended) or result != ended

    def check_file(self, connection: sqlite3.Connection) -> None:
        """SQLite's own check of the whole file, and of all references."""
        whole = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        broken = connection.execute("PRAGMA foreign_key_check").fetchone()
        self.figures.damaged += not whole or broken is not None


def _stored(connection: sqlite3.Connection, begin: str) -> Iterator[tuple[str, tuple[int, int, bool]]]:
    query = """SELECT a.id, count(e.seq), coalesce(max(e.seq), 0), r.attempt_key IS NOT NULL
        FROM attempt a LEFT JOIN event e ON e.attempt_key = a.key LEFT JOIN result r ON r.attempt_key = a.key
        WHERE a.id >= ? AND a.id < ? GROUP BY a.key"""
    for attempt, count, highest, result in connection.execute(query, (begin, begin + "g")):
        yield attempt, (count, highest, bool(result))


def _write_for_ever(settings: Settings, begin: str, threads: int, events: list[Event], told: int) -> None:
    phonics = Phonics(settings, open_store(settings.database_url), sites.content())
    for number in range(threads):
        threading.Thread(target=_give_tests, args=(phonics, f"{begin}{number:04x}", events, told)).start()
    time.sleep(60)


def _give_tests(phonics: Phonics, begin: str, events: list[Event], told: int) -> None:
    for test in range(1 << 16):
        attempt = f"{begin}{test:016x}"
        assess.start_attempt(phonics, SYSTEM, attempt, P1_PUPIL.id)
        os.write(told, f"{attempt} 0\n".encode())
        for place in range(0, len(events), BATCH):
            stored = assess.append_events(phonics, SYSTEM, attempt, events[place : place + BATCH])
            os.write(told, f"{attempt} {stored}\n".encode())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--writers", type=int, default=3, help="processes")
    parser.add_argument("--threads", type=int, default=2, help="of each process")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        killer = Killer(Path(folder), asked.writers, asked.threads, asked.seed)
        for number in range(1, asked.kills + 1):
            killer.kill_once()
            if number % 100 == 0:
                print(f"{number} kills, {killer.figures.events} events acknowledged", flush=True)
        with closing(sqlite3.connect(killer.path)) as connection:
            killer.check_file(connection)
        size = killer.path.stat().st_size / 1e6
    found = killer.figures
    print(f"{found.kills} kills of {asked.writers} processes with {asked.threads} threads each, database {size:.0f} MB")
    print(f"{found.events} events of {found.tests} tests acknowledged: {found.missing} missing")
    print(f"half records: {found.halves}; damaged files: {found.damaged}")
    print(f"stored before their acknowledgement got out: {found.beyond}")
    print(f"slowest opening after a kill: {found.slowest_opening:.2f} s")
    load = os.getloadavg()[0]
    print(f"{time.perf_counter() - began:.0f} s, {os.cpu_count()} cores, load {load:.1f}")
    return 0 if found.whole else 1


if __name__ == "__main__":
    sys.exit(main())
