"""One text spoken by Google Translate's voice. Goes to the network: never while a test runs.

gTTS sets no deadline of its own and does not check the server's certificate; so there is a deadline here, only words
and sentences of the item bank are sent, and what comes back counts only if it decodes as MP3.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass

ADDRESS = "https://translate.google.com"


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
        thread = threading.Thread(target=self._keep_outcome, args=(text, answer), daemon=True)
        thread.start()
        thread.join(self.deadline)
        if not answer:
            raise SpeechServiceError("fetch.timeout")
        if isinstance(answer[0], Exception):
            raise answer[0]
        return answer[0]

    def _keep_outcome(self, text: str, answer: list[bytes | Exception]) -> None:
        # gTTS and its libraries are of no use to any other part of the product: not loaded before they are needed.
        from phonics_app.speech.gtts_request import ask

        try:
            answer.append(ask(self.address, text, self.silence))
        except SpeechServiceError as error:
            answer.append(error)
        except Exception:  # an answer of a form that gTTS does not expect
            answer.append(SpeechServiceError("fetch.no_audio"))
