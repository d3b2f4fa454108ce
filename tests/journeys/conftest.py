"""Journeys use the real server and browser of `tests/browser`."""

from tests.browser.conftest import _kept_sessions, empty_server, make_context, sign_in

__all__ = ["_kept_sessions", "empty_server", "make_context", "sign_in"]
