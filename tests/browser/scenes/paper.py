"""Marking sheets: choosing the class, keying in, bringing in a spreadsheet."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook
from playwright.sync_api import Page

from phonics_app.domain.paper_sheet import FIRST_ROW
from tests.browser.scenes.stage import PAPER_CLASS, Stage, Walk


def paper(stage: Stage) -> Walk:
    page = stage.page()
    page.goto("/paper")
    page.locator("#code").wait_for()
    yield "paper-choose", page
    yield from spreadsheet(page, stage)
    yield from keying(page, stage)
    page.context.close()


def choose(page: Page, code: str) -> None:
    page.goto("/paper")
    page.select_option("#class", PAPER_CLASS)
    page.fill("#code", code)


def template(page: Page, code: str, folder: Path) -> Path:
    choose(page, code)
    with page.expect_download() as waiting:
        page.click('button[value="template"]')
    path = folder / "template.xlsx"
    waiting.value.save_as(path)
    return path


def spreadsheet(page: Page, stage: Stage) -> Walk:
    path = template(page, stage.codes["probe-words"], stage.folder)
    book = load_workbook(path)
    book.active.cell(FIRST_ROW + 1, 3).value = "q"
    book.active.cell(FIRST_ROW + 1, 5).value = "w"
    book.save(path)
    page.set_input_files("#file", path)
    page.locator(".faults tbody tr").first.wait_for()
    yield "import-faults", page
    choose(page, stage.codes["level-check"][:5] + "Z")
    page.click("button.primary")
    page.locator(".notice.bad").wait_for()
    yield "paper-unknown-code", page


def keying(page: Page, stage: Stage) -> Walk:
    choose(page, stage.codes["level-check"])
    page.click("button.primary")
    page.locator(".cell").first.wait_for()
    done = page.locator(".pupil.done").count()
    for key in ("ArrowRight", "x", "s", "t"):
        page.keyboard.press(key)
    yield "paper-keying", page
    page.keyboard.press("Enter")
    page.keyboard.type("3")
    page.keyboard.press("Enter")
    page.locator("main .notice:visible").wait_for()
    yield "paper-total-differs", page
    page.click("#agree")
    page.click("#finish")
    page.locator(".pupil.done").nth(done).wait_for()
    yield "paper-next-pupil", page
    page.locator(".pupil").first.click()
    page.locator(".notice.good").wait_for()
    yield "paper-entered", page
    for form in ("probe-words", "class-listening"):
        choose(page, stage.codes[form])
        page.click("button.primary")
        page.locator(".cell").first.wait_for()
        for key in ("ArrowRight", "x", "x"):
            page.keyboard.press(key)
        yield f"paper-{form}", page
