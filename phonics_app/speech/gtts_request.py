"""gTTS, asking the host it is told to ask, and its faults as ours."""

from __future__ import annotations

import io
from urllib.parse import urlsplit, urlunsplit

import requests
from gtts import gTTS, gTTSError

from phonics_app.speech.google import SpeechServiceError

_LANGUAGE = "en"
_TOO_MANY = 429


class _Request(gTTS):  # type: ignore[misc]
    def __init__(self, address: str, text: str, **options: object) -> None:
        super().__init__(text, **options)
        self._address = urlsplit(address)

    def _prepare_requests(self) -> list[requests.PreparedRequest]:
        prepared: list[requests.PreparedRequest] = super()._prepare_requests()
        for request in prepared:
            path = urlsplit(str(request.url)).path
            request.url = urlunsplit((self._address.scheme, self._address.netloc, path, "", ""))
        return prepared


def ask(address: str, text: str, silence: float) -> bytes:
    """MP3 of `text`; a host that says nothing for `silence` seconds is given up. Raises `SpeechServiceError`."""
    target = io.BytesIO()
    try:
        _Request(address, text, lang=_LANGUAGE, lang_check=False, timeout=silence).write_to_fp(target)
    except gTTSError as error:
        raise _told(error) from error
    if not target.getvalue():
        raise SpeechServiceError("fetch.no_audio")
    return target.getvalue()


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
