"""Many writers at one SQLite file: each in his turn, and one flush of the disk for all who wait for it.

Left to itself SQLite lets writers knock again and again, the unlucky ones until they give up; and each commit waits for
the disk alone while all others wait for it. With a class of pupils at work that is most of the time.
"""

from __future__ import annotations

import os
from collections import deque
from contextlib import suppress
from pathlib import Path
from threading import Condition, Lock


class Turns:
    """A lock that is given in the order in which it was asked for."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._waiting: deque[Lock] = deque()
        self._taken = False

    def take(self, patience: float) -> bool:
        """Waits for the turn; False where it has not come after `patience` seconds."""
        with self._lock:
            if not self._taken:
                self._taken = True
                return True
            called = Lock()
            called.acquire()
            self._waiting.append(called)
        if called.acquire(timeout=patience):
            return True
        with self._lock:
            if called not in self._waiting:
                return True  # called in the very moment of giving up
            self._waiting.remove(called)
            return False

    def pass_on(self) -> None:
        """To whoever has waited longest."""
        with self._lock:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._taken = False


class Flush:
    """Brings what has been committed to the disk, once for all who ask while it is under way."""

    def __init__(self, log: Path) -> None:
        self._log = log
        self._changed = Condition()
        self._asked = self._done = 0
        self._going = False

    def wait(self) -> None:
        """Returns when everything committed before is on the disk. `OSError` where that failed."""
        with self._changed:
            self._asked += 1
            mine = self._asked
            while self._done < mine:
                if self._going:
                    self._changed.wait()
                else:
                    self._flush()

    def _flush(self) -> None:
        """For all who have asked so far; whoever asks meanwhile waits for the next one."""
        self._going, upto = True, self._asked
        self._changed.release()
        flushed = False
        try:
            _to_disk(self._log)
            flushed = True
        finally:
            self._changed.acquire()
            self._going = False
            if flushed:
                self._done = max(self._done, upto)
            self._changed.notify_all()


def _to_disk(log: Path) -> None:
    # No log: the last connection has closed, and in doing so has written everything into the database itself.
    with suppress(FileNotFoundError):
        number = os.open(log, os.O_RDWR | getattr(os, "O_BINARY", 0))
        try:
            os.fsync(number)
        finally:
            os.close(number)
