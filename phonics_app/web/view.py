"""Server-rendered pages: Jinja2 templates with the session's language."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from phonics_app.locales import translator
from phonics_app.web.language import LANGUAGE_NAMES, language_of, other_language

_environment = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def page(template: str, language: str, status: int = 200, **values: object) -> Response:
    """`template` in `language`; templates translate by `_` and never hold Thai themselves."""
    common: dict[str, object] = {"_": translator(language), "language": language, "here": "/"}
    html = _environment.get_template(template).render({**common, **values})
    return HTMLResponse(html, status, headers={"Vary": "Cookie"})


def page_of(request: Request, template: str, status: int = 200, **values: object) -> Response:
    """`page` in the language of `request`, with the switch to the other one leading back here."""
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return page(template, language_of(request), status, here=here, **values)


def _quote_all(text: str) -> str:
    """For a query parameter: slashes and ampersands quoted too."""
    return quote(text, safe="")


_environment.globals.update(other_language=other_language, language_names=LANGUAGE_NAMES)
_environment.filters["quote_all"] = _quote_all
