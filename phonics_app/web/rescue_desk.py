"""What this process knows of a database that can't be opened: who has shown the code, which backups hold.

Trying backups out and putting one back go on in the background: they take long where there are many pupils.
"""

from __future__ import annotations

import hashlib
import logging
import secrets
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from phonics_app.domain.errors import PhonicsError
from phonics_app.workflows import rescue
from phonics_app.workflows.context import Phonics, Settings
from phonics_app.workflows.rescue import Backup, Finding, Step, Trial

_log = logging.getLogger(__name__)
_SHARES = {Step.CHECKING: 0.1, Step.KEEPING: 0.6, Step.REPLACING: 0.8}


@dataclass(slots=True)
class Rescue:
    """One backup being put back. `kept`: where the state of before is, once it is `done`."""

    name: str
    step: Step = Step.CHECKING
    done: bool = False
    made_at: datetime | None = None
    """When the backup was made."""
    kept: Path | None = None
    error: PhonicsError | None = None

    @property
    def running(self) -> bool:
        return not self.done and self.error is None

    @property
    def share(self) -> float:
        return _SHARES[self.step] if self.running else 1.0


@dataclass(slots=True)
class Look:
    """What was found. `trials`: of each backup by its name, what it holds or why it can't be used."""

    findings: tuple[Finding, ...]
    backups: tuple[Backup, ...]
    trials: dict[str, Trial | PhonicsError] = field(default_factory=dict)
    ended: bool = False


class RescueDesk:
    """One for each app. Its cookies are worth something until it ends, or until the site is in order again."""

    def __init__(self, phonics_of: Callable[[], Phonics], settings_of: Callable[[], Settings]) -> None:
        self._phonics_of, self.settings_of = phonics_of, settings_of
        self._lock = threading.Lock()
        self._seen: PhonicsError | None = None
        self._known: set[str] = set()
        self.look: Look | None = None
        self.run: Rescue | None = None

    def saw(self, error: PhonicsError) -> bool:
        """Takes note of why a page could not be shown; whether this desk can help."""
        if not rescue.is_rescuable(self.settings_of(), error):
            return False
        self._seen = error
        with suppress(PhonicsError):  # nothing can be written: the page says so
            rescue.rescue_code(self.settings_of())
        return True

    def trouble(self) -> PhonicsError | None:
        """Why the site can't be opened; None where it can, or where a backup would be of no help."""
        try:
            self._phonics_of()
        except PhonicsError as error:
            return error if self.saw(error) else None
        return self._seen

    def enter(self, typed: str) -> str | None:
        """What lets a browser stay, for the right code, which is then used up."""
        settings = self.settings_of()
        with self._lock:
            if not rescue.is_rescue_code(settings, typed):
                return None
            rescue.withdraw_rescue_code(settings)
            rescue.rescue_code(settings)  # a new one, should this browser be closed
            token = secrets.token_urlsafe(32)
            self._known.add(_hash(token))
            return token

    def knows(self, token: str | None) -> bool:
        return bool(token) and _hash(str(token)) in self._known

    def looked(self, anew: bool = False) -> Look:
        """What was found; the first look begins to try the backups out, one by one."""
        with self._lock:
            if self.look is None or (anew and self.look.ended):
                settings = self.settings_of()
                self.look = Look(rescue.rescue_findings(settings), rescue.rescue_backups(settings))
                threading.Thread(target=self._try_all, args=(self.look,), name="rescue", daemon=True).start()
            return self.look

    def _try_all(self, look: Look) -> None:
        for backup in look.backups:
            if self.run is not None and self.run.running:
                break
            tried = self._tried(backup)
            if not (isinstance(tried, PhonicsError) and tried.code == "backup.passphrase_needed"):
                look.trials[backup.path.name] = tried
        look.ended = True

    def _tried(self, backup: Backup) -> Trial | PhonicsError:
        try:
            return rescue.rescue_trial(self.settings_of(), backup.path.name)
        except PhonicsError as error:
            return error
        except Exception as error:
            _log.exception("backup tried out")
            return PhonicsError("backup.failed", {"path": str(backup.path), "reason": str(error)})

    def start(self, name: str, passphrase: str) -> Rescue:
        """Puts that backup back; the one that is under way already, if there is one."""
        with self._lock:
            if self.run is None or not self.run.running:
                self.run = Rescue(name)
                arguments = (self.run, passphrase)
                threading.Thread(target=self._put_back, args=arguments, name="rescue", daemon=True).start()
            return self.run

    def _put_back(self, run: Rescue, passphrase: str) -> None:
        def told(step: Step) -> None:
            run.step = step

        try:
            run.made_at = rescue.rescue_backup(self.settings_of(), run.name).made_at
            run.kept = rescue.rescue(self.settings_of(), run.name, passphrase, told)
            self._seen, self.look = None, None
            # What was open may be of a file that had to be taken away. From here on the app goes on.
            self._phonics_of().store.close()
            rescue.withdraw_rescue_code(self.settings_of())
            run.done = True
        except PhonicsError as error:
            run.error = error
        except Exception as error:
            # The thread has nobody to raise to: the log gets the traceback, the waiting page a sentence.
            _log.exception("backup put back")
            run.error = PhonicsError("backup.failed", {"path": run.name, "reason": str(error)})


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
