"""The workers that keep the player's files in the browser, so that a test can be loaded again without a network.

Browsers run them only on safe addresses (https, or the very computer that serves). One for each kind of page, since a
worker sees what lies below its own address: /play/ and /self/.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

_HERE = Path(__file__).parent
_FOLDERS = {"/play/static": "player", "/self/static": "self_run", "/auth/static": "style"}
_NEEDED = {"/play/": ("/play/static", "/auth/static"), "/self/": ("/self/static", "/play/static", "/auth/static")}
_FONTS = ("/files/fonts/ABeeZee-Regular.ttf",)
"""The letters under test; the others stay in the browser's own cache, and have substitutes."""
_KINDS = (".js", ".css", ".svg")


def _files(scope: str) -> Iterator[tuple[str, Path]]:
    """Address and file of everything that pages below `scope` are made of."""
    for address in _NEEDED[scope]:
        folder = _HERE / _FOLDERS[address]
        for file in sorted(folder.rglob("*")):
            if file.suffix in _KINDS:
                yield f"{address}/{file.relative_to(folder).as_posix()}", file


@cache
def version_of(scope: str) -> str:
    """Names the files of pages below `scope`, and the worker, by their content."""
    digest = sha256(_script().encode())
    for address, file in _files(scope):
        digest.update(address.encode() + file.read_bytes())
    return digest.hexdigest()[:16]


@cache
def worker_of(scope: str) -> str:
    """The script: what to keep, of which version, and how."""
    files = [address for address, _ in _files(scope)]
    kept = {"scope": scope, "version": version_of(scope), "files": [*files, *_FONTS]}
    return f"const KEPT = {json.dumps(kept)};\n{_script()}"


def _script() -> str:
    return (_HERE / "offline" / "worker.js").read_text("utf-8")


def with_version(page: Response, scope: str) -> Response:
    """`page`, which now says to the worker of which version it is."""
    page.headers["Phonics-Version"] = version_of(scope)
    return page


def _worker(scope: str) -> Route:
    def endpoint(request: Request) -> Response:
        return Response(worker_of(scope), media_type="text/javascript", headers={"Cache-Control": "no-cache"})

    return Route(f"{scope}worker.js", endpoint)


ROUTES = tuple(map(_worker, _NEEDED))
