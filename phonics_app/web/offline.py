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
def worker_of(scope: str) -> str:
    """The script: what to keep, named by its content, and how."""
    files = dict(_files(scope))
    script = (_HERE / "offline" / "worker.js").read_text("utf-8")
    digest = sha256(script.encode())
    for address, file in files.items():
        digest.update(address.encode() + file.read_bytes())
    kept = {"scope": scope, "version": digest.hexdigest()[:16], "files": [*files, *_FONTS]}
    return f"const KEPT = {json.dumps(kept)};\n{script}"


def _worker(scope: str) -> Route:
    def endpoint(request: Request) -> Response:
        return Response(worker_of(scope), media_type="text/javascript", headers={"Cache-Control": "no-cache"})

    return Route(f"{scope}worker.js", endpoint)


ROUTES = tuple(map(_worker, _NEEDED))
