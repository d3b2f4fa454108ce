"""Audio: the sounds as files that a browser may keep, and the routes of the recording studio."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from phonics_app.domain.account import Actor
from phonics_app.domain.codec import decode
from phonics_app.domain.errors import PhonicsError, Place, Problem, ProblemsFound
from phonics_app.domain.sound import Audio, AudioSource, Licence, Recording, Sound
from phonics_app.web.api import json_endpoint
from phonics_app.web.errors import error_body, status_of
from phonics_app.web.gate import actor_in, phonics_in
from phonics_app.web.language import language_of
from phonics_app.workflows import speech, takes
from phonics_app.workflows.speech import SoundState

BODY_LIMIT = 8 * 1024 * 1024
"""Bytes. Thirty seconds at 48 kHz are 2.9 MB, and a third more as base64."""
_MEDIA_TYPE = "audio/mpeg"
_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")
# With the content's own number in the address it can never change; without, the browser asks whether it has.
_FOR_EVER = "private, max-age=31536000, immutable"
_ASK_AGAIN = "private, no-cache"


@dataclass(frozen=True, slots=True)
class TakeRequest:
    """Body of `POST /api/v1/recordings`; `wav` is base64."""

    id: str
    sound: Sound
    wav: str
    recorded_at: datetime
    speaker: str
    licence: Licence
    consent: bool


def play(request: Request) -> Response:
    """What is played for a sound. 404 with what the teacher says instead where there is nothing."""
    key = request.path_params["key"]
    return served(request, lambda: speech.find_audio(phonics_in(request), actor_in(request), key))


def play_take(request: Request) -> Response:
    """One recording, kept or not, to be listened to in the studio."""
    recording = request.path_params["recording_id"]
    return served(request, lambda: takes.take_audio(phonics_in(request), actor_in(request), recording))


def served(request: Request, find: Callable[[], Audio]) -> Response:
    """The audio that `find` finds, or its refusal."""
    try:
        audio = find()
    except PhonicsError as error:
        return JSONResponse(error_body(error, language_of(request)), status_of(error))
    headers = _headers(audio, request.query_params.get("v", ""))
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    return _part(request, audio.content, headers)


def _headers(audio: Audio, wanted: str) -> dict[str, str]:
    return {
        "ETag": f'"{audio.digest}"',
        "Cache-Control": _FOR_EVER if wanted == audio.digest else _ASK_AGAIN,
        "Accept-Ranges": "bytes",
        "X-Phonics-Source": audio.source.value,
    }


def _part(request: Request, content: bytes, headers: dict[str, str]) -> Response:
    """The whole, or the one range that was asked for: Safari plays nothing without."""
    asked = _RANGE.fullmatch(request.headers.get("range", ""))
    if asked is None or asked.group(0) == "bytes=-":
        return Response(content, media_type=_MEDIA_TYPE, headers=headers)
    first, last = _bounds(asked.group(1), asked.group(2), len(content))
    if first > last:
        return Response(status_code=416, headers={**headers, "Content-Range": f"bytes */{len(content)}"})
    headers["Content-Range"] = f"bytes {first}-{last}/{len(content)}"
    return Response(content[first : last + 1], 206, media_type=_MEDIA_TYPE, headers=headers)


def _bounds(first: str, last: str, size: int) -> tuple[int, int]:
    if not first:
        return max(0, size - int(last)), size - 1
    return int(first), min(int(last) if last else size - 1, size - 1)


def sounds(request: Request, data: object) -> object:
    """The sounds of a set, with what is there of each and what helps to say it."""
    phonics, actor = phonics_in(request), actor_in(request)
    states = takes.to_record(phonics, actor, request.query_params.get("set", takes.PHONEMES))
    return {"sounds": [_described(state, actor) for state in states]}


def _described(state: SoundState, actor: Actor) -> dict[str, object]:
    return {
        "key": state.needed.sound.key,
        "needed": state.needed,
        "kept": _spoken(state.recording, actor),
        "take": _told(state.take, actor) if state.take else None,
    }


def _spoken(recording: Recording | None, actor: Actor) -> dict[str, object] | None:
    """None as well for what was fetched: in the studio only a person's voice counts."""
    return _told(recording, actor) if recording and recording.source is AudioSource.PERSON else None


def _told(recording: Recording, actor: Actor) -> dict[str, object]:
    return {
        "id": recording.id,
        "seconds": recording.seconds,
        "faults": recording.faults,
        "speaker": recording.speaker,
        "kept": recording.kept_at is not None,
        "deletable": takes.may_delete(actor, recording),
    }


def add_take(request: Request, data: object) -> object:
    """Stores a take, once however often it is sent."""
    sent = decode(TakeRequest, data)
    take = takes.NewTake(
        sent.id, sent.sound, _decoded(sent.wav), sent.recorded_at, sent.speaker, sent.licence, sent.consent
    )
    actor = actor_in(request)
    return _told(takes.add_take(phonics_in(request), actor, take), actor)


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except ValueError as error:  # "binascii.Error" is one; another tells of letters that are not ASCII
        raise ProblemsFound([Problem("audio.not_wav", Place(column="wav"))]) from error


def keep_take(request: Request, data: object) -> object:
    """From now on this take is played for its sound."""
    actor = actor_in(request)
    return _told(takes.keep_take(phonics_in(request), actor, request.path_params["recording_id"]), actor)


def delete_take(request: Request, data: object) -> object:
    """Deletes a recording; tells what is played for its sound from now on."""
    actor = actor_in(request)
    return {"kept": _spoken(takes.delete_take(phonics_in(request), actor, request.path_params["recording_id"]), actor)}


ROUTES = (
    Route("/files/audio/takes/{recording_id}", play_take),
    Route("/files/audio/{key}", play),
    Route("/api/v1/recordings", json_endpoint(sounds)),
    Route("/api/v1/recordings", json_endpoint(add_take, 201, BODY_LIMIT), methods=["POST"]),
    Route("/api/v1/recordings/{recording_id}/keep", json_endpoint(keep_take), methods=["POST"]),
    Route("/api/v1/recordings/{recording_id}/delete", json_endpoint(delete_take), methods=["POST"]),
)
