"""Routes and middleware that stand beside the Streamlit pages."""

from __future__ import annotations

import gc
import logging
import threading
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from phonics_app.domain.account import SYSTEM
from phonics_app.domain.errors import PhonicsError
from phonics_app.web import (
    api,
    audio,
    backup_files,
    fonts,
    invitation_pages,
    language,
    missing,
    monitor_pages,
    offline,
    paper_pages,
    password_pages,
    player_pages,
    rescue_pages,
    screen_api,
    screen_pages,
    self_run_api,
    self_run_pages,
    setup_pages,
    sign_in_pages,
    studio_pages,
)
from phonics_app.web.gate import SessionGate
from phonics_app.web.headers import SecurityHeaders
from phonics_app.web.origin import SameOriginOnly
from phonics_app.workflows.backup_schedule import run_due
from phonics_app.workflows.backups import list_backups
from phonics_app.workflows.context import Phonics, Settings
from phonics_app.workflows.rescue import is_rescuable, rescue_code, withdraw_rescue_code
from phonics_app.workflows.running import running_phonics
from phonics_app.workflows.site_check import problems_at_start

_HERE = Path(__file__).parent
_SECONDS_BETWEEN_LOOKS = 60.0
_SECONDS_BETWEEN_CHECKS = 3600.0
_log = logging.getLogger(__name__)


def healthz(request: Request) -> Response:
    """Says that the process answers; touches nothing else."""
    return JSONResponse({"status": "ok"})


def routes() -> list[BaseRoute]:
    """Every route of this room."""
    return [
        Route("/healthz", healthz),
        Mount("/auth/static", StaticFiles(directory=_HERE / "style")),
        Mount("/play/static", StaticFiles(directory=_HERE / "player")),
        Mount("/paper/static", StaticFiles(directory=_HERE / "paper")),
        Mount("/self/static", StaticFiles(directory=_HERE / "self_run")),
        Mount("/show/static", StaticFiles(directory=_HERE / "show")),
        Mount("/sitting/static", StaticFiles(directory=_HERE / "monitor")),
        Mount("/studio/static", StaticFiles(directory=_HERE / "studio")),
        *fonts.ROUTES,
        *language.ROUTES,
        *setup_pages.ROUTES,
        *sign_in_pages.ROUTES,
        *rescue_pages.ROUTES,
        *password_pages.ROUTES,
        *invitation_pages.ROUTES,
        *offline.ROUTES,
        *player_pages.ROUTES,
        *paper_pages.ROUTES,
        *self_run_api.ROUTES,
        *self_run_pages.ROUTES,
        *monitor_pages.ROUTES,
        *screen_api.ROUTES,
        *screen_pages.ROUTES,
        *studio_pages.ROUTES,
        *audio.ROUTES,
        *backup_files.ROUTES,
        *api.ROUTES,
        *missing.ROUTES,
    ]


def middleware(
    phonics_of: Callable[[], Phonics] = running_phonics,
    settings_of: Callable[[], Settings] = Settings.from_environment,
) -> Sequence[Middleware]:
    """Outermost first. `phonics_of` gives the product, `settings_of` where it is to be; tests bring their own."""
    return [
        Middleware(SecurityHeaders),
        Middleware(SameOriginOnly),
        Middleware(SessionGate, phonics_of=phonics_of, settings_of=settings_of),
    ]


@asynccontextmanager
async def lifespan(app: object) -> AsyncIterator[None]:
    """Opens the product before the port: who gets an answer, be it start.py, gets quick pages from then on."""
    # Addresses name pupils, tests and invitations, and Streamlit gives this logger a handler whatever uvicorn was told.
    logging.getLogger("uvicorn.access").disabled = True
    await run_in_threadpool(_open)
    ended = threading.Event()
    # Beside the first visitors: a look takes seconds where there are many copies, but leaves the processor to others.
    threading.Thread(target=_look_every_hour, args=(ended,), daemon=True).start()
    threading.Thread(target=_back_up_by_schedule, args=(ended,), daemon=True).start()
    yield
    ended.set()


def _open() -> None:
    gc.disable()  # hardly anything made here is garbage; looking for it takes a fifth of the time
    try:
        from phonics_app.workflows.warming import warm_up  # imported here, without the search for garbage

        warm_up()
        running_phonics()
        withdraw_rescue_code(Settings.from_environment())
    except PhonicsError as error:
        # Not fatal here: each request tries again and shows the reason in the visitor's language.
        _log.error("could not open: %s", error)
        _offer_rescue(error)
    finally:
        gc.freeze()  # what stays for good is never searched again, else within somebody's page
        gc.enable()


def _offer_rescue(error: PhonicsError) -> None:
    """`start.py` shows the code in its window."""
    settings = Settings.from_environment()
    with suppress(PhonicsError):
        if is_rescuable(settings, error):
            rescue_code(settings)


def _look_at_site() -> None:
    """What is found is remembered, so that the administrator's first page need not find it out, and logged."""
    with suppress(PhonicsError, OSError):
        list_backups(running_phonics(), SYSTEM)
        for finding in problems_at_start(running_phonics()):
            _log.error("check of the site: %s: %s", finding.part.value, finding.problem)


def _look_every_hour(ended: threading.Event) -> None:
    _look_at_site()
    while not ended.wait(_SECONDS_BETWEEN_CHECKS):
        _look_at_site()


def _back_up_by_schedule(ended: threading.Event) -> None:
    """Asks every minute whether it is time; what went wrong is told on the administrator's first page as well."""
    while not ended.wait(_SECONDS_BETWEEN_LOOKS):
        try:
            made = run_due(running_phonics())
            if made is not None:
                _log.info("scheduled backup: %s", made.name)
        except (PhonicsError, OSError) as error:
            _log.error("scheduled backup: %s", error)
