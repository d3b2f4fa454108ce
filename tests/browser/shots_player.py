"""Takes a picture of every screen that is not Streamlit's: every mode of the player, in both languages, on a tablet, a
laptop and a phone.

`python -m tests.browser.shots_player [--language th] [--size 390] [--walk paper] [--look size=3,hand=left]` writes into
`screenshots/player/`, and contact sheets of 12 pictures each beside them. Not a test: somebody has to look at them.
What a program can see, `test_accessibility.py` and `test_look.py` check.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Page, sync_playwright

from tests import sites
from tests.browser.scenes import WALKS, Stage, before_the_first_school, make_stage_site
from tests.browser.scenes.stage import Walk
from tests.browser.server import Server
from tests.browser.settling import PATIENCE_MS
from tests.browser.shots import FLAGS
from tests.conftest import find_chromium

FOLDER = sites.ROOT / "screenshots" / "player"
SIZES = ((820, 1180), (1366, 768), (390, 844))
ON_A_SHEET, COLUMNS, WIDTH, HEIGHT = 12, 4, 420, 460


Make = Callable[[], Page]


def contexts(browser: Browser, url: str, language: str, size: tuple[int, int], look: dict[str, str]) -> Make:
    def make() -> Page:
        width, height = size
        context = browser.new_context(base_url=url, locale=language, viewport={"width": width, "height": height})
        context.set_default_timeout(PATIENCE_MS)
        context.add_cookies([{"name": "phonics_language", "value": language, "url": url}])
        if look:
            context.add_init_script(f"localStorage.setItem('phonics-look', {json.dumps(json.dumps(look))})")
        return context.new_page()

    return make


def shoot(walk: Walk, prefix: str, suffix: str) -> Iterator[Path]:
    for name, page in walk:
        page.evaluate("async () => { await document.fonts.ready; }")
        target = FOLDER / f"{prefix}-{name}-{suffix}.png"
        # What stays at the lower edge would stand in the midst of a long picture.
        page.screenshot(path=str(target), full_page=not page.locator(".dock, .veil").count())
        print(target.relative_to(sites.ROOT), flush=True)
        yield target


def sheets(pictures: list[Path], name: str) -> None:
    """Contact sheets: pictures with their names, small."""
    for first in range(0, len(pictures), ON_A_SHEET):
        some = pictures[first : first + ON_A_SHEET]
        rows = -(-len(some) // COLUMNS)
        sheet = Image.new("RGB", (COLUMNS * WIDTH, rows * HEIGHT), "#dddddd")
        draw = ImageDraw.Draw(sheet)
        for place, path in enumerate(some):
            x, y = place % COLUMNS * WIDTH, place // COLUMNS * HEIGHT
            with Image.open(path) as picture:
                small = picture.convert("RGB")
                small.thumbnail((WIDTH - 10, HEIGHT - 24))
            sheet.paste(small, (x + 5, y + 20))
            draw.text((x + 6, y + 4), path.stem, fill="black")
        sheet.save(FOLDER / f"sheet-{name}-{first // ON_A_SHEET + 1}.png")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--language", choices=("th", "en"))
    parser.add_argument("--size", type=int, choices=[width for width, _ in SIZES])
    parser.add_argument("--walk", default="", choices=["", "first_start", *(walk.__name__ for walk in WALKS)])
    parser.add_argument("--look", default="", help="settings of the device, such as size=3,spacing=wide")
    chosen = parser.parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    look = dict(pair.split("=") for pair in chosen.look.split(",") if pair)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        codes = make_stage_site(Path(folder))
        server = Server(Path(folder) / "data").start()
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        try:
            for language in [chosen.language] if chosen.language else ("th", "en"):
                for size in [size for size in SIZES if chosen.size in (None, size[0])]:
                    make = contexts(browser, server.url, language, size, look)
                    suffix = "-".join([language, str(size[0]), *look.values()])
                    taken = []
                    for walk in WALKS:
                        if chosen.walk in ("", walk.__name__):
                            stage = Stage(server, codes, make, Path(folder))
                            taken += shoot(walk(stage), walk.__name__, suffix)
                    if chosen.walk in ("", "first_start"):
                        taken += first_start(browser, language, size, suffix)
                    sheets(taken, suffix)
        finally:
            browser.close()
            server.stop()


def first_start(browser: Browser, language: str, size: tuple[int, int], suffix: str) -> list[Path]:
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder) / "data").start()
        try:
            stage = Stage(server, {}, contexts(browser, server.url, language, size, {}), Path(folder))
            return list(shoot(before_the_first_school(stage), "first_start", suffix))
        finally:
            server.stop()


if __name__ == "__main__":
    main()
