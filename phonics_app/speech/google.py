"""One text spoken by Google Translate's voice, through gTTS. Goes to the network: never while a test runs.

gTTS sets no deadline of its own and does not check the server's certificate; so there is a deadline here, only words
and sentences of the item bank are sent, and what comes back counts only if it decodes as MP3.
"""

from __future__ import annotations

import io
import threading
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

import requests
from gtts import gTTS, gTTSError

ADDRESS = "https://translate.google.com"
_LANGUAGE = "en"
_TOO_MANY = 429


class SpeechServiceError(Exception):
    """The service gave no speech. `reason` is a code: "fetch.unreachable", ".timeout", ".too_many", ".refused" …"""

    def __init__(self, reason: str, status: int | None = None, retry_after: float | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.status = status
        self.retry_after = retry_after
        """Seconds that the service asks to be left alone."""


@dataclass(frozen=True, slots=True)
class Google:
    """`address`: another host in tests. `silence`: seconds without a byte; `deadline`: seconds for a whole answer."""

    address: str = ADDRESS
    silence: float = 8.0
    deadline: float = 20.0

    def speak(self, text: str) -> bytes:
        """MP3 of an English text. `SpeechServiceError` within `deadline`, whatever the service does."""
        answer: list[bytes | Exception] = []
        # A server that sends a byte now and then satisfies every socket timeout: only a thread can be given up on.
        thread = threading.Thread(target=_keep_outcome, args=(answer, lambda: self._ask(text)), daemon=True)
        thread.start()
        thread.join(self.deadline)
        if not answer:
            raise SpeechServiceError("fetch.timeout")
        if isinstance(answer[0], Exception):
            raise answer[0]
        return answer[0]

    def _ask(self, text: str) -> bytes:
        target = io.BytesIO()
        try:
            _Request(self.address, text, lang=_LANGUAGE, lang_check=False, timeout=self.silence).write_to_fp(target)
        except gTTSError as error:
            raise _told(error) from error
        if not target.getvalue():
            raise SpeechServiceError("fetch.no_audio")
        return target.getvalue()


class _Request(gTTS):  # type: ignore[misc]
    """gTTS, asking the host it is told to ask."""

    def __init__(self, address: str, text: str, **options: object) -> None:
        super().__init__(text, **options)
        self._address = urlsplit(address)

    def _prepare_requests(self) -> list[requests.PreparedRequest]:
        prepared: list[requests.PreparedRequest] = super()._prepare_requests()
        for request in prepared:
            path = urlsplit(str(request.url)).path
            request.url = urlunsplit((self._address.scheme, self._address.netloc, path, "", ""))
        return prepared


def _keep_outcome(answer: list[bytes | Exception], ask: Callable[[], bytes]) -> None:
    try:
        answer.append(ask())
    except Exception as error:
        answer.append(error if isinstance(error, SpeechServiceError) else SpeechServiceError("fetch.no_audio"))


def _told(error: gTTSError) -> SpeechServiceError:
    """What went wrong: gTTS keeps the answer in `rsp`, or the fault of the connection as its context."""
    answer: requests.Response | None = error.rsp
    if answer is None:
        late = isinstance(error.__context__, requests.exceptions.Timeout)
        return SpeechServiceError("fetch.timeout" if late else "fetch.unreachable")
    if answer.status_code == _TOO_MANY:
        return SpeechServiceError("fetch.too_many", _TOO_MANY, _seconds(answer.headers.get("Retry-After", "")))
    return SpeechServiceError("fetch.no_audio" if answer.ok else "fetch.refused", answer.status_code)


def _seconds(text: str) -> float | None:
    return float(text) if text.isascii() and text.isdecimal() else None
