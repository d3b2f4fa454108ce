"""Journeys use the real server and browser of `tests/browser`."""

from tests.browser.conftest import empty_server, make_context, sign_in

__all__ = ["empty_server", "make_context", "sign_in"]
