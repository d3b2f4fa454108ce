"""Making the demonstration data in the background, with its progress for the page that waits."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass

from phonics_app.domain.errors import PhonicsError
from phonics_app.workflows.context import Phonics
from phonics_app.workflows.demonstration import set_up_demonstration

_log = logging.getLogger(__name__)
FAILED = PhonicsError("setup.demonstration_failed")


@dataclass(slots=True)
class DemonstrationRun:
    """One run. `share` is 0–1; when `error` is set the run has ended without success."""

    share: float = 0.0
    done: bool = False
    error: PhonicsError | None = None

    @property
    def running(self) -> bool:
        return not self.done and self.error is None


Make = Callable[[Phonics, Callable[[float], None]], None]
"""Fills an empty site, and is told where to report the share done."""


class DemonstrationMaker:
    """At most one run at a time."""

    def __init__(self, make: Make = set_up_demonstration) -> None:
        self._make = make
        self._lock = threading.Lock()
        self._run: DemonstrationRun | None = None

    def start(self, phonics: Phonics) -> DemonstrationRun:
        """Starts a run, or returns the one that is under way."""
        with self._lock:
            if self._run is None or not self._run.running:
                self._run = DemonstrationRun()
                threading.Thread(
                    target=_run, args=(self._make, phonics, self._run), name="demonstration", daemon=True
                ).start()
            return self._run

    def current(self) -> DemonstrationRun | None:
        """The last run, if there was any in this process."""
        return self._run


def _run(make: Make, phonics: Phonics, run: DemonstrationRun) -> None:
    def progress(share: float) -> None:
        run.share = share

    try:
        make(phonics, progress)
        run.done = True
    except PhonicsError as error:
        run.error = error
    except Exception:
        # The thread has nobody to raise to: the log gets the traceback, the waiting page a sentence.
        _log.exception("demonstration data")
        run.error = FAILED
