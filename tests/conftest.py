"""What all tests share: a Chromium for those marked `browser`, and settings that never touch real data."""

from __future__ import annotations

import os
import shutil

import pytest

os.environ.pop("PHONICS_DATA_DIR", None)
os.environ.pop("PHONICS_DATABASE_URL", None)

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
_FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")


def find_chromium() -> str | None:
    """Path of an installed Chromium (or a browser built on it); `PHONICS_CHROMIUM` names another."""
    return os.environ.get("PHONICS_CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), None)


@pytest.fixture(autouse=True)
def _chromium_for_browser_tests(request):
    """Skips a `browser` test where there is no browser; on CI that is a failure, not a skip."""
    if request.node.get_closest_marker("browser") is None or find_chromium() is not None:
        return
    reason = "no Chromium found: install it, or name one in PHONICS_CHROMIUM"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """What pytest-playwright starts its browser with."""
    path = find_chromium()
    found = {"executable_path": path} if path else {}
    return {**browser_type_launch_args, **found, "args": list(_FLAGS)}
