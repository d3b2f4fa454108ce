"""Backups carried away and in, in pieces: however large one is, memory is not."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import Route

from phonics_app.domain.errors import PhonicsError
from phonics_app.locales.messages import render
from phonics_app.web.errors import TooLarge, status_of
from phonics_app.web.gate import actor_in, phonics_in
from phonics_app.web.language import language_of
from phonics_app.web.player_pages import shown_errors
from phonics_app.web.view import page_of
from phonics_app.workflows import backups
from phonics_app.workflows.permissions import Action, require

UPLOAD_LIMIT = 8_000_000_000
"""Bytes."""
_FIELD = b'name="backup"'


@shown_errors
def carry_away(request: Request) -> Response:
    """The file of that name, for whoever may manage the site."""
    path = backups.carry_away(phonics_in(request), actor_in(request), request.path_params["name"])
    headers = {"Cache-Control": "no-store"}
    return FileResponse(path, media_type="application/octet-stream", filename=path.name, headers=headers)


@shown_errors
def form(request: Request) -> Response:
    """The page with one field, for a file."""
    require(actor_in(request), Action.MANAGE_SITE)
    return page_of(request, "backup_upload.html", reason="")


async def carry_in(request: Request) -> Response:
    """Takes a backup into the folder of backups once it was found to be one, and whole."""
    try:
        # Asked before a byte is read.
        require(actor_in(request), Action.MANAGE_SITE)
        phonics = await run_in_threadpool(phonics_in, request)
        with backups.incoming(phonics.settings) as arriving:
            await _receive(request, arriving)
            made = await run_in_threadpool(backups.take_in, phonics, actor_in(request), arriving)
    except PhonicsError as error:
        reason = render(error, language_of(request))
        return page_of(request, "backup_upload.html", status_of(error), reason=reason)
    return RedirectResponse(f"/maintenance?backup={made.name}", 303)


class _Part:
    """Writes the content of the file's field; everything else of the form is passed over."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self._headers, self._wanted = file, b"", False

    def begin(self) -> None:
        self._headers, self._wanted = b"", False

    def header(self, data: bytes, start: int, end: int) -> None:
        self._headers += data[start:end]

    def body(self) -> None:
        self._wanted = _FIELD in self._headers

    def data(self, data: bytes, start: int, end: int) -> None:
        if self._wanted:
            self._file.write(data[start:end])


async def _receive(request: Request, target: Path) -> None:
    _kind, options = parse_options_header(request.headers.get("content-type", ""))
    foreign = PhonicsError("backup.foreign", {"path": ""})
    boundary = options.get(b"boundary")
    if not boundary:
        raise foreign
    size = 0
    with target.open("wb") as file:
        part = _Part(file)
        try:
            parser = MultipartParser(
                boundary,
                {
                    "on_part_begin": part.begin,
                    "on_header_value": part.header,
                    "on_headers_finished": part.body,
                    "on_part_data": part.data,
                },
            )
            async for chunk in request.stream():
                size += len(chunk)
                if size > UPLOAD_LIMIT:
                    raise TooLarge("backup.too_large", {"limit": UPLOAD_LIMIT // 1_000_000})
                await run_in_threadpool(parser.write, chunk)
        except FormParserError:
            raise foreign from None
        except OSError as error:
            raise PhonicsError("backup.failed", {"path": target.name, "reason": error.strerror or ""}) from error


ROUTES = (
    Route("/files/backups", form, methods=["GET"]),
    Route("/files/backups", carry_in, methods=["POST"]),
    Route("/files/backups/{name}", carry_away, methods=["GET"]),
)
