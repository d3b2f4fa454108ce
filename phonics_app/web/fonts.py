"""The product's fonts, from installed packages: nothing comes from another site."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import fontpkg
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

_FAMILIES = ("Sarabun", "ABeeZee", "Noto Sans")
_FOREVER = "public, max-age=31536000, immutable"


@cache
def font_files() -> dict[str, Path]:
    """File name → path of every font file that may be served."""
    folders = [Path(fontpkg.path(family)).parent for family in _FAMILIES]
    return {file.name: file for folder in folders for file in sorted(folder.glob("*.ttf"))}


def font(request: Request) -> Response:
    """One font file; only names that a font package has, so no path can lead elsewhere."""
    file = font_files().get(request.path_params["name"])
    if file is None:
        return Response(status_code=404)
    return FileResponse(file, media_type="font/ttf", headers={"Cache-Control": _FOREVER})


# Half as large compressed: forty tablets may load them at once over one Wi-Fi.
ROUTES = (Route("/files/fonts/{name}", font, middleware=[Middleware(GZipMiddleware, compresslevel=5)]),)
